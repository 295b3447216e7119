// Where scarcity, a power or a habit is taken to its end, the mechanism says an exact number: none, all, or
// exactly twice as many. Oracle: the rule named in each test.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>

#include "tests/verification/worlds.hpp"

namespace tremplin {
namespace {

using test::rules_of_2002;
using test::small_parameters;
using test::small_plan;
using test::small_world;
using test::table_of;
using test::total;
using test::without_scarcity;

RunResult run_one(const World& world, const Parameters& parameters, const Rules& rules) {
  const RulesTable table = table_of(rules);
  return test::run(world, parameters, {&table}, small_plan())[0];
}

// A world whose offices do everything that they have the hours for.
World diligent(World world) {
  for (Office& office : world.offices) {
    office.practice.evaluation_regularity = 1;
    office.practice.sanctions = SanctionHabit::often;
  }
  return world;
}

TEST(Limit, WithoutScarcityNothingIsLateMissedOrRefused) {
  // A decision takes no longer than papers (no days here); every evaluation, review and contract that the
  // office sets out to make is made; every lot finds a place.
  World scarce = diligent(small_world(9));
  for (Office& office : scarce.offices) {
    office.first_line_fte /= 2;
    for (double& places : office.places) places /= 2;
  }
  Parameters parameters = small_parameters();
  parameters.contract_compliance = 1;
  parameters.breach = 0;             // an evaluation waits while a notice runs
  parameters.choose_article_60 = 0;  // who comes back from a job of the CPAS is reviewed the month after
  parameters.quality_hours = 0.5;
  for (Office& office : scarce.offices) office.practice.p_young_exempted = 0;
  const RunResult with = run_one(scarce, parameters, rules_of_2002());
  const RunResult without = run_one(without_scarcity(scarce), parameters, rules_of_2002());
  for (const Tally fault :
       {Tally::decisions_late, Tally::decisions_overdue, Tally::evaluations_missed, Tally::reviews_overdue,
        Tally::contracts_late, Tally::contract_overdue, Tally::places_refused}) {
    const auto name = all_tallies()[static_cast<std::size_t>(fault)].name;
    EXPECT_GT(total(with, fault), 0) << name;
    EXPECT_EQ(total(without, fault), 0) << name;
  }
  EXPECT_EQ(total(without, Tally::minutes_worked), total(without, Tally::minutes_asked));
  const auto personalised = [](const RunResult& r) {
    const auto n = static_cast<double>(total(r, Tally::contract_personalised));
    return n / (n + static_cast<double>(total(r, Tally::contract_formal)));
  };
  EXPECT_GT(personalised(without), personalised(with));
}

TEST(Limit, WithoutWorkersNothingIsDone) {
  World world = small_world(6);
  for (Office& office : world.offices) office.first_line_fte = office.second_line_fte = 0;
  const RunResult result = run_one(world, small_parameters(), rules_of_2002());
  for (const Tally done : {Tally::grants, Tally::refusals, Tally::paid, Tally::minutes_worked,
                           Tally::evaluations_held, Tally::euro_integration_income}) {
    EXPECT_EQ(total(result, done), 0) << all_tallies()[static_cast<std::size_t>(done)].name;
  }
  EXPECT_GT(total(result, Tally::decisions_overdue), 0);
}

TEST(Limit, WithoutPlacesNobodyIsInThem) {
  World world = small_world(6);
  for (Office& office : world.offices) office.places = {};
  const RunResult result = run_one(world, small_parameters(), rules_of_2002());
  for (const Tally t : {Tally::in_article_60, Tally::in_article_61, Tally::in_training, Tally::in_guidance,
                        Tally::in_social_activation, Tally::places_used}) {
    EXPECT_EQ(total(result, t), 0) << all_tallies()[static_cast<std::size_t>(t)].name;
  }
  EXPECT_GT(total(result, Tally::places_refused), 100);
}

TEST(Limit, NoPoolHoldsMorePeopleThanPlaces) {
  // Two places in each pool, many who want them; whole numbers, so that no lot rounds them up.
  World world = small_world(6, 120);
  for (Office& office : world.offices) office.places.fill(2);
  Parameters parameters = small_parameters();
  parameters.start_orientation = parameters.start_social_activation = 0.3;
  std::array<int, n_pools> most{};
  test::watch(world, parameters, table_of(rules_of_2002()), small_plan(), [&](const test::Seen& seen) {
    std::array<int, n_pools> held{};
    for (const std::uint32_t slot : seen.state.active) {
      const Activity activity = seen.state.people[slot].activity;
      if (activity == Activity::article_60 || activity == Activity::article_61) ++held[0];
      if (activity == Activity::training) ++held[1];
      if (activity == Activity::social_activation) ++held[2];
      if (activity == Activity::guidance) ++held[3];
    }
    for (std::size_t pool = 0; pool < n_pools; ++pool) most[pool] = std::max(most[pool], held[pool]);
  });
  // Partners withdraw a tenth of training and social activation where they can ground a sanction: 1.8 places,
  // two in the offices whose lot rounds up.
  EXPECT_EQ(most, (std::array<int, n_pools>{2, 2, 2, 2}));
}

TEST(Limit, ALongestSuspensionOfNoMonthsSuspendsNobody) {
  Parameters parameters = small_parameters();
  parameters.breach = 0.1;
  parameters.non_declaration = 0;
  Rules rules = rules_of_2002();
  rules.sanction_max_months = rules.sanction_max_months_repeated = 0;
  const RunResult result = run_one(diligent(small_world(6)), parameters, rules);
  EXPECT_EQ(total(result, Tally::suspended_days), 0);
  EXPECT_EQ(total(result, Tally::euro_withheld), 0);
  EXPECT_GT(total(result, Tally::hearings), 100);
}

TEST(Limit, WhereEverySanctionIsAnAlternativeNobodyIsSuspended) {
  Parameters parameters = small_parameters();
  parameters.breach = 0.1;
  parameters.non_declaration = 0;
  Rules rules = rules_of_2002();
  rules.sanction_alternative_share = 1;
  const RunResult result = run_one(diligent(small_world(6)), parameters, rules);
  EXPECT_EQ(total(result, Tally::suspended_days), 0);
  EXPECT_GT(total(result, Tally::sanctions_alternative), 100);
}

TEST(Limit, APartialSuspensionOfEverythingWithholdsWhatAFullOneDoes) {
  // Same months, same people; one counts the money as withheld, the other the days as suspended. No unpaid
  // days of other origin, and effects of one, so that lives agree.
  const auto withheld = [](const std::array<double, 4>& kinds) {
    World world = diligent(without_scarcity(small_world(6)));
    for (Office& office : world.offices) {
      office.practice.sanction_kinds = kinds;
      office.practice.students_summer = 1;
    }
    Parameters parameters = small_parameters();
    parameters.breach = 0.1;
    parameters.partial_month = parameters.non_declaration = 0;
    parameters.means_share = parameters.start_part_time = 0;
    Rules rules = rules_of_2002();
    rules.sanction_partial_share = 1;
    return total(run_one(world, parameters, rules), Tally::euro_withheld);
  };
  const std::int64_t partial = withheld({1, 0, 0, 0});
  EXPECT_GT(partial, 0);
  EXPECT_EQ(partial, withheld({0, 1, 0, 0}));
}

TEST(Limit, TwiceAsManyEvaluationsAYearAreHeld) {
  // Every six months against every three: a contract of L months has floor(L / 6) of the first, floor(L / 3)
  // of the second, hence twice as many, and one more in every contract that ends in the right months.
  const World world = diligent(without_scarcity(small_world(9)));
  Parameters parameters = test::bare_parameters();
  parameters.exit_household = 0.05;
  parameters.means_share = 0.2;
  Rules half_yearly = rules_of_2002();
  half_yearly.piis_under_age = 120;
  half_yearly.evaluations_per_year = half_yearly.evaluations_face_to_face = 2;
  Rules quarterly = half_yearly;
  quarterly.evaluations_per_year = quarterly.evaluations_face_to_face = 4;
  Plan plan = small_plan();
  plan.report_from = plan.burn_in_from;
  const RulesTable two = table_of(half_yearly);
  const RulesTable four = table_of(quarterly);
  const auto results = test::run(world, parameters, {&two, &four}, plan);
  const std::int64_t held = total(results[0], Tally::evaluations_held);
  const std::int64_t contracts =
      total(results[0], Tally::contracts_on_time) + total(results[0], Tally::contracts_optional);
  ASSERT_GT(held, 500);
  ASSERT_EQ(total(results[1], Tally::contracts_on_time) + total(results[1], Tally::contracts_optional),
            contracts);
  EXPECT_GE(total(results[1], Tally::evaluations_held), 2 * held);
  EXPECT_LE(total(results[1], Tally::evaluations_held), 2 * held + contracts);
}

TEST(Limit, FullHarmonisationMakesEveryOfficesCriteriaTheSame) {
  // One national rule: offices that differ in nothing else then exempt alike, whatever their own criteria
  // were, as long as the national means are the same.
  const auto exempted = [](double low, double high) {
    World world = without_scarcity(small_world(2, 200));
    world.offices[1].practice = world.offices[0].practice;
    const std::array<double, 2> health = {low, high};
    for (std::size_t i = 0; i < 2; ++i) {
      Practice& practice = world.offices[i].practice;
      practice.p_exempt_health = health[i];
      practice.p_exempt_over_50 = health[1 - i];
    }
    Rules rules = rules_of_2002();
    rules.exemption_harmonisation = 1;
    return run_one(world, small_parameters(), rules).offices;
  };
  EXPECT_EQ(exempted(0.25, 0.75), exempted(0.75, 0.25));
  EXPECT_EQ(exempted(0.25, 0.75), exempted(0.5, 0.5));
}

}  // namespace
}  // namespace tremplin
