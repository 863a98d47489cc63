#include "sim/study/store.hpp"

#include <SQLiteCpp/SQLiteCpp.h>
#include <fmt/core.h>
#include <sqlite3.h>

#include <algorithm>
#include <cmath>
#include <filesystem>

namespace walkout {

namespace {

namespace fs = std::filesystem;

constexpr int patience = 10'000; ///< ms to wait for another program's transaction
constexpr const char* format = "walkout study 1";

/// What went wrong, and what to do about it.
[[noreturn]] void fail(const std::string& path, const SQLite::Exception& error)
{
    const int code = error.getErrorCode();
    std::string text = fmt::format("cannot use '{}': {}", path, error.what());
    if (code == SQLITE_FULL)
        text = fmt::format("no space left for '{}'; free some, and the same command goes on", path);
    else if (code == SQLITE_IOERR)
        text += "; the runs stored before are sound";
    else if (code == SQLITE_BUSY || code == SQLITE_CONSTRAINT)
        text = fmt::format("'{}' is being written by another program", path);
    else if (code == SQLITE_NOTADB || code == SQLITE_CORRUPT)
        text = fmt::format("'{}' is no store of a study: {}", path, error.what());
    throw StoreError(text);
}

std::string quoted(const std::string& name)
{
    std::string text = "\"";
    for (const char c : name)
        text += c == '"' ? std::string("\"\"") : std::string(1, c);
    return text + "\"";
}

std::string columns_sql(const StudyRecord& record)
{
    std::string text;
    for (const StoreColumn& column : record.columns)
        text += fmt::format(", {} {}", quoted(column.name), column.whole ? "INTEGER" : "REAL");
    return text;
}

std::string names_sql(const StudyRecord& record)
{
    std::string text = "run, scenario, point, replicate, seed";
    for (const StoreColumn& column : record.columns)
        text += ", " + quoted(column.name);
    return text + ", outcome, fingerprint, error, command";
}

std::int64_t as_signed(std::uint64_t value)
{
    return static_cast<std::int64_t>(value);
}

std::uint64_t as_unsigned(const SQLite::Column& column)
{
    return static_cast<std::uint64_t>(column.getInt64());
}

double number_or_nan(const SQLite::Column& column)
{
    return column.isNull() ? std::nan("") : column.getDouble();
}

void bind_text(SQLite::Statement& statement, int index, const std::string& text)
{
    if (text.empty())
        statement.bind(index);
    else
        statement.bindNoCopy(index, text);
}

void bind_number(SQLite::Statement& statement, int index, double value, bool whole)
{
    if (std::isnan(value))
        statement.bind(index);
    else if (whole)
        statement.bind(index, static_cast<std::int64_t>(value));
    else
        statement.bind(index, value);
}

/// Rows of `runs` left join `curves`, as `RunRow`.
RunRow row_of(SQLite::Statement& query, const StudyRecord& record)
{
    RunRow row;
    int at = 0;
    row.number = as_unsigned(query.getColumn(at++));
    row.scenario = query.getColumn(at++).getString();
    row.point = as_unsigned(query.getColumn(at++));
    row.replicate = static_cast<std::uint32_t>(query.getColumn(at++).getInt64());
    row.seed = as_unsigned(query.getColumn(at++));
    for (const StoreColumn& column : record.columns)
        (column.is_measure ? row.measures : row.parameters)
            .push_back(number_or_nan(query.getColumn(at++)));
    row.outcome = query.getColumn(at++).getString();
    row.fingerprint = query.getColumn(at++).getString();
    row.error = query.getColumn(at++).getString();
    row.command = query.getColumn(at++).getString();
    row.curve = query.getColumn(at).getString();
    return row;
}

std::string select_sql(const StudyRecord& record, const std::string& rest)
{
    return fmt::format("SELECT {}, data FROM runs LEFT JOIN curves USING (run) {}",
                       names_sql(record), rest);
}

} // namespace

std::vector<StoreColumn> StudyRecord::parameters() const
{
    std::vector<StoreColumn> some;
    std::ranges::copy_if(columns, std::back_inserter(some),
                         [](const StoreColumn& c) { return !c.is_measure; });
    return some;
}

std::vector<StoreColumn> StudyRecord::measures() const
{
    std::vector<StoreColumn> some;
    std::ranges::copy_if(columns, std::back_inserter(some),
                         [](const StoreColumn& c) { return c.is_measure; });
    return some;
}

// ---------------------------------------------------------------- the store

struct Store::Tables {
    std::string path;
    SQLite::Database database;
    StudyRecord record;
    std::unique_ptr<SQLite::Statement> insert_run, insert_curve;
    bool in_transaction = false;

    Tables(std::string file, int flags) : path(std::move(file)), database(path, flags, patience)
    {
        database.exec("PRAGMA journal_mode = WAL");
        database.exec("PRAGMA synchronous = NORMAL");
        // Rows are appended and read in order: a small cache and log will do, and memory does not
        // grow until they are full.
        database.exec("PRAGMA cache_size = -256");
        database.exec("PRAGMA wal_autocheckpoint = 128");
    }

    void create_tables(const StudyRecord& made)
    {
        database.exec("BEGIN IMMEDIATE");
        database.exec("CREATE TABLE study (key TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT");
        database.exec("CREATE TABLE world (line INTEGER PRIMARY KEY, key TEXT NOT NULL, "
                      "value TEXT NOT NULL) STRICT");
        database.exec("CREATE TABLE columns (position INTEGER PRIMARY KEY, name TEXT NOT NULL, "
                      "unit TEXT NOT NULL, meaning TEXT NOT NULL, is_measure INTEGER NOT NULL, "
                      "whole INTEGER NOT NULL) STRICT");
        database.exec(fmt::format(
            "CREATE TABLE runs (run INTEGER PRIMARY KEY, scenario TEXT NOT NULL, "
            "point INTEGER NOT NULL, replicate INTEGER NOT NULL, seed INTEGER NOT NULL{}, "
            "outcome TEXT, fingerprint TEXT, error TEXT, command TEXT) STRICT",
            columns_sql(made)));
        database.exec("CREATE TABLE curves (run INTEGER PRIMARY KEY, data BLOB NOT NULL) STRICT");
        write_record(made);
        database.exec("COMMIT");
    }

    void write_record(const StudyRecord& made)
    {
        SQLite::Statement fact(database, "INSERT INTO study VALUES (?, ?)");
        for (const auto& [key, value] : made.facts)
            execute(fact, key, value);
        execute(fact, "format", format);
        SQLite::Statement line(database, "INSERT INTO world (key, value) VALUES (?, ?)");
        for (const auto& [key, value] : made.world)
            execute(line, key, value);
        SQLite::Statement column(database,
                                 "INSERT INTO columns (name, unit, meaning, is_measure, whole) "
                                 "VALUES (?, ?, ?, ?, ?)");
        for (const StoreColumn& c : made.columns)
            execute(column, c.name, c.unit, c.meaning, static_cast<int>(c.is_measure),
                    static_cast<int>(c.whole));
    }

    template <class... Values> static void execute(SQLite::Statement& statement, Values... values)
    {
        statement.reset();
        int index = 0;
        (statement.bind(++index, values), ...);
        statement.exec();
    }

    void read_record()
    {
        SQLite::Statement facts(database, "SELECT key, value FROM study");
        while (facts.executeStep())
            record.facts[facts.getColumn(0).getString()] = facts.getColumn(1).getString();
        if (record.facts["format"] != format)
            throw StoreError(fmt::format("'{}' was written in another format: {}", path,
                                         record.facts["format"]));
        SQLite::Statement world(database, "SELECT key, value FROM world ORDER BY line");
        while (world.executeStep())
            record.world.emplace_back(world.getColumn(0).getString(),
                                      world.getColumn(1).getString());
        SQLite::Statement columns(database, "SELECT name, unit, meaning, is_measure, whole "
                                            "FROM columns ORDER BY position");
        while (columns.executeStep())
            record.columns.push_back(
                {columns.getColumn(0).getString(), columns.getColumn(1).getString(),
                 columns.getColumn(2).getString(), columns.getColumn(3).getInt() != 0,
                 columns.getColumn(4).getInt() != 0});
    }

    void prepare_inserts()
    {
        std::string marks = "?";
        for (std::size_t k = 1; k < record.columns.size() + 9; ++k)
            marks += ", ?";
        insert_run = std::make_unique<SQLite::Statement>(
            database, fmt::format("INSERT INTO runs ({}) VALUES ({})", names_sql(record), marks));
        insert_curve =
            std::make_unique<SQLite::Statement>(database, "INSERT INTO curves VALUES (?, ?)");
    }

    void insert(const RunRow& row)
    {
        SQLite::Statement& statement = *insert_run;
        statement.reset();
        int at = 0;
        statement.bind(++at, as_signed(row.number));
        statement.bindNoCopy(++at, row.scenario);
        statement.bind(++at, as_signed(row.point));
        statement.bind(++at, static_cast<std::int64_t>(row.replicate));
        statement.bind(++at, as_signed(row.seed));
        std::size_t column = 0;
        for (const double value : row.parameters)
            bind_number(statement, ++at, value, record.columns[column++].whole);
        for (const double value : row.measures)
            bind_number(statement, ++at, value, record.columns[column++].whole);
        for (const std::string* text : {&row.outcome, &row.fingerprint, &row.error, &row.command})
            bind_text(statement, ++at, *text);
        statement.exec();
        if (row.curve.empty())
            return;
        insert_curve->reset();
        insert_curve->bind(1, as_signed(row.number));
        insert_curve->bindNoCopy(2, row.curve.data(), static_cast<int>(row.curve.size()));
        insert_curve->exec();
    }

    std::uint64_t count(const std::string& what) const
    {
        SQLite::Statement query(database, "SELECT count(*) FROM runs " + what);
        query.executeStep();
        return as_unsigned(query.getColumn(0));
    }
};

Store::Store(std::unique_ptr<Tables> tables) : tables_(std::move(tables)) {}
Store::Store(Store&&) noexcept = default;
Store& Store::operator=(Store&&) noexcept = default;
Store::~Store() = default;

bool Store::is_begun(const std::string& path)
{
    if (!fs::exists(path))
        return false;
    try {
        const SQLite::Database database(path, SQLite::OPEN_READONLY, patience);
        return database.tableExists("study");
    } catch (const SQLite::Exception& error) {
        fail(path, error);
    }
}

Store Store::open(const std::string& path)
{
    if (!fs::exists(path))
        throw StoreError(fmt::format("no file '{}'", path));
    try {
        auto tables = std::make_unique<Tables>(path, SQLite::OPEN_READWRITE);
        tables->read_record();
        tables->prepare_inserts();
        return Store(std::move(tables));
    } catch (const SQLite::Exception& error) {
        fail(path, error);
    }
}

Store Store::create(const std::string& path, const StudyRecord& record)
{
    try {
        Tables tables(path, SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        tables.create_tables(record);
    } catch (const SQLite::Exception& error) {
        fail(path, error);
    }
    return open(path);
}

const StudyRecord& Store::record() const
{
    return tables_->record;
}

void Store::add(const RunRow& row)
{
    try {
        if (!tables_->in_transaction)
            tables_->database.exec("BEGIN IMMEDIATE");
        tables_->in_transaction = true;
        tables_->insert(row);
    } catch (const SQLite::Exception& error) {
        fail(tables_->path, error);
    }
}

void Store::commit()
{
    if (!tables_->in_transaction)
        return;
    try {
        tables_->database.exec("COMMIT");
        tables_->in_transaction = false;
    } catch (const SQLite::Exception& error) {
        fail(tables_->path, error);
    }
}

void Store::set_fact(const std::string& key, const std::string& value)
{
    try {
        SQLite::Statement fact(tables_->database, "INSERT OR REPLACE INTO study VALUES (?, ?)");
        Tables::execute(fact, key, value);
        tables_->record.facts[key] = value;
    } catch (const SQLite::Exception& error) {
        fail(tables_->path, error);
    }
}

std::uint64_t Store::runs() const
{
    return tables_->count("");
}

std::uint64_t Store::failed() const
{
    return tables_->count("WHERE error IS NOT NULL");
}

std::optional<RunRow> Store::run(std::uint64_t number) const
{
    SQLite::Statement query(tables_->database, select_sql(tables_->record, "WHERE run = ?"));
    query.bind(1, as_signed(number));
    if (!query.executeStep())
        return std::nullopt;
    return row_of(query, tables_->record);
}

void Store::for_each(const std::function<void(const RunRow&)>& visit, Order order) const
{
    try {
        SQLite::Statement query(
            tables_->database,
            select_sql(tables_->record, order == Order::number
                                            ? "ORDER BY run"
                                            : "ORDER BY scenario, point, replicate"));
        while (query.executeStep())
            visit(row_of(query, tables_->record));
    } catch (const SQLite::Exception& error) {
        fail(tables_->path, error);
    }
}

void Store::for_each_measure(const std::string& measure,
                             const std::function<void(std::uint64_t, double)>& visit) const
{
    try {
        SQLite::Statement query(tables_->database,
                                fmt::format("SELECT run, {} FROM runs ORDER BY run",
                                            measure.empty() ? "NULL" : quoted(measure)));
        while (query.executeStep())
            visit(as_unsigned(query.getColumn(0)), number_or_nan(query.getColumn(1)));
    } catch (const SQLite::Exception& error) {
        fail(tables_->path, error);
    }
}

void Store::for_each_sorted(
    const std::string& measure,
    const std::function<void(const std::string&, std::uint64_t, double)>& visit) const
{
    try {
        SQLite::Statement query(tables_->database,
                                fmt::format("SELECT scenario, point, {} FROM runs WHERE error IS "
                                            "NULL ORDER BY 1, 2, 3",
                                            quoted(measure)));
        while (query.executeStep())
            visit(query.getColumn(0).getString(), as_unsigned(query.getColumn(1)),
                  query.getColumn(2).getDouble());
    } catch (const SQLite::Exception& error) {
        fail(tables_->path, error);
    }
}

std::map<std::string, std::uint64_t> Store::outcomes() const
{
    std::map<std::string, std::uint64_t> counts;
    SQLite::Statement query(tables_->database,
                            "SELECT outcome FROM runs WHERE outcome IS NOT NULL");
    while (query.executeStep()) // GROUP BY would sort all rows first
        ++counts[query.getColumn(0).getString()];
    return counts;
}

// ---------------------------------------------------------------- cursor

struct Store::Cursor::Query {
    const Tables& tables;
    SQLite::Statement statement;

    explicit Query(const Tables& source)
        : tables(source), statement(source.database, select_sql(source.record, "ORDER BY run"))
    {
    }
};

Store::Cursor::Cursor(const Store& store) : query_(std::make_unique<Query>(*store.tables_))
{
    advance();
}

Store::Cursor::~Cursor() = default;
Store::Cursor::Cursor(Cursor&&) noexcept = default;

void Store::Cursor::advance()
{
    try {
        row_.reset();
        if (query_->statement.executeStep())
            row_ = row_of(query_->statement, query_->tables.record);
    } catch (const SQLite::Exception& error) {
        fail(query_->tables.path, error);
    }
}

} // namespace walkout
