#pragma once

#include "sim/io/failure.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace walkout {

/// The store cannot be read or written: full disk, rights, damage, another program at work. Exit 5.
class StoreError : public io::Failure {
public:
    explicit StoreError(const std::string& text) : io::Failure(5, text) {}
};

/// A parameter or measure as the store describes it.
struct StoreColumn {
    std::string name;
    std::string unit; ///< empty: a bare number
    std::string meaning;
    bool is_measure = false;
    bool whole = false; ///< switches are whole: 0 or 1
};

/// What a store says of its study. `facts` are texts by key: see `provenance_of`.
struct StudyRecord {
    std::map<std::string, std::string> facts;
    std::vector<StoreColumn> columns;                       ///< parameters, then measures
    std::vector<std::pair<std::string, std::string>> world; ///< what must not change, in order

    std::vector<StoreColumn> parameters() const;
    std::vector<StoreColumn> measures() const;
};

/// One run as it is stored.
struct RunRow {
    std::uint64_t number = 0;
    std::string scenario = {};
    std::uint64_t point = 0;
    std::uint32_t replicate = 0;
    std::uint64_t seed = 0;
    std::vector<double> parameters = {}; ///< NaN: as the scenario has it
    std::vector<double> measures =
        {};                       ///< NaN when the run failed; infinite: not within the horizon
    std::string outcome = {};     ///< empty when the run failed
    std::string fingerprint = {}; ///< `0123456789abcdef`
    std::string error = {};       ///< not empty: the run failed
    std::string command = {};     ///< of a failed run: the command that makes it again
    std::string curve = {};       ///< see `encode`; empty when none was kept
};

/// The results of one study: an SQLite file that survives being killed at any moment.
///
/// Tables: `runs` (a row per run, a column per parameter and measure), `curves` (run, data),
/// `columns` (units and meanings), `study` and `world` (key, value). Rows come in the order of
/// their numbers, each at most once. Write-ahead log, so others may read meanwhile; what `commit`
/// has returned from survives the end of this program, and of the system except for its last
/// moments.
class Store {
public:
    /// Whether a file holds a store; a file left by a program that was killed as it made one does
    /// not. @throws StoreError when it is no database
    static bool is_begun(const std::string& path);

    /// Open a store that is there. @throws StoreError
    static Store open(const std::string& path);

    /// Make one where none is begun: all its tables or none. @throws StoreError
    static Store create(const std::string& path, const StudyRecord& record);

    Store(Store&&) noexcept;
    Store& operator=(Store&&) noexcept;
    ~Store();

    const StudyRecord& record() const;

    /// Add a run; durable after the next `commit`. @throws StoreError
    void add(const RunRow& row);
    void commit();

    /// Replace one of the facts, at once.
    void set_fact(const std::string& key, const std::string& value);

    std::uint64_t runs() const;
    std::uint64_t failed() const;

    std::optional<RunRow> run(std::uint64_t number) const;

    enum class Order : std::uint8_t { number, point };

    /// All runs: by number, or by scenario, point and replicate. Memory does not grow with them.
    void for_each(const std::function<void(const RunRow&)>& visit,
                  Order order = Order::number) const;

    /// Number and one measure (NaN when failed) of all runs, in order; a name that is no measure
    /// gives NaN.
    void for_each_measure(const std::string& measure,
                          const std::function<void(std::uint64_t, double)>& visit) const;

    /// One measure of the runs that did not fail, by rising value within each scenario and point.
    /// Memory does not grow with them.
    void for_each_sorted(const std::string& measure,
                         const std::function<void(const std::string& scenario, std::uint64_t point,
                                                  double value)>& visit) const;

    /// How often each outcome came, in the order of their names.
    std::map<std::string, std::uint64_t> outcomes() const;

    /// Reads the runs one after the other, by number. The store must stay where it is.
    class Cursor {
    public:
        explicit Cursor(const Store& store);
        ~Cursor();
        Cursor(Cursor&&) noexcept;

        /// The run at hand; nothing at the end.
        const std::optional<RunRow>& row() const { return row_; }
        void advance();

    private:
        struct Query;
        std::unique_ptr<Query> query_;
        std::optional<RunRow> row_;
    };

private:
    struct Tables;
    explicit Store(std::unique_ptr<Tables> tables);

    std::unique_ptr<Tables> tables_;
};

} // namespace walkout
