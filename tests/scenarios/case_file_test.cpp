// The file that describes a household: what it may say, and what follows from it.
#include "scenarios/case/case_file.hpp"

#include "scenarios/case/case_law.hpp"
#include "tests/scenarios/support.hpp"

namespace tremplin {
namespace {

std::vector<Fault> faults_in(const std::string& text) {
  return test::faults_of([&] { load_case({"case.yaml", text}); });
}

const std::string sound = "region: wallonia\nborn: 1993-05-20\ncategory: single\nrequest: 2017-03-10\n";

TEST(CaseFileText, EachFaultIsToldWithItsLine) {
  const auto expect_one = [](const std::vector<Fault>& faults, FaultKind kind, int line) {
    ASSERT_EQ(faults.size(), 1U);
    EXPECT_EQ(faults[0].kind, kind);
    EXPECT_EQ(faults[0].line, line);
  };
  EXPECT_TRUE(faults_in(sound).empty());
  expect_one(faults_in(sound + "until: 2016-12\n"), FaultKind::out_of_range, 5);
  expect_one(faults_in(sound + "until: 2030-12\n"), FaultKind::out_of_range, 5);  // more than ten years
  expect_one(faults_in(sound + "decision: 2017-03-01\n"), FaultKind::out_of_range, 5);
  expect_one(faults_in(sound + "last_paid: 2017-03-10\n"), FaultKind::out_of_range, 5);
  expect_one(faults_in(sound + "household: [{minor_children: 1}]\n"), FaultKind::inconsistent, 5);
  expect_one(faults_in(sound + "contract: {signed: 2017-05-30, type: study}\n"), FaultKind::unknown_name, 5);
  expect_one(faults_in(sound + "income: [{kind: means, monthly: 10, shortage: true}]\n"),
             FaultKind::inconsistent, 5);
  expect_one(faults_in(sound + "breaches: [{on: 2017-05-01, decided: 2017-04-01}]\n"),
             FaultKind::out_of_range, 5);
  expect_one(faults_in(sound + "undeclared: [{on: 2017-05-01, excused: true}]\n"), FaultKind::unknown_key, 5);
  expect_one(faults_in(sound + "relatives: [{relation: other_debtor, monthly: 10, counted: true}]\n"),
             FaultKind::inconsistent, 5);
  expect_one(faults_in(sound + "article_60: {from: 2017-09-01, wage: 1350, increased_subsidy: true}\n"),
             FaultKind::missing_key, 5);
  expect_one(faults_in(sound + "work_refusal: {on: 2017-05-01, new_request: 2017-04-01}\n"),
             FaultKind::out_of_range, 5);
  expect_one(faults_in("region: wallonia\nborn: 1993-05-20\ncategory: single\nrequest: 2002-09-30\n"),
             FaultKind::out_of_range, 4);
}

TEST(CaseFileText, ARuleBySizeNeedsThePopulation) {
  const Scenario small =
      test::reform("small", test::change("ris/amount/single", "scale", "1.1", ", sizes: [under_10k]"));
  const auto amount = [&](const std::string& more) {
    const CaseFile file = load_case({"case.yaml", sound + more});
    const CaseLaw law(test::law(), test::base(), {small}, file, file.until);
    return law.rules(Month(2017, 3)).ris_single;
  };
  EXPECT_DOUBLE_EQ(amount("population: 9000\n"), 867.40 * 1.1);
  EXPECT_EQ(amount("population: 10000\n"), 867.40);
  const auto faults = test::faults_of([&] { amount(""); });
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].kind, FaultKind::missing_key);
  EXPECT_EQ(faults[0].source, "case.yaml");
  EXPECT_EQ(faults[0].key, "population");
  EXPECT_EQ(faults[0].expected, "small.yaml:10: sizes");
}

// Born on 20 May 1993: 25 from May 2018 on, as the engine counts months.
TEST(CaseFileText, ARuleForAGroupHoldsWhileThePersonIsInIt) {
  const Scenario young =
      test::reform("young", test::change("ris/amount/single", "set", "1000", ", groups: [under_25]") +
                                test::change("spi/amount", "set", "500", ", cpas: [412]"));
  const CaseFile file = load_case({"case.yaml", sound + "until: 2018-12\ncpas: 412\n"});
  const CaseLaw law(test::law(), test::base(), {young}, file, file.until);
  EXPECT_EQ(law.rules(Month(2018, 4)).ris_single, 1000);
  EXPECT_EQ(law.rules(Month(2018, 5)).ris_single, 892.70);
  EXPECT_EQ(law.cite("ris/amount/single", Month(2018, 4)).changes.size(), 1U);
  EXPECT_TRUE(law.cite("ris/amount/single", Month(2018, 5)).changes.empty());
  EXPECT_EQ(law.rules(Month(2018, 5)).spi_amount, 500);
}

TEST(CaseFileText, TheGroupsFollowFromTheFile) {
  const auto groups = [](const std::string& more) {
    return groups_of(
        load_case({"case.yaml", "region: wallonia\nborn: 1980-05-20\nrequest: 2017-03-10\n" + more}),
        Month(2017, 3));
  };
  EXPECT_EQ(groups("category: single\n"),
            (GroupSet{TargetGroup::single, TargetGroup::from_25, TargetGroup::first_time}));
  EXPECT_EQ(groups("household: [{minor_children: 2}]\nlast_paid: 2016-01-31\nbenefit_ended: true\n"),
            (GroupSet{TargetGroup::family, TargetGroup::from_25, TargetGroup::lone_parent,
                      TargetGroup::insured, TargetGroup::benefit_ended}));
  EXPECT_FALSE(groups("household: [{minor_children: 2, partner: true}]\n").has(TargetGroup::lone_parent));
}

TEST(CaseFileText, TheCategoryFollowsFromWhoLivesThere) {
  const auto category = [](const std::string& people) {
    return load_case({"case.yaml", "region: wallonia\nborn: 1993-05-20\nrequest: 2017-03-10\nhousehold: [{" +
                                       people + "}]\n"})
        .households.front()
        .category;
  };
  EXPECT_EQ(category("partner: false"), Category::single);
  EXPECT_EQ(category("partner: true"), Category::cohabitant);
  EXPECT_EQ(category("other_adults: 2"), Category::cohabitant);
  EXPECT_EQ(category("partner: true, minor_children: 1"), Category::family);
}

TEST(CaseDates, GoForthAndBack) {
  for (Day day = day_of({Month(1999, 12), 1}); day < day_of({Month(2005, 1), 1}); ++day)
    EXPECT_EQ(day_of(date_of(day)), day);
  EXPECT_EQ(to_string(months_after({Month(2017, 11), 30}, 3)), "2018-02-28");
}

}  // namespace
}  // namespace tremplin
