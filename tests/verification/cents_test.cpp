// Files computed by hand, to the cent, over a year. Oracle: the arithmetic in the comments, from the law of
// 26 May 2002 (art. 14 and 22 for amounts and means, art. 30 for the suspension, art. 32 for the State's
// share).
#include <gtest/gtest.h>

#include <algorithm>
#include <vector>

#include "tests/verification/worlds.hpp"

namespace tremplin {
namespace {

// An office with one file, opened in January 2001, month by month.
struct OneFile {
  World world = test::without_scarcity(test::small_world(1, 1));
  Parameters parameters = test::bare_parameters();
  Rules rules = test::rules_of_2002();
  static constexpr Month start{2001, 1};

  OneFile() {
    world.margins.age = {0, 1, 0, 0, 0};  // 25 to 39
    world.margins.homeless = 0;
    world.environment.student_share.assign(world.environment.student_share.size(), 0);
    world.offices[0].caseload_2013 = 1;
    world.offices[0].equivalent_2013 = 0;
    world.offices[0].practice.policy = ContractPolicy::law_only;
    test::only_inflow_in(world, start);
    parameters.entry_rate = 1;
    parameters.take_up = 1;
    parameters.health_limited = 0;
    rules.piis_under_age = 0;
  }

  struct Year {
    Person opened;  // as it stood at the end of January
    std::vector<Person> after;
    std::vector<OfficeMonth> months;
  };
  // The first seed for which exactly one person comes in January, of those that `fits` accepts.
  template <class Fits>
  [[nodiscard]] Year live(const Fits& fits) const {
    Plan plan = test::small_plan();
    plan.burn_in_from = plan.report_from = start;
    plan.report_until = start + 12;
    for (plan.luck.seed = 1; plan.luck.seed < 1000; ++plan.luck.seed) {
      Year year;
      bool alone = true;
      test::watch(world, parameters, test::table_of(rules), plan, [&](const test::Seen& seen) {
        alone = alone && seen.state.active.size() == 1;
        if (!alone) return;
        year.after.push_back(seen.state.people[seen.state.active[0]]);
        year.months.push_back(seen.tally);
      });
      if (!alone) continue;
      year.opened = year.after.front();
      if (fits(year.opened)) return year;
    }
    ADD_FAILURE() << "no seed gives the file";
    return Year{};
  }
};

bool anybody(const Person&) { return true; }

// What one month's tallies must be.
struct Expected {
  std::int64_t paid, state, subsidy, cpas, withheld;
};
void expect_month(const OfficeMonth& month, const Expected& e, int of_year) {
  EXPECT_EQ(month[Tally::euro_integration_income], e.paid) << "month " << of_year;
  EXPECT_EQ(month[Tally::euro_state_income], e.state) << "month " << of_year;
  EXPECT_EQ(month[Tally::euro_state_contracts], e.subsidy) << "month " << of_year;
  EXPECT_EQ(month[Tally::euro_cpas_income], e.cpas) << "month " << of_year;
  EXPECT_EQ(month[Tally::euro_withheld], e.withheld) << "month " << of_year;
}

TEST(AFile, OfASinglePersonWhoIsSuspendedTwice) {
  OneFile file;
  file.world.margins.category = {{{0, 1, 0}, {0, 1, 0}}};
  Rules& r = file.rules;
  r.ris_single = 817.36;  // 1 September 2013 (004:1558)
  r.reimbursement_small = 0.5;
  r.subsidy_general = 0.1;
  r.subsidy_months = 6;
  r.piis_under_age = 120;
  r.piis_delay_months = 1;
  r.sanction_sursis_allowed = 0;
  Parameters& p = file.parameters;
  p.contract_compliance = 1;
  p.quality_base = p.quality_hours = p.quality_training = p.quality_attitude = 0;  // a formal contract
  p.breach = 1;
  p.breach_excused = p.notice_suffices = 0;
  p.sanction_rate = 1;
  Practice& practice = file.world.offices[0].practice;
  practice.sanctions = SanctionHabit::often;
  practice.sanction_kinds = {0, 1, 0, 0};
  practice.evaluation_regularity = 1;
  practice.p_young_exempted = 0;

  const auto year = file.live([](const Person& person) { return person.request_day == 12; });
  ASSERT_EQ(year.months.size(), 12U);
  // January: from the 12th, 20 of 31 days: 81736 x 20 / 31 = 52732.90 -> 52733 cents; half is 26366.5, halves
  // away from zero: 26367, and 52733 - 26367 = 26366 remain.
  expect_month(year.months[0], {52733, 26367, 0, 26366, 0}, 1);
  // Signed in February; ten per cent for six months, February to July: 8173.6 -> 8174 cents. The CPAS keeps
  // 81736 - 40868 - 8174 = 32694. The contract is broken in February, noticed in March, heard in April, and
  // suspended on the first of the second month: June. Broken again in July, heard in September: November.
  EXPECT_EQ(year.after[1].contracts[0].signed_in, Month(2001, 2).index);
  for (const int of_year : {2, 3, 4, 5, 7}) {
    expect_month(year.months[static_cast<std::size_t>(of_year) - 1], {81736, 40868, 8174, 32694, 0}, of_year);
  }
  for (const int of_year : {6, 11}) {
    expect_month(year.months[static_cast<std::size_t>(of_year) - 1], {0, 0, 0, 0, 81736}, of_year);
  }
  for (const int of_year : {8, 9, 10, 12}) {
    expect_month(year.months[static_cast<std::size_t>(of_year) - 1], {81736, 40868, 0, 40868, 0}, of_year);
  }
  // The year: 52733 + 9 x 81736 = 788357 paid in 20 + (365 - 31 - 30 - 30) = 294 days, 60 suspended; all the
  // subsidy, 5 x 8174 = 40870, went to a formal contract; 320 euro a year for staff in ten months paid.
  std::int64_t paid = 0, days = 0, suspended = 0, windfall = 0;
  for (const OfficeMonth& month : year.months) {
    paid += month[Tally::euro_integration_income];
    days += month[Tally::paid_days];
    suspended += month[Tally::suspended_days];
    windfall += month[Tally::euro_windfall];
  }
  EXPECT_EQ(paid, 788357);
  EXPECT_EQ(days, 294);
  EXPECT_EQ(suspended, 60);
  EXPECT_EQ(windfall, 40870);
  EXPECT_EQ(year.after[11].days_in_window, 294);
}

TEST(AFile, OfAFamilyWithMeansThatIsPartlySuspended) {
  OneFile file;
  file.world.margins.category = {{{0, 0, 1}, {0, 0, 1}}};
  Rules& r = file.rules;
  r.ris_family = 1089.82;          // 1 September 2013 (004:1564)
  r.exempt_income_family = 310;    // 25.8333 a month -> 2583 cents
  r.sanction_partial_share = 0.5;  // half is withheld
  r.piis_under_age = 120;
  r.piis_delay_months = 1;
  r.sanction_sursis_allowed = 0;
  Parameters& p = file.parameters;
  p.contract_compliance = 1;
  p.means_share = 1;
  p.means_fraction = 1;  // capped at 95 % of 817.36: 776.40 when kept in tenths of a euro
  p.breach = 1;
  p.breach_excused = p.notice_suffices = 0;
  p.sanction_rate = 1;
  Practice& practice = file.world.offices[0].practice;
  practice.sanctions = SanctionHabit::often;
  practice.sanction_kinds = {1, 0, 0, 0};
  practice.evaluation_regularity = 1;
  const auto year = file.live([](const Person& person) { return person.means == 7764; });
  // 108982 - (77640 - 2583) = 33925 a month, of which the State pays 16962.5 -> 16963.
  for (const int of_year : {2, 3, 4, 5, 7, 8, 9, 10, 12}) {
    expect_month(year.months[static_cast<std::size_t>(of_year) - 1], {33925, 16963, 0, 16962, 0}, of_year);
  }
  // Half of 33925 is 16962.5: 16963 withheld, 16962 paid, of which 8481 each.
  for (const int of_year : {6, 11}) {
    expect_month(year.months[static_cast<std::size_t>(of_year) - 1], {16962, 8481, 0, 8481, 16963}, of_year);
  }
}

TEST(AFile, OfAPartTimeWorkerKeepsTheExemptedEarnings) {
  OneFile file;
  file.world.margins.category = {{{1, 0, 0}, {1, 0, 0}}};
  Rules& r = file.rules;
  r.ris_cohabitant = 544.91;         // 1 September 2013 (004:1553)
  r.exempt_income_cohabitant = 155;  // 12.9167 a month -> 1292 cents
  r.spi_amount = 200;
  r.spi_days = 150;
  r.spi_window_months = 36;
  Parameters& p = file.parameters;
  p.start_part_time = 1;
  p.end_part_time = 0;
  p.spi_asked = 1;
  p.part_time_earnings = 500;  // 250 to 750 a month
  const auto year = file.live(anybody);
  const std::int64_t earnings = year.after[1].earnings * 10;
  ASSERT_GT(earnings, 20000 + 1292);
  // Work starts in February. Days of exemption are counted while fewer than 150 are used: February 28, March
  // 31, April 30, May 31, June 30 make exactly 150; from July on all earnings count.
  const std::int64_t exempted = 54491 - (earnings - 20000 - 1292);
  const std::int64_t counted = 54491 - (earnings - 1292);
  for (int of_year = 2; of_year <= 12; ++of_year) {
    const OfficeMonth& month = year.months[static_cast<std::size_t>(of_year) - 1];
    EXPECT_EQ(month[Tally::euro_integration_income],
              std::max<std::int64_t>(0, of_year <= 6 ? exempted : counted))
        << "month " << of_year;
    EXPECT_EQ(month[Tally::euro_exempted], of_year <= 6 ? 20000 : 0) << "month " << of_year;
  }
}

}  // namespace
}  // namespace tremplin
