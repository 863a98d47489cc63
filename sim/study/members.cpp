#include "sim/study/members.hpp"

#include "sim/io/shell_word.hpp"
#include "sim/study/curve.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>

namespace walkout {

namespace {

/// The first line of a message, without the place in a file that the user has not changed.
std::string cause_of(std::string_view message)
{
    constexpr std::string_view mark = ": error: ";
    const std::size_t at = message.find(mark);
    message.remove_prefix(at == std::string_view::npos ? 0 : at + mark.size());
    return std::string(message.substr(0, message.find('\n')));
}

} // namespace

Members::Members(const io::StudyFile& file, const Plan& plan)
    : file_(file), plan_(plan), dials_(file), organizations_(file.scenarios.size())
{
    for (std::size_t s = 0; s < file.scenarios.size(); ++s)
        if (file.study.common_luck)
            organizations_[s] = dials_.common_organization(s);
}

Scenario Members::scenario(const PlannedRun& run) const
{
    return dials_.scenario(run.scenario, plan_.design().point(run.point));
}

std::vector<std::string> Members::overrides(const PlannedRun& run) const
{
    return dials_.overrides(run.scenario, plan_.design().point(run.point));
}

RunResult Members::make(const PlannedRun& run) const
{
    return walkout::run(scenario(run), {.seed = run.seed,
                                        .replicate = run.replicate,
                                        .sample_every = file_.study.curves_every,
                                        .organization = organizations_[run.scenario]});
}

void Members::check_points() const
{
    constexpr std::uint64_t most = 2000;
    const std::uint64_t members = plan_.members();
    const std::uint64_t tried = std::min(members, most);
    for (std::uint64_t i = 0; i < tried; ++i) {
        // The last one is tried too: 0 to members - 1 in equal strides.
        const std::uint64_t number = tried < 2 ? 0 : i * (members - 1) / (tried - 1);
        const PlannedRun run = plan_.run(number);
        try {
            scenario(run);
        } catch (const io::InputError& error) {
            std::string values;
            for (const std::string& text : overrides(run))
                values += " " + text;
            throw io::InputError(io::format_problem(
                file_.design,
                fmt::format("point {} of scenario '{}' is wrong: {}", run.point,
                            file_.study.scenarios[run.scenario].name, cause_of(error.what())),
                "its values:" + values));
        }
    }
}

// ---------------------------------------------------------------- rows

RowMaker::RowMaker(const io::StudyFile& file, const Plan& plan, RunMaker make)
    : file_(file), plan_(plan), make_(std::move(make)), measures_(measures_of(file.study))
{
}

std::string RowMaker::repeat_command(std::uint64_t number) const
{
    return fmt::format("walkout sweep {} --run {}", io::shell_word(file_.path), number);
}

RunRow RowMaker::operator()(const PlannedRun& run) const
{
    RunRow row{.number = run.number,
               .scenario = file_.study.scenarios[run.scenario].name,
               .point = run.point,
               .replicate = run.replicate,
               .seed = run.seed,
               .parameters = plan_.design().point(run.point)};
    try {
        const RunResult result = make_(run);
        for (const StudyMeasure& measure : measures_)
            row.measures.push_back(measure.of(result));
        row.outcome = outcome_names[static_cast<std::size_t>(result.outcome)];
        row.fingerprint = fmt::format("{:016x}", result.fingerprint);
        if (file_.study.curves_every > 0)
            row.curve = encode(curve_of(result));
    } catch (const std::exception& error) {
        row.measures.assign(measures_.size(), own_value);
        row.error = cause_of(error.what());
        if (row.error.empty())
            row.error = "failed without a message";
        row.command = repeat_command(run.number);
    }
    return row;
}

} // namespace walkout
