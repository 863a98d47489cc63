#include "sim/study/provenance.hpp"

#include "sim/core/fingerprint.hpp"
#include "sim/io/flatten.hpp"
#include "sim/study/background.hpp"
#include "sim/study/study_measures.hpp"

#include <fmt/core.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <set>

namespace walkout {

namespace {

using Lines = std::vector<std::pair<std::string, std::string>>;

std::string joined(const std::vector<std::string>& words)
{
    std::string text;
    for (const std::string& word : words)
        text += (text.empty() ? "" : ", ") + word;
    return text;
}

std::string numbers(const std::vector<double>& values)
{
    std::string text;
    for (const double value : values)
        text += (text.empty() ? "" : ", ") +
                (std::isnan(value) ? std::string("own") : io::format_number(value));
    return text;
}

std::string text_of(const StudyParameter& p)
{
    static constexpr const char* spreads[] = {"rows",       "levels", "uniform",  "log_uniform",
                                              "triangular", "normal", "lognormal"};
    return fmt::format("{} of {}: {} {} in [{}, {}], middle {}, width {}, else {}",
                       io::change_names()[static_cast<std::size_t>(p.change)], joined(p.paths),
                       spreads[static_cast<std::size_t>(p.spread)], numbers(p.levels), p.low,
                       p.high, p.middle, p.width, numbers({p.own}));
}

std::string text_of(const DesignParams& design)
{
    std::string text = io::design_names()[static_cast<std::size_t>(design.kind)];
    if (design.points > 0)
        text += fmt::format(" of {}", design.points);
    if (design.kind == DesignKind::morris)
        text += fmt::format(" with {} levels", design.levels);
    for (const auto& row : design.rows)
        text += " (" + numbers(row) + ")";
    return text;
}

/// A fixed number may grow, so it is no part of the world.
std::string text_of(const ReplicateParams& r)
{
    return r.measure.empty() ? "a fixed number"
                             : fmt::format("{} to {}, until the half-width of {} is {}", r.least,
                                           r.most, r.measure, r.half_width);
}

/// The world that the study's inputs make.
Lines world_of_inputs(const io::StudyFile& file, const std::string& version)
{
    const Study& study = file.study;
    Lines world{{"version of walkout", version}, {"seed", std::to_string(study.seed)}};
    for (const StudyParameter& parameter : study.parameters)
        world.emplace_back("parameter " + parameter.name, text_of(parameter));
    for (std::size_t s = 0; s < file.scenarios.size(); ++s)
        for (const auto& [path, value] : io::flatten(file.scenarios[s]->file().scenario))
            world.emplace_back(fmt::format("scenario {}: {}", study.scenarios[s].name, path),
                               value);
    return world;
}

std::vector<StoreColumn> parameter_columns(const Study& study)
{
    std::vector<StoreColumn> columns;
    for (const StudyParameter& p : study.parameters) {
        const std::string unit = p.unit == io::Unit::duration || p.unit == io::Unit::clock
                                     ? "hours"
                                     : std::string(io::name_of(p.unit));
        static constexpr const char* changes[] = {"", "factor of: ", "added to: "};
        columns.push_back(
            {p.name, unit,
             changes[static_cast<std::size_t>(p.change)] + joined(p.paths) + ". " + p.meaning,
             false, p.whole});
    }
    return columns;
}

} // namespace

StudyRecord record_of_study(const io::StudyFile& file, const std::string& version)
{
    const Study& study = file.study;
    return {.facts = {{"study", file.text},
                      {"name", study.name},
                      {"title", study.title.empty() ? study.name : study.title},
                      {"version", version},
                      {"seed", std::to_string(study.seed)}},
            .columns = parameter_columns(study),
            .world = world_of_inputs(file, version)};
}

StudyRecord record_of(const io::StudyFile& file, const Plan& plan, Shard shard,
                      const std::string& version)
{
    const Study& study = file.study;
    const Scenario& first = file.scenarios.front()->file().scenario;
    std::vector<std::string> names;
    for (const StudyScenario& scenario : study.scenarios)
        names.push_back(scenario.name);
    StudyRecord record = record_of_study(file, version);
    record.facts.insert({
        {"design", io::design_names()[static_cast<std::size_t>(study.design.kind)]},
        {"points", std::to_string(plan.design().size())},
        {"scenarios", joined(names)},
        {"curve_every", io::format_number(study.curves_every)},
        {"horizon", io::format_number(first.horizon)},
        {"start", io::format_instant({first.start_utc, 0, 0})},
        {"shard", fmt::format("{} of {}", shard.number, shard.of)},
        {"background", to_json(background_of(file))},
    });
    for (const StudyMeasure& m : measures_of(study))
        record.columns.push_back({m.name, m.unit, m.meaning, true, false});
    const auto add = [&](const char* key, const std::string& value) {
        record.world.emplace_back(key, value);
    };
    add("common_luck", study.common_luck ? "true" : "false");
    add("design", text_of(study.design));
    add("replicates", text_of(study.replicates));
    add("measures", joined(study.measures));
    add("curves", io::format_number(study.curves_every) + "h");
    add("shard", fmt::format("{} of {}", shard.number, shard.of));
    return record;
}

std::vector<std::string> differences(const StudyRecord& before, const StudyRecord& now)
{
    const std::map<std::string, std::string> was(before.world.begin(), before.world.end());
    const std::map<std::string, std::string> is(now.world.begin(), now.world.end());
    std::vector<std::string> lines;
    const auto value = [](const std::map<std::string, std::string>& world, const std::string& key) {
        const auto found = world.find(key);
        return found == world.end() ? std::string("not there") : found->second;
    };
    std::set<std::string> told;
    for (const Lines* world : {&before.world, &now.world})
        for (const auto& [key, text] : *world)
            if (value(was, key) != value(is, key) && told.insert(key).second)
                lines.push_back(
                    fmt::format("{} was {}, is {}", key, value(was, key), value(is, key)));
    return lines;
}

void check_same_world(const Store& store, const StudyRecord& now, const std::string& path)
{
    constexpr std::size_t shown = 10;
    const auto lines = differences(store.record(), now);
    if (lines.empty())
        return;
    std::string text = fmt::format("walkout: error: '{}' was begun in another world\n", path);
    for (std::size_t k = 0; k < std::min(shown, lines.size()); ++k)
        text += "   " + io::printable(lines[k]) + "\n";
    if (lines.size() > shown)
        text += fmt::format("   ... and {} more differences\n", lines.size() - shown);
    throw io::InputError(text + "   help: undo the change, or begin again beside it with --new");
}

Store store_at(const std::string& path, const StudyRecord& record)
{
    if (!Store::is_begun(path))
        return Store::create(path, record);
    Store store = Store::open(path);
    check_same_world(store, record, path);
    return store;
}

std::string fingerprint_of(const Store& store)
{
    Fingerprint hash;
    store.for_each([&](const RunRow& row) {
        hash.add(std::uint64_t{std::strtoull(row.fingerprint.c_str(), nullptr, 16)});
    });
    return fmt::format("{:016x}", hash.value());
}

} // namespace walkout
