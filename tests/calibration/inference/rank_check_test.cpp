// The full figures, with 2,000 and 500 repeats, come from tests/benchmarks/rank_check.cpp. Seeds are fixed;
// the probabilities of a false alarm are those of another seed.
#include "calibration/inference/rank_check.hpp"

#include <gtest/gtest.h>
#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include <cmath>
#include <limits>
#include <set>
#include <stdexcept>

#include "conjugate_cases.hpp"

namespace tremplin::inference {
namespace {

using Outcome = RankRepeat::Outcome;

// Once in a thousand uniform ranks have such a p, once in ten thousand such a cover.
void expect_calibrated(const RankVerdict& v) {
  EXPECT_GT(v.p, 0.001) << v.name;
  const CountRange range = binomial_range(v.n, 0.9, 0.9999);
  EXPECT_GE(v.nine_tenths.covered, range.low) << v.name;
  EXPECT_LE(v.nine_tenths.covered, range.high) << v.name;
}

std::vector<RankVerdict> judged(const ConjugateCase& c, const PosteriorMethod& method, Index n_repeats) {
  return verdicts(check_ranks(cases_of(c.problem, 11), method, c.quantities, {n_repeats, 99, 12}));
}

// Six quantities: a false alarm for one seed in 150.
TEST(RankCheck, LetsExactSamplersPass) {
  for (const ConjugateCase& c : conjugate_cases())
    for (const RankVerdict& v : judged(c, c.exact, 2000)) {
      EXPECT_EQ(v.n, 2000);
      expect_calibrated(v);
      // Standard errors of 2,000 repeats and of 99 draws each, four of them.
      EXPECT_NEAR(v.shift, 0, 4 / std::sqrt(2000.0)) << v.name;
      EXPECT_NEAR(v.spread, 1.015, 4 / std::sqrt(4000.0)) << v.name;
    }
}

// With draws 0.85 times as wide, as many true values lie below the 16th of 100 draws as should lie below the
// 20th: 0.039 more, and the band is 0.026 wide there. With draws 1.15 times as wide 0.033 fewer lie below the
// 20th; draws a fifth of a standard deviation off put 0.08 too many below the middle, where it is 0.035 wide.
TEST(RankCheck, FindsDrawsTooNarrowTooWideAndShifted) {
  for (const ConjugateCase& c : conjugate_cases()) {
    for (const RankVerdict& v : judged(c, distorted(c.exact, 0.85, 0), 2000)) {
      EXPECT_LT(v.p, 0.05) << c.name << ' ' << v.name;
      EXPECT_GT(v.spread, 1.1) << c.name << ' ' << v.name;
      EXPECT_FALSE(v.nine_tenths.holds()) << c.name << ' ' << v.name;
    }
    for (const RankVerdict& v : judged(c, distorted(c.exact, 1.15, 0), 2000)) {
      EXPECT_LT(v.p, 0.05) << c.name << ' ' << v.name;
      EXPECT_LT(v.spread, 0.95) << c.name << ' ' << v.name;
      EXPECT_FALSE(v.nine_tenths.holds()) << c.name << ' ' << v.name;
    }
    // The first alone: differences of parameters that are shifted alike do not move.
    const RankVerdict shifted = judged(c, distorted(c.exact, 1, 0.2), 2000).front();
    EXPECT_LT(shifted.p, 0.05) << c.name;
    EXPECT_NEAR(shifted.shift, -0.2, 4 / std::sqrt(2000.0)) << c.name;
  }
}

// Right margins and no correlation: only a quantity that feels both parameters shows it.
TEST(RankCheck, FindsAWrongCorrelationByAQuantityOfBothParameters) {
  const ConjugateCase c = linear_pair();
  const PosteriorMethod shuffled = [&](const MadeUpCase& made, Index repeat) {
    Posterior posterior = c.exact(made, repeat);
    MadeUpCase other = made;
    other.seed += 1;
    posterior.parameters.col(1) = c.exact(other, repeat).parameters.col(1);
    return posterior;
  };
  const auto v = judged(c, shuffled, 1000);
  expect_calibrated(v[0]);
  expect_calibrated(v[1]);
  EXPECT_LT(v[2].p, 1e-3);
  EXPECT_LT(v[3].p, 1e-3);
}

TEST(RankCheck, SaysWhatAPosteriorLearnt) {
  // Variance 0.8 of 4; and the prior itself, which ranks evenly and learns nothing.
  const ConjugateCase c = normal_mean();
  EXPECT_NEAR(judged(c, c.exact, 500).front().contraction, 0.8, 0.05);
  const PosteriorMethod prior = [&](const MadeUpCase& made, Index) {
    return posterior_of(c.problem.prior, prior_scores(99, 1, made.seed), Vector::Zero(99));
  };
  const RankVerdict v = judged(c, prior, 500).front();
  expect_calibrated(v);
  EXPECT_NEAR(v.contraction, 0, 0.26);  // the variance of 500 true values, four standard errors
}

TEST(RankCheck, RanksTheTruthAmongEqualDrawsByLot) {
  // Four in ten draws and truths are exactly 1; data that say nothing leave the prior as it is.
  const Problem problem{independent({{"effect", Lognormal{0.9, 0.2}, Spike{0.4, 1}}}),
                        [](const Matrix& p, std::uint64_t) { return p; },
                        {{{"y", NormalData{0, 0, 1e6}}}}};
  const PosteriorMethod method = [&](const MadeUpCase& made, Index) {
    return posterior_of(problem.prior, prior_scores(200, 1, made.seed), Vector::Zero(200));
  };
  const RankCheck check =
      check_ranks(cases_of(problem, 5), method, parameters_themselves(problem.prior), {1000, 99, 6});
  expect_calibrated(verdicts(check).front());
  std::set<Index> of_the_spike;
  for (const RankRepeat& r : check.repeats)
    if (r.truth[0] == 1) of_the_spike.insert(r.ranks[0]);
  EXPECT_GT(of_the_spike.size(), 30U) << "some forty equal draws, and every rank among them";
}

TEST(RankCheck, CountsFailedAndDoubtfulFitsAndRunsWithoutData) {
  ConjugateCase c = normal_mean();
  c.problem.simulator = [](const Matrix& p, std::uint64_t) -> Matrix {
    return (p.array() > 5).select(std::numeric_limits<double>::quiet_NaN(), p);
  };
  const PosteriorMethod moody = [&](const MadeUpCase& made, Index repeat) {
    Posterior posterior = c.exact(made, repeat);
    if (repeat % 10 == 0) throw std::runtime_error("out of luck");
    if (repeat % 10 == 1) posterior.doubts.push_back({DoubtKind::still_moving});
    if (repeat % 10 == 2) posterior.parameters(7, 0) = std::numeric_limits<double>::quiet_NaN();
    if (repeat % 10 == 3) posterior = posterior_of(c.problem.prior, Matrix::Zero(98, 1), Vector::Zero(98));
    return posterior;
  };
  const RankCheck check = check_ranks(cases_of(c.problem, 1), moody, c.quantities, {400, 99, 2});
  const Index no_data = check.count(Outcome::no_data);
  // P(N(1, 4) > 5) = 0.0228 of 400.
  EXPECT_GT(no_data, 0);
  EXPECT_LT(no_data, 25);
  EXPECT_NEAR(static_cast<double>(check.count(Outcome::failed)), 120, 25);
  EXPECT_NEAR(static_cast<double>(check.count(Outcome::doubtful)), 40, 25);
  EXPECT_EQ(
      check.count(Outcome::failed) + check.count(Outcome::doubtful) + check.count(Outcome::trusted) + no_data,
      400);
  EXPECT_EQ(verdicts(check).front().n, check.count(Outcome::doubtful) + check.count(Outcome::trusted));
  EXPECT_EQ(verdicts(check, Ranked::trusted).front().n, check.count(Outcome::trusted));
  std::set<std::string> failures;
  for (const RankRepeat& r : check.repeats)
    if (r.outcome == Outcome::failed) failures.insert(r.failure);
  EXPECT_EQ(failures,
            (std::set<std::string>{"98 draws, 99 are needed", "draws that are not finite", "out of luck"}));
}

TEST(RankCheck, IsTheSameBitsForAnyNumberOfThreads) {
  const ConjugateCase c = linear_pair();
  const EmulatedPosteriorOptions options = cheap_options(40, 100, 100);
  const tbb::global_control allow(tbb::global_control::max_allowed_parallelism, 4);
  const auto run = [&](int threads) {
    std::string ranks;
    tbb::task_arena(threads).execute([&] {
      ranks = ranks_csv(
          check_ranks(cases_of(c.problem, 3), main_method(c.problem, options), c.quantities, {8, 19, 4}));
    });
    return ranks;
  };
  const std::string alone = run(1);
  EXPECT_EQ(alone, run(2));
  EXPECT_EQ(alone, run(4));
}

TEST(RankCheck, WritesRanksAndBands) {
  const RankCheck check{{"a", "b"},
                        19,
                        {{Outcome::trusted, "", {}, {0, 19}, {}, {}, {}},
                         {Outcome::failed, "no luck", {}, {}, {}, {}, {}},
                         {Outcome::doubtful, "", {}, {7, 3}, {}, {}, {}}}};
  EXPECT_EQ(ranks_csv(check), "repeat,outcome,a,b\n0,trusted,0,19\n2,doubtful,7,3\n");
  const std::string bands = bands_csv(check);
  EXPECT_EQ(bands.substr(0, bands.find('\n')), "quantity,below,share,expected,seen,low,high");
  EXPECT_NE(bands.find("\na,8,0.4,0.8,2,0,2\n"), std::string::npos) << bands;
  EXPECT_NE(bands.find("\nb,3,0.15,0.3,0,0,"), std::string::npos) << bands;
  EXPECT_EQ(bands_csv({{"a"}, 19, {}}), "quantity,below,share,expected,seen,low,high\n");
  EXPECT_TRUE(verdicts({{"a"}, 19, {}}).empty());
}

TEST(RankCheck, RefusesOptionsThatMakeNoSense) {
  const ConjugateCase c = normal_mean();
  const auto go = [&](const RankCheckOptions& options) {
    return check_ranks(cases_of(c.problem, 1), c.exact, c.quantities, options);
  };
  EXPECT_THROW(go({0, 99, 1}), std::invalid_argument);
  EXPECT_THROW(go({10, 100, 1}), std::invalid_argument);
  EXPECT_THROW(check_ranks(cases_of(c.problem, 1), c.exact, {}, {10, 99, 1}), std::invalid_argument);
}

TEST(RunBank, GivesOtherRunsByLot) {
  const ConjugateCase c = linear_pair();
  const Simulations bank = simulate(c.problem, prior_scores(30, 2, 1), 2);
  for (Index held_out = 0; held_out < 30; ++held_out) {
    const Simulations others = others_of_bank(bank, held_out, 20, 3);
    std::set<double> seen;
    for (Index i = 0; i < 20; ++i) {
      EXPECT_NE(others.scores(i, 0), bank.scores(held_out, 0));
      seen.insert(others.summaries(i, 0));
    }
    EXPECT_EQ(seen.size(), 20U) << "each run once";
  }
  EXPECT_EQ(others_of_bank(bank, 0, 29, 4).size(), 29);
  EXPECT_NE(others_of_bank(bank, 0, 20, 4).scores, others_of_bank(bank, 0, 20, 5).scores);
  EXPECT_THROW(others_of_bank(bank, 0, 30, 4), std::invalid_argument);
  const CaseMaker cases = cases_of_bank(c.problem.observation, bank, 1);
  EXPECT_EQ(cases(7)->truth, bank.parameters.row(7));
  EXPECT_THROW(cases(30), std::out_of_range);
}

// One wave and few particles, on 250 runs for each of 240 worlds, the noise learnt: a false alarm for one
// seed in 200.
TEST(RankCheck, FindsTheMainMethodCalibratedOnALinearModel) {
  const ConjugateCase c = linear_pair();
  const PosteriorMethod method = main_method(c.problem, cheap_options(250, 200, 399));
  for (const RankVerdict& v : judged(c, method, 240)) expect_calibrated(v);
}

}  // namespace
}  // namespace tremplin::inference
