#include "calibration/targets.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "engine/base/errors.hpp"
#include "tests/calibration/files.hpp"

namespace tremplin {
namespace {

const std::vector<Target>& shipped_targets() {
  static const std::vector<Target> targets = load_targets(test::shipped("calibration/targets.yaml"));
  return targets;
}

// 2004 to 2012, empty.
RunResult empty_run() {
  RunResult run;
  run.from = Month{2004, 1};
  run.n_months = 9 * 12;
  run.tallies.assign(static_cast<std::size_t>(run.n_months) * n_strata * n_tallies, 0);
  run.paid_days.assign(static_cast<std::size_t>(n_strata) * (cohort_window_days + 1), 0);
  return run;
}

void set(RunResult& run, Month month, int stratum, Tally tally, std::int64_t count) {
  const auto at = static_cast<std::size_t>((month - run.from) * n_strata + stratum);
  run.tallies[at * n_tallies + static_cast<std::size_t>(tally)] = count;
}

const std::vector<double> no_weights(n_strata, 1.0);

Target target_of(TargetMeasure measure, Month from, Month until) {
  Target target;
  target.value = 100;
  target.se = 3;
  target.measure = std::move(measure);
  target.from = from;
  target.until = until;
  return target;
}

Target year_2010(TargetMeasure measure) {
  return target_of(std::move(measure), Month{2010, 1}, Month{2011, 1});
}

// Strata by hand: region x 20 + size x 4 + income group.
constexpr int flanders_small_rich = 3;
constexpr int brussels_big_poor = 2 * 20 + 4 * 4 + 0;

RunResult two_strata() {
  RunResult run = empty_run();
  for (int month = 1; month <= 12; ++month) {
    set(run, Month{2010, month}, flanders_small_rich, Tally::paid, 10);
    set(run, Month{2010, month}, brussels_big_poor, Tally::paid, 30);
    set(run, Month{2010, month}, brussels_big_poor, Tally::paid_women, 15);
  }
  set(run, Month{2009, 12}, brussels_big_poor, Tally::paid, 1'000);  // outside the year
  set(run, Month{2011, 1}, brussels_big_poor, Tally::paid, 1'000);
  return run;
}

TEST(Targets, MeanOverTheMonthsOfAYear) {
  EXPECT_EQ(evaluate(year_2010(MeanOverMonths{{{Tally::paid}, {}, {}}}), two_strata(), no_weights), 40);
}

TEST(Targets, SumOverAYearTimesTheScale) {
  Target target = year_2010(SumOverMonths{{{Tally::paid}, {}, {}}});
  target.scale = 0.5;
  EXPECT_EQ(evaluate(target, two_strata(), no_weights), 0.5 * 40 * 12);
}

TEST(Targets, RatioOfTalliesOfARegionAndOfAnIncomeGroup) {
  const RunResult run = two_strata();
  EXPECT_EQ(evaluate(year_2010(RatioOfSums{{{Tally::paid_women}, {}, {}}, {{Tally::paid}, {}, {}}}), run,
                     no_weights),
            15.0 / 40);
  EXPECT_EQ(evaluate(year_2010(RatioOfSums{{{Tally::paid}, Region::brussels, {}}, {{Tally::paid}, {}, {}}}),
                     run, no_weights),
            30.0 / 40);
  EXPECT_EQ(
      evaluate(year_2010(RatioOfSums{{{Tally::paid}, {}, 3}, {{Tally::paid}, {}, {}}}), run, no_weights),
      10.0 / 40);
}

TEST(Targets, CountASampledStratumByItsWeight) {
  std::vector<double> weights = no_weights;
  weights[flanders_small_rich] = 7;
  EXPECT_EQ(evaluate(year_2010(MeanOverMonths{{{Tally::paid}, {}, {}}}), two_strata(), weights), 7 * 10 + 30);
}

TEST(Targets, FiguresOfPaidDays) {
  RunResult run = empty_run();
  const auto people = [&](int days, std::int64_t count) {
    run.paid_days[static_cast<std::size_t>(days)] = count;  // stratum 0
  };
  people(100, 4);
  people(182, 1);
  people(183, 2);
  people(640, 2);
  people(730, 1);
  const auto figure = [&](PaidDays::Figure wanted, int days = 0) {
    return evaluate(target_of(PaidDays{wanted, days}, Month{2004, 1}, Month{2011, 1}), run, no_weights);
  };
  EXPECT_EQ(figure(PaidDays::Figure::people), 10);
  EXPECT_DOUBLE_EQ(figure(PaidDays::Figure::share_up_to, 182), 0.5);
  EXPECT_DOUBLE_EQ(figure(PaidDays::Figure::share_above, 639), 0.3);
  EXPECT_DOUBLE_EQ(figure(PaidDays::Figure::share_above, 729), 0.1);
  EXPECT_DOUBLE_EQ(figure(PaidDays::Figure::mean), (400 + 182 + 366 + 1280 + 730) / 10.0);
  EXPECT_EQ(figure(PaidDays::Figure::median), 182);  // five of ten at 182 or less
}

TEST(Targets, OutsideTheRunAreNotCovered) {
  const TargetMeasure paid = MeanOverMonths{{{Tally::paid}, {}, {}}};
  EXPECT_TRUE(
      std::isnan(evaluate(target_of(paid, Month{2003, 1}, Month{2004, 1}), two_strata(), no_weights)));
  EXPECT_TRUE(
      std::isnan(evaluate(target_of(paid, Month{2012, 12}, Month{2013, 2}), two_strata(), no_weights)));
  // The cohort of 2011 is followed until the end of 2013, after the run.
  const TargetMeasure days = PaidDays{PaidDays::Figure::people, 0};
  EXPECT_FALSE(covers(two_strata(), target_of(days, Month{2011, 1}, Month{2012, 1})));
  EXPECT_TRUE(covers(two_strata(), target_of(days, Month{2004, 1}, Month{2011, 1})));
}

TEST(Targets, WithoutADenominatorAreNotCovered) {
  const std::vector<Target> targets = {
      year_2010(RatioOfSums{{{Tally::paid}, {}, {}}, {{Tally::paid_students}, {}, {}}})};
  const std::vector<RunResult> runs = {two_strata()};
  EXPECT_FALSE(fit(targets, runs, no_weights)[0].covered);
  EXPECT_FALSE(fit(targets, {}, no_weights)[0].covered);
}

TEST(Fit, TellsMeanSpreadAndMisfitOverReplicates) {
  RunResult low = empty_run();
  RunResult high = empty_run();
  for (int month = 1; month <= 12; ++month) {
    set(low, Month{2010, month}, 0, Tally::paid, 102);
    set(high, Month{2010, month}, 0, Tally::paid, 110);
  }
  const std::vector<Target> targets = {year_2010(MeanOverMonths{{{Tally::paid}, {}, {}}})};
  const std::vector<RunResult> runs = {low, high};
  const TargetFit line = fit(targets, runs, no_weights)[0];
  EXPECT_TRUE(line.covered);
  EXPECT_EQ(line.target, &targets[0]);
  EXPECT_EQ(line.simulated, 106);
  EXPECT_DOUBLE_EQ(line.spread, std::sqrt(32.0));  // (16 + 16) / (2 - 1)
  EXPECT_DOUBLE_EQ(line.misfit_percent, 6);        // 106 against 100
  EXPECT_DOUBLE_EQ(line.misfit_errors, 2);         // against the published 100 with an error of 3: the spread
                                                   // of the replicates excuses nothing
}

TEST(ShippedTargets, HaveDistinctNamesErrorsAndSources) {
  std::set<std::string> names;
  for (const Target& target : shipped_targets()) {
    EXPECT_TRUE(names.insert(target.id).second) << target.id;
    EXPECT_GT(target.se, 0) << target.id;
    EXPECT_FALSE(target.source.empty()) << target.id;
    EXPECT_FALSE(target.label[Language::nl].empty()) << target.id;
    EXPECT_LT(target.from, target.until) << target.id;
    EXPECT_EQ(target.fitted, target.role == TargetRole::fit) << target.id << ": by the posterior that ships";
  }
  EXPECT_GT(names.size(), 90U);
}

TEST(ShippedTargets, ReadTheFiveFiguresOfPaidDays) {
  const auto find = [](std::string_view id) { return std::ranges::find(shipped_targets(), id, &Target::id); };
  ASSERT_NE(find("days_above_639"), shipped_targets().end());
  EXPECT_EQ(find("days_above_639")->value, 0.16);  // 004:3995
  EXPECT_EQ(std::get<PaidDays>(find("days_above_639")->measure).days, 639);
  EXPECT_EQ(find("days_median")->value, 201);
  EXPECT_EQ(find("stock/2010")->value, 95'600);
  EXPECT_EQ(find("stock/2010")->from, (Month{2010, 1}));
  EXPECT_EQ(std::get<RatioOfSums>(find("activation_gr1/2012")->measure).over.income_group, 0);
}

TEST(ShippedTargets, AllTakeTheSameTrivialRun) {
  // A run of one person of every kind in every stratum and month: every target within it has a value.
  RunResult run = empty_run();
  run.from = Month{2003, 1};
  run.n_months = 18 * 12;
  run.tallies.assign(static_cast<std::size_t>(run.n_months) * n_strata * n_tallies, 1);
  run.workload.assign(static_cast<std::size_t>(run.n_months) * n_strata * n_tasks * n_workload, 1);
  run.paid_days.assign(run.paid_days.size(), 1);
  for (const Target& target : shipped_targets()) {
    EXPECT_TRUE(std::isfinite(evaluate(target, run, no_weights))) << target.id;
  }
}

TEST(ShippedTargets, MisspeltTalliesAreToldWithTheNearestName) {
  SourceText file = test::shipped("calibration/targets.yaml");
  const std::string from = "{mean: [paid]}";
  file.text.replace(file.text.find(from), from.size(), "{mean: [payd]}");
  try {
    load_targets(file);
    FAIL() << "accepted";
  } catch (const InputError& error) {
    ASSERT_EQ(error.faults().size(), 1U);
    EXPECT_EQ(error.faults()[0].kind, FaultKind::unknown_name);
    EXPECT_EQ(error.faults()[0].nearest, "paid");
  }
}

}  // namespace
}  // namespace tremplin
