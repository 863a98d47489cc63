#include "sim/validation/pool.hpp"

#include "sim/core/mechanisms.hpp"
#include "sim/study/draw.hpp"
#include "sim/validation/scores.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace walkout {

namespace {

OrganizationParams organization_of(const LibraryCase& library_case)
{
    OrganizationParams params = library_case.variants->file().scenario.organization;
    params.headcount = library_case.people;
    return params;
}

/// The study's design, its parameters uniform between 0 and 1.
Design unit_design(Study study)
{
    for (StudyParameter& parameter : study.parameters)
        parameter = {.name = parameter.name, .spread = Spread::uniform, .low = 0, .high = 1};
    return Design(study);
}

} // namespace

// ---------------------------------------------------------------- where to look

ProposalDensity::ProposalDensity(const std::vector<std::vector<double>>& points,
                                 const std::vector<double>& weights)
{
    constexpr double uniform = 0.2;
    const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
    densities_.resize(points.front().size());
    for (std::size_t p = 0; p < densities_.size(); ++p) {
        densities_[p].fill(uniform);
        for (std::size_t i = 0; i < points.size(); ++i) {
            const auto bin = std::min(static_cast<std::size_t>(points[i][p] * bins), bins - 1);
            densities_[p][bin] += (1 - uniform) * bins * weights[i] / total;
        }
    }
}

double ProposalDensity::at(const std::vector<double>& u) const
{
    double density = 1;
    for (std::size_t p = 0; p < u.size(); ++p)
        density *= densities_[p][std::min(static_cast<std::size_t>(u[p] * bins), bins - 1)];
    return density;
}

std::vector<double> ProposalDensity::bent(std::vector<double> u) const
{
    for (std::size_t p = 0; p < u.size(); ++p) {
        double left = u[p] * bins; // what of the density lies below, in bins
        std::size_t bin = 0;
        while (bin + 1 < bins && left > densities_[p][bin])
            left -= densities_[p][bin++];
        const double inside = std::min(left / densities_[p][bin], 1 - 1e-9);
        u[p] = (static_cast<double>(bin) + inside) / bins;
    }
    return u;
}

// ---------------------------------------------------------------- runs

LibraryRuns::LibraryRuns(const io::StudyFile& file, const std::vector<LibraryCase>& cases,
                         std::uint64_t seed, std::uint32_t replicates, bool coding_error)
    : cases_(cases), dials_(file), coordinates_(unit_design(file.study)), seed_(seed),
      coding_error_(coding_error), keys_(cases.size()), organizations_(cases.size())
{
    for (const StudyParameter& parameter : file.study.parameters)
        priors_.emplace_back(parameter);
    for (std::size_t c = 0; c < cases.size(); ++c) {
        for (const CodedInput& input : cases[c].inputs)
            keys_[c].push_back(key_of(cases[c].name + " " + input.path));
        for (std::uint32_t r = 0; r < replicates; ++r)
            organizations_[c].push_back(std::make_shared<const Organization>(
                make_organization(organization_of(cases[c]), Chance(seed + r))));
    }
}

void LibraryRuns::follow(std::uint64_t first, ProposalDensity density)
{
    densities_.emplace_back(first, std::move(density));
}

std::vector<double> LibraryRuns::coordinates(std::uint64_t number) const
{
    std::vector<double> u = coordinates_.point(number);
    for (auto d = densities_.rbegin(); d != densities_.rend(); ++d)
        if (number >= d->first)
            return d->second.bent(std::move(u));
    return u;
}

std::vector<double> LibraryRuns::point(std::uint64_t number) const
{
    std::vector<double> values = coordinates(number);
    for (std::size_t p = 0; p < values.size(); ++p)
        values[p] = priors_[p].at(values[p]);
    return values;
}

double LibraryRuns::coding_shift(const RunKey& key, std::size_t input) const
{
    if (!coding_error_)
        return 0;
    const std::uint64_t number = (std::uint64_t{key.replicate} << 40) | key.point;
    return unit(draw(seed_, Draw::coding, keys_[key.library_case][input], number)) - 0.5;
}

Scenario LibraryRuns::scenario(const RunKey& key) const
{
    const LibraryCase& of = cases_[key.library_case];
    std::vector<io::Assignment> assignments =
        dials_.assignments(key.library_case, point(key.point));
    const auto is_set = [&](std::size_t setting) {
        return std::ranges::find(assignments, setting, &io::Assignment::setting) !=
               assignments.end();
    };
    for (std::size_t i = 0; i < of.inputs.size(); ++i)
        if (!is_set(of.inputs[i].setting)) // a parameter of the study rules a coded number
            assignments.push_back(
                {of.inputs[i].setting, of.inputs[i].shifted(coding_shift(key, i))});
    if (of.headcount_setting)
        assignments.push_back({*of.headcount_setting, static_cast<double>(of.people)});
    if (of.group_size_setting)
        assignments.push_back({*of.group_size_setting, static_cast<double>(of.headcount)});
    std::ranges::sort(assignments, {}, &io::Assignment::setting);
    return of.variants->with(assignments);
}

PooledRun LibraryRuns::measured(const LibraryCase& of, const RunKey& key) const
{
    const RunResult result =
        run(scenario(key), {.seed = seed_ + key.replicate,
                            .replicate = static_cast<std::uint32_t>(key.point),
                            .sample_every = 0,
                            .organization = organizations_[key.library_case][key.replicate]});
    const double people = of.people;
    PooledRun made{.logit = std::nan(""),
                   .signed_logit =
                       logit_of_count(result.measures.peak_signed_share * people, people),
                   .left_logit = logit_of_count(result.measures.left_share * people, people),
                   .outcome = result.outcome,
                   .petition = of.petition};
    if (of.recorded) {
        const bool names = of.recorded->counted == Counted::signatures;
        const int count =
            names ? result.names_at(of.recorded->time) : result.departures_at(of.recorded->time);
        made.logit = logit_of_count(count, people);
        (names ? made.signed_logit : made.left_logit) = made.logit;
    }
    return made;
}

PooledRun LibraryRuns::make(const RunKey& key) const
{
    PooledRun failed{.logit = std::nan("")};
    try {
        return measured(cases_[key.library_case], key);
    } catch (const std::exception& error) {
        failed.error = error.what();
    }
    if (failed.error.empty())
        failed.error = "failed without a message";
    return failed;
}

RunRow LibraryRuns::asked(const RunKey& key) const
{
    return {.scenario = cases_[key.library_case].name,
            .point = key.point,
            .replicate = key.replicate,
            .seed = seed_ + key.replicate,
            .parameters = point(key.point)};
}

// ---------------------------------------------------------------- journal

namespace {

void fill(RunRow& row, const PooledRun& run)
{
    row.measures = {run.logit, run.signed_logit, run.left_logit, run.petition ? 1.0 : 0.0};
    row.error = run.error;
    if (row.error.empty())
        row.outcome = name_of(run.outcome);
    else
        row.measures.assign(pooled_columns().size(), std::nan(""));
}

PooledRun pooled(const RunRow& row)
{
    PooledRun run{.logit = row.measures[0], .error = row.error};
    if (!row.error.empty())
        return run;
    run.signed_logit = row.measures[1];
    run.left_logit = row.measures[2];
    run.petition = row.measures[3] > 0;
    run.outcome =
        static_cast<Outcome>(std::ranges::find(outcome_names, row.outcome) - outcome_names.begin());
    return run;
}

} // namespace

std::vector<StoreColumn> pooled_columns()
{
    return {
        {"logit", "", "count at the recorded moment: ln((n + 1/2) / (people - n + 1/2))", true},
        {"signed_logit", "", "the same of signatures: when history counted them, else the most",
         true},
        {"left_logit", "", "the same of people gone: when history counted them, else the most",
         true},
        {"petition", "", "1: the story is about signatures", true, true},
    };
}

std::vector<PooledRun> make_runs(const LibraryRuns& runs, const std::vector<RunKey>& keys,
                                 std::uint64_t first, Journal& journal)
{
    std::vector<RunRow> asked;
    for (const RunKey& key : keys) {
        asked.push_back(runs.asked(key));
        asked.back().number = first + asked.size() - 1;
    }
    std::vector<PooledRun> made;
    for (const RunRow& row : journal(std::move(asked), [&](RunRow& row) {
             fill(row, runs.make(keys[row.number - first]));
         }))
        made.push_back(pooled(row));
    return made;
}

} // namespace walkout
