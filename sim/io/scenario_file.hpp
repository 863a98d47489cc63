#pragma once

#include "sim/core/scenario.hpp"
#include "sim/io/problems.hpp"
#include "sim/io/quantity.hpp"

#include <memory>
#include <string>
#include <vector>

namespace walkout::io {

class Places;

/// What a file says of a number's standing.
struct Origin {
    std::string path;   ///< `mechanisms.review.voice_rate`
    std::string kind;   ///< recorded | coded | fitted | assumed
    std::string source; ///< where it comes from; empty: not told
};

/// A scenario with the story of its numbers.
struct ScenarioFile {
    Scenario scenario;
    std::vector<Origin> origins;     ///< one per number given in the file, its bases or overrides
    std::vector<std::string> inputs; ///< every file read, nearest first, for provenance
    std::shared_ptr<const Places> places = {};     ///< where each value stands
    std::shared_ptr<const ScenarioFile> past = {}; ///< of a branch: the scenario whose run it is
};

/// Read a scenario file, its bases and the tables it names; `path` "-" is standard input.
///
/// @param overrides  texts `path=value` as given to `--set`, later ones win. The first one of
/// `branch` makes a branch of all that was said before it; a whole `branch={at: 38h}` always does.
/// @throws InputError listing every mistake with its place; LimitError when it is too large
ScenarioFile read_scenario(const std::string& path, const std::vector<std::string>& overrides = {});

/// The same for a text at hand. `name` is what messages call it, its stem the scenario's name;
/// files named in the text are relative to `folder`.
ScenarioFile parse_scenario(const std::string& yaml, const std::string& name,
                            const std::string& folder,
                            const std::vector<std::string>& overrides = {});

/// The complete scenario as YAML: all defaults and overrides, no `base`. Read in the same folder it
/// gives the identical scenario (apart from its name and bases) and the same standing of numbers.
std::string resolve(const ScenarioFile& file);

/// One number that can be set, at its place in a given scenario.
struct Parameter {
    std::string path;
    Unit unit = Unit::none; ///< `name_of(unit)` is what people call it
    double low = 0;         ///< in the unit of `value`
    double high = 0;        ///< infinite: no bound
    bool whole = false;     ///< takes whole numbers only
    double value = 0;       ///< durations in hours, rates per hour, shares as fractions
    std::string meaning;    ///< one sentence
};

/// Every number of a scenario that `--set` can change, in the order of the grammar.
std::vector<Parameter> parameters(const Scenario& scenario);

/// Write a parameter's value as its field wants it (`4h`, `2.56/h`, `0.12`), for `path=value`
/// texts.
std::string text_of(const Parameter& parameter, double value);

/// JSON Schema draft-07 of scenario files, for editors and independent checks.
std::string json_schema();

/// Reference of all keys: path, unit, range, default, meaning; a Markdown table.
std::string parameter_table_markdown();

} // namespace walkout::io
