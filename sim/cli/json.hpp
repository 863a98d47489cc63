#pragma once

#include "sim/core/types.hpp"

#include <nlohmann/json.hpp>

namespace walkout::cli {

/// Keys keep the order in which they were written, so that outputs can be compared as text.
using Json = nlohmann::ordered_json;

/// JSON knows no infinity: what never happened is null.
inline Json number(double value)
{
    return value < never && value > -never ? Json(value) : Json(nullptr);
}

/// An array with one entry per row.
template <class Rows, class Make> Json array(const Rows& rows, Make make)
{
    Json all = Json::array();
    for (const auto& row : rows)
        all.push_back(make(row));
    return all;
}

} // namespace walkout::cli
