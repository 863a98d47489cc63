#include "sim/io/problems.hpp"
#include "sim/study/curve.hpp"
#include "sim/study/design.hpp"
#include "sim/study/plan.hpp"
#include "tests/support.hpp"

#include <algorithm>
#include <cmath>
#include <set>

using namespace walkout;

namespace {

/// A study of `count` parameters, each uniform in [0, 1].
Study unit_study(DesignKind kind, std::size_t count, std::uint64_t points)
{
    Study study;
    study.scenarios = {{.name = "one"}};
    study.design.kind = kind;
    study.design.points = points;
    study.seed = 11;
    for (std::size_t k = 0; k < count; ++k) {
        StudyParameter parameter;
        parameter.name = "p" + std::to_string(k);
        parameter.spread = Spread::uniform;
        parameter.high = 1;
        parameter.own = 0.5;
        study.parameters.push_back(parameter);
    }
    return study;
}

Study grid_study(const std::vector<std::size_t>& sizes)
{
    Study study = unit_study(DesignKind::grid, sizes.size(), 0);
    for (std::size_t k = 0; k < sizes.size(); ++k) {
        study.parameters[k].spread = Spread::levels;
        for (std::size_t i = 0; i < sizes[k]; ++i)
            study.parameters[k].levels.push_back(static_cast<double>(i));
    }
    return study;
}

/// How many of the first `n` points fall into each of `slices` equal parts of a parameter.
std::vector<int> counts_by_slice(const Design& design, std::size_t parameter, std::uint64_t n,
                                 std::size_t slices)
{
    std::vector<int> counts(slices);
    for (std::uint64_t p = 0; p < n; ++p) {
        const double u = design.point(p)[parameter];
        REQUIRE(u > 0);
        REQUIRE(u < 1);
        ++counts[static_cast<std::size_t>(u * static_cast<double>(slices))];
    }
    return counts;
}

StudyParameter of_spread(Spread spread, double low, double high, double middle = 0,
                         double width = 0)
{
    StudyParameter parameter;
    parameter.spread = spread;
    parameter.low = low;
    parameter.high = high;
    parameter.middle = middle;
    parameter.width = width;
    return parameter;
}

double mean_of(const Distribution& distribution)
{
    constexpr int n = 20'000;
    double sum = 0;
    for (int i = 0; i < n; ++i)
        sum += distribution.at((i + 0.5) / n);
    return sum / n;
}

} // namespace

// ---------------------------------------------------------------- distributions

TEST_CASE("the normal quantile agrees with tables", "[study]")
{
    CHECK(normal_quantile(0.5) == 0);
    CHECK(normal_quantile(0.975) == Approx(1.959963984540054).epsilon(1e-14));
    CHECK(normal_quantile(0.25) == Approx(-0.674489750196082).epsilon(1e-14));
    CHECK(normal_quantile(1e-10) == Approx(-6.361340902404056).epsilon(1e-13));
    CHECK(normal_quantile(0.999) == -normal_quantile(1 - 0.999));
}

TEST_CASE("distributions have the quantiles and means of their formulas", "[study]")
{
    const Distribution triangle(of_spread(Spread::triangular, 1, 4, 2));
    CHECK(triangle.at(0) == 1);
    CHECK(triangle.at(1) == 4);
    CHECK(triangle.at(1.0 / 3) == Approx(2));
    CHECK(mean_of(triangle) == Approx(7.0 / 3).epsilon(1e-6));

    const Distribution ratio(of_spread(Spread::log_uniform, 0.01, 100));
    CHECK(ratio.at(0.5) == Approx(1));
    CHECK(ratio.at(0.25) == Approx(0.1));

    const Distribution bell(of_spread(Spread::normal, -never, never, 3, 2));
    CHECK(bell.at(0.5) == Approx(3));
    CHECK(bell.at(0.975) == Approx(3 + 2 * 1.959963984540054));
    CHECK(std::isfinite(bell.at(0)));
    CHECK(std::isfinite(bell.at(1)));

    // Mean of a normal cut at 0 and 1: mu + sd (phi(a) - phi(b)) / (Phi(b) - Phi(a)).
    const Distribution cut(of_spread(Spread::normal, 0, 1, 0.2, 0.4));
    CHECK(cut.at(0) == Approx(0).margin(1e-12));
    CHECK(cut.at(1) == Approx(1).margin(1e-12));
    CHECK(mean_of(cut) == Approx(0.3782973).epsilon(1e-5));

    const Distribution skewed(of_spread(Spread::lognormal, 0, never, 2, 0.5));
    CHECK(skewed.at(0.5) == Approx(2));
    CHECK(mean_of(skewed) == Approx(2 * std::exp(0.125)).epsilon(1e-3));
}

TEST_CASE("whole numbers of a range are equally likely, ends included", "[study]")
{
    StudyParameter parameter = of_spread(Spread::uniform, 3, 7);
    parameter.whole = true;
    const Distribution distribution(parameter);
    std::map<double, int> counts;
    for (int i = 0; i < 1000; ++i)
        ++counts[distribution.at((i + 0.5) / 1000)];
    CHECK(counts == std::map<double, int>{{3, 200}, {4, 200}, {5, 200}, {6, 200}, {7, 200}});
    CHECK(distribution.at(1) == 7);
}

// ---------------------------------------------------------------- designs

TEST_CASE("a grid holds every combination once", "[study]")
{
    const Design design(grid_study({3, 1, 4}));
    REQUIRE(design.size() == 12);
    std::set<std::vector<double>> seen;
    for (std::uint64_t p = 0; p < design.size(); ++p)
        seen.insert(design.point(p));
    CHECK(seen.size() == 12);
    CHECK(design.point(0) == std::vector<double>{0, 0, 0});
    CHECK(design.point(1) == std::vector<double>{0, 0, 1});
    CHECK(design.point(11) == std::vector<double>{2, 0, 3});
}

TEST_CASE("a study without parameters has one point", "[study]")
{
    const Design design(grid_study({}));
    CHECK(design.size() == 1);
    CHECK(design.point(0).empty());
}

TEST_CASE("a part of a grid is spread over all of it", "[study]")
{
    const auto sizes = GENERATE(std::vector<std::size_t>{2, 3, 5}, std::vector<std::size_t>{10, 10},
                                std::vector<std::size_t>{7, 8, 9, 2}, std::vector<std::size_t>{1});
    const Design design(grid_study(sizes));
    std::set<std::uint64_t> seen;
    for (std::uint64_t turn = 0; turn < design.size(); ++turn)
        seen.insert(design.point_of_turn(turn));
    CHECK(seen.size() == design.size());
    // After half of the turns each level of the slowest parameter had about its half.
    const std::size_t first = sizes[0];
    std::vector<double> counts(first);
    for (std::uint64_t turn = 0; turn < design.size() / 2; ++turn)
        ++counts[static_cast<std::size_t>(design.point(design.point_of_turn(turn))[0])];
    const double fair = static_cast<double>(design.size() / 2) / static_cast<double>(first);
    for (const double count : counts)
        CHECK(std::abs(count - fair) <= 2);
}

TEST_CASE("one at a time changes one parameter from what is", "[study]")
{
    Study study = unit_study(DesignKind::one_at_a_time, 3, 0);
    study.parameters[1].spread = Spread::levels;
    study.parameters[1].levels = {0, 0.5, 1, 2}; // 0.5 is as it is: the first point has it
    const Design design(study);
    REQUIRE(design.size() == 1 + 2 + 3 + 2);
    CHECK(design.point(0) == std::vector<double>{0.5, 0.5, 0.5});
    CHECK(design.point(1) == std::vector<double>{0, 0.5, 0.5});
    CHECK(design.point(2) == std::vector<double>{1, 0.5, 0.5});
    CHECK(design.point(5) == std::vector<double>{0.5, 2, 0.5});
    CHECK(design.point(7) == std::vector<double>{0.5, 0.5, 1});
}

TEST_CASE("a Latin hypercube hits each slice of each parameter once", "[study]")
{
    const std::uint64_t n = GENERATE(1U, 2U, 7U, 64U, 1000U);
    const Design design(unit_study(DesignKind::latin_hypercube, 3, n));
    for (std::size_t k = 0; k < 3; ++k)
        CHECK(counts_by_slice(design, k, n, n) == std::vector<int>(n, 1));
}

TEST_CASE("parameters of a Latin hypercube are not alike", "[study]")
{
    const Design design(unit_study(DesignKind::latin_hypercube, 4, 2000));
    for (std::size_t a = 0; a < 4; ++a)
        for (std::size_t b = a + 1; b < 4; ++b) {
            double sum = 0;
            for (std::uint64_t p = 0; p < 2000; ++p) {
                const auto point = design.point(p);
                sum += (point[a] - 0.5) * (point[b] - 0.5) * 12 / 2000;
            }
            CHECK(std::abs(sum) < 0.08); // a correlation; 3.6 standard errors
        }
}

TEST_CASE("the first 2^m Sobol points hit each of 2^m slices once, in pairs of dimensions too",
          "[study]")
{
    const Design design(unit_study(DesignKind::sobol, 5, 256));
    for (std::size_t k = 0; k < 5; ++k)
        for (const std::uint64_t n : {2U, 16U, 128U, 256U})
            CHECK(counts_by_slice(design, k, n, n) == std::vector<int>(n, 1));
    // Dimensions 1 and 2 are a (0, m, 2)-net: each box of 16 x 16 holds one of 256 points.
    std::vector<int> boxes(256);
    for (std::uint64_t p = 0; p < 256; ++p) {
        const auto u = design.point(p);
        ++boxes[static_cast<std::size_t>(u[0] * 16) * 16 + static_cast<std::size_t>(u[1] * 16)];
    }
    CHECK(boxes == std::vector<int>(256, 1));
}

TEST_CASE("Saltelli's rows take one parameter from the other sample", "[study]")
{
    constexpr std::size_t k = 4;
    const Design design(unit_study(DesignKind::saltelli, k, 32));
    REQUIRE(design.size() == 32 * (k + 2));
    for (std::uint64_t base = 0; base < 32; ++base) {
        const auto a = design.point(base * (k + 2)), b = design.point(base * (k + 2) + 1);
        for (std::size_t i = 0; i < k; ++i) {
            auto expected = a;
            expected[i] = b[i];
            CHECK(a[i] != b[i]);
            CHECK(design.point(base * (k + 2) + 2 + i) == expected);
        }
    }
}

TEST_CASE("Sobol indices of a known function come out of Saltelli's rows", "[study]")
{
    // Ishigami: S1 (.3139 .4424 0), ST (.5576 .4424 .2437). Estimators of Saltelli et al. (2010)
    // and Jansen (1999).
    constexpr std::uint64_t n = 2048;
    const Design design(unit_study(DesignKind::saltelli, 3, n));
    const auto f = [](const std::vector<double>& u) {
        const auto x = [&](std::size_t i) { return M_PI * (2 * u[i] - 1); };
        return std::sin(x(0)) + 7 * std::pow(std::sin(x(1)), 2) +
               0.1 * std::pow(x(2), 4) * std::sin(x(0));
    };
    double sum = 0, squares = 0;
    std::array<double, 3> first{}, total{};
    for (std::uint64_t j = 0; j < n; ++j) {
        const double a = f(design.point(5 * j)), b = f(design.point(5 * j + 1));
        sum += a + b;
        squares += a * a + b * b;
        for (std::size_t i = 0; i < 3; ++i) {
            const double mixed = f(design.point(5 * j + 2 + i));
            first[i] += b * (mixed - a) / n;
            total[i] += (a - mixed) * (a - mixed) / (2.0 * n);
        }
    }
    const double variance = squares / (2.0 * n) - std::pow(sum / (2.0 * n), 2);
    CHECK(first[0] / variance == Approx(0.3139).margin(0.02));
    CHECK(first[1] / variance == Approx(0.4424).margin(0.02));
    CHECK(first[2] / variance == Approx(0).margin(0.02));
    CHECK(total[0] / variance == Approx(0.5576).margin(0.02));
    CHECK(total[1] / variance == Approx(0.4424).margin(0.02));
    CHECK(total[2] / variance == Approx(0.2437).margin(0.02));
}

TEST_CASE("a Morris trajectory moves each parameter once by the same jump", "[study]")
{
    constexpr std::size_t k = 5;
    Study study = unit_study(DesignKind::morris, k, 40);
    study.design.levels = 4;
    const Design design(study);
    REQUIRE(design.size() == 40 * (k + 1));
    std::vector<int> ups(k);
    for (std::uint64_t t = 0; t < 40; ++t) {
        std::set<std::size_t> moved;
        for (std::size_t step = 0; step < k; ++step) {
            const auto before = design.point(t * (k + 1) + step);
            const auto after = design.point(t * (k + 1) + step + 1);
            for (std::size_t i = 0; i < k; ++i) {
                CHECK(std::min(before[i], after[i]) >= 0);
                CHECK(std::max(before[i], after[i]) <= 1);
                if (before[i] == after[i])
                    continue;
                CHECK(std::abs(after[i] - before[i]) == Approx(2.0 / 3));
                CHECK(moved.insert(i).second);
                ups[i] += after[i] > before[i];
            }
        }
        CHECK(moved.size() == k);
    }
    for (const int count : ups) // both directions come
        CHECK((count > 8 && count < 32));
}

TEST_CASE("a point is a pure function of seed and number", "[study]")
{
    for (const DesignKind kind : {DesignKind::latin_hypercube, DesignKind::sobol,
                                  DesignKind::saltelli, DesignKind::morris}) {
        Study study = unit_study(kind, 3, 100);
        const Design one(study), same(study);
        study.seed = 12;
        const Design other(study);
        CHECK(one.point(57) == same.point(57));
        CHECK(one.point(57) != other.point(57));
    }
}

TEST_CASE("ten million points cost nothing until they are asked for", "[study]")
{
    const Design design(unit_study(DesignKind::latin_hypercube, 9, 10'000'000));
    CHECK(design.size() == 10'000'000);
    CHECK(design.point(9'999'999).size() == 9);
    CHECK_THROWS_AS(Design(grid_study({1000, 1000, 1000})), io::LimitError);
}

// ---------------------------------------------------------------- plan

TEST_CASE("an interrupted study is balanced", "[study]")
{
    Study study = grid_study({3, 4});
    study.scenarios = {{.name = "one"}, {.name = "two"}};
    study.replicates = {.least = 5, .most = 5, .measure = ""};
    const Plan plan(study);
    CHECK(plan.members() == 24);
    CHECK(plan.most_runs() == 120);
    std::map<std::pair<std::size_t, std::uint64_t>, std::uint32_t> made;
    for (std::uint64_t n = 0; n < plan.most_runs(); ++n) {
        const PlannedRun run = plan.run(n);
        CHECK(run.number == n);
        CHECK(run.seed == study.seed);
        CHECK(made[{run.scenario, run.point}]++ == run.replicate);
        CHECK(run.replicate == n / 24); // all have their k-th before any has its k + 1-st
    }
    CHECK(made.size() == 24);
}

TEST_CASE("points with luck of their own have seeds of their own", "[study]")
{
    Study study = grid_study({50});
    study.common_luck = false;
    const Plan plan(study);
    std::set<std::uint64_t> seeds;
    for (std::uint64_t n = 0; n < 50; ++n) {
        seeds.insert(plan.run(n).seed);
        CHECK(plan.run(n).seed < 1'000'000'000'000'000'000);
    }
    CHECK(seeds.size() == 50);
}

TEST_CASE("shards share out the points, scenarios and replicates together", "[study]")
{
    Study study = grid_study({5, 3});
    study.scenarios = {{.name = "one"}, {.name = "two"}};
    study.replicates = {.least = 3, .most = 3, .measure = ""};
    const Plan plan(study);
    std::vector<std::uint64_t> all;
    for (unsigned k = 1; k <= 4; ++k) {
        RunSequence sequence(study, plan, {k, 4});
        std::uint64_t count = 0;
        while (const auto run = sequence.next()) {
            all.push_back(run->number);
            CHECK(run->point % 4 == k - 1);
            ++count;
        }
        CHECK(count == sequence.most_runs());
        CHECK_FALSE(sequence.advance());
    }
    std::ranges::sort(all);
    REQUIRE(all.size() == 90);
    for (std::uint64_t n = 0; n < 90; ++n)
        CHECK(all[n] == n);
}

namespace {

/// Replicates that each point of a sequence gets when its measure is `measure(point, replicate)`.
template <class Measure>
std::map<std::uint64_t, std::uint32_t> replicates_until(const Study& study, Measure measure)
{
    const Plan plan(study);
    RunSequence sequence(study, plan);
    std::map<std::uint64_t, std::uint32_t> made;
    do {
        while (const auto run = sequence.next()) {
            CHECK(made[run->point]++ == run->replicate);
            sequence.note(*run, measure(run->point, run->replicate));
        }
    } while (sequence.advance());
    return made;
}

} // namespace

TEST_CASE("replicates go on until the interval of the mean is narrow enough", "[study]")
{
    Study study = grid_study({3});
    study.replicates = {.least = 10, .most = 95, .measure = "left_share", .half_width = 0.2};
    // Measures jump by +-spread: the half-width after n is about 1.96 spread / sqrt(n).
    const auto made = replicates_until(study, [](std::uint64_t point, std::uint32_t replicate) {
        const double spread = point == 0 ? 0.1 : point == 1 ? 0.5 : 10;
        return replicate % 2 == 0 ? spread : -spread;
    });
    CHECK(made == std::map<std::uint64_t, std::uint32_t>{{0, 10}, {1, 30}, {2, 95}});
}

TEST_CASE("runs that all agree do not prove a share", "[study]")
{
    Study study = grid_study({1});
    study.replicates = {.least = 10, .most = 1000, .measure = "returned", .half_width = 0.02};
    const auto made = replicates_until(study, [](auto, auto) { return 1.0; });
    CHECK(made.at(0) > 80); // Wilson: 1.92 / n or so
    CHECK(made.at(0) < 200);
}

TEST_CASE("a time that never came counts as the horizon", "[study]")
{
    Study study = grid_study({2});
    study.replicates = {
        .least = 10, .most = 1000, .measure = "hours_to_return", .half_width = 5, .ceiling = 100};
    // Half of the runs at 40, half never: sd 30, so 1.96 30 / sqrt(n) <= 5 from n = 139 on.
    const auto made = replicates_until(study, [](std::uint64_t point, std::uint32_t replicate) {
        return point == 1 || replicate % 2 == 0 ? never : 40;
    });
    CHECK(made == std::map<std::uint64_t, std::uint32_t>{{0, 140}, {1, 10}});
}

TEST_CASE("failed runs count as replicates but say nothing", "[study]")
{
    Study study = grid_study({2});
    study.replicates = {.least = 4, .most = 20, .measure = "left_share", .half_width = 0.1};
    const auto made = replicates_until(
        study, [](std::uint64_t point, auto) { return point == 0 ? std::nan("") : 1.0; });
    CHECK(made == std::map<std::uint64_t, std::uint32_t>{{0, 20}, {1, 4}});
}

// ---------------------------------------------------------------- curves

TEST_CASE("a curve comes back from its bytes, and broken bytes are refused", "[study]")
{
    Curve curve;
    CHECK(decode(encode(curve)) == curve);
    curve.counts[0] = {0, 0, 0, 500, 747, 747, 747};
    curve.counts[1] = {3, 2, 1, 0, 1, 2, 2'000'000};
    curve.counts[2] = {-1, -1, -1, 1, 1, 1, 0};
    const std::string bytes = encode(curve);
    CHECK(decode(bytes) == curve);
    CHECK(bytes.size() < 40);
    for (std::size_t size = 0; size < bytes.size(); ++size)
        CHECK_THROWS_AS(decode(bytes.substr(0, size)), std::invalid_argument);
    CHECK_THROWS_AS(decode(bytes + '\0'), std::invalid_argument);
    CHECK_THROWS_AS(decode(std::string("\x05\x00\x7f", 3)), std::invalid_argument);
}
