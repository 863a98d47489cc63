#include "sim/cli/commands.hpp"
#include "sim/cli/files.hpp"
#include "sim/cli/siblings.hpp"
#include "sim/io/draft.hpp"
#include "sim/study/study_csv.hpp"

#include <filesystem>
#include <fmt/core.h>

namespace walkout::cli {

namespace {

namespace fs = std::filesystem;

/// Write a table piece by piece, whole or not at all.
template <class Write> void write_table(const fs::path& path, const Store& store, Write write)
{
    io::Draft file(path);
    write(store, [&](std::string_view piece) { file.append(piece); });
    file.finish();
}

} // namespace

int execute(const ExportStudyOptions& options)
{
    const fs::path path = store_in(options.folder);
    const fs::path out = options.out.empty() ? path.parent_path() : fs::path(options.out);
    if (!out.empty())
        make_folder(out);
    std::string written = "runs.csv";
    {
        const Store store = Store::open(path.string());
        write_table(out / "runs.csv", store, write_runs_csv);
        if (options.curves) {
            write_table(out / "curves.csv", store, write_curves_csv);
            written += ", curves.csv";
        }
    }
    const int code = options.netcdf ? write_netcdf(path, out / "study.nc") : 0;
    if (options.netcdf && code == 0)
        written += " and study.nc";
    say(fmt::format("wrote {} to {}/", written, out.empty() ? "." : out.string()));
    return code;
}

} // namespace walkout::cli
