#include "calibration/inference/link_data.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace tremplin::inference {
namespace {

// Every likelihood with a known error, at summaries that agree with its data.
Observation every_kind() {
  Vector counts(3);
  counts << 200, 500, 300;
  return {{{"normal", NormalData{0, 2, 0.5}},
           {"binomial", BinomialData{1, 40, 200}},
           {"beta_binomial", BinomialData{1, 40, 200, 0.05}},
           {"multinomial", MultinomialData{{2, 3, 4}, counts}},
           {"poisson", CountData{5, 60, 20}},
           {"negative_binomial", CountData{5, 60, 20, 8}},
           {"interval", IntervalData{0, 1, 3, 0.1}}}};
}
Row agreeing() {
  Row summaries(6);
  summaries << 2, 0.2, 0.2, 0.5, 0.3, 3;
  return summaries;
}

TEST(LinkData, DrawsScatterAsTheDataAreSaidTo) {
  constexpr Index n = 4000;
  const auto observation = every_kind();
  const LinkData data = link_data(observation);
  const Matrix draws = drawn_data(observation, agreeing().replicate(n, 1), 1);
  ASSERT_EQ(draws.cols(), data.size());
  EXPECT_EQ(data.names[3], "multinomial[1]");
  for (Index c = 0; c < data.size(); ++c) {
    const double mean = draws.col(c).mean();
    const double variance = (draws.col(c).array() - mean).square().mean();
    const double sd = std::sqrt(data.variance[c]);
    // A logit or log of a skewed count is curved: its mean is off by up to its variance / 2 (0.15 for the
    // negative binomial), its variance by a third of itself. The rest is chance.
    EXPECT_NEAR(mean, data.value[c], 0.6 * data.variance[c] + 4 * sd / std::sqrt(n))
        << data.names[static_cast<std::size_t>(c)];
    EXPECT_NEAR(variance / data.variance[c], 1, 0.35) << data.names[static_cast<std::size_t>(c)];
  }
}

TEST(LinkData, DrawsDependOnTheirRowAlone) {
  const auto observation = every_kind();
  const Matrix all = drawn_data(observation, agreeing().replicate(5, 1), 7);
  const Matrix later = drawn_data(observation, agreeing().replicate(2, 1), 7, 3);
  EXPECT_EQ(all.bottomRows(2), later);
}

TEST(LinkData, LeavesFailedRunsAsTheyAre) {
  Matrix summaries = agreeing().replicate(2, 1);
  summaries(1, 3) = std::numeric_limits<double>::quiet_NaN();
  const Matrix draws = drawn_data(every_kind(), summaries, 1);
  EXPECT_TRUE(draws.row(0).allFinite());
  EXPECT_TRUE(draws.row(1).array().isNaN().all());
}

TEST(DataFit, IsPearsonsResidualAndFishersInformation) {
  Vector link(1);
  link << std::log(0.25 / 0.75);
  const auto binomial = data_fit({"k", BinomialData{0, 40, 200}}, link);
  // 200 * 0.25 * 0.75 = 37.5.
  EXPECT_NEAR(binomial.error[0], (40 - 50) / std::sqrt(37.5), 1e-9);
  EXPECT_NEAR(binomial.information[0], 37.5, 1e-9);
  link << std::log(3.0);
  const auto count = data_fit({"n", CountData{0, 70, 20, 30}}, link);
  // Mean 60, variance 60 + 60^2 / 30 = 180.
  EXPECT_NEAR(count.error[0], 10 / std::sqrt(180.0), 1e-9);
  EXPECT_NEAR(count.information[0], 60 / 3.0, 1e-9);
}

}  // namespace
}  // namespace tremplin::inference
