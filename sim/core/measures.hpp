#pragma once

#include "sim/core/types.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace walkout {

/// How a run ended.
enum class Outcome : std::uint8_t {
    returned,
    mass_exit,
    standoff,
    partial,
    failed_petition,
    no_petition
};

inline constexpr std::array<std::string_view, 6> outcome_names = {
    "returned", "mass_exit", "standoff", "partial", "failed_petition", "no_petition"};

inline constexpr std::string_view name_of(Outcome outcome)
{
    return outcome_names[static_cast<std::size_t>(outcome)];
}

inline constexpr std::array<std::string_view, 6> outcome_meanings = {
    "settled for the leader within the horizon, without a mass exit before",
    "the share of staff gone reached `ensemble.mass_exit_share` before a settlement",
    "at least half signed for the leader, who is not back by the end of the horizon",
    "a fifth to a half signed, and the leader is not back",
    "less than a fifth signed, and the leader is not back",
    "no petition for the leader was opened, and the leader is not back",
};

/// One number per run each. `never` (infinity) means that it did not happen within the horizon, so
/// that medians over runs stay right. Hours count from the dismissal unless said otherwise.
struct Measures {
    double peak_signed_share = 0;
    double peak_opposed_share = 0;
    double hours_to_half = never;
    double hours_to_90_percent = never;
    double signed_in_two_hours = 0;
    double hours_to_concession = never;
    double hours_to_return = never;
    double left_share = 0;
    double left_before_deadline_share = 0;
    double conformity_share = 0;
    double bluff_share = 0;
    double instigator_share = 0;
};

/// What is said about a measure: its name in JSON, CSV and tables, unit, and meaning.
struct MeasureInfo {
    std::string_view name;
    double Measures::*value;
    std::string_view unit;
    std::string_view meaning;
};

/// All measures, in the order in which they are shown.
std::span<const MeasureInfo> measure_infos();

} // namespace walkout
