#include "sim/io/scenario_file.hpp"
#include "tests/cli_support.hpp"

#include <algorithm>
#include <array>
#include <random>
#include <regex>

namespace walkout {

namespace fs = std::filesystem;

namespace {

constexpr int mutations_per_scenario = 450;

/// Makes one of a fixed sequence of slightly wrong texts.
class Mutator {
public:
    explicit Mutator(std::uint64_t seed) : bits_(seed) {}

    std::string operator()(std::string text)
    {
        for (std::size_t times = 1 + below(3); times > 0; --times)
            mutate(text);
        return text;
    }

private:
    std::size_t below(std::size_t count) { return count == 0 ? 0 : bits_() % count; }

    template <std::size_t n> std::string one_of(const std::array<const char*, n>& words)
    {
        return words[below(n)];
    }

    /// Begin and end of a line, its newline included.
    std::pair<std::size_t, std::size_t> line(const std::string& text)
    {
        const std::size_t at = below(text.size());
        const std::size_t before = at == 0 ? std::string::npos : text.rfind('\n', at - 1);
        const std::size_t begin = before == std::string::npos ? 0 : before + 1;
        const std::size_t end = text.find('\n', begin);
        return {begin, end == std::string::npos ? text.size() : end + 1};
    }

    void replace_number(std::string& text)
    {
        static constexpr std::array<const char*, 20> extremes{"0",     "-1",
                                                              "1e308", "1e-308",
                                                              "1e999", "9223372036854775808",
                                                              "012",   "0x1f",
                                                              ".nan",  ".inf",
                                                              "-.inf", "~",
                                                              "null",  "1e12",
                                                              "%",     "4h",
                                                              "-3h",   "100%",
                                                              "1/h",   "99999999999999999999"};
        const std::size_t begin = text.find_first_of("0123456789", below(text.size()));
        if (begin == std::string::npos)
            return;
        const std::size_t end = std::min(text.find_first_not_of("0123456789.", begin), text.size());
        text.replace(begin, end - begin, one_of(extremes));
    }

    void insert_special(std::string& text)
    {
        static constexpr std::array<const char*, 32> specials{
            "\t", "*x", "&x ", "!!str ", "<<: ",        "---\n", "...\n", "%YAML 1.2\n",  "{",
            "}",  "[",  "]",   "\"",     "'",           "|\n",   ">-\n",  ": ",           "- ",
            "? ", "#",  "\r",  "\x01",   "\x1b[2J",     "\xff",  "\xc3",  "\xe2\x80\xae", "社",
            "@",  "`",  ",",   "\\",     "\xef\xbb\xbf"};
        text.insert(below(text.size() + 1), one_of(specials));
    }

    void mutate(std::string& text)
    {
        const auto [begin, end] = line(text);
        switch (below(11)) {
        case 0:
            if (!text.empty())
                text[below(text.size())] ^= static_cast<char>(1U << below(8));
            break;
        case 1:
            text.erase(below(text.size() + 1), 1 + below(8));
            break;
        case 2:
            text.insert(end, text.substr(begin, end - begin));
            break;
        case 3: {
            const std::string moved = text.substr(begin, end - begin);
            text.erase(begin, end - begin);
            text.insert(line(text).first, moved);
            break;
        }
        case 4:
            text.resize(below(text.size() + 1));
            break;
        case 5:
        case 6:
            insert_special(text);
            break;
        case 7:
        case 8:
            replace_number(text);
            break;
        case 9:
            text.insert(begin, 1 + below(4), ' ');
            break;
        case 10:
            text.erase(begin, end - begin);
            break;
        }
    }

    std::mt19937_64 bits_;
};

/// Whether a message begins like "name:3:7: error: ...", or is one about the file as a whole.
bool has_place(const std::string& message, const std::string& text)
{
    static const std::regex placed("^([^:\n]+):([0-9]+):([0-9]+): error: [^\n]+\n +[0-9]+ \\|.*");
    static const std::regex whole(
        "^(walkout: error: .mutant.yaml. |mutant.yaml: error: the file is empty|"
        "[^\n]+[.](csv|graphml): error: )");
    std::smatch match;
    const std::string head = message.substr(0, 2000);
    if (!std::regex_search(head, match, placed))
        return std::regex_search(head, whole);
    return match[1] != "mutant.yaml" || std::stoul(match[2]) <= line_count(text) + 1;
}

bool shows_controls(const std::string& message)
{
    return std::ranges::any_of(
        message, [](unsigned char c) { return (c < 0x20 && c != '\n') || c == 0x7f; });
}

/// Read a mutant; what is wrong with the way it was refused.
std::string fault_in(const std::string& text, const fs::path& folder)
{
    try {
        io::parse_scenario(text, "mutant.yaml", folder.string());
        return {};
    } catch (const io::InputError& error) {
        const std::string message = error.what();
        return !has_place(message, text) ? "no place: " + message
               : shows_controls(message) ? "control characters: " + message
                                         : "";
    } catch (const io::LimitError&) {
        return {};
    } catch (const std::exception& error) {
        return std::string("another exception: ") + error.what();
    }
}

} // namespace

TEST_CASE("thousands of damaged scenarios are read or refused with a place", "[errors]")
{
    int all = 0;
    std::uint64_t seed = 1;
    for (const fs::path& path : gallery()) {
        const std::string text = read_text(path);
        Mutator mutate(seed++);
        for (int i = 0; i < mutations_per_scenario; ++i) {
            const std::string mutant = mutate(text);
            const std::string fault = fault_in(mutant, checkout() / "scenarios");
            INFO(path.filename() << ", mutation " << i << "\n" << fault);
            REQUIRE(fault.empty());
            ++all;
        }
    }
    CHECK(all >= 2000);
}

TEST_CASE("damaged tables are read or refused with a place", "[errors]")
{
    TemporaryFolder folder;
    const std::string record =
        read_text(checkout() / "scenarios" / "records" / "openai_2023_signatures.csv");
    const std::string staff = "id,department,level,trust,visa,bed\nann,research,4,50%,yes,23:30\n"
                              "bob,research,,,,\n\"cem, jr\",sales,1,0.2,no,22\n";
    const std::string ties = "from,to,weight\nann,bob,2\nbob,\"cem, jr\",1\n\"cem, jr\",ann,\n";
    const std::string graph = R"(<?xml version="1.0"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns">
  <key id="id" for="node" attr.name="id" attr.type="string"/>
  <key id="weight" for="edge" attr.name="weight" attr.type="double"/>
  <graph edgedefault="undirected">
    <node id="n0"><data key="id">0</data></node>
    <node id="n1"><data key="id">1</data></node>
    <edge source="n0" target="n1"><data key="weight">3</data></edge>
  </graph>
</graphml>
)";
    const std::string start = "start: 2023-11-17T12:00-08:00\norganization: {";
    const auto read = [&](const std::string& yaml) {
        const std::string fault = fault_in(yaml, folder.path());
        INFO(fault);
        REQUIRE(fault.empty());
    };
    Mutator mutate(99);
    for (int i = 0; i < 500; ++i) {
        INFO("mutation " << i);
        write_text(folder / "record.csv", mutate(record));
        read("record: record.csv\n" + start + "headcount: 770}\n");
        write_text(folder / "staff.csv", mutate(staff));
        read(start + "staff: staff.csv}\n");
        write_text(folder / "sound.csv", staff);
        write_text(folder / "ties.csv", mutate(ties));
        read(start + "staff: sound.csv, ties: ties.csv}\n");
        write_text(folder / "ties.graphml", mutate(graph));
        read(start + "headcount: 2, ties: ties.graphml}\n");
    }
}

TEST_CASE("the program ends in order on damaged scenarios", "[errors][cli]")
{
    TemporaryFolder folder;
    fs::copy(checkout() / "scenarios", folder.path(), fs::copy_options::recursive);
    std::uint64_t seed = 1000;
    for (const fs::path& path : gallery()) {
        Mutator mutate(seed++);
        const std::string text = read_text(path);
        for (int i = 0; i < 12; ++i) {
            write_text(folder / "mutant.yaml", mutate(text));
            Setting setting;
            setting.folder = folder.path();
            const Ended ended = walkout({"check", "mutant.yaml"}, setting);
            INFO(path.filename() << ", mutation " << i << ": " << ended.err);
            CHECK((ended.code == 0 || ended.code == 2 || ended.code == 4));
            CHECK(ended.err.empty() == (ended.code == 0));
            CHECK(ended.out.empty() == (ended.code != 0));
        }
    }
}

} // namespace walkout
