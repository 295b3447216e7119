// Rules for groups of people: a rule of files that is for everybody by group is the rule for everybody, and
// one for a group moves nobody else's file.
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "tests/engine/small_world.hpp"

namespace tremplin {
namespace {

using test::rules_of_2002;
using test::run;
using test::small_parameters;
using test::small_plan;
using test::small_world;
using test::table_of;

constexpr Month change_from(2004, 3);

// The rules of 2002 with one change from a month on, for the people of these groups; for nobody in particular
// if the set is empty.
template <class Change>
RulesTable changed_for(GroupSet groups, Change change) {
  const RulesTable base = table_of(rules_of_2002());
  if (groups.empty()) {
    RulesTable table = base;
    test::change_rules_from(table, change_from, 0, change);
    return table;
  }
  RulesTable table(base.from(), base.until(), {.audiences = {groups}}, rules_of_2002());
  EXPECT_EQ(table.n_pages(), table.n_kinds());
  test::change_rules_from(table, change_from, table.page_of(change_from, groups), change);
  return table;
}

bool same(const RunResult& a, const RunResult& b) {
  return a.tallies == b.tallies && a.workload == b.workload && a.paid_days == b.paid_days;
}

TEST(Groups, EveryPersonIsOfOneCategoryAndOnOneSideOf25Years) {
  std::set<std::uint16_t> known;
  for (const GroupSet kind : all_kinds_of_people) {
    EXPECT_TRUE(known.insert(kind.bits()).second);
    EXPECT_EQ(
        kind.has(TargetGroup::cohabitant) + kind.has(TargetGroup::single) + kind.has(TargetGroup::family), 1);
    EXPECT_NE(kind.has(TargetGroup::under_25), kind.has(TargetGroup::from_25));
  }
}

// Whoever lives in the small world is of a kind that the table knows.
TEST(Groups, NobodyIsOfAKindThatDoesNotExist) {
  std::set<std::uint16_t> known;
  for (const GroupSet kind : all_kinds_of_people) known.insert(kind.bits());
  const World world = small_world(2, 60);
  const Parameters parameters = small_parameters();
  const Constants constants = make_constants(world, parameters);
  const RulesTable table = table_of(rules_of_2002());
  OfficeScratch scratch;
  OfficeRun office(world, world.offices[0], parameters, constants, table, small_plan());
  std::set<std::uint16_t> met;
  while (office.next_month() < small_plan().report_until) {
    office.step(scratch);
    for (const std::uint32_t slot : office.state().active) {
      const Person& person = office.state().people[slot];
      met.insert(groups_of(person, office.next_month(), Month(person.requested_in)).bits());
    }
  }
  for (const std::uint16_t kind : met) EXPECT_TRUE(known.contains(kind)) << kind;
  EXPECT_GT(met.size(), 12U);
}

TEST(Groups, ARuleForBothSidesOf25YearsIsTheRuleForEverybody) {
  const World world = small_world(6);
  const auto all_due = [](Rules& rules) {
    rules.piis_under_age = 120;
    rules.ris_single *= 1.1;
    rules.sanction_max_months = 2;
  };
  const RulesTable base = table_of(rules_of_2002());
  const RulesTable everybody = changed_for({}, all_due);
  const RulesTable by_age = changed_for({TargetGroup::under_25, TargetGroup::from_25}, all_due);
  const auto results = run(world, small_parameters(), {&base, &everybody, &by_age}, small_plan());
  EXPECT_TRUE(same(results[1], results[2]));
  EXPECT_FALSE(same(results[0], results[1]));
}

TEST(Groups, ARuleForAGroupThatNobodyIsInMovesNothing) {
  const World world = small_world(4);
  const RulesTable base = table_of(rules_of_2002());
  const RulesTable ended =
      changed_for({TargetGroup::benefit_ended}, [](Rules& rules) { rules.ris_single = 2000; });
  const auto results = run(world, small_parameters(), {&base, &ended}, small_plan());
  EXPECT_TRUE(same(results[0], results[1]));
}

TEST(Groups, ASharedPastGivesTheSameBitsAsARunOfItsOwn) {
  const World world = small_world(6);
  const RulesTable base = table_of(rules_of_2002());
  const RulesTable students =
      changed_for({TargetGroup::student}, [](Rules& rules) { rules.ris_single *= 2; });
  const RulesTable first_time =
      changed_for({TargetGroup::first_time}, [](Rules& rules) { rules.piis_under_age = 120; });
  Plan plan = small_plan();
  const auto together = run(world, small_parameters(), {&base, &students, &first_time}, plan);
  plan.share_the_past = false;
  const RulesTable* tables[] = {&base, &students, &first_time};
  for (std::size_t i = 0; i < 3; ++i) {
    const auto alone = run(world, small_parameters(), {tables[i]}, plan);
    EXPECT_TRUE(same(together[i], alone[0])) << i;
    EXPECT_EQ(same(together[i], together[0]), i == 0) << i;
  }
}

// With no effect of money on anybody's life, an amount moves only the euros of those it is for.
TEST(Groups, AnAmountForYoungPeopleIsPaidToNobodyElse) {
  const World world = small_world(3);
  const Parameters parameters = small_parameters();
  const Constants constants = make_constants(world, parameters);
  const RulesTable base = table_of(rules_of_2002());
  const RulesTable young = changed_for({TargetGroup::under_25}, [](Rules& rules) {
    rules.ris_single = rules.ris_cohabitant = rules.ris_family = 3000;
  });
  // Accounts of each person: who is 25 or older in a month is paid what the base pays.
  struct Seen : Ledger {
    std::map<std::pair<std::uint32_t, int>, std::int64_t> paid;
    std::int64_t before = 0;
    bool young = false;
    static std::int64_t euros(const OfficeMonth& tally) { return tally[Tally::euro_integration_income]; }
    void begin(const Person&, const OfficeMonth& tally) override { before = euros(tally); }
    void end(const Person& person, Month month, const OfficeMonth& tally, int) override {
      if (person.is_under(25, month) == young)
        paid[{static_cast<std::uint32_t>(person.id), month.index}] += euros(tally) - before;
    }
  };
  for (const bool of_the_young : {false, true}) {
    std::array<Seen, 2> seen;
    for (std::size_t i = 0; i < 2; ++i) {
      seen[i].young = of_the_young;
      OfficeScratch scratch;
      OfficeRun office(world, world.offices[0], parameters, constants, i == 0 ? base : young, small_plan());
      office.keep(&seen[i]);
      while (office.next_month() < small_plan().report_until) office.step(scratch);
    }
    ASSERT_FALSE(seen[0].paid.empty());
    EXPECT_EQ(seen[0].paid == seen[1].paid, !of_the_young);
  }
}

}  // namespace
}  // namespace tremplin
