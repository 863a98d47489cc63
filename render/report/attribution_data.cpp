#include "render/report/attribution_data.hpp"

#include "render/chart_kit.hpp"
#include "render/report/json_file.hpp"
#include "render/report/quantity.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

namespace walkout::report {

namespace {

/// In the order in which people ask.
constexpr std::array numbers{"peak_signed_share", "returned", "hours_to_concession"};

AttributedNumber number_in(const Json& all, const std::string& name)
{
    const Json& json = all.at("measures").at(name);
    AttributedNumber number{.name = name,
                            .unit = json.at("unit"),
                            .with_all = estimate_in(json.at("with_all")),
                            .with_none = estimate_in(json.at("with_none")),
                            .total = estimate_in(json.at("total"))};
    for (const Json& factor : all.at("factors")) {
        const std::string key = factor.at("name");
        const Json& effect = json.at("factors").at(key);
        number.effects.push_back({render::readable(key), estimate_in(effect.at("shapley")),
                                  estimate_in(effect.at("drop_one")),
                                  estimate_in(effect.at("alone"))});
    }
    std::ranges::stable_sort(number.effects, std::greater<>{}, [](const FactorEffect& effect) {
        return std::abs(effect.shapley.value);
    });
    return number;
}

std::string names_of_kind(const Json& all, const std::string& kind)
{
    std::string names;
    for (const Json& factor : all.at("factors"))
        if (factor.at("kind") == kind)
            names += (names.empty() ? "" : ",") + factor.at("name").get<std::string>();
    return names;
}

/// A factor of one's own, as `--factor` takes it.
std::string own_factor(const Json& factor)
{
    std::string text = factor.at("name");
    for (const Json& setting : factor.at("without"))
        text += (text.find('=') == std::string::npos ? "=" : ",") + setting.get<std::string>();
    return text;
}

/// The command that makes the same numbers again.
std::string command_in(const Json& all)
{
    if (all.value("study", false))
        return fmt::format("walkout attribute --study {} --replicates {} --seed {}",
                           all.at("file").get<std::string>(), all.at("replicates").dump(),
                           all.at("seed").dump());
    std::string command = "walkout attribute " + all.at("file").get<std::string>();
    for (const auto& [option, kind] : {std::pair{"--causes", "cause"}, {"--events", "event"}})
        if (const std::string names = names_of_kind(all, kind); !names.empty())
            command += fmt::format(" {} {}", option, names);
    for (const Json& factor : all.at("factors"))
        if (factor.at("kind") == "own")
            command += " --factor " + own_factor(factor);
    for (const Json& setting : all.at("overrides"))
        command += " --set " + setting.get<std::string>();
    if (all.at("orders") != 0)
        command += " --orders " + all.at("orders").dump();
    return command + fmt::format(" --replicates {} --seed {}", all.at("replicates").dump(),
                                 all.at("seed").dump());
}

/// In words, or else the values that are set.
std::string meaning_in(const Json& factor)
{
    const std::string meaning = factor.at("meaning");
    if (!meaning.empty())
        return meaning;
    std::string settings;
    for (const Json& setting : factor.at("without"))
        settings += (settings.empty() ? "" : ", ") + setting.get<std::string>();
    return settings;
}

AttributionData data_in(const Json& all)
{
    AttributionData data{.title = all.at("title"),
                         .scenario = render::readable(all.at("name").get<std::string>()),
                         .summary = all.at("summary"),
                         .command = command_in(all),
                         .version = all.at("version"),
                         .fingerprint = all.at("fingerprint"),
                         .seed = all.at("seed"),
                         .runs = all.at("runs"),
                         .headcount = all.at("headcount"),
                         .replicates = all.at("replicates"),
                         .failed = all.at("failed"),
                         .orders = all.at("orders"),
                         .exact = all.at("method") == "exact",
                         .horizon = all.at("horizon")};
    for (const Json& factor : all.at("factors"))
        data.factors.push_back({render::readable(factor.at("name").get<std::string>()),
                                factor.at("kind"), meaning_in(factor)});
    for (const char* name : numbers)
        data.numbers.push_back(number_in(all, name));
    if (const auto others = all.find("others"); others != all.end())
        for (const Json& other : *others)
            data.others.push_back(data_in(other));
    return data;
}

} // namespace

AttributionData read_attribution(const std::string& path)
{
    return read_report(path, "attribute", data_in);
}

} // namespace walkout::report
