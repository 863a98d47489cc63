#include "sim/study/comparison.hpp"
#include "tests/cli_support.hpp"
#include "tests/support.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

namespace walkout {

namespace {

using Json = nlohmann::json;

const std::string letter = "scenarios/letter.yaml";

Ensemble ensemble_of(const std::string& name, const Scenario& scenario, std::uint32_t replicates,
                     std::uint64_t seed = 1)
{
    Progress progress;
    return {name, scenario, run_all(scenario, seed, replicates, 2, progress)};
}

Contrast contrast(const Scenario& first, const Scenario& second, std::uint32_t replicates = 6)
{
    return compare_scenarios(
               {ensemble_of("a", first, replicates), ensemble_of("b", second, replicates)}, 1)
        .contrasts.front();
}

/// Staff of ten who sign as soon as they are asked first; the petition opens at a given hour.
Scenario with_petition_at(Hours hour)
{
    Scenario s = small_world(10);
    set_allegiance(s, 1);
    appoint_heads(s, 10);
    s.board.directors = {{.name = "first", .resolve = 100}};
    s.events = {happening(hour, Petition{.broadcast_rate = 0, .first_signers = 3})};
    s.events.front().name = "petition";
    return s;
}

Json compare_json(std::vector<std::string> arguments, const std::filesystem::path& out)
{
    arguments.insert(arguments.begin(), "compare");
    arguments.insert(arguments.end(), {"--out", out.string(), "--json"});
    const Ended ended = walkout(arguments);
    INFO(ended.err);
    REQUIRE(ended.code == 0);
    CHECK(ended.out == read_text(out / "compare.json"));
    return Json::parse(ended.out);
}

} // namespace

TEST_CASE("pairs are those of single runs with the same seed", "[comparison]")
{
    Scenario other = turmoil(40);
    other.people.allegiance_mean = 0.5;
    const Contrast c = contrast(turmoil(40), other, 8);
    CHECK(c.pairs == 8);
    double sum = 0;
    OutcomeFlow flow{};
    std::vector<std::size_t> flips(40);
    for (std::uint32_t k = 0; k < 8; ++k) {
        const RunResult a = run(turmoil(40), {.seed = 1, .replicate = k});
        const RunResult b = run(other, {.seed = 1, .replicate = k});
        sum += b.measures.peak_signed_share - a.measures.peak_signed_share;
        ++flow[static_cast<std::size_t>(a.outcome)][static_cast<std::size_t>(b.outcome)];
        for (std::size_t person = 0; person < 40; ++person)
            flips[person] += a.furthest_acts[person] != b.furthest_acts[person];
    }
    CHECK(c.differences.front().measure == "peak_signed_share");
    CHECK(c.differences.front().difference.mean == Approx(sum / 8).margin(1e-15));
    CHECK(c.flow == flow);
    std::size_t ever = 0;
    for (const Flip& flip : c.flips)
        CHECK(flip.runs == flips[flip.person]);
    for (const std::size_t runs : flips)
        ever += runs > 0;
    CHECK(c.flips.size() == ever);
    CHECK(std::ranges::is_sorted(c.flips, std::ranges::greater{}, &Flip::runs));
}

TEST_CASE("the furthest act is the costliest of a run", "[comparison]")
{
    const RunResult result = run(turmoil(60), {.seed = 3});
    std::vector<int> furthest(60);
    for (const Change& change : history(turmoil(60), 3))
        if (change.to != Stance::returned)
            furthest[change.person] =
                std::max(furthest[change.person], static_cast<int>(change.to));
    REQUIRE(result.furthest_acts.size() == 60);
    for (std::size_t person = 0; person < 60; ++person)
        CHECK(static_cast<int>(result.furthest_acts[person].stance) == furthest[person]);
}

TEST_CASE("a scenario does not part from itself", "[comparison]")
{
    const Contrast c = contrast(turmoil(40), turmoil(40));
    CHECK(c.same_people);
    CHECK_FALSE(c.divergence);
    CHECK_FALSE(c.script);
    CHECK(c.flips.empty());
    CHECK(c.mean_flips() == 0);
    for (const Comparison& row : c.differences) {
        CHECK(row.difference.low == 0);
        CHECK(row.difference.high == 0);
    }
}

TEST_CASE("runs part where one was made to", "[comparison]")
{
    SECTION("by a person, at the hour of the earlier petition")
    {
        const Contrast c = contrast(with_petition_at(30), with_petition_at(20));
        REQUIRE(c.divergence);
        CHECK(c.divergence->kind == Divergence::Kind::person);
        CHECK(c.divergence->time == 20);
        REQUIRE(c.divergence->second);
        CHECK(c.divergence->second->to == Stance::signed_letter);
        REQUIRE(c.divergence->first); // the same head signs first there too, later
        CHECK(c.divergence->first->time == 30);
        REQUIRE(c.script);
        CHECK(c.script->event == "petition");
        CHECK(c.script->time == 20);
        CHECK(c.script->first == 30);
        CHECK(c.script->second == 20);
    }
    SECTION("by a director")
    {
        Scenario other = with_petition_at(20);
        other.events.push_back(happening(25, Concede{.director = "first"}));
        const Contrast c = contrast(with_petition_at(20), other);
        REQUIRE(c.divergence);
        CHECK(c.divergence->kind == Divergence::Kind::director);
        CHECK(c.divergence->director == "first");
        CHECK(c.divergence->time == 25);
        CHECK(c.divergence->first_hour == never);
        REQUIRE(c.script);
        CHECK(c.script->first == never);
    }
    SECTION("not at all, where what differs acts on nobody")
    {
        Scenario other = with_petition_at(20);
        other.events.push_back(happening(25));
        const Contrast c = contrast(with_petition_at(20), other);
        CHECK_FALSE(c.divergence);
        CHECK(c.script);
    }
}

TEST_CASE("who flips is counted, by person and department", "[comparison]")
{
    Scenario without = with_petition_at(20);
    without.events.clear();
    const Contrast c = contrast(with_petition_at(20), without, 4);
    REQUIRE(c.flips.size() == 3);
    CHECK(c.mean_flips() == 3);
    CHECK(c.typical_flips() == 3);
    for (const Flip& flip : c.flips) {
        CHECK(flip.runs == 4);
        CHECK(flip.first_usual == FurthestAct{Stance::signed_letter, Pole::plus});
        CHECK(flip.second_usual == FurthestAct{});
        CHECK(c.department_flips[flip.department].share == 1);
        CHECK(c.department_flips[flip.department].typical == 1);
    }
}

TEST_CASE("people of another organization are not followed", "[comparison]")
{
    const Contrast c = contrast(turmoil(40), turmoil(41));
    CHECK_FALSE(c.same_people);
    CHECK_FALSE(c.divergence);
    CHECK(c.flips.empty());
    CHECK(c.pairs == 6);
}

TEST_CASE("a failed run takes its pair along", "[comparison]")
{
    Ensemble a = ensemble_of("a", turmoil(30), 5), b = ensemble_of("b", turmoil(30), 5);
    a.runs[1] = {.replicate = 1, .error = "broken"};
    b.runs[4] = {.replicate = 4, .error = "broken"};
    const ScenarioComparison all = compare_scenarios({a, b}, 1);
    CHECK(all.contrasts.front().pairs == 3);
    CHECK(all.summaries[0].failed == 1);
    CHECK(all.contrasts.front().flips.empty());
}

TEST_CASE("a time that never came counts as the nearer horizon", "[comparison]")
{
    Scenario longer = turmoil(30);
    longer.horizon = 200;
    CHECK(contrast(turmoil(30), longer).ceiling == turmoil(30).horizon);
    CHECK(common_ceiling(longer, turmoil(30)) == turmoil(30).horizon);
}

// ---------------------------------------------------------------- the command

TEST_CASE("compare says what run says of a base, digit for digit", "[comparison][cli]")
{
    TemporaryFolder folder;
    const std::string variant = "scenarios/openai_2023_no_offer.yaml";
    const Json all = compare_json({"scenarios/openai_2023.yaml", variant, "--replicates", "12"},
                                  folder / "both");
    const Ended run = walkout({"run", variant, "--replicates", "12", "--no-twin", "--json", "--out",
                               (folder / "run").string()});
    const Json alone = Json::parse(run.out);
    CHECK(all["contrasts"][0]["differences"] == alone["against"]["differences"]);
    CHECK(all["scenarios"][1]["measures"] == alone["measures"]);
    CHECK(all["scenarios"][1]["fan"] == alone["fan"]);
    CHECK(all["scenarios"][1]["fingerprint"] == alone["fingerprint"]);
    CHECK(all["scenarios"][0]["fingerprint"] == alone["against"]["fingerprint"]);
}

TEST_CASE("shares of outcomes differ by what the pairs say", "[comparison]")
{
    const auto runs = [](std::initializer_list<Outcome> ends) {
        std::vector<RunResult> all;
        for (const Outcome outcome : ends) {
            all.emplace_back();
            all.back().outcome = outcome;
        }
        return all;
    };
    constexpr Outcome back = Outcome::returned, exit = Outcome::mass_exit;
    std::vector<RunResult> a = runs({back, back, back, exit}), b = runs({back, exit, exit, exit});
    const PairedDifference returned = outcome_difference(a, b, back);
    CHECK(returned.mean == Approx(-0.5));
    CHECK(returned.smaller == Approx(0.5));
    CHECK(returned.larger == 0);
    CHECK(returned.low < -0.5);
    CHECK(outcome_difference(a, b, exit).mean == Approx(0.5));
    a[1].error = b[2].error = "failed"; // such pairs count for nothing
    CHECK(outcome_difference(a, b, back).mean == 0);
}

TEST_CASE("compare prints what is documented", "[comparison][cli]")
{
    TemporaryFolder folder;
    write_text(folder / "more.yaml", read_text(checkout() / letter));
    const Json all = compare_json({letter, letter, (folder / "more.yaml").string(), "--replicates",
                                   "10", "--set", "people.vigil=30%"},
                                  folder / "out");
    for (const char* name : {"out/compare.json", "out/differences.csv", "out/flips.csv"})
        CHECK(std::filesystem::exists(folder / name));
    CHECK(all["first"] == "letter");
    CHECK(all["overrides"] == Json{"people.vigil=30%"});
    REQUIRE(all["scenarios"].size() == 3);
    CHECK(all["scenarios"][1]["name"] == "letter_2"); // names stay apart
    for (const char* key :
         {"name", "file", "title", "headcount", "start", "horizon", "runs", "failed", "fingerprint",
          "outcomes", "outcome_intervals", "measures", "record", "fan"})
        CHECK(all["scenarios"][2].contains(key));
    REQUIRE(all["contrasts"].size() == 2);
    for (const char* key :
         {"scenario", "pairs", "ceiling", "differences", "outcome_differences", "outcome_flow",
          "script", "same_luck", "same_people", "divergence", "flips"})
        CHECK(all["contrasts"][1].contains(key));
    CHECK(all["contrasts"][0]["divergence"].is_null());
    CHECK(all["contrasts"][0]["flips"]["ever"] == 0);
    int pairs = 0;
    for (const auto& [from, row] : all["contrasts"][0]["outcome_flow"].items())
        for (const auto& [to, runs] : row.items())
            pairs += runs.get<int>();
    CHECK(pairs == 10);
    CHECK(line_count(read_text(folder / "out/differences.csv")) == 1 + 2 * 12);
}

TEST_CASE("compare tells people where runs part", "[comparison][cli]")
{
    TemporaryFolder folder;
    const Ended ended =
        walkout({"compare", "scenarios/openai_2023.yaml", "scenarios/openai_2023_no_offer.yaml",
                 "--replicates", "10", "--out", (folder / "out").string()});
    INFO(ended.out);
    CHECK(ended.code == 0);
    CHECK(ended.err.find("wrote compare.json, differences.csv and flips.csv") != std::string::npos);
    for (const char* part :
         {"Run by run with the same luck, against openai_2023\n",
          "The script parts on Sun 23:55: \"Microsoft offers jobs to all staff\"",
          "What people do parts on ", "Who acts otherwise",
          "Signatures, medians: ━ openai_2023, "
          "o openai_2023_no_offer"})
        CHECK(ended.out.find(part) != std::string::npos);
}

TEST_CASE("a branch beside its base is not said to have the same luck", "[comparison][cli]")
{
    TemporaryFolder folder;
    const Ended ended = walkout({"compare", "scenarios/openai_2023.yaml",
                                 "scenarios/openai_2023_date_withdrawn.yaml", "--replicates", "4",
                                 "--out", folder.path().string()});
    INFO(ended.out);
    CHECK(ended.code == 0);
    tells(ended.out, "Run by run, against openai_2023");
    tells(ended.out, "differences hold chance too");
    tells(read_text(folder / "compare.json"), "\"same_luck\": false");
    tells(read_text(folder / "report.html"), "branches of a run have luck of their own");
}

TEST_CASE("a wrong comparison is told with its cure", "[comparison][cli][errors]")
{
    const auto refusal = [](std::vector<std::string> options) {
        options.insert(options.begin(), "compare");
        return refused(options);
    };
    tells(refusal({letter}), "scenarios");
    tells(refusal({letter, "scenarios/leter.yaml"}), "leter.yaml");
    tells(refusal({"-", "-"}), "standard input can be one scenario only");
    tells(refusal({letter, letter, "--set", "people.vigl=3%"}), "did you mean 'vigil'?");
    tells(refusal({letter, letter, "--replicates", "0"}), "--replicates");
}

} // namespace walkout
