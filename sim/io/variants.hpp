#pragma once

#include "sim/io/describe.hpp"
#include "sim/io/parameter_reader.hpp"
#include "sim/io/scenario_file.hpp"

#include <span>
#include <string>
#include <vector>

namespace walkout::io {

/// A number or switch of one scenario that can be set; switches count as 0 and 1.
struct Setting {
    std::string path;
    Unit unit = Unit::none;
    Range range;
    bool whole = false;
    bool flag = false;
    double value = 0; ///< NaN or infinite: not given
    std::string meaning;
};

/// Write a setting's value as its field wants it, for `path=value` texts.
std::string text_of(const Setting& setting, double value);

/// One setting, by its row in `ScenarioVariants::settings()`, and its value in a variant.
struct Assignment {
    std::size_t setting = 0;
    double value = 0;
};

/// A scenario read once, from which many variants are made: each is what `read_scenario` would give
/// for the same `path=value` overrides, for the price of a copy.
class ScenarioVariants {
public:
    /// Read the scenario. @throws as `read_scenario`
    explicit ScenarioVariants(const std::string& path,
                              const std::vector<std::string>& overrides = {});

    const ScenarioFile& file() const { return file_; }

    /// All numbers and switches, in the order of the grammar.
    const std::vector<Setting>& settings() const { return settings_; }

    /// The row of a path, or nothing.
    std::optional<std::size_t> find(std::string_view path) const;

    /// The scenario with some settings changed; without texts that no run reads (captions, sources,
    /// the record). May be called from many threads.
    ///
    /// @param assignments  by rising `setting`
    /// @throws InputError when the values do not fit together; each must be in its own range
    Scenario with(std::span<const Assignment> assignments) const;

    /// The same with all texts, for a run that people look at. The run is the same.
    Scenario whole_with(std::span<const Assignment> assignments) const;

private:
    Scenario changed(Scenario scenario, std::span<const Assignment> assignments) const;

    ScenarioFile file_;
    Scenario lean_; ///< what a run reads of it
    std::vector<Setting> settings_;
    std::vector<std::size_t> ordinals_; ///< by row: which of all numbers of the grammar it is
    std::vector<bool> joint_;           ///< by row: other keys bear on whether a value is right
};

} // namespace walkout::io
