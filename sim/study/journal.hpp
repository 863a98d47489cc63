#pragma once

#include "sim/core/run.hpp"
#include "sim/study/store.hpp"

#include <functional>
#include <optional>
#include <span>
#include <stdexcept>
#include <vector>

namespace walkout {

/// Somebody asked to stop; what was stored is kept.
class Stopped : public std::runtime_error {
public:
    Stopped() : std::runtime_error("stopped") {}
};

/// Makes rows and writes them down, so that work that was killed finds its way again: it asks for
/// the same rows in the same order, and those that are in the store are read instead of made.
class Journal {
public:
    /// Fills in what a row shows: measures, outcome, error. From many threads; what it does depends
    /// on the row alone.
    using Make = std::function<void(RunRow&)>;

    /// @param jobs  threads; 0: all cores
    /// @param store  none: nothing is written down. Store and progress must stay.
    Journal(Store* store, unsigned jobs, Progress& progress);

    /// The rows that were asked for, as `make` fills them. What it returns is stored for good.
    /// @param asked  numbers rise, from call to call too; parameters tell what each row is of
    /// @throws Stopped; StoreError, also when a stored row is another than the one asked for, or
    /// when this program makes the first of them otherwise
    std::vector<RunRow> operator()(std::vector<RunRow> asked, const Make& make);

private:
    bool read_again(RunRow& asked, const Make& make);
    void make_some(std::span<RunRow> asked, const Make& make);

    Store* store_;
    unsigned jobs_;
    Progress& progress_;
    std::optional<Store::Cursor> stored_; ///< where reading stands; nothing: all was read
    bool checked_ = false; ///< that this program makes the first stored row as it was made
};

} // namespace walkout
