#include "render/export.hpp"

#include "render/cairo_painter.hpp"
#include "render/compared_page.hpp"
#include "render/comparing.hpp"
#include "render/encoder.hpp"
#include "render/film.hpp"
#include "render/opening.hpp"
#include "render/progress.hpp"
#include "render/svg_writer.hpp"
#include "sim/io/draft.hpp"
#include "sim/io/problems.hpp"
#include "sim/program/signals.hpp"

#include <algorithm>
#include <fmt/format.h>
#include <functional>

namespace walkout::render {

namespace {

constexpr Size usual_size{1600, 900}, gif_size{800, 450};
constexpr double usual_fps = 60, gif_fps = 15;
constexpr float least_scale = 0.625F; ///< a GIF of 800 x 450 shows 1280 x 720 units

/// What is shown: a run, or two side by side on the clock of the first.
struct Shown {
    std::shared_ptr<const Story> story;
    std::shared_ptr<const Compared> compared = {};
};

View view_for(const Shown& shown, const Look& look, Size fallback)
{
    const Size size = look.size.value_or(fallback);
    View view = view_of(*shown.story, look, size, look.scale.value_or(export_scale(size)));
    if (shown.compared)
        view.tab = Tab::compare;
    return view;
}

/// Both runs with what their ensembles say, as the window has it once all runs are made.
std::shared_ptr<const Compared> compare_whole(const std::shared_ptr<const Story>& story,
                                              const ExportOptions& o)
{
    Compared both = *compare_with(story, o.source, o.compare);
    ComparedEnsembles ensembles(*story, o.source, o.compare);
    both.ensembles = ensembles.wait([] { program::SignalGuard::check(); });
    return std::make_shared<const Compared>(std::move(both));
}

Shown open_shown(const ExportOptions& o)
{
    Shown shown{open_story(o.source).story};
    if (!o.compare.empty())
        shown.compared = compare_whole(shown.story, o);
    return shown;
}

void say_written(const std::string& path)
{
    fmt::print(stderr, "walkout: wrote {}\n", path);
}

// ---------------------------------------------------------------- pictures

double moment_of(const Story& story, const Look& look)
{
    if (!look.at.empty())
        return second_of(story, look.at, "--at");
    const Span busy = steepest(story);
    return (busy.from + busy.to) / 2;
}

std::string png(const DisplayList& list)
{
    CairoPainter painter(static_cast<int>(list.width * list.scale + 0.5F),
                         static_cast<int>(list.height * list.scale + 0.5F));
    painter.draw(list);
    return painter.png();
}

void write_pictures(const Shown& shown, const ExportOptions& o)
{
    if (o.png.empty() && o.svg.empty() && o.pdf.empty())
        return;
    const View view = view_for(shown, o.look, usual_size);
    const DisplayList list =
        camera_of(shown.story, shown.compared)(moment_of(*shown.story, o.look), view).list;
    const auto write = [&](const std::string& path, const auto& make) {
        if (path.empty())
            return;
        program::SignalGuard::check();
        io::write_whole(path, make(list));
        say_written(path);
    };
    write(o.png, png);
    write(o.svg, [](const DisplayList& whole) { return svg(whole); });
    write(o.pdf, pdf);
}

// ---------------------------------------------------------------- films

std::vector<Span> parts_of(const Story& story, const ExportOptions& o, bool short_by_default)
{
    const bool bounded = !o.from.empty() || !o.to.empty();
    if (o.highlights.value_or(short_by_default && !bounded))
        return highlights(story);
    const double from = o.from.empty() ? 0 : second_of(story, o.from, "--from");
    const double to = o.to.empty() ? story.clock().length() : second_of(story, o.to, "--to");
    if (to < from)
        throw io::InputError("walkout: error: --to comes before --from");
    return {{from, to}};
}

Film film_of(const Shown& shown, const ExportOptions& o, Size size, double fps,
             bool short_by_default)
{
    Film film;
    film.story = shown.story;
    film.compared = shown.compared;
    film.view = view_for(shown, o.look, size);
    film.view.playing = true;
    film.fps = o.fps.value_or(fps);
    film.seconds = frame_seconds(parts_of(*shown.story, o, short_by_default), film.fps);
    return film;
}

using Write = std::function<void(const Film&, const std::filesystem::path&, const Watch&)>;

void write_film(const Film& film, const std::string& path, const Write& write)
{
    if (path.empty())
        return;
    {
        ProgressBar bar(path);
        write(film, path, [&](std::size_t done, std::size_t count) {
            program::SignalGuard::check();
            bar.show(done, count);
        });
    }
    say_written(path);
}

} // namespace

float export_scale(Size size)
{
    return std::max(least_scale, std::min(static_cast<float>(size.width) / 1600,
                                          static_cast<float>(size.height) / 900));
}

int write_exports(const ExportOptions& options)
{
    const program::SignalGuard guard(program::LostPipe::is_told);
    if (!options.mp4.empty() || !options.gif.empty())
        ffmpeg();
    const Shown shown = open_shown(options);
    // What is wrong with one of them is told before hours went into another.
    const Film film = film_of(shown, options, usual_size, usual_fps, false);
    const Film loop = film_of(shown, options, gif_size, gif_fps, true);
    write_pictures(shown, options);
    write_film(film, options.mp4, write_mp4);
    write_film(loop, options.gif, write_gif);
    write_film(film, options.frames, write_frames);
    if (!options.page.empty())
        make_page(*shown.compared, options.page, [] {
            program::SignalGuard::check();
            return false;
        }); // which says so
    return 0;
}

} // namespace walkout::render
