#include "sim/core/mechanisms.hpp"

#include "sim/core/numeric.hpp"

#include <algorithm>
#include <cmath>

namespace walkout {

namespace {

bool undecided(const World& world)
{
    return world.board.in_session && world.board.conceded_to == Pole::none;
}

double net_pressure(const World& world, const BoardParams& params, Pole side)
{
    const Pole other = side == Pole::plus ? Pole::minus : Pole::plus;
    return board_pressure(world, params, side) - board_pressure(world, params, other);
}

/// How much faster directors review as the nearest deadline comes up; 1 without one.
double urgency(const World& world, const BoardParams& params)
{
    double most = 0;
    for (const Ultimatum& ultimatum : world.ultimatums)
        if (world.now < ultimatum.at && ultimatum.at < never)
            most =
                std::max(most, exp_same_bits(-(ultimatum.at - world.now) / params.deadline_lead));
    return 1 + params.deadline_pull * most;
}

std::size_t votes_for(const World& world, Pole side)
{
    const auto& directors = world.board.directors;
    return static_cast<std::size_t>(std::count_if(
        directors.begin(), directors.end(), [&](const Director& d) { return d.vote == side; }));
}

} // namespace

double board_pressure(const World& world, const BoardParams& params, Pole side)
{
    const double credible =
        params.credibility_floor +
        (1 - params.credibility_floor) * (side == Pole::plus ? world.public_offer : 0);
    const double investors = side == Pole::plus ? params.investor_weight * world.investors : 0;
    const double colleagues = world.board.directors.empty()
                                  ? 0
                                  : static_cast<double>(votes_for(world, side)) /
                                        static_cast<double>(world.board.directors.size());
    return world.share(Stance::signed_letter, side) * credible +
           world.share(Stance::resigned, side) + investors + params.colleague_weight * colleagues;
}

void endure(World& world, const BoardParams& params, Hours until)
{
    BoardState& board = world.board;
    const double hours = until - board.endured_until;
    board.endured_until = until;
    if (!undecided(world) || hours <= 0)
        return;
    const double net = net_pressure(world, params, Pole::plus);
    board.endured[index_of(net > 0 ? Pole::plus : Pole::minus)] += std::abs(net) * hours;
}

double resolve_left(const World& world, const BoardParams& params, const Director& director,
                    Pole side)
{
    return director.resolve *
           pow_same_bits(2, -world.board.endured[index_of(side)] / params.stamina);
}

void plan_director_review(World& world, const BoardParams& params, const Chance& chance,
                          std::uint32_t director)
{
    // The fastest rate there can be; `review_director` thins it to the rate of the moment.
    const double rate = params.review_rate * (1 + params.deadline_pull);
    if (rate <= 0 || world.board.directors[director].vote != Pole::none)
        return;
    const double wait = chance.waiting(Decision::director_review, director,
                                       world.board.directors[director].drawn++);
    world.agenda.add({world.now + wait / rate, director, Due::director_review});
}

void review_director(World& world, const Scenario& scenario, const Chance& chance,
                     std::uint32_t number)
{
    const BoardParams& params = scenario.board;
    const Director& director = world.board.directors[number];
    if (!undecided(world) || director.vote != Pole::none)
        return;
    const double thinned = chance.uniform(Decision::director_review, number, director.drawn, 1);
    if (thinned * (1 + params.deadline_pull) < urgency(world, params)) {
        endure(world, params, world.now);
        for (const Pole side : {Pole::plus, Pole::minus}) {
            const double pressure =
                net_pressure(world, params, side) + sign_of(side) * director.lean;
            if (pressure > resolve_left(world, params, director, side))
                return give_way(world, scenario, chance, number, side);
        }
    }
    plan_director_review(world, params, chance, number);
}

void give_way(World& world, const Scenario& scenario, const Chance& chance, std::uint32_t number,
              Pole side)
{
    BoardState& board = world.board;
    Director& director = board.directors[number];
    if (director.vote != Pole::none)
        return;
    endure(world, scenario.board, world.now);
    director.vote = side;
    director.conceded = world.now;
    count_votes(world, scenario, chance, side);
}

void count_votes(World& world, const Scenario& scenario, const Chance& chance, Pole side)
{
    BoardState& board = world.board;
    if (board.conceded_to != Pole::none || votes_for(world, side) < board.quorum)
        return;
    board.conceded_to = side;
    board.conceded = world.now;
    note_test_of_threat(world, scenario);
    plan_settlement(world, scenario.mechanisms.settlement, chance);
}

} // namespace walkout
