#include "tests/cli_support.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <fcntl.h>
#include <nlohmann/json.hpp>
#include <unistd.h>

namespace walkout {

namespace fs = std::filesystem;

namespace {

using Json = nlohmann::json;

const std::string letter = "scenarios/letter.yaml";

/// Run a command that must succeed; what it printed.
std::string output_of(const std::vector<std::string>& arguments, const Setting& setting = {})
{
    const Ended ended = walkout(arguments, setting);
    INFO(arguments[0] << ": " << ended.err);
    CHECK(ended.code == 0);
    CHECK(ended.out.find('\x1b') == std::string::npos);
    return ended.out;
}

/// Run `run` on the smallest scenario with more options.
Ended run_letter(const fs::path& out, std::vector<std::string> options = {},
                 const Setting& setting = {})
{
    options.insert(options.begin(), {"run", letter, "--out", out.string()});
    return walkout(options, setting);
}

Json json_of_run(const std::string& scenario, const fs::path& out, std::vector<std::string> options)
{
    options.insert(options.begin(), {"run", scenario, "--out", out.string(), "--json"});
    return Json::parse(output_of(options));
}

bool has_quantiles(const Json& value)
{
    return value.contains("median") && value.contains("p05") && value.contains("p95");
}

} // namespace

// ---------------------------------------------------------------- help

TEST_CASE("help and version are as documented", "[cli][golden]")
{
    check_golden("cli/version.txt", output_of({"--version"}));
    check_golden("cli/help.txt", output_of({"--help"}));
    for (const char* command :
         {"run", "explain", "check", "resolve", "schema", "reference", "reproduce", "sweep",
          "export-study", "compare", "attribute", "calibrate", "validate"})
        check_golden(std::string("cli/help_") + command + ".txt", output_of({command, "--help"}));
}

TEST_CASE("every command is in the help, with two examples of its own", "[cli]")
{
    const std::string help = output_of({"--help"});
    for (const char* command : {"run", "explain", "check", "resolve", "schema", "reference",
                                "reproduce", "sweep", "export-study", "compare", "attribute"}) {
        INFO(command);
        CHECK(help.find(std::string("\n  ") + command + " ") != std::string::npos);
        CHECK(output_of({command, "--help"}).find("Examples:\n") != std::string::npos);
    }
}

// ---------------------------------------------------------------- run

TEST_CASE("run prints an answer and writes four files whole", "[cli]")
{
    TemporaryFolder folder;
    const Ended ended = run_letter(folder / "out");
    CHECK(ended.code == 0);
    CHECK(ended.out.starts_with("Five people, one letter\n"));
    CHECK(ended.out.find("fingerprint ") != std::string::npos);
    CHECK(ended.out.find('\x1b') == std::string::npos);
    CHECK(line_count(ended.err) == 1);
    CHECK(folder.files() == std::vector<std::string>{"out/changes.csv", "out/counts.csv",
                                                     "out/provenance.json", "out/summary.json"});
    CHECK(read_text(folder / "out/counts.csv").starts_with("replicate,time,stance,count\n"));
    CHECK(read_text(folder / "out/changes.csv").starts_with("time,person,from,to,side,cause,"));
    CHECK(Json::parse(read_text(folder / "out/provenance.json")).at("program") == "walkout");
}

TEST_CASE("run --json prints the documented object, which is summary.json", "[cli]")
{
    TemporaryFolder folder;
    const std::string text = output_of({"run", "scenarios/openai_2023.yaml", "--replicates", "4",
                                        "--out", folder.path().string(), "--json"});
    CHECK(text == read_text(folder / "summary.json"));
    const Json json = Json::parse(text);
    CHECK(json.at("scenario") == "openai_2023");
    CHECK(json.at("seed") == 2023);
    CHECK(json.at("replicates") == 4);
    CHECK(json.at("failed") == 0);
    CHECK(output_of({"--version"}) == "walkout " + json.at("version").get<std::string>() + "\n");
    CHECK(json.at("fingerprint").get<std::string>().size() == 16);
    double sum = 0;
    for (const auto& [name, share] : json.at("outcomes").items())
        sum += share.get<double>();
    CHECK(sum == Approx(1).margin(1e-12));
    CHECK(json.at("outcome_intervals").size() == json.at("outcomes").size());
    for (const char* name :
         {"peak_signed_share", "hours_to_half", "hours_to_90_percent", "hours_to_concession",
          "hours_to_return", "left_share", "conformity_share", "bluff_share"}) {
        INFO(name);
        CHECK(has_quantiles(json.at("measures").at(name)));
    }
    REQUIRE(json.at("record").size() > 5);
    for (const Json& row : json.at("record")) {
        CHECK(has_quantiles(row));
        for (const char* key : {"time", "local_time", "recorded", "low", "high", "fit"})
            CHECK(row.contains(key));
    }
    CHECK(json.at("directors").size() == 4);
    CHECK(has_quantiles(json.at("departments").at(0)));
    CHECK(has_quantiles(json.at("fan").at(0)));
    CHECK(json.at("twin").at("measures").at("conformity_share").at("median") == 0);
    CHECK(json.at("twin").at("differences").contains("peak_signed_share"));
}

TEST_CASE("the number of threads changes nothing", "[cli][determinism]")
{
    TemporaryFolder folder;
    for (const std::string& scenario :
         std::vector<std::string>{letter, "scenarios/openai_2023_no_offer.yaml"}) {
        std::vector<std::string> results;
        for (const char* jobs : {"1", "2", "7"})
            results.push_back(
                json_of_run(scenario, folder.path(), {"--replicates", "6", "--jobs", jobs}).dump());
        INFO(scenario);
        CHECK(results[0] == results[1]);
        CHECK(results[0] == results[2]);
    }
}

TEST_CASE("options of run do what they say", "[cli]")
{
    TemporaryFolder folder;
    const auto run = [&](std::vector<std::string> options) {
        return json_of_run(letter, folder.path(), std::move(options));
    };
    const Json plain = run({});
    CHECK(plain.at("seed") == 1);
    CHECK(plain.at("replicates") == 200);
    const Json other = run({"--seed", "5", "--replicates", "20"});
    CHECK(other.at("seed") == 5);
    CHECK(other.at("replicates") == 20);
    CHECK(other.at("fingerprint") != plain.at("fingerprint"));
    CHECK(run({"--set", "ensemble.seed=5", "--set", "ensemble.replicates=20"}).at("fingerprint") ==
          other.at("fingerprint"));
    CHECK_FALSE(run({"--no-twin"}).contains("twin"));
    const Json against = run({"--against", letter});
    for (const auto& [name, difference] : against.at("against").at("differences").items()) {
        INFO(name);
        CHECK(difference.at("mean") == 0);
    }
    CHECK(run({"--set", "people.allegiance_mean=-1"}).at("measures") != plain.at("measures"));
}

TEST_CASE("a variant is compared with its base", "[cli]")
{
    TemporaryFolder folder;
    const Json json = json_of_run("scenarios/openai_2023_no_letter.yaml", folder.path(),
                                  {"--replicates", "2", "--no-twin"});
    CHECK(json.at("against").at("scenario") == "openai_2023");
    CHECK(json.at("measures").at("peak_signed_share").at("median") == 0);
}

TEST_CASE("a scenario comes from standard input", "[cli]")
{
    Setting setting;
    setting.input = read_text(checkout() / letter);
    TemporaryFolder folder;
    const Ended ended = walkout({"run", "-", "--out", folder.path().string(), "--json"}, setting);
    INFO(ended.err);
    REQUIRE(ended.code == 0);
    CHECK(Json::parse(ended.out).at("fingerprint") ==
          json_of_run(letter, folder.path(), {}).at("fingerprint"));
    CHECK(output_of({"check", "-"}, setting).starts_with("-: fine\n"));
    setting.input = "people: {vigl: 5%}\n";
    const Ended wrong = walkout({"check", "-"}, setting);
    CHECK(wrong.code == 2);
    CHECK(wrong.err.starts_with("<stdin>:1:1: error: the scenario has no 'start'"));
}

TEST_CASE("results go to a folder named after the scenario", "[cli]")
{
    TemporaryFolder folder;
    Setting setting;
    setting.folder = folder.path();
    output_of({"run", (checkout() / letter).string(), "--replicates", "2"}, setting);
    CHECK(fs::exists(folder / "results/letter/summary.json"));
}

// ---------------------------------------------------------------- reproduce

TEST_CASE("reproduce tells the same from a different result", "[cli]")
{
    TemporaryFolder folder;
    const std::string out = (folder / "out").string();
    CHECK(run_letter(out, {"--replicates", "20", "--set", "people.vigil=30%"}).code == 0);
    CHECK(output_of({"reproduce", out, "--jobs", "1"}).starts_with("same: 20 runs, fingerprint "));
    const fs::path path = folder / "out/provenance.json";
    const Json sound = Json::parse(read_text(path));

    Json changed = sound;
    changed["seed"] = 99;
    write_text(path, changed.dump());
    const Ended different = walkout({"reproduce", out});
    CHECK(different.code == 1);
    CHECK(different.out.starts_with("different: fingerprint "));
    CHECK(different.out.find("20 of 20 runs differ") != std::string::npos);

    changed = sound;
    changed["fingerprint"] = "0000000000000000";
    write_text(path, changed.dump());
    CHECK(walkout({"reproduce", out}).code == 1);

    changed = sound;
    changed["scenario"] = "people: {vigl: 5%}\n";
    write_text(path, changed.dump());
    CHECK(walkout({"reproduce", out}).code == 2);

    for (const std::string broken : {"", "{", "[]", "{\"seed\": \"x\"}"}) {
        write_text(path, broken);
        const Ended wrong = walkout({"reproduce", out});
        INFO(broken << ": " << wrong.err);
        CHECK(wrong.code == 2);
        CHECK(wrong.err.find("not a provenance file") != std::string::npos);
    }
}

TEST_CASE("a run of a variant with a record is reproduced from its folder", "[cli]")
{
    TemporaryFolder folder;
    const std::string out = folder.path().string();
    json_of_run("scenarios/openai_2023_no_offer.yaml", out, {"--replicates", "2"});
    CHECK(output_of({"reproduce", out}).starts_with("same: 2 runs"));
}

// ---------------------------------------------------------------- the other commands

TEST_CASE("check says what a scenario rests on", "[cli]")
{
    CHECK(output_of({"check", letter}).starts_with(letter + ": fine\n  5 people, "));
    const Json json = Json::parse(output_of({"check", letter, "--json"}));
    CHECK(json.at("people") == 5);
    CHECK(json.at("events") == 2);
    CHECK(json.at("numbers").contains("assumed"));
    CHECK_FALSE(json.contains("organization"));
    const Json network =
        Json::parse(output_of({"check", "scenarios/openai_2023.yaml", "--organization", "--json"}));
    CHECK(network.at("organization").at("people") == 770);
    CHECK(output_of({"check", letter, "--organization"}).find("\nOrganization\n") !=
          std::string::npos);
}

TEST_CASE("every scenario of the gallery is fine", "[cli]")
{
    for (const fs::path& path : gallery())
        CHECK(output_of({"check", path.string()}).find(": fine\n") != std::string::npos);
}

TEST_CASE("explain says why a person acted, as text and as JSON", "[cli]")
{
    for (const char* person : {"0", "1", "2", "3", "4"}) {
        CHECK(output_of({"explain", letter, "--person", person})
                  .starts_with(std::string("Person ") + person + " "));
        const Json json = Json::parse(output_of({"explain", letter, "--person", person, "--json"}));
        CHECK(json.at("person") == std::stoi(person));
        CHECK(json.at("seed") == 1);
        CHECK(json.contains("remedies"));
        CHECK(json.at("portrait").contains("department"));
    }
    CHECK(output_of({"explain", letter, "--person", "3", "--act", "sign", "--replicate", "7"})
              .starts_with("Person 3 "));
}

TEST_CASE("a resolved scenario runs like the one it came from", "[cli]")
{
    Setting setting;
    setting.input = output_of({"resolve", letter, "--set", "people.vigil=50%"});
    CHECK(setting.input.find("vigil: {value: 0.5, kind: assumed, source: \"--set\"}") !=
          std::string::npos);
    TemporaryFolder folder;
    const Json again =
        Json::parse(output_of({"run", "-", "--out", folder.path().string(), "--json"}, setting));
    CHECK(again.at("fingerprint") ==
          json_of_run(letter, folder.path(), {"--set", "people.vigil=50%"}).at("fingerprint"));
}

TEST_CASE("the schema is JSON and the reference lists every key", "[cli]")
{
    const Json schema = Json::parse(output_of({"schema"}));
    CHECK(schema.at("$schema") == "http://json-schema.org/draft-07/schema#");
    CHECK(schema.at("properties").contains("people"));
    CHECK(Json::parse(output_of({"schema", "--study"})).at("properties").contains("design"));
    const std::string reference = output_of({"reference"});
    for (const char* key : {"`horizon`", "`people.vigil`", "`mechanisms.review.voice_rate`",
                            "`events.NAME.do.petition.first_signers`", "| `signed` |"}) {
        INFO(key);
        CHECK(reference.find(key) != std::string::npos);
    }
}

// ---------------------------------------------------------------- color

TEST_CASE("color is for terminals that want it", "[cli]")
{
    const int master = ::posix_openpt(O_RDWR | O_NOCTTY);
    if (master < 0 || ::grantpt(master) != 0 || ::unlockpt(master) != 0) {
        WARN("skipped: no pseudo-terminal here");
        return;
    }
    const std::string terminal = ::ptsname(master);
    const int kept = ::open(terminal.c_str(), O_RDWR | O_NOCTTY); // else reading fails at the end
    const auto seen = [&](const std::map<std::string, std::string>& extra) {
        Setting setting;
        setting.output_to = terminal;
        setting.extra = extra;
        CHECK(walkout({"check", letter, "--organization"}, setting).code == 0);
        // What a terminal has been told arrives in pieces: read to a mark of our own behind it.
        constexpr std::string_view mark = "<end>";
        REQUIRE(::write(kept, mark.data(), mark.size()) == static_cast<ssize_t>(mark.size()));
        std::string text;
        std::array<char, 4096> piece;
        while (!text.ends_with(mark)) {
            const ssize_t count = ::read(master, piece.data(), piece.size());
            REQUIRE(count > 0);
            text.append(piece.data(), static_cast<std::size_t>(count));
        }
        return text;
    };
    ::unsetenv("NO_COLOR");
    CHECK(seen({}).find('\x1b') != std::string::npos);
    const std::string plain = seen({{"NO_COLOR", "1"}});
    CHECK(plain.find("\nOrganization\r\n") != std::string::npos);
    CHECK(plain.find('\x1b') == std::string::npos);
    ::close(kept);
    ::close(master);
}

} // namespace walkout
