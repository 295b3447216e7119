#include "engine/base/portable_math.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace tremplin {
namespace {

// A few units in the last place: 4 * 2^-52.
constexpr double tolerance = 4 * 2.220446049250313e-16;

TEST(PortableMath, ExpAgreesWithTheCLibraryToAFewUnitsInTheLastPlace) {
  for (double x = -700; x < 700; x += 0.37) {
    EXPECT_NEAR(portable::exp(x) / std::exp(x), 1, tolerance) << x;
  }
  EXPECT_EQ(portable::exp(-800), 0);
  EXPECT_EQ(portable::exp(0), 1);
}

TEST(PortableMath, LogAgreesWithTheCLibraryToAFewUnitsInTheLastPlace) {
  for (double x = 1e-300; x < 1e300; x *= 1.7) {
    EXPECT_NEAR(portable::log(x), std::log(x), tolerance * std::max(1.0, std::abs(std::log(x)))) << x;
  }
  EXPECT_EQ(portable::log(1), 0);
}

TEST(PortableMath, TanAgreesWithTheCLibrary) {
  for (double x = 0.001; x < 3.14; x += 0.0137) {
    // Near pi/2 the condition number of tan is x (1 + tan^2) / tan.
    const double t = std::tan(x);
    EXPECT_NEAR(portable::tan(x), t, 8e-16 * (1 + t * t)) << x;
  }
}

TEST(PortableMath, NormalQuantileInvertsTheNormalDistribution) {
  for (double p = 1e-6; p < 1; p += 0.00037) {
    const double q = portable::normal_quantile(p);
    // Acklam: relative error of q below 1.2e-9, so the error of p is below 1.2e-9 |q| phi(q) < 3e-10.
    EXPECT_NEAR(0.5 * std::erfc(-q / std::sqrt(2.0)), p, 3e-10) << p;
  }
}

TEST(PortableMath, InlinedOneMinusExpIsExactEnough) {
  for (double x = 0; x < 32; x += 0.01) {
    EXPECT_NEAR(portable::one_minus_exp_of_minus(x), 1 - std::exp(-x), 1e-9) << x;
  }
}

}  // namespace
}  // namespace tremplin
