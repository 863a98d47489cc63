#pragma once

#include "sim/core/organization.hpp"
#include "sim/io/study_file.hpp"

#include <memory>
#include <string>
#include <vector>

namespace walkout {

/// Sets the parameters of a study in its scenarios. All functions may be called from many threads.
///
/// `values` has one number per parameter of the study; NaN leaves it as the scenario has it.
class Dials {
public:
    /// `file` must stay.
    explicit Dials(const io::StudyFile& file);

    /// What the values set in one scenario, by rising setting.
    std::vector<io::Assignment> assignments(std::size_t which,
                                            const std::vector<double>& values) const;

    /// @throws io::InputError when the values do not fit together
    Scenario scenario(std::size_t which, const std::vector<double>& values) const;

    /// The same as texts for `--set`, those of the study file first.
    std::vector<std::string> overrides(std::size_t which, const std::vector<double>& values) const;

    /// The organization of the study's seed, where no parameter changes it; else nothing.
    std::shared_ptr<const Organization> common_organization(std::size_t which) const;

private:
    /// A number of a scenario that a parameter stands for.
    struct Target {
        std::size_t setting = 0;
        std::size_t parameter = 0;
        double own = 0;
        bool whole = false;
    };

    const io::StudyFile& file_;
    std::vector<std::vector<Target>> targets_; ///< by scenario, by rising setting
};

} // namespace walkout
