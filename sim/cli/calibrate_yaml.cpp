#include "sim/cli/calibrate_report.hpp"
#include "sim/cli/run_report.hpp"
#include "sim/cli/version.hpp"
#include "sim/io/shell_word.hpp"

#include <fmt/core.h>
#include <map>

namespace walkout::cli {

namespace {

/// A map of YAML in the making: keys in the order in which they came.
struct Branch {
    std::string text = {}; ///< of a leaf
    std::vector<std::pair<std::string, Branch>> branches = {};

    Branch& at(const std::string& key)
    {
        for (auto& [name, branch] : branches)
            if (name == key)
                return branch;
        return branches.emplace_back(key, Branch()).second;
    }
};

void plant(Branch& root, const std::string& path, const std::string& text)
{
    Branch* branch = &root;
    std::size_t from = 0;
    while (from <= path.size()) {
        const std::size_t dot = std::min(path.find('.', from), path.size());
        branch = &branch->at(path.substr(from, dot - from));
        from = dot + 1;
    }
    branch->text = text;
}

std::string written(const Branch& branch, std::size_t depth)
{
    std::string text;
    for (const auto& [key, below] : branch.branches)
        text +=
            std::string(2 * depth, ' ') + key + ":" +
            (below.branches.empty() ? " " + below.text + "\n" : "\n" + written(below, depth + 1));
    return text;
}

} // namespace

std::string fitted_yaml(const CalibrateReport& report)
{
    constexpr std::size_t median = 4; // of `posterior_levels`
    const Study& study = report.file->study;
    Branch root;
    for (std::size_t k = 0; k < study.parameters.size(); ++k) {
        const StudyParameter& parameter = study.parameters[k];
        const io::ScenarioVariants& variants = *report.file->scenarios.front();
        for (const std::string& path : parameter.paths) {
            const io::Setting& setting = variants.settings()[*variants.find(path)];
            const double value =
                changed(parameter.change, setting.value,
                        report.posterior.parameters[k].quantiles[median], setting.whole);
            plant(root, path,
                  fmt::format("{{value: {}, kind: fitted, source: \"calibration {}\"}}",
                              io::text_of(setting, value), study.name));
        }
    }
    return fmt::format(
               "# Medians of a posterior, parameter by parameter; together they need not be "
               "the likeliest point.\n# Made by `walkout calibrate {}`, walkout {}, seed {}, "
               "fingerprint {}.\n",
               io::shell_word(report.file->path), version, study.seed, hex(report.fingerprint)) +
           written(root, 0);
}

} // namespace walkout::cli
