#pragma once

#include "render/story_clock.hpp"
#include "sim/core/trace.hpp"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace walkout::render {

/// What the picture shows of a person; a later one hides an earlier one.
enum class State : std::uint8_t { at_work, unsettled, signed_letter, gone, back };

inline constexpr std::size_t state_count = 5;

/// When a person reached each state; `never` if not. Who returned may leave later, and the other
/// way round; of two departures the later one counts.
struct Fate {
    Hours unsettled = never, signed_letter = never, gone = never, back = never;
    std::uint32_t rank = 0; ///< 1: the first to sign; 0: never
    bool came_back = false; ///< from outside, not from the ring

    State at(Hours time) const;
};

/// A sector of the amphitheatre: a department, or a team where there is only one department.
struct Block {
    std::string name = {};
    std::uint32_t department = 0;
    std::vector<AgentId> people = {}; ///< in seating order: leads first, then by a hash of the id
};

enum class FlagKind : std::uint8_t {
    script,     ///< an event of the scenario that is recorded
    assumption, ///< an event of the scenario that is not on record
    milestone,  ///< a share of signatures, the steepest hour
    director,   ///< gave way
    wavering,   ///< a director who holds is about to
    concession,
    settlement,
    exodus, ///< a share of staff gone
    end,
};

/// A moment worth a flag on the track and a caption.
struct Flag {
    Hours time = 0;
    FlagKind kind = FlagKind::script;
    std::string label = {};    ///< a few words
    std::string headline = {}; ///< one sentence, at most two lines of about 19 characters
    std::string detail = {};   ///< a second, smaller one; may be empty
    std::string source = {};
    double beat = 0;      ///< story seconds
    double precision = 0; ///< hours, +-
    int weight = 0;       ///< how much it wants to be on the track
    bool shown = true;    ///< on the track; else only in lists and captions

    bool of_script() const { return kind == FlagKind::script || kind == FlagKind::assumption; }
};

/// Numbers at one moment.
struct Tally {
    int unsettled = 0;     ///< at their seats now
    int signed_letter = 0; ///< names under the letter so far
    int gone = 0;          ///< outside now
    int back = 0;
};

/// A run, ready to be drawn: all that does not depend on the size of the window or on what somebody
/// looks at. Made once when a trace is opened.
class Story {
public:
    explicit Story(Trace trace);

    const Trace& trace() const { return trace_; }
    const StoryClock& clock() const { return clock_; }
    /// The side whose letter is shown: the leader's, or that against the leader if only that
    /// exists.
    Pole side() const { return side_; }
    std::uint32_t people() const { return trace_.organization->size(); }

    const Fate& fate(AgentId person) const { return fates_[person]; }
    const std::vector<Fate>& fates() const { return fates_; }
    const std::vector<Flag>& flags() const { return flags_; } ///< by time
    /// The flag whose caption stands at a story second: those of the track as they come, others
    /// where there is time to read them. None before the first.
    const Flag* caption(double second) const;
    const std::vector<Block>& blocks() const { return blocks_; }
    bool blocks_are_departments() const { return by_department_; }
    std::uint32_t block_of(AgentId person) const { return block_of_[person]; }

    Tally tally(Hours time) const; ///< a few binary searches
    Tally tally_of_block(std::size_t block, Hours time) const;
    const std::vector<Hours>& signings() const { return signings_; }     ///< rising
    const std::vector<Hours>& departures() const { return departures_; } ///< rising
    const std::vector<Hours>& unsettlings() const { return unsettlings_; }

    std::size_t directors() const { return trace_.directors.size(); }
    /// How firmly a director holds, 1 - pressure / (2 resolve left), in [0, 1]: 1 without any
    /// pressure, `yields_at` where the next review makes the director give way; 0 once it did.
    double hold(std::size_t director, Hours time) const;
    static constexpr double yields_at = 0.5;
    /// Resolve left and net pressure on it, as shares of the resolve at the start.
    struct Stand {
        double resolve = 1, pressure = 0;
    };
    Stand stand(std::size_t director, Hours time) const;
    bool gave_way(std::size_t director, Hours time) const;
    int holding(Hours time) const;               ///< directors who hold
    std::size_t breaks_needed(Hours time) const; ///< directors who must still give way

    Hours fired() const { return fired_; }          ///< first dismissal of the leader; `never`
    Hours settled() const { return settled_; }      ///< reinstatement of the leader; `never`
    Hours letter_opened() const { return opened_; } ///< `never`
    Hours offer_opened() const { return offer_; }   ///< first offer to leave for; `never`
    std::vector<Hours> interims() const { return interims_; } ///< appointments of interim leaders

    std::string id(AgentId person) const;    ///< `Infrastructure-41`, or the id of the table
    std::string role(AgentId person) const;  ///< `Team lead`
    std::string place(AgentId person) const; ///< department, team
    std::string director_letter(std::size_t director) const; ///< unique initial

    std::string day(Hours time) const;        ///< `Mon 20 Nov`
    std::string weekday(Hours time) const;    ///< `Mon`
    std::string clock_text(Hours time) const; ///< `05:56`
    double hour_of_day(Hours time) const;     ///< local, [0, 24)
    std::string zone() const;                 ///< `UTC-08:00`
    /// Hours since the start of what people type: `mon 5:48`, `monday`, `05:48` (of the day of
    /// `near`), `65h`, `h 64.5`, `+2h`, `-30min` (from `near`), `2023-11-20 05:48`; none if
    /// nonsense.
    std::optional<Hours> parse_time(std::string_view text, Hours near) const;

private:
    /// Rising moments of one kind.
    struct Moments {
        std::vector<Hours> unsettled, calmed, signed_letter, gone, home, back, left_again;
    };
    /// A flag and the story second from which its caption stands.
    struct Captioned {
        double second = 0;
        std::size_t flag = 0;
    };

    void read_fates();
    void read_events();
    void read_blocks();
    void count_moments();
    void number_people();
    void make_clock();
    void make_captions();
    static Tally tally_of(const Moments& moments, Hours time);

    Trace trace_;
    StoryClock clock_;
    Pole side_ = Pole::plus;
    std::vector<Fate> fates_;
    std::vector<Flag> flags_;
    std::vector<Captioned> captions_; ///< by second
    std::vector<Block> blocks_;
    bool by_department_ = false;
    std::vector<std::uint32_t> block_of_;
    std::vector<std::uint32_t> number_; ///< of a person within the department, from 1
    Moments all_;
    std::vector<Moments> of_block_;
    std::vector<Hours> signings_, departures_, unsettlings_;
    std::vector<std::string> initials_;
    Hours fired_ = never, settled_ = never, opened_ = never, offer_ = never;
    std::vector<Hours> interims_;
};

/// What the script and the run make worth a flag, by time; all of them shown (story_flags.cpp).
std::vector<Flag> flags_of(const Story& story);

/// Leave on the track the flags that matter most and do not hide each other.
void choose_shown(std::vector<Flag>& flags, const StoryClock& clock);

/// Numbers as captions want them: `six`; above twelve `1,250`.
std::string in_words(std::size_t number);

/// `the dismissed CEO` -> `CEO`; `leader` when there is no role.
std::string title_of(std::string_view role);

} // namespace walkout::render
