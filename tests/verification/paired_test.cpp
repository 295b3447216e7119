// Directions that the mechanism states, as paired differences over replicates: both runs of a replicate share
// the luck of every person. A relation holds when the mean difference lies beyond Student's bound; the effect
// sizes that the model leaves open (MODEL.md section 4) are set by each test, never taken for granted.
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "tests/verification/bounds.hpp"
#include "tests/verification/worlds.hpp"

namespace tremplin {
namespace {

using test::rules_of_2002;
using test::small_parameters;
using test::small_plan;
using test::small_world;
using test::table_of;
using test::total;

constexpr int n_replicates = 14;
constexpr int n_relations = 24;  // comparisons of this file, for the family-wise error

struct Setting {
  World world = small_world(6, 100);
  Parameters parameters = small_parameters();
  Rules rules = rules_of_2002();
};

// Of each replicate, the tally under `b` less that under `a`.
std::vector<double> differences(const Setting& a, const Setting& b, Tally tally) {
  std::vector<double> list;
  Plan plan = small_plan();
  plan.report_until = Month(2006, 1);
  for (int r = 0; r < n_replicates; ++r) {
    plan.luck.replicate = static_cast<std::uint32_t>(r);
    const RulesTable table_a = table_of(a.rules);
    const RulesTable table_b = table_of(b.rules);
    const RunResult result_a = test::run(a.world, a.parameters, {&table_a}, plan)[0];
    const RunResult result_b = test::run(b.world, b.parameters, {&table_b}, plan)[0];
    list.push_back(static_cast<double>(total(result_b, tally) - total(result_a, tally)));
  }
  return list;
}

void expect_more(const Setting& less, const Setting& more, Tally tally) {
  const test::Mean mean = test::mean_of(differences(less, more, tally));
  EXPECT_GT(mean.value, test::student_bound(n_replicates - 1, n_relations) * mean.error)
      << all_tallies()[static_cast<std::size_t>(tally)].name;
}

// Every office sanctions, and breaches are many.
Setting severe() {
  Setting s;
  for (Office& office : s.world.offices) {
    office.practice.sanctions = SanctionHabit::often;
    office.practice.sanction_kinds = {0, 0.3, 0.7, 0};
    office.practice.evaluation_regularity = 1;
    office.first_line_fte *= 10;
  }
  s.parameters.breach = 0.15;
  s.parameters.non_declaration = 0;
  s.rules.piis_under_age = 120;
  return s;
}

TEST(Paired, ALongerLongestSuspensionSuspendsMoreDays) {
  const Setting one = severe();
  Setting three = one;
  three.rules.sanction_max_months = 3;
  expect_more(one, three, Tally::suspended_days);
  expect_more(one, three, Tally::euro_withheld);
  expect_more(three, one, Tally::paid_days);
}

TEST(Paired, AnEarlierStartOfTheSanctionSuspendsMoreDays) {
  // Fewer people leave between the decision and the first day; and the next breach comes sooner.
  const Setting second_month = severe();
  Setting next_month = second_month;
  next_month.rules.sanction_start_delay_months = 1;
  expect_more(second_month, next_month, Tally::suspended_days);
}

TEST(Paired, ToleratedAbsencesAndAGuardSuspendFewerDays) {
  const Setting strict = severe();
  Setting tolerant = strict;
  tolerant.rules.sanction_tolerated_absences = 2;
  expect_more(tolerant, strict, Tally::notices);
  expect_more(tolerant, strict, Tally::suspended_days);
  Setting guarded = strict;
  guarded.rules.sanction_guard = 1;
  expect_more(guarded, strict, Tally::suspended_days);
}

TEST(Paired, MissedEvaluationsProtectFromSanctions) {
  // The breach of the CPAS itself bars the sanction.
  const Setting regular = severe();
  Setting irregular = regular;
  for (Office& office : irregular.world.offices) office.practice.evaluation_regularity = 0.3;
  expect_more(regular, irregular, Tally::sanctions_barred);
  expect_more(irregular, regular, Tally::suspended_days);
}

TEST(Paired, EachFurtherHourPersonalisesMoreContracts) {
  Setting before;
  before.rules.piis_under_age = 120;
  before.rules.staff_factor = 0.5;
  for (const double staff : {0.8, 1.3}) {
    Setting after = before;
    after.rules.staff_factor = staff;
    expect_more(before, after, Tally::contract_personalised);
    before = after;
  }
}

TEST(Paired, AContractForAllTakesTimeFromTheOtherTasks) {
  // Scarce hours, reviews last in the order: more contracts, more reviews overdue.
  Setting young;
  for (Office& office : young.world.offices) {
    office.practice.order = QueueOrder::contracts_first;
    office.first_line_fte *= 0.6;
  }
  Setting everybody = young;
  everybody.rules.piis_under_age = 120;
  expect_more(young, everybody, Tally::contract_covered);
  expect_more(young, everybody, Tally::reviews_overdue);
}

TEST(Paired, AnEffectOnJobsMovesTheCaseloadItsOwnWay) {
  Setting none;
  none.rules.piis_under_age = 120;
  Setting helps = none;
  helps.parameters.effect_personalised_job = helps.parameters.effect_formal_job = 1.6;
  Setting locks = none;
  locks.parameters.effect_personalised_job = locks.parameters.effect_formal_job = 0.6;
  expect_more(helps, none, Tally::paid);
  expect_more(none, locks, Tally::paid);
}

TEST(Paired, ADeterrentObligationKeepsPeopleAway) {
  Setting neutral;
  neutral.rules.piis_under_age = 120;
  Setting deters = neutral;
  deters.parameters.deterrence_obligation = 0.7;
  expect_more(deters, neutral, Tally::requests);
  expect_more(neutral, deters, Tally::non_claimants);
}

TEST(Paired, BroaderExemptionsExemptMore) {
  const Setting plain;
  Setting broad;
  broad.rules.exemption_breadth = 2;
  expect_more(plain, broad, Tally::exempted_equity);
  expect_more(plain, broad, Tally::exempted_health);
  expect_more(broad, plain, Tally::required);
}

TEST(Paired, MorePlacesAreTakenByMorePeople) {
  Setting few;
  for (Office& office : few.world.offices) {
    for (double& places : office.places) places /= 4;
  }
  Setting more = few;
  more.rules.article60_places = 2;
  expect_more(few, more, Tally::in_article_60);
  expect_more(more, few, Tally::places_refused);
}

TEST(TwiceTheOffices, HalveTheRelativeVariance) {
  // The same landscape twice, with other ids: offices are independent, so the mean over offices has half the
  // variance. Ratio of two independent estimates with n - 1 degrees of freedom each: Fisher's F.
  World once = test::without_scarcity(small_world(6, 40));
  World twice = once;
  for (Office office : once.offices) {
    office.id = CpasId{static_cast<std::uint16_t>(static_cast<int>(office.id) + 1000)};
    twice.offices.push_back(office);
  }
  constexpr int n = 120;
  Plan plan = small_plan();
  plan.report_until = Month(2003, 2);
  const RulesTable table = table_of(rules_of_2002());
  std::vector<double> single;
  std::vector<double> doubled;
  for (int r = 0; r < n; ++r) {
    plan.luck = {.seed = 11, .replicate = static_cast<std::uint32_t>(r)};
    single.push_back(
        static_cast<double>(total(test::run(once, small_parameters(), {&table}, plan)[0], Tally::paid)));
    plan.luck.seed = 12;  // other lives than those of `once`
    doubled.push_back(
        static_cast<double>(total(test::run(twice, small_parameters(), {&table}, plan)[0], Tally::paid)) / 2);
  }
  const test::Mean a = test::mean_of(single);
  const test::Mean b = test::mean_of(doubled);
  const double ratio = a.error * a.error / (2 * b.error * b.error);
  EXPECT_LT(ratio, test::variance_ratio_bound(n - 1, 1));
  EXPECT_GT(ratio, 1 / test::variance_ratio_bound(n - 1, 1));
  EXPECT_NEAR(a.value, b.value,
              test::student_bound(n - 1, 1) * std::sqrt(a.error * a.error + b.error * b.error));
}

}  // namespace
}  // namespace tremplin
