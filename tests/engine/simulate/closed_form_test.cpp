// Degenerate parameters against exact results.
#include <gtest/gtest.h>

#include <cmath>
#include <numeric>

#include "tests/engine/small_world.hpp"

namespace tremplin {
namespace {

// Everyone who becomes eligible asks, is granted, and can only leave by a change of household, at a rate
// that nothing else moves.
Parameters one_way_out(double hazard) {
  Parameters p = test::small_parameters();
  p.take_up = 1;
  p.later_claim = 0;
  p.grant_share = 1;
  p.means_share = 0;
  p.frailty_sd = 0;
  p.exit_job = p.exit_insurance = p.exit_other_benefit = p.exit_unknown = p.exit_studies = 0;
  p.exit_transfer = p.exit_pension = p.death_at_50 = 0;
  p.exit_household = hazard;
  p.exit_month_of_grant = 0;
  p.return_hazard = p.return_floor = 0;
  p.partial_month = 0;
  p.health_change = p.no_disposition = p.non_declaration = 0;
  p.breach = 0;
  p.start_orientation = p.start_social_activation = p.start_part_time = 0;
  return p;
}

World ample_world(int n_offices, double caseload) {
  World world = test::small_world(n_offices, caseload);
  for (Office& office : world.offices) {
    office.first_line_fte *= 100;
    office.equivalent_2013 = 0;
    office.practice.students_summer = 1;
  }
  return world;
}

double expected_requests_a_month(const World& world, const Parameters& p) {
  double sum = 0;
  for (const Office& office : world.offices) sum += office.caseload_2013 * p.entry_rate;
  return sum;
}

std::int64_t on_benefit_in(const RunResult& r, int month) {
  std::int64_t sum = 0;
  for (int stratum = 0; stratum < n_strata; ++stratum) {
    for (const Tally t : {Tally::required, Tally::exempted_health, Tally::exempted_equity})
      sum += r.tally(month, stratum, t);
  }
  return sum;
}

TEST(ClosedForm, TheStockOfAQueueWithoutWaitingIsPoisson) {
  // M/G/infinity in months: arrivals Poisson(lambda), each month after the first left with probability p; the
  // stock at a month's end is Poisson with mean lambda / p.
  const Parameters parameters = one_way_out(0.2);
  const World world = ample_world(30, 100);
  const RulesTable table = test::table_of(test::rules_of_2002());
  const auto result = test::run(world, parameters, {&table}, test::small_plan());
  const double p = 1 - std::exp(-0.2);
  const double mean = expected_requests_a_month(world, parameters) / p;
  for (const int month : {0, 12, 24, 36, 47}) {
    // Burn-in of 36 months: (1 - p)^36 = 7e-4 of the mean is missing at most.
    EXPECT_NEAR(static_cast<double>(on_benefit_in(result[0], month)), mean,
                4.5 * std::sqrt(mean) + 7e-4 * mean);
  }
}

TEST(ClosedForm, CompetingExitsShareInProportionToTheirHazards) {
  Parameters parameters = one_way_out(0.05);
  parameters.exit_job = 0.1;
  parameters.exit_unknown = 0.02;
  parameters.duration_dependence = 1;
  parameters.limited_job_ratio = 1;
  const World world = ample_world(30, 100);
  const RulesTable table = test::table_of(test::rules_of_2002());
  const auto result = test::run(world, parameters, {&table}, test::small_plan());
  const auto count = [&](Tally t) { return static_cast<double>(test::total(result[0], t)); };
  const double n = count(Tally::exits_job) + count(Tally::exits_household) + count(Tally::exits_unknown);
  ASSERT_GT(n, 5000);
  const auto expect_share = [&](Tally t, double share) {
    EXPECT_NEAR(count(t) / n, share, 4.5 * std::sqrt(share * (1 - share) / n));
  };
  expect_share(Tally::exits_job, 0.10 / 0.17);
  expect_share(Tally::exits_household, 0.05 / 0.17);
  expect_share(Tally::exits_unknown, 0.02 / 0.17);
}

TEST(ClosedForm, ReturnsMakeATwoStateChain) {
  // After inflow stops, people alternate: leave with probability p a month, return with q a month. The
  // chain's stationary share on benefit is q / (p + q).
  Parameters parameters = one_way_out(0.10);
  parameters.return_floor = 0.05;  // with neither fading nor frailty, the hazard of returning is constant
  parameters.return_frailty = 0;
  World world = ample_world(30, 100);
  for (std::size_t m = world.environment.index(Month(2001, 1)); m < world.environment.inflow.size(); ++m) {
    world.environment.inflow[m] = 0;
  }
  const RulesTable table = test::table_of(test::rules_of_2002());
  const auto result = test::run(world, parameters, {&table}, test::small_plan());
  Plan first_year = test::small_plan();
  first_year.report_from = Month(2000, 1);
  first_year.report_until = Month(2001, 1);
  const auto entries = test::run(world, parameters, {&table}, first_year);
  const auto people = static_cast<double>(test::total(entries[0], Tally::first_entries));
  ASSERT_GT(people, 1000);
  const double p = 1 - std::exp(-0.10);
  const double q = 1 - std::exp(-0.05);
  const double share = q / (p + q);
  for (const int month :
       {24, 36, 47}) {  // (1 - p - q)^24 < 3e-2 of the first difference is left at month 24 + 24
    EXPECT_NEAR(static_cast<double>(on_benefit_in(result[0], month)) / people, share,
                4.5 * std::sqrt(share * (1 - share) / people) + 0.002);
  }
}

TEST(ClosedForm, WhoNeverLeavesIsPaidEveryDayOfTheWindow) {
  const Parameters parameters = one_way_out(0);
  const World world = ample_world(6, 100);
  const RulesTable table = test::table_of(test::rules_of_2002());
  const auto result = test::run(world, parameters, {&table}, test::small_plan());
  std::int64_t people = 0;
  for (int stratum = 0; stratum < n_strata; ++stratum) {
    for (int days = 0; days < cohort_window_days; ++days) {
      EXPECT_EQ(result[0].people_by_paid_days(stratum, days), 0) << days;
    }
    people += result[0].people_by_paid_days(stratum, cohort_window_days);
  }
  EXPECT_GT(people, 0);
}

TEST(ClosedForm, MeanPaidDaysInTheWindowFollowTheMonthlyHazard) {
  constexpr double hazard = 0.12;
  const Parameters parameters = one_way_out(hazard);
  const World world = ample_world(30, 1500);
  const RulesTable table = test::table_of(test::rules_of_2002());
  const Plan plan = test::small_plan();
  const auto result = test::run(world, parameters, {&table}, plan);
  double n = 0;
  double sum = 0;
  double squares = 0;
  for (int stratum = 0; stratum < n_strata; ++stratum) {
    for (int days = 0; days <= cohort_window_days; ++days) {
      const auto people = static_cast<double>(result[0].people_by_paid_days(stratum, days));
      n += people;
      sum += people * days;
      squares += people * days * days;
    }
  }
  // The expectation by hand: the first month is paid from the request on; in each later month a person who is
  // still there stays with probability 1 - p, or leaves on a day uniform in the month, paid until the day
  // before.
  const double p = 1 - std::exp(-hazard);
  double expected = 0;
  int n_starts = 0;
  for (Month start = plan.cohort_from; start < plan.cohort_until; ++start) {
    double month_mean = 0;
    for (int day = 1; day <= days_in(start); ++day) {
      double mean = days_in(start) - day + 1;
      int left = cohort_window_days - static_cast<int>(mean);
      double there = 1;
      for (Month m = start + 1; left > 0; ++m) {
        const int days = days_in(m);
        double leaving = 0;
        for (int d = 1; d <= days; ++d) leaving += std::min(d - 1, left);
        mean += there * ((1 - p) * std::min(days, left) + p * leaving / days);
        there *= 1 - p;
        left -= days;
      }
      month_mean += mean / days_in(start);
    }
    expected += month_mean;
    ++n_starts;
  }
  expected /= n_starts;
  const double standard_deviation = std::sqrt(squares / n - sum / n * (sum / n));
  ASSERT_GT(n, 5000);
  EXPECT_NEAR(sum / n, expected, 4.5 * standard_deviation / std::sqrt(n));
}

}  // namespace
}  // namespace tremplin
