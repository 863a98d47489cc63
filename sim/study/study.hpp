#pragma once

/// Everything a study file says, as plain data. Fixed while the study runs.

#include "sim/core/types.hpp"
#include "sim/io/quantity.hpp"

#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace walkout {

/// "As the scenario has it": a parameter that a design point leaves alone.
inline constexpr double own_value = std::numeric_limits<double>::quiet_NaN();

/// One scenario of a study; every design point is run in each of them.
struct StudyScenario {
    std::string name = {};                   ///< how tables call it
    std::string file = {};                   ///< as seen from the program
    std::vector<std::string> overrides = {}; ///< `path=value`, before any parameter
};

/// What a parameter's value does to the numbers it stands for.
enum class ChangeKind : std::uint8_t {
    value,  ///< each becomes the value
    factor, ///< each is multiplied by it
    shift,  ///< it is added to each
};

/// What becomes of one number that is `own` in its scenario; whole numbers stay whole.
inline double changed(ChangeKind change, double own, double value, bool whole)
{
    const double number = change == ChangeKind::factor  ? own * value
                          : change == ChangeKind::shift ? own + value
                                                        : value;
    return whole ? std::round(number) : number;
}

/// Where a parameter's values come from.
enum class Spread : std::uint8_t {
    rows,        ///< from the rows of the design
    levels,      ///< one of `levels`, equally likely
    uniform,     ///< between `low` and `high`
    log_uniform, ///< the same on the logarithmic scale
    triangular,  ///< between `low` and `high` with mode `middle`
    normal,      ///< mean `middle`, standard deviation `width`, cut at `low` and `high`
    lognormal,   ///< median `middle`, standard deviation of the logarithm `width`, cut likewise
};

/// Something the study varies: one or more numbers or switches of the scenarios, together.
struct StudyParameter {
    std::string name = {};
    std::vector<std::string> paths = {};
    ChangeKind change = ChangeKind::value;
    Spread spread = Spread::rows;
    std::vector<double> levels = {}; ///< switches: 0 and 1
    double low = 0;                  ///< may be infinite for distributions
    double high = 0;
    double middle = 0;
    double width = 0;
    double own = own_value; ///< that changes nothing; `own_value`: paths or scenarios differ
    io::Unit unit = io::Unit::none; ///< values are in hours, per hour, shares as fractions
    bool whole = false;
    bool flag = false; ///< a switch
    std::string meaning = {};
};

enum class DesignKind : std::uint8_t {
    grid,
    list,
    table,
    one_at_a_time,
    latin_hypercube,
    sobol,
    saltelli,
    morris,
};

struct DesignParams {
    DesignKind kind = DesignKind::grid;
    std::uint64_t points = 0; ///< of samples; base points of Saltelli's; trajectories of Morris's
    unsigned levels = 4;      ///< of Morris's grid, even
    std::vector<std::vector<double>> rows = {}; ///< of `list` and `table`, by parameter
};

/// How often each point is run.
struct ReplicateParams {
    std::uint32_t least = 1;
    std::uint32_t most = 1; ///< above `least`: until the mean of `measure` is known well enough
    std::string measure = {};
    double half_width = 0;  ///< of its 95 % interval
    double ceiling = never; ///< what an infinite measure counts as: the horizon, for times
};

/// What a failed run means for the others.
enum class FailurePolicy : std::uint8_t {
    stop,   ///< no further run is started
    finish, ///< the others are made; the command says so in its exit code
    ignore, ///< the same, and the command ends well
};

/// How parameters are fitted to records.
enum class FitMethod : std::uint8_t { abc_smc, synthetic_likelihood };

/// A recorded measure that parameters are fitted to, beside the counts of the scenario's record.
struct MeasureTarget {
    std::size_t scenario = 0; ///< row of `Study::scenarios`
    std::string measure = {}; ///< see `measure_infos()`
    double value = 0;
    double sd = 0; ///< error of the recorded value, in its unit
};

/// A fit of the study's parameters, whose distributions are its priors.
struct CalibrationParams {
    FitMethod method = FitMethod::abc_smc;
    std::vector<MeasureTarget> targets = {};
    std::uint32_t draws = 500; ///< of the posterior that are kept and run

    std::uint32_t particles = 500;  ///< of each generation of ABC-SMC
    std::uint32_t generations = 12; ///< at most
    double keep = 0.5; ///< quantile of the distances that the next generation must beat
    double least_acceptance = 0.015; ///< below it no further generation is begun

    std::uint32_t chains = 4;        ///< of MCMC on the synthetic likelihood
    std::uint32_t iterations = 2000; ///< per chain; the first half is warm-up
    std::uint32_t runs = 10;         ///< per evaluation of the likelihood and scenario
};

struct Study {
    std::string name = {}; ///< file stem
    std::string title = {};
    std::string summary = {};
    std::vector<StudyScenario> scenarios = {}; ///< at least one
    std::vector<StudyParameter> parameters = {};
    DesignParams design;
    ReplicateParams replicates;
    std::uint64_t seed = 1;
    bool common_luck = true; ///< all points share the seed, so differences are paired
    std::vector<std::string> measures = {}; ///< see `study_measures()`
    Hours curves_every = 1;                 ///< 0: no curves are kept
    FailurePolicy on_failure = FailurePolicy::finish;
    std::optional<CalibrationParams> calibration = {}; ///< then there is no design
};

} // namespace walkout
