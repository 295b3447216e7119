#include "calibration/inference/design.hpp"

#include <gtest/gtest.h>

#include <set>

namespace tremplin::inference {
namespace {

TEST(Design, EachOfTheFirstPowersOfTwoFillsEveryCellOfEveryAxis) {
  // Scrambling keeps the net: 64 consecutive points of the sequence, aligned, have one in each 64th of an
  // axis. Boost leaves out the first point, 0; with it the first 64 would be points 0 to 63.
  const Matrix points = sobol_points(127, 6, 5);
  for (Index j = 0; j < 6; ++j) {
    std::set<int> cells;
    for (Index i = 63; i < 127; ++i) cells.insert(static_cast<int>(points(i, j) * 64));
    EXPECT_EQ(cells.size(), 64u) << j;
  }
}

TEST(Design, DependsOnItsSeedAndALongerOneGoesOn) {
  const Matrix a = sobol_points(8, 3, 1);
  EXPECT_EQ(a, sobol_points(16, 3, 1).topRows(8));
  EXPECT_NE(a, sobol_points(8, 3, 2));
}

TEST(Design, ScoresAreNearlyStandardNormal) {
  const Matrix z = sobol_scores(1023, 4, 3);
  // Of independent draws the mean would scatter by 0.03; of a net by far less.
  EXPECT_LT(z.colwise().mean().cwiseAbs().maxCoeff(), 0.01);
  EXPECT_LT(((z.cwiseAbs2().colwise().mean().array() - 1).abs()).maxCoeff(), 0.03);
}

}  // namespace
}  // namespace tremplin::inference
