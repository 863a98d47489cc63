#include "render/report/figure.hpp"
#include "render/report/posterior_page.hpp"
#include "render/svg_writer.hpp"
#include "tests/report_support.hpp"

#include <algorithm>
#include <cmath>
#include <fmt/format.h>
#include <limits>
#include <nlohmann/json.hpp>

namespace walkout {

namespace {

using namespace report;
using Json = nlohmann::ordered_json;

Json json_of(const TemporaryFolder& folder)
{
    return Json::parse(read_text(folder / "posterior.json"));
}

/// A folded table of a page, by the beginning of its title.
const Table& table_of(const Page& page, const std::string& title)
{
    for (const Chart& chart : page.charts)
        if (chart.table.title.starts_with(title))
            return chart.table;
    const auto found = std::ranges::find_if(
        page.tables, [&](const Table& table) { return table.title.starts_with(title); });
    REQUIRE(found != page.tables.end());
    return *found;
}

std::string cell(const Table& table, std::size_t row, const std::string& column)
{
    const auto found = std::ranges::find(table.head, column);
    REQUIRE(found != table.head.end());
    return table.rows.at(row).at(static_cast<std::size_t>(found - table.head.begin()));
}

double number(const Table& table, std::size_t row, const std::string& column)
{
    return std::stod(cell(table, row, column));
}

Approx about(const Json& json)
{
    return Approx(json.get<double>()).epsilon(1e-5).margin(1e-9);
}

/// The folder's page after a change of its JSON, which tells of a fit that went well.
Page changed(const TemporaryFolder& folder, const std::function<void(Json&)>& change)
{
    Json json = json_of(folder);
    for (Json& parameter : json["parameters"])
        parameter["effective_size"] = 400;
    change(json);
    write_text(folder / "changed.json", json.dump());
    return posterior_page(read_posterior((folder / "changed.json").string()));
}

std::string all_findings(const Page& page)
{
    std::string text;
    for (const Statement& statement : page.statements)
        text += statement.headline + " " + statement.text + "\n";
    return text;
}

} // namespace

TEST_CASE("The page of a fit has the numbers of its JSON", "[report]")
{
    TemporaryFolder folder;
    const Page page = posterior_page(small_posterior(folder));
    const Json json = json_of(folder);

    const Table& parameters = table_of(page, "Parameters");
    REQUIRE(parameters.rows.size() == 2);
    for (std::size_t k = 0; k < 2; ++k) {
        const Json& parameter = json.at("parameters").at(k);
        CHECK(cell(parameters, k, "parameter") == parameter.at("name"));
        CHECK(number(parameters, k, "prior 5 %") == about(parameter.at("prior").at(1)));
        CHECK(number(parameters, k, "posterior 5 %") == about(parameter.at("posterior").at(1)));
        CHECK(number(parameters, k, "posterior median") == about(parameter.at("posterior").at(4)));
        CHECK(number(parameters, k, "posterior 95 %") == about(parameter.at("posterior").at(7)));
        CHECK(number(parameters, k, "shrinkage") == about(parameter.at("shrinkage")));
        CHECK(number(parameters, k, "effective size") == about(parameter.at("effective_size")));
        CHECK(cell(parameters, k, "verdict") == parameter.at("identified"));
        CHECK(page.table.rows.at(k).at(1).words == parameter.at("identified"));
    }

    const Table& record = table_of(page, "Recorded numbers");
    REQUIRE(record.rows.size() == json.at("record").size());
    for (std::size_t k = 0; k < record.rows.size(); ++k) {
        const Json& recorded = json.at("record").at(k);
        CHECK(number(record, k, "recorded") == about(recorded.at("recorded")));
        CHECK(number(record, k, "hour") == about(recorded.at("time")));
        CHECK(number(record, k, "runs 2.5 %") == about(recorded.at("quantiles").at(0)));
        CHECK(number(record, k, "runs 97.5 %") == about(recorded.at("quantiles").at(8)));
        CHECK(cell(record, k, "fitted") == (recorded.at("fit") ? "yes" : "no"));
        CHECK(cell(record, k, "inside 80 %") == (recorded.at("inside_80") ? "yes" : "no"));
        CHECK(cell(record, k, "inside 95 %") == (recorded.at("inside_95") ? "yes" : "no"));
    }

    const Table& generations = table_of(page, "Generations");
    REQUIRE(generations.rows.size() == json.at("generations").size());
    CHECK(number(generations, 1, "trials") == about(json.at("generations").at(1).at("trials")));
    const Table& correlations = table_of(page, "Correlations");
    CHECK(number(correlations, 0, "trust") == about(json.at("correlations").at(0).at(1)));
    CHECK(page.provenance.find(json.at("fingerprint")) != std::string::npos);
    CHECK(page.command.starts_with("walkout calibrate "));
}

TEST_CASE("The curves of a fit's page are those of its JSON, around the record", "[report]")
{
    TemporaryFolder folder;
    const PosteriorData data = small_posterior(folder);
    const Json curve = json_of(folder).at("curves").at(0);
    const Page page = posterior_page(data);
    const Table& fan = table_of(page, "Signatures over time");
    REQUIRE(!fan.rows.empty());
    for (std::size_t row = 0; row < fan.rows.size(); ++row) {
        const double hour = number(fan, row, "hour");
        const auto& times = curve.at("times");
        std::size_t k = 0;
        while (times.at(k).get<double>() < hour - 1e-4)
            ++k;
        CHECK(number(fan, row, "median") == about(curve.at("quantiles").at(k).at(4)));
        CHECK(number(fan, row, "2.5 %") == about(curve.at("quantiles").at(k).at(0)));
    }
    // counted after 4, 6 and 9 hours of 32
    const auto [from, to] = hours_of_record(data.scenarios[0].fan);
    CHECK(from <= 4);
    CHECK(to >= 9);
    CHECK(to < 20);
}

TEST_CASE("The findings of a fit count what lies inside the intervals", "[report]")
{
    TemporaryFolder folder;
    small_posterior(folder);
    const auto with = [&](bool first, bool second, bool other) {
        return changed(folder, [&](Json& json) {
            json["record"][0]["inside_95"] = json["record"][0]["inside_80"] = first;
            json["record"][2]["inside_95"] = true;
            json["record"][2]["inside_80"] = second;
            json["record"][1]["inside_95"] = json["record"][1]["inside_80"] = other;
        });
    };
    const Page all = with(true, true, true);
    CHECK(all.statements[0].headline == "Both fitted numbers lie inside the 80 % interval.");
    CHECK(all.statements[0].text.find("Outside") == std::string::npos);
    const Page some = with(true, false, false);
    CHECK(some.statements[0].headline == "Both fitted numbers lie inside the 95 % interval.");
    CHECK(some.statements[0].text.find("Of 2 fitted: 1 inside the 80 %") != std::string::npos);
    CHECK(some.statements[0].text.find("Outside: signatures, Mon 15:00: 5 recorded") !=
          std::string::npos);
    const Page missed = with(false, true, true);
    CHECK(missed.statements[0].headline == "Runs of the posterior miss 1 of 2 fitted numbers.");
}

TEST_CASE("The findings of a fit name what the record identifies and ties", "[report]")
{
    TemporaryFolder folder;
    small_posterior(folder);
    const auto page_with = [&](const char* first, const char* second, const char* tie, double r) {
        return changed(folder, [&](Json& json) {
            json["parameters"][0]["identified"] = first;
            json["parameters"][1]["identified"] = second;
            json["parameters"][0]["tie"] = tie;
            json["parameters"][0]["correlation"] = json["parameters"][1]["correlation"] = r;
        });
    };
    const Page some = page_with("identified", "not identified", "", 0.1);
    CHECK(some.statements[1].headline == "The record identifies letter opens.");
    CHECK(some.statements[1].text ==
          "Not: trust, whose posterior is hardly narrower than its prior.");
    CHECK(some.statements[2].headline == "No two parameters are tied.");
    const Page none = page_with("partly identified", "not identified", "told", -0.8);
    CHECK(none.statements[1].headline == "The record identifies no parameter fully.");
    CHECK(none.statements[1].text.starts_with("Partly: letter opens."));
    CHECK(none.statements[2].headline == "Letter opens and trust are tied.");
    CHECK(none.statements[2].text.find("0.80, the record tells their sum") != std::string::npos);
}

TEST_CASE("A fit that is worth few draws says so", "[report]")
{
    TemporaryFolder folder;
    small_posterior(folder);
    const auto worth = [&](double draws) {
        return changed(folder,
                       [&](Json& json) { json["parameters"][1]["effective_size"] = draws; });
    };
    const Page bad = worth(99.4);
    CHECK(bad.warning.find("99 independent draws, fewer than 100") != std::string::npos);
    CHECK(bad.warning.find("Raise calibrate.particles") != std::string::npos);
    CHECK(bad.statements[0].headline.starts_with("The fit went badly"));
    CHECK(all_findings(bad).find("\nBy this bad fit, the record") != std::string::npos);
    const Page good = worth(100);
    CHECK(good.warning.empty());
    CHECK(all_findings(good).find("badly") == std::string::npos);
    CHECK(all_findings(good).find("worth 100 independent draws") != std::string::npos);
}

TEST_CASE("Chains that disagree are said to", "[report]")
{
    TemporaryFolder folder;
    const PosteriorData data = small_posterior(
        folder, "method: synthetic_likelihood, chains: 2, iterations: 40, runs: 2, draws: 20");
    CHECK_FALSE(data.particles);
    const auto with = [&](const Json& r_hat) {
        return changed(folder, [&](Json& json) {
            json["parameters"][0]["r_hat"] = 1.01;
            json["parameters"][1]["r_hat"] = r_hat;
        });
    };
    for (const Json& r_hat : {Json(1.051), Json(nullptr)}) {
        const Page bad = with(r_hat);
        CHECK(bad.warning.find("The chains disagree: R-hat of trust") != std::string::npos);
        CHECK(all_findings(bad).find("The fit went badly: its chains disagree.") !=
              std::string::npos);
    }
    const Page good = with(1.049);
    CHECK(good.warning.empty());
    CHECK(good.table.columns.back().words == "R-hat");
    CHECK(good.table.rows[1].back().words == "1.049");
    CHECK(table_of(good, "Chains").rows.size() == 2);
}

TEST_CASE("Runs of draws that failed are told on the page of a fit", "[report]")
{
    TemporaryFolder folder;
    small_posterior(folder);
    const Page page = changed(folder, [](Json& json) { json["failed"] = 3; });
    CHECK(page.warning == "3 of the draws' runs failed and are left out.");
}

TEST_CASE("Calibrate writes its page and figure, whatever store lies beside them", "[report]")
{
    TemporaryFolder folder;
    const PosteriorData data = small_posterior(folder);
    const Page page = posterior_page(data);
    REQUIRE(std::filesystem::exists(folder / "study.sqlite"));
    CHECK(read_text(folder / "report.html") == html(page));
    const std::string picture = render::svg(figure(page.charts));
    CHECK(read_text(folder / "figure.svg") == picture);
    for (const Chart& chart : page.charts)
        CHECK(picture.find(chart.title.substr(0, 12)) != std::string::npos);
}

TEST_CASE("Charts of one page keep apart and inside their figure", "[report]")
{
    TemporaryFolder folder;
    const Page page = posterior_page(small_posterior(folder));
    REQUIRE(page.charts.size() == 4);
    CHECK_FALSE(page.charts[1].new_row);
    CHECK(page.charts[2].new_row);
    const render::DisplayList whole = figure(page.charts);
    CHECK(whole.height > page.charts[0].picture.height + page.charts[2].picture.height);
    CHECK(whole.width < 1.1F * page_width);
}

TEST_CASE("What no number can say leaves the page of a fit whole", "[report]")
{
    TemporaryFolder folder;
    small_posterior(folder);
    const Page page = changed(folder, [](Json& json) {
        json["correlations"][0][1] = json["correlations"][1][0] = nullptr;
        json["parameters"][0]["correlation"] = nullptr;
        Json& never_there = json["record"][0]["quantiles"];
        for (std::size_t k = 5; k < never_there.size(); ++k)
            never_there[k] = nullptr;
    });
    const std::string file = html(page);
    CHECK(file.find("=\"nan") == std::string::npos);
    CHECK(file.find("=\"inf") == std::string::npos);
    CHECK(cell(table_of(page, "Recorded numbers"), 0, "runs 97.5 %") == "never");
}

TEST_CASE("A damaged posterior is refused in one sentence with its cure", "[report]")
{
    TemporaryFolder folder;
    small_posterior(folder);
    const std::string whole = read_text(folder / "posterior.json");
    Json short_ranks = Json::parse(whole), no_parameters = short_ranks, strange = short_ranks;
    short_ranks["ranks"][1].erase(0);
    no_parameters["parameters"] = Json::array();
    strange["record"][0]["scenario"] = "elsewhere";
    for (const std::string& text :
         {std::string("{"), std::string("{}"), whole.substr(0, whole.size() / 2),
          short_ranks.dump(), no_parameters.dump(), strange.dump()}) {
        write_text(folder / "posterior.json", text);
        const Ended ended = walkout({"report", folder.path().string()});
        CHECK(ended.code == 2);
        CHECK(line_count(ended.err) == 2);
        CHECK(ended.err.find("posterior.json' is damaged") != std::string::npos);
        CHECK(ended.err.find("make it again with 'walkout calibrate'") != std::string::npos);
    }
}

} // namespace walkout
