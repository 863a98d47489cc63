#include "render/opening.hpp"

#include "sim/io/did_you_mean.hpp"
#include "sim/io/problems.hpp"
#include "sim/io/quantity.hpp"
#include "sim/io/scenario_file.hpp"
#include "sim/io/trace_file.hpp"

#include <algorithm>
#include <cctype>
#include <cmath>
#include <fmt/format.h>

namespace walkout::render {

namespace {

[[noreturn]] void refuse(const std::string& what)
{
    throw io::InputError("walkout: error: " + what);
}

std::string lower(std::string text)
{
    for (char& c : text)
        c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return text;
}

Opened read_run(const Source& source)
{
    if (!source.overrides.empty() || source.seed || source.replicate)
        refuse(fmt::format("'{}' is a recorded run: --set, --seed and --replicate need a scenario",
                           source.file));
    Opened opened;
    opened.story = std::make_shared<const Story>(io::read_trace(source.file));
    opened.bookmarks = source.file + ".bookmarks.json";
    return opened;
}

Opened make_run(const Source& source)
{
    const Scenario scenario = io::read_scenario(source.file, source.overrides).scenario;
    RunPlan plan;
    plan.seed = source.seed.value_or(scenario.ensemble.seed);
    plan.replicate = source.replicate.value_or(0);
    Trace trace = trace_run(scenario, plan);
    trace.version = WALKOUT_VERSION;
    Opened opened;
    opened.bookmarks = std::filesystem::path("results") / scenario.name / "bookmarks.json";
    opened.story = std::make_shared<const Story>(std::move(trace));
    opened.ran = true;
    return opened;
}

} // namespace

std::optional<Hours> branch_moment(const Story& story, double second)
{
    constexpr double per_hour = 10;
    constexpr double rounding = 1e-6;
    const double tenths = std::ceil(story.clock().time(second) * per_hour - rounding);
    const Hours moment = std::max(1.0, tenths) / per_hour;
    return moment < story.trace().horizon ? std::optional(moment) : std::nullopt;
}

bool is_recorded_run(const std::string& file)
{
    return file.ends_with(".trace") || io::is_trace(file);
}

Opened open_story(const Source& source)
{
    return is_recorded_run(source.file) ? read_run(source) : make_run(source);
}

double second_of(const Story& story, const std::string& text, const std::string& option)
{
    const StoryClock& clock = story.clock();
    if (text.ends_with('s')) {
        const auto seconds = io::read_number(std::string_view(text).substr(0, text.size() - 1));
        if (seconds.value && *seconds.value >= 0 && *seconds.value <= clock.length())
            return *seconds.value;
        if (seconds.value)
            refuse(
                fmt::format("{} {}: the story has {:.1f} seconds", option, text, clock.length()));
    }
    const auto time = story.parse_time(text, clock.begin());
    if (!time)
        refuse(fmt::format("{}: '{}' is not a time\n   help: write 'Mon 05:48', 'h 64.5' or, in "
                           "story seconds, 45s",
                           option, text));
    if (*time < clock.begin() || *time > clock.end())
        refuse(fmt::format("{}: {} {} is outside the story, {} {} to {} {}", option,
                           story.day(*time), story.clock_text(*time), story.day(clock.begin()),
                           story.clock_text(clock.begin()), story.day(clock.end()),
                           story.clock_text(clock.end())));
    return clock.second(*time);
}

AgentId person_of(const Story& story, const std::string& id)
{
    const std::string wanted = lower(id);
    std::vector<std::string> ids;
    for (AgentId person = 0; person < story.people(); ++person) {
        ids.push_back(story.id(person));
        if (lower(ids.back()) == wanted)
            return person;
    }
    const std::string hint = io::did_you_mean(id, ids);
    refuse(fmt::format("--select: there is no '{}'\n   help: {}", id,
                       hint.empty() ? "ids look like '" + ids.front() + "'" : hint));
}

View view_of(const Story& story, const Look& look, Size size, float scale)
{
    View view;
    view.width = static_cast<float>(size.width);
    view.height = static_cast<float>(size.height);
    view.ui_scale = scale;
    view.theme = look.theme.value_or(Theme::dark);
    view.reduced_motion = look.reduced_motion.value_or(false);
    view.presenter = look.presenter;
    if (!look.select.empty())
        view.selected = person_of(story, look.select);
    return view;
}

std::string picture_name(const Story& story, double second)
{
    const Hours time = story.clock().time(second);
    std::string clock = story.clock_text(time);
    std::erase(clock, ':');
    return fmt::format("{}-{}-{}", story.trace().scenario, lower(story.weekday(time)), clock);
}

} // namespace walkout::render
