#include "sim/io/csv.hpp"

#include "sim/io/did_you_mean.hpp"

#include <fmt/core.h>

#include <algorithm>

namespace walkout::io {

namespace {

const std::string no_text;

std::string help_for_column(const std::string& name, const std::vector<std::string>& columns)
{
    if (name.find(';') != std::string::npos)
        return "columns are separated by commas";
    std::string help = did_you_mean(name, columns);
    if (help.empty()) {
        help = "known columns:";
        for (const std::string& column : columns)
            help += " " + column;
    }
    return help;
}

} // namespace

CsvReader::CsvReader(const SourcePtr& source, std::vector<std::string> columns,
                     std::size_t required, Problems& problems)
    : source_(source), columns_(std::move(columns)), problems_(problems), field_of_(columns_.size())
{
    read_header(required);
}

Place CsvReader::here(int length) const
{
    return {source_, line_, static_cast<int>(at_ - line_start_) + 1, length};
}

bool CsvReader::fail(const Place& place, std::string message, std::string help)
{
    problems_.add(place, std::move(message), std::move(help));
    sound_ = false;
    return false;
}

void CsvReader::read_header(std::size_t required)
{
    if (!read_row()) {
        if (sound_)
            fail({source_, 0, 0, 1}, "the table is empty", "begin with a line of column names");
        return;
    }
    fields_ = row_.size();
    for (std::size_t i = 0; i < row_.size(); ++i) {
        const auto known = std::ranges::find(columns_, row_[i].text);
        if (known == columns_.end()) {
            fail(row_[i].place, fmt::format("unknown column '{}'", printable(row_[i].text)),
                 help_for_column(row_[i].text, columns_));
            continue;
        }
        auto& field = field_of_[static_cast<std::size_t>(known - columns_.begin())];
        if (field)
            fail(row_[i].place, fmt::format("column '{}' given twice", row_[i].text));
        field = i;
    }
    for (std::size_t column = 0; column < required && sound_; ++column)
        if (!has(column))
            fail(row_[0].place, fmt::format("no column '{}'", columns_[column]),
                 "add it to the first line");
}

bool CsvReader::next()
{
    while (sound_ && read_row()) {
        if (row_.size() == fields_)
            return true;
        problems_.add(row_.back().place,
                      fmt::format("{} {} in this line, but {} columns", row_.size(),
                                  row_.size() == 1 ? "field" : "fields", fields_),
                      row_.size() > fields_ ? "put text that holds a comma in double quotes"
                                            : "an empty field still needs its comma");
    }
    return false;
}

void CsvReader::end_line()
{
    at_ += source_->text.compare(at_, 2, "\r\n") == 0 ? 2U : 1U;
    line_start_ = at_;
    ++line_;
}

bool CsvReader::read_quoted(Cell& cell)
{
    const std::string& text = source_->text;
    const Place opening = here();
    for (++at_; at_ < text.size(); ++at_) {
        if (text[at_] == '"' && text.compare(at_, 2, "\"\"") != 0) {
            cell.place.length = cell.place.line == line_
                                    ? static_cast<int>(at_ - line_start_) + 2 - cell.place.column
                                    : 1;
            ++at_;
            return true;
        }
        at_ += text[at_] == '"'; // the first of two that mean one
        cell.text += text[at_];
        if (text[at_] == '\n') {
            line_start_ = at_ + 1;
            ++line_;
        }
    }
    return fail(opening, "a quote is opened here and never closed", "close it");
}

bool CsvReader::read_row()
{
    const std::string& text = source_->text;
    while (at_ < text.size() && (text[at_] == '\n' || text.compare(at_, 2, "\r\n") == 0))
        end_line(); // empty lines mean nothing
    if (at_ >= text.size())
        return false;
    row_.clear();
    while (true) {
        Cell cell{{}, here()};
        if (at_ < text.size() && text[at_] == '"') {
            if (!read_quoted(cell))
                return false;
        } else {
            const std::size_t end = std::min(text.find_first_of(",\"\r\n", at_), text.size());
            cell.text = text.substr(at_, end - at_);
            cell.place.length = std::max(1, static_cast<int>(end - at_));
            at_ = end;
        }
        row_.push_back(std::move(cell));
        const bool at_end = at_ >= text.size();
        if (at_end || text[at_] == '\n' || text.compare(at_, 2, "\r\n") == 0) {
            if (!at_end)
                end_line();
            return true;
        }
        if (text[at_] != ',')
            return fail(here(),
                        text[at_] == '"' ? "a quote inside a field"
                                         : "a character after a field's end",
                        "put the whole field in double quotes and write \"\" for a quote in it");
        ++at_;
    }
}

const std::string& CsvReader::operator[](std::size_t column) const
{
    return has(column) ? row_[*field_of_[column]].text : no_text;
}

Place CsvReader::place(std::size_t column) const
{
    return row_[field_of_[column].value_or(0)].place;
}

void CsvReader::reject(std::size_t column, const std::string& error, const std::string& help)
{
    problems_.add(place(column), fmt::format("{}: {}", columns_[column], error), help);
}

} // namespace walkout::io
