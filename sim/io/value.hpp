#pragma once

#include "sim/io/problems.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace walkout::io {

/// What a file says of where a number comes from.
struct Standing {
    std::string kind = "assumed";
    std::string source;
    SourcePtr stated_in; ///< the file that says so; none: nobody did

    bool operator==(const Standing& other) const
    {
        return kind == other.kind && source == other.source;
    }
};

struct Field;

/// A node of a parsed file: what yaml-cpp tells, without its conversions, with places.
struct Value {
    enum class Kind { scalar, list, map };

    Place place; ///< of an empty value: its key
    Kind kind = Kind::scalar;
    std::string text;          ///< of a scalar
    bool quoted = false;       ///< a quoted scalar is text, never a number
    bool null = false;         ///< nothing was written, or `null`, or `~`
    bool wrapped = false;      ///< was written long, as `{value: ...}`
    bool implied = false;      ///< made on the way of an override's path; nobody wrote it
    std::vector<Value> items;  ///< of a list
    std::vector<Field> fields; ///< of a map, in the order of the file
    Standing standing;

    Field* find(std::string_view key);
    const Field* find(std::string_view key) const;
};

/// One key of a map.
struct Field {
    std::string key;
    Place place;
    Value value;
};

inline Field* Value::find(std::string_view key)
{
    for (Field& field : fields)
        if (field.key == key)
            return &field;
    return nullptr;
}

inline const Field* Value::find(std::string_view key) const
{
    return const_cast<Value*>(this)->find(key);
}

} // namespace walkout::io
