#include "calibration/inference/emulated_posterior.hpp"

#include <gtest/gtest.h>
#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include <Eigen/LU>
#include <cmath>
#include <limits>

#include "calibration/inference/keyed.hpp"
#include "calibration/inference/noise_correlation.hpp"
#include "calibration/inference/tempered_smc.hpp"
#include "known_problems.hpp"

namespace tremplin::inference {
namespace {

const std::string reference = TREMPLIN_SOURCE_DIR "/tests/reference/sbibm/";

EmulatedPosteriorOptions small(Index budget, Index n_draws) {
  EmulatedPosteriorOptions options;
  options.budget = budget;
  options.n_waves = 2;
  options.n_particles = 500;
  options.n_draws = n_draws;
  return options;
}

double diagnostic(const Posterior& posterior, const std::string& name) {
  for (const auto& d : posterior.diagnostics)
    if (d.name == name) return d.value;
  return std::numeric_limits<double>::quiet_NaN();
}

bool doubts(const Posterior& posterior, const std::string& word) {
  for (const auto& doubt : posterior.doubts)
    if (doubt.text().find(word) != std::string::npos) return true;
  return false;
}

// Draws that descend from 500 particles and were moved until their correlation with them is below 0.05 count
// as at least half their number.
double monte_carlo(double sd, Index n_draws) { return 4 * sd / std::sqrt(static_cast<double>(n_draws) / 2); }

TEST(TemperedSmc, GivesTheMomentsAndTheEvidenceOfANormal) {
  // Prior N(0, I), likelihood N(2 | z, 0.25) of the first score: posterior N(1.6, 0.2), evidence N(2 |
  // 0, 1.25).
  const auto target = [](const Matrix& z) -> Vector {
    return -0.5 * (z.col(0).array() - 2).square() / 0.25 - 0.5 * std::log(2 * M_PI * 0.25);
  };
  SmcOptions options;
  options.n_draws = 4000;
  const auto result = tempered_smc(target, 2, 1, options);
  EXPECT_NEAR(result.scores.col(0).mean(), 1.6, monte_carlo(std::sqrt(0.2), 4000));
  const double variance = (result.scores.col(0).array() - result.scores.col(0).mean()).square().mean();
  EXPECT_NEAR(variance, 0.2, 0.2 * 4 * std::sqrt(2 / 2000.0));
  EXPECT_NEAR(result.scores.col(1).mean(), 0, monte_carlo(1, 4000));
  const double evidence = -0.5 * 4 / 1.25 - 0.5 * std::log(2 * M_PI * 1.25);
  EXPECT_NEAR(result.log_evidence, evidence, 0.15);  // 2000 particles, three temperatures of ESS one half
}

TEST(TemperedSmc, KeepsTwoModesInProportion) {
  const auto target = [](const Matrix& z) -> Vector {
    Vector result(z.rows());
    for (Index i = 0; i < z.rows(); ++i) {
      const double a = (z(i, 0) - 1.5) / 0.1;
      const double b = (z(i, 0) + 1.5) / 0.1;
      result[i] = std::log(std::exp(-0.5 * a * a) + 3 * std::exp(-0.5 * b * b) + 1e-300);
    }
    return result;
  };
  SmcOptions options;
  options.n_particles = 4000;
  const auto result = tempered_smc(target, 1, 3, options);
  const double right = (result.scores.col(0).array() > 0).cast<double>().mean();
  // A quarter; a few resamplings of 4000 particles, of which each adds less than 0.25 * 0.75 / 2000.
  EXPECT_NEAR(right, 0.25, 4 * std::sqrt(4 * 0.25 * 0.75 / 2000));
}

TEST(EmulatedPosterior, IsExactForANormalMeanWithKnownError) {
  const Problem problem{independent({{"x", Normal{1, 2}}}),
                        [](const Matrix& p, std::uint64_t) { return p; },
                        {{{"y", NormalData{0, 4, 1}}}}};
  const Posterior posterior = emulated_posterior(problem, small(40, 4000));
  // Precisions 1/4 and 1: mean (1/4 + 4) / 1.25 = 3.4, variance 0.8.
  EXPECT_NEAR(posterior.mean()[0], 3.4, monte_carlo(std::sqrt(0.8), 4000));
  EXPECT_NEAR(posterior.covariance()(0, 0), 0.8, 0.8 * 4 * std::sqrt(2 / 2000.0));
  EXPECT_TRUE(posterior.trusted()) << posterior.doubts.front().text();
  EXPECT_EQ(posterior.n_simulations, 40);
}

TEST(EmulatedPosterior, IsTheBetaOfABetaBinomial) {
  const Problem problem{independent({{"p", Beta{2, 5}}}),
                        [](const Matrix& p, std::uint64_t) { return p; },
                        {{{"k", BinomialData{0, 40, 200}}}}};
  const Posterior posterior = emulated_posterior(problem, small(80, 4000));
  // Beta(42, 165): mean 42 / 207, variance mean (1 - mean) / 208.
  const double mean = 42.0 / 207;
  const double variance = mean * (1 - mean) / 208;
  EXPECT_NEAR(posterior.mean()[0], mean, monte_carlo(std::sqrt(variance), 4000));
  EXPECT_NEAR(posterior.covariance()(0, 0), variance, variance * 4 * std::sqrt(2 / 2000.0));
}

TEST(EmulatedPosterior, LearnsCorrelatedNoiseOfALinearModel) {
  // x = A theta + e, e ~ N(0, C), theta ~ N(0, I), all of it unknown to the method.
  Matrix a(3, 2);
  a << 1, 0.5, -1, 1, 0.3, 2;
  Matrix root(3, 3);  // of C
  root << 0.6, 0, 0, 0.4, 0.4, 0, 0, 0, 0.5;
  Vector observed(3);
  observed << 1, -0.5, 1.5;
  const auto simulator = [a, root](const Matrix& p, std::uint64_t seed) {
    Matrix x = p * a.transpose();
    for (Index i = 0; i < x.rows(); ++i) {
      Keyed draws(seed, Purpose::simulator, static_cast<std::uint64_t>(i));
      Row e(3);
      for (double& v : e) v = draws.normal();
      x.row(i) += e * root.transpose();
    }
    return x;
  };
  const Problem problem{independent({{"a", Normal{0, 1}}, {"b", Normal{0, 1}}}),
                        simulator,
                        {{{"x", SimulatorNoise{{0, 1, 2}, observed}}}}};
  constexpr Index budget = 800;
  const Posterior posterior = emulated_posterior(problem, small(budget, 4000));
  const Matrix precision = (root * root.transpose()).inverse();
  const Matrix covariance = (Matrix::Identity(2, 2) + a.transpose() * precision * a).inverse();
  const Vector mean = covariance * a.transpose() * precision * observed;
  // Each summary's mean is learnt from 800 runs to 1 / sqrt(800) of its noise, with slopes as uncertain at a
  // distance of one: a shift of the posterior by sqrt(2 * 3 / 800) = 0.09 of its spread, at most; four of
  // them.
  for (Index j = 0; j < 2; ++j) {
    EXPECT_NEAR(posterior.mean()[j], mean[j], 4 * 0.09 * std::sqrt(covariance(j, j)));
    // A covariance of noise from 800 runs is known to sqrt(2 / 800) = 5 %, and so is the posterior's.
    EXPECT_NEAR(posterior.covariance()(j, j) / covariance(j, j), 1, 4 * 0.05);
  }
  EXPECT_TRUE(posterior.trusted()) << posterior.doubts.front().text();
}

TEST(EmulatedPosterior, IsTheSameBitsForAnyNumberOfThreads) {
  const Vector observed = read_csv(reference + "sir/1/observation.csv").row(0).transpose();
  EmulatedPosteriorOptions options = small(90, 200);
  const tbb::global_control allow(tbb::global_control::max_allowed_parallelism, 4);
  const auto run = [&](int threads) {
    Posterior posterior;
    tbb::task_arena(threads).execute([&] { posterior = emulated_posterior(sir_counts(observed), options); });
    return posterior;
  };
  const Posterior one = run(1);
  for (const int threads : {2, 4}) {
    const Posterior many = run(threads);
    EXPECT_EQ(one.parameters, many.parameters) << threads;
    EXPECT_EQ(diagnostic(one, "validation_spread"), diagnostic(many, "validation_spread"));
  }
}

TEST(EmulatedPosterior, CountsFailedRunsAndKeepsAwayFromThem) {
  // The posterior of the normal mean above, where runs beyond 3 fail: what is left is N(3.4, 0.8) below 3.
  const auto simulator = [](const Matrix& p, std::uint64_t) {
    Matrix y = p;
    for (double& v : y.reshaped())
      if (v > 3) v = std::numeric_limits<double>::quiet_NaN();
    return y;
  };
  const Problem problem{independent({{"x", Normal{1, 2}}}), simulator, {{{"y", NormalData{0, 4, 1}}}}};
  const Posterior posterior = emulated_posterior(problem, small(200, 2000));
  EXPECT_EQ(posterior.n_simulations, 200);
  EXPECT_GT(posterior.n_failed, 20);
  EXPECT_LT((posterior.parameters.col(0).array() > 3.5).cast<double>().mean(), 0.1);
}

TEST(EmulatedPosterior, DoubtsWhatIsNotNormalAndDataThatNoParametersGive) {
  const Vector observed = read_csv(reference + "two_moons/1/observation.csv").row(0).transpose();
  const Posterior moons = emulated_posterior(two_moons(observed), small(300, 500));
  EXPECT_FALSE(moons.trusted());
  EXPECT_TRUE(doubts(moons, "not normal"));
  // Far from what any parameters give, although the error is known.
  const Problem far{independent({{"x", Uniform{0, 1}}}),
                    [](const Matrix& p, std::uint64_t) { return p; },
                    {{{"y", NormalData{0, 3, 0.1}}}}};
  EXPECT_TRUE(doubts(emulated_posterior(far, small(40, 500)), "no parameters reproduce the data"));
  Problem linear = gaussian_linear(Vector::Constant(10, 20.0));
  const Posterior strange = emulated_posterior(linear, small(300, 500));
  EXPECT_TRUE(doubts(strange, "no parameters reproduce the data") || doubts(strange, "moved"));
}

// Distance between means in standard deviations of the reference, and ratios of standard deviations.
void expect_near_reference(const Posterior& posterior, const std::string& folder, double shift,
                           double ratio) {
  const Matrix exact = read_csv(reference + folder + "/reference_thinned.csv");
  for (Index j = 0; j < exact.cols(); ++j) {
    const double mean = exact.col(j).mean();
    const double sd = std::sqrt((exact.col(j).array() - mean).square().mean());
    EXPECT_NEAR(posterior.mean()[j], mean, shift * sd) << j;
    EXPECT_NEAR(std::sqrt(posterior.covariance()(j, j)) / sd, 1, ratio) << j;
  }
}

TEST(EmulatedPosterior, MeetsTheReferenceOfAnEpidemicWithKnownNoise) {
  const Vector observed = read_csv(reference + "sir/1/observation.csv").row(0).transpose();
  // The reference's 1,000 draws and ours know the mean to 4 * sqrt(1/1000 + 2/2000) = 0.18 of a standard
  // deviation and the sd to 4 * sqrt(1/2000 + 1/2000) = 0.13.
  const Posterior posterior = emulated_posterior(sir_shares(observed), small(250, 2000));
  expect_near_reference(posterior, "sir/1", 0.18, 0.13);
  // Errors of the emulators beyond what they had said do not matter while the data are far less certain.
  EXPECT_TRUE(posterior.trusted()) << posterior.doubts.front().text();
}

TEST(EmulatedPosterior, DoubtsEmulatorsCoarserThanTheData) {
  // Twelve waves of height one over the prior, a step, and data known to 0.05 and 0.01.
  const auto simulator = [](const Matrix& p, std::uint64_t) {
    Matrix y(p.rows(), 2);
    for (Index i = 0; i < p.rows(); ++i) {
      y(i, 0) = std::sin(12 * p(i, 0)) * std::cos(9 * p(i, 1)) + 0.2 * p(i, 1);
      y(i, 1) = p(i, 0) > 0.3 ? 1 + p(i, 1) : p(i, 1);
    }
    return y;
  };
  const Problem problem{independent({{"a", Normal{0, 1}}, {"b", Normal{0, 1}}}),
                        simulator,
                        {{{"y", NormalData{0, 0.4, 0.05}}, {"z", NormalData{1, 0.5, 0.01}}}}};
  EXPECT_FALSE(emulated_posterior(problem, small(120, 500)).trusted());
}

TEST(EmulatedPosterior, MeetsTheReferenceOfTenNormalMeansWithUnknownNoise) {
  const Vector observed = read_csv(reference + "gaussian_linear/1/observation.csv").row(0).transpose();
  EmulatedPosteriorOptions options = small(1000, 2000);
  options.n_waves = 5;
  // As above, and means of summaries are learnt to sqrt(2 / 1000) = 0.045, which moves the posterior by
  // 0.045 / sqrt(2) of its sd; four of them are 0.13. Noise variances to 4.5 %, halved by the prior.
  expect_near_reference(emulated_posterior(gaussian_linear(observed), options), "gaussian_linear/1",
                        0.18 + 0.13, 0.13 + 0.05);
}

TEST(NoiseCorrelation, SeesWhatIsThereAndNothingElse) {
  Matrix e = prior_scores(400, 3, 1);
  EXPECT_EQ(noise_correlation(e).size(), 0);
  e.col(2) = 0.6 * e.col(0) + 0.8 * e.col(2);
  const Matrix r = noise_correlation(e);
  ASSERT_EQ(r.rows(), 3);
  EXPECT_NEAR(r(0, 2), 0.6, 4 * (1 - 0.36) / 20);
  EXPECT_EQ(r(0, 1), 0);
}

}  // namespace
}  // namespace tremplin::inference
