// Relations that any law, reform, practice and behaviour must keep, over random worlds: nobody knows their
// numbers, everybody knows which way they may not move.
// Oracle: the mechanism as docs/ODD.md states it. Without sanctions there is nothing to suspend; hours bind
// or they do not; and what more hours do to deadlines has a sign, tested as a paired difference over worlds.
#include <gtest/gtest.h>

#include <string_view>

#include "tests/verification/cases.hpp"

namespace tremplin {
namespace {

using test::Case;

int index_of(std::string_view lever) {
  const Lever* found = find_lever(lever);
  EXPECT_NE(found, nullptr) << lever;
  return static_cast<int>(found - all_levers().data());
}

// The case with a lever at a place between its bounds (0 to 100), before and after the reform.
Case with(Case c, std::string_view lever, int place) {
  c.law.push_back({index_of(lever), place});
  c.reform.push_back({index_of(lever), place});
  return c;
}

RunResult lived(const World& world, const Parameters& parameters, const Case& c) {
  const RulesTable table = c.after();
  return test::run(world, parameters, {&table}, c.plan())[0];
}

TEST(AnyWorld, WithoutSanctionsSuspendsNobody) {
  // Whatever the habit, propensity, grounds and lengths. Sanctions for means not declared, and of people who
  // come from unemployment insurance, are other rules: off.
  test::for_all(60, [](const Case& any) {
    const Case c = with(with(any, "sanction/allowed", 0), "sanction/insured_leavers", 0);
    Parameters parameters = c.behaviour();
    parameters.non_declaration = 0;
    const RunResult result = lived(c.world(), parameters, c);
    for (const Tally none : {Tally::suspended_days, Tally::suspended, Tally::euro_withheld,
                             Tally::sanctions_full, Tally::sanctions_partial, Tally::sanctions_sursis,
                             Tally::sanctions_alternative, Tally::sanctions_repeated, Tally::sanction_days}) {
      RC_ASSERT(test::total(result, none) == 0);
    }
  });
}

TEST(AnyWorld, WithHoursForAllLeavesNothingUndone) {
  // The yearly report is left out: its time is by worker, so that more workers write more of it.
  test::for_all(60, [](const Case& any) {
    const Case c = with(with(any, "piis/annual_report", 0), "staff/factor", 10);  // once
    Parameters parameters = c.behaviour();
    parameters.staff_turnover = 0;
    World world = c.world();
    for (Office& office : world.offices) office.first_line_fte = office.second_line_fte = 1e6;
    world.environment.staff.assign(world.environment.staff.size(), 1);
    const RunResult result = lived(world, parameters, c);
    RC_ASSERT(test::total(result, Tally::minutes_worked) == test::total(result, Tally::minutes_asked));
    RC_ASSERT(test::total(result, Tally::home_visits_made) == test::total(result, Tally::home_visits_due));
    RC_ASSERT(test::total(result, Tally::reviews_overdue) == 0);
  });
}

}  // namespace
}  // namespace tremplin
