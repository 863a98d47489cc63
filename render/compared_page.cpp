#include "render/compared_page.hpp"

#include "sim/io/draft.hpp"
#include "sim/io/problems.hpp"
#include "sim/program/sibling.hpp"

#include <fmt/format.h>

namespace walkout::render {

namespace {

void make_folder(const std::filesystem::path& folder)
{
    std::error_code error;
    std::filesystem::create_directories(folder, error);
    if (error)
        throw io::FileError(
            fmt::format("cannot make the folder '{}': {}", folder.string(), error.message()));
}

/// The file of a scenario, written first where there is none.
std::string file_of(const PageScenario& scenario, const std::filesystem::path& folder)
{
    if (scenario.yaml.empty())
        return scenario.file;
    const std::filesystem::path file = folder / scenario.file;
    io::write_whole(file, scenario.yaml);
    return file.string();
}

} // namespace

std::vector<std::string> compare_command(const PageSource& page,
                                         const std::filesystem::path& folder)
{
    std::vector<std::string> words{"compare", file_of(page.a, folder), file_of(page.b, folder)};
    for (const std::string& setting : page.overrides)
        words.insert(words.end(), {"--set", setting});
    words.insert(words.end(), {"--seed", std::to_string(page.seed), "--replicates",
                               std::to_string(page.runs), "--out", folder.string()});
    return words;
}

std::filesystem::path page_folder(const Compared& compared)
{
    const auto stem = [](const PageScenario& scenario) {
        return std::filesystem::path(scenario.file).stem().string();
    };
    return std::filesystem::path("results") /
           fmt::format("{}_vs_{}", stem(compared.page.a), stem(compared.page.b));
}

std::filesystem::path make_page(const Compared& compared, const std::filesystem::path& folder,
                                const std::function<bool()>& stop)
{
    if (compared.page.runs == 0)
        throw io::InputError("walkout: error: a page needs two scenario files: it tells of all "
                             "their runs, not of two recorded ones");
    make_folder(folder);
    const std::filesystem::path page = folder / "report.html";
    std::error_code ignored;
    std::filesystem::remove(page, ignored); // else an old one could pass for the new one
    const int code = program::run_sibling("walkout", compare_command(compared.page, folder),
                                          {.quiet = true, .stop = stop});
    if (!std::filesystem::exists(page))
        throw io::Missing(code == 69 || code == 0
                              ? "the page needs walkout-report: './walkout build report' builds it"
                              : fmt::format("the page was not made: exit code {}", code));
    return page;
}

} // namespace walkout::render
