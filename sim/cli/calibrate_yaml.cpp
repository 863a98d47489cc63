#include "sim/cli/calibrate_report.hpp"
#include "sim/cli/run_report.hpp"
#include "sim/cli/version.hpp"
#include "sim/io/shell_word.hpp"
#include "sim/io/variant_file.hpp"

#include <fmt/core.h>

namespace walkout::cli {

std::string fitted_yaml(const CalibrateReport& report)
{
    constexpr std::size_t median = 4; // of `posterior_levels`
    const Study& study = report.file->study;
    std::vector<io::PathValue> medians;
    for (std::size_t k = 0; k < study.parameters.size(); ++k) {
        const StudyParameter& parameter = study.parameters[k];
        const io::ScenarioVariants& variants = *report.file->scenarios.front();
        for (const std::string& path : parameter.paths) {
            const io::Setting& setting = variants.settings()[*variants.find(path)];
            const double value =
                changed(parameter.change, setting.value,
                        report.posterior.parameters[k].quantiles[median], setting.whole);
            medians.emplace_back(
                path, fmt::format("{{value: {}, kind: fitted, source: \"calibration {}\"}}",
                                  io::text_of(setting, value), study.name));
        }
    }
    return fmt::format(
               "# Medians of a posterior, parameter by parameter; together they need not be "
               "the likeliest point.\n# Made by `walkout calibrate {}`, walkout {}, seed {}, "
               "fingerprint {}.\n",
               io::shell_word(report.file->path), version, study.seed, hex(report.fingerprint)) +
           io::nested_yaml(medians);
}

} // namespace walkout::cli
