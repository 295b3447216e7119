#include "engine/law/rules.hpp"

#include <gtest/gtest.h>

#include "tests/engine/small_world.hpp"

#include <set>
#include <string>

namespace tremplin {
namespace {

using test::change_rules;
using test::change_rules_from;

TEST(Levers, HaveOnePathEachAndReadWhatTheyWrite) {
  std::set<std::string_view> paths;
  for (const Lever& lever : all_levers()) {
    EXPECT_TRUE(paths.insert(lever.path).second) << lever.path;
    EXPECT_LE(lever.minimum, lever.maximum) << lever.path;
    Rules rules;
    lever.set(rules, lever.maximum);
    EXPECT_EQ(lever.get(rules), lever.maximum) << lever.path;
    EXPECT_EQ(find_lever(lever.path), &lever);
  }
  EXPECT_EQ(find_lever("piis/scope/under_agee"), nullptr);
}

TEST(RulesTable, AFileBelongsToTheGenerationOfItsRequest) {
  const RulesTable table(Month(2003, 1), Month(2021, 1),
                         {.generations_open = {Month(2016, 11), Month(2014, 10)}}, Rules{});
  EXPECT_EQ(table.n_generations(), 3);
  EXPECT_EQ(table.page_of(Month(2014, 9)), 0);
  EXPECT_EQ(table.page_of(Month(2014, 10)), 1);
  EXPECT_EQ(table.page_of(Month(2016, 10)), 1);
  EXPECT_EQ(table.page_of(Month(2020, 1)), 2);
}

TEST(RulesTable, MonthsOutsideReadAsTheNearest) {
  RulesTable table(Month(2003, 1), Month(2005, 1), {}, Rules{});
  const Jurisdiction here{Region::wallonia, SizeClass::from_20k};
  change_rules(table, Month(2003, 1), here, 0, [](Rules& rules) { rules.ris_single = 1; });
  change_rules(table, Month(2004, 12), here, 0, [](Rules& rules) { rules.ris_single = 2; });
  EXPECT_EQ(table.at(Month(1993, 1), here, 0).ris_single, 1);
  EXPECT_EQ(table.at(Month(2030, 1), here, 0).ris_single, 2);
  EXPECT_EQ(table.at(Month(2030, 1), {Region::flanders, SizeClass::from_20k}, 0).ris_single, 0);
  EXPECT_EQ(table.at(Month(2030, 1), {Region::wallonia, SizeClass::from_10k}, 0).ris_single, 0);
}

TEST(RulesTable, HoldsWhatWasSetLastInEveryCell) {
  const Month from(2003, 1);
  RulesTable table(from, Month(2013, 1), {.generations_open = {Month(2005, 1)}}, Rules{});
  // More sets of rules than are looked through for an equal one; then the same again, backwards.
  const auto number = [&](Month month, Jurisdiction where, int generation) {
    return (month - from) * 100 + index_of(where) * 2 + generation;
  };
  const auto set_all = [&](int sign) {
    for (Month month = from; month < table.until(); ++month)
      for (const Jurisdiction& where : all_jurisdictions)
        for (std::uint8_t generation = 0; generation < 2; ++generation) {
          Rules rules;
          rules.spi_amount = sign * number(month, where, generation);
          table.set(month, where, generation, rules);
        }
  };
  for (const int sign : {1, -1}) {
    set_all(sign);
    for (Month month = from; month < table.until(); ++month)
      for (const Jurisdiction& where : all_jurisdictions)
        for (std::uint8_t generation = 0; generation < 2; ++generation)
          ASSERT_EQ(table.at(month, where, generation).spi_amount, sign * number(month, where, generation));
  }
}

TEST(RulesTable, TablesPartWhereAFileFirstMeetsAnotherRule) {
  const Month from(2003, 1);
  const Month until(2021, 1);
  const RulesTable base(from, until, {}, Rules{});
  EXPECT_EQ(RulesTable::first_difference(base, base), until);

  RulesTable all_files = base;
  change_rules_from(
      all_files, Month(2016, 11), 0, [](Rules& rules) { rules.piis_under_age = 120; }, Region::brussels);
  EXPECT_EQ(RulesTable::first_difference(base, all_files), Month(2016, 11));

  RulesTable new_files(from, until, {.generations_open = {Month(2016, 11)}}, Rules{});
  EXPECT_EQ(RulesTable::first_difference(base, new_files), until);  // a generation with the same rules
  change_rules_from(
      new_files, Month(2016, 11), 1, [](Rules& rules) { rules.piis_novelty_months = 36; }, Region::flanders);
  EXPECT_EQ(RulesTable::first_difference(base, new_files), Month(2016, 11));
  EXPECT_EQ(RulesTable::first_difference(new_files, base), Month(2016, 11));
}

TEST(RulesTable, NamedOfficesHaveRulesOfTheirOwnWhereverTheyLie) {
  RulesTable table(Month(2003, 1), Month(2005, 1), {.named = {{CpasId{412}}, {CpasId{3}, CpasId{585}}}},
                   Rules{});
  const Jurisdiction unnamed{Region::wallonia, SizeClass::from_20k, CpasId{7}};
  const Jurisdiction one{Region::wallonia, SizeClass::from_20k, CpasId{412}};
  const Jurisdiction other{Region::wallonia, SizeClass::from_20k, CpasId{3}};
  change_rules(table, Month(2004, 1), one, 0, [](Rules& rules) { rules.ris_single = 1; });
  change_rules(table, Month(2004, 1), other, 0, [](Rules& rules) { rules.ris_single = 2; });
  EXPECT_EQ(table.at(Month(2004, 1), unnamed, 0).ris_single, 0);
  EXPECT_EQ(table.at(Month(2004, 1), one, 0).ris_single, 1);
  EXPECT_EQ(table.at(Month(2004, 1), other, 0).ris_single, 2);
  // Of one list: alike.
  EXPECT_EQ(table.at(Month(2004, 1), {Region::wallonia, SizeClass::from_20k, CpasId{585}}, 0).ris_single, 2);
  const RulesTable plain(Month(2003, 1), Month(2005, 1), {}, Rules{});
  EXPECT_EQ(RulesTable::first_difference(plain, table), Month(2004, 1));
  EXPECT_EQ(RulesTable::first_difference(table, plain), Month(2004, 1));
}

TEST(RulesTable, PeopleAreToldApartByTheGroupsThatChangesName) {
  const GroupSet young = {TargetGroup::under_25};
  const GroupSet students_or_single = {TargetGroup::student, TargetGroup::single};
  RulesTable table(Month(2003, 1), Month(2005, 1),
                   {.generations_open = {Month(2004, 1)}, .audiences = {young, students_or_single}}, Rules{});
  EXPECT_EQ(table.n_kinds(), 4);  // neither, one or the other, both
  EXPECT_EQ(table.n_pages(), 8);
  const GroupSet young_family = {TargetGroup::under_25, TargetGroup::family};
  const GroupSet young_student = {TargetGroup::under_25, TargetGroup::family, TargetGroup::student};
  const GroupSet older_family = {TargetGroup::from_25, TargetGroup::family};
  std::set<int> pages;
  for (const Month request : {Month(2003, 1), Month(2004, 1)})
    for (const GroupSet groups : {young_family, young_student, older_family})
      pages.insert(table.page_of(request, groups));
  EXPECT_EQ(pages.size(), 6U);
  EXPECT_EQ(table.page_of(Month(2004, 5), older_family), table.page_of(Month(2004, 5)));  // in neither
  change_rules(table, Month(2004, 6), {}, table.page_of(Month(2003, 1), young_student),
               [](Rules& rules) { rules.ris_single = 1; });
  const RulesTable plain(Month(2003, 1), Month(2005, 1), {}, Rules{});
  EXPECT_EQ(RulesTable::first_difference(plain, table), Month(2004, 6));
}

TEST(RulesTable, HasAsManyPagesAsAFileCanKeepInAByte) {
  Divisions divisions;
  for (int i = 0; i < 255; ++i) divisions.generations_open.push_back(Month(2003, 1) + i);
  EXPECT_TRUE(RulesTable::fits(300, divisions));
  divisions.generations_open.push_back(Month(2029, 1));
  EXPECT_FALSE(RulesTable::fits(300, divisions));
  divisions.generations_open.resize(127);
  divisions.audiences = {{TargetGroup::under_25}};
  EXPECT_TRUE(RulesTable::fits(300, divisions));
  divisions.generations_open.resize(128);
  EXPECT_FALSE(RulesTable::fits(300, divisions));
}

}  // namespace
}  // namespace tremplin
