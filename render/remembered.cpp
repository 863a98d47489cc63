#include "render/remembered.hpp"

#include "sim/io/draft.hpp"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fmt/format.h>
#include <fstream>
#include <nlohmann/json.hpp>

namespace walkout::render {

namespace {

using Json = nlohmann::ordered_json;

/// An object, empty when the file is missing or is anything else.
Json read_object(const std::filesystem::path& file)
{
    std::ifstream in(file);
    Json json = Json::parse(in, nullptr, false);
    return json.is_object() ? json : Json::object();
}

void write_object(const std::filesystem::path& file, const Json& json)
{
    std::error_code error;
    if (file.has_parent_path())
        std::filesystem::create_directories(file.parent_path(), error);
    if (error)
        throw io::FileError(fmt::format("cannot make the folder '{}': {}",
                                        file.parent_path().string(), error.message()));
    io::write_whole(file, json.dump(2) + "\n");
}

/// A number of an object, if it is there and is one.
std::optional<double> number(const Json& json, const char* key)
{
    const auto found = json.find(key);
    if (found == json.end() || !found->is_number())
        return std::nullopt;
    return found->get<double>();
}

} // namespace

// ---------------------------------------------------------------- settings

std::filesystem::path settings_file()
{
    const char* config = std::getenv("XDG_CONFIG_HOME");
    if (config != nullptr && *config == '/')
        return std::filesystem::path(config) / "walkout" / "window.json";
    const char* home = std::getenv("HOME");
    if (home == nullptr || *home != '/')
        return {};
    return std::filesystem::path(home) / ".config" / "walkout" / "window.json";
}

Settings read_settings(const std::filesystem::path& file)
{
    const Json json = read_object(file);
    Settings settings;
    if (json.value("theme", Json()) == "dark")
        settings.theme = Theme::dark;
    if (json.value("theme", Json()) == "light")
        settings.theme = Theme::light;
    if (const auto scale = number(json, "ui_scale"))
        settings.ui_scale = static_cast<float>(std::clamp(*scale, 0.75, 3.0));
    if (const Json motion = json.value("reduced_motion", Json()); motion.is_boolean())
        settings.reduced_motion = motion.get<bool>();
    return settings;
}

void write_settings(const std::filesystem::path& file, const Settings& settings)
{
    Json json = Json::object();
    if (settings.theme)
        json["theme"] = *settings.theme == Theme::dark ? "dark" : "light";
    if (settings.ui_scale)
        json["ui_scale"] = std::round(static_cast<double>(*settings.ui_scale) * 100) / 100;
    if (settings.reduced_motion)
        json["reduced_motion"] = *settings.reduced_motion;
    write_object(file, json);
}

// ---------------------------------------------------------------- bookmarks

std::vector<double> read_bookmarks(const std::filesystem::path& file, const Story& story)
{
    const Json json = read_object(file);
    std::vector<double> seconds;
    const auto marks = json.find("bookmarks");
    if (marks == json.end() || !marks->is_array())
        return seconds;
    const StoryClock& clock = story.clock();
    for (const Json& mark : *marks) {
        if (!mark.is_object())
            continue;
        const auto time = number(mark, "hours");
        if (!time || *time < clock.begin() || *time > clock.end())
            continue;
        const double second = clock.second(*time) + number(mark, "seconds_into").value_or(0);
        seconds.push_back(std::clamp(second, 0.0, clock.length()));
    }
    std::ranges::sort(seconds);
    return seconds;
}

void write_bookmarks(const std::filesystem::path& file, const Story& story,
                     const std::vector<double>& seconds)
{
    if (seconds.empty()) {
        std::error_code ignored;
        std::filesystem::remove(file, ignored);
        return;
    }
    Json marks = Json::array();
    for (const double second : seconds) {
        const Hours time = story.clock().time(second);
        marks.push_back({{"clock", story.day(time) + " " + story.clock_text(time)},
                         {"hours", time},
                         {"seconds_into", std::max(0.0, second - story.clock().second(time))}});
    }
    write_object(file, {{"scenario", story.trace().scenario}, {"bookmarks", marks}});
}

} // namespace walkout::render
