#include "render/report/attribution_page.hpp"

#include "render/chart_kit.hpp"
#include "render/report/charts.hpp"
#include "render/report/quantity.hpp"
#include "render/report/words.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>

namespace walkout::report {

namespace {

/// How a page speaks of a number.
struct NumberWords {
    const char* title;
    const char* what; ///< in a sentence, behind `the`
};

NumberWords words_of(const AttributedNumber& number)
{
    if (number.name == "peak_signed_share")
        return {"Share that signed, at most", "share that signed"};
    if (number.name == "returned")
        return {"Share of runs that end in the return", "chance of the return"};
    return {"Hours until the concession", "hour of the concession"};
}

// ---------------------------------------------------------------- findings

double reach_least(const Estimate& e)
{
    return e.excludes_zero() ? std::min(std::abs(e.low), std::abs(e.high)) : 0;
}

double reach_most(const Estimate& e)
{
    return std::max(std::abs(e.low), std::abs(e.high));
}

/// The factors that may be the strongest: those whose interval reaches that of the first.
std::vector<std::string> leaders_of(const AttributedNumber& number)
{
    std::vector<std::string> names;
    for (const FactorEffect& effect : number.effects)
        if (names.empty() || reach_most(effect.shapley) >= reach_least(number.effects[0].shapley))
            names.push_back(names.empty() ? effect.words : in_sentence(effect.words));
    return names;
}

std::string headline_of(const AttributedNumber& number, bool has_intervals)
{
    const std::string what = std::string("the ") + words_of(number).what;
    const auto seen = std::ranges::count_if(
        number.effects, [](const FactorEffect& e) { return e.shapley.excludes_zero(); });
    if (!has_intervals)
        return fmt::format("One replicate cannot tell what moves {}.", what);
    if (seen == 0)
        return fmt::format("No factor is seen to move {}.", what);
    const auto leaders = leaders_of(number);
    if (leaders.size() == 1)
        return fmt::format("{} moves {} most.", leaders[0], what);
    if (leaders.size() <= 3 && number.effects[0].shapley.excludes_zero())
        return fmt::format("{} move {} most.", listed(leaders), what);
    return fmt::format("No factor stands out in {}.", what);
}

std::string text_of(const AttributedNumber& number, bool has_intervals)
{
    const FactorEffect& first = number.effects[0];
    const std::string& unit = number.unit;
    if (reach_most(number.total) == 0 && reach_most(first.shapley) == 0)
        return fmt::format("It is {} in all runs, with them and without.",
                           quantity(unit, number.with_all.value));
    if (!has_intervals)
        return fmt::format("{}: {} of {}.", first.words, change_of(unit, first.shapley),
                           change_of(unit, number.total));
    return fmt::format("{}: {} of {} on average over the orders in which factors come in (95 % "
                       "interval {}); {} as the last one ({}).",
                       first.words, change_of(unit, first.shapley), change_of(unit, number.total),
                       range_of_change(unit, first.shapley), change_of(unit, first.drop_one),
                       range_of_change(unit, first.drop_one));
}

// ---------------------------------------------------------------- the parts of the page

std::string line_of(const AttributionData& data)
{
    const std::size_t count = data.factors.size();
    const std::string how =
        data.exact ? fmt::format("all {} combinations of {}", render::grouped(1L << count),
                                 in_sentence(counted_words(count, "factor")))
                   : fmt::format("{} orders per replicate of {}", data.orders,
                                 in_sentence(counted_words(count, "factor")));
    const std::string story = data.title.ends_with('?') ? "" : data.title + ", ";
    return fmt::format("{}{} people. {}, {} with the same luck each, {} runs.", story,
                       render::grouped(static_cast<long>(data.headcount)), capitalized(how),
                       in_sentence(counted_words(data.replicates, "replicate")),
                       render::grouped(static_cast<long>(data.runs)));
}

std::string warning_of(const AttributionData& data)
{
    std::string text;
    if (data.failed > 0)
        text = fmt::format("{} of {} replicates failed and are left out: the numbers are of the "
                           "others. ",
                           data.failed, data.replicates);
    if (!data.has_intervals())
        text += "Fewer than two replicates: there are no intervals.";
    return text;
}

std::string number_text(double value)
{
    return fmt::format("{:.6g}", value);
}

Table table_of(const AttributedNumber& number)
{
    Table table{.title = words_of(number).title,
                .head = {"factor", "Shapley", "low (95 %)", "high (95 %)", "drop one", "low (95 %)",
                         "high (95 %)", "alone", "low (95 %)", "high (95 %)"}};
    table.title += " (" + number.unit + ")";
    for (const FactorEffect& effect : number.effects) {
        table.rows.push_back({effect.words});
        for (const Estimate* e : {&effect.shapley, &effect.drop_one, &effect.alone})
            for (const double value : {e->value, e->low, e->high})
                table.rows.back().push_back(number_text(value));
    }
    const Estimate& total = number.total;
    table.rows.push_back({"total", number_text(total.value), number_text(total.low),
                          number_text(total.high), "", "", "", "", "", ""});
    return table;
}

Chart chart_of(const AttributedNumber& number, const AttributionData& data, float width)
{
    std::string none = quantity(number.unit, number.with_none.value);
    if (number.unit == "hours" && number.with_none.value >= data.horizon)
        none += " (never)";
    std::string note = fmt::format("from {} without any to {} with all; the bars sum to {}", none,
                                   quantity(number.unit, number.with_all.value),
                                   change_of(number.unit, number.total));
    if (number.effects.size() > attribution_rows)
        note =
            fmt::format("the {} largest of {}; from {} to {}", attribution_rows,
                        number.effects.size(), none, quantity(number.unit, number.with_all.value));
    return {.title = words_of(number).title + std::string(number.unit == "share" ? ", points" : ""),
            .note = std::move(note),
            .picture = attribution_chart(number, width),
            .table = table_of(number)};
}

Table factors_table(const AttributionData& data)
{
    Table table{.title = "What holds without each factor",
                .head = {"factor", "kind", "without it"}};
    for (const AttributedFactor& factor : data.factors)
        table.rows.push_back({factor.words, factor.kind, factor.meaning});
    return table;
}

// ---------------------------------------------------------------- other scenarios

/// The first scenario and the others.
std::vector<const AttributionData*> scenarios_of(const AttributionData& data)
{
    std::vector<const AttributionData*> all{&data};
    for (const AttributionData& other : data.others)
        all.push_back(&other);
    return all;
}

const FactorEffect* effect_of(const AttributedNumber& number, const std::string& factor)
{
    const auto at = std::ranges::find(number.effects, factor, &FactorEffect::words);
    return at == number.effects.end() ? nullptr : &*at;
}

/// Where the bars of one number begin and end in all scenarios, zero included.
std::pair<double, double> extent_of(const std::vector<const AttributionData*>& all, std::size_t k)
{
    std::pair<double, double> extent{0, 0};
    for (const AttributionData* data : all)
        for (const FactorEffect& effect : data->numbers[k].effects) {
            extent.first = std::min(extent.first, effect.shapley.low);
            extent.second = std::max(extent.second, effect.shapley.high);
        }
    return extent;
}

Cell effect_cell(const AttributedNumber& number, const std::string& factor,
                 std::pair<double, double> extent)
{
    constexpr float bar = 280;
    const FactorEffect* effect = effect_of(number, factor);
    if (effect == nullptr)
        return {"\u2013"};
    const std::string text = change_of(number.unit, effect->shapley);
    return {text + ", 95 % interval " + range_of_change(number.unit, effect->shapley),
            change_bar(effect->shapley, extent, text, bar)};
}

/// The strongest of a number, as far as the intervals tell.
std::string strongest_words(const AttributedNumber& number)
{
    const auto seen = [](const FactorEffect& effect) { return effect.shapley.excludes_zero(); };
    if (std::ranges::none_of(number.effects, seen))
        return "none is seen";
    std::vector<std::string> leaders = leaders_of(number);
    leaders[0] = in_sentence(leaders[0]);
    return leaders.size() > 3 ? "none stands out" : listed(leaders);
}

/// Which factor is the strongest in each scenario, number by number.
std::string order_note(const std::vector<const AttributionData*>& all)
{
    std::vector<std::string> parts;
    for (std::size_t k = 0; k < all[0]->numbers.size(); ++k) {
        std::vector<std::string> by_scenario;
        bool same = true;
        const std::string first = strongest_words(all[0]->numbers[k]);
        for (const AttributionData* data : all) {
            const std::string words = strongest_words(data->numbers[k]);
            same = same && words == first;
            by_scenario.push_back(fmt::format("{} ({})", words, in_sentence(data->scenario)));
        }
        parts.push_back(fmt::format("{}: {}", words_of(all[0]->numbers[k]).what,
                                    same ? first + " in all"
                                         : fmt::format("{}", fmt::join(by_scenario, ", "))));
    }
    return fmt::format("Strongest for the {}.", fmt::join(parts, "; "));
}

/// Shapley values of all scenarios side by side: how an answer changes with what was assumed.
WideTable scenarios_table(const AttributionData& data)
{
    const auto all = scenarios_of(data);
    if (all.size() < 2)
        return {};
    const float share = 72.0F / static_cast<float>(all.size());
    WideTable table{.title = "The same in each scenario",
                    .note = order_note(all),
                    .columns = {{"contribution (Shapley)", false, false, 28}}};
    for (const AttributionData* scenario : all)
        table.columns.push_back({scenario->scenario, false, false, share});
    for (std::size_t k = 0; k < data.numbers.size(); ++k)
        for (const FactorEffect& effect : data.numbers[k].effects) {
            table.rows.push_back(
                {{fmt::format("{}: {}", capitalized(words_of(data.numbers[k]).what),
                              in_sentence(effect.words))}});
            for (const AttributionData* scenario : all)
                table.rows.back().push_back(
                    effect_cell(scenario->numbers[k], effect.words, extent_of(all, k)));
        }
    return table;
}

/// The tables of the further scenarios, each with its name.
void add_tables_of_others(Page& page, const AttributionData& data)
{
    for (const AttributionData& other : data.others)
        for (const AttributedNumber& number : other.numbers) {
            page.tables.push_back(table_of(number));
            page.tables.back().title = other.scenario + ": " + page.tables.back().title;
        }
}

/// A title that asks already stays.
std::string question_of(const AttributionData& data)
{
    return data.title.ends_with('?') ? data.title : "What made staff sign, and the board give way?";
}

} // namespace

Page attribution_page(const AttributionData& data)
{
    const render::Palette& c = render::palette(render::Theme::light);
    const std::vector<render::Color> colors{c.signed_letter, c.back, c.board};
    const auto count = static_cast<float>(data.numbers.size());
    const float width = std::floor((page_width - chart_gap * (count - 1)) / count);
    Page page{.title = question_of(data),
              .line = line_of(data),
              .summary = data.summary,
              .warning = warning_of(data),
              .table = scenarios_table(data),
              .tables = {factors_table(data)},
              .command = data.command,
              .provenance = fmt::format("fingerprint {}, version {}, seed {}", data.fingerprint,
                                        data.version, data.seed),
              .csv_name = "attribution_page.csv"};
    for (std::size_t k = 0; k < data.numbers.size(); ++k) {
        const AttributedNumber& number = data.numbers[k];
        page.statements.push_back({headline_of(number, data.has_intervals()),
                                   text_of(number, data.has_intervals()),
                                   colors[k % colors.size()]});
        page.charts.push_back(chart_of(number, data, width));
    }
    add_tables_of_others(page, data);
    return page;
}

} // namespace walkout::report
