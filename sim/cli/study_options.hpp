#pragma once

#include "sim/cli/options.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace walkout::cli {

struct SensitivityOptions {
    std::string folder;                ///< or the store itself
    std::vector<std::string> measures; ///< empty: all
    std::string out;                   ///< empty: sensitivity.json beside the store
    std::optional<std::uint64_t> seed; ///< of the bootstrap; empty: the study's
    std::size_t bootstrap = 1000;      ///< samples
    bool surrogate = false;
    bool json = false;
};

/// Commands of the program `walkout-study`, which links OpenTURNS.
using StudyOptions = std::variant<ShowText, SensitivityOptions>;

/// @throws io::InputError with a suggestion when the words make no sense
StudyOptions parse_study_options(int argc, char** argv);

int execute(const SensitivityOptions& options);

} // namespace walkout::cli
