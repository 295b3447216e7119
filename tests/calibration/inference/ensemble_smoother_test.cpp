#include "calibration/inference/ensemble_smoother.hpp"

#include <gtest/gtest.h>
#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include <Eigen/LU>
#include <cmath>
#include <limits>

#include "calibration/inference/keyed.hpp"
#include "known_problems.hpp"

namespace tremplin::inference {
namespace {

// x = A theta + e with theta ~ N(0, I): the posterior is normal.
struct Linear {
  Matrix a;
  Matrix root;  // of the noise of x
  Vector observed;

  [[nodiscard]] Matrix covariance() const {
    const Index d = a.cols();
    return (Matrix::Identity(d, d) + a.transpose() * (root * root.transpose()).inverse() * a).inverse();
  }
  [[nodiscard]] Vector mean() const {
    return covariance() * a.transpose() * (root * root.transpose()).inverse() * observed;
  }
  [[nodiscard]] Simulator simulator(bool noisy) const {
    return [*this, noisy](const Matrix& p, std::uint64_t seed) {
      Matrix x = p * a.transpose();
      for (Index i = 0; noisy && i < x.rows(); ++i) {
        Keyed draws(seed, Purpose::simulator, static_cast<std::uint64_t>(i));
        Row e(x.cols());
        for (double& v : e) v = draws.normal();
        x.row(i) += e * root.transpose();
      }
      return x;
    };
  }
  [[nodiscard]] Prior prior() const {
    std::vector<Marginal> marginals;
    for (Index j = 0; j < a.cols(); ++j) marginals.push_back({"p" + std::to_string(j), Normal{0, 1}});
    return independent(std::move(marginals));
  }
  [[nodiscard]] Problem with_unknown_noise() const {
    SimulatorNoise noise{{}, observed};
    for (Index j = 0; j < observed.size(); ++j) noise.columns.push_back(j);
    return {prior(), simulator(true), {{{"x", noise}}}};
  }
  [[nodiscard]] Problem with_known_noise() const {  // of a diagonal root
    Observation data;
    for (Index j = 0; j < observed.size(); ++j)
      data.terms.push_back({"x" + std::to_string(j), NormalData{j, observed[j], root(j, j)}});
    return {prior(), simulator(false), std::move(data)};
  }
};

Linear three_on_two() {
  Linear linear{Matrix(3, 2), Matrix(3, 3), Vector(3)};
  linear.a << 1, 0.5, -1, 1, 0.3, 2;
  linear.root << 0.6, 0, 0, 0.4, 0.4, 0, 0, 0, 0.5;
  linear.observed << 1, -0.5, 1.5;
  return linear;
}

// Each of n members adds sd / sqrt(n) to the mean at each step, and a gain learnt from n members errs by
// about 1 / sqrt(n) of the shift it makes, one or two spreads: four of all this together.
void expect_near(const Posterior& posterior, const Linear& linear, double more = 0) {
  const auto n = static_cast<double>(posterior.scores.rows());
  const Vector mean = linear.mean();
  const Matrix covariance = linear.covariance();
  for (Index j = 0; j < mean.size(); ++j) {
    const double sd = std::sqrt(covariance(j, j));
    EXPECT_NEAR(posterior.mean()[j], mean[j], sd * (4 * std::sqrt(4 / n) + more)) << j;
    for (Index k = 0; k <= j; ++k) {
      const double scale = sd * std::sqrt(covariance(k, k));
      // A covariance from n members errs by sqrt(2 / n), at every step anew, with up to four steps.
      EXPECT_NEAR(posterior.covariance()(j, k), covariance(j, k), scale * (4 * std::sqrt(4 / n) + more));
    }
  }
}

TEST(EnsembleSmoother, IsExactForALinearModelWithKnownError) {
  Linear linear = three_on_two();
  linear.root = Vector(linear.root.diagonal()).asDiagonal();
  SmootherOptions options;
  options.n_members = 2000;
  options.budget = 40'000;
  const auto result = ensemble_smoother(linear.with_known_noise(), options);
  expect_near(result.posterior, linear);
  EXPECT_TRUE(result.posterior.trusted()) << result.posterior.doubts.front().text();
}

TEST(EnsembleSmoother, IsExactForALinearModelWhoseCorrelatedNoiseItLearns) {
  const Linear linear = three_on_two();
  SmootherOptions options;
  options.n_members = 2000;
  options.budget = 40'000;
  options.replicated = 0.5;
  const auto result = ensemble_smoother(linear.with_unknown_noise(), options);
  // Noise from 1,000 pairs is known to sqrt(2 / 1000) = 4.5 %, and so is the posterior's covariance.
  expect_near(result.posterior, linear, 4 * 0.045);
  EXPECT_TRUE(result.posterior.trusted()) << result.posterior.doubts.front().text();
  EXPECT_LE(result.posterior.n_simulations, options.budget);
}

TEST(EnsembleSmoother, LocatesFortyParametersWithAHundredMembers) {
  // Each summary tells of its own parameter; correlations with the others are chance.
  constexpr Index d = 40;
  Linear linear{Matrix::Identity(d, d), 0.5 * Matrix::Identity(d, d), Vector(d)};
  for (Index j = 0; j < d; ++j) linear.observed[j] = std::sin(static_cast<double>(j));
  SmootherOptions options;
  options.n_members = 100;
  options.budget = 3000;
  const auto error = [&] {
    const auto result = ensemble_smoother(linear.with_known_noise(), options);
    return (result.posterior.mean().transpose() - linear.mean()).norm() /
           linear.covariance().diagonal().cwiseSqrt().norm();
  };
  const double localised = error();
  options.localise = SmootherOptions::Localise::never;
  // Left with chance correlations, a hundred members shift every parameter by sqrt(40 / 100) of a spread.
  EXPECT_LT(localised, 0.5);
  EXPECT_LT(localised, error());
}

TEST(EnsembleSmoother, CountsRunsThatFailAndReplacesTheirMembers) {
  Linear linear = three_on_two();
  linear.root = Vector(linear.root.diagonal()).asDiagonal();
  Problem problem = linear.with_known_noise();
  problem.simulator = [inner = problem.simulator](const Matrix& p, std::uint64_t seed) {
    Matrix x = inner(p, seed);
    for (Index i = 0; i < p.rows(); ++i)
      if (p(i, 0) > 1.5) x(i, 0) = std::numeric_limits<double>::quiet_NaN();
    return x;
  };
  SmootherOptions options;
  const auto result = ensemble_smoother(problem, options);
  EXPECT_GT(result.posterior.n_failed, 0);
  EXPECT_EQ(result.last.n_failed(), 0);
  EXPECT_LE(result.posterior.n_simulations, options.budget);
  problem.simulator = [](const Matrix& p, std::uint64_t) {
    return Matrix::Constant(p.rows(), 3, std::numeric_limits<double>::quiet_NaN());
  };
  EXPECT_THROW(ensemble_smoother(problem, options), std::runtime_error);
}

TEST(EnsembleSmoother, SaysWhenItsBudgetEndsTooSoon) {
  Linear linear = three_on_two();
  linear.root = 0.001 * Matrix::Identity(3, 3);
  linear.observed = linear.a * Vector::Constant(2, 1);
  SmootherOptions options;
  options.n_members = 100;
  options.budget = 400;
  const auto result = ensemble_smoother(linear.with_known_noise(), options);
  ASSERT_FALSE(result.posterior.trusted());
  EXPECT_NE(result.posterior.doubts.front().text().find("budget"), std::string::npos);
  EXPECT_LE(result.posterior.n_simulations, 400);
}

TEST(EnsembleSmoother, IsTheSameBitsForAnyNumberOfThreads) {
  const tbb::global_control allow(tbb::global_control::max_allowed_parallelism, 4);
  const Problem problem = three_on_two().with_unknown_noise();
  const auto run = [&](int threads) {
    SmootherResult result;
    tbb::task_arena(threads).execute([&] { result = ensemble_smoother(problem, {}); });
    return result.posterior.parameters;
  };
  EXPECT_EQ(run(1), run(4));
}

PriorConflict conflict_at(const Linear& linear, std::uint64_t seed) {
  const Problem problem = linear.with_unknown_noise();
  return prior_conflict(problem.observation, simulate(problem, prior_scores(200, 2, seed), seed), seed);
}

TEST(PriorConflict, IsSilentWhereTheDataComeFromThePrior) {
  Linear linear = three_on_two();
  int said = 0;
  for (std::uint64_t seed = 1; seed <= 200; ++seed) {
    // Data of the model at a draw of the prior: a conflict is a false alarm.
    linear.observed = linear.simulator(true)(prior_scores(1, 2, seed + 1000), seed + 1000).row(0).transpose();
    said += conflict_at(linear, seed).any() ? 1 : 0;
  }
  // At most 0.002 each (0.001 among summaries and 0.001 jointly): three of 200 has probability 0.008.
  EXPECT_LE(said, 2);
}

TEST(PriorConflict, NamesTheSummaryThatThePriorDoesNotReach) {
  Linear linear = three_on_two();
  linear.observed << 1, -0.5, 12;  // sd of the third: sqrt(0.09 + 4 + 0.25) = 2.1
  const auto conflict = conflict_at(linear, 1);
  ASSERT_TRUE(conflict.any());
  EXPECT_FALSE(conflict.summaries[0].conflict);
  EXPECT_FALSE(conflict.summaries[1].conflict);
  EXPECT_TRUE(conflict.summaries[2].conflict);
  EXPECT_NEAR(conflict.summaries[2].distance, 12 / std::sqrt(4.34), 4 * 5.8 / std::sqrt(400.0));
  ASSERT_EQ(conflict.doubts().size(), 1U);
  EXPECT_NE(conflict.doubts().front().text().find("x[3]"), std::string::npos);
}

TEST(PriorConflict, SeesDataThatAreStrangeOnlyTogether) {
  // Two summaries of one parameter with little noise cannot differ by 2.
  Linear linear{Matrix::Ones(2, 2), 0.1 * Matrix::Identity(2, 2), Vector(2)};
  linear.observed << 1, -1;
  const auto conflict = conflict_at(linear, 1);
  EXPECT_FALSE(conflict.summaries[0].conflict || conflict.summaries[1].conflict);
  EXPECT_TRUE(conflict.joint);
  // Their difference is 2 with an sd of 0.14.
  EXPECT_NEAR(conflict.distance, 2 / (0.1 * std::sqrt(2.0)), 4 * 14.1 / std::sqrt(400.0));
  ASSERT_EQ(conflict.doubts().size(), 1U);
  EXPECT_NE(conflict.doubts().front().text().find("together"), std::string::npos);
}

TEST(PriorConflict, TakesTheDataWithTheirOwnError) {
  // A share of 3 in 10 where the prior says 0.5 to 0.52 is no conflict; 300 in 1000 is one.
  const auto said = [](double k, double n) {
    const Problem problem{independent({{"p", Uniform{0.5, 0.52}}}),
                          [](const Matrix& p, std::uint64_t) { return p; },
                          {{{"k", BinomialData{0, k, n}}}}};
    return prior_conflict(problem.observation, simulate(problem, prior_scores(400, 1, 1), 1), 1).any();
  };
  EXPECT_FALSE(said(3, 10));
  EXPECT_TRUE(said(300, 1000));
}

}  // namespace
}  // namespace tremplin::inference
