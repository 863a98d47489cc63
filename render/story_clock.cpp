#include "render/story_clock.hpp"

#include <algorithm>
#include <cmath>

namespace walkout::render {

namespace {

constexpr std::size_t cells = 1800;
constexpr int blur_reach = 14;      // cells to either side
constexpr double blur_width = 60;   // 2 sigma^2 with sigma = 5.5 cells
constexpr double flag_weight = 7;   // acts that a flag counts for
constexpr double quiet_cost = 0.30; // of a cell in which nothing happens
constexpr double busy_power = 0.60;
constexpr double people_of_design = 770;
constexpr double seconds_without_beats = 92;

std::vector<double> blurred(const std::vector<double>& rate)
{
    std::vector<double> result(rate.size());
    const auto count = static_cast<int>(rate.size());
    for (int i = 0; i < count; ++i) {
        double sum = 0, weight = 0;
        for (int j = -blur_reach; j <= blur_reach; ++j) {
            if (i + j < 0 || i + j >= count)
                continue;
            const double w = std::exp(-j * j / blur_width);
            weight += w;
            sum += w * rate[static_cast<std::size_t>(i + j)];
        }
        result[static_cast<std::size_t>(i)] = sum / weight;
    }
    return result;
}

} // namespace

StoryClock::StoryClock(Hours begin, Hours end, const std::vector<Hours>& acts, std::size_t people,
                       const std::vector<Hours>& flags, std::vector<Beat> beats)
    : begin_(begin), end_(std::max(end, begin + 1e-3)), beats_(std::move(beats))
{
    std::vector<double> rate(cells, 0.0);
    const auto add = [&](Hours time, double weight) {
        const double cell = (time - begin_) / (end_ - begin_) * cells;
        if (cell >= 0 && cell < cells)
            rate[static_cast<std::size_t>(cell)] += weight;
    };
    const double scale = people_of_design / static_cast<double>(std::max<std::size_t>(people, 1));
    for (const Hours act : acts)
        add(act, scale);
    for (const Hours flag : flags)
        add(flag, flag_weight);

    cost_.assign(1, 0.0);
    for (const double s : blurred(rate))
        cost_.push_back(cost_.back() + quiet_cost + std::pow(s, busy_power));
    const double total = cost_.back();
    for (double& cost : cost_)
        cost *= seconds_without_beats / total;

    std::stable_sort(beats_.begin(), beats_.end(),
                     [](const Beat& a, const Beat& b) { return a.time < b.time; });
    std::erase_if(beats_, [&](const Beat& beat) {
        return beat.seconds <= 0 || beat.time < begin_ || beat.time > end_;
    });
    stood_.assign(1, 0.0);
    for (const Beat& beat : beats_) {
        starts_.push_back(moving(beat.time) + stood_.back());
        stood_.push_back(stood_.back() + beat.seconds);
    }
    length_ = cost_.back() + stood_.back();
}

double StoryClock::moving(Hours time) const
{
    const double x =
        std::clamp((time - begin_) / (end_ - begin_), 0.0, 1.0) * static_cast<double>(cells);
    const auto cell = std::min(static_cast<std::size_t>(x), cells - 1);
    return cost_[cell] + (cost_[cell + 1] - cost_[cell]) * (x - static_cast<double>(cell));
}

double StoryClock::second(Hours time) const
{
    const auto next = std::ranges::lower_bound(beats_, time, {}, &Beat::time);
    return moving(time) + stood_[static_cast<std::size_t>(next - beats_.begin())];
}

double StoryClock::beat(Hours time) const
{
    const auto beat = std::ranges::lower_bound(beats_, time, {}, &Beat::time);
    return beat != beats_.end() && beat->time == time ? beat->seconds : 0;
}

Hours StoryClock::time(double second) const
{
    const double now = std::clamp(second, 0.0, length_);
    const auto begun =
        static_cast<std::size_t>(std::ranges::upper_bound(starts_, now) - starts_.begin());
    if (begun > 0 && now <= starts_[begun - 1] + beats_[begun - 1].seconds)
        return beats_[begun - 1].time;

    const double moved = now - stood_[begun];
    const auto above = std::upper_bound(cost_.begin() + 1, cost_.end() - 1, moved);
    const auto cell = static_cast<std::size_t>(above - cost_.begin()) - 1;
    const double x =
        static_cast<double>(cell) + (moved - cost_[cell]) / (cost_[cell + 1] - cost_[cell]);
    return begin_ + (end_ - begin_) * std::clamp(x / static_cast<double>(cells), 0.0, 1.0);
}

} // namespace walkout::render
