#include "calibration/inference/sobol_indices.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <numbers>

#include "calibration/inference/special.hpp"

namespace tremplin::inference {
namespace {

constexpr double pi = std::numbers::pi;

// sin x + 7 sin^2 y + 0.1 z^4 sin x with x, y, z uniform on (-pi, pi) (Ishigami and Homma 1990); the second
// result does not depend on anything, the third on x alone.
Matrix ishigami(const Matrix& scores) {
  Matrix results(scores.rows(), 3);
  for (Index i = 0; i < scores.rows(); ++i) {
    const auto uniform = [&](Index j) { return pi * (2 * normal_cdf(scores(i, j)) - 1); };
    const double x = uniform(0);
    const double y = uniform(1);
    const double z = uniform(2);
    results.row(i) << std::sin(x) + 7 * std::sin(y) * std::sin(y) + 0.1 * std::pow(z, 4) * std::sin(x), 5, x;
  }
  return results;
}

TEST(SobolIndices, MeetIshigamisClosedForm) {
  constexpr double a = 7;
  constexpr double b = 0.1;
  const double alone_x = 0.5 * std::pow(1 + b * std::pow(pi, 4) / 5, 2);
  const double alone_y = a * a / 8;
  const double x_with_z = 8 * b * b * std::pow(pi, 8) / 225;
  const double variance = alone_x + alone_y + x_with_z;
  const SobolIndices found = sobol_indices(ishigami, 3, 4096, 3);
  // Of a plain sample of 4,096 the standard errors are near 0.02; scrambled Sobol points do better.
  EXPECT_NEAR(found.variance[0], variance, 0.03 * variance);
  EXPECT_NEAR(found.first.value(0, 0), alone_x / variance, 0.03);
  EXPECT_NEAR(found.first.value(1, 0), alone_y / variance, 0.03);
  EXPECT_NEAR(found.first.value(2, 0), 0, 0.03);
  EXPECT_NEAR(found.total.value(0, 0), (alone_x + x_with_z) / variance, 0.03);
  EXPECT_NEAR(found.total.value(1, 0), alone_y / variance, 0.03);
  EXPECT_NEAR(found.total.value(2, 0), x_with_z / variance, 0.03);
  for (Index i = 0; i < 3; ++i) {
    EXPECT_LE(found.first.low(i, 0), found.first.value(i, 0));
    EXPECT_GE(found.total.high(i, 0), found.total.value(i, 0));
    EXPECT_LT(found.total.high(i, 0) - found.total.low(i, 0), 0.2);
  }
}

TEST(SobolIndices, AreZeroWhereNothingVariesAndOneWhereOneScoreDoesItAll) {
  const SobolIndices found = sobol_indices(ishigami, 3, 512, 3);
  EXPECT_EQ(found.variance[1], 0);
  EXPECT_TRUE((found.first.value.col(1).array() == 0).all());
  EXPECT_TRUE((found.total.value.col(1).array() == 0).all());
  EXPECT_NEAR(found.first.value(0, 2), 1, 1e-12);
  EXPECT_NEAR(found.total.value(0, 2), 1, 0.02);
  EXPECT_EQ(found.total.value(1, 2), 0);
  EXPECT_EQ(found.total.value(2, 2), 0);
}

// 3 a + 4 b: shares 9/25 and 16/25, no interactions. Intervals hold the truth in about 19 of 20 samples; of
// 40 samples and two scores at least 68 of 80 (a chance of 0.001 if 95 % hold, by the binomial).
TEST(SobolIndices, IntervalsHoldTheTruth) {
  const auto linear = [](const Matrix& scores) -> Matrix { return 3 * scores.col(0) + 4 * scores.col(1); };
  int held = 0;
  for (std::uint64_t seed = 0; seed < 40; ++seed) {
    const SobolIndices found = sobol_indices(linear, 2, 200, seed);
    held += found.total.low(0, 0) <= 9.0 / 25 && 9.0 / 25 <= found.total.high(0, 0) ? 1 : 0;
    held += found.total.low(1, 0) <= 16.0 / 25 && 16.0 / 25 <= found.total.high(1, 0) ? 1 : 0;
  }
  EXPECT_GE(held, 68);
}

TEST(SobolIndices, RefuseTooLittle) {
  EXPECT_THROW(sobol_indices(ishigami, 3, 1, 1), std::invalid_argument);
  EXPECT_THROW(sobol_indices(ishigami, 0, 10, 1), std::invalid_argument);
}

}  // namespace
}  // namespace tremplin::inference
