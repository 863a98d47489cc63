#pragma once

/// What the tab "What if" shows, as plain words and numbers: from levers and ensembles to what is
/// drawn. The same values and runs give the same sheet, whatever happened before.

#include "render/story.hpp"
#include "render/view.hpp"
#include "sim/study/fan.hpp"
#include "sim/study/what_if.hpp"

#include <array>
#include <memory>
#include <string>
#include <vector>

namespace walkout::render {

/// A slider with what stands behind it.
struct LeverCard {
    std::uint32_t row = 0; ///< in the levers of the scenario
    std::string group = {}, name = {}, value = {};
    std::string meaning = {}; ///< one sentence
    std::string path = {};
    double place = 0, own = 0; ///< of value and baseline on the stretch, [0, 1]
    bool changed = false;
    Scent scent = {};
    bool scent_current = false;
};

struct EventCard {
    std::string headline = {};
    std::string time = {}, own_time = {}; ///< empty: it waits for something
    bool on = true, own_on = true;
    bool moved = false;
    bool past = false; ///< has happened before the branch, and stays
    bool shown = true; ///< false: waits in the box for events
};

/// One number over time and runs: stretches that hold 95, 80 and 50 % of runs, and their middle.
struct Fan {
    std::size_t runs = 0;
    std::array<std::vector<Band>, 3> bands = {};   ///< by moment
    std::vector<double> median = {};               ///< by moment
    std::vector<std::vector<double>> samples = {}; ///< some runs, by moment
    std::string words = {};                        ///< beside its end; empty: it is the only one
    bool rises = true;                             ///< the upper one of two, or the only one
};

/// Fans of one number, with the middle and 80 % of the baseline.
struct FanChart {
    std::vector<Hours> times = {};
    std::vector<Fan> fans = {};
    Fan own = {};
    std::vector<double> ends = {}; ///< at the last moment, by run
    std::vector<double> lit = {};  ///< of the run that is lit, by moment; empty: none
    std::vector<double> run = {};  ///< of the run that a branch leaves, as it went; empty: none
    double most = 1;               ///< that there can be
};

struct OutcomeCard {
    Outcome outcome = Outcome::returned;
    std::string words = {};
    std::size_t runs = 0;
    std::string share = {}, own_share = {};
};

/// A measure under both, on an axis of its own from 0 to 1.
struct MeasureCard {
    std::string words = {};
    std::string own = {}, now = {};
    std::string difference = {}; ///< the paired one, with its interval
    double own_low = 0, own_middle = 0, own_high = 0;
    double now_low = 0, now_middle = 0, now_high = 0;
};

struct DotCard {
    std::uint32_t replicate = 0;
    Outcome outcome = Outcome::returned;
};

struct Sheet {
    std::string unavailable = {};   ///< why there is nothing to ask; else empty
    std::string leader = {};        ///< `CEO`
    std::string question = {};      ///< `The CEO comes back in`
    std::optional<Hours> from = {}; ///< moment of a branch; none: whole runs
    bool leads_back = false;        ///< to whole runs
    std::string from_words = {};    ///< `Sun 19 Nov 18:40`
    std::string problem = {};       ///< why the present values give no runs
    std::vector<LeverCard> levers = {};
    std::vector<EventCard> events = {};
    double screened = 1; ///< how far the search for levers has come
    bool changed = false, can_undo = false, can_redo = false;

    bool letter = true; ///< signatures are counted; else people gone
    FanChart names = {}, majorities = {};
    std::string groups = {}; ///< what majorities are of: `Departments`, `Teams`
    std::vector<Hours> board_times = {};
    std::vector<double> board_now = {}, board_own = {}; ///< shares of runs in which it holds

    std::string headline_share = {}; ///< `60 of 100`
    std::string own_headline_share = {};
    std::string interval = {}; ///< of the share, in words
    std::vector<OutcomeCard> outcomes = {};
    std::vector<DotCard> dots = {}; ///< by outcome, then by replicate
    std::vector<MeasureCard> measures = {};
    std::uint32_t shown = 0, own_shown = 0, runs = 0;
    std::uint64_t seed = 0;
    double seconds = 0; ///< that all runs took; zero: not all there
    bool behind = false;
    /// Levers or events for the open box.
    std::vector<std::pair<std::uint32_t, std::string>> matches = {};
    std::string typed = {}; ///< of the lever being typed
};

/// Makes sheets; keeps what took long while the runs are the same.
class SheetMaker {
public:
    /// @param story  of a run of the baseline
    explicit SheetMaker(std::shared_ptr<const Story> story);

    void update(Sheet& sheet, const WhatIf& what_if, const WhatIfLook& look);

    /// Values of a run at the moments of the chart of signatures.
    std::vector<double> line_of(const EnsembleMember& member) const;

private:
    void list_levers(Sheet& sheet, const WhatIf& what_if) const;
    void list_events(Sheet& sheet, const WhatIf& what_if) const;
    void choose_times(const Futures& baseline, std::optional<Hours> from);
    void draw_up(Sheet& sheet, const WhatIf& what_if);
    void draw_up_board(Sheet& sheet, const WhatIf& what_if) const;
    void draw_up_branch(Sheet& sheet, Hours from) const;
    void draw_up_answer(Sheet& sheet, const WhatIf& what_if) const;
    void draw_up_measures(Sheet& sheet, const WhatIf& what_if) const;

    std::shared_ptr<const Story> story_;
    bool letter_ = true;
    Hours from_ = 0, to_ = 0, board_to_ = 0;
    Futures own_, now_; ///< what the sheet was drawn up from
};

} // namespace walkout::render
