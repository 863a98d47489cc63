#pragma once

#include "sim/io/study_file.hpp"
#include "sim/io/variants.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace walkout {

/// Something that may have brought an outcome about, and the scenario without it: numbers and
/// switches that take other values.
struct Factor {
    enum class Kind : std::uint8_t { cause, event, own };

    std::string name = {};
    Kind kind = Kind::cause;
    std::string meaning = {}; ///< what the scenario without it is like; empty for own ones
    std::vector<io::Assignment> without = {}; ///< by rising setting
};

/// A factor that was asked for and has nothing to take away.
struct LeftOut {
    std::string name;
    std::string why;
};

/// The causes that Walkout knows by name.
struct CauseInfo {
    std::string_view name;
    std::string_view meaning; ///< what the scenario without it is like
    std::string_view needs;   ///< completes "the scenario has no ..."
};

/// All causes, in the order in which they are shown.
std::span<const CauseInfo> cause_infos();

/// What to attribute an outcome to.
struct FactorChoice {
    std::vector<std::string> causes = {}; ///< by name; `all`: all
    std::vector<std::string> events = {}; ///< by name; `all`: all that do something
    std::vector<std::string> own = {};    ///< `name=path=value[,path=value]`
};

struct Factors {
    std::vector<Factor> factors = {};
    std::vector<LeftOut> left_out = {};
};

/// Find the factors of a scenario. A cause is left out where it changes nothing.
/// @param path, overrides  of the scenario, to try the own factors as `--set` would
/// @throws io::InputError naming what is unknown or sets a path that another factor sets too
Factors choose_factors(const io::ScenarioVariants& variants, const FactorChoice& choice,
                       const std::string& path, const std::vector<std::string>& overrides);

/// The factors of a study in one of its scenarios: each parameter has one value, that of the
/// scenario without it.
/// @throws io::InputError when a parameter has more
Factors factors_of(const io::StudyFile& file, std::size_t scenario = 0);

/// `path=value` texts of what a factor takes away.
std::vector<std::string> overrides_of(const Factor& factor, const io::ScenarioVariants& variants);

} // namespace walkout
