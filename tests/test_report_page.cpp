#include "render/report/attribution_page.hpp"
#include "render/report/compare_page.hpp"
#include "render/report/figure.hpp"
#include "render/report/font_subset.hpp"
#include "render/report/posterior_page.hpp"
#include "render/report/study_page.hpp"
#include "render/svg_writer.hpp"
#include "tests/report_support.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <regex>
#include <set>
#include <sstream>

namespace walkout {

namespace {

using namespace report;
namespace fs = std::filesystem;

MadeUp varied(const std::vector<double>& values, std::uint32_t replicate)
{
    const bool back = values.empty() || replicate * 2 > 20 * values[0];
    return {.returned = back,
            .peak = back ? 0.9 : 0.1,
            .half = back ? 3 : never,
            .names = back ? std::vector{0, 2, 5, 5} : std::vector{0, 0, 1, 1}};
}

/// A study with `count` parameters of three values each.
std::string many_parameters(std::size_t count)
{
    static constexpr const char* paths[] = {"people.allegiance_mean",  "people.vigil",
                                            "people.trust_mean",       "people.fallback_mean",
                                            "people.trust_spread",     "people.risk_spread",
                                            "people.visa_share",       "people.fallback_spread",
                                            "people.team_correlation", "people.visa_risk",
                                            "board.credibility_floor", "mechanisms.office.loss"};
    std::string yaml = "title: Many\ndesign: one_at_a_time\nreplicates: 20\nparameters:\n";
    for (std::size_t k = 0; k < count; ++k)
        yaml +=
            fmt::format("  a_parameter_with_a_long_name_{}: {{path: {}, values: [0, 0.1, 0.9]}}\n",
                        k, paths[k]);
    return yaml;
}

/// The studies whose pages must look right.
std::vector<std::pair<std::string, std::string>> kinds_of_studies()
{
    return {
        {"one parameter", many_parameters(1)},
        {"twelve parameters", many_parameters(12)},
        {"one point", "title: <b>One</b> & \"only\"\nreplicates: 20\ndesign: {list: [{}]}\n"},
        {"a sample", "title: Sample\nreplicates: 2\nparameters:\n"
                     "  a: {path: people.allegiance_mean, range: [0, 1]}\n"
                     "  b: {path: people.vigil, range: [0, 1]}\n"
                     "design: {saltelli: {points: 16}}\n"},
        {"mixes", "title: Mixes\nsummary: Three <weights>.\nreplicates: 20\nparameters:\n"
                  "  a: {path: people.vigil}\n  b: {path: people.visa_share}\n"
                  "  c: {path: people.trust_mean}\n"
                  "design: {list: [{a: 1, b: 0, c: 0}, {a: 0, b: 1, c: 0}, {a: 0, b: 0, c: 1}]}\n"},
        {"a large grid",
         "title: Grid\nreplicates: 2\nparameters:\n"
         "  a: {path: people.allegiance_mean, linear: {from: 0, to: 1, steps: 25}}\n"
         "  b: {path: people.vigil, linear: {from: 0, to: 1, steps: 12}}\n"},
    };
}

std::string page_of(const std::string& yaml)
{
    return html(study_page(MadeUpStudy(yaml, varied).data()));
}

/// What `walkout attribute` wrote about the five people of letter.yaml.
AttributionData small_attribution(const TemporaryFolder& folder)
{
    REQUIRE(walkout({"attribute", "scenarios/letter.yaml", "--replicates", "8", "--out",
                     folder.path().string()})
                .code == 0);
    return read_attribution((folder / "attribution.json").string());
}

/// What `walkout compare` wrote about letter.yaml and a variant of it.
CompareData small_comparison(const TemporaryFolder& folder)
{
    write_text(folder / "letter.yaml", read_text(checkout() / "scenarios/letter.yaml"));
    write_text(folder / "other.yaml", "base: letter.yaml\npeople: {allegiance_mean: -0.5}\n");
    REQUIRE(walkout({"compare", "scenarios/letter.yaml", (folder / "other.yaml").string(),
                     "--replicates", "12", "--out", folder.path().string()})
                .code == 0);
    return read_comparison((folder / "compare.json").string());
}

/// One number and three factors whose names are their effects.
AttributionData made_up_attribution(const std::vector<FactorEffect>& effects)
{
    const std::vector<AttributedFactor> factors(effects.size(), {"A", "cause", "nothing"});
    return {.title = "Made up",
            .headcount = 5,
            .replicates = 20,
            .factors = factors,
            .numbers = {{.name = "returned", .unit = "share", .effects = effects}}};
}

/// Three scenarios and ten parameters, as far as a page must hold them.
PosteriorData large_posterior(const TemporaryFolder& folder)
{
    PosteriorData data = small_posterior(folder);
    const auto record = data.record;
    for (const std::size_t s : {1U, 2U}) {
        data.scenarios.push_back(data.scenarios[0]);
        data.scenarios.back().words = "Another company with a long title";
        for (RecordedNumber number : record) {
            number.scenario = s;
            data.record.push_back(number);
        }
    }
    while (data.parameters.size() < 10) {
        data.parameters.push_back(data.parameters[data.parameters.size() % 2]);
        data.parameters.back().words = "A parameter with a long name";
    }
    data.correlations.assign(10, std::vector<double>(10, -0.25));
    return data;
}

/// Open a page in Chromium with these words and wait.
Ended chromium(const TemporaryFolder& folder, std::vector<std::string> words)
{
    std::vector<std::string> all{"chromium",
                                 "--headless",
                                 "--no-sandbox",
                                 "--disable-gpu",
                                 "--disable-background-networking",
                                 "--disable-component-update",
                                 "--user-data-dir=" + (folder / "profile").string()};
    all.insert(all.end(), words.begin(), words.end());
    return run_program(all);
}

/// A page on paper.
class Printed {
public:
    explicit Printed(const std::string& page) : pdf_((folder_ / "page.pdf").string())
    {
        write_text(folder_ / "page.html", page);
        REQUIRE(chromium(folder_, {"--no-pdf-header-footer", "--print-to-pdf=" + pdf_,
                                   "file://" + (folder_ / "page.html").string()})
                    .code == 0);
        CHECK(run_program({"pdfinfo", pdf_}).out.find("841.92 x 594.96 pts (A4)") !=
              std::string::npos);
    }

    /// The words of some sheets, counted from 1.
    std::string text(int from, int to) const
    {
        return run_program(
                   {"pdftotext", "-f", std::to_string(from), "-l", std::to_string(to), pdf_, "-"})
            .out;
    }

private:
    TemporaryFolder folder_;
    std::string pdf_;
};

} // namespace

TEST_CASE("A page is one file that loads nothing and runs nothing", "[report]")
{
    for (const auto& [name, yaml] : kinds_of_studies()) {
        CAPTURE(name);
        const std::string page = page_of(yaml);
        CHECK(page.size() < 400'000);
        CHECK(page.find("<script") == std::string::npos);
        CHECK(page.find("src=") == std::string::npos);
        CHECK_FALSE(std::regex_search(page, std::regex("href=\"(?!data:)")));
        CHECK_FALSE(std::regex_search(page, std::regex("url\\((?!data:|#)")));
    }
}

TEST_CASE("What the user wrote cannot become markup", "[report]")
{
    const std::string page = page_of(kinds_of_studies()[2].second);
    CHECK(page.find("<b>One") == std::string::npos);
    CHECK(page.find("&lt;b&gt;One&lt;/b&gt; &amp; &quot;only&quot;") != std::string::npos);
}

TEST_CASE("Ids of a page are unique and every reference is met", "[report]")
{
    for (const auto& [name, yaml] : kinds_of_studies()) {
        CAPTURE(name);
        const std::string page = page_of(yaml);
        std::multiset<std::string> ids;
        const std::regex id(" id=\"([^\"]+)\""), reference("url\\(#([^)]+)\\)");
        for (std::sregex_iterator k(page.begin(), page.end(), id), end; k != end; ++k)
            ids.insert((*k)[1]);
        for (const std::string& one : ids)
            CHECK(ids.count(one) == 1);
        for (std::sregex_iterator k(page.begin(), page.end(), reference), end; k != end; ++k)
            CHECK(ids.count((*k)[1]) == 1);
    }
}

TEST_CASE("The same study gives the same page", "[report]")
{
    const MadeUpStudy study(many_parameters(2), varied);
    CHECK(html(study_page(study.data())) == html(study_page(study.data())));
}

TEST_CASE("Numbers can be taken from a page as CSV", "[report]")
{
    const std::string csv = tables_csv(study_page(MadeUpStudy(many_parameters(2), varied).data()));
    CHECK(csv.find("table,parameter,at,value,low (95 %),high (95 %),runs\n") != std::string::npos);
    CHECK(csv.find(",the scenario,,") != std::string::npos);
}

TEST_CASE("Each number of an attribution has a finding, a chart and a table", "[report]")
{
    TemporaryFolder folder;
    const AttributionData data = small_attribution(folder);
    const Page page = attribution_page(data);
    CHECK(page.title.ends_with('?'));
    CHECK(page.statements.size() == 3);
    REQUIRE(page.charts.size() == 3);
    for (std::size_t k = 0; k < page.charts.size(); ++k) {
        const auto& effects = data.numbers[k].effects;
        CHECK(std::ranges::is_sorted(effects, std::greater<>{}, [](const FactorEffect& effect) {
            return std::abs(effect.shapley.value);
        }));
        const Table& table = page.charts[k].table;
        REQUIRE(table.rows.size() == data.factors.size() + 1);
        double sum = 0;
        for (std::size_t row = 0; row + 1 < table.rows.size(); ++row)
            sum += std::stod(table.rows[row][1]);
        CHECK(sum == Approx(std::stod(table.rows.back()[1])).margin(1e-3));
    }
    CHECK(page.provenance.find(data.fingerprint) != std::string::npos);
}

TEST_CASE("An attribution in several scenarios shows them side by side", "[report]")
{
    TemporaryFolder folder;
    fs::copy_file(checkout() / "scenarios" / "letter.yaml", folder / "letter.yaml");
    write_text(folder / "factors.yaml",
               "title: Factors\nsummary: What <it> is about.\nreplicates: 8\n"
               "scenarios: {as_it_is: letter.yaml,\n"
               "            loyal: {file: letter.yaml, set: {people.allegiance_mean: 0.9}}}\n"
               "parameters: {trust: {path: people.trust_mean, values: [0.9]},\n"
               "             vigil: {path: people.vigil, values: [0]}}\n");
    REQUIRE(walkout({"attribute", "--study", (folder / "factors.yaml").string(), "--out",
                     folder.path().string()})
                .code == 0);
    const AttributionData data = read_attribution((folder / "attribution.json").string());
    REQUIRE(data.others.size() == 1);
    CHECK(data.others[0].scenario == "Loyal");
    CHECK(data.others[0].fingerprint != data.fingerprint);
    const Page page = attribution_page(data);
    REQUIRE(page.table.columns.size() == 3);
    CHECK(page.table.columns[2].words == "Loyal");
    CHECK(page.table.rows.size() == 3 * data.factors.size());
    CHECK(page.tables.size() == 1 + 3); // factors, and each number of the other scenario
    CHECK(html(page).find("What &lt;it&gt; is about.") != std::string::npos);
}

TEST_CASE("The command of an attribution's page makes the same numbers again", "[report]")
{
    TemporaryFolder folder, again;
    const AttributionData data = small_attribution(folder);
    std::vector<std::string> words;
    std::istringstream command(data.command);
    for (std::string word; command >> word;)
        words.push_back(word);
    REQUIRE(words.front() == "walkout");
    words.erase(words.begin());
    words.insert(words.end(), {"--out", again.path().string()});
    REQUIRE(walkout(words).code == 0);
    CHECK(read_attribution((again / "attribution.json").string()).fingerprint == data.fingerprint);
}

TEST_CASE("A finding claims no more than the intervals of an attribution", "[report]")
{
    const auto headline = [](const std::vector<FactorEffect>& effects) {
        return attribution_page(made_up_attribution(effects)).statements.at(0).headline;
    };
    const FactorEffect large{"Large", {0.5, 0.4, 0.6, 0}}, near{"Near", {-0.39, -0.48, -0.3, 0}},
        small{"Small", {0.1, 0.05, 0.15, 0}}, unseen{"Unseen", {0.1, -0.1, 0.3, 0}};
    CHECK(headline({large, small}) == "Large moves the chance of the return most.");
    CHECK(headline({large, near, small}) == "Large and near move the chance of the return most.");
    CHECK(headline({unseen}) == "No factor is seen to move the chance of the return.");
    CHECK(headline({unseen, small}) == "No factor stands out in the chance of the return.");
    AttributionData single = made_up_attribution({large, small});
    single.replicates = 1;
    const Page page = attribution_page(single);
    CHECK(page.statements[0].headline.starts_with("One replicate cannot tell"));
    CHECK(page.warning.find("no intervals") != std::string::npos);
}

TEST_CASE("Scenarios of an attribution tell the strongest as far as intervals do", "[report]")
{
    const FactorEffect large{"Large", {0.5, 0.4, 0.6, 0}}, near{"Near", {-0.39, -0.48, -0.3, 0}},
        small{"Small", {0.1, 0.05, 0.15, 0}}, unseen{"Unseen", {0.1, -0.1, 0.3, 0}};
    const auto note = [](AttributionData first, AttributionData second) {
        first.scenario = "One";
        second.scenario = "Two";
        first.others = {std::move(second)};
        return attribution_page(first).table.note;
    };
    const std::string start = "Strongest for the chance of the return: ";
    CHECK(note(made_up_attribution({large, small}), made_up_attribution({large})) ==
          start + "large in all.");
    CHECK(note(made_up_attribution({large, near}), made_up_attribution({unseen})) ==
          start + "large and near (one), none is seen (two).");
}

TEST_CASE("A damaged attribution is refused with its cure", "[report]")
{
    TemporaryFolder folder;
    for (const char* text : {"{", "{}", "{\"title\": 3}"}) {
        write_text(folder / "attribution.json", text);
        const Ended ended = walkout({"report", folder.path().string()});
        CHECK(ended.code == 2);
        CHECK(ended.err.find("make it again with 'walkout attribute'") != std::string::npos);
    }
}

TEST_CASE("A figure holds the words of all charts of its page", "[report]")
{
    TemporaryFolder folder;
    const Page page = attribution_page(small_attribution(folder));
    const std::string picture = render::svg(figure(page.charts));
    for (const Chart& chart : page.charts)
        CHECK(picture.find(chart.title.substr(0, 12)) != std::string::npos);
    REQUIRE(walkout({"report", folder.path().string()}).code == 0);
    CHECK(read_text(folder / "figure.svg") == picture);
    CHECK(read_text(folder / "report.html") == html(page));
}

TEST_CASE("The page of a comparison shows what its report says", "[report]")
{
    TemporaryFolder folder;
    const CompareData data = small_comparison(folder);
    const Page page = compare_page(data);
    REQUIRE(data.scenarios.size() == 2);
    CHECK(page.title == data.scenarios[0].words + " against " + data.scenarios[1].words);
    CHECK(page.charts.size() == 3);
    const auto ends = static_cast<std::size_t>(
        std::count_if(std::begin(outcome_names), std::end(outcome_names), [&](const auto& name) {
            const auto k = static_cast<std::size_t>(&name - std::begin(outcome_names));
            return data.scenarios[0].outcomes[k] > 0 || data.scenarios[1].outcomes[k] > 0;
        }));
    CHECK(page.table.rows.size() == ends + data.measures.size());
    std::size_t pairs = 0;
    for (const OutcomeChange& change : data.contrasts.at(0).flow)
        pairs += change.runs;
    CHECK(pairs == 12);
    for (const ComparedScenario& scenario : data.scenarios)
        CHECK(page.provenance.find(scenario.fingerprint) != std::string::npos);
    const std::string file = html(page);
    CHECK(file.find("nan\"") == std::string::npos);
    REQUIRE(walkout({"report", folder.path().string()}).code == 0);
    CHECK(read_text(folder / "report.html") == file);
}

TEST_CASE("Scenarios side by side go by their titles where these differ", "[report]")
{
    TemporaryFolder folder;
    write_text(folder / "letter.yaml", read_text(checkout() / "scenarios/letter.yaml"));
    write_text(folder / "other.yaml", "base: letter.yaml\ntitle: Another\n");
    const auto compared = [&] {
        const std::string base = (folder / "letter.yaml").string();
        REQUIRE(walkout({"compare", base, (folder / "other.yaml").string(), "--replicates", "4",
                         "--out", folder.path().string()})
                    .code == 0);
        return read_comparison((folder / "compare.json").string()).scenarios;
    };
    CHECK(compared()[1].words == "Another");
    const std::string title = compared()[0].words;
    write_text(folder / "other.yaml", "base: letter.yaml\ntitle: " + title + ", otherwise\n");
    CHECK(compared()[1].words == "Otherwise");
    write_text(folder / "other.yaml", "base: letter.yaml\npeople: {allegiance_mean: 0}\n");
    CHECK(compared()[0].words == "Letter");
    CHECK(compared()[1].words == "Other");
}

TEST_CASE("A font keeps the glyphs of the text and no others", "[report]")
{
    const std::string few = font_subset(render::Font::regular, "0123456789");
    const std::string more = font_subset(render::Font::regular, "0123456789 abcdefghijklmnop");
    CHECK(few.substr(0, 4) == std::string("\0\1\0\0", 4)); // TrueType
    CHECK(few.size() < more.size());
    CHECK(more.size() < 12'000);
    CHECK(base64("Man") == "TWFu");
    CHECK(base64("Ma") == "TWE=");
    CHECK(base64("M") == "TQ==");
    CHECK(base64("").empty());
}

TEST_CASE("A published result is made again by its command, byte by byte", "[report][slow]")
{
    const std::string name =
        GENERATE(as<std::string>(), "how_long_can_the_board_hold", "what_if/secret_names");
    CAPTURE(name);
    TemporaryFolder folder;
    fs::copy(checkout() / "scenarios", folder / "scenarios", fs::copy_options::recursive);
    fs::create_directory(folder / "results");
    fs::copy_file(checkout() / "results/make.sh", folder / "results/make.sh");
    const Ended ended =
        run_program({(folder / "results/make.sh").string(), name},
                    {.folder = folder.path(), .extra = {{"WALKOUT", WALKOUT_PROGRAM}}});
    INFO(ended.err);
    REQUIRE(ended.code == 0);
    CHECK(read_text((folder / "results") / name / "report.html") ==
          read_text(checkout() / "results" / name / "report.html"));
}

TEST_CASE("Results that nobody publishes are refused by name", "[report]")
{
    const std::string script = (checkout() / "results/make.sh").string();
    const Ended ended = run_program({script, "nothing"}, {.extra = {{"WALKOUT", "false"}}});
    CHECK(ended.code == 2);
    CHECK(ended.err.find("there is no 'nothing'") != std::string::npos);
    std::istringstream names(run_program({script, "--list"}).out);
    for (std::string name; std::getline(names, name);) {
        CAPTURE(name);
        CHECK(fs::exists(checkout() / "results" / name / "report.html"));
    }
}

TEST_CASE("Chromium shows every page without error and without overflow", "[report][browser]")
{
    TemporaryFolder folder;
    std::string frames;
    std::vector<std::string> pages{html(attribution_page(small_attribution(folder))),
                                   html(compare_page(small_comparison(folder))),
                                   html(posterior_page(small_posterior(folder))),
                                   html(posterior_page(large_posterior(folder)))};
    for (const auto& [name, yaml] : kinds_of_studies())
        pages.push_back(page_of(yaml));
    for (const std::string& page : pages) {
        const std::string file = fmt::format("page{}.html", line_count(frames));
        write_text(folder / file, page);
        for (const int width : {1440, 800})
            frames += fmt::format("<iframe src=\"{}\" width=\"{}\" height=\"900\"></iframe>\n",
                                  file, width);
    }
    write_text(folder / "all.html",
               "<body><script>onload = () => {\n"
               "  document.title = [...document.querySelectorAll('iframe')].map(frame => {\n"
               "    const page = frame.contentDocument.documentElement;\n"
               "    const seen = frame.contentDocument.querySelectorAll('svg text').length;\n"
               "    return seen > 0 ? page.scrollWidth - page.clientWidth : 'empty';\n"
               "  }).join(' ') + ' end';\n"
               "}</script>\n" +
                   frames + "</body>");
    const Ended ended =
        chromium(folder, {"--allow-file-access-from-files", "--enable-logging=stderr",
                          "--virtual-time-budget=5000", "--dump-dom",
                          "file://" + (folder / "all.html").string()});
    REQUIRE(ended.code == 0);
    CHECK(ended.err.find("CONSOLE") == std::string::npos);
    std::smatch title;
    REQUIRE(std::regex_search(ended.out, title, std::regex("<title>([^<]*)</title>")));
    CHECK(title[1] == "0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 end");
}

TEST_CASE("A page prints on one landscape A4, then its numbers", "[report][browser]")
{
    for (const auto& [name, yaml] : kinds_of_studies()) {
        CAPTURE(name);
        const Printed printed(page_of(yaml));
        const bool has_fan = name != "mixes";
        CHECK(printed.text(1, 1).find("One file, no network") != std::string::npos);
        CHECK(printed.text(1, 1).find("the numbers") == std::string::npos);
        CHECK(printed.text(2, 99).find(has_fan ? "median" : "the numbers") != std::string::npos);
    }
}

TEST_CASE("A page with two rows of charts prints on two sheets, then its numbers",
          "[report][browser]")
{
    TemporaryFolder folder;
    const Printed printed(html(posterior_page(small_posterior(folder))));
    CHECK(printed.text(1, 1).find("Where each recorded number lies") != std::string::npos);
    CHECK(printed.text(1, 1).find("about each parameter") == std::string::npos);
    CHECK(printed.text(2, 2).find("about each parameter") != std::string::npos);
    CHECK(printed.text(2, 2).find("One file, no network") != std::string::npos);
    CHECK(printed.text(1, 2).find("the numbers") == std::string::npos);
    CHECK(printed.text(3, 99).find("the numbers") != std::string::npos);
}

} // namespace walkout
