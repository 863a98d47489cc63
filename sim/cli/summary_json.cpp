#include "sim/cli/summary_json.hpp"

#include "sim/cli/local_time.hpp"

namespace walkout::cli {

Json quantiles(const Quantiles& q)
{
    return {{"median", number(q.median)}, {"p05", number(q.p05)}, {"p95", number(q.p95)}};
}

Json with(Json entry, const Quantiles& q)
{
    entry.update(quantiles(q));
    return entry;
}

Json estimate(const Estimate& e)
{
    return {{"mean", e.value}, {"low", e.low}, {"high", e.high}};
}

Json outcomes(const Summary& summary)
{
    Json all;
    for (std::size_t k = 0; k < outcome_names.size(); ++k)
        all[std::string(outcome_names[k])] = summary.outcomes[k].share;
    return all;
}

Json outcome_intervals(const Summary& summary)
{
    Json all;
    for (std::size_t k = 0; k < outcome_names.size(); ++k) {
        const Proportion& p = summary.outcomes[k];
        all[std::string(outcome_names[k])] = {{"share", p.share}, {"low", p.low}, {"high", p.high}};
    }
    return all;
}

Json measures(const Summary& summary)
{
    Json all;
    const auto infos = measure_infos();
    for (std::size_t k = 0; k < infos.size(); ++k) {
        all[std::string(infos[k].name)] = quantiles(summary.measures[k]);
        all[std::string(infos[k].name)]["unit"] = std::string(infos[k].unit);
    }
    return all;
}

Json fan(const Summary& summary)
{
    return array(summary.fan, [](const FanPoint& point) {
        return with({{"time", point.time}}, point.names);
    });
}

Json record(const Scenario& scenario, const Summary& summary)
{
    return array(summary.record, [&](const RecordRow& row) {
        Json entry = with({{"time", row.point.time},
                           {"local_time", iso_text(scenario, row.point.time)},
                           {"recorded", row.point.count},
                           {"low", row.point.low},
                           {"high", row.point.high}},
                          row.model);
        entry["fit"] = row.point.fit;
        entry["counted"] = row.point.counted == Counted::signatures ? "signatures" : "departures";
        return entry;
    });
}

Json difference_json(const PairedDifference& difference)
{
    return {{"mean", difference.mean},
            {"low", difference.low},
            {"high", difference.high},
            {"larger", difference.larger},
            {"smaller", difference.smaller}};
}

Json differences(const std::vector<Comparison>& rows)
{
    Json all;
    for (const Comparison& row : rows)
        all[row.measure] = difference_json(row.difference);
    return all;
}

} // namespace walkout::cli
