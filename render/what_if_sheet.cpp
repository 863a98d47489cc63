#include "render/what_if_sheet.hpp"

#include "render/chart_kit.hpp"
#include "render/compared.hpp"
#include "render/lever_words.hpp"
#include "sim/study/fan.hpp"
#include "sim/study/measure_text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace walkout::render {

namespace {

constexpr std::size_t moments = 110;
constexpr std::size_t samples_shown = 8;
constexpr double split_gap = 0.25; ///< of all people
constexpr std::array shares{0.95, 0.8, 0.5};
constexpr Hours before_letter = 4, after_letter = 32;
constexpr Hours before_branch = 8;
constexpr Hours after_concession = 18, least_board = 48;
constexpr Hours snap = 4;

/// Worst for the leader last.
constexpr std::array outcome_order{Outcome::returned,        Outcome::partial,
                                   Outcome::failed_petition, Outcome::no_petition,
                                   Outcome::standoff,        Outcome::mass_exit};

using Lines = std::vector<std::vector<double>>; ///< [run][moment]

std::vector<Hours> even_times(Hours from, Hours to)
{
    std::vector<Hours> times;
    for (std::size_t k = 0; k < moments; ++k)
        times.push_back(from + (to - from) * static_cast<double>(k) / (moments - 1));
    return times;
}

std::vector<const EnsembleMember*> good_members(const Futures& futures)
{
    std::vector<const EnsembleMember*> good;
    for (std::uint32_t k = 0; k < futures.count; ++k)
        if (futures[k].result.error.empty())
            good.push_back(&futures[k]);
    return good;
}

/// Some runs spread evenly over where they end.
std::vector<std::vector<double>> samples_of(Lines lines)
{
    std::ranges::stable_sort(lines, {}, [](const auto& line) { return line.back(); });
    const std::size_t count = std::min(samples_shown, lines.size());
    std::vector<std::vector<double>> samples;
    for (std::size_t k = 0; k < count; ++k)
        samples.push_back(lines[(2 * k + 1) * lines.size() / (2 * count)]);
    return samples;
}

Fan fan_of(const Lines& lines)
{
    Fan fan{.runs = lines.size()};
    if (lines.empty())
        return fan;
    for (std::size_t t = 0; t < lines.front().size(); ++t) {
        std::vector<double> rising;
        for (const auto& line : lines)
            rising.push_back(line[t]);
        std::ranges::sort(rising);
        for (std::size_t k = 0; k < shares.size(); ++k)
            fan.bands[k].push_back(band_of(rising, shares[k]));
        fan.median.push_back(quantile(std::move(rising), 0.5));
    }
    fan.samples = samples_of(lines);
    return fan;
}

/// `70 in 100 runs tip`: two sorts of runs need words.
std::string words_of(const Fan& fan, std::size_t runs, bool letter)
{
    const double share = static_cast<double>(fan.runs) / static_cast<double>(runs);
    const std::string_view what = letter ? (fan.rises ? "runs tip" : "fizzle")
                                         : (fan.rises ? "runs empty out" : "hold together");
    return fmt::format("{:.0f} in 100 {}", 100 * share, what);
}

/// Fans of a number, one for each sort of runs.
std::vector<Fan> fans_of(const Lines& lines, const std::vector<bool>& upper, bool letter)
{
    Lines above, below;
    for (std::size_t k = 0; k < lines.size(); ++k)
        (upper[k] ? above : below).push_back(lines[k]);
    std::vector<Fan> fans;
    for (const bool rises : {true, false}) {
        const Lines& part = rises ? above : below;
        if (part.empty())
            continue;
        fans.push_back(fan_of(part));
        fans.back().rises = rises;
        if (!above.empty() && !below.empty())
            fans.back().words = words_of(fans.back(), lines.size(), letter);
    }
    return fans;
}

std::vector<double> ends_of(const Lines& lines)
{
    std::vector<double> ends;
    for (const auto& line : lines)
        ends.push_back(line.back());
    return ends;
}

std::vector<bool> upper_runs(const std::vector<double>& ends, double gap)
{
    const auto split = split_of(ends, gap);
    std::vector<bool> upper;
    for (const double end : ends)
        upper.push_back(!split || end > split->at);
    return upper;
}

Lines lines_of(const std::vector<const EnsembleMember*>& members, const std::vector<Hours>& times,
               auto number)
{
    Lines lines;
    for (const EnsembleMember* member : members) {
        lines.emplace_back();
        for (const Hours time : times)
            lines.back().push_back(static_cast<double>(number(*member, time)));
    }
    return lines;
}

/// Whether somebody has lost an office and can be back in it.
bool about_office(const Story& story)
{
    return story.fired() < never;
}

/// @param leader  empty: nobody's office is at stake
std::string outcome_words(Outcome outcome, const std::string& leader)
{
    switch (outcome) {
    case Outcome::returned:
        return leader.empty() ? "settled in their favor" : leader + " reinstated";
    case Outcome::mass_exit:
        return "mass exit";
    case Outcome::standoff:
        return "board holds out";
    case Outcome::partial:
        return "letter stalls half-way";
    case Outcome::failed_petition:
        return "letter fizzles";
    case Outcome::no_petition:
        return "no letter at all";
    }
    return {};
}

std::array<std::size_t, outcome_names.size()> count_outcomes(const Futures& futures)
{
    std::array<std::size_t, outcome_names.size()> count{};
    for (const EnsembleMember* member : good_members(futures))
        ++count[static_cast<std::size_t>(member->result.outcome)];
    return count;
}

/// Places of low, middle and high of the middle 80 % on an axis up to `most`; what never came
/// stands at its end.
struct Places {
    double low, middle, high;
};

Places places_of(std::vector<double> values, double most)
{
    const auto place = [&](double p) {
        const double value = quantile(values, p);
        return value < never ? std::clamp(value / most, 0.0, 1.0) : 1.0;
    };
    return {place(0.1), place(0.5), place(0.9)};
}

std::vector<double> values_of(const std::vector<const EnsembleMember*>& members,
                              double Measures::*measure)
{
    std::vector<double> values;
    for (const EnsembleMember* member : members)
        values.push_back(member->result.measures.*measure);
    return values;
}

double largest_finite(const std::vector<double>& values)
{
    double most = 0;
    for (const double value : values)
        if (value < never)
            most = std::max(most, value);
    return most;
}

} // namespace

SheetMaker::SheetMaker(std::shared_ptr<const Story> story)
    : story_(std::move(story)), letter_(story_->letter_opened() < never)
{
}

void SheetMaker::update(Sheet& sheet, const WhatIf& what_if, const WhatIfLook& look)
{
    sheet.from = what_if.branch() ? std::optional(what_if.branch()->at) : std::nullopt;
    list_levers(sheet, what_if);
    list_events(sheet, what_if);
    sheet.screened = what_if.screened();
    sheet.changed = !what_if.values().empty();
    sheet.can_undo = what_if.can_undo() || sheet.changed;
    sheet.can_redo = what_if.can_redo();
    sheet.behind = what_if.behind();
    sheet.runs = what_if.runs();
    sheet.seed = what_if.seed();
    if (own_ != what_if.baseline() || now_ != what_if.now())
        draw_up(sheet, what_if);
    sheet.names.lit.clear();
    sheet.majorities.lit.clear();
    if (look.run && *look.run < now_.count && now_[*look.run].result.error.empty()) {
        sheet.names.lit = line_of(now_[*look.run]);
        for (const Hours time : sheet.majorities.times)
            sheet.majorities.lit.push_back(now_[*look.run].majorities_at(time));
    }
    sheet.matches.clear();
    for (const std::uint32_t row : look.matches)
        sheet.matches.emplace_back(
            row, look.adding_event
                     ? what_if.events().at(row).headline
                     : lever_name(what_if.levers()[row], what_if.variants().file().scenario));
}

std::vector<double> SheetMaker::line_of(const EnsembleMember& member) const
{
    std::vector<double> line;
    for (const Hours time : even_times(from_, to_))
        line.push_back(letter_ ? member.result.names_at(time) : member.result.departures_at(time));
    return line;
}

void SheetMaker::list_levers(Sheet& sheet, const WhatIf& what_if) const
{
    sheet.levers.clear();
    const Scenario& scenario = what_if.variants().file().scenario;
    for (const std::size_t row : what_if.in_use()) {
        const Lever& lever = what_if.levers()[row];
        const double value = what_if.value(row);
        const double span = lever.high - lever.low;
        sheet.levers.push_back({.row = static_cast<std::uint32_t>(row),
                                .group = lever_group(lever),
                                .name = lever_name(lever, scenario),
                                .value = lever_value(lever, value, *story_),
                                .meaning = lever.meaning,
                                .path = lever.path,
                                .place = (value - lever.low) / span,
                                .own = (lever.baseline - lever.low) / span,
                                .changed = what_if.changed(row),
                                .scent = what_if.scent(row),
                                .scent_current = what_if.scent_is_current(row)});
    }
}

void SheetMaker::list_events(Sheet& sheet, const WhatIf& what_if) const
{
    sheet.events.clear();
    for (const EventSwitch& event : what_if.events()) {
        const Levers& levers = what_if.levers();
        EventCard card{.headline = event.headline,
                       .on = what_if.value(event.enabled) != 0,
                       .own_on = levers[event.enabled].baseline != 0};
        if (event.happened < never) {
            card = {.headline = event.headline, .past = true};
            card.time = story_->day(event.happened) + " " + story_->clock_text(event.happened);
        } else if (event.at) {
            card.time = lever_value(levers[*event.at], what_if.time_of(event), *story_);
            card.own_time = lever_value(levers[*event.at], levers[*event.at].baseline, *story_);
            card.moved = what_if.changed(*event.at);
        }
        card.shown = !event.added || card.on;
        sheet.events.push_back(std::move(card));
    }
}

/// Axes belong to the baseline, so that they stand still while levers move.
void SheetMaker::choose_times(const Futures& baseline, std::optional<Hours> from)
{
    const StoryClock& clock = story_->clock();
    const Hours horizon = story_->trace().horizon;
    const Hours midnight = -story_->hour_of_day(0);
    const auto snapped = [&](Hours time) {
        return midnight + snap * std::floor((time - midnight) / snap);
    };
    from_ =
        letter_ ? std::max(0.0, snapped(story_->letter_opened() - before_letter)) : clock.begin();
    to_ = letter_ ? std::min(horizon, snapped(story_->letter_opened() + after_letter)) : horizon;
    if (from) { // a piece of the past, and what can become of it
        from_ = std::max(0.0, snapped(*from - before_branch));
        const Hours last = letter_ ? std::max(*from, story_->letter_opened()) : horizon;
        to_ = std::min(horizon, snapped(last + after_letter));
    }
    std::vector<double> conceded;
    for (const EnsembleMember* member : good_members(baseline))
        conceded.push_back(member->board_conceded);
    std::ranges::sort(conceded);
    const Hours late = conceded.empty() ? never : band_of(conceded, 0.8).high;
    board_to_ = late < never
                    ? snapped(std::max(from_ + least_board, late + after_concession)) + snap
                    : horizon;
    board_to_ = std::min(horizon, board_to_);
}

void SheetMaker::draw_up(Sheet& sheet, const WhatIf& what_if)
{
    const bool new_baseline = own_ != what_if.baseline();
    own_ = what_if.baseline();
    now_ = what_if.now();
    if (new_baseline)
        choose_times(own_, sheet.from);
    sheet.letter = letter_;
    sheet.shown = now_.count;
    sheet.own_shown = own_.count;
    sheet.seconds = now_.job ? now_.job->seconds() : 0;
    sheet.leader = title_of(story_->trace().leader_roles[index_of(Pole::plus)]);
    sheet.question = about_office(*story_) ? "The " + sheet.leader + " comes back in"
                                           : "Settled in favor of the protest in";
    const auto members = good_members(now_);
    sheet.problem = now_.count > 0 && members.empty() ? now_[0].result.error : "";
    sheet.problem = sheet.problem.substr(0, sheet.problem.find('\n'));

    const auto count = [this](const EnsembleMember& member, Hours time) {
        return letter_ ? member.result.names_at(time) : member.result.departures_at(time);
    };
    const auto majorities = [](const EnsembleMember& member, Hours time) {
        return member.majorities_at(time);
    };
    const std::vector<Hours> times = even_times(from_, to_);
    const Organization& org = *story_->trace().organization;
    const bool departments = org.departments.size() > 1;
    sheet.groups = departments ? "Departments" : "Teams";
    sheet.names.times = sheet.majorities.times = times;
    sheet.names.most = story_->people();
    sheet.majorities.most =
        static_cast<double>(departments ? org.departments.size() : org.teams.size());
    const Lines lines = lines_of(members, times, count);
    sheet.names.ends = ends_of(lines);
    const std::vector<bool> upper =
        upper_runs(sheet.names.ends, split_gap * static_cast<double>(story_->people()));
    sheet.names.fans = fans_of(lines, upper, letter_);
    sheet.majorities.fans = fans_of(lines_of(members, times, majorities), upper, letter_);
    if (new_baseline) {
        sheet.names.own = fan_of(lines_of(good_members(own_), times, count));
        sheet.majorities.own = fan_of(lines_of(good_members(own_), times, majorities));
    }
    if (sheet.from)
        draw_up_branch(sheet, *sheet.from);
    draw_up_board(sheet, what_if);
    draw_up_answer(sheet, what_if);
    draw_up_measures(sheet, what_if);
}

/// The run that the branch leaves, as it went.
void SheetMaker::draw_up_branch(Sheet& sheet, Hours from) const
{
    sheet.from_words = story_->day(from) + " " + story_->clock_text(from);
    const std::vector<Hours>& moments_of = letter_ ? story_->signings() : story_->departures();
    sheet.names.run.clear();
    for (const Hours time : sheet.names.times)
        sheet.names.run.push_back(
            static_cast<double>(std::ranges::upper_bound(moments_of, time) - moments_of.begin()));
}

void SheetMaker::draw_up_board(Sheet& sheet, const WhatIf&) const
{
    sheet.board_times = even_times(from_, board_to_);
    const auto holds = [&](const Futures& futures) {
        const auto members = good_members(futures);
        std::vector<double> shares_of_runs;
        for (const Hours time : sheet.board_times) {
            const auto holding = std::ranges::count_if(members, [&](const EnsembleMember* member) {
                return member->board_conceded > time;
            });
            shares_of_runs.push_back(members.empty() ? 1
                                                     : static_cast<double>(holding) /
                                                           static_cast<double>(members.size()));
        }
        return shares_of_runs;
    };
    sheet.board_now = holds(now_);
    sheet.board_own = holds(own_);
}

void SheetMaker::draw_up_answer(Sheet& sheet, const WhatIf&) const
{
    const auto now = count_outcomes(now_), own = count_outcomes(own_);
    const std::size_t runs = std::accumulate(now.begin(), now.end(), std::size_t{0});
    const std::size_t own_runs = std::accumulate(own.begin(), own.end(), std::size_t{0});
    const auto share = [](std::size_t hits, std::size_t of) { return proportion(hits, of); };
    const auto returned = static_cast<std::size_t>(Outcome::returned);
    const Proportion chance = share(now[returned], runs);
    sheet.headline_share = in_runs(now[returned], runs);
    sheet.own_headline_share = in_runs(own[returned], own_runs);
    sheet.interval =
        fmt::format("95 %: {} to {}", walkout::percent(chance.low), walkout::percent(chance.high));
    sheet.outcomes.clear();
    sheet.dots.clear();
    for (const Outcome outcome : outcome_order) {
        const auto k = static_cast<std::size_t>(outcome);
        if (now[k] == 0 && own[k] == 0)
            continue;
        sheet.outcomes.push_back(
            {.outcome = outcome,
             .words = outcome_words(outcome, about_office(*story_) ? sheet.leader : ""),
             .runs = now[k],
             .share = walkout::percent(share(now[k], runs).share),
             .own_share = walkout::percent(share(own[k], own_runs).share)});
        for (std::uint32_t run = 0; run < now_.count; ++run)
            if (now_[run].result.error.empty() && now_[run].result.outcome == outcome)
                sheet.dots.push_back({run, outcome});
    }
}

void SheetMaker::draw_up_measures(Sheet& sheet, const WhatIf& what_if) const
{
    struct Shown {
        std::string_view name;
        std::string words;
    };
    const std::array shown{
        Shown{"peak_signed_share", "Signed at the peak"},
        Shown{"hours_to_half", "Hours to half the staff"},
        Shown{"hours_to_return", about_office(*story_)
                                     ? "Hours until the " + sheet.leader + " is back"
                                     : "Hours until it is settled"},
        Shown{"left_share", "Gone at the worst"}};
    sheet.measures.clear();
    const std::vector<Comparison> differences = what_if.differences();
    const auto now = good_members(now_), own = good_members(own_);
    if (differences.empty() || now.empty() || own.empty())
        return;
    const auto infos = measure_infos();
    for (std::size_t m = 0; m < infos.size(); ++m) {
        const auto row = std::ranges::find(shown, infos[m].name, &Shown::name);
        if (row == shown.end())
            continue;
        const Comparison& c = differences[m];
        const auto values = values_of(now, infos[m].value);
        const auto own_values = values_of(own, infos[m].value);
        const double most =
            infos[m].unit == "share"
                ? 1
                : std::max(1.0, 1.1 * std::max(largest_finite(values), largest_finite(own_values)));
        const Places here = places_of(values, most), there = places_of(own_values, most);
        sheet.measures.push_back({.words = row->words,
                                  .own = walkout::value_text(infos[m].unit, c.second.median),
                                  .now = walkout::value_text(infos[m].unit, c.first.median),
                                  .difference = interval_text(infos[m].unit, c.difference.mean,
                                                              c.difference.low, c.difference.high),
                                  .own_low = there.low,
                                  .own_middle = there.middle,
                                  .own_high = there.high,
                                  .now_low = here.low,
                                  .now_middle = here.middle,
                                  .now_high = here.high});
    }
}

} // namespace walkout::render
