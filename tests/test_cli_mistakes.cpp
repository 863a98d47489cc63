#include "tests/cli_support.hpp"

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <unistd.h>

namespace walkout {

namespace fs = std::filesystem;

namespace {

const std::string letter = "scenarios/letter.yaml";
const std::vector<std::string> four_files{"changes.csv", "counts.csv", "provenance.json",
                                          "summary.json"};

/// A run that takes a minute or more.
std::vector<std::string> long_run(const fs::path& out)
{
    return {
        "run",       "scenarios/openai_2023.yaml", "--replicates", "100000", "--jobs", "1", "--out",
        out.string()};
}

/// Whether a child has become the program, with a handler of its own for a signal.
bool catches(pid_t child, int number)
{
    const fs::path process = fs::path("/proc") / std::to_string(child);
    std::error_code failure;
    if (!fs::equivalent(process / "exe", WALKOUT_PROGRAM, failure))
        return false; // still a copy of this test, with its handlers
    const std::string status = read_text(process / "status");
    const std::string key = "SigCgt:";
    const std::uint64_t mask =
        std::strtoull(status.c_str() + status.find(key) + key.size(), nullptr, 16);
    return (mask >> (number - 1) & 1U) != 0;
}

/// End a long run with a signal, as soon as it is prepared for one.
Ended end_with(int number, const fs::path& out)
{
    bool sent = false;
    Setting setting;
    setting.meanwhile = [&](pid_t child, const std::string&) {
        if (!sent && catches(child, number))
            sent = ::kill(child, number) == 0;
    };
    const Ended ended = walkout(long_run(out), setting);
    CHECK(sent);
    return ended;
}

} // namespace

// ---------------------------------------------------------------- the command line

TEST_CASE("a mistake on the command line is told with a cure", "[cli][errors]")
{
    struct Mistake {
        std::vector<std::string> words;
        std::string text;
    };
    const std::vector<Mistake> mistakes{
        {{"rum"}, "walkout: error: unknown command 'rum'\n   help: did you mean 'run'?\n"},
        {{"rum", letter}, "walkout: error: unknown command 'rum'\n   help: did you mean 'run'?\n"},
        {{"fly"}, "walkout: error: unknown command 'fly'\n   help: see 'walkout --help'\n"},
        {{}, "walkout: error: no command was given\n   help: see 'walkout --help'\n"},
        {{"run", letter, "--jsn"},
         "walkout: error: The following argument was not expected: --jsn\n"
         "   help: did you mean '--json'?\n"},
        {{"check", letter, "--organisation"},
         "walkout: error: The following argument was not expected: --organisation\n"
         "   help: did you mean '--organization'?\n"},
        {{"explain", letter, "--person", "5"},
         "walkout: error: --person: there is no person 5: ids go from 0 to 4\n"},
    };
    for (const Mistake& mistake : mistakes) {
        const Ended ended = walkout(mistake.words);
        CHECK(ended.code == 2);
        CHECK(ended.err == mistake.text);
        CHECK(ended.out.empty());
    }
}

TEST_CASE("wrong values of options are refused", "[cli][errors]")
{
    TemporaryFolder folder;
    const std::string out = (folder / "out").string();
    const std::vector<std::vector<std::string>> wrong{
        {"run"},
        {"run", letter, "--replicates", "0"},
        {"run", letter, "--replicates", "1000001"},
        {"run", letter, "--replicates", "many"},
        {"run", letter, "--seed", "1.5"},
        {"run", letter, "--seed", "-5"},
        {"run", letter, "--changes-of", "5000"},
        {"run", letter, "--jobs", "-1"},
        {"run", letter, "--seed"},
        {"run", letter, letter},
        {"run", letter, "--against", "scenarios/leter.yaml"},
        {"run", letter, "--set", "people.vigl=5%"},
        {"explain", letter},
        {"explain", letter, "--person", "-1"},
        {"explain", letter, "--person", "1", "--act", "dance"},
        {"check", "scenarios/leter.yaml"},
        {"check", "scenarios"},
        {"reproduce"},
    };
    for (std::vector<std::string> words : wrong) {
        if (words.size() > 1 && words[0] == "run")
            words.insert(words.end(), {"--out", out});
        std::string line;
        for (const std::string& word : words)
            line += " " + word;
        const Ended ended = walkout(words);
        INFO("walkout" << line << "\n" << ended.err);
        CHECK(ended.code == 2);
        CHECK(ended.err.find("error: ") != std::string::npos);
        CHECK(ended.out.empty());
        CHECK(folder.files().empty());
    }
}

TEST_CASE("a wrong scenario ends with 2 and too large a one with 4", "[cli][errors]")
{
    Setting setting;
    setting.folder = checkout() / "tests" / "bad";
    for (const std::string name : {"key_section_near", "yaml_bracket_unclosed", "text_binary"}) {
        const Ended ended = walkout({"run", name + ".yaml"}, setting);
        CHECK(ended.code == 2);
        CHECK(ended.err == read_text(checkout() / "tests/golden/bad" / (name + ".txt")));
    }
    for (const std::string name : {"limit_headcount", "limit_person_runs", "limit_ticks"}) {
        const Ended ended = walkout({"run", name + ".yaml"}, setting);
        CHECK(ended.code == 4);
        CHECK(ended.err == read_text(checkout() / "tests/golden/bad" / (name + ".txt")));
    }
}

// ---------------------------------------------------------------- output that fails

TEST_CASE("a folder that cannot be made ends with 5 and one line", "[cli][errors]")
{
    TemporaryFolder folder;
    write_text(folder / "file", "");
    std::vector<fs::path> places{folder / "file/out", folder / "file", "/proc/walkout/out"};
    if (::geteuid() != 0) {
        fs::create_directory(folder / "closed");
        fs::permissions(folder / "closed", fs::perms::owner_read | fs::perms::owner_exec);
        places.push_back(folder / "closed");
        places.push_back(folder / "closed/out");
    }
    for (const fs::path& out : places) {
        const Ended ended = walkout({"run", letter, "--out", out.string()});
        INFO(out << ": " << ended.err);
        CHECK(ended.code == 5);
        CHECK(line_count(ended.err) == 1);
        CHECK(ended.err.starts_with("walkout: cannot "));
        CHECK(ended.out.empty());
        CHECK(folder.files() == std::vector<std::string>{"file"});
    }
}

TEST_CASE("a file that cannot be finished leaves nothing behind", "[cli][errors]")
{
    TemporaryFolder folder;
    Setting setting;
    setting.largest_file = 64 << 10;
    const Ended ended = walkout({"run", letter, "--out", folder.path().string()}, setting);
    CHECK(ended.code == 5);
    CHECK(line_count(ended.err) == 1);
    CHECK(ended.err.find("counts.csv': File too large") != std::string::npos);
    CHECK(ended.out.empty());
    CHECK(folder.files().empty());
}

TEST_CASE("a full disk leaves nothing behind", "[cli][errors]")
{
    TemporaryFolder folder;
    fs::create_directory(folder / "disk");
    const TinyDisk disk(folder / "disk", "64k");
    if (!disk.mounted()) {
        WARN("skipped: mounting is not permitted here");
        return;
    }
    const Ended ended = walkout({"run", letter, "--out", (folder / "disk").string()});
    CHECK(ended.code == 5);
    CHECK(line_count(ended.err) == 1);
    CHECK(ended.err.find("No space left on device") != std::string::npos);
    CHECK(folder.files().empty());
}

TEST_CASE("an earlier result survives a run that cannot write", "[cli][errors]")
{
    TemporaryFolder folder;
    CHECK(walkout({"run", letter, "--out", folder.path().string()}).code == 0);
    const std::string before = read_text(folder / "counts.csv");
    Setting setting;
    setting.largest_file = 64 << 10;
    CHECK(walkout({"run", letter, "--seed", "9", "--out", folder.path().string()}, setting).code ==
          5);
    CHECK(read_text(folder / "counts.csv") == before);
    CHECK(folder.files() == four_files);
}

TEST_CASE("standard output that is full ends with 5", "[cli][errors]")
{
    TemporaryFolder folder;
    Setting setting;
    setting.output_to = "/dev/full";
    for (const std::vector<std::string>& words :
         {std::vector<std::string>{"run", letter, "--out", folder.path().string()},
          {"check", letter},
          {"resolve", letter},
          {"schema"},
          {"--help"}}) {
        const Ended ended = walkout(words, setting);
        INFO(words[0]);
        CHECK(ended.code == 5);
        CHECK(ended.err == "walkout: cannot write to standard output: No space left on device\n");
    }
    CHECK(folder.files() == four_files); // they were whole before
}

TEST_CASE("a closed pipe is quiet and the results are complete", "[cli][errors]")
{
    TemporaryFolder folder;
    Setting setting;
    setting.reader_leaves = true;
    const Ended ended = walkout({"run", letter, "--out", folder.path().string()}, setting);
    CHECK(ended.code == 128 + SIGPIPE);
    CHECK(ended.err.empty());
    CHECK(folder.files() == four_files);
}

// ---------------------------------------------------------------- signals

TEST_CASE("an interrupted run ends with 130 and leaves nothing", "[cli][errors]")
{
    TemporaryFolder folder;
    const Ended ended = end_with(SIGINT, folder / "out");
    CHECK(ended.code == 130);
    CHECK(ended.err == "walkout: interrupted; nothing was written\n");
    CHECK(ended.out.empty());
    CHECK(folder.files().empty());
}

TEST_CASE("a terminated run ends with 143 and leaves nothing", "[cli][errors]")
{
    TemporaryFolder folder;
    const Ended ended = end_with(SIGTERM, folder / "out");
    CHECK(ended.code == 143);
    CHECK(ended.err == "walkout: terminated; nothing was written\n");
    CHECK(ended.out.empty());
    CHECK(folder.files().empty());
}

} // namespace walkout
