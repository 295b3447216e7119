#include "calibration/survey/cpas_sample.hpp"

#include <gtest/gtest.h>

#include <cmath>

namespace tremplin::survey {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

// Ratio to one: the mean of the CPAS.
CpasSums mean_of(const Eigen::VectorXd& values) {
  const Eigen::VectorXd ones = Eigen::VectorXd::Ones(values.size());
  return {values, ones, ones};
}

// A simple random sample, calibrated to nothing but its own size.
CpasSample simple_sample(Eigen::Index n, double population) {
  return {Strata{std::vector<int>(static_cast<std::size_t>(n), 0), {population}},
          Eigen::MatrixXd::Ones(n, 1),
          Eigen::VectorXd::Constant(1, population),
          Distance::raking,
          {0, infinity}};
}

TEST(CpasSample, ErrorOfAMeanIsThatOfTheTextbook) {
  // 1, 2, 3, 6 of 10: mean 3, s² = (4 + 1 + 0 + 9) / 3; (1 - 4 / 10) s² / 4 (Cochran 1977, 2.20).
  const Precision mean = simple_sample(4, 10).ratio(mean_of(Eigen::VectorXd{{1, 2, 3, 6}}));
  EXPECT_NEAR(mean.value, 3, 1e-12);
  EXPECT_NEAR(mean.se, std::sqrt(0.6 * 14 / 3 / 4), 1e-12);
  EXPECT_NEAR(mean.se_jackknife, mean.se, 1e-12);  // of a mean both are the same
  EXPECT_EQ(mean.df, 3);
}

TEST(CpasSample, ErrorOfARatioIsThatOfItsResiduals) {
  // over 2, 4, 9, under 1, 3, 4 of 30: ratio 15 / 8; residuals 0.125, -1.625, 1.5 (sum 0); their sum of
  // squares 4.90625; se = sqrt((1 - 0.1) 4.90625 / 2 / 3) / (8 / 3) (Cochran 1977, 6.13).
  const Precision ratio = simple_sample(3, 30).ratio(
      {Eigen::VectorXd{{2, 4, 9}}, Eigen::VectorXd{{1, 3, 4}}, Eigen::VectorXd{{1, 1, 1}}});
  EXPECT_NEAR(ratio.value, 15.0 / 8, 1e-12);
  EXPECT_NEAR(ratio.se, std::sqrt(0.9 * 4.90625 / 2 / 3) / (8.0 / 3), 1e-12);
}

TEST(CpasSample, AKnownTotalHasNoError) {
  // The share of a code that the weights are raked to.
  const Eigen::MatrixXd x{{1, 0}, {1, 0}, {0, 1}, {0, 1}, {0, 1}};
  const CpasSample sample({{0, 0, 0, 0, 0}, {50}}, x, Eigen::VectorXd{{30, 20}}, Distance::raking, {0, 10});
  ASSERT_TRUE(sample.met());
  const Precision share = sample.ratio(mean_of(x.col(0)));
  EXPECT_NEAR(share.value, 0.6, 1e-12);
  EXPECT_NEAR(share.se, 0, 1e-12);
  EXPECT_NEAR(share.se_jackknife, 0, 1e-12);
}

TEST(CpasSample, StrataHaveTheirOwnErrorsAndSizes) {
  // Strata of 10 and 20, samples (1, 3) and (2, 4, 6): mean (10 x 2 + 20 x 4) / 30; variance of the sum
  // 10² (1 - 0.2) 2 / 2 + 20² (1 - 0.15) 4 / 3 (Cochran 1977, 5.7).
  const Eigen::MatrixXd x{{1, 0}, {1, 0}, {0, 1}, {0, 1}, {0, 1}};
  const CpasSample sample({{0, 0, 1, 1, 1}, {10, 20}}, x, Eigen::VectorXd{{10, 20}}, Distance::raking,
                          {0, 10});
  const Precision mean = sample.ratio(mean_of(Eigen::VectorXd{{1, 3, 2, 4, 6}}));
  EXPECT_NEAR(mean.value, 100.0 / 30, 1e-12);
  EXPECT_NEAR(mean.se, std::sqrt(100 * 0.8 * 2 / 2 + 400 * 0.85 * 4 / 3) / 30, 1e-12);
  EXPECT_NEAR(mean.se_jackknife, mean.se, 1e-12);
  EXPECT_EQ(mean.df, 3);
}

TEST(CpasSample, ACensusHasNoError) {
  const Precision mean = simple_sample(4, 4).ratio(mean_of(Eigen::VectorXd{{1, 2, 3, 6}}));
  EXPECT_EQ(mean.se, 0);
  EXPECT_EQ(mean.se_jackknife, 0);
}

TEST(CpasSample, OneCpasAloneHasNoErrorToTell) {
  CpasSums sums = mean_of(Eigen::VectorXd{{5, 0, 0}});
  sums.under = sums.answered = Eigen::VectorXd{{1, 0, 0}};
  const Precision mean = simple_sample(3, 30).ratio(sums);
  EXPECT_EQ(mean.value, 5);
  EXPECT_EQ(mean.df, 0);
  EXPECT_TRUE(std::isnan(mean.se));
  EXPECT_TRUE(std::isnan(mean.se_jackknife));
}

}  // namespace
}  // namespace tremplin::survey
