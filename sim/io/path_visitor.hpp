#pragma once

#include "sim/io/describe.hpp"

#include <string>
#include <vector>

namespace walkout::io {

/// A visitor that knows the path it stands at and does nothing else: what a lister starts from.
class PathVisitor : public Visitor {
public:
    void on_number(const About&, double&) override {}
    void on_number(const About&, std::optional<double>&) override {}
    void on_whole(const About&, int&) override {}
    void on_whole(const About&, std::uint64_t&) override {}
    void on_flag(const About&, bool&) override {}
    void on_flag(const About&, std::optional<bool>&) override {}
    void on_text(const About&, std::string&) override {}
    void on_file(const About&, std::string&) override {}
    void on_pole(const About&, Pole&, bool) override {}
    void on_outcome(const About&, std::optional<Outcome>&) override {}
    void on_start(const About&, Scenario&) override {}
    void on_time(const About&, Hours&) override {}
    void on_condition(const About&, std::optional<Condition>&) override {}
    void on_base(const About&) override {}
    void on_vacated(const About&, std::vector<VacatedParams>&) override {}
    void on_standing(std::string&, std::string&) override {}
    void on_past(const About&) override {}

    bool begin_branch(const About& about, bool present) override
    {
        enter(about.key);
        return present;
    }
    void begin_section(const About& about) override { enter(about.key); }
    void begin_leader(const About& about, LeaderParams&) override { enter(about.key); }
    std::vector<std::string> begin_named(const About& about,
                                         const std::vector<std::string>& present) override;
    std::vector<std::string> begin_effects(const About& about,
                                           const std::vector<std::string>& present) override;
    void begin_entry(const std::string& name) override { enter(name); }
    void begin_effect(const About& about) override;
    void end() override;

protected:
    std::string path_to(std::string_view key) const;

    /// Whether the effects being visited stand in a list, because one of them is needed twice.
    bool effects_are_listed() const { return listed_; }

private:
    void enter(std::string_view key);

    std::vector<std::string> paths_; ///< of the maps around, outermost first
    bool listed_ = false;
    std::size_t next_effect_ = 0;
};

/// A path visitor of the grammar itself: one thing named `NAME` in every map of named things, and
/// every effect once.
class GrammarVisitor : public PathVisitor {
public:
    std::vector<std::string> begin_named(const About& about,
                                         const std::vector<std::string>&) override
    {
        return PathVisitor::begin_named(about, {"NAME"});
    }
    std::vector<std::string> begin_effects(const About& about,
                                           const std::vector<std::string>&) override
    {
        return PathVisitor::begin_effects(about, effect_names());
    }
};

} // namespace walkout::io
