#include "sim/study/netcdf_export.hpp"

#include "sim/core/measures.hpp"
#include "sim/study/curve.hpp"

#include <fmt/core.h>
#include <ncDim.h>
#include <ncException.h>
#include <ncFile.h>
#include <ncVar.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <set>
#include <unistd.h>

namespace walkout {

namespace {

namespace fs = std::filesystem;
namespace nc = netCDF;

constexpr double missing_number = std::numeric_limits<double>::quiet_NaN();
constexpr std::int32_t missing_count = -1;
constexpr signed char missing_flag = -1;

/// One dimension that points lie along, with the values of its coordinate.
struct Axis {
    std::string name;
    std::vector<double> values;
};

/// How large everything is: known after a look at all runs.
struct Extent {
    std::vector<std::string> scenarios;
    std::vector<Axis> axes;
    bool grid = false;
    std::size_t replicates = 0;
    std::size_t times = 0;

    /// Where the runs of one scenario and point begin, without replicate and time.
    std::vector<std::size_t> place(const RunRow& row) const
    {
        std::vector<std::size_t> index;
        if (scenarios.size() > 1)
            index.push_back(static_cast<std::size_t>(std::ranges::find(scenarios, row.scenario) -
                                                     scenarios.begin()));
        if (!grid)
            index.push_back(row.point);
        for (std::size_t k = 0; grid && k < axes.size(); ++k)
            index.push_back(static_cast<std::size_t>(
                std::ranges::lower_bound(axes[k].values, row.parameters[k]) -
                axes[k].values.begin()));
        return index;
    }
};

std::vector<std::string> split(const std::string& text)
{
    std::vector<std::string> words;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(", ", at), text.size());
        words.push_back(text.substr(at, end - at));
        at = end + 2;
    }
    return words;
}

Extent extent_of(const Store& store)
{
    const StudyRecord& record = store.record();
    const auto parameters = record.parameters();
    Extent extent;
    extent.scenarios = split(record.facts.at("scenarios"));
    extent.grid = record.facts.at("design") == "grid" && !parameters.empty();
    std::vector<std::set<double>> levels(parameters.size());
    store.for_each([&](const RunRow& row) {
        extent.replicates = std::max<std::size_t>(extent.replicates, row.replicate + 1);
        if (!row.curve.empty())
            extent.times = std::max(extent.times, decode(row.curve).counts[0].size());
        for (std::size_t k = 0; extent.grid && k < levels.size(); ++k)
            levels[k].insert(row.parameters[k]);
    });
    for (std::size_t k = 0; k < parameters.size(); ++k)
        extent.axes.push_back({parameters[k].name, {levels[k].begin(), levels[k].end()}});
    return extent;
}

/// The unit as CF wants it; hours so that readers do not take them for dates.
std::string unit_of(const StoreColumn& column)
{
    if (column.unit == "hours" || column.unit == "hour of the day")
        return "h";
    if (column.unit == "per hour")
        return "h-1";
    return column.unit == "years" ? "years" : "1";
}

/// The runs of one scenario and point, collected until the next point begins.
struct Block {
    std::vector<std::vector<double>> measures; ///< by measure, then replicate
    std::vector<signed char> outcome, failed;
    std::vector<double> run;
    std::vector<unsigned long long> fingerprint;
    std::array<std::vector<std::int32_t>, 3> curves; ///< by name, then replicate and time

    Block(const Extent& extent, std::size_t measure_count)
        : measures(measure_count, std::vector<double>(extent.replicates, missing_number)),
          outcome(extent.replicates, missing_flag), failed(extent.replicates, missing_flag),
          run(extent.replicates, missing_number), fingerprint(extent.replicates, 0)
    {
        for (auto& curve : curves)
            curve.assign(extent.replicates * extent.times, missing_count);
    }

    void take(const RunRow& row, const Extent& extent)
    {
        const std::size_t k = row.replicate;
        run[k] = static_cast<double>(row.number);
        failed[k] = row.error.empty() ? 0 : 1;
        if (!row.error.empty())
            return;
        fingerprint[k] = std::strtoull(row.fingerprint.c_str(), nullptr, 16);
        for (std::size_t m = 0; m < measures.size(); ++m)
            measures[m][k] = row.measures[m];
        outcome[k] = static_cast<signed char>(std::ranges::find(outcome_names, row.outcome) -
                                              outcome_names.begin());
        if (row.curve.empty())
            return;
        const Curve curve = decode(row.curve);
        for (std::size_t c = 0; c < curves.size(); ++c)
            std::ranges::copy(curve.counts[c],
                              curves[c].begin() + static_cast<std::ptrdiff_t>(k * extent.times));
    }
};

/// The file and its variables.
class Writer {
public:
    Writer(const Store& store, const std::string& path)
        : store_(store), extent_(extent_of(store)), file_(path, nc::NcFile::replace)
    {
        add_facts();
        add_dimensions();
        add_variables();
    }

    void write()
    {
        std::optional<Block> block;
        std::vector<std::size_t> place;
        store_.for_each(
            [&](const RunRow& row) {
                if (auto here = extent_.place(row); !block || here != place) {
                    if (block)
                        put(*block, place);
                    block.emplace(extent_, measures_.size());
                    place = std::move(here);
                    put_coordinates(row);
                }
                block->take(row, extent_);
            },
            Store::Order::point);
        if (block)
            put(*block, place);
        file_.close();
    }

private:
    void add_facts()
    {
        file_.putAtt("Conventions", "CF-1.10");
        for (const char* key : {"title", "name", "version", "seed", "design", "study"})
            file_.putAtt(key, store_.record().facts.at(key));
    }

    nc::NcVar add(const std::string& name, const nc::NcType& type,
                  const std::vector<nc::NcDim>& dimensions, const std::string& meaning,
                  const std::string& unit)
    {
        nc::NcVar variable = file_.addVar(name, type, dimensions);
        variable.putAtt("long_name", meaning);
        if (!unit.empty())
            variable.putAtt("units", unit);
        return variable;
    }

    /// A variable that has a value for each run; of a design without axes it names the parameters
    /// as its coordinates.
    nc::NcVar add_of_runs(const std::string& name, const nc::NcType& type,
                          const std::vector<nc::NcDim>& dimensions, const std::string& meaning,
                          const std::string& unit)
    {
        nc::NcVar variable = add(name, type, dimensions, meaning, unit);
        std::string names;
        for (const nc::NcVar& coordinate : coordinates_)
            names += (names.empty() ? "" : " ") + coordinate.getName();
        if (!extent_.grid && !names.empty())
            variable.putAtt("coordinates", names);
        return variable;
    }

    void add_dimensions()
    {
        const auto parameters = store_.record().parameters();
        if (extent_.scenarios.size() > 1)
            add_scenarios();
        if (!extent_.grid) {
            points_ = file_.addDim("point", std::stoull(store_.record().facts.at("points")));
            run_dimensions_.push_back(points_);
        }
        for (std::size_t k = 0; k < parameters.size(); ++k) {
            const Axis& axis = extent_.axes[k];
            const nc::NcDim along =
                extent_.grid ? file_.addDim(axis.name, axis.values.size()) : points_;
            nc::NcVar coordinate = add(axis.name, nc::ncDouble, {along}, parameters[k].meaning,
                                       unit_of(parameters[k]));
            coordinates_.push_back(coordinate);
            if (extent_.grid) {
                coordinate.putVar(axis.values.data());
                run_dimensions_.push_back(along);
            }
        }
        run_dimensions_.push_back(
            file_.addDim("replicate", std::max<std::size_t>(1, extent_.replicates)));
        curve_dimensions_ = run_dimensions_;
        if (extent_.times > 0)
            add_times();
    }

    void add_scenarios()
    {
        const nc::NcDim dimension = file_.addDim("scenario", extent_.scenarios.size());
        const nc::NcVar names = file_.addVar("scenario", nc::ncString, {dimension});
        for (std::size_t s = 0; s < extent_.scenarios.size(); ++s)
            names.putVar({s}, extent_.scenarios[s]);
        run_dimensions_.push_back(dimension);
    }

    void add_times()
    {
        const auto& facts = store_.record().facts;
        std::string start = facts.at("start").substr(0, 16); // UTC, to the minute
        start[10] = ' ';
        const nc::NcDim dimension = file_.addDim("time", extent_.times);
        const nc::NcVar times = add("time", nc::ncDouble, {dimension}, "time of the sample",
                                    "hours since " + start + ":00");
        times.putAtt("calendar", "standard");
        const double every = std::stod(facts.at("curve_every"));
        for (std::size_t i = 0; i < extent_.times; ++i)
            times.putVar({i}, every * static_cast<double>(i));
        curve_dimensions_.push_back(dimension);
    }

    void add_variables()
    {
        for (const StoreColumn& column : store_.record().measures()) {
            nc::NcVar variable = add_of_runs(column.name, nc::ncDouble, run_dimensions_,
                                             column.meaning, unit_of(column));
            variable.setFill(true, missing_number);
            if (column.unit == "hours")
                variable.putAtt("comment", "infinite: not within the horizon");
            measures_.push_back(variable);
        }
        outcome_ = add_of_runs("outcome", nc::ncByte, run_dimensions_, "how the run ended", "");
        outcome_.setFill(true, missing_flag);
        add_flags();
        failed_ = add_of_runs("failed", nc::ncByte, run_dimensions_, "1: the run failed", "");
        failed_.setFill(true, missing_flag);
        run_ =
            add_of_runs("run", nc::ncDouble, run_dimensions_, "number of the run in the study", "");
        run_.setFill(true, missing_number); // R has no whole numbers of 64 bits
        fingerprint_ = add_of_runs("fingerprint", nc::ncUint64, run_dimensions_,
                                   "hash of all changes of the run; 0: none", "");
        for (std::size_t c = 0; extent_.times > 0 && c < Curve::names.size(); ++c) {
            nc::NcVar variable =
                add_of_runs(std::string(Curve::names[c]), nc::ncInt, curve_dimensions_,
                            std::string(Curve::meanings[c]), "1");
            variable.setFill(true, missing_count);
            variable.setCompression(true, true, 4);
            curves_.push_back(variable);
        }
    }

    void add_flags()
    {
        std::vector<signed char> values;
        std::string meanings;
        for (const std::string_view name : outcome_names) {
            values.push_back(static_cast<signed char>(values.size()));
            meanings += (meanings.empty() ? "" : " ") + std::string(name);
        }
        outcome_.putAtt("flag_values", nc::ncByte, values.size(), values.data());
        outcome_.putAtt("flag_meanings", meanings);
    }

    void put_coordinates(const RunRow& row)
    {
        for (std::size_t k = 0; !extent_.grid && k < coordinates_.size(); ++k)
            coordinates_[k].putVar({static_cast<std::size_t>(row.point)}, row.parameters[k]);
    }

    void put(const Block& block, std::vector<std::size_t> start) const
    {
        std::vector<std::size_t> count(start.size(), 1);
        start.push_back(0);
        count.push_back(extent_.replicates);
        for (std::size_t m = 0; m < measures_.size(); ++m)
            measures_[m].putVar(start, count, block.measures[m].data());
        outcome_.putVar(start, count, block.outcome.data());
        failed_.putVar(start, count, block.failed.data());
        run_.putVar(start, count, block.run.data());
        fingerprint_.putVar(start, count, block.fingerprint.data());
        start.push_back(0);
        count.push_back(extent_.times);
        for (std::size_t c = 0; c < curves_.size(); ++c)
            curves_[c].putVar(start, count, block.curves[c].data());
    }

    const Store& store_;
    Extent extent_;
    nc::NcFile file_;
    nc::NcDim points_;
    std::vector<nc::NcDim> run_dimensions_, curve_dimensions_;
    std::vector<nc::NcVar> coordinates_, measures_, curves_;
    nc::NcVar outcome_, failed_, run_, fingerprint_;
};

} // namespace

void write_netcdf(const Store& store, const std::string& path)
{
    // The library cannot recover a file that it has not finished.
    const fs::path draft = fs::path(path).parent_path() /
                           fmt::format(".{}.{}", fs::path(path).filename().string(), ::getpid());
    try {
        Writer(store, draft.string()).write();
        fs::rename(draft, path);
    } catch (const std::exception& error) {
        std::error_code ignored;
        fs::remove(draft, ignored);
        throw StoreError(fmt::format("cannot write '{}': {}", path, error.what()));
    }
}

} // namespace walkout
