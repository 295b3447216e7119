#include "calibration/inference/point_fit.hpp"

#include <gtest/gtest.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "calibration/inference/emulated_likelihood.hpp"
#include "calibration/inference/emulated_posterior.hpp"
#include "calibration/inference/infer.hpp"
#include "calibration/inference/keyed.hpp"
#include "calibration/inference/profile_likelihood.hpp"
#include "known_problems.hpp"

namespace tremplin::inference {
namespace {

// 20 numbers whose mean is 5 and whose variance (over n) is 4, from a normal distribution.
constexpr double n_data = 20;
constexpr double mean_data = 5;
constexpr double variance_data = 4;

Prior mean_and_sd() { return independent({{"mean", Normal{0, 5}}, {"sd", Lognormal{1, 1}}}); }

LogLikelihood normal_sample() {
  return [prior = mean_and_sd()](const Matrix& scores) {
    const Matrix p = prior.parameters(scores);
    const Vector away = (p.col(0).array() - mean_data).square();
    const Vector variance = p.col(1).array().square();
    return Vector(-0.5 * n_data * variance.array().log() -
                  0.5 * n_data * (variance_data + away.array()) / variance.array());
  };
}

TEST(PointFit, OfANormalSampleIsItsClosedForm) {
  const PointFit fit = fit_point(mean_and_sd(), normal_sample(), Estimate::maximum_likelihood);
  EXPECT_TRUE(fit.converged);
  EXPECT_FALSE(fit.at_edge);
  EXPECT_NEAR(fit.parameters[0], 5, 1e-4);
  EXPECT_NEAR(fit.parameters[1], 2, 1e-4);  // root of 4
  EXPECT_NEAR(fit.value, -0.5 * 20 * std::log(4.0) - 0.5 * 20, 1e-8);
}

TEST(PointFit, AModeLiesBetweenPriorAndData) {
  // One datum 3 with standard error 1, prior N(0, 2): mean of the posterior 3 * 4 / 5.
  const Prior prior = independent({{"x", Normal{0, 2}}});
  const LogLikelihood datum = [&](const Matrix& scores) {
    return Vector(-0.5 * (prior.parameters(scores).col(0).array() - 3).square());
  };
  EXPECT_NEAR(fit_point(prior, datum, Estimate::maximum_a_posteriori).parameters[0], 2.4, 1e-5);
  EXPECT_NEAR(fit_point(prior, datum, Estimate::maximum_likelihood).parameters[0], 3, 1e-5);
}

TEST(PointFit, ALikelihoodThatOnlyRisesEndsAtTheEdgeAndSaysSo) {
  const Prior prior = independent({{"x", Normal{0, 1}}, {"y", Normal{0, 1}}});
  const LogLikelihood rising = [](const Matrix& scores) {
    return Vector(scores.col(0).array() - scores.col(1).array().square());
  };
  const PointFit fit = fit_point(prior, rising, Estimate::maximum_likelihood);
  EXPECT_TRUE(fit.at_edge);
  EXPECT_NEAR(fit.parameters[0], furthest_fit, 1e-3);
}

// The parameters themselves, with noise of 0.3; data (1, -0.5) with standard error 0.5. Fails where x > 2.5.
Problem noisy_pair(Likelihood first, Likelihood second) {
  const auto simulator = [](const Matrix& parameters, std::uint64_t seed) {
    Matrix x = parameters;
    for (Index i = 0; i < x.rows(); ++i) {
      Keyed draws(seed, Purpose::simulator, static_cast<std::uint64_t>(i));
      for (double& value : x.row(i)) value += 0.3 * draws.normal();
      if (parameters(i, 0) > 2.5) x(i, 0) = std::numeric_limits<double>::quiet_NaN();
    }
    return x;
  };
  return {independent({{"x", Normal{0, 1}}, {"y", Normal{0, 1}}}),
          simulator,
          {{{"x", std::move(first), 0, 0}, {"y", std::move(second), 0, 0}}}};
}

TEST(PointFit, OfTheSimulatorItselfLiesWithinItsNoise) {
  const Problem problem = noisy_pair(NormalData{0, 1, 0.5}, NormalData{1, -0.5, 0.5});
  SimulatedFitOptions options;
  options.budget = 4000;
  const PointFit fit = fit_point(problem, Estimate::maximum_a_posteriori, options);
  // Datum times 1 / (1 + variance), the variance of a mean of four runs beside that of the datum.
  const double share = 1 / (1 + 0.25 + 0.09 / 4);
  EXPECT_NEAR(fit.parameters[0], share, 0.1);
  EXPECT_NEAR(fit.parameters[1], -0.5 * share, 0.1);
  EXPECT_LE(fit.n_simulations, 4000);
  EXPECT_EQ(fit.n_failed, 0);
  EXPECT_GT(fit.error, 0);
}

TEST(PointFit, LearnsTheNoiseThatTheDataShare) {
  const Problem problem = noisy_pair(SimulatorNoise{{0}, Vector{{1.0}}}, SimulatorNoise{{1}, Vector{{-0.5}}});
  SimulatedFitOptions options;
  options.budget = 4000;
  const PointFit fit = fit_point(problem, Estimate::maximum_likelihood, options);
  EXPECT_NEAR(fit.parameters[0], 1, 0.15);
  EXPECT_NEAR(fit.parameters[1], -0.5, 0.15);
}

TEST(PointFit, CountsRunsThatFailAndStaysAwayFromThem) {
  const Problem problem = noisy_pair(NormalData{0, 2.6, 0.5}, NormalData{1, -0.5, 0.5});
  SimulatedFitOptions options;
  options.budget = 4000;
  options.spread = 1;
  const PointFit fit = fit_point(problem, Estimate::maximum_likelihood, options);
  EXPECT_GT(fit.n_failed, 0);
  EXPECT_LT(fit.parameters[0], 2.5);
  EXPECT_GT(fit.parameters[0], 2);
}

TEST(PointFit, AQuietSimulatorIsAskedOnceAtEachPoint) {
  Index n = 0;
  Problem problem = noisy_pair(NormalData{0, 1, 0.5}, NormalData{1, -0.5, 0.5});
  problem.simulator = [&n](const Matrix& parameters, std::uint64_t) {
    n += parameters.rows();
    return parameters;
  };
  SimulatedFitOptions options;
  options.budget = 2000;
  const PointFit fit = fit_point(problem, Estimate::maximum_likelihood, options);
  EXPECT_NEAR(fit.parameters[0], 1, 0.01);
  EXPECT_EQ(fit.n_simulations, n);
  EXPECT_LT(n, 2 * fit.n_evaluations);
  EXPECT_EQ(fit.error, 0);
}

TEST(ProfileLikelihood, OfANormalSampleIsItsClosedForm) {
  const ProfileResult found = profile_likelihood(mean_and_sd(), normal_sample());
  ASSERT_EQ(found.profiles.size(), 2U);
  const Profile& mean = found.profiles[0];
  EXPECT_EQ(mean.shape, ProfileShape::closed);
  // Profile of the mean: -n/2 log(1 + (m - 5)^2 / 4) = -1.9207.
  const double half = 2 * std::sqrt(std::exp(2 * likelihood_drop / n_data) - 1);
  EXPECT_NEAR(mean.low, 5 - half, 2e-3);
  EXPECT_NEAR(mean.high, 5 + half, 2e-3);
  for (Index i = 0; i < mean.values.size(); ++i) {
    const double exact = -0.5 * n_data * std::log(1 + std::pow(mean.values[i] - 5, 2) / 4);
    EXPECT_NEAR(mean.log_likelihood[i], exact, 1e-4);
  }
  // Profile of the sd, the mean being 5 everywhere: -n (log(s / 2) + (4 / s^2 - 1) / 2).
  const Profile& sd = found.profiles[1];
  EXPECT_EQ(sd.shape, ProfileShape::closed);
  for (const double bound : {sd.low, sd.high})
    EXPECT_NEAR(-n_data * (std::log(bound / 2) + 0.5 * (4 / (bound * bound) - 1)), -likelihood_drop, 1e-3);
  EXPECT_LT(sd.low, 2);
  EXPECT_GT(sd.high, 2);
  EXPECT_TRUE(std::is_sorted(sd.scores.begin(), sd.scores.end()));
}

TEST(ProfileLikelihood, AFlatDirectionAndAnOpenSideGetNoBound) {
  // y counts for nothing; of x only that it is not small is known; z is known.
  const Prior prior = independent({{"x", Normal{0, 1}}, {"y", Normal{0, 1}}, {"z", Normal{0, 1}}});
  const LogLikelihood some = [](const Matrix& s) {
    return Vector(-5 * (1 + (-4 * s.col(0).array()).exp()).log() - 50 * (s.col(2).array() - 0.5).square());
  };
  const ProfileResult found = profile_likelihood(prior, some);
  EXPECT_EQ(found.profiles[0].shape, ProfileShape::open_above);
  EXPECT_TRUE(std::isfinite(found.profiles[0].low));
  EXPECT_TRUE(std::isnan(found.profiles[0].high));
  EXPECT_EQ(found.profiles[1].shape, ProfileShape::flat);
  EXPECT_TRUE(std::isnan(found.profiles[1].low));
  EXPECT_EQ(found.profiles[2].shape, ProfileShape::closed);
  EXPECT_NEAR(found.profiles[2].high, 0.5 + std::sqrt(likelihood_drop / 50), 1e-3);
}

TEST(ProfileLikelihood, TwoThatOnlyCountTogetherAreBothOpen) {
  const Prior prior = independent({{"x", Normal{0, 1}}, {"y", Normal{0, 1}}});
  const LogLikelihood sum = [](const Matrix& s) {
    return Vector(-20 * (s.col(0).array() + s.col(1).array() - 0.5).square());
  };
  for (const Profile& profile : profile_likelihood(prior, sum).profiles)
    EXPECT_EQ(profile.shape, ProfileShape::flat) << profile.name;
}

TEST(ProfileLikelihood, HoldsTheParameterAndNotItsScoreWherePriorsTieThem) {
  // Correlated 0.8; the data know the second parameter alone: 1 with standard error 0.2.
  Matrix correlation(2, 2);
  correlation << 1, 0.8, 0.8, 1;
  const Prior prior = correlated({{"a", Normal{0, 1}}, {"b", Normal{0, 1}}}, correlation);
  const LogLikelihood of_b = [&](const Matrix& s) {
    return Vector(-0.5 * ((prior.parameters(s).col(1).array() - 1) / 0.2).square());
  };
  const ProfileResult found = profile_likelihood(prior, of_b);
  EXPECT_NEAR(found.profiles[1].low, 1 - 0.2 * std::sqrt(2 * likelihood_drop), 2e-3);
  EXPECT_NEAR(found.profiles[1].high, 1 + 0.2 * std::sqrt(2 * likelihood_drop), 2e-3);
  EXPECT_NE(found.profiles[0].shape, ProfileShape::closed);
}

TEST(ProfileLikelihood, TheSameBitsForAnyNumberOfThreads) {
  const auto bits = [](int n_threads) {
    tbb::task_arena arena(n_threads);
    return arena.execute([] { return profile_likelihood(mean_and_sd(), normal_sample()); });
  };
  const ProfileResult one = bits(1);
  const ProfileResult four = bits(4);
  EXPECT_EQ(one.top.scores, four.top.scores);
  for (std::size_t j = 0; j < 2; ++j) {
    EXPECT_EQ(one.profiles[j].log_likelihood, four.profiles[j].log_likelihood);
    EXPECT_EQ(one.profiles[j].low, four.profiles[j].low);
  }
}

TEST(PointFit, OnAnEmulatedLikelihoodFindsTheConjugateMode) {
  // Ten parameters would do the same: here two, x ~ N(theta, 0.1), prior N(0, 0.1), noise learnt.
  const Problem problem = gaussian_linear(Vector{{0.0, -0.2}});
  EmulatedPosteriorOptions options;
  options.budget = 400;
  options.n_waves = 1;
  options.n_particles = 300;
  options.n_draws = 300;
  PointFit mode;
  ProfileResult profiles;
  options.at_end = [&](const EmulatedLikelihood& likelihood) {
    const auto at = [&](const Matrix& scores) { return likelihood.at(scores); };
    mode = fit_point(problem.prior, at, Estimate::maximum_a_posteriori);
    profiles = profile_likelihood(problem.prior, at);
  };
  emulated_posterior(problem, options);
  // 400 runs of noise sd 0.32 know the mean of the simulator to about 0.02.
  EXPECT_NEAR(mode.parameters[0], 0, 0.06);
  EXPECT_NEAR(mode.parameters[1], -0.1, 0.06);
  // Two standard deviations of the prior to either side: further out there are no runs, and the emulator says
  // so by a wider profile.
  const double half = std::sqrt(0.1 * 2 * likelihood_drop);
  EXPECT_NEAR(profiles.profiles[0].high, half, 0.1);
  EXPECT_NEAR(profiles.profiles[0].low, -half, 0.1);
}

TEST(Infer, SaysWhatWasLearntWhateverTheShapeOfThePrior) {
  // A posterior whose scores have half the prior's spread: 1 - 1 / 4 learnt, also of a lognormal parameter.
  const Prior prior = independent({{"x", Normal{3, 2}}, {"y", Lognormal{2, 1}}, {"z", Uniform{0, 1}}});
  const Matrix scores = prior_scores(4000, 3, 1);
  Matrix narrower = prior_scores(4000, 3, 2);
  narrower.leftCols(2) *= 0.5;
  const Vector learnt = learnt_of(prior.parameters(scores), prior.parameters(narrower));
  // The variance of 4000 normal draws has a standard error of root 2 / 4000, a part of it.
  EXPECT_NEAR(learnt[0], 0.75, 4 * 0.25 * std::sqrt(4.0 / 4000));
  EXPECT_NEAR(learnt[1], 0.75, 4 * 0.25 * std::sqrt(4.0 / 4000));
  EXPECT_NEAR(learnt[2], 0, 4 * std::sqrt(4.0 / 4000));
}

TEST(Infer, EveryMethodStaysWithinItsBudgetAndGivesTheSameBitsAgain) {
  for (const Method method :
       {Method::emulated, Method::smoother, Method::abc, Method::point, Method::profile}) {
    Index n = 0;
    Problem problem = noisy_pair(NormalData{0, 1, 0.5}, NormalData{1, -0.5, 0.5});
    problem.simulator = [&n, inner = problem.simulator](const Matrix& parameters, std::uint64_t seed) {
      n += parameters.rows();
      return inner(parameters, seed);
    };
    const InferOptions options{method, least_budget(method, 2), 200, 3};
    const Inferred once = infer(problem, options);
    EXPECT_EQ(once.n_simulations, n);
    EXPECT_LE(n, options.budget);
    const Inferred again = infer(problem, options);
    EXPECT_EQ(once.posterior.parameters, again.posterior.parameters);
    EXPECT_EQ(once.fits.size(), method == Method::point ? 3U : method == Method::profile ? 1U : 0U);
    EXPECT_EQ(once.profiles.size(), method == Method::profile ? 2U : 0U);
    EXPECT_THROW(infer(problem, {method, least_budget(method, 2) - 1, 200, 3}), std::invalid_argument);
  }
}

}  // namespace
}  // namespace tremplin::inference
