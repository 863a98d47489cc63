/// The sibling of `walkout` that writes pages: a program of its own, because only pages need
/// cairo's fonts.

#include "render/fonts.hpp"
#include "render/report/options.hpp"
#include "render/report/study_page.hpp"
#include "sim/io/draft.hpp"
#include "sim/io/problems.hpp"
#include "sim/study/store.hpp"

#include <cstdio>
#include <filesystem>
#include <fmt/format.h>
#include <new>

namespace {

using namespace walkout;
using namespace walkout::report;

int execute(const ShowText& options)
{
    const bool written =
        std::fwrite(options.text.data(), 1, options.text.size(), stdout) == options.text.size();
    if (!written || std::fflush(stdout) != 0)
        throw io::FileError("cannot write to standard output");
    return 0;
}

int execute(const ReportOptions& options)
{
    std::vector<StudyRuns> studies;
    for (const std::string& folder : options.folders)
        studies.push_back(read_study_runs(folder, options.measure.empty() && !studies.empty()
                                                      ? studies[0].measure.name
                                                      : options.measure));
    const std::filesystem::path path =
        options.out.empty() ? std::filesystem::path(studies[0].folder) / "report.html"
                            : std::filesystem::path(options.out);
    io::write_whole(path, html(study_page(report_data(studies))));
    fmt::print(stderr, "walkout: wrote {}\n", path.string());
    return 0;
}

int complain(int code, const std::string& text)
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
    } catch (const io::InputError& error) {
        fmt::print(stderr, "{}\n", error.what());
        return 2;
    } catch (const io::FileError& error) {
        return complain(5, error.what());
    } catch (const StoreError& error) {
        return complain(5, error.what());
    } catch (const render::MissingFont& error) {
        return complain(69, error.what());
    } catch (const std::bad_alloc&) {
        return complain(4, "out of memory; make the page of a smaller study");
    } catch (const std::exception& error) {
        return complain(70, std::string("internal error: ") + error.what() + "; please report it");
    }
}
