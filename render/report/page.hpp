#pragma once

#include "render/display_list.hpp"

#include <optional>
#include <string>
#include <vector>

namespace walkout::report {

/// Numbers of a chart, for those who want to read or copy them.
struct Table {
    std::string title = {};
    std::vector<std::string> head = {};
    std::vector<std::vector<std::string>> rows = {};
};

/// A picture with its heading; its numbers stand in a folded table at the end of the page.
struct Chart {
    std::string title = {};
    std::string note = {};
    render::DisplayList picture = {};
    Table table = {};     ///< without a title: that of the chart
    bool new_row = false; ///< stands below the charts before it
};

/// A cell of the wide table: words, or a picture with words for those who cannot see it.
struct Cell {
    std::string words = {};
    std::optional<render::DisplayList> picture = {};
    bool strong = false;
};

struct Column {
    std::string words = {};
    bool right = false;    ///< numbers
    bool optional = false; ///< left out on narrow screens
    float share = 0;       ///< of the width; 0: what it needs
};

struct KeyEntry {
    render::Color color = {};
    std::string words = {};
};

/// A table across the page, one row per story.
struct WideTable {
    std::string title = {};
    std::string note = {};
    std::vector<KeyEntry> key = {};
    std::vector<Column> columns = {};
    std::vector<std::vector<Cell>> rows = {};
};

struct Statement {
    std::string headline = {};
    std::string text = {};
    render::Color color = {};
};

/// Everything a page shows, whatever it is about: title and statements, charts side by side in one
/// row or more, a table, folded numbers, a footer.
struct Page {
    std::string title = {};
    std::string line = {};
    std::string summary = {}; ///< what it is about, in the words of a study; may be empty
    std::string warning = {}; ///< what is missing; may be empty
    std::vector<Statement> statements = {};
    std::vector<Chart> charts = {};
    WideTable table = {};
    std::vector<Table> tables = {}; ///< folded, beside those of the charts
    std::string command = {};
    std::string provenance = {};
    std::string csv_name = {}; ///< how the numbers are called when they are saved
};

/// Logical pixels that the charts of a page have side by side, gaps included.
inline constexpr float page_width = 1368;
inline constexpr float chart_gap = 36;

/// The page as one HTML file: no script, nothing loaded from elsewhere, fonts embedded. Light;
/// printed, a page with one row of charts fills one landscape A4, one with more takes as many as it
/// needs, and the folded numbers follow. Everything from outside is escaped. The same page gives
/// the same file.
std::string html(const Page& page);

/// All tables below each other, as CSV.
std::string tables_csv(const Page& page);

} // namespace walkout::report
