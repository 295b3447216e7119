#include "engine/simulate/snapshot.hpp"

#include <gtest/gtest.h>

#include <stdexcept>

#include "engine/simulate/office_run.hpp"
#include "tests/engine/small_world.hpp"

namespace tremplin {
namespace {

using test::small_parameters;
using test::small_plan;
using test::small_world;
using test::table_of;

const Month fork{2005, 1};

RulesTable contracts_for_all_from(Month month) {
  RulesTable table = table_of(test::rules_of_2002());
  test::change_rules_from(table, month, 0, [](Rules& rules) { rules.piis_under_age = 120; });
  return table;
}

// A change for new files opens a generation, which the base does not have.
RulesTable contracts_for_new_files_from(Month month) {
  RulesTable table(Month(1993, 1), Month(2010, 1), {.generations_open = {month}}, test::rules_of_2002());
  test::change_rules_from(table, month, 1, [](Rules& rules) { rules.piis_under_age = 120; });
  return table;
}

Snapshot snapshot_at(Month month, const World& world, const RulesTable& rules) {
  test::Silent silent;
  return *simulate_until(month, world, small_parameters(), rules, small_plan(), silent, {});
}

std::vector<RunResult> go_on(const Snapshot& snapshot, const World& world,
                             const std::vector<const RulesTable*>& scenarios,
                             const Plan& plan = small_plan()) {
  test::Silent silent;
  return simulate_from(snapshot, world, small_parameters(), scenarios, plan, silent, {});
}

TEST(Snapshot, ScenariosThatGoOnFromItGiveTheBitsOfRunsFromTheStart) {
  const World world = small_world(9);
  const RulesTable base = table_of(test::rules_of_2002());
  const RulesTable at_once = contracts_for_all_from(fork);
  const RulesTable later = contracts_for_all_from(Month(2005, 8));
  const RulesTable new_files = contracts_for_new_files_from(fork);
  const std::vector<const RulesTable*> scenarios = {&base, &at_once, &later, &new_files};
  const auto from_the_start = test::run(world, small_parameters(), scenarios, small_plan());
  EXPECT_NE(from_the_start[0], from_the_start[1]);
  EXPECT_EQ(go_on(snapshot_at(fork, world, base), world, scenarios), from_the_start);
}

TEST(Snapshot, MayStandBeforeTheReportAtAnyMonthAndAtTheEnd) {
  const World world = small_world(5);
  const RulesTable base = table_of(test::rules_of_2002());
  const Plan plan = small_plan();
  const auto from_the_start = test::run(world, small_parameters(), {&base}, plan);
  for (const Month month :
       {plan.burn_in_from, Month(2002, 6), plan.report_from, Month(2006, 12), plan.report_until}) {
    EXPECT_EQ(go_on(snapshot_at(month, world, base), world, {&base}), from_the_start) << month.index;
  }
}

TEST(Snapshot, HoldsWhatOneFromAnEarlierSnapshotHolds) {
  // The months between may be lived from the start or from a snapshot: what follows is the same.
  const World world = small_world(4);
  const RulesTable base = table_of(test::rules_of_2002());
  const Snapshot early = snapshot_at(Month(2003, 5), world, base);
  const Snapshot again = snapshot_at(Month(2003, 5), world, base);
  EXPECT_EQ(early, again);
  EXPECT_EQ(go_on(early, world, {&base}), go_on(snapshot_at(fork, world, base), world, {&base}));
}

TEST(Snapshot, WithoutSharingThePastGivesTheSameBits) {
  const World world = small_world(4);
  const RulesTable base = table_of(test::rules_of_2002());
  const RulesTable reform = contracts_for_all_from(Month(2006, 1));
  const Snapshot snapshot = snapshot_at(fork, world, base);
  Plan apart = small_plan();
  apart.share_the_past = false;
  EXPECT_EQ(go_on(snapshot, world, {&base, &reform}), go_on(snapshot, world, {&base, &reform}, apart));
}

TEST(Snapshot, CountsNothingFromItsMonthOn) {
  const World world = small_world(4);
  const Snapshot snapshot = snapshot_at(fork, world, table_of(test::rules_of_2002()));
  std::int64_t before = 0;
  for (int m = 0; m < snapshot.past.n_months; ++m) {
    std::int64_t paid = 0;
    for (int stratum = 0; stratum < n_strata; ++stratum) paid += snapshot.past.tally(m, stratum, Tally::paid);
    if (m >= fork - small_plan().report_from) {
      EXPECT_EQ(paid, 0) << m;
    }
    before += paid;
  }
  EXPECT_GT(before, 0);
}

TEST(Snapshot, OfAnotherWorldOrPlanIsRefused) {
  const RulesTable base = table_of(test::rules_of_2002());
  const Snapshot snapshot = snapshot_at(fork, small_world(4), base);
  EXPECT_THROW(go_on(snapshot, small_world(5), {&base}), std::invalid_argument);
  Plan longer = small_plan();
  longer.report_until = Month(2007, 3);
  EXPECT_THROW(go_on(snapshot, small_world(4), {&base}, longer), std::invalid_argument);
  test::Silent silent;
  EXPECT_THROW(
      simulate_until(Month(1999, 12), small_world(4), small_parameters(), base, small_plan(), silent, {}),
      std::invalid_argument);
}

TEST(Snapshot, IsNotMadeWhenStopped) {
  test::Silent silent;
  std::stop_source stop;
  stop.request_stop();
  const RulesTable base = table_of(test::rules_of_2002());
  EXPECT_FALSE(
      simulate_until(fork, small_world(4), small_parameters(), base, small_plan(), silent, stop.get_token()));
}

TEST(OfficeRun, RefusesAStateOfAnotherPlan) {
  const World world = small_world(1);
  const RulesTable base = table_of(test::rules_of_2002());
  const Constants constants = make_constants(world, small_parameters());
  const Parameters parameters = small_parameters();
  const Snapshot snapshot = snapshot_at(fork, world, base);
  Plan longer = small_plan();
  longer.report_until = longer.report_until + 1;
  const auto go_on_in = [&](const Plan& plan) {
    return OfficeRun(world, world.offices[0], parameters, constants, base, plan, fork, snapshot.offices[0]);
  };
  EXPECT_NO_THROW(go_on_in(small_plan()));
  EXPECT_THROW(go_on_in(longer), std::invalid_argument);
}

}  // namespace
}  // namespace tremplin
