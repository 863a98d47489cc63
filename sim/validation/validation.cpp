#include "sim/validation/validation.hpp"

#include "sim/core/numeric.hpp"

#include "sim/core/fingerprint.hpp"
#include "sim/io/problems.hpp"
#include "sim/study/provenance.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

namespace walkout {

namespace {

constexpr std::size_t fewest_shares = 4; // a regression on the others needs three

[[noreturn]] void refuse(const io::StudyFile& file, const std::string& what,
                         const std::string& help)
{
    throw io::InputError(fmt::format("walkout: error: {}: {}\n   help: {}", file.path, what, help));
}

void check_study(const io::StudyFile& file)
{
    const DesignKind kind = file.study.design.kind;
    if (kind != DesignKind::sobol && kind != DesignKind::latin_hypercube)
        refuse(file, "the design draws no points from the priors",
               "write 'design: {sobol: {points: 2048}}'");
    if (file.study.parameters.empty())
        refuse(file, "the study has no parameters",
               "name the mechanisms that all cases share, each with a prior");
    for (const StudyParameter& parameter : file.study.parameters)
        for (const std::string& path : parameter.paths)
            if (path.starts_with("organization."))
                refuse(file, fmt::format("parameter '{}' changes the organization", parameter.name),
                       "vary mechanisms; organizations belong to the cases");
}

// ---------------------------------------------------------------- scores

SharePrediction score(const ShareForecast& share, const RecordedShare& recorded)
{
    constexpr double points = 100;
    SharePrediction made{.median = share.quantile(0.5),
                         .crps = share.crps(recorded.logit),
                         .crps_points = points * share.crps_share(recorded.logit)};
    for (std::size_t k = 0; k < interval_levels.size(); ++k) {
        made.low[k] = share.quantile(0.5 - 0.5 * interval_levels[k]);
        made.high[k] = share.quantile(0.5 + 0.5 * interval_levels[k]);
        made.holds[k] = made.low[k] <= recorded.logit && recorded.logit <= made.high[k];
    }
    const double low = made.low[scored_level], high = made.high[scored_level];
    const double level = interval_levels[scored_level];
    made.interval_score = interval_score(low, high, recorded.logit, level);
    made.interval_score_points =
        points * interval_score(share_of(low), share_of(high), share_of(recorded.logit), level);
    return made;
}

PredictedCase predicted(const LibraryCase& of, const std::optional<ShareForecast>& share,
                        const OutcomeChances& chances)
{
    PredictedCase made;
    if (share && of.recorded)
        made.share = score(*share, *of.recorded);
    made.chances = chances;
    made.likeliest = most_probable(chances);
    if (of.outcome) {
        made.brier = brier_score(chances, *of.outcome);
        made.outcome_right = made.likeliest == *of.outcome;
    }
    return made;
}

PredictorScore total_of(const std::vector<ValidatedCase>& cases, std::size_t predictor)
{
    PredictorScore sum;
    for (const ValidatedCase& one : cases) {
        const PredictedCase& by = one.by[predictor];
        if (by.share) {
            ++sum.shares;
            sum.interval_score += by.share->interval_score;
            sum.crps += by.share->crps;
            sum.interval_score_points += by.share->interval_score_points;
            sum.crps_points += by.share->crps_points;
            for (std::size_t k = 0; k < interval_levels.size(); ++k)
                sum.held[k] += by.share->holds[k] ? 1U : 0U;
        }
        if (by.brier) {
            ++sum.outcomes;
            sum.outcomes_right += by.outcome_right ? 1U : 0U;
            sum.brier += *by.brier;
        }
    }
    const double shares = std::max<double>(1, static_cast<double>(sum.shares));
    for (double* mean :
         {&sum.interval_score, &sum.crps, &sum.interval_score_points, &sum.crps_points})
        *mean /= shares;
    sum.brier /= std::max<double>(1, static_cast<double>(sum.outcomes));
    return sum;
}

// ---------------------------------------------------------------- what a coded number does

/// Weighted regression of the simulated logit on one coding error.
std::optional<CodingEffect> effect_of(const WeightedRuns& runs, const std::vector<double>& shifts)
{
    const std::size_t nodes = runs.nodes.size();
    double sum = 0, squares = 0, x = 0, y = 0;
    std::vector<double> weights;
    for (std::size_t k = 0; k < runs.runs.size(); ++k) {
        double weight = 0;
        for (std::size_t s = 0; s < nodes; ++s)
            weight += runs.weights[k * nodes + s];
        weights.push_back(weight);
        if (weight <= 0) // a failed run has no number
            continue;
        sum += weight;
        squares += weight * weight;
        x += weight * shifts[k];
        y += weight * runs.runs[k].logit;
    }
    x /= sum;
    y /= sum;
    double xx = 0, xy = 0, yy = 0;
    for (std::size_t k = 0; k < weights.size(); ++k)
        if (weights[k] > 0) {
            const double dx = shifts[k] - x, dy = runs.runs[k].logit - y, w = weights[k] / sum;
            xx += w * dx * dx;
            xy += w * dx * dy;
            yy += w * dy * dy;
        }
    const double effective = sum * sum / squares;
    if (xx < 1e-12 || effective < 8)
        return std::nullopt;
    CodingEffect effect{.slope = xy / xx};
    const double rest = std::max(0.0, yy - effect.slope * xy);
    effect.error = std::sqrt(rest / xx / (effective - 2));
    return effect;
}

/// Makes a validation step by step.
class Validator {
public:
    Validator(const io::StudyFile& file, const std::vector<LibraryCase>& cases,
              const ValidationSettings& settings, Journal& journal)
        : file_(file), cases_(cases), settings_(settings), journal_(journal),
          runs_(file, cases, settings.seed, settings.replicates, settings.coding_error),
          points_(runs_.points()), nodes_(discrepancy_nodes(settings.discrepancy, settings.nodes))
    {
    }

    Validation validate()
    {
        pool_.resize(cases_.size());
        for (std::size_t round = 0; round < settings_.rounds; ++round)
            make_round(points_ * round / settings_.rounds,
                       points_ * (round + 1) / settings_.rounds);
        likelihoods_ = likelihoods();
        all_ = weights_without(likelihoods_, std::nullopt, prior(points_), nodes_.size());
        for (std::size_t c = 0; c < cases_.size(); ++c)
            made_.cases.push_back(validated(c));
        sum_up();
        return std::move(made_);
    }

private:
    // ------------------------------------------------------------ runs

    /// Runs at some more points, from where the records seen so far point to. All points so far
    /// count as drawn from the mixture of all densities so far, so that the weights stay right
    /// whatever the densities (adaptive multiple importance sampling: Cornuet et al. 2012, Scand.
    /// J. Stat. 39:798).
    void make_round(std::size_t first, std::size_t end)
    {
        if (first == 0)
            firsts_.push_back(first);
        else
            follow_records(first, end);
        std::vector<RunKey> keys; // points outermost, so that large and small cases take turns
        for (std::uint64_t point = first; point < end; ++point)
            for (std::size_t c = 0; c < cases_.size(); ++c)
                for (std::uint32_t r = 0; r < settings_.replicates; ++r)
                    keys.push_back({c, point, r});
        make(keys);
    }

    void make(const std::vector<RunKey>& keys)
    {
        const auto made = make_runs(runs_, keys, rows_, journal_);
        rows_ += keys.size();
        for (std::size_t k = 0; k < keys.size(); ++k)
            pool_[keys[k].library_case].push_back(made[k]);
    }

    /// Coding error of a number in a run of the pool.
    double coding_shift(std::size_t c, std::size_t run, std::size_t input) const
    {
        const auto replicate = static_cast<std::uint32_t>(run % settings_.replicates);
        return runs_.coding_shift({c, run / settings_.replicates, replicate}, input);
    }

    /// By run and input.
    std::vector<std::vector<double>> coding_shifts(std::size_t c) const
    {
        std::vector<std::vector<double>> shifts(settings_.coding_error ? pool_[c].size() : 0);
        for (std::size_t k = 0; k < shifts.size(); ++k)
            for (std::size_t i = 0; i < cases_[c].inputs.size(); ++i)
                shifts[k].push_back(coding_shift(c, k, i));
        return shifts;
    }

    /// Some points for all records together, and some for each fold: a record that rules out what
    /// all others suggest would else leave its own fold with hardly a point.
    void follow_records(std::size_t first, std::size_t end)
    {
        const auto logs = likelihoods();
        std::vector<std::optional<std::size_t>> folds{std::nullopt};
        for (std::size_t c = 0; c < cases_.size(); ++c)
            folds.emplace_back(c);
        std::vector<ProposalDensity> added;
        for (const auto& left_out : folds)
            added.push_back(density_without(logs, left_out, first));
        for (std::size_t k = 0; k < added.size(); ++k) {
            firsts_.push_back(first + (end - first) * k / added.size());
            runs_.follow(firsts_.back(), added[k]);
            densities_.push_back(std::move(added[k]));
        }
    }

    std::vector<std::vector<double>> likelihoods() const
    {
        std::vector<std::vector<double>> all;
        for (std::size_t c = 0; c < cases_.size(); ++c)
            all.push_back(likelihood(c));
        return all;
    }

    /// A count says more than a class of outcomes, and mostly what the class says.
    std::vector<double> likelihood(std::size_t c) const
    {
        const LibraryCase& of = cases_[c];
        const auto shifts = coding_shifts(c);
        const auto exact = [&](double PooledRun::*logit) {
            return without_coding_errors(pool_[c], logit, settings_.replicates, shifts);
        };
        if (of.recorded)
            return log_likelihood(*of.recorded, exact(&PooledRun::logit), settings_.replicates,
                                  nodes_);
        return log_likelihood(*of.outcome, pool_[c], exact(&PooledRun::signed_logit),
                              exact(&PooledRun::left_logit), of.mass_exit_share,
                              settings_.replicates, nodes_);
    }

    /// All records but one, tempered so that a density rests on enough points.
    ProposalDensity density_without(const std::vector<std::vector<double>>& likelihoods,
                                    std::optional<std::size_t> left_out, std::size_t points) const
    {
        constexpr double enough = 40;
        const FoldWeights fold =
            weights_without(likelihoods, left_out, prior(points), nodes_.size());
        std::vector<double> logs;
        std::vector<std::vector<double>> places;
        for (std::size_t i = 0; i < points; ++i) {
            logs.push_back(log_same_bits(fold.of_point(i, nodes_.size())));
            places.push_back(runs_.coordinates(i));
        }
        return {places, tempered(logs, std::min(enough, static_cast<double>(points) / 2))};
    }

    /// Log of the prior's density over that of the points so far.
    std::vector<double> prior(std::size_t points) const
    {
        std::vector<double> logs;
        for (std::size_t i = 0; i < points; ++i) {
            const std::vector<double> u = runs_.coordinates(i);
            double density = share_of_block(0, points); // of the prior itself
            for (std::size_t d = 0; d < densities_.size(); ++d)
                density += share_of_block(d + 1, points) * densities_[d].at(u);
            logs.push_back(-log_same_bits(density));
        }
        return logs;
    }

    /// How many of the first points were drawn from one density, as a share.
    double share_of_block(std::size_t block, std::size_t points) const
    {
        const std::size_t end = block + 1 < firsts_.size() ? firsts_[block + 1] : points;
        return static_cast<double>(end - firsts_[block]) / static_cast<double>(points);
    }

    // ------------------------------------------------------------ one case

    ValidatedCase validated(std::size_t c)
    {
        const LibraryCase& of = cases_[c];
        ValidatedCase made{.about = of};
        const FoldWeights fold = weights_without(likelihoods_, c, prior(points_), nodes_.size());
        made.effective_points = fold.effective_points;
        made.enough = fold.effective_points >= settings_.enough_points;
        made.failed = static_cast<std::size_t>(std::ranges::count_if(
            pool_[c], [](const PooledRun& run) { return !run.error.empty(); }));
        if (made.failed < pool_[c].size())
            predict(c, fold, made);
        const std::array answers{constant_share(cases_, c), last_case(cases_, c),
                                 regression(cases_, c)};
        for (std::size_t k = 0; k < answers.size(); ++k)
            made.by[k + 1] = predicted(of, answers[k].share, answers[k].chances);
        return made;
    }

    void predict(std::size_t c, const FoldWeights& fold, ValidatedCase& made)
    {
        const LibraryCase& of = cases_[c];
        const WeightedRuns runs = weighted(pool_[c], settings_.replicates, fold, nodes_);
        std::optional<ShareForecast> share;
        if (of.recorded)
            share = forecast(runs, of.recorded->sd);
        made.by[0] = predicted(of, share, outcome_chances(runs, of.mass_exit_share));
        if (of.recorded && settings_.coding_error)
            made.coding = coding_effects(c, runs, of.recorded->logit - made.by[0].share->median);
    }

    std::vector<CodingEffect> coding_effects(std::size_t c, const WeightedRuns& runs, double gap)
    {
        std::vector<CodingEffect> effects;
        for (std::size_t i = 0; i < cases_[c].inputs.size(); ++i) {
            const CodedInput& input = cases_[c].inputs[i];
            std::vector<double> shifts;
            for (std::size_t k = 0; k < runs.runs.size(); ++k)
                shifts.push_back(coding_shift(c, k, i));
            auto effect = effect_of(runs, shifts);
            if (!effect || std::abs(effect->slope) < 2 * effect->error)
                continue;
            effect->path = input.path;
            effect->factor = input.step.factor;
            effect->step = input.step.factor ? exp_same_bits(input.step.size) : input.step.size;
            effect->needed = gap / effect->slope;
            effects.push_back(*effect);
        }
        std::ranges::stable_sort(
            effects, {}, [](const CodingEffect& effect) { return std::abs(effect.needed); });
        return effects;
    }

    // ------------------------------------------------------------ all cases

    void sum_up()
    {
        made_.points = points_;
        made_.effective_points = all_.effective_points;
        Fingerprint hash;
        for (const auto& runs : pool_)
            for (const PooledRun& run : runs) {
                ++made_.runs;
                hash.add(run.signed_logit);
                hash.add(run.left_logit);
                hash.add(static_cast<std::uint64_t>(run.outcome));
                if (run.error.empty() || made_.failed++ > 0)
                    continue;
                made_.first_error = run.error;
            }
        made_.fingerprint = hash.value();
        for (std::size_t k = 0; k < predictor_names.size(); ++k)
            made_.scores[k] = total_of(made_.cases, k);
        sum_up_mechanisms();
        sum_up_discrepancy();
    }

    void sum_up_mechanisms()
    {
        std::vector<double> weights;
        for (std::size_t i = 0; i < points_; ++i)
            weights.push_back(all_.of_point(i, nodes_.size()));
        const FoldWeights before = weights_without({}, std::nullopt, prior(points_), 1);
        for (std::size_t p = 0; p < file_.study.parameters.size(); ++p) {
            std::vector<std::pair<double, double>> values; // and weights
            std::vector<double> plain;
            for (std::size_t i = 0; i < points_; ++i) {
                plain.push_back(runs_.point(i)[p]);
                values.emplace_back(plain.back(), weights[i]);
            }
            std::ranges::sort(values);
            made_.mechanisms.push_back(
                {.name = file_.study.parameters[p].name,
                 .p05 = quantile_of(values, 0.05),
                 .median = quantile_of(values, 0.5),
                 .p95 = quantile_of(values, 0.95),
                 .shrinkage = 1 - spread_of(plain, weights) / spread_of(plain, before.weights)});
        }
    }

    static double quantile_of(const std::vector<std::pair<double, double>>& values, double p)
    {
        double below = 0;
        for (const auto& [value, weight] : values)
            if ((below += weight) >= p)
                return value;
        return values.back().first;
    }

    static double spread_of(const std::vector<double>& values, const std::vector<double>& weights)
    {
        double mean = 0, squares = 0;
        for (std::size_t i = 0; i < values.size(); ++i)
            mean += weights[i] * values[i];
        for (std::size_t i = 0; i < values.size(); ++i)
            squares += weights[i] * (values[i] - mean) * (values[i] - mean);
        return std::sqrt(squares);
    }

    void sum_up_discrepancy()
    {
        double below = 0;
        for (std::size_t s = 0; s < nodes_.size() && below < 0.5; ++s) {
            for (std::size_t i = 0; i < points_; ++i)
                below += all_.weights[i * nodes_.size() + s];
            made_.discrepancy_median = nodes_[s];
        }
    }

    const io::StudyFile& file_;
    const std::vector<LibraryCase>& cases_;
    const ValidationSettings& settings_;
    Journal& journal_;
    std::uint64_t rows_ = 0; ///< of the journal, so far
    LibraryRuns runs_;
    std::size_t points_;
    std::vector<double> nodes_;
    std::vector<std::vector<PooledRun>> pool_; ///< by case
    std::vector<std::size_t> firsts_;          ///< first point of the prior, then of each density
    std::vector<ProposalDensity> densities_;
    std::vector<std::vector<double>> likelihoods_; ///< by case
    FoldWeights all_;                              ///< no case left out
    Validation made_;
};

} // namespace

std::vector<LibraryCase> library_of(const io::StudyFile& file, int most_people)
{
    check_study(file);
    std::vector<LibraryCase> cases;
    for (const auto& variants : file.scenarios) {
        cases.push_back(library_case(variants, most_people));
        if (!cases.back().recorded && !cases.back().outcome)
            refuse(file,
                   fmt::format("scenario '{}' has no record to fit to and no outcome",
                               cases.back().name),
                   "give it one, or leave it out");
    }
    const auto shares = static_cast<std::size_t>(
        std::ranges::count_if(cases, [](const LibraryCase& c) { return c.recorded.has_value(); }));
    if (shares < fewest_shares)
        refuse(file,
               fmt::format("{} of its cases have a recorded share; at least {} are needed", shares,
                           fewest_shares),
               "add cases with a record that has a point with fit: yes");
    return cases;
}

Validation validate(const io::StudyFile& file, const std::vector<LibraryCase>& cases,
                    const ValidationSettings& settings, Journal& journal)
{
    return Validator(file, cases, settings, journal).validate();
}

StudyRecord record_of_validation(const io::StudyFile& file, const std::vector<LibraryCase>& cases,
                                 const ValidationSettings& settings, const std::string& version)
{
    StudyRecord record = record_of_study(file, version);
    const auto add = [&](const std::string& key, const std::string& value) {
        record.world.emplace_back(key, value);
    };
    add("points", std::to_string(file.study.design.points));
    add("replicates", std::to_string(settings.replicates));
    add("people at most", std::to_string(settings.most_people));
    add("coding error", settings.coding_error ? "yes" : "no");
    add("shares behind outcomes", "when history counted them"); // were the largest of a run
    for (const LibraryCase& one : cases)
        for (const CodedInput& input : one.inputs)
            add(fmt::format("scenario {}: {}", one.name, input.path), "coded");
    const auto columns = pooled_columns();
    record.columns.insert(record.columns.end(), columns.begin(), columns.end());
    return record;
}

} // namespace walkout
