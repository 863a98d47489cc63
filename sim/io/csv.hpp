#pragma once

#include "sim/io/problems.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace walkout::io {

/// Reads a table of comma-separated values row by row: RFC 4180, with a header line.
///
/// Strict: columns are known by name and given once, every row has as many fields as the header,
/// quotes are balanced. Mistakes are noted with their place and the row is left out.
class CsvReader {
public:
    /// @param columns   all names the table may use
    /// @param required  how many of the first ones it must have
    CsvReader(const SourcePtr& source, std::vector<std::string> columns, std::size_t required,
              Problems& problems);

    /// Go to the next sound row; false at the end, or at once when the header is wrong.
    bool next();

    bool has(std::size_t column) const { return field_of_[column].has_value(); }

    /// The text in a column of the row; empty when the table has no such column.
    const std::string& operator[](std::size_t column) const;

    /// Where that text stands.
    Place place(std::size_t column) const;

    /// Note a mistake about it: "count: 'many' is not a number".
    void reject(std::size_t column, const std::string& error, const std::string& help = {});

private:
    struct Cell {
        std::string text;
        Place place;
    };

    bool read_row();
    bool read_quoted(Cell& cell);
    void read_header(std::size_t required);
    void end_line();
    bool fail(const Place& place, std::string message, std::string help = {});
    Place here(int length = 1) const;

    SourcePtr source_;
    std::vector<std::string> columns_;
    Problems& problems_;
    std::vector<std::optional<std::size_t>> field_of_; ///< by column
    std::vector<Cell> row_;
    std::size_t fields_ = 0;
    std::size_t at_ = 0;         ///< byte in the text
    std::size_t line_start_ = 0; ///< byte at which the line begins
    int line_ = 1;
    bool sound_ = true; ///< whether reading on makes sense
};

} // namespace walkout::io
