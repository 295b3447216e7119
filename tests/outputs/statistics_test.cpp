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

TEST(Estimate, ByRankIsTheRangeOfThirtyNineAndDropsTheOutermostOfSeventyNine) {
  std::vector<double> values;
  for (int i = 1; i <= 79; ++i) values.push_back(i);
  // One more of 39 lies outside their range with probability 2 / 40; of 79 outside the second and last but
  // one with 4 / 80.
  const Estimate of_39 = estimate(std::span(values).first(39), About::one_draw_by_rank);
  EXPECT_EQ(of_39.interval->low, 1);
  EXPECT_EQ(of_39.interval->high, 39);
  const Estimate of_79 = estimate(values, About::one_draw_by_rank);
  EXPECT_EQ(of_79.interval->low, 2);
  EXPECT_EQ(of_79.interval->high, 78);
  EXPECT_EQ(of_79.one_draw->high, 78);
  const Estimate of_38 = estimate(std::span(values).first(38), About::one_draw_by_rank);
  EXPECT_EQ(of_38.interval->high, estimate(std::span(values).first(38), About::one_draw).interval->high);
}

TEST(Estimate, ByRankCoversOneFurtherSkewedCountNinetyFiveTimesInAHundred) {
  // 2,000 trials of 40 squares of normals (counts of rare things are as skewed), then one more. Coverage is
  // 1 - 2 / 41 = 0.951: 1,902 expected, deviation 9.6; 3.5 deviations. Student's interval would start below
  // 0.
  int n_covering = 0;
  for (int trial = 0; trial < 2000; ++trial) {
    Draws draws({20151102, 0}, static_cast<std::uint64_t>(trial), Month(2015, 1));
    auto stream = draws.stream(Decision::parameter);
    boost::random::normal_distribution<double> normal(0, 1);
    std::vector<double> values;
    for (int i = 0; i < 41; ++i) {
      const double x = normal(stream);
      values.push_back(x * x);
    }
    const Estimate found = estimate(std::span(values).first(40), About::one_draw_by_rank);
    EXPECT_GE(found.interval->low, 0);
    n_covering += found.interval->contains(values.back()) ? 1 : 0;
  }
  EXPECT_NEAR(n_covering, 1902, 34);
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
