#include "render/story.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cmath>

namespace walkout::render {

namespace {

// Story seconds for which the clock stands still.
constexpr double firing_beat = 4.2, return_beat = 7.5, concession_beat = 2.6, offer_beat = 1.8,
                 break_beat = 1.6, interim_beat = 1.2;

constexpr std::size_t flags_on_track = 14;
// Nearer than this on the track, as a share of it, flags hide each other: those that must be seen,
// those that should, and those that only fill a gap.
constexpr double room_for_heavy = 0.003, room_for_notable = 0.012, room_for_filler = 0.035;
constexpr int notable = 3;
constexpr int heavy = 4;

// Two moments of a trace closer than this, in hours, are the same.
constexpr Hours trace_moment = 1e-6;
// Before the end is told: a pause, as a share of what happened since the dismissal.
constexpr double calm = 0.03;

constexpr std::size_t caption_line = 19; // characters

std::string sentence(std::string text)
{
    if (!text.empty() && text.back() != '.' && text.back() != '?' && text.back() != '!')
        text += '.';
    return text;
}

std::string capital(std::string text)
{
    if (!text.empty())
        text.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(text.front())));
    return text;
}

/// Characters of a UTF-8 text.
std::size_t length_of(std::string_view text)
{
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// Whether a text breaks into two lines of a caption.
bool fits_caption(std::string_view text)
{
    std::size_t lines = 1, used = 0;
    while (!text.empty()) {
        const std::string_view word = text.substr(0, text.find(' '));
        text.remove_prefix(std::min(text.size(), word.size() + 1));
        const std::size_t length = length_of(word);
        if (length > caption_line)
            return false;
        if (used > 0 && used + 1 + length > caption_line) {
            ++lines;
            used = 0;
        }
        used += length + (used > 0 ? 1 : 0);
    }
    return lines <= 2;
}

/// A director as the subject of a sentence: `The chair`, `Director A`, `Union 2`.
std::string subject_of(std::string name)
{
    std::ranges::replace(name, '_', ' ');
    const std::string_view last = std::string_view(name).substr(name.rfind(' ') + 1);
    const bool numbered = last.size() == 1 || std::ranges::all_of(last, [](unsigned char c) {
                              return std::isdigit(c) != 0;
                          });
    const bool acronym = name.size() > 1 && std::isupper(static_cast<unsigned char>(name[1])) != 0;
    if (numbered)
        return capital(name);
    if (!acronym && !name.empty())
        name.front() = static_cast<char>(std::tolower(static_cast<unsigned char>(name.front())));
    return "The " + name;
}

template <class Wanted> bool has(const TraceEvent& event)
{
    return std::ranges::any_of(
        event.effects, [](const Effect& effect) { return std::holds_alternative<Wanted>(effect); });
}

bool opens_offer(const TraceEvent& event)
{
    return has<Offer>(event) || has<Package>(event);
}

double beat_of(const TraceEvent& event, const Story& story)
{
    if (has<Reinstate>(event))
        return return_beat;
    if (has<Dismiss>(event))
        return event.time <= story.fired() ? firing_beat : break_beat;
    if (opens_offer(event) && event.time <= story.offer_opened())
        return offer_beat;
    if (has<Concede>(event))
        return break_beat;
    return has<Appoint>(event) ? interim_beat : 0;
}

/// How much an event of the script wants to be on the track.
int weight_of(const TraceEvent& event)
{
    if (has<Dismiss>(event) || has<Reinstate>(event) || has<Petition>(event) || opens_offer(event))
        return heavy;
    if (has<Broadcast>(event) || has<Deadline>(event) || has<Appoint>(event) || has<Concede>(event))
        return notable;
    return event.effects.empty() ? 1 : 2;
}

std::string first_signer(const Story& story)
{
    const auto first = std::ranges::find(story.fates(), 1U, &Fate::rank);
    if (first == story.fates().end() || story.blocks().size() < 2)
        return {};
    const auto person = static_cast<AgentId>(first - story.fates().begin());
    return fmt::format("First signer: {}.", story.blocks()[story.block_of(person)].name);
}

Flag flag_of(const TraceEvent& event, const Story& story)
{
    Flag flag;
    flag.time = event.time;
    flag.kind = event.kind == "recorded" ? FlagKind::script : FlagKind::assumption;
    flag.label = event.headline;
    flag.headline = sentence(event.headline);
    flag.detail = event.caption;
    if (!event.caption.empty() && fits_caption(event.caption)) {
        flag.headline = sentence(event.caption);
        flag.detail = has<Petition>(event) ? first_signer(story) : "";
    }
    flag.source = event.source;
    flag.precision = event.precision;
    flag.beat = beat_of(event, story);
    flag.weight = weight_of(event);
    return flag;
}

/// Everything this run made happen.
class RunFlags {
public:
    explicit RunFlags(const Story& story) : story_(story), trace_(story.trace()) {}

    std::vector<Flag> all()
    {
        shares_signed();
        steepest_hour();
        directors();
        wavering();
        board();
        shares_gone();
        ending();
        return std::move(found_);
    }

private:
    void add(Flag flag)
    {
        if (flag.time < never)
            found_.push_back(std::move(flag));
    }

    /// Whether an event of the script, which has a flag of its own, did this.
    template <class Cause> bool scripted(Hours time) const
    {
        return std::ranges::any_of(trace_.events, [&](const TraceEvent& event) {
            return has<Cause>(event) && std::abs(event.time - time) < trace_moment;
        });
    }

    /// Moment at which a share of all people is reached in a rising list.
    Hours reached(const std::vector<Hours>& rising, double share) const
    {
        const auto needed =
            static_cast<std::size_t>(std::max(1.0, std::ceil(share * story_.people() - 1e-9)));
        return rising.size() < needed ? never : rising[needed - 1];
    }

    void shares_signed()
    {
        for (const int percent : {10, 50, 90}) {
            const Hours time = reached(story_.signings(), percent / 100.0);
            if (time == never)
                continue;
            add({.time = time,
                 .kind = FlagKind::milestone,
                 .label = fmt::format("{} % signed", percent),
                 .headline = fmt::format("{} % have signed.", percent),
                 .detail = extremes(time),

                 .weight = percent == 90   ? heavy
                           : percent == 50 ? 2
                                           : 1});
        }
    }

    /// The blocks with the largest and the smallest share of signatures.
    std::string extremes(Hours time) const
    {
        const std::vector<Block>& blocks = story_.blocks();
        if (blocks.size() < 2)
            return {};
        std::vector<double> share(blocks.size());
        for (std::size_t b = 0; b < blocks.size(); ++b)
            share[b] = story_.tally_of_block(b, time).signed_letter /
                       static_cast<double>(std::max<std::size_t>(1, blocks[b].people.size()));
        const auto [last, first] = std::ranges::minmax_element(share);
        return fmt::format("Fastest {}; last {}.", name_of(first - share.begin()),
                           name_of(last - share.begin()));
    }

    std::string name_of(std::ptrdiff_t block) const
    {
        return story_.blocks()[static_cast<std::size_t>(block)].name;
    }

    void steepest_hour()
    {
        const auto& times = story_.signings();
        std::size_t most = 0, from = 0, low = 0;
        for (std::size_t high = 0; high < times.size(); ++high) {
            while (times[high] - times[low] > 1)
                ++low;
            if (high - low + 1 > most) {
                most = high - low + 1;
                from = low;
            }
        }
        if (most == 0 || most * 10 < story_.people())
            return;
        add({.time = times[from + most / 2],
             .kind = FlagKind::milestone,
             .label = "Steepest hour",
             .headline = story_.blocks().size() > 1 ? "The letter spreads team by team."
                                                    : "The letter spreads.",
             .detail = fmt::format("{} sign in one hour.", capital(in_words(most))),
             .weight = 1});
    }

    void directors()
    {
        for (std::size_t d = 0; d < trace_.directors.size(); ++d) {
            const Hours time = trace_.conceded[d];
            if (!(time < trace_.board_conceded) || scripted<Concede>(time))
                continue; // the one that decides is told with the concession
            std::string label = trace_.directors[d];
            std::ranges::replace(label, '_', ' ');
            add({.time = time,
                 .kind = FlagKind::director,
                 .label = capital(label) + " breaks",
                 .headline = subject_of(trace_.directors[d]) + " breaks with the board.",
                 .detail = standing(time),
                 .beat = break_beat,
                 .weight = notable});
        }
    }

    std::string standing(Hours time) const
    {
        if (trace_.directors.size() == 1)
            return "One person decides.";
        const auto hold = static_cast<std::size_t>(story_.holding(time));
        const std::size_t needed = story_.breaks_needed(time);
        const std::string holders =
            capital(in_words(hold)) + (hold == 1 ? " director holds." : " directors hold.");
        return needed == 1
                   ? holders + " One more break ends it."
                   : fmt::format("{} {} more must give way.", holders, capital(in_words(needed)));
    }

    void wavering()
    {
        for (const Hours time : trace_.board_times) {
            if (time < story_.letter_opened())
                continue;
            if (time >= trace_.board_conceded)
                return;
            for (std::size_t d = 0; d < trace_.directors.size(); ++d)
                if (!story_.gave_way(d, time) && story_.hold(d, time) < Story::yields_at) {
                    add({.time = time,
                         .kind = FlagKind::wavering,
                         .label = "Board wavers",
                         .headline = "The board wavers.",
                         .detail = standing(time),
                         .weight = 2});
                    return;
                }
        }
    }

    std::string leader() const { return title_of(trace_.leader_roles[index_of(Pole::plus)]); }

    void board()
    {
        if (!scripted<Concede>(trace_.board_conceded))
            add({.time = trace_.board_conceded,
                 .kind = FlagKind::concession,
                 .label = "Board concedes",
                 .headline = "The board concedes.",
                 .beat = concession_beat,
                 .weight = heavy});
        if (scripted<Reinstate>(trace_.settled))
            return;
        if (trace_.conceded_to == Pole::plus)
            add({.time = trace_.settled,
                 .kind = FlagKind::settlement,
                 .label =
                     capital(leader()) + (story_.fired() < never ? " reinstated" : " prevails"),
                 .headline = fmt::format("The {} {}.", leader(),
                                         story_.fired() < never ? "is back" : "prevails"),
                 .detail = "Staff return to their seats, team by team.",
                 .beat = return_beat,
                 .weight = heavy + 1});
        else
            add({.time = trace_.settled,
                 .kind = FlagKind::settlement,
                 .label = "Settlement",
                 .headline = "The dispute is settled.",
                 .detail = fmt::format("The {} does not prevail.", leader()),
                 .beat = return_beat,
                 .weight = heavy + 1});
    }

    void shares_gone()
    {
        for (const int percent : {10, 50}) {
            const Hours time = reached(story_.departures(), percent / 100.0);
            if (time == never)
                continue;
            const auto gone = static_cast<std::size_t>(story_.tally(time).gone);
            add({.time = time,
                 .kind = FlagKind::exodus,
                 .label = percent == 10 ? "First wave leaves" : "Half have left",
                 .headline = percent == 50                   ? "Half of the staff have left."
                             : trace_.board_conceded <= time ? "People leave."
                                                             : "The board holds. People leave.",
                 .detail = fmt::format("{} have gone.", capital(in_words(gone))),
                 .weight = heavy});
        }
    }

    /// The leader never came back: told when all has calmed down.
    void ending()
    {
        if (story_.settled() < never || story_.fired() == never)
            return;
        Hours last = story_.fired();
        for (const auto* list : {&story_.signings(), &story_.departures()})
            if (!list->empty())
                last = std::max(last, (*list)[(list->size() - 1) * 99 / 100]);
        for (const Flag& flag : found_)
            last = std::max(last, flag.time);
        const Hours time = std::min(trace_.horizon, last + calm * (last - story_.fired()));
        const Tally tally = story_.tally(time);
        add({.time = time,
             .kind = FlagKind::end,
             .label = capital(leader()) + " stays out",
             .headline = fmt::format("Day {}: the {} stays out.",
                                     static_cast<int>((time - story_.fired()) / 24) + 1, leader()),
             .detail = capital(fmt::format("{} signed, {} gone.",
                                           in_words(static_cast<std::size_t>(tally.signed_letter)),
                                           in_words(static_cast<std::size_t>(tally.gone)))),
             .weight = heavy});
    }

    const Story& story_;
    const Trace& trace_;
    std::vector<Flag> found_;
};

} // namespace

std::vector<Flag> flags_of(const Story& story)
{
    std::vector<Flag> flags;
    for (const TraceEvent& event : story.trace().events)
        flags.push_back(flag_of(event, story));
    for (Flag& flag : RunFlags(story).all())
        flags.push_back(std::move(flag));
    std::ranges::stable_sort(flags, {}, &Flag::time);
    return flags;
}

void choose_shown(std::vector<Flag>& flags, const StoryClock& clock)
{
    std::vector<double> taken; // story seconds, as shares of all
    const auto place = [&](const Flag& flag) { return clock.second(flag.time) / clock.length(); };
    const auto room = [&](const Flag& flag) {
        double least = 1;
        for (const double other : taken)
            least = std::min(least, std::abs(other - place(flag)));
        return least;
    };
    const auto show = [&](Flag& flag) {
        flag.shown = true;
        taken.push_back(place(flag));
    };
    for (Flag& flag : flags)
        flag.shown = false;

    std::vector<Flag*> order;
    for (Flag& flag : flags)
        if (flag.weight >= notable)
            order.push_back(&flag);
    std::ranges::stable_sort(order, std::greater{}, [](const Flag* flag) { return flag->weight; });
    for (Flag* flag : order)
        if (taken.size() < flags_on_track &&
            room(*flag) > (flag->weight >= heavy ? room_for_heavy : room_for_notable))
            show(*flag);

    // Others where the track is empty: each into the widest gap, what has effects at half of it.
    while (taken.size() < flags_on_track) {
        Flag* best = nullptr;
        for (Flag& flag : flags)
            if (!flag.shown && room(flag) > room_for_filler &&
                (best == nullptr || room(flag) * flag.weight > room(*best) * best->weight))
                best = &flag;
        if (best == nullptr)
            return;
        show(*best);
    }
}

} // namespace walkout::render
