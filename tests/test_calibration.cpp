#include "sim/calibration/laboratory.hpp"
#include "sim/calibration/posterior.hpp"
#include "sim/study/linear_algebra.hpp"
#include "sim/study/statistics.hpp"
#include "tests/cli_support.hpp"

#include <boost/random/mersenne_twister.hpp>
#include <boost/random/normal_distribution.hpp>
#include <cmath>
#include <csignal>
#include <fmt/core.h>
#include <numeric>

namespace walkout {

namespace fs = std::filesystem;

namespace {

// ---------------------------------------------------------------- models that are no crises

StudyParameter standard_normal(const std::string& name)
{
    return {.name = name,
            .spread = Spread::normal,
            .low = -never,
            .high = never,
            .middle = 0,
            .width = 1};
}

StudyParameter uniform(const std::string& name, double low, double high)
{
    return {.name = name, .spread = Spread::uniform, .low = low, .high = high};
}

double deviate(std::uint64_t key)
{
    boost::random::mt19937_64 rng(key * 0x9E3779B97F4A7C15U + 7);
    return boost::random::normal_distribution<double>()(rng);
}

/// What a trial of a law shows, from the values of the parameters and luck.
using Law = std::function<Observation(const std::vector<double>& values, std::uint64_t luck)>;

Simulate simulating(const PriorSpace& space, const Law& law, std::uint64_t salt = 0)
{
    return [&space, law, salt](const std::vector<Trial>& trials) {
        std::vector<Observation> seen;
        for (const Trial& trial : trials)
            seen.push_back(law(space.values(trial.point), 1000003 * salt + trial.number));
        return seen;
    };
}

/// One number around the first parameter, with standard deviation 0.5.
Observation around(const std::vector<double>& values, std::uint64_t luck)
{
    return {values[0] + 0.5 * deviate(luck)};
}

CalibrationParams small_abc()
{
    return {.method = FitMethod::abc_smc, .draws = 200, .particles = 400, .generations = 10};
}

CalibrationParams small_chains()
{
    return {.method = FitMethod::synthetic_likelihood,
            .draws = 200,
            .chains = 4,
            .iterations = 2000,
            .runs = 20};
}

struct Moments {
    double mean = 0, sd = 0;
};

Moments moments(const Posterior& posterior, const PriorSpace& space, std::size_t k)
{
    Moments m;
    for (std::size_t i = 0; i < posterior.points.size(); ++i)
        m.mean += posterior.weights[i] * space.values(posterior.points[i])[k];
    for (std::size_t i = 0; i < posterior.points.size(); ++i)
        m.sd += posterior.weights[i] * std::pow(space.values(posterior.points[i])[k] - m.mean, 2);
    m.sd = std::sqrt(m.sd);
    return m;
}

Posterior fitted(const PriorSpace& space, const Recorded& recorded, const CalibrationParams& how,
                 const Law& law, std::uint64_t seed = 1)
{
    const Simulate simulate = simulating(space, law, seed);
    if (how.method == FitMethod::abc_smc)
        return posterior_of(fit_abc_smc(space, recorded, how, seed, simulate), space, how.draws,
                            seed);
    return posterior_of(fit_synthetic_likelihood(space, recorded, how, seed, simulate), space,
                        how.draws, seed);
}

double chi_square(const std::vector<int>& counts)
{
    const double expected =
        std::accumulate(counts.begin(), counts.end(), 0.0) / static_cast<double>(counts.size());
    double sum = 0;
    for (const int count : counts)
        sum += std::pow(count - expected, 2) / expected;
    return sum;
}

} // namespace

// ---------------------------------------------------------------- known posteriors

TEST_CASE("both fits find the posterior of a normal mean", "[calibration]")
{
    // Prior N(0, 1), luck 0.5, reading error 0.3, read at 1.2.
    const double variance = 1 / (1 + 1 / (0.25 + 0.09));
    const double mean = 1.2 * variance / (0.25 + 0.09);
    const PriorSpace space({standard_normal("mean")});
    const Recorded recorded{{1.2}, {0.3}};
    for (const CalibrationParams& how : {small_abc(), small_chains()}) {
        const Posterior posterior = fitted(space, recorded, how, around);
        const Moments m = moments(posterior, space, 0);
        INFO("method " << static_cast<int>(how.method));
        CHECK(m.mean == Approx(mean).margin(0.08));
        CHECK(m.sd == Approx(std::sqrt(variance)).margin(0.06));
        CHECK(posterior.draws.size() == how.draws);
    }
}

TEST_CASE("a count that says only the sum of two parameters leaves them tied", "[calibration]")
{
    const PriorSpace space({uniform("a", 0, 1), uniform("b", 0, 1), uniform("idle", 0, 1)});
    const Law law = [](const std::vector<double>& v, std::uint64_t luck) {
        return Observation{v[0] + v[1] + 0.05 * deviate(luck)};
    };
    for (const CalibrationParams& how : {small_abc(), small_chains()}) {
        const Posterior posterior = fitted(space, {{1.0}, {0.02}}, how, law);
        const auto& p = posterior.parameters;
        INFO("method " << static_cast<int>(how.method));
        CHECK(p[0].partner == 1);
        CHECK(p[0].correlation < -0.85);
        CHECK(p[0].identified == Identified::poorly);
        CHECK(p[2].identified == Identified::poorly);
        CHECK(std::abs(p[2].shrinkage) < 0.2);
    }
}

TEST_CASE("a parameter that the record determines is called identified", "[calibration]")
{
    const PriorSpace space({uniform("mean", -3, 3)});
    const Posterior posterior = fitted(space, {{1.0}, {0.1}}, small_abc(), around);
    CHECK(posterior.parameters[0].identified == Identified::well);
    CHECK(posterior.parameters[0].shrinkage > 0.6);
}

TEST_CASE("intervals of fits to made-up records cover the truth as often as they say",
          "[calibration]")
{
    // Simulation-based calibration (Talts et al. 2018): ranks of the truth are uniform.
    const PriorSpace space({standard_normal("mean")});
    CalibrationParams how = small_abc();
    how.particles = 150;
    how.generations = 9;
    constexpr int repetitions = 200, bins = 10;
    std::vector<int> ranks(bins, 0);
    int covered = 0;
    for (std::uint64_t k = 0; k < repetitions; ++k) {
        const Point truth = space.draw_prior(99, k);
        const double seen = around(space.values(truth), 5'000'000 + k)[0] + 0.3 * deviate(77 + k);
        const Posterior posterior = fitted(space, {{seen}, {0.3}}, how, around, k);
        double below = 0;
        for (std::size_t i = 0; i < posterior.points.size(); ++i)
            below += posterior.weights[i] * (posterior.points[i][0] < truth[0]);
        ++ranks[static_cast<std::size_t>(std::min(bins - 1.0, below * bins))];
        covered += below >= 0.05 && below <= 0.95;
    }
    CHECK(covered >= 0.86 * repetitions);
    CHECK(covered <= 0.94 * repetitions);
    CHECK(chi_square(ranks) < 21.7); // 1 % of chi-square with 9 degrees of freedom
}

TEST_CASE("trials that cannot be simulated are left out, not believed", "[calibration]")
{
    const PriorSpace space({uniform("mean", -3, 3)});
    const Law half = [](const std::vector<double>& v, std::uint64_t luck) {
        return v[0] > 1 ? Observation() : around(v, luck);
    };
    for (const CalibrationParams& how : {small_abc(), small_chains()}) {
        const Posterior posterior = fitted(space, {{1.5}, {0.1}}, how, half);
        for (const Point& point : posterior.points)
            REQUIRE(space.values(point)[0] <= 1);
    }
    const Law never_works = [](const std::vector<double>&, std::uint64_t) { return Observation(); };
    CHECK_THROWS_AS(fitted(space, {{1.5}, {0.1}}, small_abc(), never_works), std::invalid_argument);
    CHECK_THROWS_AS(fitted(space, {{1.5}, {0.1}}, small_chains(), never_works),
                    std::invalid_argument);
}

TEST_CASE("a record that no parameter can meet ends the fit all the same", "[calibration]")
{
    const PriorSpace space({uniform("mean", 0, 1)});
    const Law stiff = [](const std::vector<double>&, std::uint64_t luck) {
        return Observation{0.001 * deviate(luck)};
    };
    const Posterior posterior = fitted(space, {{1000}, {0.0001}}, small_abc(), stiff);
    CHECK(posterior.generations.size() >= 2);
    CHECK(posterior.parameters[0].identified == Identified::poorly);
}

// ---------------------------------------------------------------- parts

TEST_CASE("sample sizes of chains and weights are those of theory", "[calibration]")
{
    constexpr std::size_t n = 4000;
    std::vector<std::vector<double>> independent(4), sticky(4);
    for (std::size_t c = 0; c < 4; ++c)
        for (std::size_t t = 0; t < n; ++t) {
            independent[c].push_back(deviate(c * n + t));
            sticky[c].push_back(t == 0 ? independent[c][0]
                                       : 0.8 * sticky[c].back() + independent[c].back());
        }
    CHECK(effective_size_of_chains(independent) == Approx(4.0 * n).epsilon(0.15));
    CHECK(effective_size_of_chains(sticky) == Approx(4.0 * n * 0.2 / 1.8).epsilon(0.2));
    CHECK(split_r_hat(independent) == Approx(1).margin(0.005));
    for (double& value : independent[0])
        value += 2;
    CHECK(split_r_hat(independent) > 1.2);
    CHECK(effective_size({0.5, 0.5, 0, 0}) == Approx(2));
    CHECK(effective_size(equal_weights(10)) == Approx(10));
}

TEST_CASE("a matrix is the square of its root, and one without a root gets the nearest",
          "[calibration]")
{
    Matrix m(3);
    const double cells[3][3] = {{4, 2, 0.6}, {2, 5, 1}, {0.6, 1, 3}};
    for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t j = 0; j < 3; ++j)
            m(i, j) = cells[i][j];
    const Matrix lower = cholesky(m);
    for (std::size_t i = 0; i < 3; ++i)
        for (std::size_t j = 0; j < 3; ++j) {
            double sum = 0;
            for (std::size_t k = 0; k < 3; ++k)
                sum += lower(i, k) * lower(j, k);
            CHECK(sum == Approx(cells[i][j]));
        }
    CHECK(log_determinant(lower) == Approx(std::log(4 * (15 - 1) - 2 * (6 - 0.6) + 0.6 * (2 - 3))));
    const std::vector<double> x{1, -2, 0.5};
    const std::vector<double> back = solve_lower(lower, times(lower, x));
    for (std::size_t i = 0; i < 3; ++i)
        CHECK(back[i] == Approx(x[i]));
    Matrix flat(2); // all ones: no root
    for (std::size_t i = 0; i < 2; ++i)
        for (std::size_t j = 0; j < 2; ++j)
            flat(i, j) = 1;
    CHECK(cholesky(flat)(1, 1) < 1e-3);
}

TEST_CASE("the synthetic likelihood of many simulations is the normal density", "[calibration]")
{
    std::vector<Observation> seen;
    for (std::uint64_t k = 0; k < 20000; ++k)
        seen.push_back({2 + 0.5 * deviate(k)});
    const double variance = 0.25 + 0.09;
    const double expected =
        -0.5 * (std::pow(1.2 - 2, 2) / variance + std::log(2 * 3.14159265358979 * variance));
    CHECK(synthetic_log_likelihood(seen, {{1.2}, {0.3}}) == Approx(expected).margin(0.02));
    CHECK(synthetic_log_likelihood({seen[0], {}}, {{1.2}, {0.3}}) == -never);
}

TEST_CASE("a prior's points and its values belong together", "[calibration]")
{
    StudyParameter log = uniform("rate", 0.5, 10);
    log.spread = Spread::log_uniform;
    const PriorSpace space({uniform("a", -1, 3), log});
    const Point middle{0, 0};
    CHECK(space.values(middle)[0] == Approx(1));
    CHECK(space.values(middle)[1] == Approx(std::sqrt(5)));
    CHECK(space.ranks({1.959963984540054, 0})[0] == Approx(0.975));
}

// ---------------------------------------------------------------- the program

namespace {

/// A crisis of sixty people whose record was made by the model with a cost of signing of 0.9.
struct FitFolder {
    TemporaryFolder folder;

    explicit FitFolder(const std::string& method = "method: abc_smc\n  particles: 40\n"
                                                   "  generations: 4\n  draws: 30\n")
    {
        write_text(folder / "crisis.yaml", "title: Sixty\n"
                                           "start: 2024-03-04T09:00Z\n"
                                           "horizon: 60h\n"
                                           "record: record.csv\n"
                                           "organization: {headcount: 60}\n"
                                           "people: {allegiance_mean: 0.3}\n"
                                           "events:\n"
                                           "  news: {at: 1h, do: {breach: {severity: 30%}}}\n"
                                           "  letter: {at: 2h, do: {petition: "
                                           "{broadcast_rate: 1/h}}}\n");
        write_text(folder / "record.csv", "time,count,low,high,fit,note,source,counted,precision\n"
                                          "2024-03-04T13:00Z,20,18,22,yes,,,,10min\n"
                                          "2024-03-05T12:00Z,38,36,40,yes,,,,\n");
        write(method);
    }

    void write(const std::string& method) const
    {
        write_text(folder / "fit.yaml",
                   "scenario: crisis.yaml\n"
                   "parameters:\n"
                   "  sign: {path: mechanisms.cost.sign, range: [0.3, 2]}\n"
                   "  rate: {path: mechanisms.review.voice_rate, log: {from: 0.2/h, to: 10/h}}\n"
                   "calibrate:\n  " +
                       method);
    }

    Ended calibrate(std::vector<std::string> options = {}, Setting setting = {}) const
    {
        setting.folder = folder.path();
        options.insert(options.begin(), {"calibrate", "fit.yaml", "--no-page", "--no-netcdf"});
        return walkout(options, setting);
    }

    std::string posterior(const std::string& out) const
    {
        return read_text(folder / (out + "/posterior.json"));
    }
};

constexpr const char* chains_method =
    "method: synthetic_likelihood\n  chains: 2\n  iterations: 40\n  runs: 5\n  draws: 20\n";

} // namespace

TEST_CASE("a fit is the same on any number of threads", "[calibration][determinism]")
{
    const FitFolder fit;
    for (const char* method : {"", chains_method}) {
        if (*method)
            fit.write(method);
        const std::string tag = *method ? "s" : "a";
        for (const char* jobs : {"1", "2", "7"}) {
            const Ended ended = fit.calibrate({"--jobs", jobs, "--out", tag + jobs});
            INFO(ended.err);
            REQUIRE(ended.code == 0);
        }
        CHECK(fit.posterior(tag + "1") == fit.posterior(tag + "2"));
        CHECK(fit.posterior(tag + "1") == fit.posterior(tag + "7"));
    }
}

TEST_CASE("a fit that is killed goes on to the same posterior", "[calibration][crash]")
{
    const FitFolder fit("method: abc_smc\n  particles: 150\n  generations: 6\n  draws: 30\n");
    REQUIRE(fit.calibrate({"--out", "whole"}).code == 0);
    int killed = 0;
    for (int k = 0; k < 4; ++k) {
        const Setting setting = killed_as_it_grows({}, fit.folder / "killed/fit.sqlite", 10'000);
        killed += fit.calibrate({"--out", "killed"}, setting).code == 128 + SIGKILL;
    }
    CHECK(killed > 0);
    const Ended ended = fit.calibrate({"--out", "killed"});
    INFO(ended.err);
    REQUIRE(ended.code == 0);
    CHECK(fit.posterior("killed") == fit.posterior("whole"));
}

TEST_CASE("a finished fit that is called again makes no new trial and says the same",
          "[calibration]")
{
    const FitFolder fit;
    REQUIRE(fit.calibrate({"--out", "out"}).code == 0);
    const std::string before = fit.posterior("out");
    const auto journal = Store::open((fit.folder / "out/fit.sqlite").string()).runs();
    const Ended again = fit.calibrate({"--out", "out"});
    CHECK(again.code == 0);
    CHECK(fit.posterior("out") == before);
    CHECK(Store::open((fit.folder / "out/fit.sqlite").string()).runs() == journal);
}

TEST_CASE("a fit whose scenario has changed is refused with what changed", "[calibration][errors]")
{
    const FitFolder fit;
    REQUIRE(fit.calibrate({"--out", "out"}).code == 0);
    const std::string text = read_text(fit.folder / "crisis.yaml");
    write_text(fit.folder / "crisis.yaml", text + "investors: {stance: 0.5}\n");
    const Ended ended = fit.calibrate({"--out", "out"});
    CHECK(ended.code == 2);
    CHECK(ended.err.find("investors.stance was 0, is 0.5") != std::string::npos);
    const Ended beside = fit.calibrate({"--out", "out", "--new"});
    CHECK(beside.code == 0);
    CHECK(fs::exists(fit.folder / "out-2/posterior.json"));
}

TEST_CASE("a program that computes other numbers does not go on with a fit",
          "[calibration][errors]")
{
    const FitFolder fit;
    REQUIRE(fit.calibrate({"--out", "out"}).code == 0);
    const auto sql = [&](const std::string& statement) {
        return run_program({"sqlite3", (fit.folder / "out/fit.sqlite").string(), statement});
    };
    const Ended shown = sql("SELECT name FROM columns WHERE is_measure LIMIT 1");
    if (shown.code != 0) {
        WARN("skipped: no sqlite3 here");
        return;
    }
    const std::string column = '"' + shown.out.substr(0, shown.out.find('\n')) + '"';
    REQUIRE(sql("UPDATE runs SET " + column + " = " + column + " + 1 WHERE run = 0").code == 0);
    const Ended refused = fit.calibrate({"--out", "out"});
    CHECK(refused.code == 5);
    CHECK(refused.err.find("run 0 in the store shows other numbers") != std::string::npos);
    CHECK(fit.calibrate({"--out", "out", "--new"}).code == 0);
}

TEST_CASE("the draws of a fit are a table that a study can take", "[calibration]")
{
    const FitFolder fit;
    REQUIRE(fit.calibrate({"--out", "out"}).code == 0);
    fs::copy_file(fit.folder / "out/posterior.csv", fit.folder / "posterior.csv");
    write_text(fit.folder / "again.yaml", "scenario: crisis.yaml\n"
                                          "parameters:\n"
                                          "  sign: {path: mechanisms.cost.sign}\n"
                                          "  rate: {path: mechanisms.review.voice_rate}\n"
                                          "design: {table: posterior.csv}\n"
                                          "replicates: 1\n");
    Setting here{.folder = fit.folder.path()};
    const Ended swept = walkout({"sweep", "again.yaml", "--no-page", "--json"}, here);
    INFO(swept.err);
    CHECK(swept.code == 0);
    CHECK(swept.out.find("\"runs\": 30") != std::string::npos);
}

TEST_CASE("the medians of a fit are a base that a scenario can take", "[calibration]")
{
    const FitFolder fit;
    REQUIRE(fit.calibrate({"--out", "out"}).code == 0);
    fs::copy_file(fit.folder / "out/fitted.yaml", fit.folder / "fitted.yaml");
    const std::string text = read_text(fit.folder / "crisis.yaml");
    write_text(fit.folder / "based.yaml", "base: fitted.yaml\n" + text);
    Setting here{.folder = fit.folder.path()};
    const Ended resolved = walkout({"resolve", "based.yaml"}, here);
    INFO(resolved.err);
    REQUIRE(resolved.code == 0);
    CHECK(resolved.out.find("calibration fit") != std::string::npos);
    CHECK(resolved.out.find("sign: 1.01") == std::string::npos); // the program's default
}

TEST_CASE("what is no fit is refused with a cure", "[calibration][errors]")
{
    const FitFolder fit;
    Setting here{.folder = fit.folder.path()};
    const Ended no_sweep = walkout({"sweep", "fit.yaml"}, here);
    CHECK(no_sweep.code == 2);
    CHECK(no_sweep.err.find("walkout calibrate") != std::string::npos);
    write_text(fit.folder / "fit.yaml", "scenario: crisis.yaml\nreplicates: 3\n");
    const Ended no_fit = fit.calibrate();
    CHECK(no_fit.code == 2);
    CHECK(no_fit.err.find("does not say how to fit") != std::string::npos);
}

// ---------------------------------------------------------------- the model itself

TEST_CASE("fits to records that the model made cover the truth as often as they say",
          "[calibration][slow]")
{
    const FitFolder fit;
    const WorkingFolder here(fit.folder.path());
    const io::StudyFile file = io::read_study("fit.yaml");
    const PriorSpace space(file.study.parameters);
    const std::vector<Target> targets = targets_of(file);
    const Laboratory laboratory(file, space, targets);
    const Simulate simulate = [&](const std::vector<Trial>& trials) {
        std::vector<Observation> seen(trials.size());
        for (std::size_t k = 0; k < trials.size(); ++k)
            seen[k] = laboratory.observe(trials[k]);
        return seen;
    };
    CalibrationParams how = small_abc();
    how.particles = 200;
    how.generations = 8;
    constexpr int repetitions = 250, bins = 10;
    std::vector<std::vector<int>> ranks(space.size(), std::vector<int>(bins, 0));
    int covered = 0;
    for (std::uint64_t k = 0; k < repetitions; ++k) {
        const Trial truth{.number = (std::uint64_t{1} << 40) + k,
                          .point = space.draw_prior(4711, k)};
        Recorded recorded{laboratory.observe(truth), {}};
        REQUIRE(!recorded.values.empty());
        for (std::size_t t = 0; t < targets.size(); ++t) {
            recorded.sds.push_back(targets[t].sd);
            recorded.values[t] += targets[t].sd * deviate(31 * k + t);
        }
        const AbcPosterior found = fit_abc_smc(space, recorded, how, k, simulate);
        for (std::size_t i = 0; i < space.size(); ++i) {
            double below = 0;
            for (std::size_t j = 0; j < found.points.size(); ++j)
                below += found.weights[j] * (found.points[j][i] < truth.point[i]);
            ++ranks[i][static_cast<std::size_t>(std::min(bins - 1.0, below * bins))];
            covered += below >= 0.05 && below <= 0.95;
        }
    }
    const double share = covered / (2.0 * repetitions);
    INFO("covered " << share);
    CHECK(share >= 0.86);
    CHECK(share <= 0.94);
    for (const auto& one : ranks)
        CHECK(chi_square(one) < 27.9); // 0.1 % of chi-square with 9 degrees of freedom
}

} // namespace walkout
