#include "tests/support.hpp"

#include <algorithm>
#include <cmath>
#include <set>

using namespace walkout;

TEST_CASE("the generator gives Random123's published answer for key 0 and counter 0", "[chance]")
{
    Rng rng({{0}}, {{0, 0}});
    REQUIRE(rng() == 0xca00a0459843d731U);
    REQUIRE(rng() == 0x66c24222c9a845b5U);
}

TEST_CASE("the generator gives Random123's published answer for the digits of pi", "[chance]")
{
    Rng rng({{0xa4093822299f31d0U}}, {{0x243f6a8885a308d3U, 0x13198a2e03707344U}});
    REQUIRE(rng() == 0x0a5e742c2997341cU);
    REQUIRE(rng() == 0xb0f883d38000de5dU);
}

TEST_CASE("a draw does not depend on the draws made before it", "[chance][determinism]")
{
    const Chance chance(7, 3);
    std::vector<double> forward, backward;
    for (AgentId i = 0; i < 100; ++i)
        forward.push_back(chance.waiting(Decision::review_voice, i, 5));
    for (AgentId i = 100; i-- > 0;) {
        chance.uniform(Decision::nudge, i, 1, 2);
        backward.push_back(Chance(7, 3).waiting(Decision::review_voice, i, 5));
    }
    std::reverse(backward.begin(), backward.end());
    REQUIRE(forward == backward);
}

TEST_CASE("neighboring keys share no draw", "[chance]")
{
    std::set<double> seen;
    std::size_t drawn = 0;
    const auto note = [&](double x) {
        seen.insert(x);
        ++drawn;
    };
    for (std::uint64_t seed = 0; seed < 8; ++seed)
        for (std::uint32_t replicate = 0; replicate < 4; ++replicate)
            for (std::uint32_t decision = 0; decision < 19; ++decision)
                for (AgentId agent = 0; agent < 3; ++agent)
                    for (std::uint32_t index = 0; index < 3; ++index)
                        for (AgentId other = 0; other < 3; ++other)
                            note(
                                Chance(seed, replicate)
                                    .uniform(static_cast<Decision>(decision), agent, index, other));
    REQUIRE(seen.size() == drawn);
}

TEST_CASE("a seed's high half counts", "[chance]")
{
    const auto draw = [](std::uint64_t seed) { return Chance(seed).uniform(Decision::reach, 0); };
    REQUIRE(draw(1) != draw(1 + (std::uint64_t{1} << 32)));
}

TEST_CASE("long streams of different decisions never meet", "[chance]")
{
    const Chance chance(1);
    std::set<std::uint64_t> seen;
    std::size_t drawn = 0;
    for (std::uint32_t decision = 0; decision < 19; ++decision) {
        Rng rng = chance.at(static_cast<Decision>(decision), 0);
        for (int k = 0; k < 500; ++k) {
            seen.insert(rng());
            ++drawn;
        }
    }
    REQUIRE(seen.size() == drawn);
}

TEST_CASE("uniform draws stay inside the open interval and fill it evenly", "[chance]")
{
    const Chance chance(11);
    constexpr int count = 200000, cells = 20;
    std::vector<int> filled(cells);
    for (AgentId i = 0; i < count; ++i) {
        const double u = chance.uniform(Decision::reach, i);
        REQUIRE((u > 0 && u < 1));
        ++filled[static_cast<std::size_t>(u * cells)];
    }
    for (const int n : filled)
        CHECK(std::abs(n - count / cells) < 5 * std::sqrt(count / cells));
}

TEST_CASE("waiting times are exponential with mean and variance 1", "[chance]")
{
    const Chance chance(5);
    constexpr std::size_t count = 100000;
    std::vector<double> waits;
    double sum = 0, squares = 0;
    for (AgentId i = 0; i < count; ++i) {
        const double w = chance.waiting(Decision::review_exit, i, 9);
        waits.push_back(w);
        sum += w;
        squares += (w - 1) * (w - 1);
    }
    const double n = count;
    CHECK(std::abs(sum / n - 1) < 5 / std::sqrt(n));
    CHECK(std::abs(squares / n - 1) < 5 * std::sqrt(8 / n)); // fourth central moment 9
    CHECK(distance(waits, [](double t) { return 1 - std::exp(-t); }) < distance_limit(count));
}

TEST_CASE("the moments that keep coming are the same from wherever one looks ahead", "[chance]")
{
    const Chance chance(11, 2);
    const double rate = 3.87;
    std::vector<Hours> moments;
    for (Hours t = 0; t < 300;)
        moments.push_back(t = chance.next_moment(Decision::review_voice, 5, rate, t));
    REQUIRE(std::ranges::is_sorted(moments));
    REQUIRE(std::ranges::adjacent_find(moments) == moments.end());
    for (int k = 0; k < 3000; ++k) {
        const Hours from = 300 * chance.uniform(Decision::reach, 0, static_cast<std::uint32_t>(k));
        const Hours found = chance.next_moment(Decision::review_voice, 5, rate, from);
        CHECK(found == *std::ranges::upper_bound(moments, from));
    }
}

TEST_CASE("moments come as a Poisson process of their rate, from any moment on", "[chance]")
{
    const Chance chance(5);
    for (const double rate : {0.02, 1.0, 40.0}) {
        std::vector<double> first, second;
        double product = 0;
        for (AgentId i = 0; i < 40000; ++i) {
            const Hours from = 7.3 + 0.001 * i;
            const Hours one = chance.next_moment(Decision::review_exit, i, rate, from);
            const Hours two = chance.next_moment(Decision::review_exit, i, rate, one);
            first.push_back(rate * (one - from));
            second.push_back(rate * (two - one));
            product += (first.back() - 1) * (second.back() - 1);
        }
        CAPTURE(rate);
        const auto law = [](double t) { return 1 - std::exp(-t); };
        CHECK(distance(first, law) < distance_limit(first.size()));
        CHECK(distance(second, law) < distance_limit(second.size()));
        CHECK(std::abs(product) / 40000 < 5 / std::sqrt(40000.0)); // gaps are uncorrelated
    }
}

TEST_CASE("draws of neighboring people, indices and replicates are uncorrelated", "[chance]")
{
    constexpr int count = 50000;
    double people = 0, indices = 0, replicates = 0;
    const Chance chance(3), twin(3, 1);
    for (AgentId i = 0; i < count; ++i) {
        const double here = chance.uniform(Decision::stay_up, i) - 0.5;
        people += here * (chance.uniform(Decision::stay_up, i + 1) - 0.5);
        indices += here * (chance.uniform(Decision::stay_up, i, 1) - 0.5);
        replicates += here * (twin.uniform(Decision::stay_up, i) - 0.5);
    }
    const double five_errors = 5 * std::sqrt(count) / 12;
    CHECK(std::abs(people) < five_errors);
    CHECK(std::abs(indices) < five_errors);
    CHECK(std::abs(replicates) < five_errors);
}

TEST_CASE("names are hashed by FNV-1a", "[chance]")
{
    REQUIRE(key_of("") == 0x811c9dc5U);
    REQUIRE(key_of("a") == 0xe40c292cU);
    REQUIRE(key_of("foobar") == 0xbf9cf968U);
}
