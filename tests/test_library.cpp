#include "sim/io/variants.hpp"
#include "sim/study/summary.hpp"
#include "tests/cli_support.hpp"

#include <algorithm>
#include <boost/algorithm/string.hpp>
#include <catch2/catch.hpp>
#include <fmt/core.h>
#include <nlohmann/json.hpp>
#include <set>

using namespace walkout;
using Json = nlohmann::json;

namespace {

/// A recorded crisis: how most of its runs end, and whether history counted something.
struct Case {
    std::string name;
    Outcome ending = Outcome::no_petition;
    bool has_record = true;
};

const std::vector<Case> library{
    {"openai_2023", Outcome::returned},
    {"uber_2017", Outcome::failed_petition},
    {"x_2022", Outcome::mass_exit},
    {"basecamp_2021", Outcome::no_petition},
    {"coinbase_2020", Outcome::no_petition},
    {"market_basket_2014", Outcome::returned},
    {"activision_2021", Outcome::failed_petition},
    {"grindr_2023", Outcome::mass_exit},
    {"founders_rift_2020", Outcome::no_petition},
    {"spacex_letter_2022", Outcome::failed_petition, false},
    {"spacex_office_2022", Outcome::no_petition, false},
};

std::string path_of(const std::string& name)
{
    return (checkout() / "scenarios" / (name + ".yaml")).string();
}

/// What the rubric codes or the record gives; all other settings belong to the shared fragment.
bool is_input_of_a_case(const std::string& path)
{
    static const std::set<std::string> coded{"people.allegiance_mean",
                                             "people.trust_mean",
                                             "people.fallback_mean",
                                             "people.fallback_per_level",
                                             "people.visa_share",
                                             "people.camp_distance",
                                             "board.quorum",
                                             "board.in_session",
                                             "horizon",
                                             "tick"};
    const auto begins = [&](std::string_view with) { return path.starts_with(with); };
    return coded.contains(path) || begins("ensemble.") || begins("organization.") ||
           begins("board.directors.") || begins("leaders.") || begins("investors.") ||
           begins("events.");
}

std::map<std::string, double> shared_settings(const std::string& name)
{
    std::map<std::string, double> shared;
    const io::ScenarioVariants variants(path_of(name));
    for (const io::Setting& setting : variants.settings())
        if (!is_input_of_a_case(setting.path))
            shared[setting.path] = setting.value;
    return shared;
}

Outcome most_frequent(const std::vector<RunResult>& runs)
{
    std::array<std::size_t, outcome_names.size()> count{};
    for (const RunResult& run : runs)
        ++count[static_cast<std::size_t>(run.outcome)];
    return static_cast<Outcome>(std::ranges::max_element(count) - count.begin());
}

} // namespace

TEST_CASE("recorded crises differ in what the rubric codes and in nothing else", "[library]")
{
    const auto seed_case = shared_settings("openai_2023");
    CHECK(seed_case.size() > 30);
    for (const Case& c : library) {
        INFO(c.name);
        CHECK(shared_settings(c.name) == seed_case);
    }
}

TEST_CASE("numbers of recorded crises that claim to be more than assumed name a source",
          "[library]")
{
    for (const Case& c : library) {
        const io::ScenarioFile file = io::read_scenario(path_of(c.name));
        for (const io::Origin& origin : file.origins) {
            if (origin.kind != "coded" && origin.kind != "fitted")
                continue;
            INFO(c.name << ": " << origin.path << " is " << origin.kind);
            CHECK_FALSE(origin.source.empty());
        }
        for (const RecordPoint& point : file.scenario.record)
            CHECK_FALSE(point.source.empty());
    }
}

TEST_CASE("recorded crises are coded as the table of codings says, by the median of its coders",
          "[library]")
{
    std::istringstream table(read_text(checkout() / "scenarios/coding/coding.csv"));
    std::string line;
    std::getline(table, line);
    REQUIRE(line.starts_with("case,input,first,coder_1,coder_2,coder_3,median,taken,"));
    std::size_t rows = 0;
    std::map<std::string, std::shared_ptr<const io::ScenarioVariants>> cases;
    while (std::getline(table, line)) {
        INFO(line);
        ++rows;
        std::vector<std::string> cells;
        boost::split(cells, line, boost::is_any_of(","));
        REQUIRE(cells.size() == 11);
        std::vector<double> coders;
        for (std::size_t k = 3; k < 6; ++k)
            if (!cells[k].empty())
                coders.push_back(std::stod(cells[k]));
        REQUIRE(!coders.empty());
        CHECK(std::stod(cells[6]) == Approx(quantile(coders, 0.5)));
        const double taken = std::stod(cells[7]);
        const bool stays = cells[0] == "openai_2023" || cells[1] == "people.fallback_per_level";
        CHECK(taken == std::stod(cells[stays ? 2 : 6]));

        auto& variants = cases[cells[0]];
        if (!variants)
            variants = std::make_shared<const io::ScenarioVariants>(path_of(cells[0]));
        if (cells[1] == "board.resolve") {
            for (const DirectorParams& director : variants->file().scenario.board.directors)
                CHECK(director.resolve == Approx(taken));
        } else {
            const auto row = variants->find(cells[1]);
            REQUIRE(row);
            CHECK(variants->settings()[*row].value == Approx(taken));
        }
    }
    CHECK(rows == 131);
    CHECK(cases.size() == library.size());
}

TEST_CASE("records of crises lie in their story and have a point to fit", "[library]")
{
    for (const Case& c : library) {
        const Scenario s = io::read_scenario(path_of(c.name)).scenario;
        INFO(c.name);
        CHECK(!s.record.empty() == c.has_record);
        for (const RecordPoint& point : s.record) {
            CHECK(point.time > 0);
            CHECK(point.time <= s.horizon);
        }
        CHECK(std::ranges::any_of(s.record, &RecordPoint::fit) == c.has_record);
    }
}

TEST_CASE("most runs of a recorded crisis end as they are known to", "[library]")
{
    for (const Case& c : library) {
        const Scenario s = io::read_scenario(path_of(c.name)).scenario;
        INFO(c.name);
        Progress progress;
        const std::uint32_t runs = s.organization.headcount > 2000 ? 1 : 15;
        CHECK(most_frequent(run_all(s, s.ensemble.seed, runs, 0, progress)) == c.ending);
    }
}

TEST_CASE("the page of the library tells what leave-one-out found", "[library]")
{
    const auto found = Json::parse(read_text(checkout() / "results/validation/validation.json"));
    const std::string page = read_text(checkout() / "scenarios" / "README.md");
    REQUIRE(found["cases"].size() == library.size());
    for (const Json& c : found["cases"]) {
        const std::string name = c["name"], likeliest = c["by"]["model"]["likeliest"];
        INFO(name);
        const std::size_t row = page.find("\n| `" + name + "`");
        REQUIRE(row != std::string::npos);
        const std::string line = page.substr(row + 1, page.find('\n', row + 1) - row - 1);
        CHECK(line.ends_with("| " + likeliest + " |"));
        const Json& share = c["by"]["model"]["share"];
        if (!share.is_null())
            CHECK(line.find(fmt::format("| {:.0f} % (", 100 * share["median"].get<double>())) !=
                  std::string::npos);
    }
}

TEST_CASE("departures of a run are those for a side, in order of time", "[library]")
{
    Scenario s = io::read_scenario(path_of("basecamp_2021")).scenario;
    s.mechanisms.departure.background_rate = 0.01; // most leave for no side at all
    const RunResult r = run(s, {.seed = 57});
    CHECK(std::ranges::is_sorted(r.departures));
    CHECK(r.departures_at(0) == 0);
    CHECK(r.departures_at(s.horizon) == static_cast<int>(r.departures.size()));
    CHECK(r.samples.back().stances[static_cast<std::size_t>(Stance::resigned)] >
          r.departures_at(s.horizon));
    s.events.clear(); // without a package nobody leaves over the dispute
    CHECK(run(s, {.seed = 57}).departures.empty());
}

TEST_CASE("a record of departures is compared with departures", "[library]")
{
    const Scenario s = io::read_scenario(path_of("x_2022")).scenario;
    Progress progress;
    const auto runs = run_all(s, 1, 2, 0, progress);
    const Summary summary = summarize(s, 1, runs);
    REQUIRE(summary.record.size() == 1);
    CHECK(summary.record[0].model.median ==
          Approx((runs[0].departures_at(summary.record[0].point.time) +
                  runs[1].departures_at(summary.record[0].point.time)) /
                 2.0));
    CHECK(summary.record[0].model.median > 0);
}
