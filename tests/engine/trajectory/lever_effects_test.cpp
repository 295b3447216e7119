// What levers do, beyond that they do something: relations that hold exactly, lever by lever.
#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <set>

#include "engine/law/amounts.hpp"
#include "tests/engine/first_office.hpp"

namespace tremplin {
namespace {

using test::rules_of_2002;
using test::small_parameters;
using test::small_world;
using test::total;

RunResult result_of(const World& world, const Parameters& parameters, const Rules& rules) {
  const RulesTable table = test::table_of(rules);
  return test::run(world, parameters, {&table}, test::small_plan()).at(0);
}

std::int64_t minutes(const RunResult& result, Task task) {
  return total(result, task, Workload::worked_minutes);
}

// Calls see(person, month) for everybody active after each month of the first office.
void each_month(const World& world, const Parameters& parameters, const Rules& rules,
                const std::function<void(const Person&, Month)>& see) {
  test::live_first_office(world, parameters, test::table_of(rules), Month(2004, 1),
                          [&](const OfficeState& state, Month month) {
                            for (const std::uint32_t slot : state.active) see(state.people[slot], month);
                          });
}

TEST(LeverEffects, NoCategoryInScopeIsTheSameAsNobodyObliged) {
  Rules no_category = rules_of_2002();
  no_category.piis_cohabitant = no_category.piis_single = no_category.piis_family = 0;
  Rules nobody = rules_of_2002();
  nobody.piis_under_age = 0;
  EXPECT_EQ(result_of(small_world(), small_parameters(), no_category),
            result_of(small_world(), small_parameters(), nobody));
}

TEST(LeverEffects, NoTypeThatGroundsASanctionIsTheSameAsNoSanctions) {
  Rules no_type = rules_of_2002();
  no_type.sanction_grounds_general = no_type.sanction_grounds_employment = 0;
  no_type.sanction_grounds_training = no_type.sanction_grounds_studies = 0;
  no_type.sanction_grounds_social_activation = no_type.sanction_grounds_housing = 0;
  Rules none = rules_of_2002();
  none.sanction_allowed = 0;
  EXPECT_EQ(result_of(small_world(), small_parameters(), no_type),
            result_of(small_world(), small_parameters(), none));
}

TEST(LeverEffects, DecoupledFromTheGrantNoBreachEndsIt) {
  Rules rules = rules_of_2002();
  rules.sanction_allowed = 0;
  Parameters parameters = small_parameters();
  parameters.breach = 0.2;
  EXPECT_GT(total(result_of(small_world(), parameters, rules), Tally::other_channel), 0);
  rules.piis_coupled_to_grant = 0;
  EXPECT_EQ(total(result_of(small_world(), parameters, rules), Tally::other_channel), 0);
}

TEST(LeverEffects, ContractsInParallelFollowTheRuleRatherThanTheHabit) {
  const auto second = [](int lines) {
    Rules rules = rules_of_2002();
    rules.piis_lines = lines;
    return total(result_of(small_world(4), small_parameters(), rules), Tally::contract_second_line);
  };
  EXPECT_EQ(second(1), 0);
  EXPECT_GT(second(0), 0);
  EXPECT_GT(second(2), second(0));
}

TEST(LeverEffects, ASecondContractEndsWhenTheRuleAllowsOne) {
  const World world = small_world(2, 120);
  ASSERT_TRUE(world.offices[1].practice.parallel_contracts);
  Rules one = rules_of_2002();
  one.piis_lines = 1;
  RulesTable table = test::table_of(rules_of_2002());
  const Month change(2004, 1);
  for (Month month = change; month < table.until(); ++month) {
    for (const Jurisdiction& where : all_jurisdictions) table.set(month, where, 0, one);
  }
  const auto result = test::run(world, small_parameters(), {&table}, test::small_plan()).at(0);
  std::int64_t before = 0;
  for (int month = 0; month < result.n_months; ++month) {
    for (int stratum = 0; stratum < n_strata; ++stratum) {
      const std::int64_t now = result.tally(month, stratum, Tally::contract_second_line);
      if (result.from + month >= change) {
        EXPECT_EQ(now, 0);
      } else {
        before += now;
      }
    }
  }
  EXPECT_GT(before, 0);
}

TEST(LeverEffects, TheLineThatSignsGivesTheHours) {
  World world = small_world(3, 60);
  for (Office& office : world.offices) {
    office.practice.parallel_contracts = false;
    office.second_line_fte *= 20;
  }
  Rules rules = rules_of_2002();
  const RunResult first = result_of(world, small_parameters(), rules);
  EXPECT_EQ(minutes(first, Task::contract_second_line), 0);
  rules.piis_signed_by = 2;
  const RunResult second = result_of(world, small_parameters(), rules);
  for (const Task task : {Task::contract_general, Task::contract_employment, Task::contract_training,
                          Task::contract_studies, Task::contract_social_activation, Task::contract_housing,
                          Task::annex, Task::evaluation, Task::evaluation_distance, Task::evaluation_report})
    EXPECT_EQ(minutes(second, task), 0) << all_tasks()[static_cast<std::size_t>(task)].name;
  EXPECT_GT(minutes(second, Task::evaluation_second_line), 0);
  EXPECT_GT(minutes(second, Task::contract_second_line), 0);
  EXPECT_GT(total(second, Tally::contracts_on_time), 0);
  EXPECT_GT(total(second, Tally::evaluations_held), 0);
}

TEST(LeverEffects, InspectionThatWorksPerfectlyLeavesNoDutyUndone) {
  World world = small_world();
  for (Office& office : world.offices) office.first_line_fte *= 100;
  for (Office& office : world.offices) office.second_line_fte *= 100;
  Parameters parameters = small_parameters();
  parameters.effect_inspection = 1;
  Rules rules = rules_of_2002();
  EXPECT_GT(total(result_of(world, parameters, rules), Tally::evaluations_missed), 0);
  rules.piis_inspection = 1;
  const RunResult inspected = result_of(world, parameters, rules);
  EXPECT_EQ(total(inspected, Tally::evaluations_missed), 0);
  EXPECT_EQ(total(inspected, Tally::contract_overdue), 0);
}

TEST(LeverEffects, WhoComesFromInsuranceLosesTheFirstWholeMonth) {
  Rules rules = rules_of_2002();
  rules.sanction_insured_leavers = 2;
  int n = 0;
  each_month(small_world(1, 200), small_parameters(), rules, [&](const Person& person, Month month) {
    if (person.granted_in != month.index || person.entitlement == Entitlement::applicant) return;
    const bool concerned = person.insured_leaver && !person.comes_for_equivalent;
    if (concerned) {
      EXPECT_EQ(person.suspended_from, first_day_of(month + 1));
      EXPECT_EQ(person.suspended_until, first_day_of(month + 2));
      EXPECT_EQ(person.entitlement, Entitlement::suspended_by_sanction);
      ++n;
    } else {
      EXPECT_EQ(person.suspended_from, 0);
    }
  });
  EXPECT_GT(n, 50);  // a quarter of some 400 grants
}

TEST(LeverEffects, CaseByCaseAnOfficeThatNeverSanctionsSuspendsNobody) {
  World world = small_world(1);
  world.offices[0].practice.sanctions = SanctionHabit::never;
  Rules rules = rules_of_2002();
  rules.sanction_insured_leavers = 1;
  EXPECT_EQ(total(result_of(world, small_parameters(), rules), Tally::sanctions_insured_leavers), 0);
}

TEST(LeverEffects, TheShortageExemptionComesOnceInLifeAndForItsMonths) {
  Parameters parameters = small_parameters();
  parameters.start_part_time = 0.2;
  parameters.end_part_time = 0.3;
  parameters.spi_asked = 1;
  parameters.shortage_share = 0.5;
  Rules rules = rules_of_2002();
  rules.spi_shortage_amount = 400;
  rules.spi_shortage_months = 3;
  std::map<LocalId, std::set<MonthIndex>> raised;  // months, by person
  each_month(small_world(1, 200), parameters, rules, [&](const Person& person, Month month) {
    if (person.activity == Activity::part_time && person.activity_until >= month.index) {
      EXPECT_TRUE(person.shortage_used);
      raised[person.id].insert(static_cast<MonthIndex>(month.index));
    }
  });
  EXPECT_GT(raised.size(), 20U);
  for (const auto& [id, months] : raised) {
    EXPECT_LE(*months.rbegin() - *months.begin(), 2);  // within three months in a row
  }
}

TEST(LeverEffects, DaysWorkedLastLongerThanDaysOfTheMonth) {
  Parameters parameters = small_parameters();
  parameters.start_part_time = 0.1;
  parameters.part_time_days = 0;
  Rules rules = rules_of_2002();
  rules.spi_days = 40;
  const RunResult all_days = result_of(small_world(), parameters, rules);
  rules.spi_counting = 1;
  const RunResult worked = result_of(small_world(), parameters, rules);
  EXPECT_GT(total(worked, Tally::euro_exempted), 2 * total(all_days, Tally::euro_exempted));
  // Of whoever works no day, no day is used: as if there were more of them than a life holds.
  rules.spi_counting = 0;
  rules.spi_days = 3650;
  EXPECT_EQ(worked, result_of(small_world(), parameters, rules));
}

TEST(LeverEffects, SupportAtTheEndOfArticle60ThatHelpsBringsJobs) {
  World world = small_world(3, 120);
  for (Office& office : world.offices) office.second_line_fte *= 20;
  Parameters parameters = small_parameters();
  parameters.effect_exit_support = 5;
  Rules rules = rules_of_2002();
  const RunResult without = result_of(world, parameters, rules);
  rules.article60_exit_support = 1;
  const RunResult with = result_of(world, parameters, rules);
  EXPECT_EQ(total(without, Tally::exit_supports), 0);
  EXPECT_GT(total(with, Tally::exit_supports), 0);
  EXPECT_GT(total(with, Tally::exits_job), total(without, Tally::exits_job));
}

TEST(LeverEffects, IncentivesAndFundingGoByThePeopleInTrajectories) {
  Rules rules = rules_of_2002();
  rules.social_activation_incentive = 50;
  rules.social_activation_funding = 1200;
  const RunResult result = result_of(small_world(), small_parameters(), rules);
  const std::int64_t people = total(result, Tally::in_social_activation);
  EXPECT_GT(people, 0);
  EXPECT_EQ(total(result, Tally::euro_cpas_incentives), people * 5'000);           // cents
  EXPECT_EQ(total(result, Tally::euro_state_social_activation), people * 10'000);  // 1200 / 12
  // Effects at none: nobody behaves otherwise.
  const RunResult base = result_of(small_world(), small_parameters(), rules_of_2002());
  EXPECT_EQ(people, total(base, Tally::in_social_activation));
}

TEST(LeverEffects, AnotherSplitOfTheLinesKeepsTheWorkers) {
  Rules rules = rules_of_2002();
  Parameters stable = small_parameters();
  stable.staff_turnover = 0;
  const RunResult before = result_of(small_world(), stable, rules);
  rules.staff_second_line_share = 0.5;
  const RunResult after = result_of(small_world(), stable, rules);
  const auto workers = [](const RunResult& result) {
    return total(result, Tally::staff_first_line) + total(result, Tally::staff_second_line);
  };
  // Hundredths of an FTE, rounded once for each line, office and month: three offices, 48 months.
  EXPECT_NEAR(static_cast<double>(workers(before)), static_cast<double>(workers(after)), 3 * 48);
  EXPECT_NEAR(static_cast<double>(total(after, Tally::staff_first_line)),
              static_cast<double>(total(after, Tally::staff_second_line)), 3 * 48);
}

TEST(LeverEffects, AGroupThatDoesNotAskIsNotThere) {
  const auto paid = [](double Rules::*group, Tally tally) {
    Rules rules = rules_of_2002();
    rules.*group = 0;
    return total(result_of(small_world(), small_parameters(), rules), tally);
  };
  EXPECT_EQ(paid(&Rules::inflow_under_25, Tally::paid_under_25), 0);
  EXPECT_EQ(paid(&Rules::inflow_women, Tally::paid_women), 0);
  EXPECT_EQ(paid(&Rules::inflow_family, Tally::paid_family), 0);
  EXPECT_EQ(paid(&Rules::inflow_equivalent, Tally::paid_equivalent), 0);
}

TEST(LeverEffects, EachBandHasItsEdgesAndItsRate) {
  Rules rules = rules_of_2002();  // bands from 20, 40, 60 and 80 %
  rules.subsidy_general = 0.1;
  rules.subsidy_band_added_1 = -0.05;
  rules.subsidy_band_added_2 = -0.025;
  rules.subsidy_band_added_4 = 0.025;
  rules.subsidy_band_added_5 = 0.05;
  const auto rate = [&](double coverage) { return amounts_of(rules, coverage).subsidy_general; };
  EXPECT_EQ(rate(0), 50'000);  // millionths: 10 - 5 %
  EXPECT_EQ(rate(0.199), 50'000);
  EXPECT_EQ(rate(0.2), 75'000);
  EXPECT_EQ(rate(0.5), 100'000);
  EXPECT_EQ(rate(0.6), 125'000);
  EXPECT_EQ(rate(0.8), 150'000);
  EXPECT_EQ(rate(1), 150'000);
  EXPECT_EQ(subsidy_band(rules, 0.75).until, 0.8);
  EXPECT_EQ(subsidy_band(rules, 0.75).added_next, 0.05);
  // Nothing is taken back of what was never given.
  rules.subsidy_general = 0;
  EXPECT_EQ(rate(0), 0);
}

TEST(LeverEffects, OfficesNearABandSignMoreWhereTheyRespond) {
  Parameters parameters = small_parameters();
  parameters.band_reach = 1;
  Rules rules = rules_of_2002();
  rules.subsidy_band_added_5 = 0.05;
  rules.subsidy_band_from_2 = rules.subsidy_band_from_3 = rules.subsidy_band_from_4 = 0.9;
  rules.subsidy_band_from_5 = 0.9;  // two bands: below, and from 90 %
  const std::int64_t indifferent =
      total(result_of(small_world(), parameters, rules), Tally::contract_covered);
  parameters.band_response = 40;
  EXPECT_GT(total(result_of(small_world(), parameters, rules), Tally::contract_covered), indifferent);
}

}  // namespace
}  // namespace tremplin
