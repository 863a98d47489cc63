#pragma once

#include "sim/study/design.hpp"
#include "sim/study/dials.hpp"
#include "sim/study/distribution.hpp"
#include "sim/study/journal.hpp"
#include "sim/validation/library_case.hpp"

#include "sim/core/run.hpp"

#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace walkout {

/// What is kept of a run.
///
/// The class of an outcome is that of what history knows: the share that it counted is taken when
/// it counted, because nobody knows what became of it later; a share it did not count is the
/// largest of the run.
struct PooledRun {
    double logit = 0; ///< simulated count at the recorded moment; NaN: the run failed, or there is
                      ///< no count to compare with
    double signed_logit = 0; ///< share under the petition, for the classes of outcomes
    double left_logit = 0;   ///< share gone, for the classes of outcomes
    Outcome outcome = Outcome::no_petition;
    bool petition = false; ///< one was opened
    std::string error = {};
};

/// A density on the unit cube of the priors: a product of histograms, above zero everywhere.
class ProposalDensity {
public:
    /// From weighted points, [point][parameter]; a fifth of the density stays uniform.
    ProposalDensity(const std::vector<std::vector<double>>& points,
                    const std::vector<double>& weights);

    double at(const std::vector<double>& u) const;

    /// Moves a uniform point so that it follows the density.
    std::vector<double> bent(std::vector<double> u) const;

private:
    static constexpr std::size_t bins = 8;
    std::vector<std::array<double, bins>> densities_; ///< by parameter
};

/// Which run: everything that it depends on besides the library.
struct RunKey {
    std::size_t library_case = 0;
    std::uint64_t point = 0; ///< of the design
    std::uint32_t replicate = 0;
};

/// Makes runs of the cases of a library at the points of a design. All functions may be called from
/// many threads.
///
/// A replicate is an organization of its own (with its seed); a point brings the shared mechanisms,
/// and the luck. Each run has its own coding error: every coded number is moved by up to half a
/// step of the rubric to either side, keyed by the names of case and number.
class LibraryRuns {
public:
    /// The arguments must stay. @param replicates  the most that any key has
    LibraryRuns(const io::StudyFile& file, const std::vector<LibraryCase>& cases,
                std::uint64_t seed, std::uint32_t replicates, bool coding_error);

    std::uint64_t points() const { return coordinates_.size(); }

    /// Values of the parameters at a point. The points of a density are known once it was added.
    std::vector<double> point(std::uint64_t number) const;

    /// Where a point lies in the unit cube of the priors.
    std::vector<double> coordinates(std::uint64_t number) const;

    /// From point `first` on the design's points are bent to follow this density.
    void follow(std::uint64_t first, ProposalDensity density);

    /// The coding error of one number, in steps of the rubric, within [-0.5, 0.5].
    double coding_shift(const RunKey& key, std::size_t input) const;

    Scenario scenario(const RunKey& key) const;

    /// Never throws: what goes wrong is in the run.
    PooledRun make(const RunKey& key) const;

    /// How a run stands in a journal, before it is made.
    RunRow asked(const RunKey& key) const;

private:
    PooledRun measured(const LibraryCase& library_case, const RunKey& key) const;

    const std::vector<LibraryCase>& cases_;
    Dials dials_;
    Design coordinates_; ///< on the unit cube
    std::vector<Distribution> priors_;
    std::vector<std::pair<std::uint64_t, ProposalDensity>> densities_; ///< by rising first point
    std::uint64_t seed_;
    bool coding_error_;
    std::vector<std::vector<std::uint32_t>> keys_; ///< by case and input, of its draws
    std::vector<std::vector<std::shared_ptr<const Organization>>>
        organizations_; ///< by case and replicate
};

/// Make runs, or read them again from the journal. Element k answers key k. @throws what
/// `Journal` throws
/// @param first  number of the first row: rows of one journal rise from call to call
std::vector<PooledRun> make_runs(const LibraryRuns& runs, const std::vector<RunKey>& keys,
                                 std::uint64_t first, Journal& journal);

/// What a journal says of a run.
std::vector<StoreColumn> pooled_columns();

} // namespace walkout
