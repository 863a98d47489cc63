#include "sim/cli/files.hpp"
#include "sim/cli/monitor.hpp"
#include "sim/cli/sensitivity_report.hpp"
#include "sim/cli/study_options.hpp"
#include "sim/io/draft.hpp"

#include <algorithm>
#include <atomic>
#include <fmt/core.h>

namespace walkout::cli {

namespace {

namespace fs = std::filesystem;

/// Analyze measure by measure, with a bar where it takes long.
std::vector<MeasureSensitivity> analyzed(StudySample& sample, const SensitivityParams& params)
{
    std::atomic<std::uint64_t> done = 0;
    const std::uint64_t all = sample.responses.size();
    const Monitor monitor(
        sample.name, [&] { return Tally{.done = done, .of = all, .what = "measures"}; }, [] {});
    return analyze(sample, params, [&] { ++done; });
}

bool has_answer(const MeasureSensitivity& measure)
{
    if (const auto* surface = std::get_if<SurrogateAnalysis>(&measure.answer))
        return !surface->parameters.empty();
    return !std::holds_alternative<NoAnswer>(measure.answer);
}

} // namespace

int execute(const SensitivityOptions& options)
{
    const fs::path path = store_in(options.folder);
    SensitivityReport report{.detailed = !options.measures.empty()};
    report.sample = read_sample(Store::open(path.string()), options.measures);
    report.params = {.bootstrap = {.samples = options.bootstrap,
                                   .seed = options.seed.value_or(report.sample.seed)},
                     .surrogate = options.surrogate};
    report.kind = kind_of(report.sample, report.params);
    report.measures = analyzed(report.sample, report.params);
    const fs::path out =
        options.out.empty() ? path.parent_path() / "sensitivity.json" : fs::path(options.out);
    const std::string json = json_of(report);
    io::write_whole(out, json);
    print(options.json ? json : text_of(report));
    say(fmt::format("wrote {}", out.string()));
    return std::ranges::any_of(report.measures, has_answer) ? 0 : 1;
}

} // namespace walkout::cli
