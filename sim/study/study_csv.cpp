#include "sim/study/study_csv.hpp"

#include "sim/study/csv_fields.hpp"
#include "sim/study/curve.hpp"

#include <fmt/format.h>

#include <cmath>
#include <iterator>

namespace walkout {

namespace {

void add_number(fmt::memory_buffer& out, double value)
{
    out.append(csv_number(value));
}

void add_text(fmt::memory_buffer& out, std::string_view text)
{
    out.append(csv_text(text));
}

/// Hands a buffer on when it is large, or at the end.
void flush(fmt::memory_buffer& out, const TextSink& sink, std::size_t least)
{
    if (out.size() < least)
        return;
    sink({out.data(), out.size()});
    out.clear();
}

constexpr std::size_t piece = 1U << 16;

} // namespace

void write_runs_csv(const Store& store, const TextSink& sink)
{
    fmt::memory_buffer out;
    out.append(std::string_view("run,scenario,point,replicate,seed"));
    for (const StoreColumn& column : store.record().columns) {
        out.push_back(',');
        add_text(out, column.name);
    }
    out.append(std::string_view(",outcome,fingerprint,error,command\n"));
    store.for_each([&](const RunRow& row) {
        fmt::format_to(std::back_inserter(out), "{},", row.number);
        add_text(out, row.scenario);
        fmt::format_to(std::back_inserter(out), ",{},{},{}", row.point, row.replicate, row.seed);
        for (const auto* values : {&row.parameters, &row.measures})
            for (const double value : *values) {
                out.push_back(',');
                add_number(out, value);
            }
        for (const std::string* text : {&row.outcome, &row.fingerprint, &row.error, &row.command}) {
            out.push_back(',');
            add_text(out, *text);
        }
        out.push_back('\n');
        flush(out, sink, piece);
    });
    flush(out, sink, 0);
}

void write_curves_csv(const Store& store, const TextSink& sink)
{
    const double every = std::stod(store.record().facts.at("curve_every"));
    fmt::memory_buffer out;
    out.append(std::string_view("run,scenario,point,replicate,time,signed,posted,gone\n"));
    store.for_each([&](const RunRow& row) {
        if (row.curve.empty())
            return;
        const Curve curve = decode(row.curve);
        fmt::memory_buffer whose;
        fmt::format_to(std::back_inserter(whose), "{},", row.number);
        add_text(whose, row.scenario);
        fmt::format_to(std::back_inserter(whose), ",{},{},", row.point, row.replicate);
        for (std::size_t i = 0; i < curve.counts[0].size(); ++i) {
            out.append(whose.data(), whose.data() + whose.size());
            fmt::format_to(std::back_inserter(out), "{},{},{},{}\n", every * static_cast<double>(i),
                           curve.counts[0][i], curve.counts[1][i], curve.counts[2][i]);
        }
        flush(out, sink, piece);
    });
    flush(out, sink, 0);
}

} // namespace walkout
