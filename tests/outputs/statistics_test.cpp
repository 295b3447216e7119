#include "outputs/statistics.hpp"

#include <gtest/gtest.h>

#include <boost/random/normal_distribution.hpp>
#include <cmath>
#include <vector>

#include "engine/base/draw.hpp"

namespace tremplin {
namespace {

TEST(Estimate, IntervalIsTheStudentIntervalWorkedByHand) {
  // Mean 3, squares 4 + 1 + 0 + 1 + 4 = 10, deviation sqrt(10 / 4); t with 4 degrees of freedom at
  // 97.5 % is 2.776445 (any table of Student's t).
  const std::vector<double> values = {1, 2, 3, 4, 5};
  const Estimate found = estimate(values);
  const double reach = 2.776445 * std::sqrt(2.5) / std::sqrt(5.0);
  EXPECT_DOUBLE_EQ(found.mean, 3);
  EXPECT_NEAR(found.interval->low, 3 - reach, 1e-6);  // the table's six decimals
  EXPECT_NEAR(found.interval->high, 3 + reach, 1e-6);
  EXPECT_NEAR(found.one_draw->high, 3 + 2.776445 * std::sqrt(2.5 * 1.2), 1e-5);
}

TEST(Estimate, OneReplicateHasNoInterval) {
  const std::vector<double> values = {7};
  const Estimate found = estimate(values);
  EXPECT_EQ(found.mean, 7);
  EXPECT_FALSE(found.interval);
  EXPECT_FALSE(found.one_draw);
}

TEST(Estimate, EqualValuesHaveAnIntervalWithoutWidth) {
  const std::vector<double> values(7, 0.1);  // 0.1 summed seven times is not 0.7 in binary
  const Estimate found = estimate(values);
  EXPECT_EQ(found.mean, 0.1);
  EXPECT_EQ(found.interval->low, 0.1);
  EXPECT_EQ(found.interval->high, 0.1);
}

TEST(Estimate, IntervalCoversTheTruthNinetyFiveTimesInAHundred) {
  // 2,000 trials of 8 normal differences with mean 3 and deviation 2. Trials that cover are binomial:
  // 1,900 expected, deviation sqrt(2000 x 0.95 x 0.05) = 9.75; the band is 3.5 deviations, exceeded by
  // a right method in 1 seed of 2,000. The seed is fixed.
  int n_covering = 0;
  for (int trial = 0; trial < 2000; ++trial) {
    Draws draws({20151101, 0}, static_cast<std::uint64_t>(trial), Month(2015, 1));
    auto stream = draws.stream(Decision::parameter);
    boost::random::normal_distribution<double> normal(3, 2);
    std::vector<double> differences;
    for (int i = 0; i < 8; ++i) differences.push_back(normal(stream));
    n_covering += estimate(differences).interval->contains(3) ? 1 : 0;
  }
  EXPECT_NEAR(n_covering, 1900, 34);
}

TEST(FitLine, FindsSlopeAndCorrelationWorkedByHand) {
  // x 0 1 2 (mean 1), y 1 2 6 (mean 3): xy = 2 + 0 + 3 = 5, xx = 2, yy = 4 + 1 + 9 = 14.
  const std::vector<double> x = {0, 1, 2};
  const std::vector<double> y = {1, 2, 6};
  const auto line = fit_line(x, y);
  ASSERT_TRUE(line);
  EXPECT_DOUBLE_EQ(line->slope, 2.5);
  EXPECT_DOUBLE_EQ(line->intercept, 0.5);
  EXPECT_DOUBLE_EQ(line->correlation, 5 / std::sqrt(28.0));
}

TEST(FitLine, ParameterThatWasKeptFixedHasNoLine) {
  const std::vector<double> x = {1, 1, 1};
  const std::vector<double> y = {1, 2, 6};
  EXPECT_FALSE(fit_line(x, y));
}

}  // namespace
}  // namespace tremplin
