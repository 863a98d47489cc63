#pragma once

/// What the inspector knows about a person or a director, without drawing it.

#include "render/story.hpp"
#include "render/view.hpp"

#include <optional>
#include <string>
#include <vector>

namespace walkout::render {

/// One summand in plain words, allegiance units.
struct Term {
    std::string words;
    double value = 0;
};

/// What spoke for an act at one moment, and what the act cost.
struct Reason {
    Hours time = 0;
    bool acted = true; ///< else the moment at which the person came closest to it
    Stance act = Stance::signed_letter;
    Pole side = Pole::plus;
    Cause cause = Cause::review;
    std::vector<Term> terms; ///< + towards the act
    double push = 0;         ///< their sum
    std::vector<Term> cost;
    double threshold = 0; ///< their sum
};

/// The signature; else the resignation; else the moment closest to signing; else the post in
/// public. Empty: the trace tells nothing about this person.
std::optional<Reason> reason_of(const Story& story, AgentId person);

/// People who influence somebody, by index.
std::vector<AgentId> influencers_of(const Story& story, AgentId person);

/// How many of some people had signed before a moment, or had left.
struct ActedBefore {
    int people = 0;
    bool some_only_left = false;
};
ActedBefore acted_before(const Story& story, const std::vector<AgentId>& people, Hours time);

/// People influenced by somebody who signed in the hour after this signature.
int signed_within_the_hour(const Story& story, AgentId person);

/// When the push last rose to the cost before an act, between samples by straight lines; empty when
/// the samples do not show it.
std::optional<Hours> crossing_of(const Story& story, AgentId person, Hours act);

/// One line of a history. Rows with a time are a jump.
struct HistoryRow {
    Hours time = never;
    std::string words;
    bool own = false;                ///< an act of the person, not of others
    bool in_a = false, in_b = false; ///< where two runs are told: in which of them it is so
};

std::vector<HistoryRow> history_of(const Story& story, AgentId person);
std::vector<HistoryRow> history_of_director(const Story& story, std::size_t director);

/// The rows behind `Control::history_row`, by index: of the inspected person or director.
std::vector<HistoryRow> history_rows(const Story& story, const View& view);

/// The director of another board who has the same name.
std::optional<std::uint32_t> same_director(const Story& from, const Story& to,
                                           std::uint32_t director);

/// The same of two runs side by side, by time; what is alike in both is one row.
/// @param view  its director is one of `a`
std::vector<HistoryRow> history_rows(const Story& a, const Story& b, const View& view);

} // namespace walkout::render
