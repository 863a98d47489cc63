#pragma once

#include "sim/core/scenario.hpp"
#include "sim/io/value.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace walkout::io {

/// A number that conditions may name.
struct OutlookVariable {
    std::string_view name;
    double Outlook::*member;
    std::string_view meaning; ///< one sentence
};

/// All of them, in the order of `Outlook`.
const std::vector<OutlookVariable>& outlook_variables();

/// Compile the condition that stands in a scalar, like `signed >= 90% * headcount and day < 4`.
///
/// The language: `or and not < <= > >= == != + - * /`, postfix `%`, `min(...) max(...)`, brackets,
/// numbers and the outlook's variables. Both sides of `and` and `or` are always evaluated; a value
/// that is not finite (a division by zero) counts as "does not hold".
/// @return nothing when it is wrong; `problems` tells where inside the text and why
std::optional<Condition> compile_condition(const Value& scalar, Problems& problems);

} // namespace walkout::io
