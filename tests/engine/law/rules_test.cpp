#include "engine/law/rules.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace tremplin {
namespace {

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
  const RulesTable table(Month(2003, 1), Month(2021, 1), {Month(2016, 11), Month(2014, 10)}, Rules{});
  EXPECT_EQ(table.n_generations(), 3);
  EXPECT_EQ(table.generation_of(Month(2014, 9)), 0);
  EXPECT_EQ(table.generation_of(Month(2014, 10)), 1);
  EXPECT_EQ(table.generation_of(Month(2016, 10)), 1);
  EXPECT_EQ(table.generation_of(Month(2020, 1)), 2);
}

TEST(RulesTable, MonthsOutsideReadAsTheNearest) {
  RulesTable table(Month(2003, 1), Month(2005, 1), {}, Rules{});
  table.at(Month(2003, 1), Region::wallonia, 0).ris_single = 1;
  table.at(Month(2004, 12), Region::wallonia, 0).ris_single = 2;
  EXPECT_EQ(table.at(Month(1993, 1), Region::wallonia, 0).ris_single, 1);
  EXPECT_EQ(table.at(Month(2030, 1), Region::wallonia, 0).ris_single, 2);
  EXPECT_EQ(table.at(Month(2030, 1), Region::flanders, 0).ris_single, 0);
}

TEST(RulesTable, TablesPartWhereAFileFirstMeetsAnotherRule) {
  const Month from(2003, 1);
  const Month until(2021, 1);
  const RulesTable base(from, until, {}, Rules{});
  EXPECT_EQ(RulesTable::first_difference(base, base), until);

  RulesTable all_files = base;
  for (Month m(2016, 11); m < until; ++m) all_files.at(m, Region::brussels, 0).piis_under_age = 120;
  EXPECT_EQ(RulesTable::first_difference(base, all_files), Month(2016, 11));

  RulesTable new_files(from, until, {Month(2016, 11)}, Rules{});
  EXPECT_EQ(RulesTable::first_difference(base, new_files), until);  // a generation with the same rules
  for (Month m(2016, 11); m < until; ++m) new_files.at(m, Region::flanders, 1).piis_novelty_months = 36;
  EXPECT_EQ(RulesTable::first_difference(base, new_files), Month(2016, 11));
  EXPECT_EQ(RulesTable::first_difference(new_files, base), Month(2016, 11));
}

}  // namespace
}  // namespace tremplin
