#include "sim/cli/sweep_report.hpp"
#include "sim/cli/terminal.hpp"
#include "sim/study/statistics.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace walkout::cli {

namespace {

/// A scenario and a point.
using Member = std::pair<std::string, std::uint64_t>;

/// What the runs of each member say of one measure, from values that come sorted: nothing but the
/// two middle ones is kept.
class Middles {
public:
    Middles(const Store& store, const StoreColumn& measure,
            const std::map<Member, std::uint64_t>& counts)
        : unit_(measure.unit)
    {
        store.for_each_sorted(measure.name,
                              [&](const std::string& scenario, std::uint64_t point, double value) {
                                  Group& group = groups_[{scenario, point}];
                                  const std::uint64_t count = counts.at({scenario, point});
                                  if (group.seen == (count - 1) / 2 || group.seen == count / 2)
                                      group.middle.push_back(value);
                                  ++group.seen;
                                  group.sum += value;
                              });
    }

    /// The median; of an outcome, 0 or 1 in each run, the share.
    std::string text(const Member& member) const
    {
        const auto found = groups_.find(member);
        if (found == groups_.end())
            return "-";
        const Group& group = found->second;
        return number_text(unit_.empty() ? group.sum / static_cast<double>(group.seen)
                                         : quantile(group.middle, 0.5),
                           unit_);
    }

private:
    struct Group {
        std::vector<double> middle;
        std::uint64_t seen = 0;
        double sum = 0;
    };

    std::string unit_;
    std::map<Member, Group> groups_;
};

/// Finished runs of each member.
std::map<Member, std::uint64_t> count_runs(const Store& store, const std::string& measure)
{
    std::map<Member, std::uint64_t> counts;
    store.for_each_sorted(measure, [&](const std::string& scenario, std::uint64_t point, double) {
        ++counts[{scenario, point}];
    });
    return counts;
}

/// Failed runs of each member: where they gather, the numbers beside them speak of fewer lives.
std::map<Member, std::uint64_t> count_failed(const Store& store)
{
    std::map<Member, std::uint64_t> counts;
    if (store.failed() > 0)
        store.for_each([&](const RunRow& row) {
            if (!row.error.empty())
                ++counts[{row.scenario, row.point}];
        });
    return counts;
}

std::uint64_t count_of(const std::map<Member, std::uint64_t>& counts, const Member& member)
{
    const auto found = counts.find(member);
    return found == counts.end() ? 0 : found->second;
}

std::vector<std::string> head_of(const Study& study, const std::vector<StoreColumn>& measures,
                                 bool failed)
{
    std::vector<std::string> head{"point"};
    if (study.scenarios.size() > 1)
        head.emplace_back("scenario");
    for (const StudyParameter& parameter : study.parameters)
        head.push_back(parameter.name);
    head.emplace_back("runs");
    if (failed)
        head.emplace_back("failed");
    for (const StoreColumn& measure : measures)
        head.push_back(measure.name);
    return head;
}

} // namespace

std::string members_table(const SweepReport& report)
{
    constexpr std::uint64_t most_rows = 40;
    constexpr std::size_t most_measures = 4;
    auto measures = report.store->record().measures();
    measures.resize(std::min(most_measures, measures.size()));
    if (report.plan->members() > most_rows || measures.empty())
        return "";
    const Study& study = report.file->study;
    const auto counts = count_runs(*report.store, measures.front().name);
    std::vector<Middles> middles;
    for (const StoreColumn& measure : measures)
        middles.emplace_back(*report.store, measure, counts);

    const auto failed = count_failed(*report.store);
    std::vector<std::vector<std::string>> rows = {head_of(study, measures, !failed.empty())};
    for (std::uint64_t point = 0; point < report.plan->design().size(); ++point)
        for (const StudyScenario& scenario : study.scenarios) {
            const Member member{scenario.name, point};
            auto& row = rows.emplace_back();
            row.push_back(std::to_string(point));
            if (study.scenarios.size() > 1)
                row.push_back(scenario.name);
            const auto values = report.plan->design().point(point);
            for (std::size_t k = 0; k < values.size(); ++k)
                row.push_back(value_text(study.parameters[k], values[k]));
            row.push_back(std::to_string(count_of(counts, member)));
            if (!failed.empty())
                row.push_back(std::to_string(count_of(failed, member)));
            for (const Middles& middle : middles)
                row.push_back(middle.text(member));
        }
    const Style style;
    return heading(style, "Point by point: median of its runs") + table(rows, style);
}

} // namespace walkout::cli
