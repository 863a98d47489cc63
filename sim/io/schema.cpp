#include "sim/io/parameter_reader.hpp"
#include "sim/io/path_visitor.hpp"
#include "sim/io/scenario_file.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>

namespace walkout::io {

namespace {

using Json = nlohmann::ordered_json;

const std::string number_pattern = "[+-]?((0|[1-9][0-9]*)(\\.[0-9]*)?|\\.[0-9]+)([eE][+-]?[0-9]+)?";
const std::string instant_pattern =
    "^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?(Z|[+-][0-9]{2}:?[0-9]{2})$";
const std::string duration_pattern = "^" + number_pattern + " *(s|min|h|d)$";

Json text_form(const std::string& pattern)
{
    return {{"type", "string"}, {"pattern", pattern}};
}

Json number_form(const About& about, bool whole)
{
    Json form{{"type", whole ? "integer" : "number"}};
    if (about.range.low != -unbounded)
        form[about.range.above_low ? "exclusiveMinimum" : "minimum"] = about.range.low;
    if (about.range.high != unbounded)
        form["maximum"] = about.range.high;
    return form;
}

/// The ways to write a number of some unit.
Json forms_of(const About& about, bool whole)
{
    switch (about.unit) {
    case Unit::share:
        return {number_form(about, whole), text_form("^" + number_pattern + " *%$")};
    case Unit::clock:
        return {number_form(about, whole), text_form("^([01]?[0-9]|2[0-4]):[0-5][0-9]$")};
    case Unit::rate:
        return Json::array({text_form("^" + number_pattern + " */(s|min|h|d)$")});
    case Unit::duration:
        return Json::array({text_form(duration_pattern)});
    case Unit::none:
    case Unit::allegiance:
    case Unit::people:
    case Unit::years:
        break;
    }
    return Json::array({number_form(about, whole)});
}

Json kind_schema()
{
    return {{"description", "What the numbers here and below are."}, {"enum", standing_kinds}};
}

Json source_schema()
{
    return {{"description", "Where the numbers here and below come from."}, {"type", "string"}};
}

Json note_schema()
{
    return {{"description", "For people only."}, {"type", "string"}};
}

/// A closed map; every map may tell the standing of its numbers.
Json map_schema(std::string_view meaning)
{
    Json schema{{"description", meaning}, {"type", "object"}};
    schema["properties"] = {{"kind", {{"$ref", "#/definitions/kind"}}},
                            {"source", {{"$ref", "#/definitions/source"}}},
                            {"note", {{"$ref", "#/definitions/note"}}}};
    schema["additionalProperties"] = false;
    return schema;
}

/// The ways to write a number, plain or long with its standing.
Json with_long_form(Json forms)
{
    Json wrapped = map_schema("The number with its standing.");
    wrapped["properties"]["value"] = {{"anyOf", forms}};
    wrapped["required"] = {"value"};
    forms.push_back(wrapped);
    return {{"anyOf", forms}};
}

/// Builds the schema of the grammar.
class SchemaWriter : public GrammarVisitor {
public:
    SchemaWriter() { open_.push_back(map_schema("A scenario of Walkout.")); }

    Json take() { return std::move(open_.front()); }

    /// What the schema refers to: effects, and each way to write numbers once.
    Json take_definitions()
    {
        Json definitions{
            {"kind", kind_schema()}, {"source", source_schema()}, {"note", note_schema()}};
        definitions["effects"] = std::move(effects_);
        for (std::size_t i = 0; i < quantities_.size(); ++i)
            definitions[quantity_name(i)] = std::move(quantities_[i]);
        return definitions;
    }

    void on_number(const About& about, double& value) override
    {
        Json schema = number(about, forms_of(about, false));
        if (std::isfinite(value) && (about.unit == Unit::rate || about.unit == Unit::duration))
            schema["default"] = format_quantity(value, about.unit);
        else if (std::isfinite(value))
            schema["default"] = value;
        put(about, schema);
    }
    void on_number(const About& about, std::optional<double>&) override
    {
        put(about, number(about, forms_of(about, false)));
    }
    void on_whole(const About& about, int& value) override { put_whole(about, value); }
    void on_whole(const About& about, std::uint64_t& value) override { put_whole(about, value); }
    void on_flag(const About& about, bool& value) override
    {
        put(about, {{"description", about.meaning}, {"type", "boolean"}, {"default", value}});
    }
    void on_flag(const About& about, std::optional<bool>&) override
    {
        put(about, {{"description", about.meaning}, {"type", "boolean"}});
    }
    void on_text(const About& about, std::string&) override
    {
        put(about, {{"description", about.meaning}, {"type", "string"}});
    }
    void on_file(const About& about, std::string& value) override { on_text(about, value); }
    void on_base(const About& about) override
    {
        put(about, {{"description", about.meaning}, {"type", "string"}});
    }
    void on_past(const About& about) override
    {
        put(about, {{"description", about.meaning}, {"allOf", {{{"$ref", "#"}}}}});
    }
    void on_condition(const About& about, std::optional<Condition>&) override
    {
        put(about, {{"description", about.meaning}, {"type", "string"}});
    }
    void on_pole(const About& about, Pole& value, bool none_allowed) override
    {
        Json names{"plus", "minus"};
        if (none_allowed)
            names.push_back("none");
        put(about, {{"description", about.meaning}, {"enum", names}, {"default", name_of(value)}});
    }
    void on_outcome(const About& about, std::optional<Outcome>&) override
    {
        put(about, {{"description", about.meaning}, {"enum", outcome_names}});
    }
    void on_start(const About& about, Scenario&) override
    {
        put(about, number(about, Json::array({text_form(instant_pattern)})));
    }
    void on_time(const About& about, Hours&) override
    {
        put(about, number(about, {text_form(instant_pattern), text_form(duration_pattern)}));
    }

    void on_vacated(const About& about, std::vector<VacatedParams>&) override
    {
        open(about, Holder::names);
        open_.back()["additionalProperties"] = {{"description", "The event."}, {"type", "string"}};
        end();
    }

    void begin_section(const About& about) override { open(about, Holder::section); }
    bool begin_branch(const About& about, bool present) override
    {
        open(about, Holder::section);
        open_.back()["required"] = {"at"};
        return present;
    }
    void begin_leader(const About& about, LeaderParams&) override { open(about, Holder::section); }
    std::vector<std::string> begin_named(const About& about,
                                         const std::vector<std::string>& present) override
    {
        open(about, Holder::names);
        return GrammarVisitor::begin_named(about, present);
    }
    std::vector<std::string> begin_effects(const About& about,
                                           const std::vector<std::string>& present) override
    {
        open(about, Holder::effects);
        return GrammarVisitor::begin_effects(about, present);
    }
    void begin_entry(const std::string& name) override
    {
        open({name, "One of them."}, Holder::entry);
    }
    void begin_effect(const About& about) override { open(about, Holder::section); }

    void end() override
    {
        const Holder holder = holders_.back();
        const std::string key = keys_.back();
        Json schema = std::move(open_.back());
        holders_.pop_back();
        keys_.pop_back();
        open_.pop_back();
        Json& outer = open_.back();
        if (holder == Holder::entry) {
            outer["additionalProperties"] = schema;
        } else if (holder == Holder::effects) {
            effects_ = schema;
            const Json one{{"$ref", "#/definitions/effects"}};
            outer["properties"][key] = {{"description", schema["description"]},
                                        {"anyOf", {one, {{"type", "array"}, {"items", one}}}}};
        } else {
            outer["properties"][key] = schema;
        }
    }

private:
    enum class Holder { section, names, entry, effects };

    void open(const About& about, Holder holder)
    {
        open_.push_back(map_schema(about.meaning));
        holders_.push_back(holder);
        keys_.emplace_back(about.key);
    }

    static std::string quantity_name(std::size_t index)
    {
        return "quantity_" + std::to_string(index + 1);
    }

    /// A number that may be written in these forms.
    Json number(const About& about, Json forms)
    {
        Json quantity = with_long_form(std::move(forms));
        auto known = std::ranges::find(quantities_, quantity);
        const auto index = static_cast<std::size_t>(known - quantities_.begin());
        if (known == quantities_.end())
            quantities_.push_back(std::move(quantity));
        const Json reference{{"$ref", "#/definitions/" + quantity_name(index)}};
        return {{"description", about.meaning},
                {"allOf", Json::array({reference})}}; // $ref hides its neighbors
    }

    void put(const About& about, const Json& schema)
    {
        open_.back()["properties"][std::string(about.key)] = schema;
    }

    template <class T> void put_whole(const About& about, T value)
    {
        Json schema = number(about, forms_of(about, true));
        if (about.range.holds(static_cast<double>(value))) // else the key is required
            schema["default"] = value;
        put(about, schema);
    }

    std::vector<Json> open_;
    std::vector<Holder> holders_;
    std::vector<std::string> keys_;
    Json effects_;
    std::vector<Json> quantities_;
};

} // namespace

std::string json_schema()
{
    Scenario scenario;
    SchemaWriter writer;
    describe(writer, scenario);
    Json schema{{"$schema", "http://json-schema.org/draft-07/schema#"},
                {"title", "Walkout scenario"}};
    schema.update(writer.take());
    schema["anyOf"] = {{{"required", {"start"}}}, {{"required", {"base"}}}};
    schema["definitions"] = writer.take_definitions();
    return schema.dump(2) + "\n";
}

} // namespace walkout::io
