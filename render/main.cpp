#include "render/export.hpp"
#include "render/failures.hpp"
#include "render/fonts.hpp"
#include "render/opening.hpp"
#include "render/options.hpp"
#include "render/text_playback.hpp"
#include "render/window.hpp"
#include "sim/io/draft.hpp"
#include "sim/io/problems.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fmt/format.h>
#include <new>

namespace {

using namespace walkout;
using namespace walkout::render;

/// Print data to standard output. @throws io::FileError when it cannot take the text
void print(const std::string& text)
{
    const bool written = std::fwrite(text.data(), 1, text.size(), stdout) == text.size();
    if (!written || std::fflush(stdout) != 0)
        throw io::FileError(
            fmt::format("cannot write to standard output: {}", std::strerror(errno)));
}

int execute(const ShowText& options)
{
    print(options.text);
    return 0;
}

int execute(PlayOptions options)
{
    if (options.source.file.empty())
        options.source.file = WALKOUT_REFERENCE_CASE;
    if (!options.text)
        return run_window(options);
    print(text_playback(*open_story(options.source).story, options.every));
    return 0;
}

int execute(const ExportOptions& options)
{
    return write_exports(options);
}

int complain(int code, const char* text)
{
    fmt::print(stderr, "walkout: {}\n", text);
    return code;
}

} // namespace

int main(int argc, char** argv)
{
    try {
        return std::visit([](const auto& options) { return execute(options); },
                          parse_options(argc, argv));
    } catch (const io::InputError& e) {
        fmt::print(stderr, "{}\n", e.what());
        return 2;
    } catch (const io::LimitError& e) {
        fmt::print(stderr, "{}\n", e.what());
        return 4;
    } catch (const io::FileError& e) {
        return complain(5, e.what());
    } catch (const Missing& e) {
        return complain(69, e.what());
    } catch (const MissingFont& e) {
        return complain(69, e.what());
    } catch (const Interrupted& e) {
        return complain(128 + e.signal(), e.what());
    } catch (const std::bad_alloc&) {
        return complain(4, "out of memory; try a smaller picture or fewer people");
    } catch (const std::exception& e) {
        return complain(
            70, (std::string("internal error: ") + e.what() + "; please report it").c_str());
    }
}
