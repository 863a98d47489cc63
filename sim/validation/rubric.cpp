#include "sim/validation/rubric.hpp"

#include "sim/core/numeric.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace walkout {

namespace {

struct Anchor {
    std::string_view ending;
    RubricStep step;
};

/// The middle distance between the anchors of the rubric in scenarios/README.md.
constexpr std::array<Anchor, 17> anchors{{
    {"people.allegiance_mean", {0.3}},
    {"people.camp_distance", {0.3}},
    {"people.trust_mean", {0.2}},
    {"people.fallback_mean", {0.15}},
    {"people.fallback_per_level", {0.05}},
    {"breach.severity", {0.15}},
    {"breach.reason", {0.4}},
    {"package.quality", {0.1}},
    {"offer.quality", {0.1}},
    {"petition.visibility", {0.25}},
    {"package.visibility", {0.25}},
    {"petition.risk_factor", {0.25}},
    {"retaliate.factor", {0.69, true}},        // 0.25, 0.5, 1
    {"petition.broadcast_rate", {1.96, true}}, // 0.02, 0.1, 1: the root of 50 apart
    {"package.broadcast_rate", {1.96, true}},
    {"petition.first_signers", {2.48, true}}, // 1, 12
    {"invest.stance", {0.5}},
}};

bool ends_with(std::string_view path, std::string_view ending)
{
    return path.ends_with(ending) &&
           (path.size() == ending.size() || path[path.size() - ending.size() - 1] == '.');
}

} // namespace

std::optional<RubricStep> rubric_step(std::string_view path)
{
    for (const Anchor& anchor : anchors)
        if (ends_with(path, anchor.ending))
            return anchor.step;
    if (path == "investors.stance")
        return RubricStep{0.5};
    if (path.starts_with("board.directors.") && path.ends_with(".resolve"))
        return RubricStep{0.69, true}; // 0.5, 1, 2
    return std::nullopt;
}

double CodedInput::shifted(double steps) const
{
    const double moved =
        step.factor ? value * exp_same_bits(steps * step.size) : value + steps * step.size;
    const double held = std::clamp(moved, low, high);
    if (!whole)
        return held;
    const double rounded = std::round(held);
    return step.factor && value >= 1 ? std::max(1.0, rounded) : rounded; // no ratio makes nobody
}

std::vector<CodedInput> coded_inputs(const io::ScenarioVariants& variants)
{
    std::vector<CodedInput> inputs;
    for (const io::Origin& origin : variants.file().origins) {
        const auto step = origin.kind == "coded" ? rubric_step(origin.path) : std::nullopt;
        const auto row = step ? variants.find(origin.path) : std::nullopt;
        if (!row)
            continue;
        const io::Setting& setting = variants.settings()[*row];
        inputs.push_back({origin.path, *row, setting.value, *step, setting.range.low,
                          setting.range.high, setting.whole});
    }
    std::ranges::sort(inputs, {}, &CodedInput::setting);
    return inputs;
}

} // namespace walkout
