#include "render/text_playback.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace walkout::render {

namespace {

constexpr std::size_t columns = 80;
constexpr std::size_t indent = 7;      ///< of the lines below a headline
constexpr std::size_t gauges_from = 6; ///< up to this many directors have a gauge each
constexpr Hours same_moment = 0.02;

/// Characters of a UTF-8 text.
std::size_t width_of(std::string_view text)
{
    return static_cast<std::size_t>(std::ranges::count_if(
        text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

/// Parts two spaces apart, in as many lines as they need.
std::string lines_of(const std::string& title, const std::vector<std::string>& parts)
{
    std::string text = fmt::format("{:<{}}", title, indent);
    std::size_t used = indent;
    for (const std::string& part : parts) {
        if (used > indent && used + width_of(part) > columns) {
            text.erase(text.find_last_not_of(' ') + 1);
            text += "\n" + std::string(indent, ' ');
            used = indent;
        }
        text += part + "  ";
        used += width_of(part) + 2;
    }
    text.erase(text.find_last_not_of(' ') + 1);
    return text + "\n";
}

/// The words of a text.
std::vector<std::string> words_of(const std::string& text)
{
    std::vector<std::string> words(1);
    for (const char c : text)
        if (c == ' ')
            words.emplace_back();
        else
            words.back() += c;
    std::erase(words, "");
    return words;
}

/// Time and sentence to the left, the tag at the right edge of the first line.
std::string headline_of(const std::string& time, const std::string& sentence,
                        const std::string& tag)
{
    std::vector<std::string> lines{sentence.empty() ? time : time + "  "};
    for (const std::string& word : words_of(sentence)) {
        const std::size_t room = lines.size() == 1 ? columns - tag.size() - 1 : columns;
        if (width_of(lines.back()) + 1 + width_of(word) > room)
            lines.emplace_back(indent - 1, ' ');
        lines.back() += " " + word;
    }
    if (!tag.empty())
        lines.front() = fmt::format("{:<{}} {}", lines.front(), columns - tag.size() - 1, tag);
    std::string text;
    for (const std::string& line : lines)
        text += line + "\n";
    return text;
}

std::string moment_of(const Story& story, Hours time)
{
    const Hours since = story.fired() < never ? time - story.fired() : time;
    const auto minutes = static_cast<long>(std::floor(std::abs(since) * 60 + 1e-6));
    return fmt::format("{} {}  {}{} h {:02} min", story.day(time), story.clock_text(time),
                       since < 0 ? "-" : "", minutes / 60, minutes % 60);
}

std::string gauge(double share, int width)
{
    const auto full = static_cast<std::size_t>(
        std::lround(std::clamp(share, 0.0, 1.0) * static_cast<double>(width)));
    return std::string(full, '#') + std::string(static_cast<std::size_t>(width) - full, '.');
}

std::string people_lines(const Story& story, Hours time)
{
    const Tally tally = story.tally(time);
    std::vector<std::string> parts;
    const bool open = time >= story.letter_opened();
    const int count = open ? tally.signed_letter : tally.unsettled;
    const double share = static_cast<double>(count) / story.people();
    parts.push_back(fmt::format("{}/{}{}", count, story.people(), open ? "" : " unsettled"));
    parts.push_back(fmt::format("{:.0f} %", 100 * share));
    parts.push_back("[" + gauge(share, 30) + "]");
    if (tally.gone > 0)
        parts.push_back(fmt::format("gone {}", tally.gone));
    if (tally.back > 0)
        parts.push_back(fmt::format("back {}", tally.back));
    for (const RecordPoint& point : story.trace().record)
        if (std::abs(point.time - time) < same_moment)
            parts.push_back(fmt::format("record {}", point.count));
    return lines_of(open ? "signed" : "staff", parts);
}

std::string board_words(const Story& story, Hours time)
{
    const auto hold = static_cast<std::size_t>(story.holding(time));
    if (time >= story.trace().board_conceded)
        return "the board has conceded";
    const std::size_t needed = story.breaks_needed(time);
    return fmt::format("{} hold, {} more break{} it", hold, in_words(needed),
                       needed == 1 ? "s" : "");
}

std::string board_lines(const Story& story, Hours time)
{
    std::vector<std::string> parts;
    for (std::size_t d = 0; d < story.directors(); ++d) {
        const double hold = story.hold(d, time);
        std::string part = story.director_letter(d) + " ";
        if (story.gave_way(d, time))
            part += "gave way";
        else if (story.directors() <= gauges_from)
            part += fmt::format("{:.2f} {}", hold, gauge(hold, 8));
        else
            part += fmt::format("{:.2f}", hold);
        parts.push_back(std::move(part));
    }
    parts.push_back(board_words(story, time));
    return lines_of("board", parts);
}

/// Where most have signed, and where fewest have; one line.
std::string block_lines(const Story& story, Hours time)
{
    struct Share {
        std::string text = {};
        double value = 0;
    };
    std::vector<Share> shares;
    for (std::size_t b = 0; b < story.blocks().size(); ++b) {
        const Block& block = story.blocks()[b];
        const int names = story.tally_of_block(b, time).signed_letter;
        shares.push_back({fmt::format("{} {}/{}", block.name, names, block.people.size()),
                          static_cast<double>(names) /
                              static_cast<double>(std::max<std::size_t>(block.people.size(), 1))});
    }
    std::ranges::stable_sort(shares, std::greater{}, &Share::value);
    const std::string last = "... " + shares.back().text;
    std::vector<std::string> parts;
    std::size_t used = indent + width_of(last);
    for (std::size_t i = 0; i + 1 < shares.size(); ++i) {
        used += width_of(shares[i].text) + 2;
        if (used > columns)
            break;
        parts.push_back(shares[i].text);
    }
    parts.push_back(parts.size() + 1 < shares.size() ? last : shares.back().text);
    return lines_of(story.blocks_are_departments() ? "depts" : "teams", parts);
}

std::string paragraph(const Story& story, Hours time, const std::string& sentence,
                      const std::string& tag)
{
    std::string text = headline_of(moment_of(story, time), sentence, tag);
    text += people_lines(story, time);
    if (story.directors() > 0)
        text += board_lines(story, time);
    if (time >= story.letter_opened() && story.blocks().size() > 1)
        text += block_lines(story, time);
    return text + "\n";
}

std::string tag_of(const Flag& flag)
{
    return flag.kind == FlagKind::script       ? "[RECORDED]"
           : flag.kind == FlagKind::assumption ? "[ASSUMED]"
                                               : "[THIS RUN]";
}

} // namespace

std::string text_playback(const Story& story, std::optional<Hours> every)
{
    std::string text;
    if (!every) {
        for (const Flag& flag : story.flags())
            if (flag.shown)
                text += paragraph(story, flag.time, flag.headline, tag_of(flag));
        return text;
    }
    const StoryClock& clock = story.clock();
    for (double k = std::ceil(clock.begin() / *every); k * *every <= clock.end(); ++k)
        text += paragraph(story, k * *every, "", "");
    return text;
}

} // namespace walkout::render
