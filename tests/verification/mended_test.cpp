// What the engine once did otherwise than the law or the registry promises, and must not do again.
// Oracle: the arithmetic in each test, from the article, page or line of the registry that it names.
#include <gtest/gtest.h>

#include <cmath>
#include <map>
#include <set>

#include "tests/verification/bounds.hpp"
#include "tests/verification/worlds.hpp"

namespace tremplin {
namespace {

using test::in_month;
using test::rules_of_2002;
using test::small_plan;
using test::table_of;
using test::total;

// Single people required to work, who come in the first month, are all granted, and never leave.
struct Closed {
  World world = test::without_scarcity(test::small_world(3, 300));
  Parameters parameters = test::bare_parameters();
  Rules rules = rules_of_2002();
  Plan plan = small_plan();

  Closed() {
    world.margins.category = {{{0, 1, 0}, {0, 1, 0}}};
    world.margins.age = {0, 1, 0, 0, 0};
    world.margins.homeless = 0;
    world.environment.student_share.assign(world.environment.student_share.size(), 0);
    parameters.take_up = 1;
    parameters.health_limited = 0;
    parameters.contract_compliance = 1;
    plan.report_from = plan.burn_in_from;
    test::only_inflow_in(world, plan.burn_in_from);
    for (Office& office : world.offices) {
      office.practice.policy = ContractPolicy::law_only;
      office.practice.p_young_exempted = 0;
    }
  }
  [[nodiscard]] RunResult run() const {
    const RulesTable table = table_of(rules);
    return test::run(world, parameters, {&table}, plan)[0];
  }
};

TEST(Mended, StateAndSubsidyTogetherPayNoMoreThanThereIs) {
  // 750.01 euro, half by the State, half by the subsidy: each half rounds up, 37501 + 37501 = 75002 cents,
  // and the CPAS's share was -1: the second takes what the first left.
  Closed closed;
  closed.rules.ris_single = 750.01;
  closed.rules.piis_under_age = 120;
  closed.rules.subsidy_general = 0.5;
  closed.rules.subsidy_months = 60;
  EXPECT_GE(in_month(closed.run(), 24, Tally::euro_cpas_income), 0);
}

TEST(Mended, ASubsidyFromTheGrantPaysNoLessThanOneFromTheSignature) {
  // 003:3893-3897: drawing up the plan is financed retroactively. The clock started at the grant, but the
  // subsidy was paid from the signature: as many months less as the contract took.
  Closed closed;
  closed.rules.piis_under_age = 120;
  closed.rules.subsidy_general = 0.1;
  closed.rules.subsidy_months = 6;
  const std::int64_t from_signature = total(closed.run(), Tally::euro_state_contracts);
  closed.rules.subsidy_from_grant = 1;
  EXPECT_GE(total(closed.run(), Tally::euro_state_contracts), from_signature);
}

TEST(Mended, WhoWasRefusedAndNeverPaidIsNewAtTheGrant) {
  // Lever piis/scope/novelty_months: whoever had no integration income in the last months. A refusal was
  // recorded as an end of benefit, so that who came back after one counted as no newcomer.
  Closed closed;
  closed.rules.piis_under_age = 0;
  closed.rules.piis_novelty_months = 36;
  closed.parameters.grant_share = 0.5;
  closed.parameters.return_floor = 0.1;
  std::set<PersonId> paid_before;
  int granted = 0;
  int obliged = 0;
  test::watch(closed.world, closed.parameters, table_of(closed.rules), closed.plan,
              [&](const test::Seen& seen) {
                for (const std::uint32_t slot : seen.state.active) {
                  const Person& person = seen.state.people[slot];
                  if (person.granted_in != seen.month.index ||
                      !paid_before.insert(person_id(seen.office.id, person.id)).second)
                    continue;
                  ++granted;
                  obliged += person.obliged ? 1 : 0;
                }
              });
  EXPECT_GT(granted, 10);
  EXPECT_EQ(obliged, granted);
}

TEST(Mended, ArrearsOfAWholeMonthAreTheAmountOfAMonth) {
  // Arrears were paid as days of the month of payment: a whole February paid in March was 28 / 31 of the
  // amount.
  Closed soon;
  for (Office& office : soon.world.offices) office.practice.order = QueueOrder::decisions_first;
  Closed late = soon;
  for (Office& office : late.world.offices) office.first_line_fte = 0.5;
  const RunResult a = soon.run();
  const RunResult b = late.run();
  ASSERT_EQ(total(a, Tally::paid_days), total(b, Tally::paid_days));
  ASSERT_GT(total(b, Tally::decisions_late), 10);
  // One cent of rounding for each payment.
  EXPECT_NEAR(static_cast<double>(total(a, Tally::euro_integration_income)),
              static_cast<double>(total(b, Tally::euro_integration_income)),
              static_cast<double>(total(a, Tally::paid)));
}

TEST(Mended, ASanctionDoesNotCutShortASuspensionThatRuns) {
  // A suspension for non-declaration and the sanction of a breach that was already under way: the second
  // overwrote the first, whose days were then paid.
  Closed closed;
  closed.rules.piis_under_age = 120;
  closed.rules.sanction_sursis_allowed = 0;
  closed.parameters.breach = 0.4;
  closed.parameters.breach_excused = closed.parameters.notice_suffices = 0;
  closed.parameters.sanction_rate = 1;
  closed.parameters.non_declaration = 0.08;
  for (Office& office : closed.world.offices) {
    office.practice.sanctions = SanctionHabit::often;
    office.practice.sanction_kinds = {0, 1, 0, 0};
    office.practice.evaluation_regularity = 1;
  }
  std::map<PersonId, Person> before;
  int cut_short = 0;
  test::watch(closed.world, closed.parameters, table_of(closed.rules), closed.plan,
              [&](const test::Seen& seen) {
                const std::int32_t next = first_day_of(seen.month + 1);
                for (const std::uint32_t slot : seen.state.active) {
                  const Person& now = seen.state.people[slot];
                  Person& then = before[person_id(seen.office.id, now.id)];
                  const bool runs_on = then.suspended_from != 0 && then.suspended_until >= next;
                  const bool another = now.suspended_from > then.suspended_until;
                  cut_short += runs_on && another ? 1 : 0;
                  then = now;
                }
              });
  EXPECT_EQ(cut_short, 0);
}

TEST(Mended, APartialSuspensionWithholdsFromItsOwnDays) {
  // Thirty days from within a month touch two months; the share was withheld from both of them whole.
  Closed closed;
  closed.rules.piis_under_age = 120;
  closed.rules.sanction_start_delay_months = 0;
  closed.rules.sanction_sursis_allowed = 0;
  closed.parameters.breach = 0.2;
  closed.parameters.sanction_rate = 1;
  for (Office& office : closed.world.offices) {
    office.practice.sanctions = SanctionHabit::often;
    office.practice.sanction_kinds = {1, 0, 0, 0};
  }
  const RunResult result = closed.run();
  ASSERT_GT(total(result, Tally::sanctions_partial), 10);
  // At most thirty days of a month of 28, at half of 750 euro.
  EXPECT_LE(total(result, Tally::euro_withheld), total(result, Tally::sanctions_partial) * 37500 * 30 / 28);
}

TEST(Mended, WhoLeavesUnderAFullSuspensionIsNotPaidForItsDays) {
  // Leaving ended the suspension before the month was accounted for, so that its last days were paid.
  Closed closed;
  closed.parameters.non_declaration = 0.3;
  closed.rules.review_interval_months = 1;
  closed.parameters.exit_household = 0.1;
  std::map<PersonId, Person> before;
  int left = 0;
  int paid = 0;
  test::watch(closed.world, closed.parameters, table_of(closed.rules), closed.plan,
              [&](const test::Seen& seen) {
                const std::int32_t first = first_day_of(seen.month);
                for (const Person& now : seen.state.people) {
                  Person& then = before[person_id(seen.office.id, now.id)];
                  const bool covered = then.suspended_from != 0 && then.suspended_from <= first &&
                                       then.suspended_until >= first + days_in(seen.month);
                  const bool leaves = now.entitlement == Entitlement::exited;
                  if (covered && leaves) {
                    ++left;
                    paid += now.last_paid_in == seen.month.index ? 1 : 0;
                  }
                  then = now;
                }
              });
  EXPECT_GT(left, 10);
  EXPECT_EQ(paid, 0);
}

TEST(Mended, AStudentWhoseAugustIsUnpaidIsSuspendedOtherwiseAndWithoutIncome) {
  // MODEL.md section 2 lists the status; the tally is "adults entitled who had no income from the CPAS this
  // month". The flag was set after July's status and cleared before August's: neither was ever reached.
  Closed closed;
  closed.world.margins.age = {1, 0, 0, 0, 0};
  closed.world.environment.student_share.assign(closed.world.environment.student_share.size(), 1);
  closed.rules.students_summer = 3;
  int in_status = 0;
  test::watch(
      closed.world, closed.parameters, table_of(closed.rules), closed.plan, [&](const test::Seen& seen) {
        for (const std::uint32_t slot : seen.state.active)
          in_status += seen.state.people[slot].entitlement == Entitlement::suspended_otherwise ? 1 : 0;
      });
  EXPECT_GT(in_status, 0);
  const RunResult result = closed.run();
  ASSERT_GT(total(result, Tally::suspended_otherwise), 0);
  EXPECT_GE(total(result, Tally::without_income), total(result, Tally::suspended_otherwise));
}

TEST(Mended, ReturnsInAMonthFollowTheHazardOfTheParameter) {
  // Exits leave with 1 - exp(-h); returns came back with (1 - exp(-2 h)) / 2, because at most one candidate
  // of the doubled hazard is asked a month.
  Closed closed;
  closed.world = test::without_scarcity(test::small_world(30, 1000));
  test::only_inflow_in(closed.world, closed.plan.burn_in_from);
  closed.parameters.entry_rate = 1;
  closed.plan.report_until = closed.plan.burn_in_from + 3;
  closed.parameters.exit_household = 30;  // everybody leaves in the second month
  closed.parameters.return_floor = 0.2;
  const RunResult result = closed.run();
  const auto out = static_cast<double>(in_month(result, 1, Tally::exits_household));
  const double expected = 1 - std::exp(-closed.parameters.return_floor);
  EXPECT_NEAR(static_cast<double>(in_month(result, 2, Tally::re_entries)) / out, expected,
              test::normal_bound(1) * std::sqrt(expected * (1 - expected) / out));
}

}  // namespace
}  // namespace tremplin
