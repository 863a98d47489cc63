#include "tests/study_support.hpp"

#include <fmt/core.h>
#include <sstream>

namespace walkout {

namespace fs = std::filesystem;

StudyFolder::StudyFolder(int replicates, const std::string& more)
{
    fs::copy_file(checkout() / "scenarios" / "letter.yaml", folder / "letter.yaml");
    write(replicates, more);
}

void StudyFolder::write(int replicates, const std::string& more) const
{
    write_text(folder / "small.yaml",
               fmt::format("scenario: letter.yaml\n"
                           "parameters:\n"
                           "  people.vigil: {{values: [0, 20%, 40%]}}\n"
                           "  letter: {{path: events.letter.enabled, values: [true, false]}}\n"
                           "replicates: {}\n{}",
                           replicates, more));
}

Ended StudyFolder::sweep(std::vector<std::string> options, Setting setting) const
{
    setting.folder = folder.path();
    options.insert(options.begin(), {"sweep", "small.yaml"});
    return walkout(options, setting);
}

std::string StudyFolder::runs_csv(const std::string& out) const
{
    const Ended ended =
        walkout({"export-study", out, "--no-netcdf"}, Setting{.folder = folder.path()});
    INFO(ended.err);
    CHECK(ended.code == 0);
    return read_text(folder / (out + "/runs.csv"));
}

std::vector<std::vector<std::string>> fields_of(const std::string& csv)
{
    std::vector<std::vector<std::string>> rows;
    std::istringstream lines(csv);
    for (std::string line; std::getline(lines, line);) {
        rows.emplace_back();
        std::istringstream fields(line);
        for (std::string field; std::getline(fields, field, ',');)
            rows.back().push_back(field);
    }
    return rows;
}

} // namespace walkout
