/// The model text `sim/MODEL.md` may not drift away from the program.

#include "sim/core/measures.hpp"
#include "sim/io/describe.hpp"
#include "sim/io/scenario_file.hpp"
#include "tests/cli_support.hpp"

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

using namespace walkout;

namespace {

namespace fs = std::filesystem;

const fs::path source = WALKOUT_SOURCE_DIR;
const fs::path model_file = source / "sim" / "MODEL.md";

/// Where the lines between `<!-- name: begin -->` and `<!-- name: end -->` stand.
struct Section {
    std::size_t begin = 0;
    std::size_t length = 0;
};

Section find_section(const std::string& text, const std::string& name)
{
    const std::string opening = "<!-- " + name + ": begin -->\n";
    const std::size_t open = text.find(opening);
    const std::size_t close = text.find("<!-- " + name + ": end -->");
    if (open == std::string::npos || close == std::string::npos || close < open)
        throw std::runtime_error("sim/MODEL.md has no section " + name);
    const std::size_t begin = open + opening.size();
    return {begin, close - begin};
}

std::string section_of(const std::string& text, const std::string& name)
{
    const Section section = find_section(text, name);
    return text.substr(section.begin, section.length);
}

std::string first_difference(const std::string& written, const std::string& meant)
{
    std::istringstream a(written), b(meant);
    std::string line_a, line_b;
    while (true) {
        const bool more_a = static_cast<bool>(std::getline(a, line_a));
        const bool more_b = static_cast<bool>(std::getline(b, line_b));
        if (!more_a && !more_b)
            return "";
        if (more_a != more_b || line_a != line_b)
            return "  the text:    " + (more_a ? line_a : "(ends here)") +
                   "\n  the program: " + (more_b ? line_b : "(ends here)");
    }
}

/// A section that the program writes. `WALKOUT_UPDATE_GOLDEN=1` rewrites it in the source tree.
void check_section(const std::string& name, const std::string& meant)
{
    std::string text = read_text(model_file);
    if (std::getenv("WALKOUT_UPDATE_GOLDEN") != nullptr) {
        const Section section = find_section(text, name);
        text.replace(section.begin, section.length, meant);
        const fs::path fresh = model_file.string() + ".new";
        write_text(fresh, text);
        fs::rename(fresh, model_file); // at once: other tests may be reading
    }
    const std::string written = section_of(text, name);
    INFO("sim/MODEL.md, section " << name << ", is not what the program says. First difference:\n"
                                  << first_difference(written, meant)
                                  << "\nTo rewrite it:  WALKOUT_UPDATE_GOLDEN=1 ./walkout test -R "
                                     "'model text'");
    CHECK((written == meant)); // in double parentheses: the texts are too long to show
}

std::string measures_table()
{
    std::ostringstream table;
    table << "| measure | unit | meaning |\n| --- | --- | --- |\n";
    for (const MeasureInfo& info : measure_infos())
        table << "| `" << info.name << "` | " << info.unit << " | " << info.meaning << " |\n";
    return table.str();
}

/// Names of the enumerators of `Decision`, read from the header that declares them.
std::vector<std::string> decision_names()
{
    const std::string header = read_text(source / "sim" / "core" / "chance.hpp");
    const std::size_t begin = header.find('{', header.find("enum class Decision"));
    std::istringstream body(header.substr(begin + 1, header.find('}', begin) - begin - 1));
    std::vector<std::string> names;
    for (std::string name; body >> name;)
        names.push_back(name.substr(0, name.find(',')));
    return names;
}

bool mentions(const std::string& text, std::string_view name)
{
    return text.find("`" + std::string(name) + "`") != std::string::npos;
}

} // namespace

TEST_CASE("the model text lists the parameters and measures that the program has", "[model]")
{
    check_section("parameters", io::parameter_table_markdown());
    check_section("measures", measures_table());
}

TEST_CASE("the model text says what every effect does", "[model]")
{
    const std::string table = section_of(read_text(model_file), "events");
    for (const std::string& name : io::effect_names()) {
        INFO("sim/MODEL.md 7.10 has no row for the effect " << name);
        CHECK(table.find("\n| `" + name + "` | ") != std::string::npos);
    }
}

TEST_CASE("the model text names every mechanism", "[model]")
{
    const std::string text = read_text(model_file);
    std::size_t files = 0;
    for (const auto& entry : fs::directory_iterator(source / "sim" / "core" / "mechanisms")) {
        const std::string name = entry.path().filename().string();
        INFO("sim/MODEL.md does not name sim/core/mechanisms/" << name);
        CHECK(mentions(text, name));
        ++files;
    }
    CHECK(files > 0);
}

TEST_CASE("the model text names every decision that needs chance", "[model]")
{
    const std::string text = read_text(model_file);
    const std::vector<std::string> names = decision_names();
    REQUIRE(names.size() > 10);
    for (const std::string& name : names) {
        INFO("sim/MODEL.md does not mention Decision::" << name);
        CHECK(mentions(text, name));
    }
}

TEST_CASE("the model text says what every outcome means", "[model]")
{
    const std::string text = read_text(model_file);
    for (const std::string_view name : outcome_names) {
        INFO("sim/MODEL.md 8 does not mention the outcome " << name);
        CHECK(mentions(text, name));
    }
}
