/// The sibling of `walkout` that writes pages: a program of its own, because only pages need
/// cairo's fonts.

#include "render/report/attribution_page.hpp"
#include "render/report/compare_page.hpp"
#include "render/report/figure.hpp"
#include "render/report/options.hpp"
#include "render/report/posterior_page.hpp"
#include "render/report/study_page.hpp"
#include "render/report/validation_page.hpp"
#include "render/svg_writer.hpp"
#include "sim/io/draft.hpp"
#include "sim/program/program.hpp"

#include <filesystem>
#include <fmt/format.h>

namespace {

using namespace walkout;
using namespace walkout::report;
namespace fs = std::filesystem;

/// A page, and where it goes; some have a picture for texts beside them.
struct Written {
    Page page;
    bool with_figure = false;
};

Page page_of_studies(const ReportOptions& options)
{
    std::vector<StudyRuns> studies;
    for (const std::string& folder : options.folders)
        studies.push_back(read_study_runs(folder, options.measure.empty() && !studies.empty()
                                                      ? studies[0].measure.name
                                                      : options.measure));
    return study_page(report_data(studies));
}

/// What a folder holds decides what its page is about; a study's store comes first, unless it holds
/// the runs of a posterior.
Written page_of(const ReportOptions& options)
{
    const fs::path folder = options.folders[0];
    if (const fs::path report = folder / "posterior.json";
        options.folders.size() == 1 && fs::exists(report))
        return {posterior_page(read_posterior(report.string())), true};
    if (options.folders.size() == 1 && !fs::exists(folder / "study.sqlite")) {
        if (const fs::path report = folder / "attribution.json"; fs::exists(report))
            return {attribution_page(read_attribution(report.string())), true};
        if (const fs::path report = folder / "compare.json"; fs::exists(report))
            return {compare_page(read_comparison(report.string()))};
        if (const fs::path report = folder / "validation.json"; fs::exists(report))
            return {validation_page(read_validation(report.string()))};
    }
    return {page_of_studies(options)};
}

void write(const fs::path& path, const std::string& text)
{
    io::write_whole(path, text);
    program::say(fmt::format("wrote {}", path.string()));
}

/// The folder of a study's store is that of its page.
fs::path folder_of(const ReportOptions& options)
{
    const fs::path first = options.folders[0];
    return fs::is_directory(first) ? first : first.parent_path();
}

int execute(const ReportOptions& options)
{
    const Written made = page_of(options);
    const fs::path path =
        options.out.empty() ? folder_of(options) / "report.html" : fs::path(options.out);
    write(path, html(made.page));
    if (made.with_figure)
        write(path.parent_path() / "figure.svg", render::svg(figure(made.page.charts)));
    return 0;
}

} // namespace

int main(int argc, char** argv)
{
    return program::exit_code_of(
        [&] {
            return std::visit([](const auto& options) { return execute(options); },
                              parse_options(argc, argv));
        },
        "make the page of a smaller study");
}
