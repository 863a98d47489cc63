#include "render/state_log.hpp"

#include <cmath>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace walkout::render {

namespace {

using Json = nlohmann::ordered_json;

const char* word_of(Control control)
{
    switch (control) {
    case Control::none:
        return "";
    case Control::tab_playback:
        return "playback";
    case Control::find:
        return "find";
    case Control::save_picture:
        return "save picture";
    case Control::full_screen:
        return "full screen";
    case Control::help:
        return "help";
    case Control::to_start:
        return "to start";
    case Control::previous_flag:
        return "previous event";
    case Control::play:
        return "play";
    case Control::next_flag:
        return "next event";
    case Control::to_end:
        return "to end";
    case Control::speed:
        return "speed";
    case Control::pace:
        return "pace";
    case Control::loop:
        return "loop";
    case Control::branch:
        return "branch";
    case Control::track:
        return "track";
    case Control::flag:
        return "flag";
    case Control::bookmark:
        return "bookmark";
    case Control::person:
        return "person";
    case Control::director:
        return "director";
    case Control::leader:
        return "leader";
    case Control::block:
        return "block";
    case Control::follow:
        return "follow";
    case Control::history_row:
        return "history";
    case Control::record_film:
        return "film";
    case Control::make_page:
        return "page";
    case Control::close_inspector:
        return "close inspector";
    case Control::legend_row:
        return "legend";
    case Control::panel_drawer:
        return "panel";
    case Control::tab_what_if:
        return "what if";
    case Control::tab_compare:
        return "compare";
    case Control::compare_now:
        return "compare now";
    case Control::swap_runs:
        return "swap";
    case Control::only_different:
        return "only different";
    case Control::jump_to_parting:
        return "where they part";
    case Control::lever:
        return "lever";
    case Control::lever_value:
        return "value of lever";
    case Control::put_away:
        return "put away lever";
    case Control::add_lever:
        return "add lever";
    case Control::add_event:
        return "add event";
    case Control::whole_run:
        return "whole run";
    case Control::lever_match:
        return "match";
    case Control::event_switch:
        return "event switch";
    case Control::reset:
        return "reset";
    case Control::fan:
        return "fan";
    case Control::run_dot:
        return "run";
    case Control::light_kind:
        return "light run";
    case Control::watch_run:
        return "watch";
    case Control::save_scenario:
        return "save scenario";
    }
    return "";
}

Json rounded(double value)
{
    return std::round(value * 1000) / 1000;
}

Json rounded(const std::optional<double>& value)
{
    return value ? rounded(*value) : Json(nullptr);
}

Json id_of(const Story& story, const std::optional<AgentId>& person)
{
    return person ? Json(story.id(*person)) : Json(nullptr);
}

/// The event that is on now.
std::string caption(const Story& story, Hours time)
{
    std::string text;
    for (const Flag& flag : story.flags())
        if (flag.time <= time)
            text = flag.headline;
    return text;
}

void add_moment(Json& json, const Story& story, const Player& player)
{
    const Hours time = story.clock().time(player.second());
    const Tally tally = story.tally(time);
    json["second"] = rounded(player.second());
    json["time"] = rounded(time);
    json["clock"] = story.day(time) + " " + story.clock_text(time);
    json["caption"] = caption(story, time);
    json["unsettled"] = tally.unsettled;
    json["signed"] = tally.signed_letter;
    json["gone"] = tally.gone;
    json["back"] = tally.back;
}

void add_playback(Json& json, const View& view)
{
    json["playing"] = view.playing;
    json["speed"] = view.speed;
    json["pace"] = view.pace == Pace::story ? "story" : "clock";
    json["loop"] = view.loop;
    json["in"] = rounded(view.in);
    json["out"] = rounded(view.out);
    json["bookmarks"] = Json::array();
    for (const double mark : view.bookmarks)
        json["bookmarks"].push_back(rounded(mark));
    json["zoom"] = {rounded(view.zoom_from), rounded(view.zoom_to)};
}

void add_pointed_at(Json& json, const Story& story, const View& view)
{
    json["selected"] = id_of(story, view.selected);
    json["second_person"] = id_of(story, view.second);
    json["director"] = view.selected_director
                           ? Json(story.trace().directors.at(*view.selected_director))
                           : Json(nullptr);
    json["following"] = view.following;
    json["hover"] = name_of(story, view.hover);
    json["focus"] = name_of(story, view.focus);
}

void add_boxes(Json& json, const Story& story, const View& view)
{
    json["finding"] = view.finding;
    json["find_text"] = view.find_text;
    json["matches"] = view.matches.size();
    json["match"] = view.matches.empty() ? Json(nullptr) : Json(story.id(view.matches[view.match]));
    json["going_to"] = view.going_to;
    json["go_to_text"] = view.go_to_text;
}

void add_looks(Json& json, const Story& story, const Player& player)
{
    const View& view = player.view();
    json["theme"] = view.theme == Theme::dark ? "dark" : "light";
    json["presenter"] = view.presenter;
    json["blank"] = view.blank;
    json["help"] = view.help;
    json["ties"] = view.ties;
    json["how_to_read"] = view.how_to_read;
    json["hide_future"] = view.hide_future;
    json["drawer"] = view.drawer;
    json["expanded"] = view.expanded
                           ? Json(story.trace().organization->departments.at(*view.expanded).name)
                           : Json(nullptr);
    json["loupe"] = view.loupe.has_value();
    json["width"] = static_cast<int>(view.width);
    json["height"] = static_cast<int>(view.height);
    json["scale"] = rounded(static_cast<double>(view.ui_scale));
    json["full_screen"] = player.full_screen();
    json["pointer_hidden"] = player.pointer_hidden();
    json["recording"] = view.recording;
    json["toast"] = view.toast;
}

/// Of the tab "What if": values that are changed, by path, and what there is to see of the runs.
Json what_if_of(const WhatIfDesk& desk, const WhatIfLook& look)
{
    const WhatIf& what_if = *desk.what_if();
    const Sheet& sheet = desk.sheet();
    const Levers& levers = what_if.levers();
    Json json;
    json["levers"] = Json::array();
    for (const std::size_t row : what_if.in_use())
        json["levers"].push_back(levers[row].path);
    json["values"] = Json::object();
    for (const auto& [row, value] : what_if.values())
        json["values"][levers[row].path] = value;
    json["branch"] = what_if.branch() ? rounded(what_if.branch()->at) : Json(nullptr);
    json["runs"] = what_if.runs();
    json["shown"] = sheet.shown;
    json["baseline_shown"] = sheet.own_shown;
    json["behind"] = what_if.behind();
    json["screened"] = rounded(what_if.screened());
    json["answer"] = sheet.headline_share;
    json["run"] = look.run ? Json(*look.run) : Json(nullptr);
    json["typing"] = look.typing ? Json(levers[*look.typing].path) : Json(nullptr);
    json["adding"] = look.adding;
    json["text"] = look.text;
    return json;
}

/// Of the tab "Compare": who is who, and what is signed in either.
Json compare_of(const Compared& compared, const Player& player, const View& view)
{
    const Hours time = compared.a->clock().time(player.second());
    return {{"a", compared.a_title},
            {"b", compared.b_title},
            {"run", compared.a->trace().replicate},
            {"signed_a", compared.a->tally(time).signed_letter},
            {"signed_b", compared.b->tally(time).signed_letter},
            {"runs", compared.ensembles.runs},
            {"answers", {compared.ensembles.a, compared.ensembles.b}},
            {"only_different", view.only_different},
            {"parting", compared.parting() < never ? rounded(compared.parting()) : Json(nullptr)}};
}

void add_tab(Json& json, const Player& player)
{
    const View& view = player.view();
    json["tab"] = view.tab == Tab::playback  ? "playback"
                  : view.tab == Tab::what_if ? "what if"
                                             : "compare";
    json["compare"] =
        player.compared() != nullptr ? compare_of(*player.compared(), player, view) : Json(nullptr);
    const WhatIfDesk* desk = player.desk();
    json["what_if"] = desk != nullptr && desk->what_if() != nullptr
                          ? what_if_of(*desk, player.view().what_if)
                          : Json(nullptr);
}

} // namespace

std::string name_of(const Story& story, ControlId id)
{
    const std::string word = word_of(id.control);
    switch (id.control) {
    case Control::person:
        return word + " " + story.id(id.index);
    case Control::director:
        return word + " " + story.trace().directors.at(id.index);
    case Control::block:
        return word + " " + story.blocks().at(id.index).name;
    case Control::flag:
        return word + " " + story.flags().at(id.index).label;
    case Control::bookmark:
    case Control::history_row:
    case Control::legend_row:
    case Control::lever:
    case Control::lever_value:
    case Control::put_away:
    case Control::lever_match:
    case Control::event_switch:
    case Control::run_dot:
    case Control::light_kind:
        return fmt::format("{} {}", word, id.index);
    default:
        return word;
    }
}

std::string state_line(const Story& story, const Player& player)
{
    Json json;
    add_moment(json, story, player);
    add_playback(json, player.view());
    add_pointed_at(json, story, player.view());
    add_boxes(json, story, player.view());
    add_looks(json, story, player);
    add_tab(json, player);
    return json.dump(-1, ' ', false, Json::error_handler_t::replace) + "\n";
}

} // namespace walkout::render
