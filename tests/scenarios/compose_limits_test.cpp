// Where and for whom a change holds, and amounts that follow the index.
#include "tests/scenarios/composed.hpp"

namespace tremplin {
namespace {

using test::at;
using test::base;
using test::change;
using test::expect_same;
using test::faults_of;
using test::law;
using test::named;
using test::reform;
using test::table_of;

TEST(ComposeLimits, AChangeKeepsToItsSizesOfCommune) {
  const RulesTable table = table_of(
      base(), {reform("r", change("sanction/allowed", "set", "0",
                                  ", regions: [brussels, wallonia], sizes: [from_10k, over_140k]"))});
  for (const Jurisdiction& where : all_jurisdictions) {
    const bool touched = where.region != Region::flanders &&
                         (where.size == SizeClass::from_10k || where.size == SizeClass::over_140k);
    EXPECT_EQ(table.at(Month(2018, 1), where, 0).sanction_allowed, touched ? 0 : 1);
  }
}

TEST(ComposeLimits, AChangeKeepsToTheCpasThatItNames) {
  const RulesTable table = table_of(
      base(), {reform("a", change("sanction/allowed", "set", "0", ", cpas: [585, 412]")),
               reform("b", change("spi/amount", "shift", "10", ", cpas: [412], regions: [brussels]"))});
  EXPECT_EQ(table.divisions().named.size(), 2u);  // 412 alone, and 585
  const auto in = [&](int cpas, Region region) {
    return table.at(Month(2018, 1), {region, SizeClass::from_10k, CpasId{static_cast<std::uint16_t>(cpas)}},
                    0);
  };
  const double spi = in(7, Region::brussels).spi_amount;
  EXPECT_EQ(in(7, Region::brussels).sanction_allowed, 1);
  EXPECT_EQ(in(412, Region::brussels).sanction_allowed, 0);
  EXPECT_EQ(in(585, Region::wallonia).sanction_allowed, 0);
  EXPECT_DOUBLE_EQ(in(412, Region::brussels).spi_amount, spi + 10);
  EXPECT_DOUBLE_EQ(in(412, Region::wallonia).spi_amount, spi);
  EXPECT_DOUBLE_EQ(in(585, Region::brussels).spi_amount, spi);
}

TEST(ComposeLimits, AChangeKeepsToItsGroups) {
  const RulesTable table = table_of(
      base(), {reform("r", change("ris/amount/single", "scale", "1.1", ", groups: [student, under_25]") +
                               change("sanction/allowed", "set", "0", ", groups: [lone_parent]"))});
  const auto amount = [&](Month month, GroupSet groups) {
    return table.at(month, {}, table.page_of(Month(2010, 1), groups)).ris_single;
  };
  const GroupSet young = {TargetGroup::single, TargetGroup::under_25};
  const GroupSet older = {TargetGroup::single, TargetGroup::from_25};
  const GroupSet old_student = {TargetGroup::single, TargetGroup::from_25, TargetGroup::student};
  const Month month(2018, 1);  // 892.70 euros
  EXPECT_DOUBLE_EQ(amount(month, young), 892.70 * 1.1);
  EXPECT_DOUBLE_EQ(amount(month, old_student), 892.70 * 1.1);
  EXPECT_EQ(amount(month, older), 892.70);
  EXPECT_EQ(amount(month, {}), 892.70);  // of the office itself
  EXPECT_EQ(amount(Month(2016, 10), young), 867.40);
}

TEST(ComposeLimits, AGroupOfNewFilesIsBoth) {
  const RulesTable table =
      table_of(named("law-2015"),
               {reform("r", change("piis/delay/months", "set", "6",
                                   ", from: 2017-03, applies_to: new_files, groups: [first_time]"))});
  const GroupSet first = {TargetGroup::single, TargetGroup::from_25, TargetGroup::first_time};
  const GroupSet again = {TargetGroup::single, TargetGroup::from_25};
  const auto delay = [&](Month request, GroupSet groups) {
    return table.at(Month(2019, 1), {}, table.page_of(request, groups)).piis_delay_months;
  };
  EXPECT_EQ(delay(Month(2017, 3), first), 6);
  EXPECT_EQ(delay(Month(2017, 2), first), 3);
  EXPECT_EQ(delay(Month(2017, 3), again), 3);
}

// Coefficients: 1.02^15 = 1.3459 from June 2016, 1.3728 from June 2017, 1.4002 from September 2018.
TEST(ComposeLimits, AnIndexedAmountMovesWithTheStepsOfTheIndex) {
  const RulesTable table =
      table_of(base(), {reform("r", change("ris/amount/single", "set", "1000", ", indexed: true") +
                                        change("spi/amount", "shift", "-100", ", indexed: true"))});
  const auto in = [&](Month month) { return at(table, month, Month(2010, 1)); };
  EXPECT_EQ(in(Month(2016, 10)).ris_single, 867.40);
  EXPECT_EQ(in(Month(2016, 11)).ris_single, 1000);
  EXPECT_EQ(in(Month(2017, 5)).ris_single, 1000);
  EXPECT_EQ(in(Month(2017, 6)).ris_single, 1019.99);  // 1000 * 1.3728 / 1.3459 = 1019.987
  EXPECT_EQ(in(Month(2018, 9)).ris_single,
            1040.34);  // 1000 * 1.4002 / 1.3459 = 1040.345, of the first amount
  const RulesTable law_alone = table_of(base());
  const auto spi = [&](Month month) { return at(law_alone, month, Month(2010, 1)).spi_amount; };
  EXPECT_DOUBLE_EQ(in(Month(2016, 12)).spi_amount, spi(Month(2016, 12)) - 100);
  EXPECT_DOUBLE_EQ(in(Month(2018, 9)).spi_amount, spi(Month(2018, 9)) - 104.03);
}

TEST(ComposeLimits, AnIndexedAmountOnItsWayFollowsTheIndexToo) {
  const RulesTable table =
      table_of(base(), {reform("r", change("ris/amount/single", "set", "1000",
                                           ", from: 2017-05, over_months: 4, indexed: true"))});
  const auto in = [&](Month month) { return at(table, month, Month(2010, 1)).ris_single; };
  EXPECT_DOUBLE_EQ(in(Month(2017, 5)), 867.40 + (1000 - 867.40) / 4);
  EXPECT_DOUBLE_EQ(in(Month(2017, 6)), 884.74 + (1019.99 - 884.74) / 2);
  EXPECT_EQ(in(Month(2017, 8)), 1019.99);
}

TEST(ComposeLimits, IndexedAdditionsComposeInAnyOrder) {
  const auto added = [](const char* name, const char* euro, const char* more) {
    return reform(name, change("ris/amount/single", "shift", euro, more));
  };
  const Scenario a = added("a", "10.1", ", indexed: true");
  const Scenario b = added("b", "10.1", "");
  const Scenario c = added("c", "-0.7", ", indexed: true, over_months: 12");
  expect_same(table_of(base(), {a, b, c}), table_of(base(), {c, b, a}));
  expect_same(table_of(base(), {a, b, c}), table_of(base(), {b, c, a}));
}

TEST(ComposeLimits, TheIndexBeginsWhereTheScenariosSay) {
  ASSERT_FALSE(law().index.empty());
  EXPECT_EQ(law().index.front().from, first_indexed_month);
  EXPECT_EQ(coefficient_in(law().index, Month(2013, 9)), 13195);  // 004:1535-1564
}

TEST(ComposeLimits, MoreThanATableCanHoldIsRefused) {
  std::string changes;
  for (int month = 0; month < 130; ++month)
    changes +=
        change("sanction/propensity", "scale", "1",
               ", applies_to: new_files, groups: [under_25], from: " + to_string(Month(2017, 1) + month));
  const auto faults = faults_of([&] { table_of(base(), {reform("r", changes)}); });
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(faults[0].kind, FaultKind::too_large);
  EXPECT_EQ(faults[0].source, "r.yaml");
}

}  // namespace
}  // namespace tremplin
