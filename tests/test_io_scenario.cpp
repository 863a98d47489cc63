#include "sim/core/run.hpp"
#include "sim/io/condition.hpp"
#include "sim/io/scenario_file.hpp"
#include "sim/io/yaml_reader.hpp"
#include "tests/cli_support.hpp"
#include "tests/yaml_support.hpp"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

namespace walkout {

namespace fs = std::filesystem;

namespace {

const std::string start = "start: 2025-03-03T09:00+00:00\n";

io::ScenarioFile parse(const std::string& yaml, const std::vector<std::string>& overrides = {},
                       const std::string& folder = "")
{
    return io::parse_scenario(start + yaml, "test.yaml", folder, overrides);
}

const io::Origin* origin_of(const io::ScenarioFile& file, const std::string& path)
{
    const auto found = std::ranges::find(file.origins, path, &io::Origin::path);
    return found == file.origins.end() ? nullptr : &*found;
}

/// Every kind of effect and every optional part once.
const std::string everything = R"(
title: Everything at once
horizon: 100h
record: record.csv
organization:
  departments:
    research: {headcount: 30, allegiance_shift: 0.2, camp: plus}
    sales: {headcount: 20, trust_shift: -10%, time_zone: 3h}
board:
  directors:
    chair: {resolve: 1}
    founder: {resolve: 0.5, lean: 0.1}
  vacated: {Chair of the staff: one, president: two}
  quorum: 2
leaders:
  plus: {role: the manager, profile: {communication: 0.7}}
  minus: {role: the rival, in_office: false}
events:
  one: {at: 1h, headline: "One: the first", do: {dismiss: {pole: plus}, breach: {severity: 30%, reason: 10%}}}
  two: {at: 2h, by: minus, precision: 10min, do: {reassure: {gain: 10%, among: {reach: 50%, department: sales, level_min: 1, level_max: 3, tenure_min: 1, tenure_max: 9, visa: true}}}}
  three: {at: 3h, do: {persuade: {direction: minus, strength: 5%}, evidence: {strength: 10%}}}
  four: {at: 4h, do: {offer: {quality: 60%}, petition: {pole: plus, broadcast_rate: 1/h, visibility: 90%, risk_factor: 0.8, first_signers: 3}}}
  five: {at: 5h, do: {package: {pole: plus, quality: 40%, open_for: 9h, broadcast_rate: 2/h, visibility: 10%}}}
  six: {at: 6h, do: {broadcast: {pole: plus, rate: 2/h}, deadline: {pole: plus, in: 12h}, vigil: {share: 30%}}}
  seven: {when: signed >= 10% * headcount and hours > 8, after: 2h, do: {invest: {stance: 0.5}, convene: {}}}
  eight: {at: 30h, do: [{retaliate: {factor: 0.2}}, {breach: {severity: 5%}}, {breach: {severity: 6%}}]}
  nine: {at: 40h, do: {close: {pole: plus}, appoint: {trust: 40%}, concede: {director: founder, pole: plus}}}
  ten: {at: 50h, do: {reinstate: {pole: plus}}}
)";

/// A folder with that scenario and what it names.
void write_everything(const TemporaryFolder& folder)
{
    write_text(folder / "everything.yaml", start + everything);
    write_text(folder / "record.csv", "time,count\n2025-03-03T15:00+00:00,3\n");
}

std::uint64_t fingerprint(const Scenario& scenario)
{
    return run(scenario, {.seed = 7}).fingerprint;
}

} // namespace

// ---------------------------------------------------------------- resolve

TEST_CASE("a resolved scenario is the same scenario with the same standing", "[io]")
{
    TemporaryFolder folder;
    write_everything(folder);
    auto paths = gallery();
    paths.push_back(folder / "everything.yaml");
    for (const fs::path& path : paths) {
        INFO(path);
        const auto file = io::read_scenario(path.string());
        const std::string text = io::resolve(file);
        const auto again =
            io::parse_scenario(text, path.filename().string(), path.parent_path().string());
        CHECK(io::resolve(again) == text);
        CHECK(again.scenario.record.size() == file.scenario.record.size());
        CHECK(again.scenario.bases.empty());
        for (const io::Origin& origin : file.origins) {
            INFO(origin.path);
            const io::Origin* kept = origin_of(again, origin.path);
            REQUIRE(kept);
            CHECK(kept->kind == origin.kind);
            CHECK(kept->source == origin.source);
        }
        CHECK(fingerprint(again.scenario) == fingerprint(file.scenario));
    }
}

TEST_CASE("a resolved scenario keeps what was overridden", "[io]")
{
    const auto file = parse("people: {vigil: 5%}\n", {"people.vigil=30%", "horizon=90min"});
    const auto again = io::parse_scenario(io::resolve(file), "again.yaml", "");
    CHECK(again.scenario.people.vigil == 0.3);
    CHECK(again.scenario.horizon == 1.5);
}

TEST_CASE("headlines and vacated seats are read and survive being resolved", "[io]")
{
    const auto file = parse("board: {vacated: {CEO seat: dismissal, \"7\": letter}}\n"
                            "events:\n"
                            "  dismissal: {at: 1h, headline: \"The board: no more\"}\n"
                            "  letter: {at: 2h}\n",
                            {"board.vacated.Treasurer=letter", "events.letter.headline=A letter"});
    for (const Scenario& s :
         {file.scenario, io::parse_scenario(io::resolve(file), "again.yaml", "").scenario}) {
        REQUIRE(s.board.vacated.size() == 3);
        CHECK(s.board.vacated[0].name == "CEO seat");
        CHECK(s.board.vacated[0].event == "dismissal");
        CHECK(s.board.vacated[1].name == "7");
        CHECK(s.board.vacated[2].name == "Treasurer");
        CHECK(s.board.vacated[2].event == "letter");
        CHECK(s.events[0].headline == "The board: no more");
        CHECK(s.events[1].headline == "A letter");
    }
    CHECK(fingerprint(file.scenario) == fingerprint(parse("events: {dismissal: {at: 1h}, "
                                                          "letter: {at: 2h}}\n")
                                                        .scenario));
}

// ---------------------------------------------------------------- bases and overrides

TEST_CASE("a variant changes only what it writes", "[io]")
{
    TemporaryFolder folder;
    write_text(folder / "base.yaml", start + R"(
people: {vigil: 5%, trust_mean: 40%}
events:
  letter: {at: 3h, caption: A letter., do: {petition: {pole: plus, first_signers: 2, visibility: 50%}}}
  talk:   {at: 5h, do: {reassure: {gain: 10%}}}
  flood:  {when: signed > 3, after: 2h}
)");
    write_text(folder / "variant.yaml", R"(
base: base.yaml
people: {vigil: 9%}
events:
  talk:   {enabled: false}
  letter: {do: {petition: {first_signers: 7}}}
  flood:  {at: 9h}
  more:   {at: 9h}
)");
    const auto file = io::read_scenario((folder / "variant.yaml").string());
    const Scenario& s = file.scenario;
    CHECK(s.people.vigil == 0.09);
    CHECK(s.people.trust_mean == 0.4);
    CHECK(s.bases == std::vector<std::string>{"base.yaml"});
    CHECK(file.inputs.size() == 2);
    REQUIRE(s.events.size() == 4);
    CHECK(s.events[0].name == "letter");
    CHECK(s.events[0].caption == "A letter.");
    const auto& petition = std::get<Petition>(s.events[0].effects.at(0));
    CHECK(petition.first_signers == 7);
    CHECK(petition.visibility == 0.5);
    CHECK_FALSE(s.events[1].enabled);
    CHECK_FALSE(s.events[2].when);
    CHECK(s.events[2].at == 9);
    CHECK(s.events[3].name == "more");
}

TEST_CASE("an override wins over the file and a later one over an earlier one", "[io]")
{
    const auto file =
        parse("people: {vigil: 5%}\nevents: {letter: {at: 3h}}\n",
              {"people.vigil=30%", "people.vigil=40%", "events.letter.at=4h",
               "events.letter.caption=A letter, late", "events.letter.enabled=false"});
    CHECK(file.scenario.people.vigil == 0.4);
    CHECK(file.scenario.events[0].at == 4);
    CHECK(file.scenario.events[0].caption == "A letter, late");
    CHECK_FALSE(file.scenario.events[0].enabled);
}

TEST_CASE("an override reaches into a list of effects by position", "[io]")
{
    const std::string yaml =
        "events: {talk: {at: 1h, do: [{breach: {severity: 5%}}, {breach: {severity: 6%}}]}}\n";
    const auto file = parse(yaml, {"events.talk.do.1.breach.severity=7%"});
    const auto& effects = file.scenario.events[0].effects;
    REQUIRE(effects.size() == 2);
    CHECK(std::get<Breach>(effects[0]).severity == 0.05);
    CHECK(std::get<Breach>(effects[1]).severity == 0.07);
    CHECK_THROWS_AS(parse(yaml, {"events.talk.do.2.breach.severity=7%"}), io::InputError);
}

TEST_CASE("an override replaces a condition by a time", "[io]")
{
    const auto file =
        parse("events: {flood: {when: signed > 3, after: 2h}}\n", {"events.flood.at=4h"});
    CHECK_FALSE(file.scenario.events[0].when);
    CHECK(file.scenario.events[0].at == 4);
}

TEST_CASE("bases chain through folders below", "[io]")
{
    TemporaryFolder folder;
    fs::create_directories(folder / "sub" / "deep");
    write_text(folder / "sub" / "deep" / "root.yaml", start + "record: record.csv\ntick: 6min\n");
    write_text(folder / "sub" / "deep" / "record.csv", "time,count\n2025-03-03T15:00+00:00,3\n");
    write_text(folder / "sub" / "middle.yaml", "base: deep/root.yaml\ntick: 12min\n");
    write_text(folder / "top.yaml", "base: sub/middle.yaml\nhorizon: 20h\n");
    const Scenario s = io::read_scenario((folder / "top.yaml").string()).scenario;
    CHECK(s.tick == 0.2);
    CHECK(s.horizon == 20);
    CHECK(s.record.size() == 1);
    CHECK(s.record_file == "sub/deep/record.csv");
    CHECK(s.bases == std::vector<std::string>{"sub/middle.yaml", "sub/deep/root.yaml"});
}

TEST_CASE("a base without a start lends its numbers and is no story to compare with", "[io]")
{
    TemporaryFolder folder;
    write_text(folder / "shared.yaml", "people: {kind: fitted, vigil: 9%}\n");
    write_text(folder / "story.yaml", start + "base: shared.yaml\n");
    write_text(folder / "variant.yaml", "base: story.yaml\ntitle: Another\n");
    const auto story = io::read_scenario((folder / "story.yaml").string());
    CHECK(story.scenario.people.vigil == 0.09);
    CHECK(story.scenario.bases.empty());
    CHECK(story.inputs.size() == 2);
    REQUIRE(origin_of(story, "people.vigil"));
    CHECK(origin_of(story, "people.vigil")->kind == "fitted");
    const auto variant = io::read_scenario((folder / "variant.yaml").string());
    CHECK(variant.scenario.people.vigil == 0.09);
    CHECK(variant.scenario.bases == std::vector<std::string>{"story.yaml"});
    CHECK(variant.inputs.size() == 3);
}

// ---------------------------------------------------------------- standing

TEST_CASE("every number knows what it rests on", "[io]")
{
    const auto file = parse(R"(
people:
  kind: coded
  source: a rubric
  vigil: 5%
  trust_mean: {value: 40%, kind: recorded, source: a survey}
  bed_mean: {value: 23:30, kind: fitted}
mechanisms:
  review: {voice_rate: 2/h}
)",
                            {"people.wake_mean=8"});
    const auto standing = [&](const std::string& path) {
        const io::Origin* origin = origin_of(file, path);
        return origin ? origin->kind + ": " + origin->source : "none";
    };
    CHECK(standing("people.vigil") == "coded: a rubric");
    CHECK(standing("people.trust_mean") == "recorded: a survey");
    CHECK(standing("people.bed_mean") == "fitted: ");
    CHECK(standing("mechanisms.review.voice_rate") == "assumed: ");
    CHECK(standing("people.wake_mean") == "assumed: --set");
    CHECK(standing("people.visa_share") == "none");
    CHECK(file.scenario.people.trust_mean == 0.4);
}

TEST_CASE("a base's standing says nothing about what a variant replaces", "[io]")
{
    TemporaryFolder folder;
    write_text(folder / "base.yaml",
               start + "people: {kind: fitted, source: a fit, vigil: 5%, trust_mean: 40%}\n");
    write_text(folder / "variant.yaml", "base: base.yaml\npeople: {vigil: 9%}\n");
    const auto file = io::read_scenario((folder / "variant.yaml").string());
    REQUIRE(origin_of(file, "people.vigil"));
    CHECK(origin_of(file, "people.vigil")->kind == "assumed");
    CHECK(origin_of(file, "people.trust_mean")->kind == "fitted");
}

// ---------------------------------------------------------------- conditions

namespace {

/// What a condition says at an outlook; nothing when it is refused.
std::optional<bool> truth_of(const std::string& text, const Outlook& outlook)
{
    io::Problems problems;
    io::Value scalar;
    io::Source source;
    source.name = "condition";
    source.text = text;
    scalar.place = {std::make_shared<const io::Source>(source), 1, 1, 1};
    scalar.text = text;
    const auto condition = io::compile_condition(scalar, problems);
    if (!condition)
        return std::nullopt;
    return condition->make()(outlook);
}

} // namespace

TEST_CASE("and, or and not follow their truth tables", "[io]")
{
    for (const int a : {0, 1})
        for (const int b : {0, 1}) {
            Outlook o;
            o.conceded = a;
            o.petition_open = b;
            CAPTURE(a, b);
            CHECK(truth_of("conceded == 1 and petition_open == 1", o) == (a && b));
            CHECK(truth_of("conceded == 1 or petition_open == 1", o) == (a || b));
            CHECK(truth_of("not conceded == 1", o) == !a);
            CHECK(truth_of("not conceded == 1 and petition_open == 1", o) == (!a && b));
            CHECK(truth_of("not (conceded == 1 or petition_open == 1)", o) == !(a || b));
            CHECK(truth_of("conceded == 1 or petition_open == 1 and conceded == 0", o) ==
                  (a || (b && !a)));
        }
}

TEST_CASE("conditions compare sums, shares and extremes", "[io]")
{
    Outlook o;
    o.headcount = 770;
    o.signed_count = 693;
    o.left = 7;
    o.hours = 30;
    CHECK(truth_of("signed >= 90% * headcount", o) == true);
    CHECK(truth_of("signed > 90% * headcount", o) == false);
    CHECK(truth_of("signed + left == 700", o) == true);
    CHECK(truth_of("signed - 2 * left != 679", o) == false);
    CHECK(truth_of("max(signed, left) == signed", o) == true);
    CHECK(truth_of("min(signed, left) < 8 and -left < 0", o) == true);
    CHECK(truth_of("hours / 10 == 3", o) == true);
    CHECK(truth_of("left < 1e1", o) == true);
    CHECK(truth_of("(signed > 3) == (left > 3)", o) == true);
}

TEST_CASE("what divides by zero does not hold", "[io]")
{
    Outlook o;
    CHECK(truth_of("left / posted > 0.5", o) == false);
    CHECK(truth_of("left / posted < 0.5", o) == false);
    o.left = 1;
    CHECK(truth_of("left / posted > 0.5", o) == false);
    o.posted = 1;
    CHECK(truth_of("left / posted > 0.5", o) == true);
}

TEST_CASE("conditions are no programming language", "[io]")
{
    for (const char* text :
         {"signed = 3", "sin(signed) > 0", "signed ? 1 : 0", "signed > 3; left > 3", "\"a\" == 1",
          "signed && left", "pow(2,3) > 1", "signed", "", "()", "signed > 3 signed", "3 4",
          "_pi > 3", "rnd > 0", "signed > 3,", "signed >", "not", "1 < 2 < 3"}) {
        INFO(text);
        CHECK_FALSE(truth_of(text, Outlook()).has_value());
    }
}

// ---------------------------------------------------------------- tables

TEST_CASE("a table of people replaces the drawn ones", "[io]")
{
    TemporaryFolder folder;
    write_text(folder / "staff.csv", "\xef\xbb\xbfid,department,team,level,trust,visa,bed\r\n"
                                     "ann,research,core,4,50%,yes,23:30\r\n"
                                     "\r\n"
                                     "\"bob \"\"the\"\" builder, jr\",research,core,,,,\r\n"
                                     "cem,sales,desk,1,0.2,no,22");
    const auto file = parse("organization: {staff: staff.csv}\n", {}, folder.path().string());
    const OrganizationParams& o = file.scenario.organization;
    REQUIRE(o.staff.size() == 3);
    CHECK(o.headcount == 3);
    CHECK(o.staff[0].id == "ann");
    CHECK(o.staff[0].level == 4);
    CHECK(o.staff[0].trust == 0.5);
    CHECK(o.staff[0].bed == 23.5);
    CHECK(o.staff[0].visa == 1);
    CHECK(o.staff[1].id == "bob \"the\" builder, jr");
    CHECK_FALSE(o.staff[1].level);
    CHECK(o.staff[2].team == "desk");
    CHECK(run(file.scenario, {}).error.empty());
}

TEST_CASE("departments count their people in the table", "[io]")
{
    TemporaryFolder folder;
    write_text(folder / "staff.csv", "id,department\n1,research\n2,sales\n3,research\n");
    const auto file =
        parse("organization: {staff: staff.csv, departments: {research: {}, sales: {}}}\n", {},
              folder.path().string());
    REQUIRE(file.scenario.organization.departments.size() == 2);
    CHECK(file.scenario.organization.departments[0].headcount == 2);
    CHECK(file.scenario.organization.departments[1].headcount == 1);
}

TEST_CASE("ties come from CSV by id or by number", "[io]")
{
    TemporaryFolder folder;
    write_text(folder / "staff.csv", "id\nann\nbob\n");
    write_text(folder / "named.csv", "from,to,weight\nann,bob,2.5\nbob,ann,\n");
    write_text(folder / "numbered.csv", "to,from\n1,0\n");
    const auto named =
        parse("organization: {staff: staff.csv, ties: named.csv}\n", {}, folder.path().string());
    REQUIRE(named.scenario.organization.ties->size() == 2);
    CHECK((*named.scenario.organization.ties)[0].from == 0);
    CHECK((*named.scenario.organization.ties)[0].weight == 2.5);
    CHECK((*named.scenario.organization.ties)[1].weight == 1);
    const auto numbered =
        parse("organization: {headcount: 2, ties: numbered.csv}\n", {}, folder.path().string());
    REQUIRE(numbered.scenario.organization.ties->size() == 1);
    CHECK((*numbered.scenario.organization.ties)[0].to == 1);
}

TEST_CASE("an undirected GraphML edge goes both ways and a directed one does not", "[io]")
{
    const auto graph = [](const std::string& kind) {
        return R"(<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="id" for="node" attr.name="id" attr.type="string"/>
  <key id="weight" for="edge" attr.name="weight" attr.type="double"/>
  <graph edgedefault=")" +
               kind + R"(">
    <node id="n0"><data key="id">1</data></node>
    <node id="n1"><data key="id">0</data></node>
    <edge source="n0" target="n1"><data key="weight">3</data></edge>
  </graph>
</graphml>
)";
    };
    TemporaryFolder folder;
    write_text(folder / "both.graphml", graph("undirected"));
    write_text(folder / "one.graphml", graph("directed"));
    const auto ties = [&](const std::string& name) {
        return *parse("organization: {headcount: 2, ties: " + name + "}\n", {},
                      folder.path().string())
                    .scenario.organization.ties;
    };
    CHECK(ties("both.graphml").size() == 2);
    REQUIRE(ties("one.graphml").size() == 1);
    CHECK(ties("one.graphml")[0].from == 1);
    CHECK(ties("one.graphml")[0].to == 0);
    CHECK(ties("one.graphml")[0].weight == 3);
}

TEST_CASE("a record reads its counts with and without ranges", "[io]")
{
    TemporaryFolder folder;
    write_text(folder / "record.csv",
               "time,count,low,high,fit,note\n"
               "2025-03-03T10:00+00:00,30,25,,yes,\"about thirty, or fewer\"\n"
               "2025-03-03T13:30+02:00,40,,,,\n");
    const auto file = parse("record: record.csv\n", {}, folder.path().string());
    REQUIRE(file.scenario.record.size() == 2);
    CHECK(file.scenario.record[0].low == 25);
    CHECK(file.scenario.record[0].high == 30);
    CHECK(file.scenario.record[0].fit);
    CHECK(file.scenario.record[0].note == "about thirty, or fewer");
    CHECK(file.scenario.record[1].time == 2.5);
    CHECK(file.scenario.record[1].counted == Counted::signatures);
    CHECK(file.inputs.size() == 2);
}

TEST_CASE("a record tells departures from signatures", "[io]")
{
    TemporaryFolder folder;
    write_text(folder / "record.csv", "time,count,counted\n"
                                      "2025-03-03T10:00+00:00,3,departures\n"
                                      "2025-03-03T11:00+00:00,4,signatures\n"
                                      "2025-03-03T12:00+00:00,5,\n");
    const auto file = parse("record: record.csv\n", {}, folder.path().string());
    REQUIRE(file.scenario.record.size() == 3);
    CHECK(file.scenario.record[0].counted == Counted::departures);
    CHECK(file.scenario.record[1].counted == Counted::signatures);
    CHECK(file.scenario.record[2].counted == Counted::signatures);
}

// ---------------------------------------------------------------- limits

TEST_CASE("a file that is too large is refused before it is read", "[io][errors]")
{
    TemporaryFolder folder;
    write_text(folder / "large.yaml", start);
    fs::resize_file(folder / "large.yaml", 9 << 20);
    CHECK_THROWS_AS(io::read_scenario((folder / "large.yaml").string()), io::LimitError);
    CHECK_THROWS_AS(io::parse_scenario(std::string(9 << 20, '#'), "large.yaml", ""),
                    io::LimitError);
}

TEST_CASE("a file with too many values is refused", "[io][errors]")
{
    std::string yaml = "people: [";
    for (int i = 0; i < 250'000; ++i)
        yaml += "1,";
    CHECK_THROWS_AS(parse(yaml + "1]\n"), io::LimitError);
}

TEST_CASE("a hundred thousand brackets do not exhaust the stack", "[io][errors]")
{
    CHECK_THROWS_AS(parse("people: " + std::string(100'000, '[') + "\n"), io::InputError);
    CHECK_THROWS_AS(parse("people: " + std::string(100'000, '{') + "\n"), io::InputError);
    std::string dashes;
    for (int i = 0; i < 100'000; ++i)
        dashes += "- ";
    CHECK_THROWS_AS(parse("people:\n  " + dashes + "\n"), io::InputError);
}

// ---------------------------------------------------------------- parameters

namespace {

/// What came of setting a number: nothing when it was accepted.
std::string refusal(const std::string& yaml, const std::string& folder, const std::string& text)
{
    try {
        io::parse_scenario(yaml, "test.yaml", folder, {text});
        return {};
    } catch (const io::InputError& error) {
        return error.what();
    } catch (const io::LimitError& error) {
        return error.what();
    }
}

bool is_about_the_range(const std::string& message)
{
    return message.find("is outside") != std::string::npos ||
           message.find("must be at least") != std::string::npos ||
           message.find("must be above") != std::string::npos ||
           message.find("GiB") != std::string::npos;
}

} // namespace

TEST_CASE("every number is accepted inside its range and refused outside", "[io]")
{
    TemporaryFolder folder;
    write_everything(folder);
    const std::string yaml = start + everything;
    const Scenario scenario =
        io::parse_scenario(yaml, "test.yaml", folder.path().string()).scenario;
    const auto parameters = io::parameters(scenario);
    CHECK(parameters.size() > 120);
    for (const io::Parameter& p : parameters) {
        INFO(p.path);
        const auto set = [&](double value) {
            return refusal(yaml, folder.path().string(), p.path + "=" + io::text_of(p, value));
        };
        CHECK(p.value >= p.low);
        CHECK(p.value <= p.high);
        CHECK(set(p.value).empty());
        const double high = std::isfinite(p.high) ? p.high : std::max(1.0, 2 * p.value);
        double inside = p.low + (high - p.low) / 4;
        if (p.whole)
            inside = std::ceil(inside);
        const std::string message = set(inside); // other checks may still object to it
        INFO(message);
        CHECK_FALSE(is_about_the_range(message));
        const double step = p.whole ? 1 : 0.5;
        CHECK_FALSE(set(p.low - step).empty());
        if (std::isfinite(p.high) && p.high < 1e17)
            CHECK_FALSE(set(p.high + step).empty());
    }
}

TEST_CASE("setting a number to what it is changes nothing", "[io]")
{
    const std::string path = (checkout() / "scenarios" / "openai_2023.yaml").string();
    const Scenario before = io::read_scenario(path).scenario;
    std::vector<std::string> overrides;
    for (const io::Parameter& p : io::parameters(before))
        overrides.push_back(p.path + "=" + io::text_of(p, p.value));
    CHECK(fingerprint(io::read_scenario(path, overrides).scenario) == fingerprint(before));
}

// ---------------------------------------------------------------- schema

TEST_CASE("the schema accepts the gallery and refuses what the reader refuses", "[io]")
{
    TemporaryFolder folder;
    write_everything(folder);
    auto good = gallery();
    good.push_back(folder / "everything.yaml");
    nlohmann::json documents;
    for (const fs::path& path : good)
        documents[path.filename().string()] = *json_of_yaml(path);
    const std::vector<std::string> bad{"key_outermost_near",
                                       "key_section_near",
                                       "key_department_near",
                                       "key_director_far",
                                       "key_leader_near",
                                       "key_profile_near",
                                       "key_event_near",
                                       "key_effect_near",
                                       "key_audience_near",
                                       "key_convene_takes_none",
                                       "key_beside_value",
                                       "key_empty_section",
                                       "type_text_for_number",
                                       "type_list_for_number",
                                       "type_map_for_number",
                                       "type_number_for_section",
                                       "type_list_for_events",
                                       "type_number_for_text",
                                       "type_yes_for_flag",
                                       "type_quoted_flag",
                                       "type_quoted_number",
                                       "type_fraction_for_whole",
                                       "number_nan",
                                       "number_replicates_zero",
                                       "number_replicates_many",
                                       "number_headcount_zero",
                                       "number_seed_negative",
                                       "number_underscore",
                                       "number_comma",
                                       "limit_headcount",
                                       "unit_duration_missing",
                                       "unit_duration_unknown",
                                       "unit_share_forgotten_percent",
                                       "unit_rate_missing",
                                       "unit_rate_unknown",
                                       "unit_clock",
                                       "time_local",
                                       "time_date_only",
                                       "time_no_start",
                                       "time_space_for_t",
                                       "time_event_local",
                                       "time_event_word",
                                       "event_effect_unknown",
                                       "event_effect_is_a_word",
                                       "event_effect_without_parameters",
                                       "event_pole_unknown",
                                       "event_pole_none",
                                       "event_by_unknown",
                                       "event_is_a_word",
                                       "board_vacated_is_a_list",
                                       "board_vacated_seat_is_a_map",
                                       "standing_kind_misspelt",
                                       "standing_source_number",
                                       "type_long_form_of_text"};
    for (const std::string& name : bad) {
        const auto json = json_of_yaml(checkout() / "tests" / "bad" / (name + ".yaml"));
        INFO(name);
        REQUIRE(json);
        documents[name] = *json;
    }
    const auto found = schema_verdicts(nlohmann::json::parse(io::json_schema()), documents);
    if (!found) {
        WARN("skipped: python3-jsonschema is not installed");
        return;
    }
    for (const fs::path& path : good) {
        const auto& complaints = (*found)[path.filename().string()];
        INFO(path << ": " << complaints.dump());
        CHECK(complaints.empty());
    }
    for (const std::string& name : bad) {
        INFO(name);
        CHECK_FALSE((*found)[name].empty());
    }
}

} // namespace walkout
