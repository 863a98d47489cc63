#pragma once

#include "sim/io/problems.hpp"

#include <fmt/format.h>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>

namespace walkout::report {

using Json = nlohmann::ordered_json; // tables keep the order of the report

/// Read a report of one of our commands and take from it what `take(json)` returns.
/// @throws io::InputError when the file is damaged, with the cure
template <class Take>
auto read_report(const std::string& path, const std::string& command, Take take)
{
    std::ifstream file(path);
    try {
        return take(Json::parse(file));
    } catch (const Json::exception& error) {
        throw io::InputError(fmt::format("walkout: error: '{}' is damaged: {}\n   help: make it "
                                         "again with 'walkout {}', or take it away",
                                         path, error.what(), command));
    }
}

} // namespace walkout::report
