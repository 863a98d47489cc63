#include "tests/render_support.hpp"

#include "sim/io/scenario_file.hpp"

#include <algorithm>
#include <map>
#include <numeric>
#include <random>

namespace walkout::render {

namespace {

/// Rows of changes, kept in order of time.
class Chronicle {
public:
    void add(Hours time, AgentId person, Stance from, Stance to)
    {
        changes_.push_back(
            {.time = time, .person = person, .from = from, .to = to, .side = Pole::plus});
    }
    std::vector<Change> told()
    {
        std::ranges::stable_sort(changes_, {}, &Change::time);
        return std::move(changes_);
    }

private:
    std::vector<Change> changes_;
};

/// Moment of the k-th of n acts between two hours.
Hours spread(std::size_t k, std::size_t n, Hours from, Hours to)
{
    return from + (to - from) * (static_cast<double>(k) + 0.5) / static_cast<double>(n);
}

std::vector<Change> made_changes(std::uint32_t people, const Plotline& plot)
{
    constexpr Hours settlement = 30;
    std::vector<AgentId> order(people);
    std::iota(order.begin(), order.end(), AgentId{0});
    std::mt19937_64 chance(plot.seed);
    const auto shuffle = [&] {
        for (std::size_t i = order.size(); i > 1; --i)
            std::swap(order[i - 1], order[chance() % i]);
    };
    const auto count = [&](double share) {
        return static_cast<std::size_t>(share * static_cast<double>(people) + 0.5);
    };
    std::vector<Stance> stance(people, Stance::working);
    Chronicle chronicle;
    const auto act = [&](Hours time, AgentId person, Stance to) {
        chronicle.add(time, person, stance[person], to);
        stance[person] = to;
    };

    const std::size_t posts = count(plot.post), signs = count(plot.sign),
                      leaves = count(plot.leave);
    shuffle();
    for (std::size_t k = 0; k < posts; ++k)
        act(spread(k, posts, 0.1, 9), order[k], Stance::posted);
    shuffle();
    for (std::size_t k = 0; k < signs; ++k)
        act(spread(k, signs, 10, 20), order[k], Stance::signed_letter);
    shuffle();
    const std::vector<AgentId> leavers(order.begin(),
                                       order.begin() + static_cast<std::ptrdiff_t>(leaves));
    for (std::size_t k = 0; k < leaves; ++k)
        act(spread(k, leaves, 22, 28), leavers[k], Stance::resigned);
    if (!plot.settled)
        return chronicle.told();

    std::vector<AgentId> returned;
    for (AgentId person = 0; person < people; ++person)
        if (stance[person] == Stance::signed_letter) {
            act(settlement, person, Stance::returned);
            returned.push_back(person);
        }
    const auto home = static_cast<std::size_t>(plot.come_back * static_cast<double>(leaves));
    for (std::size_t k = 0; k < home; ++k)
        act(spread(k, home, 31, 33), leavers[k], Stance::returned);
    const auto again =
        static_cast<std::size_t>(plot.leave_again * static_cast<double>(returned.size()));
    for (std::size_t k = 0; k < again; ++k)
        act(spread(k, again, 33, 34), returned[k], Stance::resigned);
    return chronicle.told();
}

TraceEvent event_at(Hours time, const std::string& headline, Effect effect)
{
    return {.time = time,
            .name = headline,
            .headline = headline,
            .caption = headline + ", as everybody can read in the news.",
            .kind = "recorded",
            .effects = {std::move(effect)}};
}

} // namespace

std::shared_ptr<const Story> story_of(const Scenario& scenario, std::uint64_t seed)
{
    return std::make_shared<const Story>(trace_run(scenario, {.seed = seed}));
}

const Story& story_of(const std::string& name)
{
    static std::map<std::string, std::unique_ptr<const Story>> stories;
    std::unique_ptr<const Story>& story = stories[name];
    if (!story) {
        const Scenario scenario =
            io::read_scenario(WALKOUT_SOURCE_DIR "/scenarios/" + name + ".yaml").scenario;
        story =
            std::make_unique<const Story>(trace_run(scenario, {.seed = scenario.ensemble.seed}));
    }
    return *story;
}

std::shared_ptr<const Organization> company(const std::vector<int>& sizes)
{
    auto org = std::make_shared<Organization>();
    for (std::size_t b = 0; b < sizes.size(); ++b) {
        const auto first = org->size();
        const auto size = static_cast<std::uint32_t>(sizes[b]);
        const auto block = static_cast<std::uint32_t>(b);
        org->departments.push_back(
            {"Block " + std::to_string(b + 1), Department::no_params, first, size});
        org->teams.push_back({block, first, size});
        for (std::uint32_t i = 0; i < size; ++i) {
            org->team.push_back(block);
            org->level.push_back(static_cast<std::uint8_t>(i == 0         ? 4
                                                           : i % 26 == 25 ? 3
                                                           : i % 4 == 1   ? 2
                                                                          : 1));
            org->tenure.push_back(2);
        }
    }
    org->ties = Ties(org->size(), {});
    return org;
}

Trace made_trace(const std::vector<int>& sizes, const Plotline& plot)
{
    Trace trace{.scenario = "made",
                .title = "Made by hand",
                .start_utc = 1700251200,
                .utc_offset_minutes = -480,
                .horizon = 60};
    trace.organization = company(sizes);
    trace.leader_roles[index_of(Pole::plus)] = "the dismissed CEO";
    trace.in_office = {false, true};
    trace.events = {event_at(0, "The board fires the CEO", Dismiss{}),
                    event_at(5, "An offer to all", Offer{}),
                    event_at(10, "A letter starts to circulate", Petition{})};
    trace.changes = made_changes(trace.organization->size(), plot);
    trace.quorum = static_cast<std::size_t>(plot.directors / 2 + 1);
    for (int d = 0; d < plot.directors; ++d) {
        trace.directors.push_back("Director " + std::string(1, static_cast<char>('A' + d)));
        trace.conceded.push_back(plot.settled && d < plot.directors / 2 + 1 ? 26.0 + d : never);
    }
    for (const Hours time : {0.0, 10.0, 20.0, 60.0}) {
        trace.board_times.push_back(time);
        for (int d = 0; d < plot.directors; ++d)
            trace.board.push_back(
                {static_cast<float>(1 - time / 120),
                 static_cast<float>(std::clamp(time / 20 - 0.5, 0.0, 1.0) * 0.6)});
    }
    if (plot.settled) {
        trace.board_conceded = 26.0 + plot.directors / 2;
        trace.settled = 30;
        trace.conceded_to = Pole::plus;
    }
    return trace;
}

std::vector<int> uneven_blocks(int people, int blocks)
{
    std::vector<int> sizes(static_cast<std::size_t>(std::min(people, blocks)), 1);
    int left = people - static_cast<int>(sizes.size());
    for (std::size_t b = 0; left > 0; b = (b + 1) % sizes.size()) {
        const int more = std::max(1, left / 3);
        sizes[b] += more;
        left -= more;
    }
    return sizes;
}

} // namespace walkout::render
