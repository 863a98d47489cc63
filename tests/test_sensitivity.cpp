#include "sim/analysis/sensitivity.hpp"
#include "sim/study/members.hpp"
#include "sim/study/provenance.hpp"
#include "sim/study/sweep.hpp"
#include "sim/study/workers.hpp"
#include "tests/cli_support.hpp"
#include "tests/openturns_support.hpp"

#include <boost/random/mersenne_twister.hpp>
#include <boost/random/normal_distribution.hpp>
#include <boost/random/uniform_01.hpp>
#include <cmath>
#include <fmt/core.h>
#include <nlohmann/json.hpp>
#include <numbers>

namespace walkout {

namespace fs = std::filesystem;

namespace {

using Function = std::function<double(const std::vector<double>& u)>;

/// A function of a point with luck added; the replicate's own and the run's own.
struct Law {
    Function function;
    double shared_sd = 0;
    double own_sd = 0;
    std::function<bool(const PlannedRun&)> fails = [](const PlannedRun&) { return false; };
};

double deviate(std::uint64_t key)
{
    boost::random::mt19937_64 rng(key * 0x9E3779B97F4A7C15U + 1);
    return boost::random::normal_distribution<double>()(rng);
}

/// A study whose runs are made by a law instead of the engine: three parameters in [0, 1].
class LawStudy {
public:
    LawStudy(const std::string& design, int replicates, Law law,
             const std::string& third = "{path: people.fallback_mean, range: [0, 1]}")
        : law_(std::move(law)), file_(io::read_study(written(design, replicates, third))),
          plan_(file_.study)
    {
        Store store = Store::create(path(), record_of(file_, plan_, {}, "test"));
        RunSequence sequence(file_.study, plan_);
        ThreadWorkers workers(
            RowMaker(file_, plan_, [this](const PlannedRun& run) { return made(run); }), 1);
        SweepProgress progress;
        sweep(sequence, store, workers, SweepSettings(), progress);
    }

    std::string path() const { return (folder_ / "study.sqlite").string(); }

    StudySample sample() const { return read_sample(Store::open(path()), {"peak_signed_share"}); }

    MeasureSensitivity answer(SensitivityParams params = {}) const
    {
        StudySample all = sample();
        return analyze(all, params, [] {}).front();
    }

    SobolAnalysis sobol() const { return std::get<SobolAnalysis>(answer().answer); }

private:
    std::string written(const std::string& design, int replicates, const std::string& third) const
    {
        fs::copy_file(checkout() / "scenarios" / "letter.yaml", folder_ / "letter.yaml");
        const fs::path path = folder_ / "study.yaml";
        write_text(path, fmt::format("scenario: letter.yaml\n"
                                     "parameters:\n"
                                     "  x1: {{path: people.vigil, range: [0, 1]}}\n"
                                     "  x2: {{path: people.trust_mean, range: [0, 1]}}\n"
                                     "  x3: {}\n"
                                     "design: {}\nreplicates: {}\ncurves: none\n"
                                     "measures: [peak_signed_share, hours_to_return]\n",
                                     third, design, replicates));
        return path.string();
    }

    RunResult made(const PlannedRun& run) const
    {
        if (law_.fails(run))
            throw std::runtime_error("no luck");
        RunResult result;
        result.measures.peak_signed_share =
            law_.function(plan_.design().point(run.point)) +
            law_.shared_sd * deviate(run.replicate) +
            law_.own_sd * deviate(1000 + 1000 * run.point + run.replicate);
        return result;
    }

    TemporaryFolder folder_;
    Law law_;
    io::StudyFile file_;
    Plan plan_;
};

/// Ishigami & Homma 1990 with a = 7, b = 0.1: variance 13.845.
double ishigami(const std::vector<double>& u)
{
    constexpr double pi = std::numbers::pi;
    const double x1 = pi * (2 * u[0] - 1), x2 = pi * (2 * u[1] - 1), x3 = pi * (2 * u[2] - 1);
    return std::sin(x1) + 7 * std::pow(std::sin(x2), 2) + 0.1 * std::pow(x3, 4) * std::sin(x1);
}

struct Truth {
    std::vector<double> first, total;
};

const Truth of_ishigami{{0.3139, 0.4424, 0.0}, {0.5576, 0.4424, 0.2437}};

/// The g-function of Sobol' with a = 0, 1, 4.5.
double g_function(const std::vector<double>& u)
{
    const std::vector<double> a{0, 1, 4.5};
    double product = 1;
    for (std::size_t k = 0; k < 3; ++k)
        product *= (std::abs(4 * u[k] - 2) + a[k]) / (1 + a[k]);
    return product;
}

Truth of_g_function()
{
    std::vector<double> parts;
    for (const double a : {0.0, 1.0, 4.5})
        parts.push_back(1 / (3 * (1 + a) * (1 + a)));
    double all = 1;
    for (const double part : parts)
        all *= 1 + part;
    Truth truth;
    for (const double part : parts) {
        truth.first.push_back(part / (all - 1));
        truth.total.push_back(part * all / (1 + part) / (all - 1));
    }
    return truth;
}

bool covers(const Interval& interval, double truth)
{
    return interval.low <= truth && truth <= interval.high;
}

void check_near(const SobolAnalysis& analysis, const Truth& truth, double tolerance)
{
    REQUIRE(analysis.parameters.size() == truth.first.size());
    for (std::size_t k = 0; k < truth.first.size(); ++k) {
        CAPTURE(k);
        CHECK(analysis.parameters[k].first.value == Approx(truth.first[k]).margin(tolerance));
        CHECK(analysis.parameters[k].total.value == Approx(truth.total[k]).margin(tolerance));
    }
}

/// A Saltelli sample drawn at random, so that samples are independent.
Response random_response(std::uint64_t seed, std::size_t rows, std::size_t replicates,
                         const Law& law)
{
    boost::random::mt19937_64 rng(seed);
    boost::random::uniform_01<double> uniform;
    boost::random::normal_distribution<double> normal;
    std::vector<double> shared;
    for (std::size_t r = 0; r < replicates; ++r)
        shared.push_back(law.shared_sd * normal(rng));
    Response response;
    for (std::size_t j = 0; j < rows; ++j) {
        std::vector<double> a, b;
        for (int k = 0; k < 3; ++k) {
            a.push_back(uniform(rng));
            b.push_back(uniform(rng));
        }
        std::vector<std::vector<double>> points{a, b, a, a, a};
        for (std::size_t k = 0; k < 3; ++k)
            points[2 + k][k] = b[k];
        for (const auto& point : points) {
            response.runs.emplace_back();
            for (std::size_t r = 0; r < replicates; ++r)
                response.runs.back().push_back(law.function(point) + shared[r] +
                                               law.own_sd * normal(rng));
        }
    }
    response.made = response.runs.size() * replicates;
    return response;
}

} // namespace

// ---------------------------------------------------------------- Sobol indices

TEST_CASE("Sobol indices of closed forms come through the store", "[sensitivity]")
{
    check_near(LawStudy("{saltelli: {points: 2048}}", 1, {ishigami}).sobol(), of_ishigami, 0.02);
    check_near(LawStudy("{saltelli: {points: 2048}}", 1, {g_function}).sobol(), of_g_function(),
               0.02);
}

TEST_CASE("with one replicate indices are those of OpenTURNS", "[sensitivity]")
{
    const Response response = random_response(3, 200, 1, {ishigami});
    const SobolAnalysis ours = sobol_indices(response, 3, {.samples = 100});
    std::vector<std::vector<double>> rows;
    std::vector<double> a;
    for (std::size_t p = 0; p < response.runs.size(); p += 5) {
        rows.emplace_back();
        for (std::size_t k = 0; k < 5; ++k)
            rows.back().push_back(response.runs[p + k][0]);
        a.push_back(rows.back()[0]);
    }
    double sum = 0, squares = 0;
    for (const double value : a) {
        sum += value;
        squares += value * value;
    }
    const auto n = static_cast<double>(a.size());
    const double variance_of_a = (squares - sum * sum / n) / (n - 1);
    const auto theirs = openturns_indices(rows);
    for (std::size_t k = 0; k < 3; ++k) {
        CAPTURE(k);
        // Their unit is the variance of A alone, and they divide by n - 1 or n.
        const double unit = variance_of_a / ours.variance.parameters;
        CHECK(ours.parameters[k].first.value ==
              Approx(theirs.first[k] * unit).epsilon(0.02).margin(0.002));
        CHECK(ours.parameters[k].total.value ==
              Approx(theirs.total[k] * unit).epsilon(0.02).margin(0.002));
    }
}

TEST_CASE("luck is told apart and leaves indices alone", "[sensitivity]")
{
    const Law law{ishigami, 2, 3}; // variances 4 and 9, and 13.8 of the parameters
    const LawStudy study("{saltelli: {points: 1024}}", 4, law);
    const MeasureSensitivity answer = study.answer();
    CHECK(answer.variance.parameters == Approx(13.845).epsilon(0.06));
    CHECK(answer.variance.luck - answer.variance.shared == Approx(9).epsilon(0.06));
    double sum = 0, squares = 0; // of the four replicates that were drawn
    for (std::uint64_t r = 0; r < 4; ++r) {
        sum += 2 * deviate(r);
        squares += 4 * deviate(r) * deviate(r);
    }
    CHECK(answer.variance.shared == Approx((squares - sum * sum / 4) / 3).epsilon(0.1).margin(0.1));
    check_near(std::get<SobolAnalysis>(answer.answer), of_ishigami, 0.07);
    // Of the mean over replicates as it is, the last would have 9 / 4 of 13.8 + 9 / 4 more.
    const SobolAnalysis inert = LawStudy("{saltelli: {points: 1024}}", 4,
                                         {[](const auto& u) { return 6 * u[0] + 3 * u[1]; }, 2, 3})
                                    .sobol();
    CHECK(inert.parameters[2].total.value == Approx(0).margin(0.1));
    CHECK(covers(inert.parameters[2].total, 0));
}

TEST_CASE("intervals of indices hold the truth as often as they say", "[sensitivity]")
{
    struct Case {
        Law law;
        std::size_t replicates;
    };
    const Case one = GENERATE(Case{{ishigami}, 1}, Case{{ishigami, 2, 3}, 4});
    constexpr int studies = 100;
    std::vector<int> held(6, 0);
    for (int s = 0; s < studies; ++s) {
        const auto seed = static_cast<std::uint64_t>(s + 1);
        const SobolAnalysis analysis =
            sobol_indices(random_response(seed, 200, one.replicates, one.law), 3, {.samples = 200});
        for (std::size_t k = 0; k < 3; ++k) {
            held[k] += covers(analysis.parameters[k].first, of_ishigami.first[k]);
            held[3 + k] += covers(analysis.parameters[k].total, of_ishigami.total[k]);
        }
    }
    for (const int count : held) // 95 expected; three standard deviations less 2 of a bootstrap
        CHECK(count >= 86);
}

TEST_CASE("a switch is a parameter like any other", "[sensitivity]")
{
    const auto law = [](const std::vector<double>& u) { return 2 * u[2] + u[0]; };
    const std::string flag = "{path: events.letter.enabled, values: [true, false]}";
    const Truth truth{{1.0 / 13, 0, 12.0 / 13}, {1.0 / 13, 0, 12.0 / 13}};
    check_near(LawStudy("{saltelli: {points: 1024}}", 1, {law}, flag).sobol(), truth, 0.04);
    const auto surface = std::get<SurrogateAnalysis>(
        LawStudy("{latin_hypercube: {points: 100}}", 1, {law}, flag).answer().answer);
    CHECK(surface.q2.value > 0.99);
    REQUIRE(surface.parameters.size() == 3);
    CHECK(surface.parameters[2].total.value == Approx(12.0 / 13).margin(0.02));
    const auto morris = std::get<MorrisAnalysis>(
        LawStudy("{morris: {trajectories: 10}}", 1, {law}, flag).answer().answer);
    CHECK(morris.parameters[2].mu.value == Approx(2));
    CHECK(morris.parameters[0].mu.value == Approx(1));
}

// ---------------------------------------------------------------- failed and missing runs

TEST_CASE("one run in twenty that fails is counted and does not bend the indices", "[sensitivity]")
{
    const int replicates = GENERATE(1, 4);
    const auto one_in_twenty = [](const PlannedRun& run) {
        return deviate(7 + run.number) > 1.645;
    };
    const std::string design = "{saltelli: {points: 1024}}";
    const LawStudy whole(design, replicates, {ishigami});
    const LawStudy broken(design, replicates, {ishigami, 0, 0, one_in_twenty});
    const StudySample sample = broken.sample();
    const double runs = 1024.0 * 5 * replicates;
    CHECK(static_cast<double>(sample.runs) == runs);
    CHECK(static_cast<double>(sample.failed) == Approx(0.05 * runs).epsilon(0.15));
    const SobolAnalysis all = whole.sobol(), some = broken.sobol();
    CHECK(all.rows_used == 1024);
    CHECK(some.rows_made == 1024);
    CHECK(some.rows_used < 1024);
    CHECK(some.rows_used > (replicates == 1 ? 700 : 990));
    for (std::size_t k = 0; k < 3; ++k) {
        CAPTURE(k);
        CHECK(covers(some.parameters[k].first, of_ishigami.first[k]));
        CHECK(covers(some.parameters[k].total, of_ishigami.total[k]));
        // What the whole sample says lies within the bounds, and bounds are no points.
        const Interval first = some.parameters[k].first_bounds;
        const Interval total = some.parameters[k].total_bounds;
        CHECK(covers(first, std::max(0.0, all.parameters[k].first.value)));
        CHECK(covers(total, all.parameters[k].total.value));
        CHECK(total.high - total.low > 0.01);
        CHECK(all.parameters[k].total_bounds.high - all.parameters[k].total_bounds.low < 1e-9);
    }
}

TEST_CASE("a time that never came counts as the horizon", "[sensitivity]")
{
    const LawStudy study("{saltelli: {points: 8}}", 1, {ishigami});
    const StudySample sample = read_sample(Store::open(study.path()), {"hours_to_return"});
    CHECK(sample.responses.front().never == 40);
    CHECK(sample.responses.front().runs[3] == std::vector<double>{32});
}

// ---------------------------------------------------------------- screening, surfaces, effects

TEST_CASE("screening tells inert, linear and interacting parameters", "[sensitivity]")
{
    const auto law = [](const std::vector<double>& u) {
        return 3 * u[0] + 0.001 * u[1] + 8 * std::pow(u[2] - 0.5, 2);
    };
    const auto morris = std::get<MorrisAnalysis>(
        LawStudy("{morris: {trajectories: 40}}", 3, {law, 1, 0.02}).answer().answer);
    CHECK(morris.trajectories_used == 40);
    CHECK(morris.parameters[0].mu.value == Approx(3).margin(0.05));
    CHECK(morris.parameters[0].word == MorrisClass::linear);
    CHECK(morris.parameters[1].word == MorrisClass::negligible);
    CHECK(morris.parameters[2].word == MorrisClass::nonlinear);
    CHECK(std::abs(morris.parameters[2].mu.value) < morris.parameters[2].mu_star.value);
    CHECK(morris.parameters[0].noise ==
          Approx(0.02 * std::sqrt(2.0 / 3 * 2 / std::numbers::pi) * 1.5).epsilon(0.2));
}

TEST_CASE("a surface gives the indices of a smooth law, with its error", "[sensitivity]")
{
    const auto surface = std::get<SurrogateAnalysis>(
        LawStudy("{sobol: {points: 256}}", 1, {ishigami}).answer().answer);
    CHECK(surface.kind == "polynomial_chaos");
    CHECK(surface.q2.value > 0.9);
    CHECK(surface.q2.low < surface.q2.value);
    REQUIRE(surface.parameters.size() == 3);
    for (std::size_t k = 0; k < 3; ++k) {
        CHECK(surface.parameters[k].first.value == Approx(of_ishigami.first[k]).margin(0.04));
        CHECK(surface.parameters[k].total.value == Approx(of_ishigami.total[k]).margin(0.04));
    }
}

TEST_CASE("a surface through luck alone gives no indices", "[sensitivity]")
{
    const auto surface = std::get<SurrogateAnalysis>(
        LawStudy("{latin_hypercube: {points: 100}}", 2, {[](const auto&) { return 0.0; }, 0, 1})
            .answer()
            .answer);
    CHECK(surface.q2.value < 0.2);
    CHECK(surface.q2_limit < 0.5);
    CHECK(surface.parameters.empty());
}

TEST_CASE("main effects are the differences of means", "[sensitivity]")
{
    const auto law = [](const std::vector<double>& u) { return 2 * u[2] + u[0] * 0; };
    const auto noisy =
        std::get<MainEffects>(LawStudy("one_at_a_time", 10, {law, 3, 0.01}).answer().answer);
    CHECK(covers(noisy.parameters[2].range, 2));
    CHECK(noisy.parameters[2].range.low > 1.9);
    CHECK(noisy.parameters[0].range.low <= 0);
    CHECK(noisy.parameters[0].range.high < 0.1);
}

// ---------------------------------------------------------------- the command

namespace {

Ended sensitivity(std::vector<std::string> words)
{
    words.insert(words.begin(), "sensitivity");
    return walkout(std::move(words));
}

} // namespace

TEST_CASE("sensitivity prints a table and writes what it prints as JSON", "[sensitivity][cli]")
{
    const auto fails = [](const PlannedRun& run) { return run.number == 17; };
    const LawStudy study("{saltelli: {points: 256}}", 1, {ishigami, 0, 0, fails});
    const Ended text = sensitivity({study.path(), "--measure", "peak_signed_share"});
    CHECK(text.code == 0);
    CHECK(text.out.starts_with("study\nsaltelli, 1280 points of 3 parameters; 1280 runs\n"
                               "1 of 1280 runs failed (0.1 %)"));
    CHECK(text.out.find("x3 has at most") == std::string::npos);
    CHECK(text.out.find("At least ") != std::string::npos); // x1 and x3 act together
    const Ended json = sensitivity({study.path(), "--json"});
    CHECK(json.out == read_text(fs::path(study.path()).parent_path() / "sensitivity.json"));
    const auto parsed = nlohmann::json::parse(json.out);
    const auto& measure = parsed["measures"][0];
    CHECK(measure["kind"] == "sobol");
    CHECK(measure["rows"]["used"] == 255);
    CHECK(measure["variance"]["luck"].is_null());
    CHECK(measure["parameters"][0]["name"] == "x1");
    CHECK(measure["parameters"][0]["total"]["low"] < 0.5576);
    CHECK(measure["parameters"][0]["total"]["high"] > 0.5576);
    CHECK(parsed["measures"][1]["refused"] == "it is the same in all runs");
    CHECK(sensitivity({study.path(), "--json"}).out == json.out);
    CHECK(sensitivity({study.path(), "--json", "--seed", "5"}).out != json.out);
}

TEST_CASE("sensitivity refuses with the cure", "[sensitivity][cli][errors]")
{
    const LawStudy study("{saltelli: {points: 4}}", 1, {ishigami});
    const Ended wrong = sensitivity({study.path(), "--measure", "peak_signd_share"});
    CHECK(wrong.code == 2);
    CHECK(wrong.err.find("did you mean 'peak_signed_share'?") != std::string::npos);
    CHECK(sensitivity({study.path(), "--bootstrap", "5"}).code == 2);
    CHECK(sensitivity({study.path(), "--measure", "hours_to_return"}).code == 1); // constant
    CHECK(sensitivity({"nowhere"}).code == 5);
    CHECK(sensitivity({}).code == 2);
    Store::open(study.path()).set_fact("design", "list");
    const Ended list = sensitivity({study.path()});
    CHECK(list.code == 2);
    CHECK(list.err.find("use a design that covers the space") != std::string::npos);
}

TEST_CASE("help of sensitivity", "[sensitivity][cli][golden]")
{
    check_golden("cli/help_sensitivity.txt", sensitivity({"--help"}).out);
}

} // namespace walkout
