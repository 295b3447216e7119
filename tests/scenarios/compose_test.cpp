#include "scenarios/compose.hpp"

#include "scenarios/fault_text.hpp"
#include "tests/scenarios/composed.hpp"

namespace tremplin {
namespace {

using test::at;
using test::base;
using test::change;
using test::expect_same;
using test::faults_of;
using test::named;
using test::reform;
using test::table_of;

TEST(Compose, FollowsTheLawMonthByMonth) {
  const RulesTable table = table_of(base());
  EXPECT_EQ(at(table, Month(2013, 8), Month(2010, 1)).ris_single, 801.34);
  EXPECT_EQ(at(table, Month(2013, 9), Month(2010, 1)).ris_single, 817.36);
}

TEST(Compose, TheLawOf2016OpensAGeneration) {
  const RulesTable table = table_of(named("law-current"));
  EXPECT_EQ(table.n_generations(), 2);
  EXPECT_EQ(at(table, Month(2018, 1), Month(2016, 10)).evaluations_per_year, 4);
  EXPECT_EQ(at(table, Month(2018, 1), Month(2016, 11)).evaluations_per_year, 3);
  EXPECT_EQ(at(table, Month(2018, 1), Month(2016, 10)).ris_single, 892.70);  // amounts are for all files
}

TEST(Compose, AFrozenChapterStaysWhileAmountsGoOn) {
  const RulesTable table = table_of(named("law-2015"));
  EXPECT_EQ(table.n_generations(), 1);
  const Rules& rules = at(table, Month(2018, 1), Month(2017, 6));
  EXPECT_EQ(rules.evaluations_per_year, 4);
  EXPECT_EQ(rules.subsidy_general, 0);
  EXPECT_EQ(rules.community_service, 0);
  EXPECT_EQ(rules.ris_single, 892.70);
  EXPECT_EQ(rules.staff_subsidy, 470);
}

TEST(Compose, TheReformOf2016OnTheLawOf2015IsTheLawInForce) {
  expect_same(table_of(named("law-2015"), {named("law-2016")}), table_of(named("law-current")));
}

TEST(Compose, SetScaleAndShiftDoWhatTheySay) {
  const RulesTable table =
      table_of(base(), {reform("r", change("sanction/partial_withheld", "set", "0.25") +
                                        change("ris/amount/single", "scale", "1.1") +
                                        change("decision/deadline_days", "shift", "-10"))});
  const Rules& before = at(table, Month(2016, 10), Month(2016, 10));
  const Rules& after = at(table, Month(2016, 11), Month(2016, 10));
  EXPECT_EQ(before.sanction_partial_share, 0.5);
  EXPECT_EQ(after.sanction_partial_share, 0.25);
  EXPECT_DOUBLE_EQ(after.ris_single, 867.40 * 1.1);
  EXPECT_EQ(after.decision_deadline_days, 20);
}

TEST(Compose, AScaledAmountGoesOnBeingIndexed) {
  const RulesTable table = table_of(base(), {reform("r", change("ris/amount/single", "scale", "1.1"))});
  EXPECT_DOUBLE_EQ(at(table, Month(2017, 6), Month(2010, 1)).ris_single, 884.74 * 1.1);
}

TEST(Compose, AChangeOverMonthsTakesEqualSteps) {
  const std::string over = ", from: 2017-01, over_months: 4";
  const RulesTable table =
      table_of(base(), {reform("r", change("sanction/partial_withheld", "set", "0.9", over) +
                                        change("social_activation/places", "scale", "3", over) +
                                        change("spi/amount", "shift", "-100", over))});
  const auto in = [&](Month month) { return at(table, month, Month(2010, 1)); };
  const double spi = in(Month(2016, 12)).spi_amount;
  // From 0.5 to 0.9 in four steps of 0.1; from 1 to 3 in four steps of 0.5; four times 25 euros less.
  for (int step = 0; step <= 4; ++step) {
    const Rules rules = in(Month(2016, 12) + step);
    EXPECT_DOUBLE_EQ(rules.sanction_partial_share, 0.5 + 0.1 * step);
    EXPECT_DOUBLE_EQ(rules.social_activation_places, 1 + 0.5 * step);
    EXPECT_NEAR(rules.spi_amount, spi - 25 * step, 1e-9);
  }
  EXPECT_EQ(in(Month(2017, 4)).sanction_partial_share, 0.9);  // reached to the last bit
  EXPECT_EQ(in(Month(2019, 1)).sanction_partial_share, 0.9);
}

TEST(Compose, AChangeOnItsWayFollowsTheLawBelowIt) {
  const RulesTable table = table_of(
      base(), {reform("r", change("ris/amount/single", "set", "1000", ", from: 2017-05, over_months: 4"))});
  const auto in = [&](Month month) { return at(table, month, Month(2010, 1)).ris_single; };
  EXPECT_DOUBLE_EQ(in(Month(2017, 5)), 867.40 + (1000 - 867.40) / 4);
  EXPECT_DOUBLE_EQ(in(Month(2017, 6)), 884.74 + (1000 - 884.74) / 2);  // indexed in June
  EXPECT_EQ(in(Month(2017, 8)), 1000);
}

TEST(Compose, ChangesOverMonthsComposeInAnyOrder) {
  const auto scaled = [](const char* name, const char* factor, const char* months) {
    return reform(name,
                  change("ris/amount/single", "scale", factor, std::string(", over_months: ") + months));
  };
  const Scenario a = scaled("a", "1.1", "12");
  const Scenario b = scaled("b", "1.1", "7");
  const Scenario c = scaled("c", "0.7", "240");
  expect_same(table_of(base(), {a, b, c}), table_of(base(), {c, b, a}));
  expect_same(table_of(base(), {a, b, c}), table_of(base(), {b, a, c}));
  const auto faults = faults_of([&] {
    table_of(base(), {a, reform("d", change("ris/amount/single", "set", "900", ", over_months: 12"))});
  });
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(faults[0].kind, FaultKind::overlapping_changes);
}

TEST(Compose, AChangeEndsBeforeUntilAndKeepsToItsRegions) {
  const RulesTable table = table_of(
      base(), {reform("r", change("sanction/allowed", "set", "0", ", until: 2018-01, regions: [brussels]"))});
  const Month old(2010, 1);
  EXPECT_EQ(at(table, Month(2017, 12), old, Region::brussels).sanction_allowed, 0);
  EXPECT_EQ(at(table, Month(2017, 12), old, Region::flanders).sanction_allowed, 1);
  EXPECT_EQ(at(table, Month(2018, 1), old, Region::brussels).sanction_allowed, 1);
}

TEST(Compose, AChangeForNewFilesLeavesOlderFilesAlone) {
  const RulesTable table = table_of(
      named("law-2015"),
      {reform("r", change("piis/delay/months", "set", "6", ", from: 2017-03, applies_to: new_files"))});
  EXPECT_EQ(table.n_generations(), 2);
  EXPECT_EQ(at(table, Month(2019, 1), Month(2017, 2)).piis_delay_months, 3);
  EXPECT_EQ(at(table, Month(2019, 1), Month(2017, 3)).piis_delay_months, 6);
}

TEST(Compose, EachDateForNewFilesOpensItsOwnGeneration) {
  const RulesTable table = table_of(
      named("law-2015"),
      {reform("a", change("piis/delay/months", "set", "6", ", from: 2017-03, applies_to: new_files")),
       reform("b",
              change("exemption/breadth", "scale", "2", ", from: 2017-03, applies_to: new_files") +
                  change("decision/deadline_days", "set", "60", ", from: 2018-05, applies_to: new_files"))});
  EXPECT_EQ(table.n_generations(), 3);
  const Month now(2019, 1);
  EXPECT_EQ(at(table, now, Month(2018, 4)).decision_deadline_days, 30);
  EXPECT_EQ(at(table, now, Month(2018, 5)).decision_deadline_days, 60);
  EXPECT_EQ(at(table, now, Month(2018, 5)).piis_delay_months,
            6);  // the younger also follow the earlier change
}

TEST(Compose, TheOrderOfReformsNeverMatters) {
  // Factors whose products round differently in another order: ((x * 1.1) * 1.7) and ((x * 1.7) * 1.1).
  const Scenario a =
      reform("a", change("ris/amount/single", "scale", "1.1") + change("spi/amount", "shift", "0.1"));
  const Scenario b =
      reform("b", change("ris/amount/single", "scale", "1.7") + change("spi/amount", "shift", "0.7"));
  const Scenario c = reform("c", change("ris/amount/single", "scale", "0.3", ", from: 2018-01") +
                                     change("sanction/allowed", "set", "0", ", applies_to: new_files"));
  const RulesTable first = table_of(base(), {a, b, c});
  expect_same(first, table_of(base(), {c, b, a}));
  expect_same(first, table_of(base(), {b, c, a}));
  expect_same(first, table_of(base(), {b, a, c}));
}

TEST(Compose, NoReformMovesTheMonthsBeforeItsDate) {
  for (const ScenarioSummary& summary : list_scenarios(test::root)) {
    if (summary.kind == ScenarioKind::base) continue;
    for (const char* base_name : {"law-2015", "law-current"}) {
      const RulesTable with = table_of(named(base_name), {named(summary.name)});
      const Month first = RulesTable::first_difference(with, table_of(named(base_name)));
      EXPECT_GE(first, summary.from) << summary.name << " on " << base_name;
    }
  }
}

TEST(Compose, EveryReformChangesTheLawOf2015) {
  const RulesTable before = table_of(named("law-2015"));
  for (const ScenarioSummary& summary : list_scenarios(test::root)) {
    if (summary.kind == ScenarioKind::base) continue;
    const RulesTable after = table_of(named("law-2015"), {named(summary.name)});
    EXPECT_LT(RulesTable::first_difference(before, after), test::composed_until) << summary.name;
  }
}

struct Pair {
  std::string a, b;
  bool refused;
};

TEST(Overlap, TwoChangesOfOneLeverAreRefusedWhereTheirOrderWouldMatter) {
  const std::string lever = "sanction/propensity";
  const auto one = [&](const std::string& op, const std::string& more = {}) {
    return change(lever, op, "1", more);
  };
  const std::vector<Pair> pairs = {
      {one("set"), one("set"), true},
      {one("set"), one("scale"), true},
      {one("scale"), one("shift"), true},
      {one("scale"), one("scale"), false},
      {one("shift"), one("shift"), false},
      {one("set", ", until: 2018-01"), one("set", ", from: 2018-01"), false},
      {one("set", ", until: 2018-02"), one("set", ", from: 2018-01"), true},
      {one("set", ", regions: [flanders]"), one("set", ", regions: [wallonia, brussels]"), false},
      {one("set", ", regions: [flanders, brussels]"), one("set", ", regions: [brussels]"), true},
      {one("set", ", sizes: [under_10k]"), one("set", ", sizes: [from_10k, from_20k]"), false},
      {one("set", ", sizes: [under_10k], regions: [flanders]"), one("set", ", sizes: [under_10k]"), true},
      {one("set", ", sizes: [under_10k], regions: [flanders]"), one("set", ", regions: [wallonia]"), false},
      {one("set", ", applies_to: new_files"), one("set"), true},
      {one("set", ", cpas: [1, 2]"), one("set", ", cpas: [3]"), false},
      {one("set", ", cpas: [1, 2]"), one("set", ", cpas: [2]"), true},
      // Where a CPAS lies only the landscape knows.
      {one("set", ", cpas: [1]"), one("set", ", regions: [flanders]"), true},
      {one("set", ", cpas: [1], regions: [brussels]"), one("set", ", regions: [flanders]"), false},
      {one("set", ", groups: [under_25]"), one("set", ", groups: [from_25]"), false},
      {one("set", ", groups: [single]"), one("set", ", groups: [family, cohabitant]"), false},
      {one("set", ", groups: [single]"), one("set", ", groups: [student]"), true},
      {one("set", ", groups: [single]"), one("set"), true},
      {one("set"), change("sanction/allowed", "set", "0"), false},
  };
  for (const Pair& pair : pairs) {
    const auto faults = faults_of([&] { table_of(base(), {reform("a", pair.a), reform("b", pair.b)}); });
    EXPECT_EQ(faults.size(), pair.refused ? 1u : 0u) << pair.a << pair.b;
    if (faults.empty()) continue;
    EXPECT_EQ(faults[0].key, lever);
    EXPECT_EQ(faults[0].source, "b.yaml");
    EXPECT_EQ(faults[0].line, 10);
    EXPECT_TRUE(faults[0].found.starts_with("a.yaml:10:")) << faults[0].found;
  }
}

TEST(Overlap, NamesBothPlacesAndSaysWhetherTheyAgree) {
  const auto told = [](const std::string& value) {
    const auto faults = faults_of([&] {
      table_of(base(), {reform("a", change("sanction/max_months", "set", "2")),
                        reform("b", change("sanction/max_months", "set", value))});
    });
    return faults.size() == 1 ? faults[0] : Fault{};
  };
  const Fault agreeing = told("2");
  EXPECT_EQ(agreeing.kind, FaultKind::repeated_change);
  EXPECT_EQ(
      describe(agreeing, Language::en),
      "b.yaml:10:5: sanction/max_months: two changes set this same value at the same time; they agree; the "
      "other: “a.yaml:10:5: = 2”. Expected: this change in one of the two places only.");
  const Fault contrary = told("1");
  EXPECT_EQ(contrary.kind, FaultKind::overlapping_changes);
  EXPECT_EQ(contrary.found, "a.yaml:10:5: = 2");
}

TEST(Overlap, AReformMayChangeWhatItsBaseSet) {
  const Scenario changed = base("changes:\n" + change("sanction/allowed", "set", "0"));
  const RulesTable table = table_of(changed, {reform("r", change("sanction/allowed", "set", "1"))});
  EXPECT_EQ(at(table, Month(2016, 10), Month(2010, 1)).sanction_allowed, 0);
  EXPECT_EQ(at(table, Month(2016, 11), Month(2010, 1)).sanction_allowed, 1);
}

TEST(Compose, RangesAreCheckedAgain) {
  const auto faults = faults_of([] {
    table_of(base(), {reform("a", change("reimbursement/rate/large", "scale", "1.2")),
                      reform("b", change("reimbursement/rate/large", "scale", "1.3"))});
  });
  ASSERT_EQ(faults.size(), 1u);  // once, not once a month
  EXPECT_EQ(faults[0].kind, FaultKind::out_of_range);
  EXPECT_EQ(faults[0].key, "reimbursement/rate/large");
  EXPECT_EQ(faults[0].expected, "0 .. 1 share");
  EXPECT_EQ(faults[0].line, 10);
}

TEST(Compose, ContradictionsAreToldAtTheChangeThatMadeThem) {
  const auto expect_contradiction = [](const std::string& changes, const std::string& key) {
    const auto faults = faults_of([&] { table_of(named("law-2015"), {reform("r", changes)}); });
    ASSERT_EQ(faults.size(), 1u) << changes;
    EXPECT_EQ(faults[0].kind, FaultKind::inconsistent);
    EXPECT_EQ(faults[0].key, key);
    EXPECT_EQ(faults[0].source, "r.yaml");
    EXPECT_EQ(faults[0].line, 10);
  };
  expect_contradiction(change("piis/evaluations/per_year", "set", "2"), "piis/evaluations/face_to_face");
  expect_contradiction(change("sanction/max_months", "set", "6"), "sanction/max_months_repeated");
  expect_contradiction(change("reimbursement/threshold/large", "set", "100"),
                       "reimbursement/threshold/large");
  expect_contradiction(change("spi/window_months", "set", "12"), "spi/days");
  expect_contradiction(change("piis/scope/left_to_worker", "set", "1"), "piis/scope/under_age");
  expect_contradiction(change("community_service/rule", "set", "3") + change("sanction/allowed", "set", "0"),
                       "community_service/rule");
}

TEST(Compose, BasesAndReformsAreNotInterchangeable) {
  const Scenario r = reform("r", change("sanction/allowed", "set", "0"));
  EXPECT_EQ(faults_of([&] { table_of(r); }).size(), 1u);
  EXPECT_EQ(faults_of([&] { table_of(base(), {base()}); }).size(), 1u);
}

}  // namespace
}  // namespace tremplin
