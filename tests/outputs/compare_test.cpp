#include "outputs/compare.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/base/errors.hpp"
#include "tests/outputs/synthetic_run.hpp"

namespace tremplin {
namespace {

using test::empty_run;
using test::plausible_run;
using test::set;

// Two months of one stratum, three replicates: base 100, 200, 300; reform 103, 204, 305 in both.
Run three_replicates() {
  tremplin::Run run = empty_run(2, 3, Month(2014, 1), 2, Month(2014, 1));
  for (std::size_t r = 0; r < 3; ++r)
    for (int month = 0; month < 2; ++month) {
      const auto luck = static_cast<std::int64_t>(100 * (r + 1));
      set(run.results[0][r], month, 0, Tally::paid, luck);
      set(run.results[1][r], month, 0, Tally::paid, luck + 3 + static_cast<std::int64_t>(r));
    }
  return run;
}

TEST(Compare, WhereParametersAreDrawnTheIntervalIsThatOfOneFurtherDraw) {
  tremplin::Run run = three_replicates();
  run.fixed_parameters = false;
  const Contrast paid = compare(run, 0, 1).of(Indicator::people_paid);
  // Differences 3, 4, 5: deviation 1; the half-width is t sqrt(1 + 1/3).
  EXPECT_NEAR(paid.difference.interval->low, 4 - 4.302653 * std::sqrt(4.0 / 3), 1e-6);
  EXPECT_NEAR(paid.difference.interval->high, 4 + 4.302653 * std::sqrt(4.0 / 3), 1e-6);
  EXPECT_FALSE(paid.ranked);
}

TEST(Compare, DifferencesArePairedReplicateByReplicate) {
  tremplin::Run run = three_replicates();
  run.fixed_parameters = true;
  const Comparison comparison = compare(run, 0, 1);
  const Contrast& paid = comparison.of(Indicator::people_paid);
  ASSERT_TRUE(paid.defined);
  EXPECT_DOUBLE_EQ(paid.base.mean, 200);
  EXPECT_DOUBLE_EQ(paid.reform.mean, 204);
  EXPECT_DOUBLE_EQ(paid.difference.mean, 4);
  // Differences 3, 4, 5: deviation 1; t with 2 degrees of freedom at 97.5 % is 4.302653 (tables).
  EXPECT_NEAR(paid.difference.interval->low, 4 - 4.302653 / std::sqrt(3.0), 1e-6);
  EXPECT_NEAR(paid.difference.interval->high, 4 + 4.302653 / std::sqrt(3.0), 1e-6);
  EXPECT_DOUBLE_EQ(*paid.relative, 0.02);
  EXPECT_TRUE(paid.ranked);
  EXPECT_EQ(paid.n_same_sign, 3);
}

TEST(Compare, PairingIsWorthTheVarianceThatScenariosShare) {
  const Comparison comparison = compare(three_replicates(), 0, 1);
  // Variances: base 100^2, reform 101^2 (103, 204, 305), difference 1.
  EXPECT_NEAR(*comparison.of(Indicator::people_paid).variance_reduction, 1 - 1.0 / (10'000 + 10'201), 1e-12);
}

TEST(Compare, IntervalThatHoldsZeroDoesNotRank) {
  tremplin::Run run = three_replicates();
  for (int month = 0; month < 2; ++month) set(run.results[1][2], month, 0, Tally::paid, 299);
  const Comparison comparison = compare(run, 0, 1);  // differences 3, 4, -1: mean 2, interval about +-6.6
  const Contrast& paid = comparison.of(Indicator::people_paid);
  EXPECT_FALSE(paid.ranked);
  EXPECT_EQ(paid.n_same_sign, 2);
}

TEST(Compare, AgreementInSignIsToldWhereTheSizeIsUncertain) {
  tremplin::Run run = empty_run(2, 6, Month(2014, 1), 2, Month(2014, 1));
  run.fixed_parameters = false;
  // Base 100 each, the reform 101 but for one replicate with 150: all rise, the interval holds zero.
  for (std::size_t r = 0; r < 6; ++r)
    for (int month = 0; month < 2; ++month) {
      set(run.results[0][r], month, 0, Tally::paid, 100);
      set(run.results[1][r], month, 0, Tally::paid, r == 0 ? 150 : 101);
    }
  const Contrast paid = compare(run, 0, 1).of(Indicator::people_paid);
  EXPECT_FALSE(paid.ranked);
  EXPECT_EQ(paid.n_same_sign, 6);
  EXPECT_TRUE(paid.only_sign_known);
  EXPECT_FALSE(compare(three_replicates(), 0, 1).of(Indicator::people_paid).only_sign_known);
}

TEST(Compare, LevelsHaveNoIntervalBelowNobody) {
  tremplin::Run run = three_replicates();  // 100, 200, 300: deviation 100, half-width 497
  run.fixed_parameters = false;
  const Contrast paid = compare(run, 0, 1).of(Indicator::people_paid);
  EXPECT_EQ(paid.base.interval->low, 0);
  EXPECT_GT(paid.base.interval->high, 600);
}

TEST(Compare, OneReplicateIsNeverRanked) {
  tremplin::Run run = empty_run(2, 1, Month(2014, 1), 2, Month(2014, 1));
  set(run.results[1][0], 0, 0, Tally::paid, 1000);
  const Contrast paid = compare(run, 0, 1).of(Indicator::people_paid);
  EXPECT_FALSE(paid.difference.interval);
  EXPECT_FALSE(paid.ranked);
}

TEST(Compare, IdenticalScenariosDifferByExactlyNothing) {
  tremplin::Run run = plausible_run(3);
  run.results[1] = run.results[0];
  const Comparison comparison = compare(run, 0, 1);
  for (std::size_t i = 0; i < n_indicators; ++i) {
    EXPECT_EQ(comparison.indicators[i].difference.mean, 0) << all_indicators()[i].name;
    EXPECT_FALSE(comparison.indicators[i].ranked) << all_indicators()[i].name;
  }
}

TEST(Compare, AveragesBeginInTheReformsFirstMonth) {
  tremplin::Run run = empty_run(2, 2, Month(2014, 1), 12, Month(2014, 7));
  const Comparison comparison = compare(run, 0, 1);
  EXPECT_EQ(comparison.period.from, Month(2014, 7));
  EXPECT_EQ(comparison.period.until, Month(2015, 1));
}

TEST(Compare, BaseAloneIsAveragedOverTheWholePeriod) {
  tremplin::Run run = empty_run(1, 2, Month(2014, 1), 12, Month(2014, 7));
  const Comparison comparison = compare(run, 0, 0);
  EXPECT_TRUE(comparison.alone());
  EXPECT_EQ(comparison.period.n_months(), 12);
}

TEST(Compare, StratumWeightsSayWhatACountStandsFor) {
  tremplin::Run run = empty_run(1, 1, Month(2014, 1), 1, Month(2014, 1));
  set(run.results[0][0], 0, 0, Tally::paid, 10);
  set(run.results[0][0], 0, 1, Tally::paid, 10);
  run.stratum_weights[1] = 2.5;
  EXPECT_DOUBLE_EQ(compare(run, 0, 0).of(Indicator::people_paid).base.mean, 35);
}

TEST(Compare, GroupsAddUpToTheCountry) {
  const Comparison comparison = compare(plausible_run(2), 0, 1);
  const auto sum_over = [](const std::vector<GroupContrasts>& groups) {
    double sum = 0;
    for (const GroupContrasts& group : groups) sum += group.contrasts.front().difference.mean;
    return sum;
  };
  const double country = comparison.of(key_indicators().front()).difference.mean;
  // Rounding alone: sums of exact integers, divided and averaged in double precision.
  EXPECT_NEAR(sum_over(comparison.regions), country, 1e-6);
  EXPECT_NEAR(sum_over(comparison.sizes), country, 1e-6);
  EXPECT_NEAR(sum_over(comparison.cells), country, 1e-6);
}

TEST(Compare, TasksAddUpToTheHoursOfTheirLines) {
  const Comparison comparison = compare(plausible_run(2), 0, 1);
  double hours = 0;
  for (std::size_t task = 0; task < n_tasks; ++task) {
    if (all_tasks()[task].line != 0) hours += comparison.tasks[task].asked.reform.mean;
  }
  const double lines = comparison.of(Indicator::hours_asked_first_line).reform.mean +
                       comparison.of(Indicator::hours_asked_second_line).reform.mean;
  EXPECT_NEAR(hours, lines, 1e-6 * lines);  // rounding
}

TEST(Compare, YearlySeriesHoldWholeCalendarYearsOnly) {
  const tremplin::Run run = empty_run(2, 2, Month(2013, 7), 30, Month(2014, 7));  // to December 2015
  const Comparison comparison = compare(run, 0, 1);
  ASSERT_EQ(comparison.yearly.size(), key_series().size());
  const std::vector<Month> years = {Month(2014, 1), Month(2015, 1)};
  EXPECT_EQ(comparison.yearly.front().steps, years);
  EXPECT_EQ(comparison.monthly.front().steps.size(), 30U);
}

TEST(Compare, ParameterBehindADifferenceIsFound) {
  // The plausible run's caseload difference is driven by one drawn effect, on both sides of none.
  const Comparison comparison = compare(plausible_run(16), 0, 1);
  bool found = false;
  for (const Driver& driver : comparison.drivers)
    if (driver.indicator == Indicator::people_paid &&
        all_parameters()[driver.parameter].name == "effect_personalised_job") {
      found = true;
      EXPECT_LT(driver.correlation, -0.9);  // a stronger effect leaves fewer people paid
      EXPECT_TRUE(driver.reverses);         // drawn from 0.85 to 1.35, no effect at 1
    }
  EXPECT_TRUE(found);
}

TEST(Compare, FixedParametersHaveNoDrivers) {
  tremplin::Run run = plausible_run(16);
  run.fixed_parameters = true;
  EXPECT_TRUE(compare(run, 0, 1).drivers.empty());
}

TEST(Compare, MissingScenarioIsRefused) {
  const tremplin::Run run = empty_run(1, 2, Month(2014, 1), 1, Month(2014, 1));
  EXPECT_THROW(compare(run, 0, 1), InputError);
}

TEST(Compare, RunWithoutReplicatesIsRefused) {
  const tremplin::Run run = empty_run(2, 0, Month(2014, 1), 1, Month(2014, 1));
  EXPECT_THROW(compare(run, 0, 1), InputError);
}

}  // namespace
}  // namespace tremplin
