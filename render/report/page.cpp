#include "render/report/page.hpp"

#include "render/report/font_subset.hpp"
#include "render/report/page_style.hpp"
#include "render/svg_writer.hpp"

#include <algorithm>
#include <fmt/format.h>

namespace walkout::report {

namespace {

using render::escaped;

constexpr std::size_t dense_rows = 10;
constexpr double print_width = 281 * 96 / 25.4; ///< of A4 landscape within margins of 8 mm
constexpr double print_height = 194 * 96 / 25.4;

std::string css(render::Color color)
{
    return fmt::format("#{:02x}{:02x}{:02x}", color.r, color.g, color.b);
}

/// Of the charts, then the others; each has a title.
std::vector<Table> tables_of(const Page& page)
{
    std::vector<Table> tables;
    for (const Chart& chart : page.charts) {
        tables.push_back(chart.table);
        if (tables.back().title.empty())
            tables.back().title = chart.title;
    }
    tables.insert(tables.end(), page.tables.begin(), page.tables.end());
    return tables;
}

/// Words as HTML that break no line before `%`.
std::string prose(const std::string& text)
{
    std::string words = escaped(text);
    for (std::size_t at = words.find(" %"); at != std::string::npos; at = words.find(" %", at))
        words.replace(at, 1, "\u00a0");
    return words;
}

// ---------------------------------------------------------------- parts

class Writer {
public:
    explicit Writer(const Page& page) : page_(page) {}

    std::string body()
    {
        out_ = "<main>\n<div class=\"sheet\">\n";
        add_head();
        add_statements();
        add_charts();
        add_wide_table();
        add_footer();
        out_ += "</div>\n";
        add_tables();
        return std::move(out_) + "</main>\n";
    }

private:
    template <class... Parts> void add(fmt::format_string<Parts...> text, Parts&&... parts)
    {
        fmt::format_to(std::back_inserter(out_), text, std::forward<Parts>(parts)...);
    }

    void add_head()
    {
        add("<h1>{}</h1>\n<p class=\"line\">{}</p>\n", escaped(page_.title), escaped(page_.line));
        if (!page_.summary.empty())
            add("<p class=\"summary\">{}</p>\n", escaped(page_.summary));
        if (!page_.warning.empty())
            add("<p class=\"warning\">{}</p>\n", escaped(page_.warning));
    }

    void add_statements()
    {
        out_ += "<div class=\"statements\">\n";
        for (const Statement& statement : page_.statements)
            add("<div style=\"border-color:{}\"><h2>{}</h2><p>{}</p></div>\n", css(statement.color),
                prose(statement.headline), prose(statement.text));
        out_ += "</div>\n";
    }

    std::string picture(const render::DisplayList& list, const std::string& label)
    {
        return render::svg(list, {.prefix = fmt::format("p{}", ++pictures_), .label = label});
    }

    void add_charts()
    {
        if (page_.charts.empty())
            return;
        out_ += "<div class=\"charts\">\n";
        for (const Chart& chart : page_.charts) {
            if (chart.new_row)
                out_ += "</div>\n<div class=\"charts\">\n";
            add("<figure style=\"flex:{0:.0f} 1 0;max-width:{1:.3f}rem\"><h2>{2}</h2>"
                "<p class=\"note\">{3}</p>\n",
                double(chart.picture.width), double(chart.picture.width) / 16 * 1.06,
                escaped(chart.title), escaped(chart.note));
            out_ += picture(chart.picture, chart.title) + "</figure>\n";
        }
        out_ += "</div>\n";
    }

    std::string classes(const Column& column, bool strong) const
    {
        std::string names = column.right ? "right" : "";
        if (column.optional)
            names += names.empty() ? "optional" : " optional";
        if (strong)
            names += names.empty() ? "strong" : " strong";
        return names.empty() ? "" : fmt::format(" class=\"{}\"", names);
    }

    void add_wide_table()
    {
        const WideTable& table = page_.table;
        if (table.rows.empty())
            return;
        add("<div class=\"wide\"><div class=\"head\"><h2>{}</h2><p class=\"key\">",
            escaped(table.title));
        for (const KeyEntry& entry : table.key)
            add("<span><i style=\"background:{}\"></i>{}</span>", css(entry.color),
                escaped(entry.words));
        add("</p><p class=\"note\">{}</p></div>\n<table{}><thead><tr>", escaped(table.note),
            table.rows.size() > dense_rows ? " class=\"dense\"" : "");
        for (const Column& column : table.columns)
            add("<th{}{}>{}</th>", classes(column, false),
                column.share > 0 ? fmt::format(" style=\"width:{:.0f}%\"", double(column.share))
                                 : std::string(),
                escaped(column.words));
        out_ += "</tr></thead>\n<tbody>\n";
        for (const auto& row : table.rows) {
            out_ += "<tr>";
            for (std::size_t k = 0; k < row.size(); ++k)
                add("<td{}>{}</td>", classes(table.columns[k], row[k].strong),
                    row[k].picture ? picture(*row[k].picture, row[k].words)
                                   : escaped(row[k].words));
            out_ += "</tr>\n";
        }
        out_ += "</tbody></table></div>\n";
    }

    void add_footer()
    {
        add("<footer><code>{}</code><span>{}. One file, no network. Data: <a download=\"{}\" "
            "href=\"data:text/csv;base64,{}\">{}</a></span></footer>\n",
            escaped(page_.command), escaped(page_.provenance), escaped(page_.csv_name),
            base64(tables_csv(page_)), escaped(page_.csv_name));
    }

    void add_cells(const char* tag, const std::vector<std::string>& words)
    {
        out_ += "<tr>";
        for (const std::string& word : words)
            add("<{0}>{1}</{0}>", tag, escaped(word));
        out_ += "</tr>\n";
    }

    void add_tables()
    {
        for (const Table& table : tables_of(page_)) {
            add("<details><summary>{}: the numbers</summary>\n<table><thead>",
                escaped(table.title));
            add_cells("th", table.head);
            out_ += "</thead><tbody>\n";
            for (const auto& row : table.rows)
                add_cells("td", row);
            out_ += "</tbody></table></details>\n";
        }
    }

    const Page& page_;
    std::string out_;
    int pictures_ = 0;
};

// ---------------------------------------------------------------- fonts and print

/// Every character of the page that is no markup, and all of ASCII: what the fonts must have.
std::string characters_of(const std::string& body)
{
    std::string text;
    for (char c = ' '; c < 127; ++c)
        text += c;
    for (const char c : body)
        if (static_cast<unsigned char>(c) >= 128)
            text += c;
    return text;
}

std::string font_face(render::Font font, const char* family, int weight, const std::string& text)
{
    return fmt::format("@font-face{{font-family:'{}';font-weight:{};src:url(data:font/ttf;base64,"
                       "{})}}\n",
                       family, weight, base64(font_subset(font, text)));
}

std::string fonts(const std::string& body)
{
    const std::string text = characters_of(body);
    return font_face(render::Font::regular, "Roboto", 400, text) +
           font_face(render::Font::medium, "Roboto", 500, text) +
           font_face(render::Font::bold, "Roboto", 700, text) +
           font_face(render::Font::condensed, "Roboto Condensed", 400, text);
}

/// How much smaller a page must be to fit on paper, from what its parts take at full width. Rows of
/// charts go to further sheets.
double print_scale(const Page& page)
{
    if (std::ranges::any_of(page.charts, &Chart::new_row))
        return print_width / double(page_width);
    double charts = 0;
    for (const Chart& chart : page.charts)
        charts = std::max(charts, double(chart.picture.height) + 110);
    const bool dense = page.table.rows.size() > dense_rows;
    const double rows =
        page.table.rows.empty() ? 0 : 70 + (dense ? 27.0 : 36.0) * double(page.table.rows.size());
    const double statements = page.statements.empty() ? 0 : 100;
    const double height = 150 + (page.warning.empty() ? 0 : 30) + (page.summary.empty() ? 0 : 45) +
                          statements + charts + rows;
    return std::min(print_width / double(page_width), print_height / height);
}

/// On paper everything is smaller, folded tables are open and begin on a new page.
std::string print_style(const Page& page)
{
    const double scale = print_scale(page);
    return fmt::format(
        "@media print{{html{{font-size:{:.3f}px}}main{{max-width:none;width:{:.1f}px;"
        "margin:0;padding:0}}figure{{flex-shrink:1}}.statements{{flex-wrap:nowrap}}"
        ".charts{{flex-wrap:nowrap;break-inside:avoid}}.sheet{{break-after:page}}tr,figure{{break-"
        "inside:avoid}}details::details-content{{content-visibility:visible;display:"
        "block}}td svg{{zoom:{:.3f}}}}}\n",
        16 * scale, double(page_width) * scale, scale);
}

std::string csv_field(const std::string& text)
{
    if (text.find_first_of(",\"\n") == std::string::npos)
        return text;
    std::string quoted = "\"";
    for (const char c : text)
        quoted += c == '"' ? "\"\"" : std::string(1, c);
    return quoted + "\"";
}

void append_line(std::string& csv, const std::string& first, const std::vector<std::string>& cells)
{
    csv += csv_field(first);
    for (const std::string& cell : cells)
        csv += "," + csv_field(cell);
    csv += "\n";
}

} // namespace

std::string tables_csv(const Page& page)
{
    std::string csv;
    for (const Table& table : tables_of(page)) {
        append_line(csv, "table", table.head);
        for (const auto& row : table.rows)
            append_line(csv, table.title, row);
    }
    return csv;
}

std::string html(const Page& page)
{
    const std::string body = Writer(page).body();
    return fmt::format("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
                       "<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n"
                       "<meta name=\"color-scheme\" content=\"light\">\n"
                       "<title>{}</title>\n<link rel=\"icon\" href=\"data:,\">\n<style>\n{}{}{}"
                       "</style>\n</head>\n<body>\n{}</body>\n</html>\n",
                       escaped(page.title), fonts(body), page_style, print_style(page), body);
}

} // namespace walkout::report
