#include "engine/simulate/simulate.hpp"

#include <gtest/gtest.h>
#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include <algorithm>

#include "tests/engine/small_world.hpp"

namespace tremplin {
namespace {

using test::run;
using test::small_parameters;
using test::small_plan;
using test::small_world;
using test::table_of;
using test::total;

bool same_counts(const RunResult& a, const RunResult& b) {
  return a.tallies == b.tallies && a.workload == b.workload && a.paid_days == b.paid_days;
}

// A contract for everybody from the month on, for all files.
RulesTable generalised_from(Month month) {
  RulesTable table = table_of(test::rules_of_2002());
  test::change_rules_from(table, month, 0, [](Rules& rules) {
    rules.piis_under_age = 120;
    rules.piis_equivalent = 1;
    rules.piis_exempted = 1;
  });
  return table;
}

TEST(Simulate, GivesTheSameBitsForAnyNumberOfThreads) {
  const World world = small_world(12);
  const RulesTable base = table_of(test::rules_of_2002());
  const RulesTable reform = generalised_from(Month(2005, 1));
  std::vector<RunResult> one;
  for (const int threads : {1, 2, 4, 7}) {
    const tbb::global_control limit(tbb::global_control::max_allowed_parallelism,
                                    static_cast<std::size_t>(threads));
    tbb::task_arena arena(threads);
    std::vector<RunResult> results;
    arena.execute([&] { results = run(world, small_parameters(), {&base, &reform}, small_plan()); });
    ASSERT_EQ(results.size(), 2U);
    if (threads == 1) one = results;
    EXPECT_TRUE(same_counts(one[0], results[0])) << threads;
    EXPECT_TRUE(same_counts(one[1], results[1])) << threads;
    EXPECT_EQ(one[0].offices, results[0].offices) << threads;
  }
}

TEST(Simulate, ASharedPastGivesTheSameBitsAsSeparateRuns) {
  const World world = small_world(9);
  const RulesTable base = table_of(test::rules_of_2002());
  const RulesTable late = generalised_from(Month(2006, 3));
  const RulesTable early = generalised_from(Month(2004, 2));
  RulesTable new_files(base.from(), base.until(), {.generations_open = {Month(2005, 7)}},
                       test::rules_of_2002());
  test::change_rules_from(new_files, Month(2005, 7), 1, [](Rules& rules) { rules.piis_under_age = 120; });
  Plan plan = small_plan();
  const auto together = run(world, small_parameters(), {&base, &late, &early, &new_files}, plan);
  plan.share_the_past = false;
  const RulesTable* tables[] = {&base, &late, &early, &new_files};
  for (std::size_t i = 0; i < 4; ++i) {
    const auto alone = run(world, small_parameters(), {tables[i]}, plan);
    EXPECT_TRUE(same_counts(together[i], alone[0])) << i;
  }
}

TEST(Simulate, MonthsBeforeTheReformAreIdentical) {
  const World world = small_world(9);
  const RulesTable base = table_of(test::rules_of_2002());
  const RulesTable reform = generalised_from(Month(2005, 1));
  Plan plan = small_plan();
  plan.share_the_past = false;
  const auto results = run(world, small_parameters(), {&base, &reform}, plan);
  const std::size_t before = 24UL * n_strata * n_tallies;  // January 2003 to December 2004
  EXPECT_TRUE(std::equal(results[0].tallies.begin(), results[0].tallies.begin() + before,
                         results[1].tallies.begin()));
  EXPECT_FALSE(results[0].tallies == results[1].tallies);
}

TEST(Simulate, TheOrderInWhichOfficesAreStoredChangesNothing) {
  World world = small_world(9);
  const RulesTable base = table_of(test::rules_of_2002());
  const auto forward = run(world, small_parameters(), {&base}, small_plan());
  std::ranges::reverse(world.offices);
  const auto backward = run(world, small_parameters(), {&base}, small_plan());
  EXPECT_TRUE(same_counts(forward[0], backward[0]));
}

TEST(Simulate, OtherSeedsAndReplicatesLiveOtherLives) {
  const World world = small_world(3);
  const RulesTable base = table_of(test::rules_of_2002());
  Plan plan = small_plan();
  const auto first = run(world, small_parameters(), {&base}, plan);
  plan.luck.replicate = 1;
  const auto second = run(world, small_parameters(), {&base}, plan);
  plan.luck = {.seed = 8, .replicate = 0};
  const auto third = run(world, small_parameters(), {&base}, plan);
  EXPECT_FALSE(same_counts(first[0], second[0]));
  EXPECT_FALSE(same_counts(first[0], third[0]));
}

TEST(Simulate, ALongerRunLivesTheSameMonths) {
  const World world = small_world(6);
  const RulesTable base = table_of(test::rules_of_2002());
  Plan plan = small_plan();
  const auto longer = run(world, small_parameters(), {&base}, plan);
  plan.report_until = Month(2005, 1);
  const auto shorter = run(world, small_parameters(), {&base}, plan);
  EXPECT_TRUE(std::equal(shorter[0].tallies.begin(), shorter[0].tallies.end(), longer[0].tallies.begin()));
}

TEST(Simulate, OfficesThatAReformDoesNotReachLiveTheSameMonths) {
  const World world = small_world(9);
  const RulesTable base = table_of(test::rules_of_2002());
  RulesTable flemish = base;  // a contract for everyone, in Flanders alone
  test::change_rules_from(
      flemish, Month(2005, 1), 0, [](Rules& rules) { rules.piis_under_age = 120; }, Region::flanders);
  const auto results = run(world, small_parameters(), {&base, &flemish}, small_plan());
  bool reached = false;
  for (std::size_t office = 0; office < world.offices.size(); ++office) {
    const auto row = static_cast<std::ptrdiff_t>(office * n_tallies);
    const bool same =
        std::equal(results[0].offices.begin() + row, results[0].offices.begin() + row + n_tallies,
                   results[1].offices.begin() + row);
    if (world.offices[office].region == Region::flanders) {
      reached = reached || !same;
    } else {
      EXPECT_TRUE(same) << office;
    }
  }
  EXPECT_TRUE(reached);
}

// Workers and places for everybody: nobody waits.
World without_scarcity(World world) {
  for (Office& office : world.offices) {
    office.first_line_fte *= 100;
    office.second_line_fte *= 100;
    for (double& places : office.places) places = 100 * office.caseload_2013;
  }
  return world;
}

TEST(Simulate, WithoutScarcityAndEffectsAContractForAllMovesOnlyContractsAndTheirCost) {
  const World world = without_scarcity(small_world(9));
  Parameters parameters = small_parameters();
  parameters.breach = 0;
  parameters.effect_guidance_readiness = 0;
  const RulesTable base = table_of(test::rules_of_2002());
  const RulesTable reform = generalised_from(Month(2005, 1));
  const auto results = run(world, parameters, {&base, &reform}, small_plan());
  for (const Tally same : {Tally::paid, Tally::paid_equivalent, Tally::paid_days, Tally::requests,
                           Tally::grants, Tally::exits_job, Tally::exits_unknown, Tally::exits_insurance,
                           Tally::re_entries, Tally::in_guidance, Tally::in_article_60,
                           Tally::exempted_health, Tally::suspended_days, Tally::euro_integration_income}) {
    EXPECT_EQ(total(results[0], same), total(results[1], same))
        << all_tallies()[static_cast<std::size_t>(same)].name;
  }
  EXPECT_GT(total(results[1], Tally::contract_covered), total(results[0], Tally::contract_covered));
  EXPECT_GT(total(results[1], Tally::minutes_worked), total(results[0], Tally::minutes_worked));
}

TEST(Simulate, WithoutSanctionsNobodyIsSuspendedForABreach) {
  const World world = small_world(9);
  Parameters parameters = small_parameters();
  parameters.non_declaration = 0;
  Rules rules = test::rules_of_2002();
  rules.sanction_allowed = 0;
  const RulesTable none = table_of(rules);
  const auto results = run(world, parameters, {&none}, small_plan());
  EXPECT_EQ(total(results[0], Tally::suspended_days), 0);
  EXPECT_EQ(total(results[0], Tally::sanctions_full), 0);
  EXPECT_EQ(total(results[0], Tally::euro_withheld), 0);
  EXPECT_GT(total(results[0], Tally::hearings), 0);
}

TEST(Simulate, MoreHoursMeanFewerMissedDeadlinesAndMorePersonalContracts) {
  World world = small_world(9);
  for (Office& office : world.offices) office.first_line_fte /= 2;
  const RulesTable base = table_of(test::rules_of_2002());
  Rules more = test::rules_of_2002();
  more.staff_factor = 2;
  const RulesTable doubled = table_of(more);
  const auto scarce = run(world, small_parameters(), {&base}, small_plan());
  const auto ample = run(world, small_parameters(), {&doubled}, small_plan());
  for (const Tally deadline : {Tally::decisions_overdue, Tally::evaluations_missed, Tally::reviews_overdue,
                               Tally::contract_overdue, Tally::exempted_unseen}) {
    EXPECT_GT(total(scarce[0], deadline), total(ample[0], deadline))
        << all_tallies()[static_cast<std::size_t>(deadline)].name;
  }
  EXPECT_LT(total(scarce[0], Tally::contract_personalised), total(ample[0], Tally::contract_personalised));
}

TEST(Simulate, EveryTallyIsMovedByTheBroadestRun) {
  World world = small_world(12, 150);
  for (std::size_t i = 0; i < world.offices.size(); i += 2) world.offices[i].first_line_fte /= 2;
  Parameters parameters = small_parameters();
  parameters.breach = 0.1;
  parameters.effect_guidance_readiness = 0.01;
  parameters.later_claim = 0.3;
  parameters.refuses_to_sign = 0.02;
  Rules rules = test::rules_of_2002();
  rules.sanction_tolerated_absences = 1;
  rules.community_service = 1;
  rules.sanction_grounds_social_activation = 0;
  rules.sanction_insured_leavers = 1;
  rules.article60_exit_support = 1;
  rules.social_activation_incentive = 50;
  rules.social_activation_funding = 1000;
  rules.benefits_ended = 50;
  rules.reimbursement_ended_kind = 2;
  rules.reimbursement_ended_added = 0.1;
  const RulesTable broad = table_of(rules);
  rules.sanction_tolerated_absences = 0;
  rules.piis_annex_allowed = 1;
  const RulesTable annexed = table_of(rules);
  const auto results = run(world, parameters, {&broad, &annexed}, small_plan());
  for (const TallyEntry& tally : all_tallies()) {
    const auto which = static_cast<Tally>(&tally - all_tallies().data());
    EXPECT_NE(total(results[0], which) + total(results[1], which), 0) << tally.name;
  }
}

TEST(Simulate, StopsWhenAsked) {
  const World world = small_world(3);
  const RulesTable base = table_of(test::rules_of_2002());
  std::stop_source stop;
  stop.request_stop();
  test::Silent silent;
  EXPECT_TRUE(simulate(world, small_parameters(), {&base}, small_plan(), silent, stop.get_token()).empty());
}

}  // namespace
}  // namespace tremplin
