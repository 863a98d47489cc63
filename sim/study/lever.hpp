#pragma once

#include "sim/io/variants.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace walkout {

/// A number of a scenario that somebody may move, with the stretch on which it moves.
struct Lever {
    std::string path = {};              ///< `people.trust_mean`; of several settings a pattern
    std::vector<std::size_t> rows = {}; ///< in `ScenarioVariants::settings()`
    bool factor = false; ///< the value multiplies what the scenario has, instead of replacing it
    io::Unit unit = io::Unit::none;
    bool moment = false;  ///< hours since the start, at which an event happens
    bool flag = false;    ///< a switch: 0 or 1
    bool passive = false; ///< only measures, tells, or is one of many that move together
    double low = 0, high = 1;
    double step = 0.01;       ///< between values that a pointer finds
    double baseline = 0;      ///< what the scenario has; 1 for a factor
    std::string meaning = {}; ///< one sentence

    /// The nearest value that a pointer finds: multiples of `step`, the ends, and the baseline,
    /// which pulls from a hundredth of the stretch away.
    double snapped(double value) const;

    /// What somebody typed, as the unit wants it. @return nothing when it is no value of the lever
    std::optional<double> read(std::string_view text) const;

    /// As a person would write it; a moment as a duration since the start.
    std::string text(double value) const;
};

/// Everything that somebody may change of a scenario, by its row, in the order of the grammar; what
/// moves several settings together stands behind the last of them.
///
/// Left out: seed and number of runs, which the ensembles share. Of a branch: what its past has
/// settled (the organization, the tick, the branch itself, events that have happened), and events
/// that are to come stay behind its moment.
class Levers {
public:
    /// @param happened  names of events of the past
    explicit Levers(const io::ScenarioVariants& variants,
                    const std::vector<std::string>& happened = {});

    std::size_t size() const { return levers_.size(); }
    const Lever& operator[](std::size_t row) const { return levers_[row]; }
    const std::vector<Lever>& all() const { return levers_; }

    /// The row of a path, or nothing.
    std::optional<std::size_t> find(std::string_view path) const;

    /// Rows of numbers that are likely to matter: neither switches nor passive.
    std::vector<std::size_t> candidates() const;

    /// Values by row, as the engine's settings. A single setting wins over one that moves it with
    /// others. The order does not matter.
    std::vector<io::Assignment> assignments(const std::map<std::size_t, double>& values) const;

    /// Whether values move who works where or who influences whom.
    bool move_organization(const std::map<std::size_t, double>& values) const;

private:
    void add_together(const io::ScenarioVariants& variants, const std::string& prefix,
                      const std::string& key, const std::string& meaning);

    std::vector<Lever> levers_;
    std::vector<double> own_;       ///< by setting
    std::vector<bool> whole_;       ///< by setting
    std::vector<io::Range> ranges_; ///< by setting
};

} // namespace walkout
