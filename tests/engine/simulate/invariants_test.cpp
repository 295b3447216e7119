// What must hold in every office every month, whatever happens: allowed statuses, conservation of people,
// places, minutes and cents.
#include <gtest/gtest.h>

#include <set>

#include "tests/engine/small_world.hpp"

namespace tremplin {
namespace {

class Invariants : public testing::TestWithParam<int> {
 protected:
  // A scarce, a plain and an ample world.
  static World world() {
    World world = test::small_world(6, 120);
    for (Office& office : world.offices) {
      office.first_line_fte *= GetParam() == 0 ? 0.4 : GetParam() == 1 ? 1 : 10;
      office.second_line_fte *= GetParam() == 0 ? 0.3 : 1;
    }
    return world;
  }
};

void check_people(const OfficeState& state, Month month) {
  std::set<std::uint32_t> seen;
  for (const std::uint32_t slot : state.active) {
    ASSERT_TRUE(seen.insert(slot).second) << "twice active";
    const Person& person = state.people[slot];
    EXPECT_TRUE(is_active(person.entitlement));
    EXPECT_TRUE(is_allowed(person.status())) << "entitlement " << static_cast<int>(person.entitlement)
                                             << " activity " << static_cast<int>(person.activity) << " exit "
                                             << static_cast<int>(person.exit) << " in month " << month.index;
    EXPECT_LE(person.requested_in, month.index);
    EXPECT_TRUE(person.suspended_from == 0 || person.suspended_from < person.suspended_until);
  }
  const std::vector<std::uint32_t> free = state.linked(state.first_free);
  EXPECT_EQ(static_cast<std::int64_t>(free.size()), state.n_free);
  for (const std::uint32_t slot : free) EXPECT_FALSE(seen.contains(slot)) << "active in a free slot";
  std::size_t scheduled = 0;
  for (const std::uint32_t first : state.calendar) scheduled += state.linked(first).size();
  // Everybody held is active, free or waits for one event.
  EXPECT_EQ(state.active.size() + free.size() + scheduled, state.people.size());
}

void check_cents(const OfficeMonth& m) {
  EXPECT_EQ(m[Tally::euro_integration_income] + m[Tally::euro_equivalent],
            m[Tally::euro_state_income] + m[Tally::euro_state_contracts] + m[Tally::euro_state_equivalent] +
                m[Tally::euro_cpas_income]);
  EXPECT_LE(m[Tally::euro_windfall], m[Tally::euro_state_contracts]);
}

void check_sums(const OfficeMonth& m) {
  EXPECT_EQ(m[Tally::paid_cohabitant] + m[Tally::paid_single] + m[Tally::paid_family], m[Tally::paid]);
  EXPECT_EQ(m[Tally::paid_under_25] + m[Tally::paid_25_to_64] + m[Tally::paid_65_plus], m[Tally::paid]);
  EXPECT_EQ(m[Tally::grants] + m[Tally::refusals], m[Tally::decisions_on_time] + m[Tally::decisions_late]);
  EXPECT_EQ(m[Tally::first_entries] + m[Tally::re_entries], m[Tally::grants]);
  EXPECT_EQ(m[Tally::contract_formal] + m[Tally::contract_personalised],
            m[Tally::contract_covered] + m[Tally::contract_second_line]);
  EXPECT_LE(m[Tally::contract_obliged_covered], m[Tally::contract_obliged]);
  EXPECT_LE(m[Tally::places_used], m[Tally::places]);
  EXPECT_LE(m[Tally::minutes_worked], m[Tally::minutes_available]);
  EXPECT_LE(m[Tally::minutes_worked], m[Tally::minutes_asked]);
  for (std::size_t i = 0; i < n_tallies; ++i) {
    if (static_cast<Tally>(i) == Tally::readiness || static_cast<Tally>(i) == Tally::euro_cpas_article_60)
      continue;
    EXPECT_GE(m.tallies[i], 0) << all_tallies()[i].name;
  }
}

TEST_P(Invariants, HoldEveryMonthInEveryOffice) {
  const World here = world();
  Parameters parameters = test::small_parameters();
  parameters.breach = 0.1;
  const Constants constants = make_constants(here, parameters);
  Rules rules = test::rules_of_2002();
  rules.piis_under_age = 30;
  rules.community_service = 1;
  const RulesTable table = test::table_of(rules);
  const Plan plan = test::small_plan();
  for (const Office& office : here.offices) {
    OfficeRun run(here, office, parameters, constants, table, plan);
    OfficeScratch scratch;
    std::int64_t in_care = 0;  // waiting, on benefit or employed
    while (run.next_month() < plan.report_until) {
      const Month month = run.next_month();
      const OfficeMonth m = run.step(scratch);
      check_people(run.state(), month);
      check_cents(m);
      check_sums(m);
      const std::int64_t left = m[Tally::exits_job] + m[Tally::exits_insurance] +
                                m[Tally::exits_other_benefit] + m[Tally::exits_studies] +
                                m[Tally::exits_household] + m[Tally::exits_pension] +
                                m[Tally::exits_unknown] + m[Tally::exits_death] + m[Tally::exits_transfer] +
                                m[Tally::withdrawals] + m[Tally::refusals];
      in_care += m[Tally::requests] - left;
      ASSERT_EQ(in_care, static_cast<std::int64_t>(run.state().active.size())) << month.index;
    }
  }
}

INSTANTIATE_TEST_SUITE_P(ScarcePlainAmple, Invariants, testing::Values(0, 1, 2));

TEST(Status, TheTableRefusesWhatCannotBe) {
  Status exited_without_cause{.entitlement = Entitlement::exited};
  EXPECT_FALSE(is_allowed(exited_without_cause));
  EXPECT_FALSE(is_allowed({.entitlement = Entitlement::integration_income, .exit = Exit::job}));
  EXPECT_FALSE(
      is_allowed({.entitlement = Entitlement::integration_income, .activity = Activity::article_60}));
  EXPECT_FALSE(is_allowed({.entitlement = Entitlement::employed}));
  EXPECT_FALSE(is_allowed({.entitlement = Entitlement::applicant, .contract = ContractStage::in_force}));
  EXPECT_FALSE(is_allowed({.entitlement = Entitlement::refused, .activity = Activity::training}));
  EXPECT_TRUE(is_allowed({.entitlement = Entitlement::employed, .activity = Activity::article_61}));
  EXPECT_TRUE(is_allowed({.entitlement = Entitlement::suspended_by_sanction,
                          .contract = ContractStage::notice_sent,
                          .activity = Activity::studies}));
  EXPECT_TRUE(is_allowed({.entitlement = Entitlement::exited, .exit = Exit::death}));
}

}  // namespace
}  // namespace tremplin
