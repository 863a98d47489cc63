#include "render/player.hpp"
#include "render/typing.hpp"

#include <algorithm>
#include <array>

/// The player's boxes: find somebody, go to a time.

namespace walkout::render {

namespace {

/// How well a person answers to a text: 0 the id begins with it, 1 another word does, 2 it occurs;
/// empty: not at all.
///
/// @param words  id, place and role, each on a line
std::optional<int> rank(const std::string& words, const std::string& text)
{
    if (words.starts_with(text))
        return 0;
    const std::size_t at = words.find(text);
    if (at == std::string::npos)
        return std::nullopt;
    const bool begins =
        words.find("\n" + text) != std::string::npos || words.find(" " + text) != std::string::npos;
    return begins ? 1 : 2;
}

} // namespace

void Player::type(char32_t character)
{
    std::string& text = view_.finding ? view_.find_text : view_.go_to_text;
    if (text.size() + 4 > longest_text)
        return;
    append(text, character);
    if (view_.finding)
        find_matches();
}

// ---------------------------------------------------------------- find

void Player::open_find()
{
    show_tab(Tab::playback); // there people are
    if (view_.presenter)
        return;
    view_.finding = true;
    view_.going_to = false;
    view_.find_text.clear();
    find_matches();
}

void Player::close_find()
{
    view_.finding = false;
    view_.find_text.clear();
    view_.matches.clear();
    view_.match = 0;
}

const std::vector<std::string>& Player::words_of_people()
{
    if (words_.empty())
        for (AgentId person = 0; person < story_->people(); ++person)
            words_.push_back(lower(story_->id(person) + "\n" + story_->place(person) + "\n" +
                                   story_->role(person)));
    return words_;
}

void Player::find_matches()
{
    view_.matches.clear();
    view_.match = 0;
    const std::string text = lower(view_.find_text);
    if (text.find_first_not_of(' ') == std::string::npos)
        return;
    std::array<std::vector<AgentId>, 3> by_rank;
    const std::vector<std::string>& words = words_of_people();
    for (AgentId person = 0; person < words.size(); ++person)
        if (const auto r = rank(words[person], text))
            by_rank[static_cast<std::size_t>(*r)].push_back(person);
    for (const auto& people : by_rank)
        view_.matches.insert(view_.matches.end(), people.begin(), people.end());
}

void Player::type_into_find(Key key)
{
    const std::size_t n = view_.matches.size();
    const bool back = key == Key::up || key == Key::left;
    if (key == Key::escape)
        return close_find();
    if (key == Key::backspace) {
        drop_last(view_.find_text);
        return find_matches();
    }
    if (key == Key::enter && n > 0)
        return select(view_.matches[view_.match]);
    if (n > 0 && (back || key == Key::down || key == Key::right))
        view_.match = (view_.match + (back ? n - 1 : 1)) % n;
}

// ---------------------------------------------------------------- go to a time

void Player::type_into_go_to(Key key)
{
    if (key == Key::escape)
        view_.going_to = false;
    if (key == Key::backspace)
        drop_last(view_.go_to_text);
    if (key == Key::enter)
        go_to_typed_time();
}

/// The box stays open as long as its text is no moment of the story; it says so itself.
void Player::go_to_typed_time()
{
    const StoryClock& clock = story_->clock();
    const auto time = story_->parse_time(view_.go_to_text, clock.time(second_));
    if (!time || *time < clock.begin() || *time > clock.end())
        return;
    seek(clock.second(*time));
    view_.going_to = false;
}

} // namespace walkout::render
