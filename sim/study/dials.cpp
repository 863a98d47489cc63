#include "sim/study/dials.hpp"

#include "sim/core/branch.hpp"
#include "sim/io/study_parameter.hpp"

#include <algorithm>
#include <cmath>

namespace walkout {

namespace {

bool varies_organization(const Study& study)
{
    return std::ranges::any_of(study.parameters, [](const StudyParameter& parameter) {
        return std::ranges::any_of(parameter.paths, [](const std::string& path) {
            return path.starts_with("organization.");
        });
    });
}

} // namespace

Dials::Dials(const io::StudyFile& file) : file_(file), targets_(file.scenarios.size())
{
    const Study& study = file.study;
    for (std::size_t s = 0; s < file.scenarios.size(); ++s) {
        const io::ScenarioVariants& variants = *file.scenarios[s];
        for (std::size_t k = 0; k < study.parameters.size(); ++k)
            for (const std::string& path : study.parameters[k].paths) {
                const std::size_t row = *variants.find(path);
                const io::Setting& setting = variants.settings()[row];
                targets_[s].push_back({row, k, setting.value, setting.whole});
            }
        std::ranges::sort(targets_[s], {}, &Target::setting);
    }
}

std::vector<io::Assignment> Dials::assignments(std::size_t which,
                                               const std::vector<double>& values) const
{
    std::vector<io::Assignment> assignments;
    for (const Target& target : targets_[which])
        if (const double value = values[target.parameter]; !std::isnan(value))
            assignments.push_back(
                {target.setting, changed(file_.study.parameters[target.parameter].change,
                                         target.own, value, target.whole)});
    return assignments;
}

Scenario Dials::scenario(std::size_t which, const std::vector<double>& values) const
{
    return file_.scenarios[which]->with(assignments(which, values));
}

std::vector<std::string> Dials::overrides(std::size_t which,
                                          const std::vector<double>& values) const
{
    std::vector<std::string> texts = file_.study.scenarios[which].overrides;
    for (std::size_t k = 0; k < values.size(); ++k) {
        const auto more =
            io::overrides_of(file_.study.parameters[k], values[k], *file_.scenarios[which]);
        texts.insert(texts.end(), more.begin(), more.end());
    }
    return texts;
}

std::shared_ptr<const Organization> Dials::common_organization(std::size_t which) const
{
    if (varies_organization(file_.study))
        return nullptr;
    return organization_of(file_.scenarios[which]->file().scenario, file_.study.seed);
}

} // namespace walkout
