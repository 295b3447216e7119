#include "engine/base/draw.hpp"

#include <gtest/gtest.h>

#include <boost/random/beta_distribution.hpp>
#include <boost/random/normal_distribution.hpp>
#include <boost/random/poisson_distribution.hpp>
#include <cmath>
#include <map>
#include <set>
#include <vector>

#include "engine/base/portable_real.hpp"

namespace tremplin {
namespace {

const Luck luck{.seed = 42, .replicate = 3};

PersonId someone(std::uint32_t serial) { return person_id(CpasId{12}, Month(2010, 5), serial); }

TEST(Draws, AreTheLanesOfPhiloxBlocks) {
  Draws draws(luck, someone(7), Month(2013, 4));
  const auto who = static_cast<std::uint64_t>(someone(7));
  const r123::Philox4x32::key_type key{{42, 0}};
  const auto block = [&](std::uint32_t n) {
    const r123::Philox4x32::ctr_type counter{{static_cast<std::uint32_t>(who),
                                              static_cast<std::uint32_t>(who >> 32), 3,
                                              (static_cast<std::uint32_t>(Month(2013, 4).index) << 16) | n}};
    return r123::Philox4x32{}(counter, key);
  };
  for (const DecisionEntry& decision : all_decisions()) {
    EXPECT_EQ(draws.word(static_cast<Decision>(decision.number)),
              block(decision.number / 4)[decision.number % 4])
        << decision.name;
  }
}

// Oracle: Random123's own Philox, one counter at a time.
TEST(Draws, ComputedManyAtOnceAreTheSameWordsWhateverTheProcessorDoesAtOnce) {
  std::vector<LocalId> people;
  for (std::uint32_t i = 0; i < 21; ++i)  // two whole sets and a rest
    people.push_back(local_id(Month(2009, 1) + static_cast<int>(i), i * 77));
  for (const Lanes lanes : {Lanes::two, Lanes::four, Lanes::eight}) {
    if (lanes > widest_lanes()) continue;  // not on this processor
    std::vector<DrawBlock> blocks(people.size());
    one_block_of_each({0xfedcba9876543210ULL, 5}, CpasId{588}, Month(2030, 12), 9, people, blocks, lanes);
    for (std::size_t i = 0; i < people.size(); ++i) {
      const auto who = static_cast<std::uint64_t>(person_id(CpasId{588}, people[i]));
      const r123::Philox4x32::ctr_type block =
          r123::Philox4x32{}({{static_cast<std::uint32_t>(who), static_cast<std::uint32_t>(who >> 32), 5,
                               static_cast<std::uint32_t>(Month(2030, 12).index) << 16 | 9U}},
                             {{0x76543210U, 0xfedcba98U}});
      for (std::size_t lane = 0; lane < 4; ++lane) EXPECT_EQ(blocks[i][lane], block[lane]) << i;
    }
  }
}

TEST(Draws, ToldWhatWasDrawnAheadAreThoseOfEachPerson) {
  std::vector<LocalId> people;
  for (std::uint32_t i = 0; i < 11; ++i) people.push_back(local_id(Month(2009, 1), i));
  const Month month(2013, 4);
  DrawnAhead ahead;
  ahead.draw(luck, CpasId{3}, month, {block_of(Decision::grant), block_of(Decision::home_visit)}, people);
  for (std::size_t i = 0; i < people.size(); ++i) {
    Draws told(luck, person_id(CpasId{3}, people[i]), month);
    Draws alone = told;
    ahead.tell(i, told);
    for (const Decision decision : {Decision::grant, Decision::council, Decision::home_visit, Decision::exit})
      EXPECT_EQ(told.word(decision), alone.word(decision)) << i;
  }
  ahead.draw(luck, CpasId{3}, month, {block_of(Decision::claim)}, {});
}

TEST(Draws, HappenInAsManyWordsAsAreCounted) {
  for (const double p : {-0.5, 0.0, 1e-300, 0.25 / 4294967296.0, 1 / 4294967296.0, 1.5 / 4294967296.0, 0.0897,
                         0.5, 1 - 1e-10, 1 - 0x1p-53, 1.0, 3.0}) {
    const std::uint64_t n = words_below(p);
    ASSERT_LE(n, std::uint64_t{1} << 32);
    if (n > 0) {
      EXPECT_TRUE(happens_in(static_cast<std::uint32_t>(n - 1), p)) << p;
    }
    if (n <= 0xffffffffU) {
      EXPECT_FALSE(happens_in(static_cast<std::uint32_t>(n), p)) << p;
    }
  }
}

TEST(Draws, TurnedToSomeoneElseAreThatPersonsOwn) {
  Draws turned(luck, someone(3), Month(2013, 4));
  turned.expect(Decision::person_age, Decision::claim);
  turned.turn_to(someone(4), nullptr);
  Draws own(luck, someone(4), Month(2013, 4));
  for (const DecisionEntry& decision : all_decisions()) {
    const auto number = static_cast<Decision>(decision.number);
    EXPECT_EQ(turned.word(number), own.word(number)) << decision.name;
  }
}

TEST(Draws, DoNotDependOnTheOrderInWhichTheyAreAsked) {
  Draws forward(luck, someone(1), Month(2013, 4));
  Draws backward(luck, someone(1), Month(2013, 4));
  std::map<int, std::uint32_t> words;
  for (const DecisionEntry& d : all_decisions())
    words[d.number] = forward.word(static_cast<Decision>(d.number));
  for (auto it = all_decisions().rbegin(); it != all_decisions().rend(); ++it) {
    EXPECT_EQ(backward.word(static_cast<Decision>(it->number)), words[it->number]);
  }
}

TEST(Draws, DifferBetweenSeedsReplicatesPeopleMonthsAndDecisions) {
  std::set<std::uint32_t> words;
  words.insert(Draws({42, 3}, someone(1), Month(2013, 4)).word(Decision::exit));
  words.insert(Draws({43, 3}, someone(1), Month(2013, 4)).word(Decision::exit));
  words.insert(Draws({42ULL << 32, 3}, someone(1), Month(2013, 4)).word(Decision::exit));
  words.insert(Draws({42, 4}, someone(1), Month(2013, 4)).word(Decision::exit));
  words.insert(Draws({42, 3}, someone(2), Month(2013, 4)).word(Decision::exit));
  words.insert(Draws({42, 3}, someone(1), Month(2013, 5)).word(Decision::exit));
  words.insert(Draws({42, 3}, someone(1), Month(2013, 4)).word(Decision::breach));
  EXPECT_EQ(words.size(), 7U);
}

TEST(Draws, AreUniform) {
  constexpr int n = 100'000;
  constexpr int n_bins = 64;
  std::array<int, n_bins> counts{};
  for (std::uint32_t i = 0; i < n; ++i) {
    const double u = Draws(luck, someone(i), Month(2013, 4)).uniform(Decision::exit);
    ASSERT_GT(u, 0);
    ASSERT_LT(u, 1);
    ++counts[static_cast<std::size_t>(u * n_bins)];
  }
  double chi_square = 0;
  for (const int count : counts) {
    const double expected = static_cast<double>(n) / n_bins;
    chi_square += (count - expected) * (count - expected) / expected;
  }
  // 63 degrees of freedom: mean 63, variance 126; 5 standard deviations above the mean.
  EXPECT_LT(chi_square, 63 + 5 * std::sqrt(126.0));
  EXPECT_GT(chi_square, 63 - 5 * std::sqrt(126.0));
}

TEST(Draws, OfNeighbouringMonthsPeopleAndDecisionsAreUncorrelated) {
  constexpr int n = 50'000;
  double month = 0;
  double person = 0;
  double decision = 0;
  for (std::uint32_t i = 0; i < n; ++i) {
    Draws draws(luck, someone(i), Month(2013, 4));
    const double u = draws.uniform(Decision::exit) - 0.5;
    month += u * (Draws(luck, someone(i), Month(2013, 5)).uniform(Decision::exit) - 0.5);
    person += u * (Draws(luck, someone(i + 1), Month(2013, 4)).uniform(Decision::exit) - 0.5);
    decision += u * (draws.uniform(Decision::partial_month) - 0.5);
  }
  // The mean of a product of two independent centred uniforms has standard deviation 1 / (12 sqrt(n)).
  const double band = 4.5 / (12 * std::sqrt(static_cast<double>(n)));
  EXPECT_LT(std::abs(month / n), band);
  EXPECT_LT(std::abs(person / n), band);
  EXPECT_LT(std::abs(decision / n), band);
}

TEST(Draws, HappenWithTheirProbability) {
  constexpr int n = 100'000;
  int happened = 0;
  for (std::uint32_t i = 0; i < n; ++i) {
    Draws draws(luck, someone(i), Month(2013, 4));
    happened += draws.happens(Decision::exit, 0.03) ? 1 : 0;
    EXPECT_FALSE(draws.happens(Decision::exit, 0));
    EXPECT_TRUE(draws.happens(Decision::exit, 1));
  }
  EXPECT_NEAR(happened, n * 0.03, 4.5 * std::sqrt(n * 0.03 * 0.97));
}

TEST(Draws, StreamsStartWithTheDecisionsWordAndGoOnByThemselves) {
  Draws draws(luck, someone(1), Month(2013, 4));
  auto stream = draws.stream(Decision::office_potential);
  std::set<std::uint32_t> words = {stream()};
  EXPECT_EQ(*words.begin(), draws.word(Decision::office_potential));
  for (int i = 0; i < 200; ++i) words.insert(stream());
  auto other = draws.stream(Decision::person_distance);
  for (int i = 0; i < 200; ++i) words.insert(other());
  // 401 words of 32 bits: a collision has a probability of 401^2 / 2^33 < 2e-5.
  EXPECT_EQ(words.size(), 401U);
}

template <class Distribution>
std::pair<double, double> moments(Distribution distribution) {
  constexpr int n = 40'000;
  double sum = 0;
  double squares = 0;
  for (std::uint32_t i = 0; i < n; ++i) {
    Draws draws(luck, someone(i), Month(2013, 4));
    auto stream = draws.stream(Decision::parameter);
    const auto x = static_cast<double>(distribution(stream));
    sum += x;
    squares += x * x;
  }
  const double mean = sum / n;
  return {mean, squares / n - mean * mean};
}

TEST(PortableReal, DrivesBoostsDistributions) {
  // Bands of 4.5 standard errors; a variance's relative standard error is sqrt((kurtosis - 1) / n).
  const auto [normal_mean, normal_variance] = moments(boost::random::normal_distribution<PortableReal>{});
  EXPECT_NEAR(normal_mean, 0, 4.5 / 200);
  EXPECT_NEAR(normal_variance, 1, 4.5 * std::sqrt(2.0) / 200);
  for (const double lambda : {0.7, 8.0, 40.0}) {
    const auto [mean, variance] = moments(boost::random::poisson_distribution<int, PortableReal>(lambda));
    EXPECT_NEAR(mean, lambda, 4.5 * std::sqrt(lambda) / 200) << lambda;
    EXPECT_NEAR(variance, lambda, 4.5 * lambda * std::sqrt(2 + 1 / lambda) / 200) << lambda;
  }
  // Beta(10, 10): mean 1/2, variance 1/84 (facts/effects.md, section 7).
  const auto [beta_mean, beta_variance] = moments(boost::random::beta_distribution<PortableReal>(10.0, 10.0));
  EXPECT_NEAR(beta_mean, 0.5, 4.5 * std::sqrt(1 / 84.0) / 200);
  EXPECT_NEAR(beta_variance, 1 / 84.0, 4.5 / 84.0 * std::sqrt(2.0) / 200);
}

}  // namespace
}  // namespace tremplin
