#include "calibration/inference/problem.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace tremplin::inference {
namespace {

Problem twice(double fails_above) {
  return {independent({{"x", Normal{0, 1}}}),
          [fails_above](const Matrix& p, std::uint64_t) {
            Matrix y = 2 * p;
            for (double& value : y.reshaped())
              if (value > fails_above) value = std::numeric_limits<double>::quiet_NaN();
            return y;
          },
          {{{"y", NormalData{0, 1, 1}}}}};
}

TEST(Simulations, KeepAndCountRunsThatFail) {
  Matrix scores(3, 1);
  scores << -1, 0, 1;
  Simulations runs = simulate(twice(1), scores, 1);
  EXPECT_EQ(runs.n_failed(), 1);
  EXPECT_EQ(runs.succeeded(), (std::vector<Index>{0, 1}));
  runs.append(simulate(twice(1), scores, 2));
  EXPECT_EQ(runs.size(), 6);
  EXPECT_EQ(runs.n_failed(), 2);
}

TEST(Simulations, RefuseADataColumnThatTheSimulatorDoesNotGive) {
  Problem problem = twice(1e9);
  problem.observation.terms.push_back({"z", NormalData{1, 0, 1}});
  EXPECT_THROW(simulate(problem, Matrix::Zero(2, 1), 1), std::invalid_argument);
}

TEST(Posterior, WeighsItsDraws) {
  Matrix scores(2, 1);
  scores << 0, 4;
  Vector log_weights(2);
  log_weights << std::log(3.0) + 500, 500;  // three to one, not normalised
  const Posterior posterior = posterior_of(twice(1e9).prior, scores, log_weights);
  EXPECT_NEAR(posterior.mean()[0], 1, 1e-12);                  // 0.25 * 4
  EXPECT_NEAR(posterior.covariance()(0, 0), 3, 1e-12);         // 0.75 * 1 + 0.25 * 9
  EXPECT_NEAR(posterior.effective_sample_size(), 1.6, 1e-12);  // 1 / (0.75^2 + 0.25^2)
}

TEST(Posterior, ResamplesInProportionToItsWeights) {
  Vector log_weights(3);
  log_weights << std::log(0.5), std::log(0.3), std::log(0.2);
  const auto rows = resampled(log_weights, 1000, 1);
  // Systematic: each count within one of n * weight.
  EXPECT_NEAR(static_cast<double>(std::count(rows.begin(), rows.end(), 0)), 500, 1);
  EXPECT_NEAR(static_cast<double>(std::count(rows.begin(), rows.end(), 2)), 200, 1);
}

}  // namespace
}  // namespace tremplin::inference
