#pragma once

#include "sim/core/scenario.hpp"
#include "sim/io/study_file.hpp"

#include <string>
#include <vector>

namespace walkout {

/// What a page says of one scenario beyond its runs.
struct ScenarioBackground {
    std::string name = {};
    std::string title = {};
    std::string start = {}; ///< ISO 8601 with offset, as written
    Hours horizon = 0;
    int headcount = 0;
    std::string leader = {}; ///< role of the leader the dispute is about; may be empty
    bool in_office = false;  ///< a person with an office, who can be back in it
    std::vector<RecordPoint> record = {};
};

/// What is known of a study without its files: kept in the store, so that a page can be made from
/// the store alone.
struct StudyBackground {
    std::string file = {}; ///< as the user named it
    std::string summary = {};
    std::vector<ScenarioBackground> scenarios = {};
    std::vector<StudyParameter> parameters = {}; ///< names, paths, change, own, unit, kind of value
    bool common_luck = true;
    std::string headline = {}; ///< the measure that the study is about, see `headline_of`
};

/// The measure a study is about: what `until` watches; else the first outcome it asks for, else the
/// first measure; `returned` when it asks for none.
std::string headline_of(const Study& study);

StudyBackground background_of(const io::StudyFile& file);

/// As the text of a fact of the store, and back. @throws std::invalid_argument when it is none
std::string to_json(const StudyBackground& background);
StudyBackground background_from_json(const std::string& text);

} // namespace walkout
