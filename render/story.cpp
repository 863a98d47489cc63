#include "render/story.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <cmath>
#include <numeric>

namespace walkout::render {

namespace {

constexpr std::array<std::string_view, 7> weekdays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 5> roles{"Junior", "Employee", "Senior", "Team lead",
                                                "Head of department"};

// A calm before the first blow and a while after the last one, as shares of what lies between.
constexpr double lead_in = 0.035, lead_out = 0.07;

// A caption that is not of the track stands at least this long, story seconds.
constexpr double time_to_read = 4;

/// An order of people that has nothing to do with the run: splitmix64's finalizer of the id.
std::uint64_t shuffled(AgentId person)
{
    std::uint64_t x = (person + 1ULL) * 0x9e3779b97f4a7c15ULL;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
    return x ^ (x >> 31);
}

struct LocalTime {
    std::chrono::year_month_day date;
    unsigned weekday = 0; ///< 0: Sunday
    int minutes = 0;      ///< of the day, whole
};

LocalTime local_time(const Trace& trace, Hours time)
{
    const auto seconds = static_cast<std::int64_t>(std::floor(time * 3600 + 1e-6)) +
                         trace.start_utc + trace.utc_offset_minutes * std::int64_t{60};
    const std::chrono::sys_seconds at{std::chrono::seconds{seconds}};
    const auto day = std::chrono::floor<std::chrono::days>(at);
    return {std::chrono::year_month_day{day}, std::chrono::weekday{day}.c_encoding(),
            static_cast<int>(std::chrono::duration_cast<std::chrono::minutes>(at - day).count())};
}

/// One letter each, all different: the initial of a word, the last word first, else any letter.
std::vector<std::string> initials_of(const std::vector<std::string>& names)
{
    std::vector<std::string> result;
    std::string taken;
    for (const std::string& name : names) {
        std::string candidates;
        for (std::size_t i = name.size(); i-- > 0;)
            if (std::isalnum(static_cast<unsigned char>(name[i])) != 0 &&
                (i == 0 || std::isalnum(static_cast<unsigned char>(name[i - 1])) == 0))
                candidates += name[i];
        candidates += name + "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
        char letter = '?';
        for (const char c : candidates) {
            const auto upper = static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
            if (std::isalnum(static_cast<unsigned char>(upper)) != 0 &&
                taken.find(upper) == std::string::npos) {
                letter = upper;
                break;
            }
        }
        taken += letter;
        result.emplace_back(1, letter);
    }
    return result;
}

} // namespace

State Fate::at(Hours time) const
{
    const bool left = time >= gone, returned = time >= back;
    return returned && (!left || back >= gone) ? State::back
           : left                              ? State::gone
           : time >= signed_letter             ? State::signed_letter
           : time >= unsettled                 ? State::unsettled
                                               : State::at_work;
}

Story::Story(Trace trace) : trace_(std::move(trace))
{
    read_events();
    read_fates();
    read_blocks();
    count_moments();
    number_people();
    initials_ = initials_of(trace_.directors);
    flags_ = flags_of(*this);
    make_clock();
    choose_shown(flags_, clock_);
    make_clock(); // only flags that are shown slow it down
    make_captions();
}

void Story::read_events()
{
    std::array<Hours, 2> opened{never, never}; // by pole
    for (const TraceEvent& event : trace_.events)
        for (const Effect& effect : event.effects) {
            if (const auto* dismiss = std::get_if<Dismiss>(&effect);
                dismiss && dismiss->pole == Pole::plus)
                fired_ = std::min(fired_, event.time);
            if (const auto* reinstate = std::get_if<Reinstate>(&effect);
                reinstate && reinstate->pole == Pole::plus)
                settled_ = std::min(settled_, event.time);
            if (const auto* petition = std::get_if<Petition>(&effect)) {
                Hours& first = opened[index_of(petition->pole)];
                first = std::min(first, event.time);
            }
            if (std::holds_alternative<Offer>(effect) || std::holds_alternative<Package>(effect))
                offer_ = std::min(offer_, event.time);
            if (std::holds_alternative<Appoint>(effect))
                interims_.push_back(event.time);
        }
    const bool only_against =
        opened[index_of(Pole::plus)] == never && opened[index_of(Pole::minus)] < never;
    side_ = only_against ? Pole::minus : Pole::plus;
    opened_ = opened[index_of(side_)];
    if (trace_.conceded_to == Pole::plus)
        settled_ = std::min(settled_, trace_.settled);
}

void Story::read_fates()
{
    fates_.resize(people());
    std::uint32_t rank = 0;
    for (const Change& change : trace_.changes) {
        Fate& fate = fates_[change.person];
        if (change.to == Stance::posted && change.side == side_) {
            fate.unsettled = std::min(fate.unsettled, change.time);
        } else if (change.to == Stance::signed_letter && change.side == side_) {
            fate.signed_letter = change.time;
            fate.rank = ++rank;
        } else if (change.to == Stance::resigned) {
            fate.gone = change.time;
            fate.came_back = false;
        } else if (change.to == Stance::returned) {
            fate.back = change.time;
            fate.came_back = change.from == Stance::resigned;
        }
    }
    const auto collect = [&](Hours Fate::*moment) {
        std::vector<Hours> times;
        for (const Fate& fate : fates_)
            if (fate.*moment < never)
                times.push_back(fate.*moment);
        std::ranges::sort(times);
        return times;
    };
    signings_ = collect(&Fate::signed_letter);
    departures_ = collect(&Fate::gone);
    unsettlings_ = collect(&Fate::unsettled);
}

void Story::read_blocks()
{
    const Organization& org = *trace_.organization;
    by_department_ = org.departments.size() > 1;
    blocks_.resize(by_department_ ? org.departments.size() : org.teams.size());
    for (std::size_t b = 0; b < blocks_.size(); ++b) {
        blocks_[b].name = by_department_ ? org.departments[b].name : fmt::format("Team {}", b + 1);
        blocks_[b].department =
            by_department_ ? static_cast<std::uint32_t>(b) : org.teams[b].department;
    }
    block_of_.resize(people());
    for (AgentId person = 0; person < people(); ++person) {
        const std::uint32_t team = org.team[person];
        block_of_[person] = by_department_ ? org.teams[team].department : team;
        blocks_[block_of_[person]].people.push_back(person);
    }
    for (Block& block : blocks_)
        std::ranges::sort(block.people, [&](AgentId a, AgentId b) {
            if (org.level[a] != org.level[b])
                return org.level[a] > org.level[b];
            return std::pair{shuffled(a), a} < std::pair{shuffled(b), b};
        });
}

void Story::count_moments()
{
    of_block_.resize(blocks_.size());
    const auto note = [](Moments& moments, const Fate& fate) {
        const auto add = [](std::vector<Hours>& list, Hours time) {
            if (time < never)
                list.push_back(time);
        };
        const Hours next = std::min({fate.signed_letter, fate.gone, fate.back});
        if (fate.unsettled < next) {
            add(moments.unsettled, fate.unsettled);
            add(moments.calmed, next);
        }
        add(moments.signed_letter, fate.signed_letter);
        add(moments.gone, fate.gone);
        add(moments.home, fate.came_back ? fate.back : never);
        add(moments.back, fate.back);
        add(moments.left_again, fate.back < fate.gone ? fate.gone : never);
    };
    for (AgentId person = 0; person < people(); ++person) {
        note(all_, fates_[person]);
        note(of_block_[block_of_[person]], fates_[person]);
    }
    const auto sort = [](Moments& m) {
        for (auto* list :
             {&m.unsettled, &m.calmed, &m.signed_letter, &m.gone, &m.home, &m.back, &m.left_again})
            std::ranges::sort(*list);
    };
    sort(all_);
    std::ranges::for_each(of_block_, sort);
}

void Story::number_people()
{
    const Organization& org = *trace_.organization;
    std::vector<std::uint32_t> next(org.departments.size(), 0);
    number_.resize(people());
    for (AgentId person = 0; person < people(); ++person)
        number_[person] = ++next[org.teams[org.team[person]].department];
}

void Story::make_clock()
{
    std::vector<Hours> acts = signings_;
    acts.insert(acts.end(), departures_.begin(), departures_.end());
    std::ranges::sort(acts);

    std::vector<Hours> flagged;
    std::vector<Beat> beats;
    for (const Flag& flag : flags_) {
        if (flag.shown)
            flagged.push_back(flag.time);
        if (flag.shown && flag.beat > 0)
            beats.push_back({flag.time, flag.beat});
    }
    const Hours first = std::min({fired_, opened_, flagged.empty() ? 0 : flagged.front()});
    Hours last = flagged.empty() ? first : flagged.back();
    if (!acts.empty()) // the last of the crowd, not the last straggler
        last = std::max(last, acts[(acts.size() - 1) * 99 / 100]);
    const Hours span = std::max(last - first, 1.0);
    const Hours end = std::min(std::max(trace_.horizon, first + 1), last + lead_out * span);
    clock_ = StoryClock(first - lead_in * span, end, acts, people(), flagged, std::move(beats));
}

void Story::make_captions()
{
    const auto second = [&](std::size_t f) { return clock_.second(flags_[f].time); };
    double free = 0;                         // the last caption has been read
    double taken = never;                    // the next caption of the track
    std::vector<double> next(flags_.size()); // of the track, after each flag
    for (std::size_t f = flags_.size(); f-- > 0;) {
        next[f] = taken;
        if (flags_[f].shown)
            taken = second(f);
    }
    for (std::size_t f = 0; f < flags_.size(); ++f) {
        const Flag& flag = flags_[f];
        const double from = second(f);
        const bool inside = flag.time >= clock_.begin() && flag.time <= clock_.end();
        const bool room = from >= free && from + time_to_read <= next[f];
        if (!inside || !(flag.shown || room))
            continue;
        captions_.push_back({from, f});
        free = from + std::max(time_to_read, flag.beat);
    }
}

const Flag* Story::caption(double second) const
{
    const auto after = std::ranges::upper_bound(captions_, second, {}, &Captioned::second);
    return after == captions_.begin() ? nullptr : &flags_[std::prev(after)->flag];
}

Tally Story::tally_of(const Moments& m, Hours time)
{
    const auto so_far = [&](const std::vector<Hours>& rising) {
        return static_cast<int>(std::ranges::upper_bound(rising, time) - rising.begin());
    };
    return {.unsettled = so_far(m.unsettled) - so_far(m.calmed),
            .signed_letter = so_far(m.signed_letter),
            .gone = so_far(m.gone) - so_far(m.home),
            .back = so_far(m.back) - so_far(m.left_again)};
}

Tally Story::tally(Hours time) const
{
    return tally_of(all_, time);
}

Tally Story::tally_of_block(std::size_t block, Hours time) const
{
    return tally_of(of_block_[block], time);
}

// ---------------------------------------------------------------- the board

bool Story::gave_way(std::size_t director, Hours time) const
{
    return trace_.conceded[director] <= time;
}

Story::Stand Story::stand(std::size_t director, Hours time) const
{
    const auto& times = trace_.board_times;
    if (times.empty() || time < times.front())
        return {};
    const auto sample = [&](std::size_t row) { return trace_.board[row * directors() + director]; };
    const auto after =
        static_cast<std::size_t>(std::ranges::upper_bound(times, time) - times.begin());
    const std::size_t a = after - 1, b = std::min(after, times.size() - 1);
    const double part = b > a ? (time - times[a]) / (times[b] - times[a]) : 0.0;
    const auto between = [&](float DirectorSample::*value) {
        return std::lerp(static_cast<double>(sample(a).*value),
                         static_cast<double>(sample(b).*value), part);
    };
    const double start = std::max(1e-9, static_cast<double>(sample(0).resolve));
    return {std::clamp(between(&DirectorSample::resolve) / start, 0.0, 1.0),
            std::max(between(&DirectorSample::pressure) / start, 0.0)};
}

double Story::hold(std::size_t director, Hours time) const
{
    if (gave_way(director, time))
        return 0;
    const Stand s = stand(director, time);
    return s.resolve > 0 ? std::clamp(1 - s.pressure / (2 * s.resolve), 0.0, 1.0) : 0.0;
}

int Story::holding(Hours time) const
{
    int count = 0;
    for (std::size_t d = 0; d < directors(); ++d)
        count += gave_way(d, time) ? 0 : 1;
    return count;
}

std::size_t Story::breaks_needed(Hours time) const
{
    const auto broken = directors() - static_cast<std::size_t>(holding(time));
    return trace_.quorum > broken ? trace_.quorum - broken : 0;
}

std::string Story::director_letter(std::size_t director) const
{
    return initials_[director];
}

// ---------------------------------------------------------------- names

std::string Story::id(AgentId person) const
{
    if (person < trace_.ids.size() && !trace_.ids[person].empty())
        return trace_.ids[person];
    return fmt::format("{}-{}", trace_.organization->department_of(person).name, number_[person]);
}

std::string Story::role(AgentId person) const
{
    const std::size_t level = trace_.organization->level[person];
    return std::string(roles[std::min(level, roles.size() - 1)]);
}

std::string Story::place(AgentId person) const
{
    const Organization& org = *trace_.organization;
    const std::uint32_t team = org.team[person];
    const std::uint32_t department = org.teams[team].department;
    const auto number =
        1 + std::count_if(org.teams.begin(), org.teams.begin() + team,
                          [&](const Team& t) { return t.department == department; });
    return fmt::format("{}, team {}", org.departments[department].name, number);
}

std::string in_words(std::size_t number)
{
    static constexpr std::array<std::string_view, 13> words{
        "no",    "one",   "two",  "three", "four",   "five",  "six",
        "seven", "eight", "nine", "ten",   "eleven", "twelve"};
    if (number < words.size())
        return std::string(words[number]);
    std::string digits = std::to_string(number);
    for (std::size_t at = digits.size(); at > 3; at -= 3)
        digits.insert(at - 3, 1, ',');
    return digits;
}

std::string title_of(std::string_view role)
{
    for (const std::string_view word : {"the ", "The ", "dismissed ", "ousted ", "former "})
        if (role.starts_with(word))
            role.remove_prefix(word.size());
    return role.empty() ? "leader" : std::string(role);
}

// ---------------------------------------------------------------- time as people read it

std::string Story::day(Hours time) const
{
    const LocalTime t = local_time(trace_, time);
    return fmt::format("{} {} {}", weekdays[t.weekday], static_cast<unsigned>(t.date.day()),
                       months[static_cast<unsigned>(t.date.month()) - 1]);
}

std::string Story::weekday(Hours time) const
{
    return std::string(weekdays[local_time(trace_, time).weekday]);
}

std::string Story::clock_text(Hours time) const
{
    const int minutes = local_time(trace_, time).minutes;
    return fmt::format("{:02}:{:02}", minutes / 60, minutes % 60);
}

double Story::hour_of_day(Hours time) const
{
    const double start = static_cast<double>(trace_.start_utc) / 3600 +
                         static_cast<double>(trace_.utc_offset_minutes) / 60;
    const double hour = std::fmod(start + time, 24.0);
    return hour < 0 ? hour + 24 : hour;
}

std::string Story::zone() const
{
    const int offset = trace_.utc_offset_minutes;
    const int size = std::abs(offset);
    return offset == 0
               ? "UTC"
               : fmt::format("UTC{}{:02}:{:02}", offset < 0 ? '-' : '+', size / 60, size % 60);
}

namespace {

/// Reads a typed text from the left, blind to upper and lower case.
class Reader {
public:
    explicit Reader(std::string_view text)
    {
        for (const char c : text)
            text_ += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
        skip_spaces();
    }

    bool at_end() const { return at_ == text_.size(); }

    bool take(char wanted)
    {
        if (at_end() || text_[at_] != wanted)
            return false;
        ++at_;
        return true;
    }

    /// A whole number of at most six digits.
    std::optional<int> number()
    {
        int value = 0;
        std::size_t digits = 0;
        for (; digits < 6 && !at_end() && is_digit(text_[at_]); ++digits, ++at_)
            value = 10 * value + (text_[at_] - '0');
        return digits > 0 ? std::optional(value) : std::nullopt;
    }

    /// `64` or `64.5`.
    std::optional<double> decimal()
    {
        const auto whole = number();
        if (!whole || !take('.'))
            return whole;
        double value = *whole, place = 1;
        for (; !at_end() && is_digit(text_[at_]); ++at_)
            value += (text_[at_] - '0') * (place /= 10);
        return value;
    }

    std::string word()
    {
        const std::size_t from = at_;
        while (!at_end() && std::isalpha(static_cast<unsigned char>(text_[at_])) != 0)
            ++at_;
        return text_.substr(from, at_ - from);
    }

    void skip_spaces()
    {
        while (!at_end() && text_[at_] == ' ')
            ++at_;
    }

private:
    static bool is_digit(char c) { return c >= '0' && c <= '9'; }

    std::string text_;
    std::size_t at_ = 0;
};

/// The rest of the text: `5:48`, `05:48:22`; hours of the day.
std::optional<Hours> time_of_day(Reader in)
{
    const auto hour = in.number();
    if (!hour || *hour > 23 || !in.take(':'))
        return {};
    const auto minute = in.number();
    const auto second = in.take(':') ? in.number() : 0;
    in.skip_spaces();
    if (!minute || *minute > 59 || !second || *second > 59 || !in.at_end())
        return {};
    return *hour + *minute / 60.0 + *second / 3600.0;
}

/// The rest of the text: nothing, or a time of the day.
std::optional<Hours> optional_time_of_day(Reader in)
{
    in.skip_spaces();
    return in.at_end() ? std::optional<Hours>(0) : time_of_day(in);
}

/// `65h`, `h 65.5`, `+2h`, `-90min`: hours, and whether they count from now.
std::optional<std::pair<Hours, bool>> duration(Reader in)
{
    const bool back = in.take('-');
    const bool relative = in.take('+') || back;
    const bool unit_first = in.take('h');
    in.skip_spaces();
    const auto value = in.decimal();
    in.skip_spaces();
    const std::string unit = unit_first ? "h" : in.word();
    in.skip_spaces();
    if (!value || !in.at_end() || (unit != "h" && unit != "min"))
        return {};
    const Hours hours = unit == "min" ? *value / 60 : *value;
    return std::pair{back ? -hours : hours, relative};
}

/// `mon`, `monday 5:48`: day of the week, hours of the day.
std::optional<std::pair<unsigned, Hours>> weekday_time(Reader in)
{
    static constexpr std::array<std::string_view, 7> names{
        "sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"};
    const std::string word = in.word();
    const auto name = std::ranges::find_if(
        names, [&](std::string_view full) { return word.size() >= 3 && full.starts_with(word); });
    const auto hours = optional_time_of_day(in);
    if (name == names.end() || !hours)
        return {};
    return std::pair{static_cast<unsigned>(name - names.begin()), *hours};
}

/// `2023-11-20`, `2023-11-20T05:48`, with a space too: day, hours of the day.
std::optional<std::pair<std::chrono::sys_days, Hours>> date_time(Reader in)
{
    const auto year = in.number();
    const auto month = in.take('-') ? in.number() : std::nullopt;
    const auto day = in.take('-') ? in.number() : std::nullopt;
    if (!year || !month || !day)
        return {};
    const std::chrono::year_month_day date{std::chrono::year{*year},
                                           std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    const auto hours = in.take('t') ? time_of_day(in) : optional_time_of_day(in);
    if (!date.ok() || !hours)
        return {};
    return std::pair{std::chrono::sys_days{date}, *hours};
}

} // namespace

std::optional<Hours> Story::parse_time(std::string_view text, Hours near) const
{
    const Reader in(text);
    const auto midnight = [&](Hours time) { return time - hour_of_day(time); };
    if (const auto typed = duration(in))
        return typed->second ? near + typed->first : typed->first;
    if (const auto typed = time_of_day(in))
        return midnight(near) + *typed;
    if (const auto typed = date_time(in)) {
        const auto days = typed->first - std::chrono::sys_days{local_time(trace_, 0).date};
        return midnight(0) + 24.0 * static_cast<double>(days.count()) + typed->second;
    }
    if (const auto typed = weekday_time(in)) {
        // Of several such days within the story the one nearest to now.
        const Hours first = midnight(clock_.begin());
        const unsigned ahead = (typed->first + 7 - local_time(trace_, first + 12).weekday) % 7;
        Hours best = first + 24.0 * ahead + typed->second;
        for (Hours later = best + 168; later <= clock_.end(); later += 168)
            if (best < clock_.begin() || std::abs(later - near) < std::abs(best - near))
                best = later;
        return best;
    }
    return {};
}

} // namespace walkout::render
