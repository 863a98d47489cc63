#pragma once

/// Two scenarios that somebody wants to see side by side, from their files on.

#include "render/compared.hpp"
#include "render/opening.hpp"
#include "sim/study/ensemble_job.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace walkout::render {

/// Run, or read, a second story with the luck of the first and find out where they part.
///
/// @param source  where the first came from; overrides count for both
/// @param file  of the second
/// @throws io::InputError, also when the people are not the same; io::LimitError
std::shared_ptr<const Compared> compare_with(const std::shared_ptr<const Story>& first,
                                             const Source& source, const std::string& file);

/// Ensembles of two scenarios, made in the background: what `walkout compare` would say of them.
class ComparedEnsembles {
public:
    /// @throws as `compare_with`. Recorded runs have no ensembles: nothing is begun.
    ComparedEnsembles(const Story& first, const Source& source, const std::string& file);

    /// Once, when all runs are there.
    std::optional<ComparedRuns> take();

    /// The same after as long as it takes; of recorded runs nothing.
    /// @param check  called meanwhile; may throw to stop
    ComparedRuns wait(const std::function<void()>& check);

private:
    EnsembleWorkers workers_; ///< before the jobs: they are let go of first
    EnsembleJob a_, b_;
};

} // namespace walkout::render
