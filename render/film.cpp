#include "render/film.hpp"

#include "render/cairo_painter.hpp"
#include "render/compare_scene.hpp"
#include "render/encoder.hpp"
#include "sim/io/draft.hpp"
#include "sim/program/signals.hpp"

#include <algorithm>
#include <cmath>
#include <condition_variable>
#include <exception>
#include <fmt/format.h>
#include <mutex>
#include <thread>

namespace walkout::render {

namespace {

constexpr double steepest_length = 12;                  ///< story seconds
constexpr double before_beat = 0.25, after_beat = 0.25; ///< story seconds around a beat
constexpr double tiny = 1e-9;
constexpr std::size_t palette_samples = 40;
constexpr unsigned most_workers = 8;

/// What becomes of a drawn picture: bytes to write somewhere.
using Develop = std::function<void(const CairoPainter&, std::string&)>;

/// Frames drawn by several threads, each with a camera and a painter of its own, handed out in
/// order. A frame depends on its second only, so who draws it makes no difference.
class Studio {
public:
    Studio(const Film& film, Develop develop)
        : film_(film), develop_(std::move(develop)),
          slots_(2 * std::clamp(std::thread::hardware_concurrency(), 1U, most_workers))
    {
        for (std::size_t k = 0; k < slots_.size() / 2; ++k)
            workers_.emplace_back([this](const std::stop_token& stop) { work(stop); });
    }

    ~Studio()
    {
        for (std::jthread& worker : workers_)
            worker.request_stop();
        changed_.notify_all();
    }
    Studio(const Studio&) = delete;
    Studio& operator=(const Studio&) = delete;

    /// Hand all frames to `take`, in order. @throws what drawing or `take` throws
    void run(const std::function<void(const std::string&)>& take)
    {
        for (std::size_t frame = 0; frame < film_.seconds.size(); ++frame) {
            Slot& slot = slots_[frame % slots_.size()];
            {
                std::unique_lock lock(mutex_);
                changed_.wait(lock, [&] { return slot.ready || failure_; });
                if (failure_)
                    std::rethrow_exception(failure_);
            }
            take(slot.bytes);
            {
                const std::scoped_lock lock(mutex_);
                slot.ready = false;
                ++taken_;
            }
            changed_.notify_all();
        }
    }

private:
    struct Slot {
        std::string bytes = {};
        bool ready = false;
    };

    /// The next frame to draw, once there is room for it.
    std::optional<std::size_t> next(const std::stop_token& stop)
    {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, stop, [&] {
            return begun_ == film_.seconds.size() || begun_ < taken_ + slots_.size();
        });
        if (stop.stop_requested() || begun_ == film_.seconds.size() || failure_)
            return std::nullopt;
        return begun_++;
    }

    void work(const std::stop_token& stop)
    {
        try {
            const Camera camera = camera_of(film_.story, film_.compared);
            CairoPainter painter(static_cast<int>(film_.view.width),
                                 static_cast<int>(film_.view.height));
            while (const auto frame = next(stop)) {
                painter.draw(camera(film_.seconds[*frame], film_.view).list);
                Slot& slot = slots_[*frame % slots_.size()];
                develop_(painter, slot.bytes);
                {
                    const std::scoped_lock lock(mutex_);
                    slot.ready = true;
                }
                changed_.notify_all();
            }
        } catch (...) {
            {
                const std::scoped_lock lock(mutex_);
                failure_ = std::current_exception();
            }
            changed_.notify_all();
        }
    }

    const Film& film_;
    Develop develop_;
    std::mutex mutex_;
    std::condition_variable_any changed_;
    std::vector<Slot> slots_;
    std::size_t begun_ = 0, taken_ = 0;
    std::exception_ptr failure_;
    std::vector<std::jthread> workers_; // last: they end before what they use
};

/// Rows without the gaps between them, as `rawvideo` wants them.
void raw(const CairoPainter& painter, std::string& bytes)
{
    const auto row = static_cast<std::size_t>(painter.width()) * 4;
    bytes.resize(row * static_cast<std::size_t>(painter.height()));
    for (int y = 0; y < painter.height(); ++y) {
        const std::uint8_t* from =
            painter.pixels() + static_cast<std::ptrdiff_t>(y) * painter.stride();
        std::copy_n(from, row, bytes.begin() + static_cast<std::ptrdiff_t>(row) * y);
    }
}

std::vector<std::string> input_of(const Film& film)
{
    return {"-f",       "rawvideo",
            "-pix_fmt", "bgra",
            "-s",       fmt::format("{:.0f}x{:.0f}", film.view.width, film.view.height),
            "-r",       fmt::format("{:g}", film.fps),
            "-i",       "pipe:0"};
}

std::vector<std::string> joined(std::vector<std::string> words,
                                const std::vector<std::string>& more)
{
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

void encode(const Film& film, const std::vector<std::string>& arguments,
            const std::filesystem::path& what, const Watch& watch)
{
    Encoder encoder(arguments, what);
    Studio studio(film, raw);
    std::size_t done = 0;
    studio.run([&](const std::string& bytes) {
        encoder.write(bytes);
        watch(++done, film.seconds.size());
    });
    encoder.finish();
}

/// The colors of a film, from frames all over it.
void write_palette(const Film& film, const io::Draft& palette)
{
    Film sample = film;
    const std::size_t step = std::max<std::size_t>(1, film.seconds.size() / palette_samples);
    sample.seconds.clear();
    for (std::size_t k = 0; k < film.seconds.size(); k += step)
        sample.seconds.push_back(film.seconds[k]);
    encode(sample,
           joined(input_of(sample), {"-vf", "palettegen", "-frames:v", "1", "-update", "1", "-f",
                                     "image2", "-c:v", "png", palette.path().string()}),
           palette.final_path(), [](std::size_t, std::size_t) { program::SignalGuard::check(); });
}

} // namespace

Camera camera_of(const std::shared_ptr<const Story>& story,
                 const std::shared_ptr<const Compared>& compared)
{
    if (compared) {
        const auto panes = std::make_shared<CompareScene>(compared);
        return [panes](double second, const View& view) { return panes->draw(second, view); };
    }
    const auto scene = std::make_shared<Scene>(story);
    return [scene](double second, const View& view) { return scene->draw(second, view); };
}

// ---------------------------------------------------------------- which frames

std::vector<double> frame_seconds(const std::vector<Span>& spans, double fps)
{
    std::vector<double> seconds;
    for (const Span& span : spans) {
        const auto last = static_cast<long>(std::floor((span.to - span.from) * fps + tiny));
        for (long i = 0; i <= last; ++i)
            seconds.push_back(span.from + static_cast<double>(i) / fps);
    }
    return seconds;
}

Span steepest(const Story& story)
{
    std::vector<double> acts;
    for (const auto* times : {&story.signings(), &story.departures()})
        for (const Hours time : *times)
            acts.push_back(story.clock().second(time));
    std::ranges::sort(acts);
    const double length = std::min(steepest_length, story.clock().length());
    Span best{0, length};
    std::ptrdiff_t most = 0;
    for (auto first = acts.begin(); first != acts.end(); ++first) {
        const auto beyond = std::upper_bound(first, acts.end(), *first + length);
        if (beyond - first > most) {
            most = beyond - first;
            const double from = std::min(*first, story.clock().length() - length);
            best = {from, from + length};
        }
    }
    return best;
}

std::vector<Span> highlights(const Story& story)
{
    const double end = story.clock().length();
    std::vector<Span> spans{steepest(story)};
    for (const Flag& flag : story.flags())
        if (const double at = story.clock().second(flag.time); flag.beat > 0)
            spans.push_back(
                {std::max(0.0, at - before_beat), std::min(end, at + flag.beat + after_beat)});
    std::ranges::sort(spans, {}, &Span::from);
    std::vector<Span> merged{spans.front()};
    for (const Span& span : spans) {
        if (span.from <= merged.back().to)
            merged.back().to = std::max(merged.back().to, span.to);
        else
            merged.push_back(span);
    }
    return merged;
}

// ---------------------------------------------------------------- films

void write_mp4(const Film& film, const std::filesystem::path& path, const Watch& watch)
{
    io::Draft draft(path);
    // A fast preset: drawing takes the processor already, and flat colors compress well anyhow.
    encode(film,
           joined(input_of(film),
                  {"-vf", "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p", "-c:v",
                   "libx264", "-preset", "veryfast", "-crf", "20", "-colorspace", "bt709",
                   "-color_primaries", "bt709", "-color_trc", "bt709", "-movflags", "+faststart",
                   "-f", "mp4", draft.path().string()}),
           path, watch);
    draft.finish();
}

void write_gif(const Film& film, const std::filesystem::path& path, const Watch& watch)
{
    io::Draft draft(path);
    const io::Draft palette(path.parent_path() / (path.filename().string() + ".palette"));
    write_palette(film, palette);
    encode(film,
           joined(input_of(film), {"-f", "image2", "-c:v", "png", "-i", palette.path().string(),
                                   "-lavfi", "paletteuse=dither=none:diff_mode=rectangle", "-f",
                                   "gif", draft.path().string()}),
           path, watch);
    draft.finish();
}

void write_frames(const Film& film, const std::filesystem::path& folder, const Watch& watch)
{
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        throw io::FileError(
            fmt::format("cannot make the folder '{}': {}", folder.string(), error.message()));
    Studio studio(film,
                  [](const CairoPainter& painter, std::string& bytes) { bytes = painter.png(); });
    std::size_t done = 0;
    studio.run([&](const std::string& png) {
        io::write_whole(folder / fmt::format("frame-{:05}.png", done), png);
        watch(++done, film.seconds.size());
    });
}

} // namespace walkout::render
