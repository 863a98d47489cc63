#include "sim/io/flatten.hpp"
#include "sim/io/study_file.hpp"
#include "sim/io/yaml_reader.hpp"
#include "sim/study/members.hpp"
#include "tests/cli_support.hpp"
#include "tests/yaml_support.hpp"

#include <algorithm>
#include <cmath>

namespace walkout {

namespace fs = std::filesystem;

namespace {

/// Wrong studies live in tests/bad_studies, one mistake each.
std::vector<std::string> wrong_studies()
{
    std::vector<std::string> all;
    for (const auto& entry : fs::directory_iterator("."))
        if (entry.path().extension() == ".yaml")
            all.push_back(entry.path().stem().string());
    std::ranges::sort(all);
    return all;
}

/// The message about a study as the program comes to it: the file, then its points.
std::string message_of(const std::string& path)
{
    try {
        const io::StudyFile file = io::read_study(path);
        if (!file.study.calibration) {
            const Plan plan(file.study);
            Members(file, plan).check_points();
        }
    } catch (const io::InputError& error) {
        return std::string(error.what()) + "\n";
    } catch (const io::LimitError& error) {
        return "a limit: " + std::string(error.what()) + "\n";
    }
    return "accepted\n";
}

std::vector<fs::path> gallery_of_studies()
{
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(checkout() / "scenarios" / "studies"))
        if (entry.path().extension() == ".yaml")
            found.push_back(entry.path());
    std::ranges::sort(found);
    return found;
}

/// A study text in a folder beside the smallest scenario.
std::string write_study(const TemporaryFolder& folder, const std::string& text)
{
    fs::copy_file(checkout() / "scenarios" / "letter.yaml", folder / "letter.yaml",
                  fs::copy_options::overwrite_existing);
    write_text(folder / "study.yaml", "scenario: letter.yaml\n" + text);
    return (folder / "study.yaml").string();
}

} // namespace

TEST_CASE("every wrong study is refused with its place, its cause and a cure",
          "[study][errors][golden]")
{
    const WorkingFolder here(checkout() / "tests" / "bad_studies");
    const auto all = wrong_studies();
    CHECK(all.size() > 80);
    for (const std::string& name : all) {
        INFO("tests/bad_studies/" << name);
        const std::string message = message_of(name + ".yaml");
        CHECK(message != "accepted\n");
        CHECK(message.find(" error: ") != std::string::npos);
        check_golden("bad_studies/" + name + ".txt", message);
    }
}

TEST_CASE("every expected message belongs to a wrong study", "[study][errors]")
{
    const WorkingFolder here(checkout() / "tests" / "bad_studies");
    const auto all = wrong_studies();
    for (const auto& entry :
         fs::directory_iterator(checkout() / "tests" / "golden" / "bad_studies")) {
        INFO(entry.path().filename());
        CHECK(std::ranges::find(all, entry.path().stem().string()) != all.end());
    }
}

TEST_CASE("the studies that come with the program are fine", "[study]")
{
    CHECK(gallery_of_studies().size() >= 2);
    for (const fs::path& path : gallery_of_studies()) {
        INFO(path);
        CHECK(message_of(path.string()) == "accepted\n");
    }
}

TEST_CASE("a study file means what it says", "[study]")
{
    const TemporaryFolder folder;
    const Study study = io::read_study(write_study(folder, R"(
title: Sleep
seed: 7
common_luck: false
set: {horizon: 2d}
parameters:
  people.vigil: {values: [0, 5%, 0.5]}
  letter_time: {path: events.letter.at, change: shift, linear: {from: -1h, to: 90min, steps: 6}}
  trust: {paths: [people.trust_mean], change: factor, log: {from: 0.5, to: 2, steps: 3}}
  letter: {path: events.letter.enabled, values: [true, false]}
replicates: {until: {measure: hours_to_half, half_width: 30min}, at_least: 5, at_most: 50}
measures: [returned]
curves: {every: 2h}
on_failure: ignore
)"))
                            .study;
    CHECK(study.name == "study");
    CHECK(study.title == "Sleep");
    CHECK(study.seed == 7);
    CHECK_FALSE(study.common_luck);
    CHECK(study.scenarios.at(0).overrides == std::vector<std::string>{"horizon=2d"});
    REQUIRE(study.parameters.size() == 4);
    CHECK(study.parameters[0].levels == std::vector<double>{0, 0.05, 0.5});
    CHECK(study.parameters[0].own == 0.05);
    CHECK(study.parameters[1].levels == std::vector<double>{-1, -0.5, 0, 0.5, 1, 1.5});
    CHECK(study.parameters[1].own == 0);
    CHECK(study.parameters[2].levels[1] == Approx(1));
    CHECK(study.parameters[2].own == 1);
    CHECK(study.parameters[3].levels == std::vector<double>{1, 0});
    CHECK(study.parameters[3].flag);
    CHECK(study.replicates.least == 5);
    CHECK(study.replicates.most == 50);
    CHECK(study.replicates.half_width == 0.5);
    CHECK(study.replicates.ceiling == 48);
    CHECK(study.measures == std::vector<std::string>{"returned", "hours_to_half"});
    CHECK(study.curves_every == 2);
    CHECK(study.on_failure == FailurePolicy::ignore);
}

TEST_CASE("a study without a seed takes the scenario's, without measures all", "[study]")
{
    const TemporaryFolder folder;
    write_study(folder, "");
    write_text(folder / "two.yaml",
               "scenarios: {a: letter.yaml, b: {file: letter.yaml, set: {ensemble.seed: 9}}}\n"
               "replicates: 3\n");
    const Study study = io::read_study((folder / "two.yaml").string()).study;
    CHECK(study.seed == 1);
    CHECK(study.measures.size() == 12);
    CHECK(study.scenarios[1].name == "b");
    CHECK(study.design.kind == DesignKind::grid);
}

TEST_CASE("rows come from a list or a table, with gaps as the scenario has it", "[study]")
{
    const TemporaryFolder folder;
    const std::string parameters = "parameters: {people.vigil: {}, events.letter.enabled: {}}\n";
    const auto rows =
        io::read_study(write_study(folder, parameters + "design:\n  list:\n"
                                                        "    - {people.vigil: 30%}\n"
                                                        "    - {events.letter.enabled: false}\n"
                                                        "replicates: 1\n"))
            .study.design.rows;
    CHECK(rows == std::vector<std::vector<double>>{{0.3, 1}, {0.05, 0}});
    write_text(folder / "points.csv", "events.letter.enabled,people.vigil\n,30%\nfalse,\n");
    const auto same =
        io::read_study(
            write_study(folder, parameters + "design: {table: points.csv}\nreplicates: 1\n"))
            .study.design.rows;
    CHECK(same == rows);
}

TEST_CASE("a point that does not fit together is told before anything runs", "[study][errors]")
{
    const TemporaryFolder folder;
    const std::string path = write_study(folder, R"(
parameters:
  events.letter.at: {values: [3h, 20h]}
  horizon: {values: [10h, 32h]}
set: {horizon: 32h}
replicates: 1
)");
    // Each value is fine beside the scenario's own others; hour 20 of 10 is not.
    const std::string message = message_of(path);
    CHECK(message.find(":3:1: error: point 2 of scenario 'letter' is wrong: events.letter.at: hour "
                       "20 is not before the horizon of 10h") != std::string::npos);
    CHECK(message.find("events.letter.at=20h horizon=10h") != std::string::npos);
}

// ---------------------------------------------------------------- variants

TEST_CASE("setting a number in place gives what --set gives", "[study][io]")
{
    const std::string path = (checkout() / "scenarios" / "openai_2023_reasons_given.yaml").string();
    const io::ScenarioVariants variants(path);
    CHECK(variants.settings().size() > 120);
    // Many at once, each inside its range and away from where it is: half of what can be set.
    std::vector<io::Assignment> assignments;
    std::vector<std::string> overrides;
    for (std::size_t k = 0; k < variants.settings().size(); k += 2) {
        const io::Setting& setting = variants.settings()[k];
        if (setting.path.starts_with("organization.") || setting.path == "board.quorum")
            continue; // bound to others
        double value = setting.flag ? 1 - setting.value : setting.value * 0.75;
        if (!std::isfinite(value) || !setting.range.holds(value))
            continue;
        value = setting.whole ? std::ceil(value) : value;
        assignments.push_back({k, value});
        overrides.push_back(setting.path + "=" + io::text_of(setting, value));
    }
    CHECK(assignments.size() > 50);
    CHECK(io::flatten(variants.with(assignments)) ==
          io::flatten(io::read_scenario(path, overrides).scenario));
    CHECK(io::flatten(variants.with({})) == io::flatten(variants.file().scenario));
}

TEST_CASE("a variant counts its people anew", "[study][io]")
{
    const TemporaryFolder folder;
    write_text(folder / "two.yaml",
               "start: 2025-01-01T09:00Z\norganization: {departments: {a: {headcount: 10}, b: "
               "{headcount: 20}}}\n");
    const io::ScenarioVariants variants((folder / "two.yaml").string());
    const std::size_t row = *variants.find("organization.departments.a.headcount");
    const std::vector<io::Assignment> change{{row, 15}};
    CHECK(variants.with(change).organization.headcount == 35);
    CHECK(variants.with({}).organization.headcount == 30);
}

TEST_CASE("what a run reads is flattened, what people read is not", "[study][io]")
{
    const auto lines = io::flatten(
        io::read_scenario((checkout() / "scenarios" / "letter.yaml").string()).scenario);
    const auto has = [&](const std::string& key) {
        return std::ranges::any_of(lines, [&](const auto& line) { return line.first == key; });
    };
    CHECK(has("people.vigil"));
    CHECK(has("events.letter.at"));
    CHECK(has("events.letter.do.petition.pole"));
    CHECK_FALSE(has("title"));
    CHECK_FALSE(has("events.letter.caption"));
}

// ---------------------------------------------------------------- schema

TEST_CASE("the schema of studies accepts the gallery and refuses what the reader refuses",
          "[study][io]")
{
    const auto schema = nlohmann::json::parse(io::study_json_schema());
    nlohmann::json documents;
    for (const fs::path& path : gallery_of_studies())
        documents["good " + path.filename().string()] = *json_of_yaml(path);
    // What depends on the scenario, or on several keys together, only the program can tell.
    const std::vector<std::string> bad{"key_unknown",
                                       "key_without_value",
                                       "title_number",
                                       "scenario_none",
                                       "scenario_both",
                                       "scenario_list",
                                       "scenarios_without_file",
                                       "set_map",
                                       "parameter_number",
                                       "parameter_empty",
                                       "parameter_key_unknown",
                                       "parameter_change_unknown",
                                       "values_scalar",
                                       "values_empty",
                                       "range_three",
                                       "linear_incomplete",
                                       "normal_without_sd",
                                       "design_unknown",
                                       "design_two",
                                       "design_without_size",
                                       "design_key",
                                       "design_points_zero",
                                       "replicates_missing",
                                       "replicates_zero",
                                       "replicates_word",
                                       "replicates_without_until",
                                       "until_measure",
                                       "until_without_measure",
                                       "until_without_width",
                                       "measures_unknown",
                                       "measures_scalar",
                                       "curves_word",
                                       "on_failure_word",
                                       "common_luck_word",
                                       "seed_negative",
                                       "calibrate_word",
                                       "calibrate_without_method",
                                       "calibrate_method",
                                       "calibrate_particles",
                                       "calibrate_replicates",
                                       "calibrate_target_measure",
                                       "calibrate_target_without_sd",
                                       "calibrate_target_word"};
    for (const std::string& name : bad)
        documents["bad " + name] =
            *json_of_yaml(checkout() / "tests" / "bad_studies" / (name + ".yaml"));
    const auto found = schema_verdicts(schema, documents);
    if (!found) {
        WARN("skipped: python3-jsonschema is not installed");
        return;
    }
    for (const auto& [name, complaints] : found->items()) {
        INFO(name << ": " << complaints.dump());
        CHECK(complaints.empty() == name.starts_with("good "));
    }
}

} // namespace walkout
