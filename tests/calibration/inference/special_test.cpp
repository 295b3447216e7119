#include "calibration/inference/special.hpp"

#include <gtest/gtest.h>

#include <array>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/special_functions/gamma.hpp>
#include <cmath>

#include "calibration/inference/keyed.hpp"

namespace tremplin::inference {
namespace {

TEST(Special, TheNormalDistributionAgreesWithBoostFarIntoBothTails) {
  const boost::math::normal normal;
  for (double x = -37; x < 8; x += 0.37) {
    const double expected = cdf(normal, x);
    EXPECT_NEAR(normal_cdf(x), expected, 1e-9 * expected) << x;
    EXPECT_NEAR(log_normal_cdf(x), std::log(expected), 1e-9 * std::max(1.0, std::abs(std::log(expected))))
        << x;
  }
}

TEST(Special, LogGammaAgreesWithBoost) {
  for (const double x : {1e-8, 0.1, 0.5, 1.0, 1.5, 2.0, 9.99, 10.01, 355.5, 1e6}) {
    const double expected = boost::math::lgamma(x);
    // Near its zeros at 1 and 2 the absolute error counts: a few units of the terms, which are about 10.
    EXPECT_NEAR(log_gamma(x), expected, 1e-13 * std::max(10.0, std::abs(expected))) << x;
  }
  EXPECT_NEAR(log_choose(5, 2), std::log(10), 1e-12);
}

TEST(Special, QuadratureGivesTheMomentsOfANormal) {
  double total = 0;
  double second = 0;
  double fourth = 0;
  for (const auto& node : normal_nodes()) {
    const double weight = std::exp(node.log_weight);
    total += weight;
    second += weight * node.at * node.at;
    fourth += weight * std::pow(node.at, 4);
  }
  EXPECT_NEAR(total, 1, 1e-12);
  EXPECT_NEAR(second, 1, 1e-12);
  EXPECT_NEAR(fourth, 3, 1e-11);
}

TEST(Special, LogSumExpNeitherOverflowsNorInventsMass) {
  EXPECT_NEAR(log_sum_exp(std::array{1000.0, 1000.0}), 1000 + std::log(2), 1e-12);
  EXPECT_EQ(log_sum_exp({}), -std::numeric_limits<double>::infinity());
}

TEST(Keyed, DrawsDependOnSeedPurposeAndIndexAlone) {
  Keyed a(7, Purpose::proposal, 3);
  Keyed b(7, Purpose::proposal, 3);
  Keyed other_purpose(7, Purpose::resample, 3);
  Keyed other_index(7, Purpose::proposal, 4);
  const double first = a.uniform();
  EXPECT_EQ(first, b.uniform());
  EXPECT_NE(first, other_purpose.uniform());
  EXPECT_NE(first, other_index.uniform());
}

TEST(Keyed, NormalDrawsHaveMeanZeroAndVarianceOne) {
  constexpr int n = 40'000;
  Keyed draws(1, Purpose::prior_draw);
  double sum = 0;
  double squares = 0;
  for (int i = 0; i < n; ++i) {
    const double x = draws.normal();
    sum += x;
    squares += x * x;
  }
  // Four standard errors: 1 / sqrt(n) of the mean, sqrt(2 / n) of the variance.
  EXPECT_NEAR(sum / n, 0, 4 / std::sqrt(n));
  EXPECT_NEAR(squares / n, 1, 4 * std::sqrt(2.0 / n));
}

}  // namespace
}  // namespace tremplin::inference
