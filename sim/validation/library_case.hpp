#pragma once

#include "sim/validation/rubric.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace walkout {

/// The last count of a record that is sound enough to fit to.
struct RecordedShare {
    Hours time = 0;
    int count = 0, low = 0, high = 0;
    Counted counted = Counted::signatures;
    double logit = 0;
    double sd = 0; ///< counting error on the logit scale: a count between low and high, all alike
                   ///< likely
};

/// What a regression knows of a case: the rubric in seven numbers, and the size of the group.
inline constexpr std::array<std::string_view, 8> feature_names{
    "allegiance", "trust", "fallback", "breach", "quality", "visibility", "risk", "log_size"};
using Features = std::array<double, feature_names.size()>;

/// A recorded crisis of the library.
struct LibraryCase {
    std::string name = {};
    std::string title = {};
    std::shared_ptr<const io::ScenarioVariants> variants = {};
    std::int64_t start_utc = 0;
    int headcount = 0;
    int people = 0; ///< that are simulated: large organizations are run smaller
    std::optional<std::size_t> headcount_setting = {};  ///< set to `people` in every run
    std::optional<std::size_t> group_size_setting = {}; ///< set to `headcount` in every run
    std::optional<RecordedShare> recorded = {};
    std::optional<Outcome> outcome = {};
    bool petition = false; ///< the story is about signatures, not about leaving
    double mass_exit_share = 0;
    std::vector<CodedInput> inputs = {};
    Features features{};
};

/// Understand one scenario of a library.
/// @param most_people  larger organizations whose people are drawn are run with so many
LibraryCase library_case(std::shared_ptr<const io::ScenarioVariants> variants, int most_people);

} // namespace walkout
