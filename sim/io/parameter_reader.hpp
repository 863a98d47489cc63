#pragma once

#include "sim/io/describe.hpp"
#include "sim/io/scenario_file.hpp"
#include "sim/io/value.hpp"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace walkout::io {

/// Where the values of a scenario stand, by path.
class Places {
public:
    void set(const std::string& path, const Place& place) { places_[path] = place; }
    bool has(const std::string& path) const { return places_.contains(path); }

    /// The place of a path, or of the nearest map around it that was written.
    const Place& of(std::string path) const;

private:
    std::map<std::string, Place> places_;
};

/// Fills a scenario from a tree; notes every mistake and reads on.
class ParameterReader : public Visitor {
public:
    ParameterReader(const Value& root, Problems& problems);

    const Places& places() const { return places_; }
    const std::vector<Origin>& origins() const { return origins_; }

    /// The first number beyond a limit of the program, as a message; empty: none.
    const std::string& limit() const { return limit_; }

    /// Look for keys at the outermost level that nobody asked for. Call after `describe`.
    void finish() { end(); }

    void on_number(const About& about, double& value) override;
    void on_number(const About& about, std::optional<double>& value) override;
    void on_whole(const About& about, int& value) override;
    void on_whole(const About& about, std::uint64_t& value) override;
    void on_flag(const About& about, bool& value) override;
    void on_flag(const About& about, std::optional<bool>& value) override;
    void on_text(const About& about, std::string& value) override;
    void on_file(const About& about, std::string& value) override;
    void on_pole(const About& about, Pole& value, bool none_allowed) override;
    void on_outcome(const About& about, std::optional<Outcome>& value) override;
    void on_start(const About& about, Scenario& scenario) override;
    void on_time(const About& about, Hours& value) override;
    void on_condition(const About& about, std::optional<Condition>& value) override;
    void on_base(const About& about) override;
    void on_vacated(const About& about, std::vector<VacatedParams>& value) override;
    void on_standing(std::string& kind, std::string& source) override;
    void on_past(const About& about) override;

    bool begin_branch(const About& about, bool) override;
    void begin_section(const About& about) override;
    void begin_leader(const About& about, LeaderParams& leader) override;
    std::vector<std::string> begin_named(const About& about,
                                         const std::vector<std::string>&) override;
    std::vector<std::string> begin_effects(const About& about,
                                           const std::vector<std::string>&) override;
    void begin_entry(const std::string& name) override;
    void begin_effect(const About& about) override;
    void end() override;

private:
    /// A map being read.
    struct Frame {
        const Value* map = nullptr; ///< none: not in the file, all defaults hold
        std::string path;
        std::vector<std::string> known;    ///< keys asked for so far
        std::vector<const Field*> entries; ///< of a map of named things, in order
        std::vector<std::string> entry_paths;
        std::size_t next_entry = 0;
        bool holds_entries = false;
    };

    std::string path_to(std::string_view key) const;
    const Field* field(std::string_view key);
    const Value* scalar(const About& about, std::string_view expected);
    const Value* word(const About& about, std::string_view expected);
    void push_map(const About& about);
    void add_entry(Frame& frame, const Field& field, const std::string& path);
    void add_effects(Frame& frame, const Value& map, const std::string& path);
    bool check_name(const Field& field, const std::string& path);
    void report_unknown_keys(const Frame& frame);
    void reject(const About& about, const Value& value, const std::string& error,
                const std::string& help);
    bool check_range(const About& about, const Value& value, double number);
    std::optional<std::int64_t> whole(const About& about);

    Problems& problems_;
    Places places_;
    std::vector<Origin> origins_;
    std::vector<Frame> frames_;
    std::string limit_;
    std::optional<std::int64_t> start_utc_;
};

/// A range as people write it: `[0, 1]`, `(0h, 20000h]`, `at least 0`.
std::string text_of(const Range& range, Unit unit);

/// Whether YAML would take an unquoted text for something else: a number, a switch or nothing.
bool reads_as_other_than_text(const std::string& text);

/// What names of departments, directors and events consist of; empty when `name` is one.
std::string name_error(std::string_view name);

} // namespace walkout::io
