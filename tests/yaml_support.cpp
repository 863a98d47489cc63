#include "tests/yaml_support.hpp"

#include "sim/io/quantity.hpp"
#include "sim/io/yaml_reader.hpp"
#include "tests/cli_support.hpp"

namespace walkout {

namespace fs = std::filesystem;

namespace {

/// A scalar as YAML 1.2 reads it, which is what editors do.
nlohmann::json json_of(const io::Value& value)
{
    if (value.kind == io::Value::Kind::list) {
        auto list = nlohmann::json::array();
        for (const io::Value& item : value.items)
            list.push_back(json_of(item));
        return list;
    }
    if (value.kind == io::Value::Kind::map) {
        auto map = nlohmann::json::object();
        for (const io::Field& field : value.fields)
            map[field.key] = json_of(field.value);
        return map;
    }
    if (value.null)
        return nullptr;
    if (!value.quoted && (value.text == "true" || value.text == "false"))
        return value.text == "true";
    if (const auto whole = io::read_whole(value.text); !value.quoted && whole.value)
        return *whole.value;
    if (const auto number = io::read_number(value.text); !value.quoted && number.value)
        return *number.value;
    return value.text;
}

constexpr const char* judge = R"(
import json, sys
import jsonschema
cases = json.load(sys.stdin)
jsonschema.Draft7Validator.check_schema(cases["schema"])
validator = jsonschema.Draft7Validator(cases["schema"])
verdicts = {name: [e.json_path + ": " + e.message for e in validator.iter_errors(document)]
            for name, document in cases["documents"].items()}
json.dump(verdicts, sys.stdout)
)";

} // namespace

std::optional<nlohmann::json> json_of_yaml(const fs::path& path)
{
    io::Source source;
    source.name = path.string();
    source.text = read_text(path);
    io::Problems problems;
    const auto shared = std::make_shared<const io::Source>(source);
    const auto root = io::parse_yaml(shared->text, shared, problems);
    if (!root || problems.any())
        return std::nullopt;
    return json_of(*root);
}

std::optional<nlohmann::json> schema_verdicts(const nlohmann::json& schema,
                                              const nlohmann::json& documents)
{
    if (run_program({"/usr/bin/python3", "-c", "import jsonschema"}).code != 0)
        return std::nullopt;
    Setting setting;
    setting.input = nlohmann::json{{"schema", schema}, {"documents", documents}}.dump();
    const Ended ended = run_program({"/usr/bin/python3", "-c", judge}, setting);
    INFO(ended.err);
    REQUIRE(ended.code == 0);
    return nlohmann::json::parse(ended.out);
}

} // namespace walkout
