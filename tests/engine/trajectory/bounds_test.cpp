// What the month loop compares a word with first must never be below what it stands for: random people,
// parameters, offices and months.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <random>

#include "tests/engine/small_world.hpp"

namespace tremplin {
namespace {

using Luckily = std::mt19937;

double between(Luckily& any, double low, double high) {
  return std::uniform_real_distribution<double>(low, high)(any);
}
int among(Luckily& any, int low, int high) { return std::uniform_int_distribution<int>(low, high)(any); }
bool maybe(Luckily& any) { return among(any, 0, 1) == 1; }

// Hazards as they are, effects anywhere their registry allows.
Parameters any_parameters(Luckily& any) {
  Parameters p = test::small_parameters();
  for (double* effect :
       {&p.effect_personalised_job, &p.effect_formal_job, &p.effect_threat_job, &p.effect_training_after,
        &p.effect_childcare_job, &p.effect_disregard_part_time, &p.effect_incentive_start}) {
    *effect = between(any, 0.3, 3);
  }
  p.effect_sanction_job = between(any, 0.3, 5);
  p.effect_sanction_unknown = between(any, 0.3, 5);
  p.effect_lock_in = between(any, 0.05, 2);
  p.limited_job_ratio = between(any, 0, 2);
  p.limited_other_benefit_ratio = between(any, 0, 10);
  p.effect_threat_breach = between(any, 0.2, 5);
  p.effect_sanction_breach = between(any, 0.2, 5);
  p.effect_sanction_later_job = between(any, 0.3, 3);
  p.effect_exempted_job = between(any, 0.3, 3);
  p.effect_disregard_exit = between(any, 0.3, 3);
  p.threat_months = between(any, 0, 6);
  p.training_felt_months = between(any, 0, 24);
  p.effect_readiness_job = between(any, -3, 3);
  p.effect_trust_unknown = between(any, -3, 3);
  p.tightness_elasticity = between(any, 0, 3);
  p.childcare_search = between(any, 0, 1);
  return p;
}

Person anybody(Luckily& any, Month month) {
  const auto ago = [&](int most) { return static_cast<MonthIndex>(month.index - among(any, 0, most)); };
  Person person;
  person.entitlement = Entitlement::integration_income;
  person.exit_factor = static_cast<float>(std::exp(between(any, -4, 4)));
  person.readiness = maybe(any) ? 0.0F : static_cast<float>(between(any, -4, 4));
  person.born = ago(12 * 100);
  person.granted_in = ago(12 * 40);
  person.notice_in = maybe(any) ? no_month : ago(6);
  person.trained_in = maybe(any) ? no_month : ago(24);
  person.last_sanction_in = maybe(any) ? no_month : ago(24);
  person.sanction_felt_until = maybe(any) ? no_month : static_cast<MonthIndex>(month.index + 2);
  person.suspended_from = maybe(any) ? DayNumber{0} : static_cast<DayNumber>(first_day_of(month));
  person.youngest_child_born = ago(60);
  person.trust_lost = static_cast<std::uint8_t>(among(any, 0, 100));
  person.disposition = static_cast<Disposition>(among(any, 0, 2));
  person.activity = static_cast<Activity>(among(any, 0, static_cast<int>(Activity::part_time)));
  person.contracts[0].stage = static_cast<ContractStage>(among(any, 0, 5));
  person.contracts[0].formal = maybe(any);
  person.student = maybe(any);
  person.lone_parent = maybe(any);
  person.health_limited = maybe(any);
  return person;
}

TEST(ExitBound, IsNeverBelowTheHazardOfLeaving) {
  Luckily any(1);
  Rules rules = test::rules_of_2002();
  rules.piis_childcare_hours = 1;
  const RulesTable table = test::table_of(rules);
  const Luck luck;
  double tightest = 0;
  for (int world_number = 0; world_number < 300; ++world_number) {
    World world = test::small_world(1);
    world.offices[0].childcare_tightness = between(any, -3, 3);
    const Parameters parameters = any_parameters(any);
    const Constants constants = make_constants(world, parameters);
    const Month month(2004, among(any, 1, 12));
    OfficeState state;
    OfficeScratch scratch;
    OfficeMonth tally;
    Cohort cohort(month, month, month);
    Step s{.world = world,
           .office = world.offices[0],
           .p = parameters,
           .constants = constants,
           .table = table,
           .luck = luck,
           .month = month,
           .burn_in_from = month,
           .state = state,
           .scratch = scratch,
           .agenda = scratch.agenda,
           .active = scratch.active,
           .tally = tally,
           .cohort = cohort,
           .following = nullptr,
           .ledger = nullptr};
    s.rules = &rules;
    s.first_day = first_day_of(month);
    s.n_days = days_in(month);
    s.tightness_factor = between(any, 0.3, 2);
    s.exams_over = maybe(any);
    s.exit_bounds = exit_bounds_of(s);
    for (int i = 0; i < 300; ++i) {
      const Person person = anybody(any, month);
      const double hazard = exit_hazard(s, person);
      const double bound = exit_bound(s, person);
      ASSERT_GE(bound, hazard);
      tightest = std::max(tightest, hazard / bound);
      if (person.readiness != 0 || person.age_in_years(month) >= age_of_pension) continue;
      const double factor = static_cast<double>(person.exit_factor);
      ASSERT_GE(factor * s.exit_bounds.any_duration + s.exit_bounds.before_pension, hazard);
    }
  }
  // A bound that nobody comes near would be of no use.
  EXPECT_GT(tightest, 0.9);
}

// Whoever is followed is asked in full, without bounds and squeezes, and so is everybody beside them.
class Listener : public Witness {
 public:
  void decided(Decision, double, double, bool) override { ++heard; }
  void chose(Decision, double) override { ++heard; }
  int heard = 0;
};

TEST(ExitBound, ChangesNothingAgainstHazardsInFull) {
  Luckily any(2);
  const World world = test::small_world(1, 200);
  const RulesTable table = test::table_of(test::rules_of_2002());
  const Plan plan = test::small_plan();
  for (int draw = 0; draw < 5; ++draw) {
    const Parameters parameters = any_parameters(any);
    const Constants constants = make_constants(world, parameters);
    OfficeScratch scratch;
    OfficeRun quick(world, world.offices[0], parameters, constants, table, plan);
    OfficeRun in_full = quick;
    Listener listener;
    in_full.follow(local_id(Month(2000, 1), 0), &listener);
    while (quick.next_month() < plan.report_until) {
      const OfficeMonth a = quick.step(scratch);
      const OfficeMonth b = in_full.step(scratch);
      ASSERT_EQ(a.tallies, b.tallies);
      ASSERT_EQ(a.workload, b.workload);
    }
    EXPECT_EQ(quick.state(), in_full.state());
    EXPECT_GT(listener.heard, 0);
  }
}

}  // namespace
}  // namespace tremplin
