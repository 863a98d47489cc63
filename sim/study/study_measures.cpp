#include "sim/study/study_measures.hpp"

namespace walkout {

namespace {

StudyMeasure measure_named(const std::string& name)
{
    for (const MeasureInfo& info : measure_infos())
        if (info.name == name)
            return {name, std::string(info.unit), std::string(info.meaning), info.value, {}};
    StudyMeasure measure{.name = name, .unit = "", .meaning = ""};
    for (std::size_t k = 0; k < outcome_names.size(); ++k)
        if (outcome_names[k] == name) {
            measure.meaning = outcome_meanings[k];
            measure.outcome = static_cast<Outcome>(k);
        }
    return measure;
}

} // namespace

double StudyMeasure::of(const RunResult& run) const
{
    return outcome ? static_cast<double>(run.outcome == *outcome) : run.measures.*value;
}

std::vector<StudyMeasure> measures_of(const Study& study)
{
    std::vector<StudyMeasure> measures;
    for (const std::string& name : study.measures)
        measures.push_back(measure_named(name));
    return measures;
}

} // namespace walkout
