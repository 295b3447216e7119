// Exact relations between runs: what must stay the same, to the bit or to the cent, when one thing changes.
// Oracle: the mechanism as MODEL.md states it, given with each relation. Nobody knows the right caseload of a
// reform; everybody knows that a price changes no life.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>
#include <numeric>
#include <set>
#include <vector>

#include "tests/verification/lives.hpp"
#include "tests/verification/worlds.hpp"

namespace tremplin {
namespace {

using test::bare_parameters;
using test::Lives;
using test::lives_of;
using test::reformed;
using test::rules_of_2002;
using test::small_parameters;
using test::small_plan;
using test::small_world;
using test::table_of;
using test::total;
using test::without_scarcity;

constexpr Month reform_month{2004, 1};

std::vector<std::int64_t> row_of(const RunResult& result, std::size_t office) {
  const auto first = result.offices.begin() + static_cast<std::ptrdiff_t>(office * n_tallies);
  return {first, first + n_tallies};
}

bool same_counts(const RunResult& a, const RunResult& b) {
  return a.tallies == b.tallies && a.workload == b.workload && a.paid_days == b.paid_days;
}

bool is_money(const TallyEntry& tally) { return tally.unit == Unit::cent; }

RunResult run_one(const World& world, const Parameters& parameters, const Rules& rules) {
  const RulesTable table = table_of(rules);
  return test::run(world, parameters, {&table}, small_plan())[0];
}

TEST(Relation, AnOfficeTakesItsRowWithItWhereverItIsStored) {
  // Draws are keyed by the office's id, never by its place. National means enter through harmonisation.
  World world = small_world(10);
  Rules rules = rules_of_2002();
  rules.exemption_harmonisation = 0.5;
  const RunResult before = run_one(world, small_parameters(), rules);
  const std::array<std::size_t, 10> place = {7, 2, 9, 0, 5, 1, 8, 3, 6, 4};
  const World stored = world;
  for (std::size_t i = 0; i < place.size(); ++i) world.offices[i] = stored.offices[place[i]];
  const RunResult after = run_one(world, small_parameters(), rules);
  EXPECT_TRUE(same_counts(before, after));
  for (std::size_t i = 0; i < place.size(); ++i) EXPECT_EQ(row_of(after, i), row_of(before, place[i])) << i;
}

TEST(Relation, AnOfficeLivesAloneAsAmongOthers) {
  // Given the environment CPAS are independent (MODEL.md section 3.2); only national means of practice join
  // them, and without harmonisation the one that counts is that of trained workers, here equal for all.
  const World world = small_world(8);
  const RunResult among = run_one(world, small_parameters(), rules_of_2002());
  for (const std::size_t i : {std::size_t{0}, std::size_t{3}, std::size_t{7}}) {
    World alone = world;
    alone.offices = {world.offices[i]};
    EXPECT_EQ(row_of(run_one(alone, small_parameters(), rules_of_2002()), 0), row_of(among, i)) << i;
  }
}

TEST(Relation, PricesChangeNoLife) {
  // No behaviour in the model looks at an amount, except the response of CPAS to subsidies, zero here.
  const World world = small_world(6);
  Rules dear = rules_of_2002();
  dear.ris_cohabitant = 611;
  dear.ris_single = 999;
  dear.ris_family = 1234.56;
  dear.exempt_income_single = 77;
  dear.reimbursement_small = dear.reimbursement_medium = 0.71;
  dear.reimbursement_equivalent = 0.9;
  dear.subsidy_general = 0.2;
  dear.subsidy_months = 9;
  dear.staff_cost = 61234;
  dear.staff_subsidy = 5;
  dear.article60_wage = 2500;
  dear.article60_user_contribution = 1;
  const RunResult cheap_run = run_one(world, small_parameters(), rules_of_2002());
  const RunResult dear_run = run_one(world, small_parameters(), dear);
  EXPECT_EQ(cheap_run.workload, dear_run.workload);
  EXPECT_EQ(cheap_run.paid_days, dear_run.paid_days);
  for (const TallyEntry& tally : all_tallies()) {
    const auto which = static_cast<Tally>(&tally - all_tallies().data());
    if (!is_money(tally)) {
      EXPECT_EQ(total(cheap_run, which), total(dear_run, which)) << tally.name;
    }
  }
  EXPECT_NE(total(cheap_run, Tally::euro_cpas_staff), total(dear_run, Tally::euro_cpas_staff));
}

TEST(Relation, AHigherRateOfTheStateIsALowerShareOfTheCpas) {
  // The rate divides the same cents: what the State pays more, the CPAS pays less.
  const World world = small_world(6);
  Rules higher = rules_of_2002();
  higher.reimbursement_small = 0.9;
  const RunResult a = run_one(world, small_parameters(), rules_of_2002());
  const RunResult b = run_one(world, small_parameters(), higher);
  const auto state = [](const RunResult& r) {
    return total(r, Tally::euro_state_income) + total(r, Tally::euro_state_contracts);
  };
  EXPECT_EQ(total(a, Tally::euro_integration_income), total(b, Tally::euro_integration_income));
  EXPECT_GT(state(b), state(a));
  EXPECT_EQ(state(b) - state(a), total(a, Tally::euro_cpas_income) - total(b, Tally::euro_cpas_income));
}

TEST(Relation, DoubledAmountsDoubleTheExpenseButForRounding) {
  const World world = small_world(6);
  Parameters parameters = small_parameters();
  parameters.means_share = 0;
  parameters.start_part_time = 0;
  Rules twice = rules_of_2002();
  for (double* amount : {&twice.ris_cohabitant, &twice.ris_single, &twice.ris_family}) *amount *= 2;
  const RunResult a = run_one(world, parameters, rules_of_2002());
  const RunResult b = run_one(world, parameters, twice);
  for (const Tally t : {Tally::euro_integration_income, Tally::euro_equivalent}) {
    // Each payment is rounded to the cent: twice a rounding of half a cent, and one, with a partial
    // suspension rounded once more.
    EXPECT_NEAR(static_cast<double>(total(b, t)), 2.0 * static_cast<double>(total(a, t)),
                3.0 * static_cast<double>(total(a, Tally::paid) + total(a, Tally::paid_equivalent)));
  }
}

TEST(Relation, ALateDecisionDelaysPaymentAndTakesNoDay) {
  // The right runs from the request: with nobody leaving, all days are paid in the end whatever the wait.
  World ample = without_scarcity(small_world(6));
  for (Office& office : ample.offices) {
    office.practice.students_summer = 1;
    office.practice.order = QueueOrder::decisions_first;
  }
  Environment& environment = ample.environment;  // nobody comes in the last four years
  for (std::size_t m = environment.index(Month(2003, 1)); m < environment.inflow.size(); ++m) {
    environment.inflow[m] = environment.inflow_equivalent[m] = 0;
  }
  World scarce = ample;
  for (std::size_t i = 0; i < scarce.offices.size(); ++i) {
    scarce.offices[i].first_line_fte = small_world(6).offices[i].first_line_fte * 0.3;
  }
  Parameters parameters = bare_parameters();
  parameters.deterrence_waiting = 1;
  const RulesTable table = table_of(rules_of_2002());
  Plan plan = small_plan();
  plan.report_from = plan.burn_in_from;
  const RunResult soon = test::run(ample, parameters, {&table}, plan)[0];
  const RunResult late = test::run(scarce, parameters, {&table}, plan)[0];
  ASSERT_EQ(total(soon, Tally::decisions_late), 0);
  ASSERT_GT(total(late, Tally::decisions_late), 30);
  ASSERT_EQ(test::in_month(late, late.n_months - 1, Tally::applicants), 0);  // the queue has emptied
  EXPECT_EQ(total(soon, Tally::paid_days), total(late, Tally::paid_days));
  EXPECT_EQ(total(soon, Tally::grants), total(late, Tally::grants));
}

TEST(Relation, WhoIsOutOfAReformsReachLivesTheSameLife) {
  // Without scarcity and deterrence nothing passes from one person to another: a contract for those under 30
  // instead of 25 leaves every life that began at 30 or more as it was, to the last field.
  const World world = without_scarcity(small_world(6));
  Parameters parameters = small_parameters();
  parameters.deterrence_obligation = parameters.deterrence_waiting = 1;
  Rules wider = rules_of_2002();
  wider.piis_under_age = 30;
  const auto over_30 = [](const Person& person, Month appeared) {
    return person.age_in_years(appeared) >= 30;
  };
  const Lives before = lives_of(world, parameters, table_of(rules_of_2002()), small_plan(), over_30);
  const Lives after =
      lives_of(world, parameters, reformed(rules_of_2002(), wider, reform_month), small_plan(), over_30);
  ASSERT_GT(before.size(), 1000U);
  EXPECT_TRUE(before == after);
  const auto everybody = [](const Person&, Month) { return true; };
  EXPECT_FALSE(
      lives_of(world, parameters, table_of(rules_of_2002()), small_plan(), everybody) ==
      lives_of(world, parameters, reformed(rules_of_2002(), wider, reform_month), small_plan(), everybody));
}

TEST(Relation, WithoutEffectsAContractMovesNobodysExit) {
  // Hazard ratios of one, no sanction and no other channel: breaches, notices and hearings go on, but every
  // person enters, leaves, and leaves for the same reason, in the same month.
  const World world = without_scarcity(small_world(6));
  Parameters parameters = small_parameters();
  parameters.breach = 0.2;
  parameters.other_channel = 0;
  parameters.effect_guidance_readiness = parameters.effect_activation_readiness = 0;
  parameters.deterrence_obligation = parameters.deterrence_waiting = 1;
  Rules nobody = rules_of_2002();
  nobody.sanction_allowed = 0;
  nobody.piis_under_age = 0;
  Rules everybody = nobody;
  everybody.piis_under_age = 120;
  everybody.piis_equivalent = everybody.piis_exempted = 1;
  const auto path = [&](const Rules& rules) {
    std::map<PersonId, std::vector<std::array<int, 3>>> paths;
    test::watch(world, parameters, table_of(rules), small_plan(), [&](const test::Seen& seen) {
      for (const Person& person : seen.state.people) {
        const std::array<int, 3> now = {person.granted_in, person.last_left_in,
                                        static_cast<int>(person.exit)};
        auto& steps = paths[person_id(seen.office.id, person.id)];
        if (steps.empty() || steps.back() != now) steps.push_back(now);
      }
    });
    return paths;
  };
  const auto without = path(nobody);
  ASSERT_GT(without.size(), 2000U);
  EXPECT_TRUE(without == path(everybody));
  EXPECT_GT(total(run_one(world, parameters, everybody), Tally::hearings), 100);
}

TEST(Relation, ForNewFilesIsForAllFilesWhereNoFileIsOlder) {
  // The two differ in the files opened before the reform alone: with none, they are the same reform.
  World world = small_world(6);
  Environment& environment = world.environment;
  for (std::size_t m = 0; m < environment.index(reform_month); ++m) {
    environment.inflow[m] = environment.inflow_equivalent[m] = 0;
  }
  Rules reform = rules_of_2002();
  reform.piis_under_age = 120;
  reform.sanction_max_months = 3;
  reform.review_interval_months = 6;
  const RulesTable all = reformed(rules_of_2002(), reform, reform_month);
  const RulesTable new_files = reformed(rules_of_2002(), reform, reform_month, true);
  const auto results = test::run(world, small_parameters(), {&all, &new_files}, small_plan());
  EXPECT_TRUE(same_counts(results[0], results[1]));
  EXPECT_GT(total(results[0], Tally::contract_covered), 0);
}

TEST(Relation, AGenerationOfFilesThatChangesNoRuleChangesNothing) {
  const RulesTable base = table_of(rules_of_2002());
  const RulesTable opened = reformed(rules_of_2002(), rules_of_2002(), reform_month, true);
  const auto results = test::run(small_world(6), small_parameters(), {&base, &opened}, small_plan());
  EXPECT_TRUE(same_counts(results[0], results[1]));
}

TEST(Relation, NobodyAsksWhereNobodyClaims) {
  // Newcomers, those who ask later and those who return all pass through the same take-up.
  Rules none = rules_of_2002();
  none.take_up_factor = 0;
  const RulesTable table = reformed(rules_of_2002(), none, reform_month);
  Parameters parameters = small_parameters();
  parameters.exit_transfer = 0;  // who moves has claimed before, and asks the other CPAS without a decision
  const RunResult result = test::run(small_world(6), parameters, {&table}, small_plan())[0];
  const int first = reform_month - result.from;
  for (int month = first; month < result.n_months; ++month) {
    EXPECT_EQ(test::in_month(result, month, Tally::requests), 0);
    EXPECT_GT(test::in_month(result, month, Tally::potential_applicants), 0);
  }
  EXPECT_GT(test::in_month(result, first - 1, Tally::requests), 0);
}

TEST(Relation, WhoAsksUnderALowerTakeUpAsksUnderAHigherOne) {
  // Thinning: the potential applicants are the same people, and each one's wish is the same draw.
  const auto asked = [](double take_up) {
    Rules rules = rules_of_2002();
    rules.take_up_factor = take_up;
    Plan plan = small_plan();
    plan.report_until = plan.burn_in_from + 1;  // before waiting and returns can differ
    std::set<PersonId> ids;
    test::watch(small_world(12, 600), small_parameters(), table_of(rules), plan, [&](const test::Seen& seen) {
      for (const Person& person : seen.state.people) {
        if (person.requested_in != no_month) ids.insert(person_id(seen.office.id, person.id));
      }
    });
    return ids;
  };
  const auto few = asked(0.7);
  const auto many = asked(1.1);
  EXPECT_GT(few.size(), 100U);
  EXPECT_GT(many.size(), few.size());
  EXPECT_TRUE(std::ranges::includes(many, few));
}

}  // namespace
}  // namespace tremplin
