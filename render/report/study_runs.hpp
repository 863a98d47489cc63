#pragma once

#include "sim/study/background.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace walkout::report {

/// All runs of one design point in one scenario. Columns by run; failed runs are only counted.
struct Member {
    std::size_t scenario = 0;
    std::uint64_t point = 0;
    std::vector<double> values = {}; ///< by parameter; NaN: as the scenario has it
    std::vector<std::uint32_t> replicates = {};
    std::vector<std::uint8_t> outcomes = {}; ///< see `Outcome`
    std::vector<double> headline =
        {};                        ///< what the page is about; a time that never came: the horizon
    std::vector<double> peak = {}; ///< names at most; empty where the study did not keep it
    std::vector<double> half = {}; ///< hours until half had signed
    std::vector<double> gone = {}; ///< people
    std::vector<double> back = {}; ///< hours until the return
    std::size_t failed = 0;

    std::size_t runs() const { return outcomes.size(); }
};

/// The measure that the page is about.
struct Measure {
    std::string name = {};
    int outcome = -1; ///< the measure is the share of runs that end so; -1: it is a number
    std::string unit = {};

    bool chance() const { return outcome >= 0; }
};

/// A study as its store tells it.
struct StudyRuns {
    std::string folder = {};
    std::string store = {};
    StudyBackground background = {};
    std::string title = {};
    std::string design = {};
    std::string version = {};
    std::string seed = {};
    std::string fingerprint = {};
    Hours curve_every = 0;
    Measure measure = {};
    std::vector<Member> members = {};     ///< by scenario, then point
    std::vector<std::string> worlds = {}; ///< hash of all settings, by scenario
    std::uint64_t points = 0;             ///< of the design
    std::uint64_t runs = 0, failed = 0;

    bool complete() const { return members.size() == points * background.scenarios.size(); }
    bool sampled() const; ///< the points are spread over the whole space, each run a few times
};

/// Read a study from its folder or its store.
/// @param measure  what the page is about; empty: what the study is about
/// @throws StoreError, io::InputError (no such measure, no runs, made by an older program)
StudyRuns read_study_runs(const std::string& folder, const std::string& measure);

/// How one run's signatures rose.
struct SignedCurve {
    std::size_t member = 0; ///< row of `StudyRuns::members`
    std::uint8_t outcome = 0;
    std::vector<std::int32_t> names = {}; ///< at 0, d, 2 d, ...
};

/// The curves of some members, at most `most` of them, spread evenly; empty when none were kept.
std::vector<SignedCurve> read_curves(const StudyRuns& study,
                                     const std::vector<std::size_t>& members, std::size_t most);

} // namespace walkout::report
