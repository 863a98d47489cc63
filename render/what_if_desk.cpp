#include "render/what_if_desk.hpp"

#include "render/lever_words.hpp"
#include "render/opening.hpp"
#include "render/typing.hpp"
#include "render/what_if_parts.hpp"
#include "sim/io/draft.hpp"
#include "sim/io/flatten.hpp"
#include "sim/io/problems.hpp"
#include "sim/io/quantity.hpp"
#include "sim/io/variant_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace walkout::render {

namespace {

constexpr double double_click_seconds = 0.4;
constexpr double idle_redraw = 0.12; ///< wall seconds between pictures of what idle time brings
constexpr float drag_begins = 4;     ///< pixels
constexpr float lever_margin = 4;    ///< a lever's spot is larger than its track
constexpr double hours_per_pixel = 0.2;
constexpr Hours nudge_hours = 0.5;
constexpr float near_line = 14; ///< pixels
constexpr float wheel_step = 48;
constexpr std::size_t most_matches = 8;

std::filesystem::path free_name(const std::filesystem::path& folder, const std::string& stem)
{
    std::filesystem::path path = folder / (stem + ".yaml");
    for (int number = 2; std::filesystem::exists(path); ++number)
        path = folder / fmt::format("{}_{}.yaml", stem, number);
    return path;
}

/// `Again: A letter goes round`, as many whole words as a headline may have.
std::string again(const Event& event)
{
    constexpr std::size_t longest = 40;
    std::string headline = "Again: " + headline_of(event);
    if (headline.size() <= longest)
        return headline;
    while (headline.size() > longest)
        drop_last(headline);
    const std::size_t space = headline.rfind(' ');
    return headline.substr(0, space > 7 ? space : headline.size());
}

io::PathValue split(const std::string& override)
{
    const std::size_t equals = override.find('=');
    return {override.substr(0, equals),
            equals == std::string::npos ? "" : override.substr(equals + 1)};
}

} // namespace

WhatIfDesk::WhatIfDesk(std::shared_ptr<const Story> story, Source source, std::optional<Hours> from)
    : story_(std::move(story)), source_(std::move(source)), from_(from), maker_(story_)
{
    if (is_recorded_run(source_.file))
        sheet_.unavailable = "This is a recorded run: its file tells what happened, not what the "
                             "scenario was. Open the scenario to ask what if: walkout play " +
                             story_->trace().scenario + ".yaml";
    else if (source_.file == "-")
        sheet_.unavailable =
            "The scenario came on standard input and cannot be read again. Save it "
            "to a file and open that.";
}

void WhatIfDesk::open(View& view)
{
    if (what_if_ || !sheet_.unavailable.empty())
        return;
    try {
        if (from_)
            read_branch();
        auto variants = std::make_shared<const io::ScenarioVariants>(source_.file, overrides());
        const std::uint64_t seed =
            from_ ? variants->file().scenario.ensemble.seed : story_->trace().seed;
        what_if_ =
            std::make_unique<WhatIf>(std::move(variants), seed, story_->trace().organization);
        draw_up(view);
    } catch (const io::InputError& e) {
        sheet_.unavailable = e.what();
    }
}

/// Every event that has happened could happen once more.
void WhatIfDesk::read_branch()
{
    const Scenario scenario = io::read_scenario(source_.file, overrides()).scenario;
    const Branch& branch = *scenario.branch;
    const std::vector<Hours> happened = happened_before(branch);
    for (std::size_t e = 0; e < happened.size(); ++e) {
        const Event& event = branch.base->events[e];
        if (happened[e] == never || event.effects.empty())
            continue;
        std::string name = event.name + "_again";
        while (std::ranges::find(scenario.events, name, &Event::name) != scenario.events.end())
            name += "_again";
        if (std::string map = io::once_more(*branch.base, event, branch.at, again(event));
            io::name_error(name).empty())
            agains_.push_back({std::move(name), std::move(map)});
    }
}

/// What the scenario at hand differs in from its file, as `--set` would have it.
std::vector<std::string> WhatIfDesk::overrides() const
{
    std::vector<std::string> all = source_.overrides;
    if (!from_)
        return all;
    const Trace& trace = story_->trace();
    all.push_back(fmt::format("branch={{at: {}, replicate: {}, seed: {}}}",
                              io::format_quantity(*from_, io::Unit::duration), trace.replicate,
                              trace.seed));
    for (const Again& again : agains_)
        all.push_back("events." + again.name + "=" + again.map);
    return all;
}

bool WhatIfDesk::wanted(const Again& again) const
{
    const auto event = std::ranges::find(what_if_->events(), again.name, &EventSwitch::name);
    return event != what_if_->events().end() && what_if_->value(event->enabled) != 0;
}

/// Whether a path leads into an event that waits in the box, which nobody needs to hear of.
bool WhatIfDesk::is_unwanted(std::string_view path) const
{
    return std::ranges::any_of(agains_, [&](const Again& again) {
        const std::string event = "events." + again.name;
        return !wanted(again) && (path == event || path.starts_with(event + "."));
    });
}

/// The same with the values of the levers, without what is not used.
std::vector<std::string> WhatIfDesk::overrides_now() const
{
    std::vector<std::string> all;
    for (const std::string& text : overrides())
        if (!is_unwanted(split(text).first))
            all.push_back(text);
    for (const auto& [path, value] : what_if_->changes())
        if (!is_unwanted(path))
            all.push_back(path + "=" + value);
    return all;
}

void WhatIfDesk::draw_up(View& view)
{
    maker_.update(sheet_, *what_if_, view.what_if);
    sheet_.leads_back = from_.has_value();
    seen_own_ = what_if_->baseline();
    seen_now_ = what_if_->now();
    stale_ = false;
    view.what_if.scroll = std::clamp(view.what_if.scroll, 0.0F, longest_scroll(sheet_, view));
}

bool WhatIfDesk::poll(double now, View& view)
{
    if (!what_if_)
        return false;
    const std::size_t levers = what_if_->in_use().size();
    stale_ = what_if_->poll() || stale_;
    const bool runs = seen_own_ != what_if_->baseline() || seen_now_ != what_if_->now() ||
                      levers != what_if_->in_use().size();
    if (!runs && (!stale_ || now - drawn_up_ < idle_redraw))
        return false;
    drawn_up_ = now;
    draw_up(view);
    return true;
}

// ---------------------------------------------------------------- pointer

void WhatIfDesk::move(Point at, View& view)
{
    if (!what_if_)
        return;
    WhatIfLook& look = view.what_if;
    if (look.held)
        return look.moving || last_pressed_.control == Control::event_switch ? drag_event(at, view)
                                                                             : drag_lever(at, view);
    if (view.hover.control == Control::fan)
        return light_nearest(at, view);
    if (view.hover.control == Control::run_dot) {
        look.run = view.hover.index;
        draw_up(view);
    }
}

void WhatIfDesk::press(Point at, const Frame& frame, double now, View& view)
{
    if (!what_if_)
        return;
    WhatIfLook& look = view.what_if;
    const ControlId id = view.pressed;
    if (look.typing && id != ControlId{Control::lever_value, *look.typing})
        end_typing(view);
    if (look.adding && id.control != Control::lever_match && id.control != Control::add_lever &&
        id.control != Control::add_event)
        look.adding = false;
    const bool again = id == last_pressed_ && now - last_press_ < double_click_seconds;
    last_press_ = now;
    last_pressed_ = id;
    pressed_at_ = at;
    if (id.control != Control::lever && id.control != Control::event_switch)
        return;
    const auto spot = std::ranges::find(frame.spots, id, &Spot::id);
    held_ = spot == frame.spots.end() ? Rect{} : grown(spot->rect, -lever_margin);
    look.held = id.index;
    look.moving = false;
    what_if_->hold(true);
    if (id.control == Control::event_switch) {
        const auto& event = what_if_->events().at(id.index);
        event_start_ = event.at ? what_if_->time_of(event) : 0;
    } else if (again) {
        what_if_->reset(id.index);
        look.held.reset();
        what_if_->hold(false);
        what_if_->commit();
        draw_up(view);
    } else {
        drag_lever(at, view);
    }
}

void WhatIfDesk::drag_lever(Point at, View& view)
{
    const std::uint32_t row = *view.what_if.held;
    const Lever& lever = what_if_->levers()[row];
    const double share = std::clamp(static_cast<double>((at.x - held_.x) / held_.w), 0.0, 1.0);
    what_if_->set(row, lever.snapped(lever.low + share * (lever.high - lever.low)));
    draw_up(view);
}

void WhatIfDesk::drag_event(Point at, View& view)
{
    const EventSwitch& event = what_if_->events().at(*view.what_if.held);
    const float way = at.x - pressed_at_.x;
    if (!event.at || (!view.what_if.moving && std::abs(way) < drag_begins))
        return;
    view.what_if.moving = true;
    const Lever& lever = what_if_->levers()[*event.at];
    what_if_->set(*event.at,
                  lever.snapped(event_start_ + hours_per_pixel * static_cast<double>(way)));
    draw_up(view);
}

bool WhatIfDesk::release(View& view)
{
    WhatIfLook& look = view.what_if;
    if (!look.held)
        return false;
    const std::uint32_t held = *std::exchange(look.held, std::nullopt);
    const bool moved = std::exchange(look.moving, false);
    what_if_->hold(false);
    if (last_pressed_.control == Control::event_switch && !moved)
        toggle(held, view);
    what_if_->commit();
    draw_up(view);
    return true;
}

void WhatIfDesk::wheel(float notches, View& view)
{
    view.what_if.scroll =
        std::clamp(view.what_if.scroll - wheel_step * notches, 0.0F, longest_scroll(sheet_, view));
}

void WhatIfDesk::toggle(std::uint32_t event, View& view)
{
    const EventSwitch& what = what_if_->events().at(event);
    if (what.happened < never) {
        message_ = "\"" + what.headline + "\" has happened already; a branch cannot undo it";
        return;
    }
    const std::size_t row = what.enabled;
    what_if_->set(row, what_if_->value(row) != 0 ? 0 : 1);
    what_if_->commit();
    draw_up(view);
}

// ---------------------------------------------------------------- runs

/// The run whose line passes nearest to the pointer.
void WhatIfDesk::light_nearest(Point at, View& view)
{
    const Futures& now = what_if_->now();
    const Plot plot = names_plot(sheet_, what_if_places(view).fan);
    const auto last = static_cast<float>(sheet_.names.times.size() - 1);
    const auto moment = static_cast<std::size_t>(
        std::clamp((at.x - plot.area.x) / plot.area.w * last + 0.5F, 0.0F, last));
    std::optional<std::uint32_t> nearest;
    float least = near_line;
    for (std::uint32_t run = 0; run < now.count; ++run) {
        if (!now[run].result.error.empty())
            continue;
        const Hours time = sheet_.names.times[moment];
        const int count =
            sheet_.letter ? now[run].result.names_at(time) : now[run].result.departures_at(time);
        const float distance = std::abs(plot.y(count) - at.y);
        if (distance < least) {
            least = distance;
            nearest = run;
        }
    }
    if (nearest == view.what_if.run)
        return;
    view.what_if.run = nearest;
    draw_up(view);
}

/// Through the dots in their order.
void WhatIfDesk::light_next(int direction, View& view)
{
    if (sheet_.dots.empty())
        return;
    const auto n = static_cast<std::ptrdiff_t>(sheet_.dots.size());
    auto place = direction > 0 ? std::ptrdiff_t{-1} : std::ptrdiff_t{0};
    if (view.what_if.run) {
        const auto dot = std::ranges::find(sheet_.dots, *view.what_if.run, &DotCard::replicate);
        if (dot != sheet_.dots.end())
            place = dot - sheet_.dots.begin();
    }
    view.what_if.run = sheet_.dots[static_cast<std::size_t>((place + direction + n) % n)].replicate;
    draw_up(view);
}

/// The run in the middle by its end (0), the one farthest from that (1), the first in which the
/// leader does not come back (2), if there is any.
std::optional<std::uint32_t> WhatIfDesk::run_of_kind(std::uint32_t kind) const
{
    const Futures& now = what_if_->now();
    std::vector<std::pair<long, std::uint32_t>> ends;
    for (const DotCard& dot : sheet_.dots) {
        const RunResult& run = now[dot.replicate].result;
        if (kind == 2 && dot.outcome != Outcome::returned)
            return dot.replicate;
        ends.emplace_back(
            static_cast<long>(sheet_.letter ? run.signings.size() : run.departures.size()),
            dot.replicate);
    }
    if (kind == 2 || ends.empty())
        return std::nullopt;
    std::ranges::sort(ends);
    const auto middle = ends[ends.size() / 2];
    if (kind == 0)
        return middle.second;
    const long below = middle.first - ends.front().first, above = ends.back().first - middle.first;
    return below > above ? ends.front().second : ends.back().second;
}

/// The run that is lit, else the one in the middle by its end.
void WhatIfDesk::watch(View& view)
{
    const Futures& now = what_if_->now();
    if (what_if_->behind() || sheet_.dots.empty())
        return;
    const std::uint32_t run =
        view.what_if.run && *view.what_if.run < now.count ? *view.what_if.run : *run_of_kind(0);
    try {
        Scenario scenario = what_if_->scenario();
        if (sheet_.changed)
            scenario.title += ", what if";
        watched_ = std::make_unique<Watched>(
            Watched{std::move(scenario), {.seed = what_if_->seed(), .replicate = run}});
        watched_->source = {.file = source_.file, .overrides = overrides_now()};
        watched_->from = sheet_.from;
        watched_->ranks = std::make_shared<const Ranks>(
            ranks_of(now, run, sheet_.letter, watched_->scenario.horizon));
        message_ = fmt::format("Run {} is being made ready", run);
    } catch (const io::InputError& e) {
        message_ = e.what();
    }
}

std::vector<DifferentValue> WhatIfDesk::different_values() const
{
    std::vector<DifferentValue> all;
    const Scenario& scenario = what_if_->variants().file().scenario;
    for (const auto& [row, value] : what_if_->values()) {
        const Lever& lever = what_if_->levers()[row];
        if (!lever.flag)
            all.push_back({lever_name(lever, scenario), lever_value(lever, lever.baseline, *story_),
                           lever_value(lever, value, *story_)});
    }
    for (const EventCard& event : sheet_.events)
        if (event.on != event.own_on && !event.past)
            all.push_back({event.headline, event.own_on ? "on" : "off", event.on ? "on" : "off"});
    return all;
}

/// Both scenarios written out, since there is no file of the changed one.
PageSource WhatIfDesk::page_source(const Scenario& changed) const
{
    const std::string stem = std::filesystem::path(source_.file).stem().string();
    io::ScenarioFile file = what_if_->variants().file();
    PageSource page{.a = {stem + ".yaml", io::resolve(file)},
                    .seed = what_if_->seed(),
                    .runs = std::min(what_if_->baseline().count, what_if_->now().count)};
    file.scenario = changed;
    page.b = {stem + "_what_if.yaml", io::resolve(file)};
    return page;
}

/// The run that is lit, else the typical one of the baseline, under both.
void WhatIfDesk::compare(View& view)
{
    if (what_if_->behind() || sheet_.dots.empty())
        return;
    if (what_if_->values().empty()) {
        message_ = "Nothing is changed: there is nothing to compare";
        return;
    }
    const Scenario own = what_if_->baseline_scenario();
    const std::uint32_t run = view.what_if.run.value_or(
        summarize(own, what_if_->seed(), what_if_->baseline().results()).typical);
    try {
        Scenario scenario = what_if_->scenario();
        scenario.title += ", what if";
        Compared words{
            .a_title = own.title,
            .b_title = summary(),
            .a_below = sheet_.from
                           ? fmt::format("from {} on as it was, run {}", sheet_.from_words, run)
                           : fmt::format("as in the scenario, run {}", run),
            .b_below = sheet_.from ? "same past, same luck" : "same people, same ties, same luck",
            .leader = sheet_.leader,
            .values = different_values(),
            .ensembles = compared_runs(what_if_->baseline().results(), what_if_->now().results()),
            .page = page_source(scenario)};
        watched_ = std::make_unique<Watched>(Watched{std::move(scenario),
                                                     {.seed = what_if_->seed(), .replicate = run},
                                                     own,
                                                     std::move(words)});
        watched_->source = {.file = source_.file, .overrides = overrides_now()};
        watched_->own_source = {.file = source_.file, .overrides = overrides()};
        watched_->from = sheet_.from;
        message_ = "Both runs are being made ready";
    } catch (const io::InputError& e) {
        message_ = e.what();
    }
}

std::unique_ptr<WhatIfDesk::Watched> WhatIfDesk::take_watched()
{
    return std::move(watched_);
}

bool WhatIfDesk::take_leave()
{
    return std::exchange(leaves_, false);
}

std::string WhatIfDesk::take_message()
{
    return std::exchange(message_, {});
}

// ---------------------------------------------------------------- boxes

void WhatIfDesk::begin_typing(std::uint32_t row, View& view)
{
    view.what_if.typing = row;
    view.what_if.adding = false;
    view.what_if.text.clear();
}

void WhatIfDesk::end_typing(View& view)
{
    const std::uint32_t row = *std::exchange(view.what_if.typing, std::nullopt);
    const std::string text = std::exchange(view.what_if.text, {});
    if (text.empty())
        return;
    const Lever& lever = what_if_->levers()[row];
    if (const auto value = typed_value(lever, text, *story_)) {
        what_if_->set(row, *value);
        what_if_->commit();
    } else {
        message_ = fmt::format("'{}' is no value of this lever: {} to {}", text,
                               lever_value(lever, lever.low, *story_),
                               lever_value(lever, lever.high, *story_));
    }
    draw_up(view);
}

/// @param events  a box for events, not for levers
void WhatIfDesk::open_box(bool events, View& view)
{
    WhatIfLook& look = view.what_if;
    look.adding = !look.adding || look.adding_event != events;
    look.adding_event = events;
    look.typing.reset();
    look.text.clear();
    find(view);
}

void WhatIfDesk::find(View& view)
{
    view.what_if.matches.clear();
    view.what_if.match = 0;
    if (view.what_if.adding_event)
        find_events(view);
    else
        find_levers(view);
    draw_up(view);
}

/// Events that are off, those of the past once more among them.
void WhatIfDesk::find_events(View& view) const
{
    WhatIfLook& look = view.what_if;
    const std::string text = lower(look.text);
    const auto& events = what_if_->events();
    for (std::size_t k = 0; k < events.size() && look.matches.size() < most_matches; ++k)
        if (events[k].happened == never && what_if_->value(events[k].enabled) == 0 &&
            lower(events[k].headline + " " + events[k].name).find(text) != std::string::npos)
            look.matches.push_back(static_cast<std::uint32_t>(k));
}

/// Levers whose name, path or meaning contains all words of the text.
void WhatIfDesk::find_levers(View& view) const
{
    WhatIfLook& look = view.what_if;
    const std::string text = lower(look.text);
    const Levers& levers = what_if_->levers();
    for (std::size_t row = 0; row < levers.size() && !text.empty(); ++row) {
        const Lever& lever = levers[row];
        const auto& used = what_if_->in_use();
        const std::string words = lower(lever_name(lever, what_if_->variants().file().scenario) +
                                        " " + lever.path + " " + lever.meaning);
        if (lever.flag || lever.low >= lever.high || !std::isfinite(lever.baseline) ||
            words.find(text) == std::string::npos || std::ranges::find(used, row) != used.end())
            continue;
        look.matches.push_back(static_cast<std::uint32_t>(row));
        if (look.matches.size() == most_matches)
            break;
    }
}

void WhatIfDesk::use_match(std::uint32_t row, View& view)
{
    view.what_if.adding = false;
    if (view.what_if.adding_event)
        return toggle(row, view);
    what_if_->use(row);
    draw_up(view);
}

bool WhatIfDesk::box_key(Key key, View& view)
{
    WhatIfLook& look = view.what_if;
    if (key == Key::backspace) {
        drop_last(look.text);
        if (look.adding)
            find(view);
    } else if (key == Key::enter && look.typing) {
        end_typing(view);
    } else if (key == Key::enter && !look.matches.empty()) {
        use_match(look.matches[look.match], view);
    } else if (key == Key::escape) {
        look.adding = false;
        look.typing.reset();
    } else if ((key == Key::down || key == Key::up) && !look.matches.empty()) {
        const std::size_t n = look.matches.size();
        look.match = (look.match + (key == Key::down ? 1 : n - 1)) % n;
    }
    return true; // a box takes them all
}

bool WhatIfDesk::text(char32_t character, View& view)
{
    WhatIfLook& look = view.what_if;
    if (!what_if_ || (!look.typing && !look.adding))
        return false;
    if (look.text.size() < longest_text)
        append(look.text, character);
    if (look.adding)
        find(view);
    return true;
}

// ---------------------------------------------------------------- keys

/// A hundredth of the stretch for each step, or half an hour for an event.
void WhatIfDesk::nudge(double steps, View& view)
{
    const ControlId id = view.focus;
    const bool event = id.control == Control::event_switch;
    if (event && !what_if_->events().at(id.index).at)
        return;
    const std::size_t row = event ? *what_if_->events().at(id.index).at : id.index;
    const Lever& lever = what_if_->levers()[row];
    const double step =
        lever.moment ? nudge_hours : std::max(lever.step, (lever.high - lever.low) / 100);
    // Not snapped: from the baseline a small step must lead away.
    const double from =
        event ? what_if_->time_of(what_if_->events().at(id.index)) : what_if_->value(row);
    const double wanted = from + steps * step;
    what_if_->set(row, std::round(wanted / lever.step) * lever.step);
    what_if_->commit();
    draw_up(view);
}

bool WhatIfDesk::key(Key key, Mods mods, View& view)
{
    if (!what_if_)
        return false;
    if (view.what_if.typing || view.what_if.adding)
        return box_key(key, view);
    const bool on_lever =
        view.focus.control == Control::lever || view.focus.control == Control::event_switch;
    if (on_lever && !mods.ctrl && (key == Key::left || key == Key::right)) {
        nudge((key == Key::left ? -1 : 1) * (mods.shift ? 10 : 1), view);
        return true;
    }
    return false;
}

bool WhatIfDesk::act(const Binding& binding, View& view)
{
    if (!what_if_)
        return false;
    switch (binding.command) {
    case Command::undo:
        what_if_->undo();
        break;
    case Command::redo:
        what_if_->redo();
        break;
    case Command::reset:
        what_if_->reset();
        what_if_->commit();
        break;
    case Command::add_lever:
        open_box(false, view);
        return true;
    case Command::branch:
        if (from_)
            leaves_ = true;
        else
            message_ = "Stop a run in Playback, then branch off from there (E)";
        return true;
    case Command::light_run:
        light_next(binding.amount, view);
        return true;
    case Command::watch_run:
        watch(view);
        return true;
    case Command::compare_runs:
        compare(view);
        return true;
    case Command::save_scenario:
        save();
        return true;
    default:
        return false;
    }
    draw_up(view);
    return true;
}

bool WhatIfDesk::escape(View& view)
{
    if (!what_if_)
        return false;
    if (!view.what_if.run)
        return leaves_ = from_.has_value();
    view.what_if.run.reset();
    draw_up(view);
    return true;
}

bool WhatIfDesk::activate(ControlId id, View& view)
{
    if (!what_if_)
        return false;
    switch (id.control) {
    case Control::lever:
    case Control::lever_value:
        begin_typing(id.index, view);
        return true;
    case Control::put_away:
        what_if_->put_away(id.index);
        what_if_->commit();
        draw_up(view);
        return true;
    case Control::add_lever:
        open_box(false, view);
        return true;
    case Control::add_event:
        open_box(true, view);
        return true;
    case Control::whole_run:
        leaves_ = true;
        return true;
    case Control::lever_match:
        use_match(id.index, view);
        return true;
    case Control::event_switch:
        toggle(id.index, view);
        return true;
    case Control::reset:
        return act({{}, Command::reset}, view);
    case Control::run_dot:
        view.what_if.run = id.index;
        watch(view);
        return true;
    case Control::light_kind:
        view.what_if.run = run_of_kind(id.index);
        if (!view.what_if.run)
            message_ = "No run failed";
        draw_up(view);
        return true;
    case Control::fan:
        if (view.what_if.run)
            watch(view);
        return true;
    case Control::watch_run:
        watch(view);
        return true;
    case Control::compare_now:
        compare(view);
        return true;
    case Control::save_scenario:
        save();
        return true;
    default:
        return false;
    }
}

// ---------------------------------------------------------------- to keep

/// `Trust in the board 73.5 %; without "Letter goes public"`
std::string WhatIfDesk::summary() const
{
    std::string words;
    const auto add = [&words](const std::string& more) {
        words += (words.empty() ? "" : "; ") + more;
    };
    const Scenario& scenario = what_if_->variants().file().scenario;
    for (const auto& [row, value] : what_if_->values()) {
        const Lever& lever = what_if_->levers()[row];
        if (!lever.flag)
            add(lever_name(lever, scenario) + " " + lever_value(lever, value, *story_));
    }
    for (const EventCard& event : sheet_.events)
        if (event.on != event.own_on)
            add((event.on ? "with \"" : "without \"") + event.headline + "\"");
    return words;
}

/// A file beside its base.
std::filesystem::path WhatIfDesk::write(const std::filesystem::path& base,
                                        const std::vector<io::PathValue>& changes) const
{
    const std::filesystem::path scenario(source_.file);
    const auto path = free_name(scenario.parent_path(),
                                scenario.stem().string() + (from_ ? "_branch" : "_what_if"));
    std::string words = summary();
    if (from_)
        words = "From " + sheet_.from_words + " on: " + words;
    io::write_whole(path, io::variant_yaml(base.filename().string(),
                                           what_if_->variants().file().scenario.title + ", what if",
                                           words, changes));
    return path;
}

/// A file beside the scenario, which it names as its base.
void WhatIfDesk::save()
{
    if (what_if_->values().empty()) {
        message_ = "Nothing is changed: there is nothing to save";
        return;
    }
    // A file holds one branch at most: what comes before it is a file of its own.
    std::vector<std::filesystem::path> written{source_.file};
    std::vector<io::PathValue> changes;
    for (const std::string& text : overrides_now()) {
        if (text.starts_with("branch=") && !changes.empty())
            written.push_back(write(written.back(), std::exchange(changes, {})));
        changes.push_back(split(text));
    }
    if (what_if_->variants().file().scenario.ensemble.seed != what_if_->seed())
        changes.emplace_back("ensemble.seed", std::to_string(what_if_->seed()));
    Scenario meant = what_if_->scenario();
    meant.ensemble.seed = what_if_->seed();
    written.push_back(write(written.back(), io::with_whole_lists(changes, meant)));
    // What was written must be what was meant, whatever stood in the scenario.
    auto lines = io::flatten(meant);
    std::erase_if(lines, [this](const auto& line) { return is_unwanted(line.first); });
    if (io::flatten(io::read_scenario(written.back().string()).scenario) != lines) {
        std::for_each(written.begin() + 1, written.end(),
                      [](const auto& path) { std::filesystem::remove(path); });
        message_ = "This change cannot be written as a file of its own";
        return;
    }
    message_ = "Saved " + written.back().string() + fingerprint_words();
}

/// What `walkout run` of the present values prints.
std::string WhatIfDesk::fingerprint_words() const
{
    const auto usual =
        static_cast<std::uint32_t>(what_if_->variants().file().scenario.ensemble.replicates);
    const std::uint32_t runs = std::min(usual, what_if_->runs());
    if (what_if_->behind() || what_if_->now().count < runs)
        return "";
    return fmt::format(": run it{} for fingerprint {:016x}",
                       runs < usual ? fmt::format(" with --replicates {}", runs) : "",
                       fingerprint_of(what_if_->now().job->results(runs)));
}

} // namespace walkout::render
