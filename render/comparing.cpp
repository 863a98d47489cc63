#include "render/comparing.hpp"

#include "render/lever_words.hpp"
#include "sim/io/flatten.hpp"
#include "sim/io/problems.hpp"
#include "sim/io/variants.hpp"
#include "sim/study/comparison.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace walkout::render {

namespace {

constexpr int most_runs = 200;

Source second_source(const Story& first, const Source& source, const std::string& file)
{
    Source second = source;
    second.file = file;
    if (is_recorded_run(file)) {
        second.overrides.clear();
        second.seed.reset();
        second.replicate.reset();
    } else {
        second.seed = first.trace().seed;
        second.replicate = first.trace().replicate;
    }
    return second;
}

/// Runs of an ensemble that the tab tells of.
std::uint32_t runs_of(const Scenario& scenario)
{
    return static_cast<std::uint32_t>(std::min(scenario.ensemble.replicates, most_runs));
}

std::string as_words(const std::string& value)
{
    return value == "true" ? "on" : value == "false" ? "off" : value;
}

/// One line for each number, switch or text that is not in both as it is.
std::vector<DifferentValue> different_values(const io::ScenarioVariants& a,
                                             const io::ScenarioVariants& b, const Story& story)
{
    const auto lines_a = io::flatten(a.file().scenario);
    const auto lines_b = io::flatten(b.file().scenario);
    const std::map<std::string, std::string> by_path_a(lines_a.begin(), lines_a.end());
    const std::map<std::string, std::string> by_path_b(lines_b.begin(), lines_b.end());
    const Levers levers(a), others(b);
    std::vector<DifferentValue> all;
    const auto note = [&](const std::string& path) {
        const auto in_a = by_path_a.find(path), in_b = by_path_b.find(path);
        if (in_a != by_path_a.end() && in_b != by_path_b.end() && in_a->second == in_b->second)
            return;
        DifferentValue value{path, in_a == by_path_a.end() ? "none" : as_words(in_a->second),
                             in_b == by_path_b.end() ? "none" : as_words(in_b->second)};
        const auto row = levers.find(path), other = others.find(path);
        if (row)
            value.name = lever_name(levers[*row], a.file().scenario);
        if (row && other) {
            value.a = as_words(lever_value(levers[*row], levers[*row].baseline, story));
            value.b = as_words(lever_value(others[*other], others[*other].baseline, story));
        }
        all.push_back(std::move(value));
    };
    for (const auto& [path, text] : lines_a)
        note(path);
    for (const auto& [path, text] : lines_b)
        if (!by_path_a.contains(path))
            note(path);
    return all;
}

std::string run_words(const Story& story)
{
    return fmt::format("seed {}, run {}", story.trace().seed, story.trace().replicate);
}

std::string title_words(const Story& story)
{
    return story.trace().title.empty() ? story.trace().scenario : story.trace().title;
}

} // namespace

std::shared_ptr<const Compared> compare_with(const std::shared_ptr<const Story>& first,
                                             const Source& source, const std::string& file)
{
    const Source second = second_source(*first, source, file);
    Compared both{.a = first, .b = open_story(second).story};
    if (!same_people(*first->trace().organization, *both.b->trace().organization))
        throw io::InputError("walkout: error: --compare: the people of the two are not the same\n"
                             "   help: `walkout compare` counts scenarios of different staff");
    both.a_title = title_words(*both.a);
    both.b_title = title_words(*both.b);
    both.a_below = run_words(*both.a);
    both.b_below = run_words(*both.b);
    both.leader = title_of(first->trace().leader_roles[index_of(Pole::plus)]);
    if (!is_recorded_run(source.file) && !is_recorded_run(file)) {
        const io::ScenarioVariants a(source.file, source.overrides);
        const io::ScenarioVariants b(second.file, second.overrides);
        both.values = different_values(a, b, *first);
        both.page = {.a = {source.file},
                     .b = {file},
                     .overrides = source.overrides,
                     .seed = first->trace().seed,
                     .runs = runs_of(a.file().scenario)};
    }
    find_parting(both);
    return std::make_shared<const Compared>(std::move(both));
}

ComparedEnsembles::ComparedEnsembles(const Story& first, const Source& source,
                                     const std::string& file)
{
    if (is_recorded_run(source.file) || is_recorded_run(file))
        return;
    const auto order = [&](const std::string& name) -> EnsembleOrder {
        const Scenario scenario = io::read_scenario(name, source.overrides).scenario;
        return {.scenario = [scenario] { return scenario; },
                .seed = first.trace().seed,
                .runs = runs_of(scenario)};
    };
    a_ = workers_.start(order(source.file));
    b_ = workers_.start(order(file));
}

std::optional<ComparedRuns> ComparedEnsembles::take()
{
    if (!a_.finished() || !b_.finished())
        return std::nullopt;
    const ComparedRuns runs = compared_runs(a_.results(a_.runs()), b_.results(b_.runs()));
    a_ = EnsembleJob();
    b_ = EnsembleJob();
    return runs;
}

ComparedRuns ComparedEnsembles::wait(const std::function<void()>& check)
{
    a_.wait(check);
    b_.wait(check);
    return take().value_or(ComparedRuns{});
}

} // namespace walkout::render
