#include "scenarios/landscape/rake.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <numeric>

#include "engine/base/errors.hpp"

namespace tremplin {
namespace {

// Two rows, three columns.
Margin rows(double first, double second) { return {{0, 0, 0, 1, 1, 1}, {first, second}}; }
Margin columns(double a, double b, double c) { return {{0, 1, 2, 0, 1, 2}, {a, b, c}}; }

TEST(Raking, MeetsTheMarginsAndKeepsTheOddsRatios) {
  std::vector<double> cells = {4, 3, 2, 1, 5, 6};
  const double odds = cells[0] * cells[4] / (cells[1] * cells[3]);
  rake(cells, std::array{rows(30, 70), columns(20, 30, 50)});
  // Converged to 1e-12 of the grand total of 100.
  EXPECT_NEAR(cells[0] + cells[1] + cells[2], 30, 1e-10);
  EXPECT_NEAR(cells[0] + cells[3], 20, 1e-10);
  EXPECT_NEAR(cells[2] + cells[5], 50, 1e-10);
  // Scaling rows and columns leaves cross-product ratios alone, up to rounding of some 50 products.
  EXPECT_NEAR(cells[0] * cells[4] / (cells[1] * cells[3]), odds, 1e-12 * odds);
}

TEST(Raking, OfOneMarginIsPlainScaling) {
  std::vector<double> weights = {1, 3};
  rake(weights, std::array{Margin{{0, 0}, {8}}});
  EXPECT_DOUBLE_EQ(weights[0], 2);
  EXPECT_DOUBLE_EQ(weights[1], 6);
}

TEST(Raking, RefusesMarginsWithDifferentSums) {
  std::vector<double> cells(6, 1);
  EXPECT_THROW(rake(cells, std::array{rows(30, 70), columns(20, 30, 60)}), InputError);
}

TEST(Raking, RefusesATotalWithoutWeight) {
  std::vector<double> cells = {1, 1, 0, 1, 1, 0};
  EXPECT_THROW(rake(cells, std::array{rows(30, 70), columns(20, 30, 50)}), InputError);
}

TEST(RoundTable, KeepsRowAndColumnSumsAndStaysNextToEachCell) {
  const std::vector<std::vector<double>> table = {{1.25, 2.5, 3.25}, {0.5, 0.75, 1.75}, {2.25, 1.75, 2.0}};
  const auto whole = round_table(table);
  for (std::size_t r = 0; r < 3; ++r) {
    double row = 0;
    int whole_row = 0;
    double column = 0;
    int whole_column = 0;
    for (std::size_t c = 0; c < 3; ++c) {
      EXPECT_LT(std::abs(whole[r][c] - table[r][c]), 1) << r << ", " << c;
      row += table[r][c];
      whole_row += whole[r][c];
      column += table[c][r];
      whole_column += whole[c][r];
    }
    EXPECT_EQ(whole_row, row);
    EXPECT_EQ(whole_column, column);
  }
}

TEST(RoundTable, RefusesSumsThatAreNotWhole) {
  EXPECT_THROW(round_table({{0.5, 0.25}, {0.5, 0.75}}), InputError);
}

TEST(Apportion, GivesTheLargestRemaindersTheSeatsLeft) {
  // 10 x (0.26, 0.33, 0.41) = 2.6, 3.3, 4.1: floors 2, 3, 4 and the seat left to the first.
  EXPECT_EQ(apportion(10, std::array{0.26, 0.33, 0.41}), (std::vector{3, 3, 4}));
  EXPECT_EQ(apportion(3, std::array{1.0, 0.0, 1.0}), (std::vector{2, 0, 1}));
}

TEST(AssignByRank, GivesTheLowestLatentsTheFirstClass) {
  const std::array latents = {0.3, -1.0, 2.0, 0.1};
  EXPECT_EQ(assign_by_rank(latents, std::array{0.5, 0.25, 0.25}), (std::vector{1, 0, 2, 0}));
}

TEST(Cholesky, MultipliesBackToTheMatrix) {
  const std::vector<std::vector<double>> matrix = {{1, 0.5, 0.2}, {0.5, 1, -0.3}, {0.2, -0.3, 1}};
  const auto factor = cholesky(matrix);
  ASSERT_EQ(factor.size(), 3U);
  for (std::size_t i = 0; i < 3; ++i) {
    for (std::size_t j = 0; j < 3; ++j) {
      const double product = std::inner_product(factor[i].begin(), factor[i].end(), factor[j].begin(), 0.0);
      EXPECT_NEAR(product, matrix[i][j], 1e-15);
    }
  }
}

TEST(Cholesky, IsEmptyForWhatIsNoCorrelationMatrix) {
  EXPECT_TRUE(cholesky({{1, 0.9, -0.9}, {0.9, 1, 0.9}, {-0.9, 0.9, 1}}).empty());
}

}  // namespace
}  // namespace tremplin
