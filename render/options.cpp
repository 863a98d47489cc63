#include "render/options.hpp"

#include "sim/io/quantity.hpp"
#include "sim/program/command_line.hpp"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

namespace walkout::render {

namespace {

constexpr int largest_side = 8192;

constexpr const char* footer = R"(Examples:
  walkout play scenarios/openai_2023.yaml
  walkout export results/openai_2023/run.trace --png frame.png --at "Mon 05:48"

Exit codes:
  0 done   2 wrong input   4 refused by a limit   5 input or output failed
  69 something outside is missing (display, ffmpeg, fonts)   70 internal error
  130 interrupted, 143 terminated)";

constexpr const char* play_footer = R"(Examples:
  walkout play scenarios/openai_2023.yaml --at "Mon 05:48" --select Infrastructure-41
  walkout play scenarios/openai_2023.yaml --compare scenarios/openai_2023_no_offer.yaml
  walkout play results/openai_2023/run.trace --text --every 6h

Keys: Space plays, arrows step, , and . go from event to event, / finds, ? shows all keys.
Ctrl 2 is the tab What-if: drag a lever, and 200 runs with the same luck follow it; switch events off
or drag them in time; Enter watches a run, Ctrl S saves the scenario as a file with only what changed,
C puts a run beside the same run of the baseline: two panes, one clock (Ctrl 3). There a click explains
somebody in both runs, Shift P records the film, Ctrl P makes the page of all runs of both in
results/<a>_vs_<b>/, as walkout compare does. E, at any moment of a run, asks what else could follow:
one past, 200 futures, levers that hold from there.
Bookmarks (M) are kept beside the trace, for a scenario in results/<scenario>/. Theme, UI scale and
reduced motion are remembered in $XDG_CONFIG_HOME/walkout/window.json; WALKOUT_UI_SCALE overrides
the scale.

--log-state writes one JSON object per line, for tests and accessibility tools:
  second              of the story        time, clock     hours since the start, `Mon 20 Nov 05:48`
  caption             the event of the moment, as text     signed, gone, unsettled, back  people
  playing speed pace loop in out bookmarks zoom            how it plays
  selected second_person director following hover focus    what is pointed at, by id or name
  finding find_text matches match going_to go_to_text      the boxes
  theme presenter blank help ties how_to_read hide_future drawer expanded loupe
  width height scale full_screen pointer_hidden recording toast
  tab                 playback, what if, compare
  compare             titles, signed, where they part; runs and answers of both ensembles
  what_if             levers by path, values that are changed, runs, shown, answer, run that is lit,
                      branch (hour from which on futures are asked for)
A line comes with every change; while the story plays, at least one every story second.)";

constexpr const char* export_footer = R"(Examples:
  walkout export results/openai_2023/run.trace --png frame.png --svg frame.svg --at "Mon 05:48"
  walkout export scenarios/openai_2023.yaml --mp4 film.mp4 --from "Mon 03:40" --to "Mon 10:00"
  walkout export scenarios/openai_2023.yaml --gif short.gif
  walkout export mine.yaml --compare other.yaml --mp4 both.mp4 --page both

Pictures: one moment (--at; default: when most people act). Films: frame i shows the story second
from + i / fps. A GIF is cut to the highlights, the big events and the 12 busiest seconds, unless
--from, --to or --whole ask for more. Several files can be written at once; each appears when it is
whole, and not at all otherwise. With --compare everything shows two runs side by side, as the tab
Compare does; --page also runs both scenarios and writes report.html with its tables into a folder.
No display is needed.)";

[[noreturn]] void refuse(const std::string& option, const std::string& why)
{
    throw CLI::ValidationError(option, why);
}

/// CLI11 would wrap -5 into a huge number, and its own words are for programmers.
std::string whole_number(const std::string& text)
{
    const bool digits = !text.empty() && text.size() < 10 &&
                        text.find_first_not_of("0123456789") == std::string::npos;
    return digits ? "" : fmt::format("'{}' is not a whole number from 0", text);
}

double number(const std::string& option, const std::string& text, double low, double high)
{
    const auto reading = io::read_number(text);
    if (!reading.value || *reading.value < low || *reading.value > high)
        refuse(option, fmt::format("'{}' is not a number from {:g} to {:g}", text, low, high));
    return *reading.value;
}

Size size_of(const std::string& text)
{
    const std::size_t x = text.find('x');
    const auto width = io::read_whole(text.substr(0, x));
    const auto height = io::read_whole(x == std::string::npos ? "" : text.substr(x + 1));
    const auto fits = [](const auto& side) {
        return side.value && *side.value >= 64 && *side.value <= largest_side;
    };
    if (!fits(width) || !fits(height))
        refuse("--size",
               fmt::format("'{}' is no size: write 1920x1080, 64 to {} each", text, largest_side));
    return {static_cast<int>(*width.value), static_cast<int>(*height.value)};
}

Theme theme_of(const std::string& text)
{
    if (text != "dark" && text != "light")
        refuse("--theme", fmt::format("'{}' is no theme: write dark or light", text));
    return text == "dark" ? Theme::dark : Theme::light;
}

void add_source(CLI::App& command, Source& source, bool required)
{
    command
        .add_option("file", source.file,
                    std::string("Trace or scenario file; - reads a scenario from standard input") +
                        (required ? "" : " (default: the reference case)"))
        ->required(required);
    command
        .add_option("--set", source.overrides,
                    "Override a value of the scenario, e.g. people.vigil=30%; may be repeated")
        ->type_name("PATH=VALUE")
        ->allow_extra_args(false);
    command.add_option("--seed", source.seed, "Seed of all chance (default: the scenario's)")
        ->type_name("N")
        ->check(whole_number);
    command.add_option("--replicate", source.replicate, "Which run of the seed (default 0)")
        ->type_name("K")
        ->check(whole_number);
}

template <class Take>
CLI::Option* add_text(CLI::App& command, const std::string& name, const std::string& type,
                      const std::string& meaning, Take take)
{
    return command.add_option_function<std::string>(name, take, meaning)->type_name(type);
}

void add_look(CLI::App& command, Look& look, const std::string& size_default)
{
    command.add_option("--at", look.at, "Moment: 'Mon 05:48', 'h 64.5', or story seconds: 45s")
        ->type_name("TIME");
    command.add_option("--select", look.select, "Inspect this person")->type_name("ID");
    add_text(command, "--theme", "NAME", "dark or light",
             [&look](const std::string& text) { look.theme = theme_of(text); });
    add_text(command, "--size", "WxH", "Size in pixels (default: " + size_default + ")",
             [&look](const std::string& text) { look.size = size_of(text); });
    add_text(command, "--scale", "S", "Pixels per unit of the design, 0.25 to 4",
             [&look](const std::string& text) {
                 look.scale = static_cast<float>(number("--scale", text, 0.25, 4));
             });
    command.add_flag("--presenter", look.presenter, "The stage and one large number, no panels");
    command.add_flag_callback(
        "--reduced-motion", [&look] { look.reduced_motion = true; }, "Fades instead of flights");
}

void add_compare(CLI::App& command, std::string& file)
{
    command
        .add_option("--compare", file, "A second scenario or trace, beside the first on one clock")
        ->type_name("FILE");
}

void add_play(CLI::App& app, PlayOptions& o)
{
    CLI::App& play = *app.add_subcommand("play", "Watch a run in a window, or read it as text");
    add_source(play, o.source, false);
    add_look(play, o.look, "what fits the screen, up to 1600x900 units");
    play.add_flag_callback(
        "--full-motion", [&o] { o.look.reduced_motion = false; }, "Flights again");
    add_compare(play, o.compare);
    play.add_flag("--text", o.text, "Tell the story in words; needs no display");
    add_text(play, "--every", "DURATION", "With --text: one block every so long, e.g. 1h",
             [&o](const std::string& text) {
                 const auto reading = io::read_duration(text);
                 if (!reading.value || *reading.value < 1.0 / 60)
                     refuse("--every", fmt::format("'{}' is no duration: write 1h or 30min", text));
                 o.every = reading.value;
                 o.text = true;
             });
    play.add_option("--screenshot", o.screenshot, "Write the first frame as shown (PNG)")
        ->type_name("FILE");
    play.add_flag("--quit", o.quit, "Close after the first frame");
    play.add_option("--log-state", o.log_state, "Write what is shown as JSON lines, see below")
        ->type_name("FILE");
    play.footer(play_footer);
}

void add_export(CLI::App& app, ExportOptions& o)
{
    CLI::App& command = *app.add_subcommand("export", "Write pictures and films of a run");
    add_source(command, o.source, true);
    add_compare(command, o.compare);
    command.add_option("--png", o.png, "A picture")->type_name("FILE");
    command.add_option("--svg", o.svg, "The same in vectors, text stays text")->type_name("FILE");
    command.add_option("--pdf", o.pdf, "The same as a page")->type_name("FILE");
    command.add_option("--mp4", o.mp4, "A film (H.264); needs ffmpeg")->type_name("FILE");
    command.add_option("--gif", o.gif, "A short film in 256 colors; needs ffmpeg")
        ->type_name("FILE");
    command.add_option("--frames", o.frames, "The frames of a film as PNGs")->type_name("DIR");
    command
        .add_option("--page", o.page,
                    "With --compare: the page of all runs of both, as walkout compare makes it")
        ->type_name("DIR");
    add_look(command, o.look, "1600x900, GIF 800x450");
    command.add_option("--from", o.from, "Where films begin (as --at; default: the start)")
        ->type_name("TIME");
    command.add_option("--to", o.to, "Where films end (default: the end)")->type_name("TIME");
    add_text(command, "--fps", "N", "Frames per second, 1 to 120 (default: 60, GIF 15)",
             [&o](const std::string& text) { o.fps = number("--fps", text, 1, 120); });
    command.add_flag_callback(
        "--highlights", [&o] { o.highlights = true; }, "Films: the big events only");
    command.add_flag_callback(
        "--whole", [&o] { o.highlights = false; }, "Films: all of it, GIF too");
    command.footer(export_footer);
}

void check_whole(const ExportOptions& o)
{
    const bool any = !o.png.empty() || !o.svg.empty() || !o.pdf.empty() || !o.mp4.empty() ||
                     !o.gif.empty() || !o.frames.empty() || !o.page.empty();
    if (!any)
        refuse("export",
               "say what to write: --png, --svg, --pdf, --mp4, --gif, --frames or --page");
    if (!o.page.empty() && o.compare.empty())
        refuse("--page", "goes with --compare; 'walkout report' makes the page of a study");
    if (o.highlights.value_or(false) && (!o.from.empty() || !o.to.empty()))
        refuse("--highlights", "does not go with --from and --to");
    if (o.look.size && !o.mp4.empty() &&
        (o.look.size->width % 2 != 0 || o.look.size->height % 2 != 0))
        refuse("--size", fmt::format("an MP4 needs even numbers, e.g. {}x{}",
                                     o.look.size->width / 2 * 2, o.look.size->height / 2 * 2));
}

} // namespace

Options parse_options(int argc, char** argv)
{
    CLI::App app("Walkout: watch a run, write pictures and films of it.", "walkout");
    app.footer(footer);
    PlayOptions play;
    ExportOptions exporting;
    add_play(app, play);
    add_export(app, exporting);
    const auto check = [&] {
        if (app.got_subcommand("export"))
            check_whole(exporting);
    };
    if (const auto text = program::parse_words(app, WALKOUT_VERSION, argc, argv, check))
        return *text;
    if (app.got_subcommand("export"))
        return exporting;
    return play;
}

} // namespace walkout::render
