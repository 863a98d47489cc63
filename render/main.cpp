#include "render/export.hpp"
#include "render/opening.hpp"
#include "render/options.hpp"
#include "render/text_playback.hpp"
#include "render/window.hpp"
#include "sim/program/program.hpp"

namespace {

using namespace walkout;
using namespace walkout::render;

int execute(PlayOptions options)
{
    if (options.source.file.empty())
        options.source.file = WALKOUT_REFERENCE_CASE;
    if (!options.text)
        return run_window(options);
    program::print(text_playback(*open_story(options.source).story, options.every));
    return 0;
}

int execute(const ExportOptions& options)
{
    return write_exports(options);
}

} // namespace

int main(int argc, char** argv)
{
    return program::exit_code_of(
        [&] {
            return std::visit([](const auto& options) { return execute(options); },
                              parse_options(argc, argv));
        },
        "try a smaller picture or fewer people");
}
