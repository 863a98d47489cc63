#include "sim/core/twin.hpp"
#include "sim/study/attribution.hpp"
#include "tests/cli_support.hpp"
#include "tests/support.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <nlohmann/json.hpp>
#include <numeric>
#include <set>

namespace walkout {

namespace {

using Json = nlohmann::json;

const std::string seed_case = "scenarios/openai_2023.yaml";

bool has(Coalition coalition, std::size_t factor)
{
    return (coalition >> factor & 1U) != 0;
}

/// All values of a game of n factors.
std::vector<double> values_of(std::size_t n, const CoalitionValue& value)
{
    std::vector<double> values;
    for (Coalition coalition = 0; coalition <= full_coalition(n); ++coalition)
        values.push_back(value(coalition));
    return values;
}

std::vector<double> shapley_of(std::size_t n, const CoalitionValue& value)
{
    return shapley_values(n, values_of(n, value));
}

/// A number for each coalition, without pattern.
double arbitrary(Coalition coalition, std::uint64_t salt)
{
    const Chance chance(salt);
    return chance.uniform(Decision::reach, static_cast<AgentId>(coalition));
}

double sum(const std::vector<double>& values)
{
    return std::accumulate(values.begin(), values.end(), 0.0);
}

/// A game whose three numbers are the same.
Game same_thrice(std::function<double(Coalition, std::uint32_t)> value)
{
    return [value = std::move(value)](Coalition coalition, std::uint32_t replicate) {
        const double one = value(coalition, replicate);
        return AttributedValues{one, one, one};
    };
}

Attribution attributed(const Game& game, std::size_t factors, AttributionSettings settings)
{
    Progress progress;
    return attribute(game, factors, settings, progress);
}

double sum_of_shapley(const AttributedMeasure& measure)
{
    double total = 0;
    for (const Contribution& contribution : measure.contributions)
        total += contribution.shapley.value;
    return total;
}

std::vector<std::string> names_of(const std::vector<Factor>& factors)
{
    std::vector<std::string> names;
    for (const Factor& factor : factors)
        names.push_back(factor.name);
    return names;
}

io::ScenarioVariants seed_variants()
{
    return io::ScenarioVariants((checkout() / seed_case).string());
}

Factors factors_of_seed_case(const FactorChoice& choice)
{
    return choose_factors(seed_variants(), choice, (checkout() / seed_case).string(), {});
}

} // namespace

// ---------------------------------------------------------------- Shapley values

TEST_CASE("Shapley values of known games are those of the textbook", "[attribution]")
{
    SECTION("one left glove and two right ones: 2/3, 1/6, 1/6")
    {
        const auto shares = shapley_of(
            3, [](Coalition c) { return has(c, 0) && (has(c, 1) || has(c, 2)) ? 1.0 : 0.0; });
        CHECK(shares[0] == Approx(2.0 / 3).margin(1e-15));
        CHECK(shares[1] == Approx(1.0 / 6).margin(1e-15));
        CHECK(shares[2] == Approx(1.0 / 6).margin(1e-15));
    }
    SECTION("a runway for planes that need 1, 2 and 3 (Littlechild & Owen 1973)")
    {
        const auto shares = shapley_of(3, [](Coalition c) {
            return static_cast<double>(std::bit_width(c)); // the largest plane pays for all
        });
        CHECK(shares[0] == Approx(1.0 / 3));
        CHECK(shares[1] == Approx(1.0 / 3 + 1.0 / 2));
        CHECK(shares[2] == Approx(1.0 / 3 + 1.0 / 2 + 1));
    }
    SECTION("what only adds up is shared as it is")
    {
        const std::vector<double> weight{3, -1, 0.5, 7};
        const auto shares = shapley_of(4, [&](Coalition c) {
            double total = 10;
            for (std::size_t i = 0; i < 4; ++i)
                total += has(c, i) ? weight[i] : 0;
            return total;
        });
        for (std::size_t i = 0; i < 4; ++i)
            CHECK(shares[i] == Approx(weight[i]));
    }
}

TEST_CASE("Shapley values keep their axioms in any game", "[attribution][property]")
{
    CHECK(holds_always([] {
        const std::uint64_t salt = *rc::gen::inRange<std::uint64_t>(1, 1000000);
        const auto n = *rc::gen::inRange<std::size_t>(2, 8);
        const auto game = [&](Coalition c) { return arbitrary(c, salt); };

        // Efficiency: they sum to what all are worth more than none.
        const auto shares = shapley_of(n, game);
        RC_ASSERT(std::abs(sum(shares) - (game(full_coalition(n)) - game(0))) < 1e-12);

        // Dummy: who never adds anything gets nothing.
        const auto without_first =
            shapley_of(n, [&](Coalition c) { return game(c & ~Coalition{1}); });
        RC_ASSERT(without_first[0] == 0);

        // Symmetry: two who do the same get the same.
        const auto alike = shapley_of(n, [&](Coalition c) {
            const Coalition others = c & ~Coalition{3};
            return arbitrary(others | (has(c, 0) + has(c, 1)), salt);
        });
        RC_ASSERT(std::abs(alike[0] - alike[1]) < 1e-12);

        // Additivity: values of a sum of games are sums of values.
        const auto other = [&](Coalition c) { return arbitrary(c, salt + 1); };
        const auto of_other = shapley_of(n, other);
        const auto of_sum = shapley_of(n, [&](Coalition c) { return game(c) + other(c); });
        for (std::size_t i = 0; i < n; ++i)
            RC_ASSERT(std::abs(of_sum[i] - shares[i] - of_other[i]) < 1e-12);
    }));
}

TEST_CASE("the mean over all orders is the Shapley value", "[attribution]")
{
    constexpr std::size_t n = 5;
    const auto game = [](Coalition c) { return arbitrary(c, 7); };
    std::vector<Order> orders;
    Order order(n);
    std::iota(order.begin(), order.end(), std::size_t{0});
    do
        orders.push_back(order);
    while (std::ranges::next_permutation(order).found);
    REQUIRE(orders.size() == 120);
    const auto mean = mean_additions(orders, game);
    const auto exact = shapley_of(n, game);
    for (std::size_t i = 0; i < n; ++i)
        CHECK(mean[i] == Approx(exact[i]).margin(1e-13));
}

TEST_CASE("sampled orders are permutations, each followed by its reverse", "[attribution]")
{
    const auto orders = antithetic_orders(12, 3, 2023, 5);
    REQUIRE(orders.size() == 6);
    for (std::size_t k = 0; k < orders.size(); k += 2) {
        CHECK(std::set<std::size_t>(orders[k].begin(), orders[k].end()).size() == 12);
        CHECK(Order(orders[k].rbegin(), orders[k].rend()) == orders[k + 1]);
    }
    CHECK(antithetic_orders(12, 3, 2023, 5) == orders);
    CHECK(antithetic_orders(12, 3, 2023, 6) != orders);
    CHECK(antithetic_orders(12, 3, 2024, 5) != orders);
    CHECK(passed_by({2, 0, 1}) == std::vector<Coalition>{0, 4, 5, 7});
}

TEST_CASE("each factor comes at each place equally often", "[attribution]")
{
    constexpr std::size_t n = 4, replicates = 3000;
    std::vector<double> first(n);
    for (std::uint32_t k = 0; k < replicates; ++k)
        ++first[antithetic_orders(n, 1, 1, k).front().front()];
    for (const double count : first)
        CHECK(std::abs(count / replicates - 0.25) < share_tolerance(0.25, replicates));
}

// ---------------------------------------------------------------- games with luck

TEST_CASE("contributions sum to the total, exact or sampled", "[attribution]")
{
    constexpr std::size_t n = 6;
    const Game game = same_thrice(
        [](Coalition c, std::uint32_t replicate) { return arbitrary(c, 100 + replicate); });
    for (const std::size_t exact_to : {n, n - 1}) {
        const Attribution a = attributed(
            game, n, {.seed = 3, .replicates = 25, .jobs = 2, .pairs = 2, .exact_to = exact_to});
        CAPTURE(exact_to);
        CHECK(a.exact == (exact_to == n));
        CHECK(a.replicates == 25);
        for (const AttributedMeasure& measure : a.measures) {
            CHECK(sum_of_shapley(measure) == Approx(measure.total.value).margin(1e-12));
            CHECK(measure.total.value ==
                  Approx(measure.with_all.value - measure.with_none.value).margin(1e-12));
        }
    }
}

TEST_CASE("sampled Shapley values lie around the exact ones", "[attribution]")
{
    constexpr std::size_t n = 6;
    const Game game = same_thrice([](Coalition c, std::uint32_t) { return arbitrary(c, 42); });
    const AttributionSettings settings{.seed = 9, .replicates = 400, .pairs = 2, .exact_to = 0};
    const Attribution sampled = attributed(game, n, settings);
    const auto exact = shapley_of(n, [](Coalition c) { return arbitrary(c, 42); });
    for (std::size_t i = 0; i < n; ++i) {
        const Contribution& c = sampled.measures[0].contributions[i];
        const double half = (c.shapley.high - c.shapley.low) / 2;
        CHECK(std::abs(c.shapley.value - exact[i]) < 2.5 * half); // five standard errors
        CHECK(half > 0);
        // There is no luck in this game: all of the interval is due to the orders.
        CHECK(c.sampling == Approx(half).epsilon(0.2));
    }
}

TEST_CASE("luck that all coalitions share cancels", "[attribution]")
{
    const Game game = same_thrice([](Coalition c, std::uint32_t replicate) {
        return 100 * arbitrary(0, replicate) + (has(c, 0) ? 2 : 0) - (has(c, 1) ? 1 : 0);
    });
    const Attribution a = attributed(game, 2, {.replicates = 50});
    const Contribution& first = a.measures[0].contributions[0];
    for (const Estimate& e : {first.shapley, first.drop_one, first.alone}) {
        CHECK(e.value == Approx(2));
        CHECK(e.high - e.low < 1e-6);
    }
    CHECK(a.measures[0].with_all.high - a.measures[0].with_all.low > 1);
    CHECK(a.measures[0].contributions[1].drop_one.value == Approx(-1));
}

TEST_CASE("drop one and alone are what they say", "[attribution]")
{
    // Either of two is enough: dropping one loses nothing, each alone brings it all.
    const Game game = same_thrice([](Coalition c, std::uint32_t) { return c == 0 ? 0.0 : 1.0; });
    for (const std::size_t exact_to : {std::size_t{2}, std::size_t{0}}) {
        const Attribution a = attributed(game, 2, {.replicates = 3, .exact_to = exact_to});
        for (const Contribution& c : a.measures[2].contributions) {
            CHECK(c.shapley.value == Approx(0.5));
            CHECK(c.drop_one.value == 0);
            CHECK(c.alone.value == 1);
        }
    }
}

TEST_CASE("an exact attribution tells the mean of every coalition", "[attribution]")
{
    const Game game = same_thrice(
        [](Coalition c, std::uint32_t replicate) { return double(c) + 2.0 * replicate; });
    const auto means = [&](std::size_t exact_to) {
        return attributed(game, 2, {.replicates = 3, .exact_to = exact_to}).measures[0].coalitions;
    };
    CHECK(means(2) == std::vector<double>{2, 3, 4, 5});
    CHECK(means(0).empty());
}

TEST_CASE("an attribution does not depend on threads", "[attribution][determinism]")
{
    const Game game =
        same_thrice([](Coalition c, std::uint32_t replicate) { return arbitrary(c, replicate); });
    for (const std::size_t exact_to : {std::size_t{5}, std::size_t{0}}) {
        AttributionSettings settings{.replicates = 40, .jobs = 1, .exact_to = exact_to};
        const Attribution one = attributed(game, 5, settings);
        settings.jobs = 3;
        const Attribution three = attributed(game, 5, settings);
        CHECK(one.fingerprint == three.fingerprint);
        CHECK(one.runs == three.runs);
        CHECK(one.measures[1].contributions[4].shapley.high ==
              three.measures[1].contributions[4].shapley.high);
    }
}

TEST_CASE("a replicate with a failed run is left out and counted", "[attribution]")
{
    const Game game = same_thrice([](Coalition c, std::uint32_t replicate) -> double {
        if (replicate == 3 && c == 2)
            throw std::runtime_error("no luck");
        return has(c, 0);
    });
    const Attribution a = attributed(game, 2, {.replicates = 8});
    CHECK(a.failed == 1);
    CHECK(a.replicates == 7);
    CHECK(a.first_error == "no luck");
    CHECK(a.measures[0].contributions[0].shapley.value == Approx(1));
}

TEST_CASE("no more runs are made than were told", "[attribution]")
{
    const Game game = same_thrice([](Coalition c, std::uint32_t) { return arbitrary(c, 1); });
    for (const std::size_t n : {1U, 4U, 12U}) {
        const AttributionSettings settings{.replicates = 3, .pairs = 2};
        const Attribution a = attributed(game, n, settings);
        CHECK(a.runs <= 3 * runs_per_replicate_at_most(n, settings));
        CHECK((n > settings.exact_to || a.runs == 3 * runs_per_replicate_at_most(n, settings)));
    }
}

// ---------------------------------------------------------------- factors of scenarios

TEST_CASE("all causes of the seed case have something to take away", "[attribution]")
{
    const Factors found = factors_of_seed_case({.causes = {"all"}});
    CHECK(names_of(found.factors) == std::vector<std::string>{"outside_offer", "withheld_reasons",
                                                              "peers", "sleep", "visibility",
                                                              "loyalty", "leader_traits"});
    CHECK(found.left_out.empty());
    const auto texts = overrides_of(found.factors[0], seed_variants());
    CHECK(texts == std::vector<std::string>{"events.job_offer.do.offer.quality=0",
                                            "events.matched_pay.do.offer.quality=0"});
    CHECK(overrides_of(found.factors[1], seed_variants()).size() == 3);
    CHECK(overrides_of(found.factors[6], seed_variants()).size() == 7);
}

TEST_CASE("a cause that a scenario does not have is left out and said so", "[attribution]")
{
    const std::string letter = (checkout() / "scenarios/letter.yaml").string();
    const Factors found = choose_factors(io::ScenarioVariants(letter), {.causes = {"all"}}, letter,
                                         {"people.allegiance_mean=0.2"});
    REQUIRE(found.left_out.size() == 1);
    CHECK(found.left_out[0].name == "outside_offer");
    CHECK(found.left_out[0].why == "the scenario has no offer or package");
    const std::vector<std::string> neutral{"people.allegiance_mean=0"};
    const Factors divided = choose_factors(io::ScenarioVariants(letter, neutral),
                                           {.causes = {"loyalty"}}, letter, neutral);
    CHECK(divided.factors.empty());
    REQUIRE(divided.left_out.size() == 1);
}

TEST_CASE("coalitions are the scenarios they stand for", "[attribution]")
{
    const io::ScenarioVariants variants = seed_variants();
    const Factors found = factors_of_seed_case({.causes = {"peers", "outside_offer"}});
    const ScenarioGame game(variants, found.factors, 2023);
    CHECK_NOTHROW(game.check());
    const auto peak = [](const Scenario& scenario) {
        return run(scenario, {.seed = 2023, .replicate = 4}).measures;
    };
    const Scenario own = variants.file().scenario;
    CHECK(game(3, 4)[0] == peak(own).peak_signed_share);
    CHECK(game(2, 4)[0] == peak(no_peers(own)).peak_signed_share);
    Scenario no_offer = own; // by their switches instead
    for (Event& event : no_offer.events)
        if (event.name == "job_offer" || event.name == "matched_pay")
            event.enabled = false;
    CHECK(game(1, 4)[0] == peak(no_offer).peak_signed_share);
    CHECK(game(1, 4)[2] == std::min(own.horizon, peak(no_offer).hours_to_concession));
    CHECK(game(0, 4)[0] == peak(no_peers(no_offer)).peak_signed_share);
}

TEST_CASE("of all events those are factors that act", "[attribution]")
{
    const Factors all = factors_of_seed_case({.events = {"all"}});
    const auto names = names_of(all.factors);
    CHECK(std::ranges::find(names, "letter") != names.end());
    CHECK(std::ranges::find(names, "all_hands") == names.end());
    CHECK(all.left_out.empty());
    const Factors one = factors_of_seed_case({.events = {"all_hands", "letter"}});
    CHECK(names_of(one.factors) == std::vector<std::string>{"letter"});
    REQUIRE(one.left_out.size() == 1);
    CHECK(one.left_out[0].why == "the event is told only; it acts on nobody");
}

TEST_CASE("the parameters of a study are factors", "[attribution]")
{
    TemporaryFolder folder;
    std::filesystem::copy_file(checkout() / "scenarios/letter.yaml", folder / "letter.yaml");
    write_text(folder / "study.yaml",
               "title: two\nscenario: letter.yaml\nreplicates: 5\nparameters:\n"
               "  peers: {paths: [mechanisms.inclination.peer_weight, mechanisms.drift.openness], "
               "change: factor, values: [0]}\n"
               "  letter: {path: events.letter.enabled, values: [false]}\n");
    const auto file = io::read_study((folder / "study.yaml").string());
    const Factors found = factors_of(file);
    CHECK(names_of(found.factors) == std::vector<std::string>{"peers", "letter"});
    CHECK(found.factors[0].without.size() == 2);
    CHECK(overrides_of(found.factors[1], *file.scenarios.front()) ==
          std::vector<std::string>{"events.letter.enabled=false"});
}

// ---------------------------------------------------------------- the command

TEST_CASE("attribute prints what is documented", "[attribution][cli]")
{
    TemporaryFolder folder;
    const Ended ended =
        walkout({"attribute", "scenarios/letter.yaml", "--replicates", "20", "--events", "letter",
                 "--causes", "all", "--out", (folder / "out").string(), "--json"});
    INFO(ended.err);
    CHECK(ended.code == 0);
    for (const char* name : {"out/attribution.csv", "out/attribution.json"})
        CHECK(std::filesystem::exists(folder / name));
    CHECK(ended.out == read_text(folder / "out/attribution.json"));
    const Json all = Json::parse(ended.out);
    for (const char* key : {"scenario", "file", "title", "headcount", "horizon", "version", "seed",
                            "replicates", "failed", "overrides", "method", "orders", "runs",
                            "study", "fingerprint", "factors", "left_out", "measures"})
        CHECK(all.contains(key));
    CHECK(all["method"] == "exact");
    CHECK(all["runs"] == 20 * 128);
    CHECK(all["left_out"][0]["name"] == "outside_offer");
    for (const auto& [name, measure] : all["measures"].items()) {
        INFO(name);
        double total = 0;
        for (const auto& [factor, c] : measure["factors"].items()) {
            total += c["shapley"]["mean"].get<double>();
            for (const char* kind : {"shapley", "drop_one", "alone"})
                CHECK(c[kind]["low"].get<double>() <= c[kind]["high"].get<double>());
        }
        CHECK(total == Approx(measure["total"]["mean"].get<double>()).margin(1e-12));
    }
    CHECK(line_count(read_text(folder / "out/attribution.csv")) == 1 + 3 * 7);
    CHECK(line_count(read_text(folder / "out/combinations.csv")) == 1 + 128);
}

TEST_CASE("attribute sets the scenarios of a study side by side", "[attribution][cli]")
{
    TemporaryFolder folder;
    std::filesystem::copy_file(checkout() / "scenarios/letter.yaml", folder / "letter.yaml");
    write_text(
        folder / "study.yaml",
        "title: two\nreplicates: 5\n"
        "scenarios: {plain: letter.yaml, no_vigil: {file: letter.yaml, set: {people.vigil: 0}}}\n"
        "parameters:\n  trust: {path: people.trust_mean, values: [1]}\n"
        "  vigil: {path: people.vigil, values: [0]}\n");
    const Ended ended = walkout({"attribute", "--study", (folder / "study.yaml").string(), "--out",
                                 (folder / "out").string()});
    INFO(ended.err);
    CHECK(ended.code == 0);
    CHECK(ended.out.find("Shapley values in each scenario") != std::string::npos);
    const Json all = Json::parse(read_text(folder / "out/attribution.json"));
    REQUIRE(all["others"].size() == 1);
    CHECK(all["name"] == "plain");
    CHECK(all["others"][0]["name"] == "no_vigil");
    CHECK(all["others"][0]["left_out"][0]["name"] == "vigil");
    const std::string combinations = read_text(folder / "out/combinations.csv");
    CHECK(combinations.starts_with(
        "scenario,trust,vigil,peak_signed_share,returned,hours_to_concession\nplain,0,0,"));
    CHECK(line_count(combinations) == 1 + 4 + 2);
    CHECK(combinations.find("\nno_vigil,0,1,") != std::string::npos); // nothing to take away
}

TEST_CASE("attribute says what it does with many factors", "[attribution][cli]")
{
    TemporaryFolder folder;
    const Ended ended = walkout({"attribute", seed_case, "--replicates", "2", "--events", "all",
                                 "--orders", "4", "--out", folder.path().string()});
    INFO(ended.err);
    CHECK(ended.code == 0);
    CHECK(ended.out.find("average over 4 random orders per replicate") != std::string::npos);
    CHECK(ended.out.find("peak_signed_share: 9") != std::string::npos);
}

TEST_CASE("a wrong attribution is told with its cure", "[attribution][cli][errors]")
{
    TemporaryFolder folder;
    write_text(folder / "s.yaml", "title: t\nstart: 2025-03-03T09:00+00:00\n");
    write_text(
        folder / "study.yaml",
        "scenario: s.yaml\nreplicates: 5\nparameters: {a: {path: people.vigil, values: [0, 1]}}\n");
    const auto refusal = [](std::vector<std::string> options) {
        options.insert(options.begin(), "attribute");
        return refused(options);
    };
    tells(refusal({}), "name a scenario, or a study of factors with --study");
    tells(refusal({seed_case, "--study", "x.yaml"}), "name a scenario, or");
    tells(refusal({seed_case, "--causes", "peer"}), "did you mean 'peers'?");
    tells(refusal({seed_case, "--causes", "weather"}), "all or some of: outside_offer, withheld");
    tells(refusal({seed_case, "--events", "job_ofer"}), "did you mean 'job_offer'?");
    tells(refusal({seed_case, "--events", "all_hands"}), "it acts on nobody");
    tells(refusal({seed_case, "--factor", "distrust"}), "write name=path=value");
    tells(refusal({seed_case, "--factor", "a=people.vigl=3%"}), "did you mean 'vigil'?");
    tells(refusal({seed_case, "--factor", "a=people.vigil=300%"}), "people.vigil");
    tells(refusal({seed_case, "--causes", "sleep", "--factor", "awake=people.vigil=1"}),
          "'sleep' and 'awake' both set people.vigil");
    tells(refusal({seed_case, "--factor", "a=people.vigil=1", "--factor", "a=tick=3min"}),
          "two are called 'a'");
    tells(refusal({seed_case, "--orders", "5"}), "not an even number");
    tells(refusal({"--study", (folder / "study.yaml").string()}), "it has not exactly one value");
}

} // namespace walkout
