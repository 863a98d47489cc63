#include "sim/io/scenario_file.hpp"
#include "tests/cli_support.hpp"

#include <algorithm>

namespace walkout {

namespace fs = std::filesystem;

namespace {

/// Wrong scenarios live in tests/bad, one mistake each; their first lines may be overrides, like
/// `# --set people.vigil=300%`. Names that begin with `limit_` are refused by a limit.
struct WrongScenario {
    std::string name;
    std::string path; ///< seen from tests/bad
};

std::vector<WrongScenario> wrong_scenarios()
{
    std::vector<WrongScenario> all{{"path_missing", "key_twcie.yaml"},
                                   {"path_nothing_like_it", "tables/nobody.yaml"},
                                   {"path_folder", "tables"},
                                   {"path_folder_missing", "nowhere/letter.yaml"},
                                   {"path_empty", ""}};
    for (const auto& entry : fs::directory_iterator("."))
        if (entry.path().extension() == ".yaml")
            all.push_back({entry.path().stem().string(), entry.path().filename().string()});
    std::ranges::sort(all, {}, &WrongScenario::name);
    return all;
}

std::vector<std::string> overrides_in(const std::string& path)
{
    constexpr std::string_view mark = "# --set ";
    std::vector<std::string> overrides;
    if (!fs::is_regular_file(path))
        return overrides;
    std::istringstream lines(read_text(path));
    for (std::string line; std::getline(lines, line) && line.starts_with(mark);)
        overrides.push_back(line.substr(mark.size()));
    return overrides;
}

/// The message about a wrong scenario; what is no message says so.
std::string message_of(const WrongScenario& scenario)
{
    const bool limit = scenario.name.starts_with("limit_");
    try {
        io::read_scenario(scenario.path, overrides_in(scenario.path));
    } catch (const io::InputError& error) {
        return (limit ? "not a limit: " : "") + std::string(error.what()) + "\n";
    } catch (const io::LimitError& error) {
        return (limit ? "" : "a limit: ") + std::string(error.what()) + "\n";
    }
    return "accepted\n";
}

/// No line of a message may steer the terminal, or end in blanks.
bool is_clean(const std::string& message)
{
    return std::ranges::none_of(
               message, [](unsigned char c) { return (c < 0x20 && c != '\n') || c == 0x7f; }) &&
           message.find(" \n") == std::string::npos;
}

} // namespace

TEST_CASE("every wrong scenario is refused with its place, its cause and a cure",
          "[errors][golden]")
{
    const WorkingFolder here(checkout() / "tests" / "bad");
    const auto all = wrong_scenarios();
    CHECK(all.size() > 200);
    for (const WrongScenario& scenario : all) {
        INFO("tests/bad/" << scenario.path);
        const std::string message = message_of(scenario);
        CHECK(is_clean(message));
        check_golden("bad/" + scenario.name + ".txt", message);
    }
}

TEST_CASE("every expected message belongs to a wrong scenario", "[errors]")
{
    const WorkingFolder here(checkout() / "tests" / "bad");
    std::vector<std::string> names;
    for (const WrongScenario& scenario : wrong_scenarios())
        names.push_back(scenario.name);
    for (const auto& entry : fs::directory_iterator(checkout() / "tests" / "golden" / "bad")) {
        INFO(entry.path().filename());
        CHECK(std::ranges::find(names, entry.path().stem().string()) != names.end());
    }
}

} // namespace walkout
