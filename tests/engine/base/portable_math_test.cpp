#include "engine/base/portable_math.hpp"

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>
#include <vector>

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

TEST(PortableMath, OfManyNumbersAreTheSameBitsAsOneByOne) {
  constexpr double infinite = std::numeric_limits<double>::infinity();
  std::vector<double> numbers = {0, 5e-324, 2e-308, 1e-300, 1e300, infinite, 1, 0.5, 1.4142135623730951};
  for (double x = 1e-9; x < 1e9; x *= 1.37) numbers.push_back(x);
  for (const double power : {-0.35, 0.0, 1.9, -400.0}) {
    std::vector<double> logs = numbers;
    std::vector<double> powers = numbers;
    portable::log_of_each(logs);
    portable::pow_of_each(powers, power);
    for (std::size_t i = 0; i < numbers.size(); ++i) {
      const auto same = [](double a, double b) {
        return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b);
      };
      EXPECT_TRUE(same(logs[i], portable::log(numbers[i]))) << numbers[i];
      EXPECT_TRUE(same(powers[i], portable::pow(numbers[i], power))) << numbers[i] << " " << power;
    }
  }
}

// Where the result is too small or too large for a plain power of two.
TEST(PortableMath, ExpAndLogReachTheEndsOfTheDoubles) {
  for (const double x : {-745.0, -720.0, -708.5, -700.0, 700.0, 709.7}) {
    // A subnormal result has fewer bits: half of its last one is the most that rounding may cost.
    EXPECT_NEAR(portable::exp(x), std::exp(x), std::max(std::exp(x) * tolerance, 5e-324)) << x;
  }
  EXPECT_EQ(portable::exp(710), std::numeric_limits<double>::infinity());
  for (const double x : {5e-324, 1e-310, 1.7e308})
    EXPECT_NEAR(portable::log(x), std::log(x), tolerance * 745) << x;
}

TEST(PortableMath, InlinedOneMinusExpIsExactEnough) {
  for (double x = 0; x < 32; x += 0.01) {
    EXPECT_NEAR(portable::one_minus_exp_of_minus(x), 1 - std::exp(-x), 1e-9) << x;
  }
}

}  // namespace
}  // namespace tremplin
