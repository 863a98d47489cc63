#include "render/report/study_runs.hpp"

#include "sim/core/measures.hpp"
#include "sim/io/did_you_mean.hpp"
#include "sim/io/problems.hpp"
#include "sim/study/curve.hpp"
#include "sim/study/provenance.hpp"
#include "sim/study/store.hpp"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fmt/format.h>
#include <functional>
#include <map>
#include <tuple>

namespace walkout::report {

namespace {

namespace fs = std::filesystem;

std::uint8_t outcome_of(const std::string& name)
{
    return static_cast<std::uint8_t>(std::ranges::find(outcome_names, name) -
                                     outcome_names.begin());
}

/// Where the measures stand in a row, -1 where the study did not keep one.
struct Columns {
    int headline = -1, peak = -1, half = -1, gone = -1, back = -1;

    Columns(const StudyRecord& record, const std::string& measure)
    {
        const auto kept = record.measures();
        const auto find = [&](const std::string& name) {
            const auto at = std::ranges::find(kept, name, &StoreColumn::name);
            return at == kept.end() ? -1 : static_cast<int>(at - kept.begin());
        };
        headline = find(measure);
        peak = find("peak_signed_share");
        half = find("hours_to_half");
        gone = find("left_share");
        back = find("hours_to_return");
    }
};

Measure measure_named(const StudyRecord& record, const std::string& name)
{
    const auto outcome = std::ranges::find(outcome_names, name);
    if (outcome != outcome_names.end())
        return {name, static_cast<int>(outcome - outcome_names.begin()), ""};
    std::vector<std::string> known(outcome_names.begin(), outcome_names.end());
    for (const StoreColumn& column : record.measures()) {
        if (column.name == name)
            return {name, -1, column.unit};
        known.push_back(column.name);
    }
    const std::string likely = io::did_you_mean(name, known);
    throw io::InputError(
        fmt::format("walkout: error: the study kept no measure '{}'\n   help: {}", name,
                    likely.empty() ? fmt::format("it has {}", fmt::join(known, ", ")) : likely));
}

StudyBackground background_in(const StudyRecord& record, const std::string& path)
{
    const auto fact = record.facts.find("background");
    if (fact == record.facts.end())
        throw io::InputError(
            fmt::format("walkout: error: '{}' was made by a walkout that knew no pages\n"
                        "   help: repeat its sweep; stored runs are not made again",
                        path));
    return background_from_json(fact->second);
}

std::string fact_of(const StudyRecord& record, const std::string& key)
{
    const auto found = record.facts.find(key);
    return found == record.facts.end() ? "" : found->second;
}

/// One hash per scenario of everything that a run reads of it.
std::vector<std::string> worlds_of(const StudyRecord& record, const StudyBackground& background)
{
    std::vector<std::string> worlds;
    for (const ScenarioBackground& scenario : background.scenarios) {
        const std::string start = fmt::format("scenario {}: ", scenario.name);
        std::string text;
        for (const auto& [path, value] : record.world)
            if (path.starts_with(start))
                text += path.substr(start.size()) + "=" + value + "\n";
        worlds.push_back(std::to_string(std::hash<std::string>{}(text)));
    }
    return worlds;
}

double number_fact(const StudyRecord& record, const std::string& key)
{
    const std::string text = fact_of(record, key);
    return text.empty() ? 0 : std::stod(text);
}

/// Sorts runs to their members.
class Gatherer {
public:
    Gatherer(StudyRuns& study, const StudyRecord& record)
        : study_(study), columns_(record, study.measure.name)
    {
        for (std::size_t s = 0; s < study.background.scenarios.size(); ++s)
            scenario_[study.background.scenarios[s].name] = s;
    }

    void add(const RunRow& row)
    {
        ++study_.runs;
        Member& member = members_[{scenario_.at(row.scenario), row.point}];
        member.values = row.parameters;
        if (!row.error.empty()) {
            ++study_.failed;
            ++member.failed;
            return;
        }
        const std::size_t s = scenario_.at(row.scenario);
        const ScenarioBackground& scenario = study_.background.scenarios[s];
        member.scenario = s;
        member.point = row.point;
        member.replicates.push_back(row.replicate);
        member.outcomes.push_back(outcome_of(row.outcome));
        member.headline.push_back(headline(row, scenario.horizon));
        const double people = scenario.headcount;
        append(member.peak, row, columns_.peak, people);
        append(member.half, row, columns_.half, 1);
        append(member.gone, row, columns_.gone, people);
        append(member.back, row, columns_.back, 1);
    }

    void finish()
    {
        for (auto& [key, member] : members_) {
            std::tie(member.scenario, member.point) = key;
            study_.members.push_back(std::move(member));
        }
    }

private:
    double headline(const RunRow& row, Hours horizon) const
    {
        if (study_.measure.chance())
            return outcome_of(row.outcome) == study_.measure.outcome ? 1 : 0;
        const double value = row.measures[static_cast<std::size_t>(columns_.headline)];
        return std::isinf(value) ? horizon : value;
    }

    static void append(std::vector<double>& values, const RunRow& row, int column, double factor)
    {
        if (column >= 0)
            values.push_back(row.measures[static_cast<std::size_t>(column)] * factor);
    }

    StudyRuns& study_;
    Columns columns_;
    std::map<std::string, std::size_t> scenario_;
    std::map<std::pair<std::size_t, std::uint64_t>, Member> members_;
};

} // namespace

bool StudyRuns::sampled() const
{
    return design == "latin_hypercube" || design == "sobol" || design == "saltelli" ||
           design == "morris";
}

StudyRuns read_study_runs(const std::string& folder, const std::string& measure)
{
    const std::string path =
        fs::is_directory(folder) ? (fs::path(folder) / "study.sqlite").string() : folder;
    const Store store = Store::open(path);
    const StudyRecord& record = store.record();
    StudyRuns study{.folder = fs::path(path).parent_path().string(),
                    .store = path,
                    .background = background_in(record, path),
                    .title = fact_of(record, "title"),
                    .design = fact_of(record, "design"),
                    .version = fact_of(record, "version"),
                    .seed = fact_of(record, "seed"),
                    .fingerprint = fingerprint_of(store),
                    .curve_every = number_fact(record, "curve_every")};
    study.points = static_cast<std::uint64_t>(number_fact(record, "points"));
    study.worlds = worlds_of(record, study.background);
    study.measure = measure_named(record, measure.empty() ? study.background.headline : measure);
    Gatherer gatherer(study, record);
    store.for_each([&](const RunRow& row) { gatherer.add(row); });
    gatherer.finish();
    if (study.runs == study.failed)
        throw io::InputError(
            fmt::format("walkout: error: '{}' holds no finished run\n   help: {}", path,
                        study.runs == 0 ? "repeat its sweep" : "all failed; the sweep says why"));
    return study;
}

std::vector<SignedCurve> read_curves(const StudyRuns& study,
                                     const std::vector<std::size_t>& members, std::size_t most)
{
    if (study.curve_every <= 0)
        return {};
    std::map<std::pair<std::string, std::uint64_t>, std::size_t> wanted;
    std::size_t runs = 0;
    for (const std::size_t m : members) {
        const Member& member = study.members[m];
        wanted[{study.background.scenarios[member.scenario].name, member.point}] = m;
        runs += member.runs();
    }
    const std::size_t stride = std::max<std::size_t>(1, (runs + most - 1) / most);
    std::vector<SignedCurve> curves;
    std::size_t seen = 0;
    Store::open(study.store)
        .for_each(
            [&](const RunRow& row) {
                const auto member = wanted.find({row.scenario, row.point});
                if (member == wanted.end() || row.curve.empty() || seen++ % stride != 0)
                    return;
                curves.push_back(
                    {member->second, outcome_of(row.outcome), decode(row.curve).counts[0]});
            },
            Store::Order::point);
    return curves;
}

} // namespace walkout::report
