#pragma once

#include "sim/io/describe.hpp"
#include "sim/io/quantity.hpp"
#include "sim/io/value.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace walkout::io {

/// Reads one map key by key; notes mistakes and reads on. A key that nobody asked for is a mistake.
class MapReader {
public:
    /// @param path  of the map, for messages; empty at the outermost level
    /// @param what  what messages call the map when a key in it is unknown
    MapReader(const Value& map, std::string path, std::string what, Problems& problems);

    /// The value of a key; nothing when the key is absent or empty (which is a mistake).
    const Value* find(std::string_view key);

    /// The same where only a scalar, a list or a map will do.
    /// @param expected  completes "seed must be ..."
    const Value* scalar(std::string_view key, std::string_view expected);
    const Value* list(std::string_view key, std::string_view expected);
    const Value* map(std::string_view key, std::string_view expected);

    std::optional<std::string> text(std::string_view key);
    std::optional<double> number(std::string_view key, Unit unit, Range range);
    std::optional<std::int64_t> whole(std::string_view key, Range range);
    std::optional<bool> flag(std::string_view key);

    /// One of some words, as its place among them.
    std::optional<std::size_t> word(std::string_view key, const std::vector<std::string>& words);

    /// Take a key as asked for, whatever its value.
    void know(std::string_view key) { known_.emplace_back(key); }

    /// Whether the map has a key, without asking for it.
    bool has(std::string_view key) const { return map_.find(key) != nullptr; }

    /// Where the map, or the key in it if there is one, stands.
    const Place& place(std::string_view key = {}) const;

    std::string path_to(std::string_view key) const;

    /// Look for keys that nobody asked for. `note` is always known: a text for people only.
    void finish();

private:
    const Value& map_;
    std::string path_;
    std::string what_;
    Problems& problems_;
    std::vector<std::string> known_;
};

/// The keys of a map that may be absent.
const std::vector<Field>& fields_of(const Value* map);

/// The items of a list that may be absent.
const std::vector<Value>& items_of(const Value* list);

/// A number inside a range as its unit wants it; a mistake is noted under `name`.
std::optional<double> read_number_at(const Value& value, const std::string& name, Unit unit,
                                     const Range& range, Problems& problems);

/// A whole number inside a range.
std::optional<std::int64_t> read_whole_at(const Value& value, const std::string& name,
                                          const Range& range, Problems& problems);

/// `true` or `false`.
std::optional<bool> read_flag_at(const Value& value, const std::string& name, Problems& problems);

/// A text of one line; control characters are refused.
std::optional<std::string> read_text_at(const Value& value, const std::string& name,
                                        Problems& problems);

/// "did you mean 'x'?", else all that there are.
std::string did_you_mean_or_all(std::string_view word, const std::vector<std::string>& known,
                                std::string_view title);

} // namespace walkout::io
