#include "sim/analysis/response.hpp"

#include "sim/core/measures.hpp"
#include "sim/io/map_reader.hpp"
#include "sim/io/problems.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/core.h>

namespace walkout {

namespace {

std::string fact(const StudyRecord& record, const std::string& key)
{
    const auto found = record.facts.find(key);
    return found == record.facts.end() ? "" : found->second;
}

bool shares_luck(const StudyRecord& record)
{
    return std::ranges::find(record.world, std::pair<std::string, std::string>(
                                               "common_luck", "false")) == record.world.end();
}

/// Measures first, then the outcomes that came and are no measure already.
std::vector<Response> candidates(const Store& store)
{
    std::vector<Response> all;
    for (const StoreColumn& m : store.record().measures())
        all.push_back({.measure = m.name, .unit = m.unit, .meaning = m.meaning});
    const auto came = store.outcomes();
    for (std::size_t k = 0; k < outcome_names.size(); ++k) {
        const std::string name(outcome_names[k]);
        if (came.contains(name) && std::ranges::find(all, name, &Response::measure) == all.end())
            all.push_back({.measure = name, .meaning = std::string(outcome_meanings[k])});
    }
    return all;
}

/// Which of the candidates are wanted. @throws io::InputError
std::vector<bool> wanted(const std::vector<Response>& all, const std::vector<std::string>& measures)
{
    std::vector<std::string> names;
    for (const Response& response : all)
        names.push_back(response.measure);
    for (const std::string& name : measures)
        if (std::ranges::find(names, name) == names.end())
            throw io::InputError(
                fmt::format("walkout: error: --measure: the study has no '{}'\n   help: {}", name,
                            io::did_you_mean_or_all(name, names, "it has:")));
    std::vector<bool> is;
    for (const std::string& name : names)
        is.push_back(measures.empty() || std::ranges::find(measures, name) != measures.end());
    return is;
}

void refuse_shard(const StudyRecord& record)
{
    const std::string shard = fact(record, "shard");
    if (!shard.empty() && shard != "1 of 1")
        throw io::InputError(
            fmt::format("walkout: error: this store is shard {} of its study\n   help: put the "
                        "shards together first: walkout sweep STUDY --merge",
                        shard));
}

/// Collects the rows of a store, one scenario's responses after the other.
class Collector {
public:
    Collector(StudySample& sample, const StudyRecord& record, std::vector<Response> all,
              std::vector<bool> is_wanted)
        : sample_(sample), all_(std::move(all)), is_wanted_(std::move(is_wanted)),
          measures_(record.measures().size()), horizon_(std::stod("0" + fact(record, "horizon")))
    {
        sample_.points.resize(std::stoul("0" + fact(record, "points")));
        for (Response& response : all_) {
            response.common_luck = shares_luck(record);
            response.horizon = horizon_;
            response.runs.resize(sample_.points.size());
        }
    }

    void add(const RunRow& row)
    {
        auto& responses = of_scenario(row.scenario);
        const bool failed = !row.error.empty();
        ++sample_.runs;
        sample_.failed += static_cast<std::size_t>(failed);
        sample_.points.at(row.point) = row.parameters;
        for (std::size_t m = 0; m < responses.size(); ++m)
            if (is_wanted_[m])
                add(responses[m], row, failed ? std::nan("") : value(responses[m], row, m));
    }

    void finish()
    {
        sample_.scenarios = std::max<std::size_t>(1, names_.size());
        for (auto& responses : scenarios_)
            for (std::size_t m = 0; m < responses.size(); ++m)
                if (is_wanted_[m])
                    sample_.responses.push_back(std::move(responses[m]));
    }

private:
    std::vector<Response>& of_scenario(const std::string& name)
    {
        const auto found = std::ranges::find(names_, name);
        if (found != names_.end())
            return scenarios_[static_cast<std::size_t>(found - names_.begin())];
        names_.push_back(name);
        scenarios_.push_back(all_);
        for (Response& response : scenarios_.back())
            response.scenario = name;
        return scenarios_.back();
    }

    double value(const Response& response, const RunRow& row, std::size_t m) const
    {
        return m < measures_ ? row.measures[m]
                             : static_cast<double>(row.outcome == response.measure);
    }

    void add(Response& response, const RunRow& row, double value) const
    {
        if (std::isinf(value)) {
            ++response.never;
            value = horizon_;
        }
        ++response.made;
        response.failed += static_cast<std::size_t>(std::isnan(value));
        auto& runs = response.runs.at(row.point);
        runs.resize(std::max<std::size_t>(runs.size(), row.replicate), std::nan(""));
        runs.push_back(value);
    }

    StudySample& sample_;
    std::vector<Response> all_;
    std::vector<bool> is_wanted_;
    std::size_t measures_;
    double horizon_;
    std::vector<std::string> names_;
    std::vector<std::vector<Response>> scenarios_;
};

/// Runs that are missing before all points have as many as the one that has most.
std::size_t missing_runs(const Response& response)
{
    const std::size_t most = response.replicates();
    std::size_t missing = 0;
    for (const auto& runs : response.runs)
        missing += most - runs.size();
    return missing;
}

/// With `until` points have as many runs as they need: none is missing.
bool has_fixed_replicates(const StudyRecord& record)
{
    return std::ranges::find(record.world,
                             std::pair<std::string, std::string>("replicates", "a fixed number")) !=
           record.world.end();
}

/// Mean over points of what is left of each replicate when the points' means are taken off.
std::vector<double> replicate_effects(const std::vector<std::vector<double>>& runs,
                                      std::size_t replicates)
{
    std::vector<double> sums(replicates, 0), counts(replicates, 0);
    for (const auto& values : runs) {
        const double middle = mean_of_runs(values);
        for (std::size_t r = 0; r < values.size(); ++r)
            if (!std::isnan(values[r])) {
                sums[r] += values[r] - middle;
                ++counts[r];
            }
    }
    for (std::size_t r = 0; r < replicates; ++r)
        sums[r] = counts[r] > 0 ? sums[r] / counts[r] : 0;
    return sums;
}

} // namespace

std::size_t Response::replicates() const
{
    std::size_t most = 0;
    for (const auto& values : runs)
        most = std::max(most, values.size());
    return most;
}

StudySample read_sample(const Store& store, const std::vector<std::string>& measures)
{
    const StudyRecord& record = store.record();
    refuse_shard(record);
    StudySample sample{.name = fact(record, "name"),
                       .title = fact(record, "title"),
                       .version = fact(record, "version"),
                       .design = fact(record, "design"),
                       .seed = std::stoull("0" + fact(record, "seed")),
                       .parameters = record.parameters()};
    auto all = candidates(store);
    auto is_wanted = wanted(all, measures);
    Collector collector(sample, record, std::move(all), std::move(is_wanted));
    store.for_each([&](const RunRow& row) { collector.add(row); });
    collector.finish();
    if (has_fixed_replicates(record)) // all measures of a scenario lack the same runs
        for (std::size_t s = 0; s < sample.scenarios && !sample.responses.empty(); ++s)
            sample.missing +=
                missing_runs(sample.responses[s * (sample.responses.size() / sample.scenarios)]);
    return sample;
}

std::vector<std::vector<double>> without_shared_luck(const Response& response)
{
    auto runs = response.runs;
    const std::size_t replicates = response.replicates();
    if (!response.common_luck || replicates < 2)
        return runs;
    constexpr int rounds = 5; // one would do if no run were missing
    for (int round = 0; round < rounds; ++round) {
        const auto effects = replicate_effects(runs, replicates);
        for (auto& values : runs)
            for (std::size_t r = 0; r < values.size(); ++r)
                values[r] -= effects[r];
    }
    return runs;
}

double mean_of_runs(const std::vector<double>& runs)
{
    double sum = 0, count = 0;
    for (const double value : runs)
        if (!std::isnan(value)) {
            sum += value;
            ++count;
        }
    return sum / count;
}

double cross_mean(const std::vector<double>& a, const std::vector<double>& b, bool single)
{
    double sum_a = 0, sum_b = 0, same = 0, count_a = 0, count_b = 0, count = 0;
    for (std::size_t r = 0; r < std::max(a.size(), b.size()); ++r) {
        const bool in_a = r < a.size() && !std::isnan(a[r]);
        const bool in_b = r < b.size() && !std::isnan(b[r]);
        sum_a += in_a ? a[r] : 0;
        sum_b += in_b ? b[r] : 0;
        count_a += in_a;
        count_b += in_b;
        if (in_a && in_b) {
            same += a[r] * b[r];
            ++count;
        }
    }
    if (single)
        return count > 0 ? same / count : std::nan("");
    const double pairs = count_a * count_b - count;
    return pairs > 0 ? (sum_a * sum_b - same) / pairs : std::nan("");
}

VarianceSplit variance_split(const Response& response, const std::vector<std::size_t>& points)
{
    const bool single = response.replicates() < 2;
    const auto runs = without_shared_luck(response);
    std::vector<double> means;
    for (const std::size_t p : points)
        means.push_back(mean_of_runs(runs[p]));
    const double middle = mean_of_runs(means);
    double between = 0, within = 0, count = 0, extra = 0;
    for (const std::size_t p : points) {
        auto values = runs[p];
        for (double& value : values)
            value -= middle;
        const double product = cross_mean(values, values, single);
        if (std::isnan(product))
            continue;
        between += product;
        ++count;
        const double own = mean_of_runs(values);
        for (const double value : values)
            if (!std::isnan(value)) {
                within += (value - own) * (value - own);
                ++extra;
            }
        --extra;
    }
    if (count < 2)
        return {std::nan(""), std::nan(""), 0};
    const double variance = between / (count - 1);
    if (single)
        return {variance, std::nan(""), 0};
    const double shared = count / (count - 1); // the replicates' means took a share of it
    const double own_luck = within / extra * (response.common_luck ? shared : 1.0);
    double common = 0;
    if (response.common_luck) {
        const auto effects = replicate_effects(response.runs, response.replicates());
        double sum = 0;
        for (const double effect : effects)
            sum += effect * effect; // they sum to nothing
        common = std::max(0.0, sum / static_cast<double>(effects.size() - 1) - own_luck / count);
    }
    return {std::max(0.0, variance), own_luck + common, common};
}

} // namespace walkout
