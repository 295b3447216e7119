#include "scenarios/rules_difference.hpp"

#include "scenarios/compose.hpp"
#include "tests/scenarios/support.hpp"

namespace tremplin {
namespace {

using test::base;
using test::change;
using test::reform;

constexpr Month from(2010, 1);
constexpr Month until(2020, 1);
constexpr std::array everywhere = {true, true, true};
constexpr std::array every_size = {true, true, true, true, true};

RulesTable table_of(const std::vector<Scenario>& reforms) {
  return rules_table(test::law(), load_scenario_named(test::root, "law-2015").scenario, reforms, from, until);
}

// What a reform of these changes does to the law of 2015.
std::vector<LeverDifference> differences_by(const std::string& changes) {
  return differences_between(table_of({}), table_of({reform("r", changes)}));
}

TEST(RulesDifference, ThereIsNoneBetweenEquals) {
  EXPECT_TRUE(differences_between(table_of({}), table_of({})).empty());
  EXPECT_TRUE(differences_by(change("sanction/allowed", "set", "1")).empty());
}

TEST(RulesDifference, TellsValuesMonthsFilesAndRegions) {
  const auto found = differences_by(
      change("sanction/allowed", "set", "0", ", from: 2017-03, until: 2018-01, regions: [brussels]"));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].lever->path, "sanction/allowed");
  EXPECT_EQ(found[0].regions, (std::array{false, false, true}));
  EXPECT_EQ(found[0].requested_from, start_of_time);
  EXPECT_EQ(found[0].requested_until, end_of_time);
  EXPECT_EQ(found[0].spans, (std::vector<ValueSpan>{{Month(2017, 3), Month(2018, 1), 1, 0}}));
}

TEST(RulesDifference, RegionsWithOtherSizesAreToldApart) {
  const auto found = differences_by(
      change("spi/amount", "shift", "10", ", regions: [flanders, brussels], sizes: [under_10k, from_10k]") +
      change("spi/amount", "shift", "10", ", regions: [wallonia], sizes: [over_140k]"));
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].regions, (std::array{true, false, true}));
  EXPECT_EQ(found[0].sizes, (std::array{true, true, false, false, false}));
  EXPECT_EQ(found[1].regions, (std::array{false, true, false}));
  EXPECT_EQ(found[1].sizes, (std::array{false, false, false, false, true}));
  EXPECT_EQ(found[0].spans, found[1].spans);
}

TEST(RulesDifference, NamedCpasAreToldByTheirNumbers) {
  const auto found = differences_by(change("spi/amount", "shift", "10", ", cpas: [585, 412]"));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].cpas, (std::vector{CpasId{412}, CpasId{585}}));
  EXPECT_EQ(found[0].regions, everywhere);
  EXPECT_TRUE(found[0].but_for.empty());
}

TEST(RulesDifference, AnExceptionIsToldOfWhomItIsMade) {
  // Twice for all, and for one of them twice and half again: it meets another rule.
  const auto found = differences_by(change("spi/amount", "scale", "2") +
                                    change("spi/amount", "scale", "1.5", ", cpas: [412]"));
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].but_for, (std::vector{CpasId{412}}));
  EXPECT_TRUE(found[0].cpas.empty());
  EXPECT_EQ(found[1].cpas, (std::vector{CpasId{412}}));
}

TEST(RulesDifference, TellsForWhom) {
  const auto found = differences_by(change("spi/amount", "shift", "10", ", groups: [student, under_25]"));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].people, (Audience{{GroupSet{TargetGroup::under_25, TargetGroup::student}}, GroupSet{}}));
  // For both sides of 25 years it is for everybody.
  const auto all = differences_by(change("spi/amount", "shift", "10", ", groups: [under_25]") +
                                  change("spi/amount", "shift", "10", ", groups: [from_25]"));
  ASSERT_EQ(all.size(), 1u);
  EXPECT_TRUE(all[0].people.everybody());
}

TEST(RulesDifference, GroupsThatOverlapAreToldApart) {
  const auto found = differences_by(change("spi/amount", "shift", "10", ", groups: [student]") +
                                    change("spi/amount", "shift", "20", ", groups: [lone_parent]"));
  // Students who are no lone parents, lone parents who do not study, and those who are both.
  ASSERT_EQ(found.size(), 3u);
  for (const GroupSet kind : all_kinds_of_people) {
    int told = 0;
    for (const LeverDifference& difference : found) told += difference.people.holds(kind);
    EXPECT_EQ(told, kind.has(TargetGroup::student) || kind.has(TargetGroup::lone_parent) ? 1 : 0);
  }
}

TEST(RulesDifference, ADifferenceForNewFilesSaysFromWhichRequestOn) {
  const auto found =
      differences_by(change("piis/delay/months", "set", "6", ", from: 2017-03, applies_to: new_files") +
                     change("decision/deadline_days", "set", "60", ", from: 2018-05, applies_to: new_files"));
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[0].lever->path, "decision/deadline_days");
  EXPECT_EQ(found[0].requested_from, Month(2018, 5));
  EXPECT_EQ(found[1].lever->path, "piis/delay/months");
  EXPECT_EQ(found[1].requested_from, Month(2017, 3));  // and not again from 2018-05 on
  EXPECT_EQ(found[1].requested_until, end_of_time);
  EXPECT_EQ(found[1].regions, everywhere);
  EXPECT_EQ(found[1].sizes, every_size);
}

TEST(RulesDifference, ARuleForNewFilesThatEndsLeavesFilesRequestedBetween) {
  const std::vector<Scenario> both = {reform(
      "a",
      change("piis/delay/months", "set", "6", ", from: 2017-03, until: 2018-03, applies_to: new_files"))};
  const auto found = differences_between(table_of({}), table_of(both));
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].spans, (std::vector<ValueSpan>{{Month(2017, 3), Month(2018, 3), 3, 6}}));
}

TEST(RulesDifference, AChangeOfAllFilesIsToldOnceWhateverGenerationsThereAre) {
  const auto found =
      differences_by(change("piis/delay/months", "set", "6", ", from: 2017-03, applies_to: new_files") +
                     change("sanction/allowed", "set", "0", ", from: 2019-01"));
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[1].lever->path, "sanction/allowed");
  EXPECT_EQ(found[1].requested_from, start_of_time);
}

TEST(RulesDifference, AScaledAmountIsToldAgainWhenItIsIndexed) {
  const auto found = differences_by(change("ris/amount/single", "scale", "1.1", ", until: 2018-01"));
  ASSERT_EQ(found.size(), 1u);
  // The amounts of the law: 867.40 until the index of June 2017, 884.74 until September, 892.70 from then.
  const std::vector<double> in_a = {867.40, 884.74, 892.70};
  ASSERT_EQ(found[0].spans.size(), in_a.size());
  for (std::size_t i = 0; i < in_a.size(); ++i) {
    EXPECT_EQ(found[0].spans[i].in_a, in_a[i]);
    EXPECT_DOUBLE_EQ(found[0].spans[i].in_b, in_a[i] * 1.1);
  }
  EXPECT_EQ(found[0].spans.back().until, Month(2018, 1));
}

// Lever by lever and month by month, without merging: the slow twin.
TEST(RulesDifference, AgreesWithACountOfAllCells) {
  const RulesTable a = table_of({});
  const RulesTable b = table_of({load_scenario_named(test::root, "law-2016").scenario,
                                 load_scenario_named(test::root, "no-sanctions").scenario});
  const auto found = differences_between(a, b);
  for (const Lever& lever : all_levers()) {
    for (int r = 0; r < n_regions; ++r) {
      for (const Month request : {Month(2005, 1), Month(2016, 10), Month(2016, 11), Month(2018, 6)}) {
        int plain = 0;
        int told = 0;
        for (Month month = std::max(request, from); month < until; ++month) {
          const Jurisdiction where{static_cast<Region>(r), SizeClass::from_40k};
          plain += lever.get(a.at(month, where, a.page_of(request))) !=
                   lever.get(b.at(month, where, b.page_of(request)));
          for (const LeverDifference& difference : found) {
            if (difference.lever != &lever || !difference.regions[static_cast<std::size_t>(r)]) continue;
            if (request < difference.requested_from || request >= difference.requested_until) continue;
            for (const ValueSpan& span : difference.spans) told += span.from <= month && month < span.until;
          }
        }
        EXPECT_EQ(told, plain) << lever.path << ", " << to_string(request);
      }
    }
  }
}

TEST(References, NameTheLawAndWhatActsOnIt) {
  const Scenario law_2015 = load_scenario_named(test::root, "law-2015").scenario;
  const auto of = [&](const std::vector<Scenario>& reforms, Month month) {
    const Lever& lever = *find_lever("sanction/max_months");
    return references_of(test::law(), law_2015, reforms, lever, {month, {}, month});
  };
  const auto plain = of({}, Month(2017, 1));
  ASSERT_EQ(plain.size(), 1u);
  const std::vector<Scenario> scaled = {
      load_scenario({"r.yaml", test::reform_text("r",
                                                 "  - {path: sanction/max_months, op: scale, value: 2, "
                                                 "reference: twice}\n")})};
  EXPECT_EQ(of(scaled, Month(2017, 1)), (std::vector<std::string>{plain[0], "twice"}));
  EXPECT_EQ(of(scaled, Month(2016, 10)), plain);  // before the reform
  const std::vector<Scenario> set = {reform("s", change("sanction/max_months", "set", "1"))};
  EXPECT_EQ(of(set, Month(2017, 1)), (std::vector<std::string>{"r"}));
}

}  // namespace
}  // namespace tremplin
