#include "outputs/indicators.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "tests/outputs/synthetic_run.hpp"

namespace tremplin {
namespace {

using test::empty_run;
using test::set;
using test::set_work;

double value_of(Indicator indicator, const RunResult& result, Period period, const Group& group = {}) {
  const std::vector<double> weights(n_strata, 1.0);
  const auto totals = totals_by_stratum(result, period);
  return entry_of(indicator).value(totals_of(totals, weights, group, period.n_months()));
}

class IndicatorTest : public testing::Test {
 protected:
  tremplin::Run run = empty_run(1, 1, Month(2014, 1), 4, Month(2014, 1));
  RunResult& result = run.results[0][0];
  Period all{Month(2014, 1), Month(2014, 5)};
};

TEST_F(IndicatorTest, StockIsAveragedOverTheMonths) {
  for (int month = 0; month < 4; ++month) {
    set(result, month, 0, Tally::paid, 100 + 10 * month);
    set(result, month, 59, Tally::paid, 5);
  }
  EXPECT_DOUBLE_EQ(value_of(Indicator::people_paid, result, all), (100 + 110 + 120 + 130) / 4.0 + 5);
}

TEST_F(IndicatorTest, FlowIsBroughtToTwelveMonths) {
  for (int month = 0; month < 4; ++month) set(result, month, 7, Tally::exits_job, 10);
  EXPECT_DOUBLE_EQ(value_of(Indicator::to_job, result, all), 40 * 12 / 4.0);
}

TEST_F(IndicatorTest, RatioIsOfSumsAndNotAMeanOfRatios) {
  set(result, 0, 0, Tally::on_integration_income, 60);
  set(result, 0, 0, Tally::on_equivalent_income, 40);
  set(result, 1, 0, Tally::on_integration_income, 300);
  set(result, 0, 0, Tally::contract_covered, 100);
  set(result, 1, 0, Tally::contract_covered, 0);
  EXPECT_DOUBLE_EQ(value_of(Indicator::coverage, result, all), 100 / 400.0);  // not (1 + 0) / 2
}

TEST_F(IndicatorTest, MonthsOutsideThePeriodDoNotCount) {
  set(result, 0, 0, Tally::paid, 1000);
  set(result, 2, 0, Tally::paid, 10);
  EXPECT_DOUBLE_EQ(value_of(Indicator::people_paid, result, {Month(2014, 3), Month(2014, 5)}), 5);
}

TEST_F(IndicatorTest, ActivationRatioFollowsTheMinistrysDefinition) {
  // 004:3992: people in a measure over people on integration income, financial aid or in a measure.
  set(result, 0, 0, Tally::in_article_60, 90);
  set(result, 0, 0, Tally::in_article_61, 10);
  set(result, 0, 0, Tally::paid, 700);
  set(result, 0, 0, Tally::paid_equivalent, 200);
  EXPECT_DOUBLE_EQ(value_of(Indicator::activation_ratio, result, all), 100 / 1000.0);
}

TEST_F(IndicatorTest, FilesPerWorkerUseBothDenominators) {
  set(result, 0, 0, Tally::files, 900);
  set(result, 0, 0, Tally::staff_first_line, 750);   // hundredths: 7.5 FTE
  set(result, 0, 0, Tally::staff_second_line, 250);  // 2.5 FTE
  EXPECT_DOUBLE_EQ(value_of(Indicator::files_per_worker, result, all), 90);
  EXPECT_DOUBLE_EQ(value_of(Indicator::files_per_first_line_worker, result, all), 120);
}

TEST_F(IndicatorTest, WorkersNeededAreThoseInPostTimesAskedOverAvailable) {
  for (int month = 0; month < 4; ++month) {
    set(result, month, 0, Tally::staff_first_line, 1000);
    set(result, month, 0, Tally::minutes_available, 5000);
    set(result, month, 0, Tally::minutes_asked, 7500);
  }
  EXPECT_DOUBLE_EQ(value_of(Indicator::workers_needed, result, all), 10 * 1.5);
}

TEST_F(IndicatorTest, ContractBalanceTakesTimeAtTheCostOfAnAvailableMinute) {
  // Four months: subsidy 100 euros, staff 600 euros for 1,000 available minutes, 50 of them on contracts.
  set(result, 0, 0, Tally::euro_state_contracts, 10'000);
  set(result, 0, 0, Tally::euro_cpas_staff, 60'000);
  set(result, 0, 0, Tally::minutes_available, 1000);
  set_work(result, 0, 0, Task::contract_general, Workload::worked_minutes, 20);
  set_work(result, 0, 0, Task::evaluation, Workload::worked_minutes, 20);
  set_work(result, 0, 0, Task::contract_second_line, Workload::worked_minutes, 10);
  set_work(result, 0, 0, Task::contract_general, Workload::asked_minutes, 400);  // asked is not spent
  EXPECT_DOUBLE_EQ(value_of(Indicator::contract_balance, result, all), (100 - 600 * 50 / 1000.0) * 3);
}

TEST_F(IndicatorTest, StateAndCpasTogetherPayWhatIsSpentOnce) {
  // Income 1,000 (State 650, contract subsidy 50, CPAS 300); workers 400, of which the State pays 60.
  set(result, 0, 0, Tally::euro_integration_income, 100'000);
  set(result, 0, 0, Tally::euro_state_income, 65'000);
  set(result, 0, 0, Tally::euro_state_contracts, 5'000);
  set(result, 0, 0, Tally::euro_cpas_income, 30'000);
  set(result, 0, 0, Tally::euro_cpas_staff, 40'000);
  set(result, 0, 0, Tally::euro_state_staff, 6'000);
  EXPECT_DOUBLE_EQ(value_of(Indicator::cost_state, result, all), (650 + 50 + 60) * 3);
  EXPECT_DOUBLE_EQ(value_of(Indicator::cost_cpas, result, all), (300 + 400 - 60) * 3);
}

TEST_F(IndicatorTest, HoursAreSplitByTheLineOfTheTask) {
  set_work(result, 0, 0, Task::inquiry, Workload::worked_minutes, 120);
  set_work(result, 0, 0, Task::activity, Workload::worked_minutes, 60);
  EXPECT_DOUBLE_EQ(value_of(Indicator::hours_worked_first_line, result, all), 2 * 3);
  EXPECT_DOUBLE_EQ(value_of(Indicator::hours_worked_second_line, result, all), 1 * 3);
}

TEST_F(IndicatorTest, RatioWithNothingToDivideByIsNotANumber) {
  EXPECT_TRUE(std::isnan(value_of(Indicator::coverage, result, all)));
}

TEST_F(IndicatorTest, GroupTakesItsStrataOnly) {
  Office office;
  office.region = Region::wallonia;
  office.population = 25'000;
  office.income_group = 2;
  set(result, 0, stratum_of(office), Tally::paid, 40);
  set(result, 0, 0, Tally::paid, 4);  // Flanders, under 10,000
  EXPECT_DOUBLE_EQ(value_of(Indicator::people_paid, result, all, {Region::wallonia, {}}), 10);
  EXPECT_DOUBLE_EQ(value_of(Indicator::people_paid, result, all, {{}, SizeClass::from_20k}), 10);
  EXPECT_DOUBLE_EQ(value_of(Indicator::people_paid, result, all, {Region::flanders, SizeClass::from_20k}), 0);
  EXPECT_DOUBLE_EQ(value_of(Indicator::people_paid, result, all, {Region::brussels, {}}), 0);
}

TEST(Indicators, NamesAreDistinctAndCanBeFound) {
  std::set<std::string_view> names;
  for (const IndicatorEntry& entry : all_indicators()) {
    EXPECT_TRUE(names.insert(entry.name).second) << entry.name;
    EXPECT_EQ(find_indicator(entry.name), &entry);
  }
  EXPECT_EQ(names.size(), n_indicators);
  EXPECT_EQ(find_indicator("paid_twice"), nullptr);
}

TEST(Indicators, EveryTallyOfAFormulaFitsItsUnit) {
  // A tally in cents appears in amounts of money alone, and the other way round.
  for (const IndicatorEntry& entry : all_indicators()) {
    const bool money = entry.formula.find("euro") != std::string_view::npos;
    EXPECT_EQ(money, entry.unit == IndicatorUnit::euro) << entry.name;
    const bool ratio = entry.formula.starts_with("of.ratio");
    EXPECT_EQ(ratio, entry.basis == Basis::ratio) << entry.name;
  }
}

}  // namespace
}  // namespace tremplin
