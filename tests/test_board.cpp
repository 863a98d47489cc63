#include "tests/support.hpp"

#include <cmath>

using namespace walkout;

namespace {

/// Investors alone press, so the pressure is constant: weight 1 times their stance.
Scenario pressed_board(double pressure, std::vector<double> resolves, int quorum = 1)
{
    Scenario s = small_world(1);
    s.horizon = 400;
    s.tick = 10;
    s.mechanisms.review.voice_rate = 0;
    for (std::size_t d = 0; d < resolves.size(); ++d)
        s.board.directors.push_back(
            {.name = "director " + std::to_string(d), .resolve = resolves[d]});
    s.board.quorum = quorum;
    s.board.investor_weight = 1;
    s.board.colleague_weight = 0;
    s.board.review_rate = 0.05;
    s.board.stamina = 1e9;
    s.investors.stance = pressure;
    return s;
}

constexpr std::uint32_t many = 3000;

/// When the first director gave way, in each replicate.
std::vector<double> concessions(const Scenario& s, std::uint32_t runs = many)
{
    std::vector<double> times;
    for (std::uint32_t k = 0; k < runs; ++k)
        times.push_back(
            run(s, {.seed = 1, .replicate = k, .sample_every = 1000}).director_conceded[0]);
    return times;
}

double mean(const std::vector<double>& sample)
{
    double sum = 0;
    for (const double x : sample)
        sum += x;
    return sum / static_cast<double>(sample.size());
}

} // namespace

TEST_CASE("a director whose resolve lies below the pressure gives way at the first review",
          "[analytic][board]")
{
    Scenario s = pressed_board(0.6, {0.5});
    const double pull = GENERATE(0.0, 4.0); // without a deadline thinning must change nothing
    s.board.deadline_pull = pull;
    CAPTURE(pull);
    CHECK(distance(
              concessions(s), [](double t) { return 1 - std::exp(-0.05 * t); }, s.horizon) <
          distance_limit(many));
}

TEST_CASE("a director whose resolve lies above the pressure gives way once worn, never before",
          "[analytic][board]")
{
    Scenario s = pressed_board(0.4, {1});
    s.board.stamina = 20;
    const double worn = 20 * std::log2(1 / 0.4) / 0.4; // 66.1 hours
    const auto times = concessions(s);
    for (const double t : times)
        REQUIRE(t >= worn - 1e-6);
    CHECK(distance(
              times, [&](double t) { return t < worn ? 0 : 1 - std::exp(-0.05 * (t - worn)); },
              s.horizon) < distance_limit(many));
}

TEST_CASE("a board that nobody presses never tires", "[board]")
{
    Scenario s = pressed_board(0, {0.01});
    s.board.stamina = 0.1;
    Play play(s);
    play.go_to(s.horizon);
    CHECK(play.world.board.endured[1] == 0);
    CHECK(play.world.board.directors[0].vote == Pole::none);
    CHECK(resolve_left(play.world, s.board, play.world.board.directors[0], Pole::plus) == 0.01);
}

TEST_CASE("pressure endured adds up exactly through changes of the pressure", "[board]")
{
    Scenario s = pressed_board(0.2, {1});
    s.board.review_rate = 0;
    s.tick = 0.7;
    s.events = {happening(10, Invest{.stance = 0.5}), happening(30.5, Invest{.stance = -0.3}),
                happening(50, Invest{.stance = 0})};
    Play play(s);
    play.go_to(60);
    endure(play.world, s.board, play.world.now);
    CHECK(play.world.board.endured[1] == Approx(0.2 * 10 + 0.5 * 20.5));
    CHECK(play.world.board.endured[0] == Approx(0.3 * 19.5)); // the other side's pressure
    CHECK(resolve_left(play.world, s.board, play.world.board.directors[0], Pole::plus) ==
          Approx(std::exp2(-12.25 / 1e9)));
}

TEST_CASE("a deadline hurries directors as its hazard says", "[analytic][board]")
{
    Scenario s = pressed_board(0.6, {0.5});
    const bool hard = GENERATE(true, false);
    s.board.deadline_pull = 4;
    s.board.deadline_lead = 12;
    s.events = {happening(5, Deadline{.in = 35, .hard = hard})};
    const auto urgent_hours = [](double t) { // integral of exp(-(40 - t) / 12) from 5
        const double until = std::min(t, 40.0);
        return until <= 5 ? 0 : 12 * (std::exp(-(40 - until) / 12) - std::exp(-35.0 / 12));
    };
    const auto times = concessions(s);
    CHECK(distance(
              times, [&](double t) { return 1 - std::exp(-0.05 * (t + 4 * urgent_hours(t))); },
              s.horizon) < distance_limit(many));
    s.events.clear();
    CHECK(mean(times) < mean(concessions(s)));
}

TEST_CASE("the quorum decides when the board concedes", "[board]")
{
    const int quorum = GENERATE(0, 1, 2, 3, 4, 5);
    Scenario s = pressed_board(0.6, {0.1, 0.2, 0.3, 0.4, 9}, quorum);
    const auto result = run(s, {.seed = 4});
    auto times = result.director_conceded;
    CHECK(times[4] == never);
    std::sort(times.begin(), times.end());
    const std::size_t needed = quorum > 0 ? static_cast<std::size_t>(quorum) : 3; // a majority
    CAPTURE(quorum);
    CHECK(result.measures.hours_to_concession == times[needed - 1]);
    if (quorum == 5)
        CHECK(result.outcome == Outcome::no_petition);
    else
        CHECK(result.measures.hours_to_return >= result.measures.hours_to_concession);
}

TEST_CASE("a settlement follows a concession after an exponential lag", "[analytic][board]")
{
    Scenario s = pressed_board(0.6, {0.5});
    s.mechanisms.settlement.lag = 8;
    std::vector<double> lags;
    for (std::uint32_t k = 0; k < many; ++k) {
        const auto m = run(s, {.seed = 1, .replicate = k, .sample_every = 1000}).measures;
        if (m.hours_to_concession < 300)
            lags.push_back(m.hours_to_return - m.hours_to_concession);
    }
    REQUIRE(static_cast<double>(lags.size()) > many * 0.99);
    CHECK(distance(
              lags, [](double t) { return 1 - std::exp(-t / 8); }, 100) <
          distance_limit(lags.size()));
}

TEST_CASE("pressure is shares times credibility, investors and colleagues", "[board]")
{
    Scenario s = small_world(10);
    set_allegiance(s, 1);
    s.mechanisms.cost.sign = 0.5;
    s.mechanisms.review.voice_rate = 100;
    s.board.directors = {{.name = "a", .resolve = 99}, {.name = "b", .resolve = 99}};
    s.board.quorum = 2;
    s.investors.stance = 0.5;
    for (std::size_t i = 0; i < 5; ++i)
        s.organization.staff[i].allegiance = 0;
    s.events = {happening(1, Petition{.broadcast_rate = 1e6, .first_signers = 0}),
                happening(5, Offer{.quality = 0.6, .among = reaching(0.5)}),
                happening(6, Offer{.quality = 1, .third_party = false}),
                happening(7, Concede{.director = "b"})};
    Play play(s);
    const auto pressure = [&] { return board_pressure(play.world, s.board, Pole::plus); };
    CHECK(pressure() == Approx(0.3 * 0.5));
    play.go_to(4);
    REQUIRE(play.count(Stance::signed_letter) == 5);
    CHECK(pressure() == Approx(0.15 + 0.5 * 0.35));
    play.go_to(5.5);
    CHECK(pressure() == Approx(0.15 + 0.5 * (0.35 + 0.65 * 0.3)));
    play.go_to(6.5);
    CHECK(pressure() == Approx(0.15 + 0.5 * (0.35 + 0.65 * 0.3))); // not by a third party
    play.go_to(8);
    CHECK(pressure() == Approx(0.15 + 0.5 * (0.35 + 0.65 * 0.3) + 0.15 / 2));
    CHECK(board_pressure(play.world, s.board, Pole::minus) == 0);
}

TEST_CASE("a lean moves a director towards its side", "[board]")
{
    Scenario s = pressed_board(0.3, {0.5, 0.5, 0.5}, 3);
    s.board.directors[0].lean = 0.3;
    s.board.directors[1].lean = -0.9;
    Play play(s);
    play.go_to(s.horizon);
    CHECK(play.world.board.directors[0].vote == Pole::plus);
    CHECK(play.world.board.directors[1].vote == Pole::minus); // -(0.3 - 0.9) > 0.5
    CHECK(play.world.board.directors[2].vote == Pole::none);
}

TEST_CASE("no resolve is negative and its spread is that of the scenario", "[board]")
{
    Scenario s = pressed_board(0, std::vector<double>(2000, 0.1));
    s.board.resolve_spread = 0.2;
    s.board.review_rate = 0;
    const Play play(s);
    double zero = 0, sum = 0;
    for (const Director& director : play.world.board.directors) {
        REQUIRE(director.resolve >= 0);
        zero += director.resolve == 0;
        sum += director.resolve;
    }
    const double cut = 0.5 * std::erfc(0.5 / std::sqrt(2.0)); // normal below -0.5
    CHECK(std::abs(zero / 2000 - cut) < share_tolerance(cut, 2000));
    const double expected = 0.1 * (1 - cut) + 0.2 * std::exp(-0.125) / std::sqrt(2 * M_PI);
    CHECK(std::abs(sum / 2000 - expected) < 5 * 0.2 / std::sqrt(2000));
}
