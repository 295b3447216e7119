// Every numbered decision, tested as a generator: uniform, and independent over months, people, CPAS, seeds,
// replicates and other decisions; so are the further words of a stream. Oracles: the chi-square distribution
// of Pearson's statistic, the Dvoretzky-Kiefer-Wolfowitz bound, the standard normal limit of a correlation.
#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "engine/base/draw.hpp"
#include "tests/verification/bounds.hpp"

namespace tremplin {
namespace {

constexpr Luck luck{.seed = 20021001, .replicate = 4};
constexpr int n_people = 256;
constexpr int n_months = 128;
constexpr int n_keys = n_people * n_months;  // 32,768 keys for each decision
constexpr Month first_month{2003, 1};

constexpr int own_cpas = 41;

PersonId someone(int serial, int cpas = own_cpas) {
  return person_id(CpasId{static_cast<std::uint16_t>(cpas)}, Month(2002, 10),
                   static_cast<std::uint32_t>(serial));
}

using Words = std::vector<std::uint32_t>;

// The word of a decision for the i-th key, 0 <= i <= n_keys: months run fastest.
using Source = std::function<std::uint32_t(int)>;

Words words_of(const Source& source) {
  Words words(n_keys);
  for (int i = 0; i < n_keys; ++i) words[static_cast<std::size_t>(i)] = source(i);
  return words;
}

Source keyed(Decision decision, const Luck& of, int people_ahead = 0, int months_ahead = 0,
             int cpas = own_cpas) {
  return [=](int i) {
    Draws draws(of, someone(i / n_months + people_ahead, cpas), first_month + (i % n_months + months_ahead));
    return draws.word(decision);
  };
}

// The k-th word of a decision's stream; word 0 is the decision's own.
Source streamed(Decision decision, int k, int months_ahead = 0) {
  return [=](int i) {
    Draws draws(luck, someone(i / n_months), first_month + (i % n_months + months_ahead));
    auto stream = draws.stream(decision);
    for (int before = 0; before < k; ++before) stream();
    return stream();
  };
}

// Pearson's statistic over 256 cells of eight bits of the word: 255 degrees of freedom.
double uniformity(const Words& words, int shift) {
  std::vector<double> counts(256);
  for (const std::uint32_t word : words) ++counts[(word >> shift) & 0xffU];
  const std::vector<double> expected(256, static_cast<double>(words.size()) / 256);
  return test::chi_square(counts, expected);
}

// Distance between the empirical distribution function and the uniform one.
double kolmogorov(const Words& words) {
  Words sorted = words;
  std::ranges::sort(sorted);
  const auto n = static_cast<double>(sorted.size());
  double distance = 0;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const double u = (static_cast<double>(sorted[i]) + 0.5) / 4294967296.0;
    distance = std::max({distance, u - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - u});
  }
  return distance;
}

// Pearson's statistic of the pairs over 16 x 16 equal cells. Uniform and independent words make every cell
// equally likely: 255 degrees of freedom, no margin estimated.
double pairs(const Words& a, const Words& b) {
  std::vector<double> counts(256);
  for (std::size_t i = 0; i < a.size(); ++i) ++counts[(a[i] >> 28) * 16 + (b[i] >> 28)];
  const std::vector<double> expected(256, static_cast<double>(a.size()) / 256);
  return test::chi_square(counts, expected);
}

const int n_decisions = static_cast<int>(all_decisions().size());

Decision decision_of(const DecisionEntry& entry) { return static_cast<Decision>(entry.number); }

TEST(EveryDecision, IsUniformInItsHighAndLowBits) {
  const double cells = test::chi_square_bound(255, 3 * n_decisions);
  const double distance = test::kolmogorov_bound(n_keys, 3 * n_decisions);
  for (const DecisionEntry& entry : all_decisions()) {
    const Words words = words_of(keyed(decision_of(entry), luck));
    EXPECT_LT(uniformity(words, 24), cells) << entry.name;
    EXPECT_LT(uniformity(words, 0), cells) << entry.name;
    EXPECT_LT(kolmogorov(words), distance) << entry.name;
  }
}

TEST(EveryDecision, IsIndependentOfTheNextMonthPersonCpasReplicateAndSeed) {
  const double cells = test::chi_square_bound(255, 6 * n_decisions);
  constexpr Luck replicate{.seed = luck.seed, .replicate = luck.replicate + 1};
  constexpr Luck seed{.seed = luck.seed + 1, .replicate = luck.replicate};
  constexpr Luck far_seed{.seed = luck.seed + (std::uint64_t{1} << 32), .replicate = luck.replicate};
  for (const DecisionEntry& entry : all_decisions()) {
    const Decision d = decision_of(entry);
    const Words words = words_of(keyed(d, luck));
    EXPECT_LT(pairs(words, words_of(keyed(d, luck, 0, 1))), cells) << entry.name << ", next month";
    EXPECT_LT(pairs(words, words_of(keyed(d, luck, 1, 0))), cells) << entry.name << ", next person";
    EXPECT_LT(pairs(words, words_of(keyed(d, luck, 0, 0, own_cpas + 1))), cells)
        << entry.name << ", the same serial in the next CPAS";
    EXPECT_LT(pairs(words, words_of(keyed(d, replicate))), cells) << entry.name << ", next replicate";
    EXPECT_LT(pairs(words, words_of(keyed(d, seed))), cells) << entry.name << ", next seed";
    EXPECT_LT(pairs(words, words_of(keyed(d, far_seed))), cells) << entry.name << ", seed's upper half";
  }
}

// A decision that needs more than one word, such as how many come to an office, goes on in blocks of its own.
TEST(FurtherWords, OfAStreamAreUniformAndIndependentOfTheNextWordAndMonth) {
  constexpr int n_words = 9;  // the decision's own and two blocks
  const double cells = test::chi_square_bound(255, 4 * n_words);
  const Decision d = Decision::office_potential;
  Words before = words_of(streamed(d, 0));
  for (int k = 1; k < n_words; ++k) {
    const Words words = words_of(streamed(d, k));
    EXPECT_LT(uniformity(words, 24), cells) << "word " << k;
    EXPECT_LT(uniformity(words, 0), cells) << "word " << k;
    EXPECT_LT(pairs(before, words), cells) << "words " << k - 1 << " and " << k;
    EXPECT_LT(pairs(words, words_of(streamed(d, k, 1))), cells) << "word " << k << ", next month";
    before = words;
  }
}

TEST(FurtherWords, OfOneDecisionAreNotThoseOfTheNext) {
  const double cells = test::chi_square_bound(255, n_decisions);
  Words before = words_of(streamed(decision_of(all_decisions().back()), 1));
  for (const DecisionEntry& entry : all_decisions()) {
    const Words words = words_of(streamed(decision_of(entry), 1));
    EXPECT_LT(pairs(before, words), cells) << entry.name << " and the one before";
    before = words;
  }
}

TEST(EveryDecision, IsUncorrelatedWithEveryOther) {
  // Words as centred uniforms of variance 1/12: 12 / n times the product of the columns is the matrix of
  // correlations, each approximately normal with standard deviation 1 / sqrt(n).
  Eigen::MatrixXd u(n_keys, n_decisions);
  for (int i = 0; i < n_keys; ++i) {
    Draws draws(luck, someone(i / n_months), first_month + i % n_months);
    for (int d = 0; d < n_decisions; ++d) {
      u(i, d) = draws.uniform(decision_of(all_decisions()[static_cast<std::size_t>(d)])) - 0.5;
    }
  }
  const Eigen::MatrixXd correlations = 12.0 / n_keys * u.transpose() * u;
  const double bound = test::normal_bound(n_decisions * (n_decisions - 1) / 2) / std::sqrt(n_keys);
  for (int a = 0; a < n_decisions; ++a) {
    for (int b = 0; b < a; ++b) {
      EXPECT_LT(std::abs(correlations(a, b)), bound)
          << all_decisions()[static_cast<std::size_t>(a)].name << " and "
          << all_decisions()[static_cast<std::size_t>(b)].name;
    }
  }
}

TEST(EveryDecision, FlipsHalfTheBitsWhenOneBitOfItsKeyFlips) {
  // Avalanche: each of 32 output bits flips with probability 1/2 whichever bit of seed, person, replicate or
  // month is flipped. n_trials x 32 fair coins for each key bit.
  constexpr int n_trials = 256;
  const auto flips = [](auto change) {
    int sum = 0;
    for (int i = 0; i < n_trials; ++i) {
      const auto who = static_cast<std::uint64_t>(someone(i));
      const auto [other_luck, other_who, other_month] = change(luck, who, first_month);
      sum += std::popcount(Draws(luck, who, first_month).word(Decision::grant) ^
                           Draws(other_luck, other_who, other_month).word(Decision::grant));
    }
    return sum;
  };
  struct Key {
    Luck of;
    std::uint64_t who;
    Month month;
  };
  constexpr int n_key_bits = 64 + 64 + 32 + 11;
  const double band = test::normal_bound(n_key_bits) * std::sqrt(n_trials * 32 * 0.25);
  const auto expect_half = [&](int sum, const char* what, int bit) {
    EXPECT_NEAR(sum, n_trials * 16, band) << what << ", bit " << bit;
  };
  for (int bit = 0; bit < 64; ++bit) {
    const std::uint64_t mask = std::uint64_t{1} << bit;
    expect_half(flips([&](Luck l, std::uint64_t who, Month m) {
                  l.seed ^= mask;
                  return Key{l, who, m};
                }),
                "seed", bit);
    expect_half(flips([&](Luck l, std::uint64_t who, Month m) {
                  return Key{l, who ^ mask, m};
                }),
                "person", bit);
    if (bit >= 32) continue;
    expect_half(flips([&](Luck l, std::uint64_t who, Month m) {
                  l.replicate ^= 1U << bit;
                  return Key{l, who, m};
                }),
                "replicate", bit);
    if (bit >= 11) continue;
    expect_half(flips([&](Luck l, std::uint64_t who, Month m) {
                  return Key{l, who, Month(m.index ^ (1 << bit))};
                }),
                "month", bit);
  }
}

// Controls: a test that cannot fail shows nothing. Faults of the size that would bend results are seen.
TEST(TheseTests, SeeThatOneWordInTenIsTooSmall) {
  const Source honest = keyed(Decision::exit, luck);
  // Halved words move the distribution function by 1/10 x 1/2 at one half.
  const Words biased = words_of([&](int i) { return i % 10 == 0 ? honest(i) / 2 : honest(i); });
  EXPECT_GT(kolmogorov(biased), test::kolmogorov_bound(n_keys, 3 * n_decisions));
  EXPECT_GT(uniformity(biased, 24), test::chi_square_bound(255, 3 * n_decisions));
}

TEST(TheseTests, SeeMonthsThatShareAPartOfTheirWords) {
  const Source honest = keyed(Decision::exit, luck);
  const Source next = keyed(Decision::exit, luck, 0, 1);
  // One word in twelve is that of the month before.
  const Words later = words_of([&](int i) { return i % 12 == 0 ? honest(i) : next(i); });
  EXPECT_GT(pairs(words_of(honest), later), test::chi_square_bound(255, 6 * n_decisions));
}

}  // namespace
}  // namespace tremplin
