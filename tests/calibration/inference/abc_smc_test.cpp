#include "calibration/inference/abc_smc.hpp"

#include <gtest/gtest.h>
#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include <atomic>
#include <cmath>
#include <limits>

#include "calibration/inference/abc_adjustment.hpp"
#include "calibration/inference/kernel_mixture.hpp"
#include "known_problems.hpp"

namespace tremplin::inference {
namespace {

const std::string reference = TREMPLIN_SOURCE_DIR "/tests/reference/sbibm/";

AbcOptions with_budget(Index budget) {
  AbcOptions options;
  options.budget = budget;
  options.n_draws = 4000;
  return options;
}

double diagnostic(const Posterior& posterior, const std::string& name) {
  for (const auto& d : posterior.diagnostics)
    if (d.name == name) return d.value;
  return std::numeric_limits<double>::quiet_NaN();
}

bool doubts(const Posterior& posterior, DoubtKind kind) {
  for (const auto& doubt : posterior.doubts)
    if (doubt.kind == kind) return true;
  return false;
}

TEST(AbcSmc, IsThePosteriorOfANormalMeanWhoseErrorItSimulates) {
  const Problem problem{independent({{"x", Normal{1, 2}}}),
                        [](const Matrix& p, std::uint64_t) { return p; },
                        {{{"y", NormalData{0, 4, 1}}}}};
  const Posterior posterior = abc_smc(problem, with_budget(10'000));
  // Precisions 1/4 and 1: mean (1/4 + 4) / 1.25 = 3.4, variance 0.8. Known to the effective particles; local
  // kernels and the tolerance widen a spread by a twentieth at most.
  const double n = diagnostic(posterior, "effective_particles");
  EXPECT_NEAR(posterior.mean()[0], 3.4, std::sqrt(0.8) * 4 / std::sqrt(n));
  EXPECT_NEAR(posterior.covariance()(0, 0) / 0.8, 1, 0.1 + 4 * std::sqrt(2 / n));
  EXPECT_TRUE(posterior.trusted()) << posterior.doubts.front().text();
  EXPECT_EQ(posterior.n_simulations, 10'000);
}

TEST(AbcSmc, IsTheGammaOfAPoissonCountAndTheBetaOfABinomial) {
  Prior prior = independent({{"rate", Gamma{3, 1}}, {"share", Beta{2, 5}}});
  const Problem problem{std::move(prior),
                        [](const Matrix& p, std::uint64_t) { return p; },
                        {{{"n", CountData{0, 50, 10}}, {"k", BinomialData{1, 40, 200}}}}};
  const Posterior posterior = abc_smc(problem, with_budget(10'000));
  const double n = diagnostic(posterior, "effective_particles");
  // Gamma(53, rate 11): mean 53 / 11, variance 53 / 121. Beta(42, 165): mean 42 / 207, variance
  // mean (1 - mean) / 208.
  const double share = 42.0 / 207;
  const Row mean = (Row(2) << 53.0 / 11, share).finished();
  const Row variance = (Row(2) << 53.0 / 121, share * (1 - share) / 208).finished();
  for (Index j = 0; j < 2; ++j) {
    EXPECT_NEAR(posterior.mean()[j], mean[j], std::sqrt(variance[j]) * (0.05 + 4 / std::sqrt(n))) << j;
    EXPECT_NEAR(posterior.covariance()(j, j) / variance[j], 1, 0.15 + 4 * std::sqrt(2 / n)) << j;
  }
}

TEST(AbcSmc, FollowsBothMoons) {
  const Vector observed = read_csv(reference + "two_moons/1/observation.csv").row(0).transpose();
  const Posterior posterior = abc_smc(two_moons(observed), with_budget(10'000));
  const Matrix exact = read_csv(reference + "two_moons/1/reference_thinned.csv");
  // A moon is where the sum of the parameters has its sign; within, |sum| and difference are near the
  // reference's. Few effective particles choose between the moons.
  const auto sums = [](const Matrix& p) { return Vector(p.col(0) + p.col(1)); };
  const double right = (sums(posterior.parameters).array() > 0).cast<double>().mean();
  EXPECT_NEAR(right, 0.5, 4 * 0.5 / std::sqrt(diagnostic(posterior, "effective_particles")));
  const auto distance_and_spread = [](const Vector& x) {
    const double mean = x.mean();
    return std::pair{mean, std::sqrt((x.array() - mean).square().mean())};
  };
  const auto [ours, our_spread] = distance_and_spread(sums(posterior.parameters).cwiseAbs());
  const auto [theirs, their_spread] = distance_and_spread(sums(exact).cwiseAbs());
  EXPECT_NEAR(ours, theirs, 0.5 * their_spread);
  EXPECT_LT(our_spread, 2 * their_spread);
}

TEST(AbcSmc, IsNearTheReferenceOfAnEpidemic) {
  const Vector observed = read_csv(reference + "sir/1/observation.csv").row(0).transpose();
  const Posterior posterior = abc_smc(sir_counts(observed), with_budget(10'000));
  const Matrix exact = read_csv(reference + "sir/1/reference_thinned.csv");
  for (Index j = 0; j < 2; ++j) {
    const double mean = exact.col(j).mean();
    const double sd = std::sqrt((exact.col(j).array() - mean).square().mean());
    // The published ABC figures at 10,000 simulations (C2ST 0.60) leave half a standard deviation.
    EXPECT_NEAR(posterior.mean()[j], mean, 0.5 * sd) << j;
    EXPECT_NEAR(std::sqrt(posterior.covariance()(j, j)) / sd, 1, 0.4) << j;
  }
}

TEST(AbcSmc, NeverExceedsItsBudgetAndCountsRunsThatFail) {
  std::atomic<Index> asked = 0;
  const Problem problem{independent({{"x", Normal{0, 1}}}),
                        [&](const Matrix& p, std::uint64_t) {
                          asked += p.rows();
                          Matrix y = p;
                          for (double& v : y.reshaped())
                            if (v > 1) v = std::numeric_limits<double>::quiet_NaN();
                          return y;
                        },
                        {{{"y", NormalData{0, 0.5, 0.5}}}}};
  AbcOptions options = with_budget(777);
  options.n_generations = 4;
  const Posterior posterior = abc_smc(problem, options);
  EXPECT_EQ(asked, 777);
  EXPECT_EQ(posterior.n_simulations, 777);
  // 16 % of the first 155 fail: 25, and Sobol points scatter less than draws.
  EXPECT_GT(posterior.n_failed, 20);
}

TEST(AbcSmc, DoubtsTenParametersAtAThousandRunsAndDataOutOfReach) {
  const Vector observed = read_csv(reference + "gaussian_linear/1/observation.csv").row(0).transpose();
  // A classifier tells these draws from the exact posterior in 0.7 of cases (docs/calibrator.md).
  EXPECT_FALSE(abc_smc(gaussian_linear(observed), with_budget(1000)).trusted());
  const Posterior far = abc_smc(gaussian_linear(Vector::Constant(10, 20.0)), with_budget(1000));
  EXPECT_TRUE(doubts(far, DoubtKind::prior_conflict));
}

TEST(AbcSmc, IsTheSameBitsForAnyNumberOfThreads) {
  const Vector observed = read_csv(reference + "two_moons/1/observation.csv").row(0).transpose();
  const tbb::global_control allow(tbb::global_control::max_allowed_parallelism, 4);
  const auto run = [&](int threads) {
    Matrix draws;
    tbb::task_arena(threads).execute(
        [&] { draws = abc_smc(two_moons(observed), with_budget(600)).parameters; });
    return draws;
  };
  EXPECT_EQ(run(1), run(4));
}

TEST(Adjustment, TakesOffSlopesThatAreThereModeByMode) {
  // Two modes 20 apart, with slopes 1 and -1.
  constexpr Index n = 400;
  const Matrix z = prior_scores(n, 2, 5);
  Matrix scores(n, 1);
  Matrix differences = z.col(0);
  for (Index i = 0; i < n; ++i) {
    const double side = i % 2 == 0 ? 1 : -1;
    scores(i, 0) = side * (10 + z(i, 0)) + 0.1 * z(i, 1);
  }
  EXPECT_EQ(modes_of(scores).size(), 2U);
  const auto result = adjusted(scores, differences, Vector::Constant(n, 1.0 / n));
  // What is left is the noise of 0.1 around 10: 400 of them never lie beyond four standard deviations and the
  // slope's error.
  EXPECT_EQ(result.n_slopes, 2);
  EXPECT_LT((result.scores.cwiseAbs().array() - 10).abs().maxCoeff(), 0.45);
}

TEST(Adjustment, LeavesWhatHasNoSlope) {
  int slopes = 0;
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    const Matrix z = prior_scores(200, 6, seed);
    slopes +=
        static_cast<int>(adjusted(z.leftCols(1), z.rightCols(5), Vector::Constant(200, 1.0 / 200)).n_slopes);
  }
  // Price log 200 + log 5 = 6.9: a chance slope of five has probability 5 * 0.0086; of 50, eight are beyond
  // four standard deviations.
  EXPECT_LE(slopes, 8);
}

TEST(KernelMixture, HasTheDensityOfItsOneKernelAndFollowsItsCentres) {
  const Matrix centres = prior_scores(500, 2, 3);
  const KernelMixture mixture(centres, Vector::Zero(500), 1, 100);
  // Its density integrates to one: the mean of density ratios under itself against the prior.
  const Matrix at = prior_scores(4000, 2, 9);
  const Vector log_normal = -0.5 * at.rowwise().squaredNorm().array() - std::log(2 * M_PI);
  const Vector ratio = (mixture.log_density(at) - log_normal).array().exp();
  EXPECT_NEAR(ratio.mean(), 1, 0.1);
}

}  // namespace
}  // namespace tremplin::inference
