#include "calibration/survey/calibrate.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace tremplin::survey {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

// Cells of a 2 x 2 table, in rows, as four units; totals: rows, then columns.
const Eigen::MatrixXd four_cells{{1, 0, 1, 0}, {1, 0, 0, 1}, {0, 1, 1, 0}, {0, 1, 0, 1}};

TEST(Calibrate, RakingATwoByTwoTableKeepsItsCrossProductRatio) {
  // Rows 6 and 4, columns 5 and 5 of a table of (1, 2; 3, 4). Raking keeps the ratio 1 x 4 / (2 x 3) = 2 / 3:
  // with a in the first cell, a (4 - 5 + a) / ((6 - a) (5 - a)) = 2 / 3 is a a + 19 a - 60 = 0.
  const double a = (-19 + std::sqrt(19.0 * 19 + 4 * 60)) / 2;
  const Eigen::VectorXd design{{1, 2, 3, 4}};
  const Calibration raked =
      calibrate(four_cells, design, Eigen::VectorXd{{6, 4, 5, 5}}, Distance::raking, {0, infinity});
  ASSERT_TRUE(raked.met());
  const Eigen::VectorXd weights = design.cwiseProduct(raked.factors);
  EXPECT_NEAR(weights[0], a, 1e-10);
  EXPECT_NEAR(weights[1], 6 - a, 1e-10);
  EXPECT_NEAR(weights[2], 5 - a, 1e-10);
  EXPECT_NEAR(weights[3], a - 1, 1e-10);
}

TEST(Calibrate, LinearFactorsAreThoseOfTheRegression) {
  // One total, x = 1, 2: factors 1 + x b with b = (12 - (1 x 2 + 2 x 3)) / (1 x 1 x 2 + 2 x 2 x 3) = 4 / 14.
  const Eigen::MatrixXd x{{1}, {2}};
  const Calibration linear =
      calibrate(x, Eigen::VectorXd{{2, 3}}, Eigen::VectorXd{{12}}, Distance::linear, {0, infinity});
  ASSERT_TRUE(linear.met());
  EXPECT_NEAR(linear.factors[0], 1 + 4.0 / 14, 1e-12);
  EXPECT_NEAR(linear.factors[1], 1 + 8.0 / 14, 1e-12);
}

TEST(Calibrate, AUnitAtItsBoundLeavesTheRestToOthers) {
  // Without a bound the factors are z and z² with 2 z + 6 z² = 11.5, z = 1.228, z² = 1.507. At most 1.5, the
  // second gives 2 x 3 x 1.5 = 9, and the first must give the other 2.5.
  const Eigen::MatrixXd x{{1}, {2}};
  const Calibration held =
      calibrate(x, Eigen::VectorXd{{2, 3}}, Eigen::VectorXd{{11.5}}, Distance::raking, {0.2, 1.5});
  ASSERT_TRUE(held.met());
  EXPECT_NEAR(held.factors[1], 1.5, 1e-12);
  EXPECT_NEAR(held.factors[0], (11.5 - 2 * 3 * 1.5) / 2, 1e-10);
}

TEST(Calibrate, TotalsOutOfReachOfTheBoundsAreNotMet) {
  const Eigen::MatrixXd x{{1}, {2}};
  for (const Distance distance : {Distance::raking, Distance::linear, Distance::logit})
    EXPECT_FALSE(calibrate(x, Eigen::VectorXd{{2, 3}}, Eigen::VectorXd{{13}}, distance, {0.2, 1.5}).met());
}

TEST(Calibrate, AUnitWithoutWeightChangesNothing) {
  const Eigen::MatrixXd x{{1}, {2}, {7}};
  const Calibration linear =
      calibrate(x, Eigen::VectorXd{{2, 3, 0}}, Eigen::VectorXd{{12}}, Distance::linear, {0, infinity});
  EXPECT_NEAR(linear.factors[0], 1 + 4.0 / 14, 1e-12);
}

RC_GTEST_PROP(Calibrate, MeetsTotalsWithPositiveFactorsWithinItsBounds, ()) {
  const auto distance = *rc::gen::element(Distance::raking, Distance::linear, Distance::logit);
  const int n = *rc::gen::inRange(8, 60);
  const Bounds bounds{.lower = 0.1, .upper = 10};
  Eigen::MatrixXd x = Eigen::MatrixXd::Zero(n, 5);
  Eigen::VectorXd design(n);
  Eigen::VectorXd wanted(n);
  for (int i = 0; i < n; ++i) {
    // Each of the five codes at least once, so that what is wanted is always within reach.
    x(i, i < 6 ? i % 3 : *rc::gen::inRange(0, 3)) = 1;
    x(i, 3 + (i < 6 ? i % 2 : *rc::gen::inRange(0, 2))) = 1;
    design[i] = *rc::gen::inRange(1, 100) / 10.0;
    wanted[i] = design[i] * *rc::gen::inRange(60, 160) / 100.0;
  }
  const Eigen::VectorXd totals = x.transpose() * wanted;
  const Calibration found = calibrate(x, design, totals, distance, bounds);
  RC_ASSERT(found.met());
  const Eigen::VectorXd sums = x.transpose() * design.cwiseProduct(found.factors);
  for (int k = 0; k < 5; ++k) RC_ASSERT(std::abs(sums[k] - totals[k]) <= 1e-9 * totals[k]);
  RC_ASSERT(found.factors.minCoeff() >= bounds.lower);
  RC_ASSERT(found.factors.maxCoeff() <= bounds.upper);
}

}  // namespace
}  // namespace tremplin::survey
