#include "render/window.hpp"

#include "render/cairo_painter.hpp"
#include "render/compare_scene.hpp"
#include "render/compared_page.hpp"
#include "render/comparing.hpp"
#include "render/display_probe.hpp"
#include "render/film.hpp"
#include "render/player.hpp"
#include "render/remembered.hpp"
#include "render/sfml_painter.hpp"
#include "render/state_log.hpp"
#include "render/what_if_parts.hpp"
#include "sim/io/draft.hpp"
#include "sim/io/quantity.hpp"
#include "sim/program/signals.hpp"

#include <SFML/Graphics/Image.hpp>
#include <SFML/Graphics/RenderWindow.hpp>
#include <SFML/Graphics/Texture.hpp>
#include <SFML/System/Err.hpp>
#include <SFML/Window/Event.hpp>
#include <algorithm>
#include <atomic>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <fmt/format.h>
#include <memory>
#include <thread>
#include <utility>

namespace walkout::render {

namespace {

constexpr Size least_window{640, 400};
constexpr float design_width = 1600, design_height = 900;
constexpr double too_fast = 0.004; ///< seconds; no screen shows more than 250 pictures each
constexpr int many_fast_frames = 5;
constexpr auto idle_nap = std::chrono::milliseconds(8);
constexpr auto short_nap = std::chrono::milliseconds(2); ///< while runs are awaited
constexpr double longest_step =
    0.25; ///< wall seconds; after a pause of the machine the story waits

using Clock = std::chrono::steady_clock;

double seconds_between(Clock::time_point from, Clock::time_point to)
{
    return std::chrono::duration<double>(to - from).count();
}

// ---------------------------------------------------------------- input

Key key_of(sf::Keyboard::Key code)
{
    using K = sf::Keyboard;
    if (code >= K::A && code <= K::Z)
        return static_cast<Key>(static_cast<int>(Key::a) + code - K::A);
    switch (code) {
    case K::Space:
        return Key::space;
    case K::Enter:
        return Key::enter;
    case K::Escape:
        return Key::escape;
    case K::Tab:
        return Key::tab;
    case K::Backspace:
        return Key::backspace;
    case K::Left:
        return Key::left;
    case K::Right:
        return Key::right;
    case K::Up:
        return Key::up;
    case K::Down:
        return Key::down;
    case K::Home:
        return Key::home;
    case K::End:
        return Key::end;
    case K::PageUp:
        return Key::page_up;
    case K::PageDown:
        return Key::page_down;
    case K::Add:
    case K::Equal:
        return Key::plus;
    case K::Subtract:
    case K::Hyphen:
        return Key::minus;
    case K::Num0:
    case K::Numpad0:
        return Key::zero;
    case K::Num1:
    case K::Numpad1:
        return Key::one;
    case K::Num2:
    case K::Numpad2:
        return Key::two;
    case K::Num3:
    case K::Numpad3:
        return Key::three;
    case K::F5:
        return Key::f5;
    case K::F11:
        return Key::f11;
    default:
        return Key::none;
    }
}

/// The pointer in logical pixels.
Point logical(const View& view, int x, int y)
{
    const float scale = effective_scale(view);
    return {static_cast<float>(x) / scale, static_cast<float>(y) / scale};
}

// ---------------------------------------------------------------- files in the background

/// A file that is written while the window goes on.
class Background {
public:
    /// What is done: returns what to say at the end, tells the share that is done, may throw.
    using Work = std::function<std::string(const std::stop_token&, std::atomic<double>& share)>;

    void start(Work work)
    {
        state_ = std::make_shared<State>();
        worker_ =
            std::jthread([state = state_, work = std::move(work)](const std::stop_token& stop) {
                try {
                    state->message = work(stop, state->share);
                } catch (const std::exception& e) {
                    state->message = e.what();
                }
                state->done = true;
            });
    }

    bool running() const { return state_ != nullptr; }
    double share() const { return state_ ? state_->share.load() : 0; }
    void stop() { worker_.request_stop(); }

    /// What to say at the end; empty: not yet.
    std::string take_result()
    {
        if (!state_ || !state_->done)
            return {};
        worker_.join();
        const std::string result = state_->message;
        state_.reset();
        return result;
    }

private:
    struct State {
        std::atomic<double> share = 0;
        std::atomic<bool> done = false;
        std::string message; // read after `done`
    };

    std::shared_ptr<State> state_;
    std::jthread worker_;
};

Background::Work film_work(Film film, std::filesystem::path path)
{
    return [film = std::move(film), path = std::move(path)](
               const std::stop_token& stop, std::atomic<double>& share) -> std::string {
        struct Stopped {};
        try {
            write_mp4(film, path, [&](std::size_t done, std::size_t count) {
                share = static_cast<double>(done) / static_cast<double>(count);
                if (stop.stop_requested())
                    throw Stopped{};
            });
        } catch (const Stopped&) {
            return "The film was stopped; nothing was written";
        }
        return "Saved " + path.string();
    };
}

Background::Work page_work(std::shared_ptr<const Compared> compared)
{
    return [compared = std::move(compared)](const std::stop_token& stop, std::atomic<double>&) {
        const auto page =
            make_page(*compared, page_folder(*compared), [&] { return stop.stop_requested(); });
        return "Saved " + page.string();
    };
}

// ---------------------------------------------------------------- a run in the background

/// A run, or two, made ready to be watched while the window goes on.
class StoryMaker {
public:
    struct Made {
        std::shared_ptr<const Story> story;       ///< to be watched alone
        std::shared_ptr<const Compared> compared; ///< or two side by side
        std::shared_ptr<const Ranks> ranks;       ///< of the first
        Source source, own_source;                ///< of the (second) run, of the first
        std::optional<Hours> from;                ///< where a branch begins
        std::string error;                        ///< or why there is nothing
    };

    /// What was begun before is not waited for: its story is dropped.
    void start(WhatIfDesk::Watched watched)
    {
        auto state = std::make_shared<State>();
        state_ = state;
        workers_.emplace_back([state, watched = std::move(watched)] { make(*state, watched); });
    }

    /// Once there is something.
    std::optional<Made> take()
    {
        if (!state_ || !state_->done)
            return std::nullopt;
        Made made = std::move(state_->made);
        state_.reset();
        workers_.clear(); // joins
        return made;
    }

private:
    struct State {
        std::atomic<bool> done = false;
        Made made; // read after `done`
    };

    static std::shared_ptr<const Story> story_of(const Scenario& scenario, const RunPlan& plan)
    {
        Trace trace = trace_run(scenario, plan);
        trace.version = WALKOUT_VERSION;
        return std::make_shared<const Story>(std::move(trace));
    }

    static void make(State& state, const WhatIfDesk::Watched& watched)
    {
        state.made.source = watched.source;
        state.made.own_source = watched.own_source;
        state.made.from = watched.from;
        try {
            auto story = story_of(watched.scenario, watched.plan);
            if (watched.own) {
                Compared both = watched.words;
                both.a = story_of(*watched.own, watched.plan);
                both.b = std::move(story);
                find_parting(both);
                state.made.compared = std::make_shared<const Compared>(std::move(both));
            } else {
                state.made.story = std::move(story);
                state.made.ranks = watched.ranks;
            }
        } catch (const std::exception& e) {
            state.made.error = e.what();
        }
        state.done = true;
    }

    std::shared_ptr<State> state_;
    std::vector<std::jthread> workers_;
};

// ---------------------------------------------------------------- log of states

/// One line for each picture that tells something new.
class StateLog {
public:
    explicit StateLog(const std::string& path)
    {
        if (!path.empty() && (file_ = std::fopen(path.c_str(), "w")) == nullptr)
            throw io::FileError(fmt::format("cannot write '{}'", path));
    }
    ~StateLog()
    {
        if (file_ != nullptr)
            std::fclose(file_);
    }
    StateLog(const StateLog&) = delete;
    StateLog& operator=(const StateLog&) = delete;

    void note(const Story& story, const Player& player)
    {
        if (file_ == nullptr)
            return;
        // While it plays, all that changes with time is worth a line a second only.
        const bool plays = player.view().playing;
        const double whole = std::floor(player.second());
        if (plays && played_ && whole == second_)
            return;
        std::string line = state_line(story, player);
        if (line == last_)
            return;
        std::fputs(line.c_str(), file_);
        std::fflush(file_);
        last_ = std::move(line);
        played_ = plays;
        second_ = whole;
    }

private:
    std::FILE* file_ = nullptr;
    std::string last_;
    bool played_ = false;
    double second_ = -1;
};

// ---------------------------------------------------------------- the window

/// Where the scale of the window comes from, nearest first.
float chosen_scale(const Look& look, const Settings& settings, float guess)
{
    if (look.scale)
        return *look.scale;
    if (const char* text = std::getenv("WALKOUT_UI_SCALE"))
        if (const auto number = io::read_number(text); number.value)
            return static_cast<float>(std::clamp(*number.value, 0.75, 3.0));
    return settings.ui_scale.value_or(guess);
}

Size chosen_size(const Look& look, float scale, const sf::VideoMode& desktop)
{
    if (look.size)
        return *look.size;
    const auto side = [](float wanted, unsigned most, int least) {
        return std::clamp(static_cast<int>(wanted), least, std::max(least, static_cast<int>(most)));
    };
    return {side(design_width * scale, desktop.width, least_window.width),
            side(design_height * scale, desktop.height, least_window.height)};
}

class Window {
public:
    explicit Window(const PlayOptions& options)
        : options_(options), opened_(open_story(options.source)), story_(opened_.story),
          settings_file_(settings_file()), settings_(read_settings(settings_file_)),
          desktop_(sf::VideoMode::getDesktopMode()), player_(make_player()),
          scene_(std::make_unique<Scene>(story_)), desk_(story_, options.source),
          log_(options.log_state)
    {
        player_.use_desk(&desk_);
        sources_.emplace_back(story_, options.source);
        if (opened_.ran)
            say_what_ran();
        player_.set_bookmarks(read_bookmarks(opened_.bookmarks, *story_));
        if (!options.compare.empty())
            compare_files();
        if (!options.look.at.empty())
            player_.seek(second_of(*story_, options.look.at, "--at"));
        if (options.look.reduced_motion &&
            options.look.reduced_motion != settings_.reduced_motion) {
            settings_.reduced_motion = options.look.reduced_motion;
            save_settings();
        }
        open(false);
    }

    int run()
    {
        auto last = Clock::now();
        while (window_.isOpen()) {
            program::SignalGuard::check();
            const auto now = Clock::now();
            player_.advance(std::min(seconds_between(last, now), longest_step));
            last = now;
            take_events();
            serve_requests();
            follow_recording();
            follow_page();
            show_made_story();
            if (!window_.isOpen())
                break;
            if (!player_.take_changed()) {
                std::this_thread::sleep_for(awaits_runs() ? short_nap : idle_nap);
                continue;
            }
            draw();
            if (options_.quit)
                window_.close();
        }
        return 0;
    }

private:
    Player make_player()
    {
        usual_scale_ = guessed_scale(desktop_.height);
        Look look = options_.look;
        if (!look.theme)
            look.theme = settings_.theme;
        if (!look.reduced_motion)
            look.reduced_motion = settings_.reduced_motion;
        const float scale = chosen_scale(look, settings_, usual_scale_);
        return {story_, view_of(*story_, look, chosen_size(look, scale, desktop_), scale),
                usual_scale_};
    }

    /// The same number that `walkout run --replicates 1` prints: looking changes nothing.
    void say_what_ran() const
    {
        const Trace& trace = story_->trace();
        RunResult result;
        result.fingerprint = trace.fingerprint;
        fmt::print("{}, seed {}, run {}; fingerprint {:016x}\n", trace.title, trace.seed,
                   trace.replicate, fingerprint_of({result}));
        std::fflush(stdout);
    }

    void open(bool full_screen)
    {
        const Trace& trace = story_->trace();
        const std::string title =
            (trace.title.empty() ? trace.scenario : trace.title) + " - Walkout";
        const View& view = player_.view();
        const sf::VideoMode mode = full_screen ? desktop_
                                               : sf::VideoMode(static_cast<unsigned>(view.width),
                                                               static_cast<unsigned>(view.height));
        // No multisampling: marks and arcs carry their soft edges with them.
        window_.create(mode, sf::String::fromUtf8(title.begin(), title.end()),
                       full_screen ? sf::Style::Fullscreen : sf::Style::Default);
        if (!window_.isOpen())
            throw io::Missing("no window could be opened on this display");
        if (!full_screen) // SFML 2.5.1 takes the width for the height and puts it too low
            window_.setPosition(
                {centered(desktop_.width, mode.width), centered(desktop_.height, mode.height)});
        window_.setVerticalSyncEnabled(true);
        window_.setFramerateLimit(0);
        window_.setKeyRepeatEnabled(true);
        player_.set_full_screen(full_screen);
        player_.resize(static_cast<float>(window_.getSize().x),
                       static_cast<float>(window_.getSize().y));
    }

    static int centered(unsigned room, unsigned side)
    {
        return side < room ? static_cast<int>(room - side) / 2 : 0;
    }

    // ---- input

    void take_events()
    {
        sf::Event event{};
        while (window_.isOpen() && window_.pollEvent(event))
            take(event);
    }

    void take(const sf::Event& event)
    {
        switch (event.type) {
        case sf::Event::Closed:
            return close();
        case sf::Event::Resized:
            return player_.resize(static_cast<float>(event.size.width),
                                  static_cast<float>(event.size.height));
        case sf::Event::GainedFocus:
            return player_.redraw();
        case sf::Event::LostFocus:
            return player_.lose_focus();
        case sf::Event::KeyPressed:
            return player_.key(key_of(event.key.code),
                               {.shift = event.key.shift, .ctrl = event.key.control});
        case sf::Event::KeyReleased:
            return player_.key_up(key_of(event.key.code));
        case sf::Event::TextEntered:
            return player_.text(event.text.unicode);
        case sf::Event::MouseMoved:
            return player_.mouse_move(logical(player_.view(), event.mouseMove.x, event.mouseMove.y),
                                      frame_);
        case sf::Event::MouseLeft:
            return player_.mouse_leave();
        case sf::Event::MouseButtonPressed:
        case sf::Event::MouseButtonReleased:
            return take_button(event);
        case sf::Event::MouseWheelScrolled:
            if (event.mouseWheelScroll.wheel == sf::Mouse::VerticalWheel)
                player_.wheel(
                    event.mouseWheelScroll.delta,
                    logical(player_.view(), event.mouseWheelScroll.x, event.mouseWheelScroll.y));
            return;
        default:
            return;
        }
    }

    void take_button(const sf::Event& event)
    {
        if (event.mouseButton.button != sf::Mouse::Left)
            return;
        const Point at = logical(player_.view(), event.mouseButton.x, event.mouseButton.y);
        const Mods mods{.shift = sf::Keyboard::isKeyPressed(sf::Keyboard::LShift) ||
                                 sf::Keyboard::isKeyPressed(sf::Keyboard::RShift)};
        if (event.type == sf::Event::MouseButtonPressed)
            player_.mouse_press(at, frame_, mods);
        else
            player_.mouse_release(at, frame_);
    }

    // ---- output

    void draw()
    {
        const auto begin = Clock::now();
        if (player_.pointer_hidden() != pointer_hidden_) {
            pointer_hidden_ = player_.pointer_hidden();
            window_.setMouseCursorVisible(!pointer_hidden_);
        }
        frame_ = frame_of(player_.view());
        player_.shown(frame_);
        painter_.draw(frame_.list, window_);
        player_.frame_took(seconds_between(begin, Clock::now()));
        if (!std::exchange(screenshot_done_, true) && !options_.screenshot.empty())
            save_screen();
        window_.display();
        limit_rate(seconds_between(begin, Clock::now()));
        log_.note(*story_, player_);
    }

    /// Not every display has a vertical sync to wait for; one that has not would be drawn as often
    /// as the processor can.
    void limit_rate(double frame_seconds)
    {
        fast_frames_ = frame_seconds < too_fast ? fast_frames_ + 1 : 0;
        if (fast_frames_ == many_fast_frames)
            window_.setFramerateLimit(60);
    }

    Frame frame_of(const View& view)
    {
        return view.tab == Tab::what_if
                   ? draw_what_if(player_.desk()->story(), player_.desk()->sheet(), view)
               : view.tab == Tab::compare ? panes_->draw(player_.second(), view)
                                          : scene_->draw(player_.second(), view);
    }

    /// What is on the screen, pixel for pixel.
    void save_screen()
    {
        sf::Texture texture;
        texture.create(window_.getSize().x, window_.getSize().y);
        texture.update(window_);
        if (!texture.copyToImage().saveToFile(options_.screenshot))
            throw io::FileError(fmt::format("cannot write '{}'", options_.screenshot));
    }

    void serve_requests()
    {
        for (const Request request : player_.take_requests()) {
            try {
                serve(request);
            } catch (const io::FileError& e) {
                player_.say(e.what());
            } catch (const io::Missing& e) {
                player_.say(e.what());
            }
        }
    }

    void serve(Request request)
    {
        switch (request) {
        case Request::save_picture:
            return save_picture();
        case Request::start_film:
            return start_film();
        case Request::stop_film:
            return recorder_.stop();
        case Request::toggle_full_screen:
            return toggle_full_screen();
        case Request::watch_run:
            if (auto watched = desk().take_watched())
                maker_.start(std::move(*watched));
            return;
        case Request::make_page:
            return start_page();
        case Request::branch:
            return branch();
        case Request::whole_run:
            return player_.change_desk(desk_);
        case Request::save_bookmarks:
            if (story_ != opened_.story) // a run of what if has no place to keep them
                return;
            return write_bookmarks(opened_.bookmarks, *story_, player_.view().bookmarks);
        case Request::save_settings:
            settings_.theme = player_.view().theme;
            settings_.ui_scale = player_.view().ui_scale;
            return save_settings();
        case Request::quit:
            return close();
        }
    }

    WhatIfDesk& desk() { return player_.desk() == &desk_ ? desk_ : *branch_desk_; }

    /// A lever has moved, and what follows from it is not on the screen yet.
    bool awaits_runs() const
    {
        const WhatIf* what_if = player_.desk() ? player_.desk()->what_if() : nullptr;
        return what_if && what_if->behind();
    }

    /// What can become of the run that is shown, from this moment on.
    void branch()
    {
        const auto from = std::ranges::find(sources_, story_, &Told::first);
        if (from == sources_.end() || from->second.file == "-" ||
            is_recorded_run(from->second.file))
            return player_.say("This is a recorded run: open its scenario to branch off from it");
        const auto moment = branch_moment(*story_, player_.second());
        if (!moment)
            return player_.say("The story ends here: nothing can follow");
        branch_desk_ = std::make_unique<WhatIfDesk>(story_, from->second, moment);
        player_.change_desk(*branch_desk_);
    }

    void compare_files()
    {
        player_.compare(compare_with(story_, options_.source, options_.compare));
        panes_ = std::make_unique<CompareScene>(player_.compared());
        sources_.emplace_back(player_.compared()->b, Source{.file = options_.compare});
        ensembles_.emplace(*story_, options_.source, options_.compare);
    }

    void show_made(StoryMaker::Made made)
    {
        if (!made.error.empty())
            return player_.say(made.error);
        sources_.resize(1); // what was opened stays
        if (made.story) {
            ranks_ = {made.story, std::move(made.ranks)};
            sources_.emplace_back(made.story, std::move(made.source));
            return player_.show(std::move(made.story), made.from);
        }
        sources_.emplace_back(made.compared->a, std::move(made.own_source));
        sources_.emplace_back(made.compared->b, std::move(made.source));
        ensembles_.reset(); // they were of others
        player_.compare(std::move(made.compared));
    }

    void show_made_story()
    {
        const auto both = ensembles_ ? ensembles_->take() : std::nullopt;
        if (both) {
            player_.say_of_both(*both);
            ensembles_.reset();
        }
        if (auto made = maker_.take())
            show_made(std::move(*made));
        // The player may tell another story for other reasons too.
        if (player_.story() != story_) {
            story_ = player_.story();
            scene_ = std::make_unique<Scene>(story_);
            if (ranks_.first == story_)
                scene_->rank_among(ranks_.second);
            say_what_ran();
        }
        if (player_.compared() && (!panes_ || &panes_->compared() != player_.compared().get()))
            panes_ = std::make_unique<CompareScene>(player_.compared());
    }

    void close()
    {
        recorder_.stop();
        window_.close();
    }

    void save_settings()
    {
        if (!settings_file_.empty())
            write_settings(settings_file_, settings_);
    }

    /// What a picture or a film of this moment is called.
    std::string file_name(double second, const char* ending) const
    {
        const Tab tab = player_.view().tab;
        if (tab == Tab::what_if)
            return story_->trace().scenario + "-what-if" + ending;
        return picture_name(*story_, second) + (tab == Tab::compare ? "-compare" : "") + ending;
    }

    void save_picture()
    {
        const View view = picture_of(player_.view());
        CairoPainter painter(static_cast<int>(view.width), static_cast<int>(view.height));
        painter.draw(frame_of(view).list);
        const std::string name = file_name(player_.second(), ".png");
        io::write_whole(name, painter.png());
        player_.say("Saved " + name);
    }

    void start_film()
    {
        if (recorder_.running())
            return;
        Film film;
        film.story = story_;
        film.view = picture_of(player_.view());
        if (film.view.tab == Tab::compare)
            film.compared = player_.compared();
        film.view.playing = true;
        film.view.width -= static_cast<float>(static_cast<int>(film.view.width) % 2);
        film.view.height -= static_cast<float>(static_cast<int>(film.view.height) % 2);
        film.fps = 60;
        film.seconds = frame_seconds({{player_.from(), player_.to()}}, film.fps);
        recorder_.start(film_work(std::move(film), file_name(player_.from(), ".mp4")));
    }

    void follow_recording()
    {
        if (!recorder_.running())
            return;
        player_.recording(true, std::floor(recorder_.share() * 100) / 100);
        if (const std::string result = recorder_.take_result(); !result.empty()) {
            player_.recording(false);
            player_.say(result);
        }
    }

    void start_page()
    {
        if (page_.running())
            return;
        if (player_.compared()->page.runs == 0)
            return player_.say("Recorded runs have no page: it tells of all runs of scenarios");
        page_.start(page_work(player_.compared()));
        player_.making_page(true);
        player_.say(fmt::format("Making the page: {} runs of each", player_.compared()->page.runs));
    }

    void follow_page()
    {
        if (const std::string result = page_.take_result(); !result.empty()) {
            player_.making_page(false);
            player_.say(result);
        }
    }

    void toggle_full_screen()
    {
        const bool on = !player_.full_screen();
        if (on)
            windowed_ = window_.getSize();
        else
            player_.resize(static_cast<float>(windowed_.x), static_cast<float>(windowed_.y));
        open(on);
    }

    const PlayOptions& options_;
    Opened opened_;
    std::shared_ptr<const Story> story_;
    std::filesystem::path settings_file_;
    Settings settings_;
    sf::VideoMode desktop_;
    float usual_scale_ = 1;
    Player player_;
    std::unique_ptr<Scene> scene_;
    std::unique_ptr<CompareScene> panes_;
    WhatIfDesk desk_;                         ///< for whole runs
    std::unique_ptr<WhatIfDesk> branch_desk_; ///< for what follows a moment
    StoryMaker maker_;
    using Told = std::pair<std::shared_ptr<const Story>, Source>;
    std::vector<Told> sources_; ///< where the runs come from that can be told
    std::pair<std::shared_ptr<const Story>, std::shared_ptr<const Ranks>>
        ranks_; // of the run watched last
    std::optional<ComparedEnsembles> ensembles_;
    StateLog log_;
    sf::RenderWindow window_;
    SfmlPainter painter_;
    Background recorder_, page_;
    Frame frame_;
    sf::Vector2u windowed_;
    bool pointer_hidden_ = false;
    bool screenshot_done_ = false;
    int fast_frames_ = 0;
};

} // namespace

float guessed_scale(unsigned desktop_height)
{
    return std::clamp(static_cast<float>(desktop_height) / 1080, 0.75F, 3.0F);
}

int run_window(const PlayOptions& options)
{
    require_display(options.source.file);
    expect_loss_of_display();
    sf::err().rdbuf(nullptr); // what matters is told by us
    const program::SignalGuard guard(program::LostPipe::is_told);
    return Window(options).run();
}

} // namespace walkout::render
