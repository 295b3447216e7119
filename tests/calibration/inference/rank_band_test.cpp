#include "calibration/inference/rank_band.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "calibration/inference/keyed.hpp"

namespace tremplin::inference {
namespace {

constexpr Index few_ranks = 4;
constexpr Index few_draws = 3;

// All (few_draws + 1)^few_ranks sets of ranks, each as likely as the others.
std::vector<std::vector<Index>> all_outcomes() {
  std::vector<std::vector<Index>> outcomes;
  for (Index code = 0; code < 256; ++code) {
    std::vector<Index> ranks;
    for (Index rest = code; static_cast<Index>(ranks.size()) < few_ranks; rest /= few_draws + 1)
      ranks.push_back(rest % (few_draws + 1));
    outcomes.push_back(std::move(ranks));
  }
  return outcomes;
}

bool lies_inside(const std::vector<Index>& ranks, const std::vector<CountRange>& ranges, Index n_draws) {
  const std::vector<Index> below = ranks_below(ranks, n_draws);
  for (std::size_t k = 0; k < below.size(); ++k)
    if (below[k] < ranges[k].low || below[k] > ranges[k].high) return false;
  return true;
}

// The smallest one-sided probability of the counts below k, each binomial(4, k / 4), from its definition.
double worst_tail(const std::vector<Index>& ranks) {
  constexpr std::array<double, 5> choose = {1, 4, 6, 4, 1};
  const std::vector<Index> below = ranks_below(ranks, few_draws);
  double worst = 0.5;  // beyond it nothing is odd
  for (std::size_t k = 0; k < below.size(); ++k) {
    const double share = static_cast<double>(k + 1) / 4;
    double at_most = 0;
    double at_least = 0;
    for (int i = 0; i <= 4; ++i) {
      const double p =
          choose.at(static_cast<std::size_t>(i)) * std::pow(share, i) * std::pow(1 - share, 4 - i);
      if (i <= below[k]) at_most += p;
      if (i >= below[k]) at_least += p;
    }
    worst = std::min({worst, at_most, at_least});
  }
  return worst;
}

TEST(BinomialRange, LeavesAtMostHalfOfTheRestOnEitherSide) {
  // binomial(4, 1/2): P(0) = 1/16 = 0.0625 may be cut at a tail of 0.075, not at one of 0.05.
  const CountRange wide = binomial_range(4, 0.5, 0.9);
  EXPECT_EQ(wide.low, 0);
  EXPECT_EQ(wide.high, 4);
  const CountRange narrow = binomial_range(4, 0.5, 0.85);
  EXPECT_EQ(narrow.low, 1);
  EXPECT_EQ(narrow.high, 3);
  // 1800 -+ 2.576 * sqrt(2000 * 0.9 * 0.1) = 1765.4 and 1834.6.
  const CountRange many = binomial_range(2000, 0.9, 0.99);
  EXPECT_NEAR(static_cast<double>(many.low), 1765.4, 1.5);
  EXPECT_NEAR(static_cast<double>(many.high), 1834.6, 1.5);
}

TEST(UniformRanks, CountsEveryOutcomeOfFewRanks) {
  const UniformRanks uniform(few_ranks, few_draws);
  const auto outcomes = all_outcomes();
  const std::vector<std::vector<CountRange>> some = {
      {{0, 4}, {0, 4}, {0, 4}}, {{0, 2}, {1, 3}, {2, 4}}, {{1, 1}, {2, 2}, {3, 3}}, {{0, 1}, {0, 2}, {4, 4}}};
  for (const auto& ranges : some) {
    const auto n = std::ranges::count_if(
        outcomes, [&](const auto& ranks) { return lies_inside(ranks, ranges, few_draws); });
    EXPECT_NEAR(uniform.inside(ranges), static_cast<double>(n) / 256, 1e-12);
  }
}

TEST(UniformRanks, GivesTheProbabilityOfRanksAsOddAsThese) {
  const UniformRanks uniform(few_ranks, few_draws);
  const auto outcomes = all_outcomes();
  for (const auto& ranks : outcomes) {
    const double tail = worst_tail(ranks) * (1 + 1e-9);
    const auto n =
        std::ranges::count_if(outcomes, [&](const auto& other) { return worst_tail(other) <= tail; });
    EXPECT_NEAR(uniform.p_value(ranks), static_cast<double>(n) / 256, 1e-12);
  }
}

// No band of one pointwise level that is narrower holds as often: 256 outcomes say which.
TEST(UniformRanks, TakesTheNarrowestBandThatHolds) {
  const auto outcomes = all_outcomes();
  const auto band = UniformRanks(few_ranks, few_draws).band(0.8);
  std::vector<double> tails;
  for (const auto& ranks : outcomes) tails.push_back(worst_tail(ranks));
  std::ranges::sort(tails);
  // A band leaves out all outcomes up to some tail: the largest such set of at most 20 % is 51 or fewer.
  double cut = 0;
  for (const double tail : tails)
    if (std::ranges::count_if(tails, [&](double t) { return t <= tail * (1 + 1e-9); }) <= 51) cut = tail;
  for (const auto& ranks : outcomes)
    EXPECT_EQ(lies_inside(ranks, band, few_draws), worst_tail(ranks) > cut * (1 + 1e-9));
}

// 20,000 sets of 50 uniform ranks: the share inside is known to 4 sqrt(0.05 / 20,000) = 0.0063, four of its
// standard errors.
TEST(UniformRanks, HoldsAsOftenAsItSaysInASimulation) {
  constexpr Index n_ranks = 50;
  constexpr Index n_draws = 19;
  constexpr int n_sets = 20'000;
  const UniformRanks uniform(n_ranks, n_draws);
  const auto band = uniform.band(0.95);
  EXPECT_GE(uniform.inside(band), 0.95);
  EXPECT_LT(uniform.inside(band), 0.96) << "counts of 50 leave steps of less than a hundredth";
  int n_inside = 0;
  int n_odd = 0;
  for (int s = 0; s < n_sets; ++s) {
    Keyed draws(4, Purpose::validation, static_cast<std::uint64_t>(s));
    std::vector<Index> ranks(n_ranks);
    for (Index& rank : ranks) rank = draws.below(n_draws + 1);
    n_inside += lies_inside(ranks, band, n_draws) ? 1 : 0;
    if (s < 2000) n_odd += uniform.p_value(ranks) <= 0.1 ? 1 : 0;
  }
  EXPECT_NEAR(n_inside / static_cast<double>(n_sets), uniform.inside(band), 0.0063);
  // A p-value below 0.1 comes once in ten times at most: 0.1 + 4 sqrt(0.09 / 2000); steps make it rarer.
  EXPECT_LT(n_odd / 2000.0, 0.127);
  EXPECT_GT(n_odd / 2000.0, 0.06);
}

TEST(UniformRanks, LeavesTheBandExactlyWhereThePValueSaysSo) {
  constexpr Index n_ranks = 40;
  const UniformRanks uniform(n_ranks, 19);
  const auto band = uniform.band(0.95);
  const double outside = 1 - uniform.inside(band);
  for (std::uint64_t s = 0; s < 300; ++s) {
    Keyed draws(9, Purpose::validation, s);
    std::vector<Index> ranks(n_ranks);
    for (Index& rank : ranks) rank = draws.below(20 - static_cast<std::uint32_t>(s % 3));
    EXPECT_EQ(lies_inside(ranks, band, 19), uniform.p_value(ranks) > outside + 1e-9) << s;
  }
}

TEST(UniformRanks, RefusesWhatIsNoRank) {
  EXPECT_THROW(UniformRanks(0, 19), std::invalid_argument);
  EXPECT_THROW(UniformRanks(10, 0), std::invalid_argument);
  const UniformRanks uniform(2, 3);
  EXPECT_THROW(static_cast<void>(uniform.band(1)), std::invalid_argument);
  EXPECT_THROW(static_cast<void>(uniform.p_value(std::vector<Index>{1, 4})), std::invalid_argument);
  EXPECT_THROW(static_cast<void>(uniform.p_value(std::vector<Index>{1, -1})), std::invalid_argument);
  EXPECT_THROW(static_cast<void>(uniform.p_value(std::vector<Index>{1})), std::invalid_argument);
}

}  // namespace
}  // namespace tremplin::inference
