#include "calibration/model/target_observation.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "tests/calibration/files.hpp"

namespace tremplin {
namespace {

Target figure(const std::string& id, double value, double se, TargetLikelihood likelihood) {
  Target target;
  target.id = id;
  target.value = value;
  target.se = se;
  target.likelihood = std::move(likelihood);
  return target;
}

TEST(TargetObservation, AShareHasTheSampleThatItsErrorStandsFor) {
  const std::vector targets = {figure("young", 0.32, 0.01, BinomialFigure{})};
  const auto observation = observation_of(targets);
  ASSERT_EQ(observation.terms.size(), 1U);
  const auto& data = std::get<inference::BinomialData>(observation.terms[0].likelihood);
  EXPECT_NEAR(data.trials, 0.32 * 0.68 / 1e-4, 1e-9);  // 2,176
  EXPECT_NEAR(data.successes / data.trials, 0.32, 1e-12);
}

TEST(TargetObservation, ACountHasItsPoissonErrorAndWhatIsBeyond) {
  const std::vector targets = {figure("starts", 10'000, 500, CountFigure{}),
                               figure("few", 10'000, 10, CountFigure{})};
  const auto observation = observation_of(targets);
  const auto& wide = std::get<inference::CountData>(observation.terms[0].likelihood);
  EXPECT_NEAR(wide.count + wide.count * wide.count / wide.size, 500.0 * 500, 1e-6);
  EXPECT_TRUE(std::isinf(std::get<inference::CountData>(observation.terms[1].likelihood).size));
}

TEST(TargetObservation, SharesOfASetAreOneTermAndSumToItsSample) {
  const std::vector targets = {
      figure("a", 0.333, 0.01, MultinomialFigure{"set"}), figure("stock", 100, 1, NormalFigure{}),
      figure("b", 0.41, 0.01, MultinomialFigure{"set"}), figure("c", 0.28, 0.01, MultinomialFigure{"set"})};
  const auto observation = observation_of(targets);
  ASSERT_EQ(observation.terms.size(), 2U);
  const auto& data = std::get<inference::MultinomialData>(observation.terms[1].likelihood);
  EXPECT_EQ(data.columns, (std::vector<inference::Index>{0, 2, 3}));
  EXPECT_NEAR(data.counts[0] / data.counts[1], 0.333 / 0.41, 1e-12);
  // The geometric mean of p (1 - p) / se^2: 2,221, 2,419 and 2,016.
  EXPECT_NEAR(data.counts.sum(), std::cbrt(2221.11 * 2419.0 * 2016.0), 0.01);
}

TEST(TargetObservation, AnErrorThatTheYearsShareCountsOnce) {
  std::vector<Target> targets;
  for (const char* id : {"ratio/2003", "ratio/2004", "ratio/2005", "ratio/2006"}) {
    targets.push_back(figure(id, 10, 0.7, NormalFigure{}));
    targets.back().error_shared = true;
  }
  targets.back().role = TargetRole::validation;
  const auto observation = observation_of(targets);
  ASSERT_EQ(observation.terms.size(), 3U) << "what is kept for validation is never fitted";
  const auto& data = std::get<inference::NormalData>(observation.terms[0].likelihood);
  EXPECT_NEAR(data.standard_error, 0.7 * std::sqrt(3), 1e-12);
}

TEST(TargetObservation, TheModelsOwnErrorIsKeptApart) {
  std::vector targets = {figure("stock", 1000, 5, NormalFigure{}),
                         figure("share", 0.2, 0.01, BinomialFigure{}),
                         figure("ratio", 1.5, 0.1, IntervalFigure{1.4, 1.6, 0.01})};
  for (Target& target : targets) target.discrepancy = 0.02;
  const auto observation = observation_of(targets);
  EXPECT_NEAR(observation.terms[0].discrepancy, 20, 1e-12);
  // On the logit: 0.02 * 0.2 of the share over its slope 0.2 * 0.8.
  EXPECT_NEAR(observation.terms[1].discrepancy, 0.004 / 0.16, 1e-12);
  EXPECT_NEAR(observation.terms[2].discrepancy, 0.03, 1e-12);
  const auto& between = std::get<inference::IntervalData>(observation.terms[2].likelihood);
  EXPECT_EQ(between.low, 1.4);
  EXPECT_EQ(between.high, 1.6);
}

TEST(TargetObservation, EveryShippedFigureOfTheFitIsInOneTerm) {
  const std::vector<Target> targets = load_targets(test::shipped("calibration/targets.yaml"));
  const auto observation = observation_of(targets);
  check(observation, static_cast<inference::Index>(targets.size()));
  const inference::Vector observed =
      observed_summaries(observation, static_cast<inference::Index>(targets.size()));
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const double value = observed[static_cast<inference::Index>(i)];
    if (targets[i].role == TargetRole::validation) {
      EXPECT_TRUE(std::isnan(value)) << targets[i].id;
    } else {
      // Sets are scaled to sum to one (the categories sum to 1.02), an interval stands for its middle.
      EXPECT_NEAR(value, targets[i].value, 0.025 * targets[i].value) << targets[i].id;
    }
  }
}

}  // namespace
}  // namespace tremplin
