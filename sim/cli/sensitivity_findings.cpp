#include "sim/cli/sensitivity_report.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/core.h>
#include <numeric>

namespace walkout::cli {

namespace {

std::string counted(std::size_t count, std::string_view what)
{
    return fmt::format("{} {}{}", count, what, count == 1 ? "" : "s");
}

/// `a`, `a and b`, `a, b and c`.
std::string listed(const std::vector<std::string>& words)
{
    std::string text;
    for (std::size_t k = 0; k < words.size(); ++k)
        text += (k == 0 ? "" : k + 1 == words.size() ? " and " : ", ") + words[k];
    return text;
}

std::string range(const Interval& i)
{
    return fmt::format("{} to {}", percent_text(std::clamp(i.low, 0.0, 1.0)),
                       percent_text(std::clamp(i.high, 0.0, 1.0)));
}

/// Numbers of some effects, the largest value first.
std::vector<std::size_t> by_size(const std::vector<Interval>& sizes)
{
    std::vector<std::size_t> order(sizes.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order,
                             [&](auto a, auto b) { return sizes[a].value > sizes[b].value; });
    return order;
}

/// Who leads, as far as intervals tell.
/// @param tell  a size with its interval, in words
template <class Tell>
std::string leader(const SensitivityReport& report, const std::vector<Interval>& sizes, Tell tell)
{
    constexpr std::size_t most_named = 3;
    const auto order = by_size(sizes);
    std::vector<std::string> tied;
    for (const std::size_t k : order)
        if (sizes[k].high >= sizes[order.front()].low)
            tied.push_back(report.sample.parameters[k].name);
    if (tied.size() == 1)
        return fmt::format("{} matters most: {}.", tied.front(), tell(sizes[order.front()]));
    if (tied.size() == sizes.size() && tied.size() <= most_named)
        return fmt::format("Which of {} matters most, the intervals leave open.", listed(tied));
    if (tied.size() <= most_named)
        return fmt::format("{} matter most; which of them more, the intervals leave open.",
                           listed(tied));
    return fmt::format("No parameter stands out: any of {} may matter most.", tied.size());
}

/// Those whose index surely is small.
std::string small_ones(const SensitivityReport& report, const std::vector<Interval>& totals)
{
    constexpr double small = 0.05;
    std::vector<std::string> names;
    double highest = 0;
    for (std::size_t k = 0; k < totals.size(); ++k)
        if (totals[k].high <= small) {
            names.push_back(report.sample.parameters[k].name);
            highest = std::max(highest, totals[k].high);
        }
    if (names.empty())
        return "";
    return fmt::format("{} {} at most {:.0f} %, interplay included.", listed(names),
                       names.size() == 1 ? "has" : "have each", std::ceil(100 * highest));
}

template <class Effects, class Size> std::vector<Interval> sizes_of(const Effects& all, Size size)
{
    std::vector<Interval> sizes;
    for (const auto& effect : all)
        sizes.push_back(size(effect));
    return sizes;
}

std::string of_variance(const Interval& total)
{
    return fmt::format("{} ({}) of what parameters explain, its interplay included",
                       percent_text(total.value), range(total));
}

/// By how much an index may move, whatever the failed runs would have given.
double largest_move(const SobolAnalysis& analysis)
{
    double move = 0;
    for (const SobolIndex& s : analysis.parameters)
        for (const Interval& b : {s.first_bounds, s.total_bounds}) {
            const double value = std::clamp(b.value, 0.0, 1.0);
            move = std::max({move, b.high - value, value - b.low});
        }
    return move;
}

/// Sentences by kind of answer.
struct Sentences {
    const SensitivityReport& report;
    const MeasureSensitivity& measure;
    std::vector<std::string> all = {};

    void add(std::string sentence)
    {
        if (!sentence.empty())
            all.push_back(std::move(sentence));
    }

    void operator()(const NoAnswer& answer) { add(fmt::format("No answer: {}.", answer.reason)); }

    void operator()(const SobolAnalysis& a)
    {
        if (measure.replicates < 2)
            add("One run per point: luck cannot be told from interplay, and counts as such.");
        else
            add(fmt::format("Parameters explain {} ({}) of the variance of single runs, luck the "
                            "rest.",
                            percent_text(a.explained.value), range(a.explained)));
        const auto totals = sizes_of(a.parameters, [](const SobolIndex& s) { return s.total; });
        add(leader(report, totals, of_variance));
        add(small_ones(report, totals));
        if (a.additive.high < 0.99)
            add(fmt::format("At least {:.0f} % comes from parameters acting together.",
                            std::floor(100 * (1 - a.additive.high))));
        if (a.rows_used < a.rows)
            add(fmt::format("{} of {} base points are used: the others lack runs{}.", a.rows_used,
                            a.rows, measure.response.failed > 0 ? ", or theirs failed" : ""));
        add_luck(a);
        add_failures(a);
    }

    void add_luck(const SobolAnalysis& a)
    {
        double luck = 0;
        for (const SobolIndex& s : a.parameters)
            luck = std::max({luck, s.first_luck, s.total_luck});
        if (measure.response.common_luck && measure.replicates == 2)
            add("Two replicates share their luck: what it adds to the intervals is not known.");
        else if (measure.replicates > 1 && !std::isnan(luck))
            add(fmt::format("The luck of {} makes up to {:.0f} points of an interval's half-width.",
                            counted(measure.replicates, "replicate"), std::ceil(100 * luck)));
    }

    void add_failures(const SobolAnalysis& a)
    {
        if (measure.response.failed == 0)
            return;
        add(fmt::format("{} of {} base points are lost to failed runs. Whatever those runs would "
                        "have given within the values seen, no index moves by more than {:.0f} "
                        "points.",
                        a.rows_made - a.rows_used, a.rows_made, std::ceil(100 * largest_move(a))));
    }

    void operator()(const MorrisAnalysis& a)
    {
        const auto sizes = sizes_of(a.parameters, [](const MorrisEffect& e) { return e.mu_star; });
        const std::string& unit = measure.response.unit;
        add(leader(report, sizes, [&](const Interval& i) {
            return fmt::format("over its range it moves the measure by {} ({} to {}) on average",
                               difference_amount(unit, i.value), difference_amount(unit, i.low),
                               difference_amount(unit, i.high));
        }));
        for (const auto word :
             {MorrisClass::negligible, MorrisClass::linear, MorrisClass::nonlinear}) {
            std::vector<std::string> names;
            for (std::size_t k = 0; k < a.parameters.size(); ++k)
                if (a.parameters[k].word == word)
                    names.push_back(report.sample.parameters[k].name);
            if (!names.empty())
                add(fmt::format("{}: {}.", std::string(name_of(word)), listed(names)));
        }
        if (a.trajectories_used < a.trajectories)
            add(fmt::format("{} of {} trajectories are whole and used.", a.trajectories_used,
                            a.trajectories));
    }

    void operator()(const SurrogateAnalysis& a)
    {
        if (a.parameters.empty()) {
            add(fmt::format("No answer: {}.", refusal_of(a)));
            return;
        }
        add(fmt::format("A surface ({}) predicts {} ({}) of the variance of left-out points{}.",
                        a.kind == "kriging" ? std::string("kriging")
                                            : fmt::format("polynomial chaos, {} terms", a.terms),
                        percent_text(a.q2.value), range(a.q2),
                        std::isnan(a.q2_limit)
                            ? std::string()
                            : fmt::format("; luck leaves {}", percent_text(a.q2_limit))));
        const double missed = std::clamp(1 - a.q2.low, 0.0, 1.0);
        const auto totals = sizes_of(a.parameters, [&](const SurrogateIndex& s) {
            const Interval& t = s.total; // what the surface misses may be anybody's
            return Interval{t.value, t.low * (1 - missed), t.high * (1 - missed) + missed};
        });
        add(leader(report, totals, [](const Interval& total) {
            return fmt::format("{} of the surface's variance, its interplay included; {} of all "
                               "that parameters explain, wherever the rest belongs",
                               percent_text(total.value), range(total));
        }));
        add(fmt::format("What the surface misses, {} of the variance, may be anybody's.",
                        percent_text(std::max(0.0, 1 - a.q2.value))));
    }

    void operator()(const MainEffects& a)
    {
        const auto sizes = sizes_of(a.parameters, [](const MainEffect& e) { return e.range; });
        const std::string& unit = measure.response.unit;
        if (measure.replicates < 2) {
            add("One run per point: luck cannot be told from what parameters do.");
            return;
        }
        add(leader(report, sizes, [&](const Interval& i) {
            return fmt::format("its values differ by up to {} ({} to {})",
                               difference_amount(unit, i.value), difference_amount(unit, i.low),
                               difference_amount(unit, i.high));
        }));
        std::vector<std::string> none;
        for (std::size_t k = 0; k < sizes.size(); ++k)
            if (sizes[k].low <= 0)
                none.push_back(report.sample.parameters[k].name);
        if (!none.empty())
            add(fmt::format("{}: what is seen may be luck.", listed(none)));
    }
};

} // namespace

std::string refusal_of(const SurrogateAnalysis& analysis)
{
    std::string text = fmt::format(
        "a surface predicts only {} of the variance of left-out points ({}), less than {}",
        percent_text(std::max(0.0, analysis.q2.value)), range(analysis.q2), percent_text(least_q2));
    if (analysis.q2_limit < least_q2)
        return text + fmt::format("; luck leaves only {}: more replicates would help",
                                  percent_text(analysis.q2_limit));
    return text + "; more points would help";
}

std::vector<std::string> study_findings(const SensitivityReport& report)
{
    const StudySample& s = report.sample;
    std::vector<std::string> all;
    if (s.missing > 0)
        all.push_back(fmt::format("The study is not finished: {} are stored, at least {} are to "
                                  "come.",
                                  counted(s.runs, "run"), s.missing));
    if (s.failed > 0)
        all.push_back(
            fmt::format("{} of {} failed ({:.1f} %) and are left out: if what makes runs "
                        "fail also moves a measure, its effects are told too small or "
                        "too large.",
                        s.failed, counted(s.runs, "run"),
                        100 * static_cast<double>(s.failed) / static_cast<double>(s.runs)));
    return all;
}

std::vector<std::string> findings(const SensitivityReport& report,
                                  const MeasureSensitivity& measure)
{
    Sentences sentences{report, measure};
    std::visit([&](const auto& answer) { sentences(answer); }, measure.answer);
    const Response& r = measure.response;
    if (r.never > 0)
        sentences.add(fmt::format(
            "In {} of the runs it never came to that; they count as the horizon of {:g} h.",
            percent_text(static_cast<double>(r.never) / static_cast<double>(r.made - r.failed)),
            r.horizon));
    return sentences.all;
}

} // namespace walkout::cli
