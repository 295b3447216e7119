#include "scenarios/scenario.hpp"

#include <algorithm>

#include "scenarios/fault_text.hpp"
#include "scenarios/yaml/faults.hpp"
#include "tests/scenarios/support.hpp"

namespace tremplin {
namespace {

using test::base_text;
using test::change;
using test::faults_of;
using test::reform_text;

std::vector<Fault> faults_in(const std::string& text) {
  return faults_of([&] { load_scenario({"reforms/mine.yaml", text}); });
}

void expect_one(const std::string& text, FaultKind kind, int line, const std::string& key) {
  const auto faults = faults_in(text);
  ASSERT_EQ(faults.size(), 1u) << text;
  EXPECT_EQ(faults[0].kind, kind) << text;
  EXPECT_EQ(faults[0].line, line) << text;
  EXPECT_EQ(faults[0].key, key);
  EXPECT_EQ(faults[0].source, "reforms/mine.yaml");
}

TEST(Scenario, ReadsAReform) {
  const Scenario reform = load_scenario(
      {"reforms/mine.yaml",
       reform_text("mine",
                   change("inflow/factor", "scale", "1.1",
                          ", from: 2017-01, until: 2018-01, over_months: 12, unit: factor, "
                          "applies_to: new_files, regions: [wallonia], sizes: [from_40k, over_140k]"))});
  EXPECT_EQ(reform.kind, ScenarioKind::reform);
  EXPECT_EQ(reform.from, Month(2016, 11));
  EXPECT_EQ(reform.title[Language::nl], "b");
  ASSERT_EQ(reform.changes.size(), 1u);
  const Change& read = reform.changes[0];
  EXPECT_EQ(read.lever->path, "inflow/factor");
  EXPECT_EQ(read.operation, Operation::scale);
  EXPECT_EQ(read.from, Month(2017, 1));
  EXPECT_EQ(read.until, Month(2018, 1));
  EXPECT_TRUE(read.new_files);
  EXPECT_EQ(read.over_months, 12);
  EXPECT_EQ(read.regions, (std::array<bool, 3>{false, true, false}));
  EXPECT_EQ(read.sizes, (std::array<bool, 5>{false, false, false, true, true}));
}

TEST(Scenario, AChangeStartsWithItsReformAndHasNoEnd) {
  const Scenario reform = test::reform("mine", change("sanction/allowed", "set", "0"));
  EXPECT_EQ(reform.changes[0].from, Month(2016, 11));
  EXPECT_EQ(reform.changes[0].until, end_of_time);
  EXPECT_FALSE(reform.changes[0].new_files);
}

TEST(ScenarioFile, EachFaultOfAChangeIsToldWithItsLineAndKey) {
  const auto one = [](const std::string& item, FaultKind kind, const std::string& key) {
    expect_one(reform_text("mine", item), kind, 10, "changes[0]." + key);
  };
  const std::string path = "sanction/max_months";
  one(change("sanction/max_month", "set", "1"), FaultKind::unknown_name, "path");
  one(change(path, "sett", "1"), FaultKind::unknown_name, "op");
  one(change(path, "set", "13"), FaultKind::out_of_range, "value");
  one(change(path, "set", "1.5"), FaultKind::wrong_type, "value");
  one(change(path, "set", "010"), FaultKind::wrong_type, "value");
  one(change(path, "set", "1", ", unit: days"), FaultKind::unknown_name, "unit");
  one(change(path, "scale", "1", ", unit: months"), FaultKind::unknown_name, "unit");
  one(change(path, "scale", "-1"), FaultKind::out_of_range, "value");
  one(change(path, "set", "1", ", from: 2016-13"), FaultKind::bad_date, "from");
  one(change(path, "set", "1", ", until: soon"), FaultKind::bad_date, "until");
  one(change(path, "set", "1", ", until: 2016-11"), FaultKind::out_of_range, "until");
  one(change(path, "set", "1", ", regions: [walonia]"), FaultKind::unknown_name, "regions[0]");
  one(change(path, "set", "1", ", regions: []"), FaultKind::wrong_type, "regions");
  one(change(path, "set", "1", ", regions: wallonia"), FaultKind::wrong_type, "regions");
  one(change(path, "set", "1", ", sizes: [small]"), FaultKind::unknown_name, "sizes[0]");
  one(change(path, "set", "1", ", sizes: []"), FaultKind::wrong_type, "sizes");
  one(change(path, "set", "1", ", aplies_to: new_files"), FaultKind::unknown_key, "aplies_to");
  one(change(path, "set", "1", ", applies_to: newcomers"), FaultKind::unknown_name, "applies_to");
  one("  - {path: " + path + ", op: set, value: 1}\n", FaultKind::missing_key, "reference");
}

TEST(ScenarioFile, AReformCannotChangeThePast) {
  const auto faults =
      faults_in(reform_text("mine", change("sanction/allowed", "set", "0", ", from: 2016-10")));
  ASSERT_EQ(faults.size(), 1u);
  EXPECT_EQ(faults[0].kind, FaultKind::changes_the_past);
  EXPECT_EQ(faults[0].line, 10);
  EXPECT_EQ(faults[0].found, "2016-10");
  EXPECT_EQ(faults[0].expected, ">= 2016-11");
}

TEST(ScenarioFile, TheNameIsThatOfTheFile) {
  const std::string text = reform_text("other", change("sanction/allowed", "set", "0"));
  expect_one(text, FaultKind::other_file_name, 2, "name");
  EXPECT_EQ(
      describe(faults_in(text)[0], Language::en),
      "reforms/mine.yaml:2:7: name: “other” is not the name of the file; a scenario is called as its file "
      "is, without “.yaml”. Expected: mine.");
}

TEST(ScenarioFile, AReformOfAUserMaySpeakOneLanguageAndTheTreesOwnThree) {
  std::string text = reform_text("mine", change("sanction/allowed", "set", "0"));
  for (const char* key : {"title", "summary", "must_believe"}) {
    const std::string three = test::three(key);
    text.replace(text.find(three), three.size(), std::string(key) + ": {nl: alleen dit}\n");
  }
  const Scenario own = load_scenario({"mine.yaml", text}, Origin::user);
  for (const Language language : {Language::fr, Language::nl, Language::en}) {
    EXPECT_EQ(own.title[language], "alleen dit");
    EXPECT_EQ(own.must_believe[language], "alleen dit");
  }
  EXPECT_EQ(faults_in(text).size(), 6u);  // French and English of three texts
}

TEST(ScenarioFile, EnglishStandsForALanguageThatAUserDoesNotGive) {
  std::string text = reform_text("mine", change("sanction/allowed", "set", "0"));
  text.replace(text.find(test::three("title")), test::three("title").size(), "title: {fr: a, en: c}\n");
  EXPECT_EQ(load_scenario({"mine.yaml", text}, Origin::user).title[Language::nl], "c");
  text.replace(text.find("title: {fr: a, en: c}"), 21, "title: {}");
  EXPECT_EQ(faults_of([&] { load_scenario({"reforms/mine.yaml", text}, Origin::user); }).size(), 1u);
}

TEST(ScenarioFile, AReformStartsWithinTheMonthsThatCanBeSimulated) {
  const auto starting = [](const std::string& from) {
    std::string text = reform_text("mine", change("sanction/allowed", "set", "0"));
    return faults_in(text.replace(text.find("2016-11"), 7, from));
  };
  EXPECT_TRUE(starting("1993-01").empty());
  EXPECT_TRUE(starting("2030-12").empty());
  for (const char* outside : {"1985-01", "1992-12", "2031-01"}) {
    const auto faults = starting(outside);
    ASSERT_EQ(faults.size(), 1u) << outside;
    EXPECT_EQ(faults[0].kind, FaultKind::out_of_range);
    EXPECT_EQ(faults[0].key, "from");
    EXPECT_EQ(faults[0].expected, "1993-01 .. 2030-12");
  }
}

TEST(ScenarioFile, ABaseHasNoDateAndAReformNoFreeze) {
  expect_one(base_text("mine", "from: 2016-11\n"), FaultKind::unknown_key, 7, "from");
  expect_one(reform_text("mine", change("sanction/allowed", "set", "0") + "freeze: []\n"),
             FaultKind::unknown_key, 11, "freeze");
}

TEST(ScenarioFile, AFreezeCoversALeverOnce) {
  const std::string piis = "  - {path: piis, last: 2015-12, reason: r}\n";
  EXPECT_TRUE(faults_in(base_text("mine", "freeze:\n" + piis)).empty());
  expect_one(base_text("mine", "freeze:\n  - {path: pis, last: 2015-12, reason: r}\n"),
             FaultKind::unknown_name, 8, "freeze[0].path");
  expect_one(
      base_text("mine", "freeze:\n" + piis + "  - {path: piis/delay/months, last: 2015-12, reason: r}\n"),
      FaultKind::overlapping_changes, 9, "freeze[1]");
}

TEST(ScenarioFile, MissingKeysAreAllTold) {
  const auto faults = faults_in("kind: reform\nname: mine\n");
  std::vector<std::string> keys;
  for (const Fault& fault : faults) {
    EXPECT_EQ(fault.kind, FaultKind::missing_key);
    keys.push_back(fault.key);
  }
  std::ranges::sort(keys);
  EXPECT_EQ(keys, (std::vector<std::string>{"authors", "changes", "from", "must_believe", "references",
                                            "summary", "title"}));
}

TEST(ScenarioFile, AnEmptyFileIsNoScenario) {
  const auto faults = faults_in("");
  ASSERT_FALSE(faults.empty());
  EXPECT_EQ(faults[0].kind, FaultKind::wrong_type);
}

TEST(ScenarioFile, TwoSettingsOfOneLeverInOneFileAreRefused) {
  expect_one(reform_text("mine", change("sanction/max_months", "set", "1") +
                                     change("sanction/max_months", "set", "2")),
             FaultKind::overlapping_changes, 11, "sanction/max_months");
}

TEST(ScenarioFile, HoldsAtMostAThousandChanges) {
  std::string changes;
  for (int i = 0; i < 1001; ++i) changes += change("sanction/propensity", "scale", "1");
  expect_one(reform_text("mine", changes), FaultKind::too_large, 10, "changes");
}

TEST(ScenarioFile, APhaseInIsForLeversWithValuesBetweenAndEndsWhileTheChangeHolds) {
  const auto faults_with = [](const std::string& path, const std::string& more) {
    return faults_in(reform_text("mine", change(path, "set", "1", more)));
  };
  EXPECT_TRUE(faults_with("subsidy/staff", ", over_months: 12").empty());
  EXPECT_TRUE(faults_with("subsidy/staff", ", over_months: 12, until: 2017-11").empty());
  for (const char* whole : {"sanction/allowed", "community_service/rule", "piis/evaluations/per_year"}) {
    const auto faults = faults_with(whole, ", over_months: 12");
    ASSERT_EQ(faults.size(), 1u) << whole;
    EXPECT_EQ(faults[0].kind, FaultKind::unknown_key);
    EXPECT_EQ(faults[0].key, "changes[0].over_months");
    EXPECT_EQ(faults[0].expected, expects::gradual);
  }
  for (const char* wrong : {"1", "0", "-3", "241", "2.5", "a year"})
    EXPECT_EQ(faults_with("subsidy/staff", std::string(", over_months: ") + wrong).size(), 1u) << wrong;
  const auto late = faults_with("subsidy/staff", ", over_months: 13, until: 2017-11");
  ASSERT_EQ(late.size(), 1u);
  EXPECT_EQ(late[0].kind, FaultKind::out_of_range);
  EXPECT_EQ(late[0].expected, "<= 12 months");
}

TEST(ScenarioFile, AChangeMayNameCpasAndGroups) {
  const auto one = [](const std::string& more) {
    return load_scenario({"mine.yaml", reform_text("mine", change("sanction/allowed", "set", "0", more))})
        .changes.at(0);
  };
  EXPECT_EQ(one(", cpas: [585, 412, 585]").cpas, (std::vector{CpasId{412}, CpasId{585}}));
  EXPECT_EQ(one(", groups: [student, under_25]").groups,
            (GroupSet{TargetGroup::under_25, TargetGroup::student}));
  EXPECT_TRUE(one("").cpas.empty());
  EXPECT_TRUE(one("").groups.empty());
  for (const char* wrong : {"[]", "412", "[x]", "[1.5]", "[-1]", "[65535]", "{a: 1}", "[012]"})
    EXPECT_EQ(faults_in(reform_text("mine",
                                    change("sanction/allowed", "set", "0", std::string(", cpas: ") + wrong)))
                  .size(),
              1u)
        << wrong;
  const auto misspelt =
      faults_in(reform_text("mine", change("sanction/allowed", "set", "0", ", groups: [studnet]")));
  ASSERT_EQ(misspelt.size(), 1u);
  EXPECT_EQ(misspelt[0].kind, FaultKind::unknown_name);
  EXPECT_EQ(misspelt[0].nearest, "student");
  EXPECT_EQ(faults_in(reform_text("mine", change("sanction/allowed", "set", "0", ", groups: []"))).size(),
            1u);
}

TEST(ScenarioFile, WhatBelongsToTheCpasIsForEverybody) {
  for (const Lever& lever : all_levers()) {
    const auto faults =
        faults_in(reform_text("mine", change(std::string(lever.path), "scale", "1", ", groups: [under_25]")));
    EXPECT_EQ(faults.size(), lever.reach == Reach::office ? 1u : 0u) << lever.path;
    for (const Fault& fault : faults) EXPECT_EQ(fault.expected, expects::of_a_file);
  }
}

TEST(ScenarioFile, OnlyAmountsOfMoneyFollowTheIndex) {
  const auto faults_with = [](const std::string& path, const std::string& op, const std::string& more) {
    return faults_in(reform_text("mine", change(path, op, "1", ", indexed: true" + more)));
  };
  EXPECT_TRUE(faults_with("spi/amount", "set", "").empty());
  EXPECT_TRUE(faults_with("subsidy/staff", "shift", ", over_months: 12").empty());
  for (const auto& faults :
       {faults_with("sanction/propensity", "set", ""), faults_with("spi/amount", "scale", "")}) {
    ASSERT_EQ(faults.size(), 1u);
    EXPECT_EQ(faults[0].kind, FaultKind::inconsistent);
    EXPECT_EQ(faults[0].expected, expects::an_amount);
  }
  EXPECT_EQ(faults_in(reform_text("mine", change("spi/amount", "set", "1", ", indexed: yes"))).size(), 1u);
  std::string early = reform_text("mine", change("spi/amount", "set", "1", ", indexed: true"));
  early.replace(early.find("2016-11"), 7, "2001-01");
  EXPECT_EQ(faults_in(early).size(), 1u);
}

TEST(ScenarioFile, AnEmptyListOfChangesIsNone) {
  EXPECT_TRUE(faults_in(reform_text("mine", "  # nothing yet\n")).empty());
}

// What else YAML would let pass, or a program choke on.
TEST(ScenarioFile, HostileFilesEndInFaultsAtTheirPlace) {
  std::string bomb = "a: &a [x, x]\n";
  for (char c = 'b'; c < 'k'; ++c)
    bomb += std::string(1, c) + ": &" + c + " [*" + static_cast<char>(c - 1) + ", *" +
            static_cast<char>(c - 1) + "]\n";
  const auto anchors = faults_in(reform_text("mine", "  []\n") + bomb);
  EXPECT_GE(anchors.size(), 28u);  // each anchor and each alias; nothing is ever expanded
  for (const Fault& fault : anchors) EXPECT_GT(fault.line, 0);

  const auto deep = faults_in(reform_text("mine", "  - " + std::string(200'000, '{') + "\n"));
  ASSERT_EQ(deep.size(), 1u);
  EXPECT_EQ(deep[0].kind, FaultKind::too_large);

  const auto large = faults_in(reform_text("mine", std::string(100'000'000, '#')));
  ASSERT_EQ(large.size(), 1u);
  EXPECT_EQ(large[0].kind, FaultKind::too_large);

  expect_one(reform_text("mine", change("sanction/allowed", "set", "no")), FaultKind::wrong_type, 10,
             "changes[0].value");
  expect_one(reform_text("mine", "  - {path: spi/amount, path: spi/days, op: set, value: 1, reference: r}\n"),
             FaultKind::duplicate_key, 10, "path");
  // A list where a map belongs, a map where a number belongs, a number where a list belongs.
  expect_one(reform_text("mine", "  - [path, op]\n"), FaultKind::wrong_type, 10, "changes[0]");
  expect_one(reform_text("mine", change("spi/amount", "set", "{a: 1}")), FaultKind::wrong_type, 10,
             "changes[0].value");
  expect_one(reform_text("mine", "  12\n"), FaultKind::wrong_type, 10, "changes");
}

// A damaged file is refused with its faults or, where the damage happens to make sense, read.
TEST(ScenarioFile, NoDamageDoesMoreThanFaults) {
  const std::string whole = load_scenario_named(test::root, "law-2016").text.text;
  const auto try_to_load = [](const std::string& text) {
    return faults_of([&] { load_scenario({"law-2016.yaml", text}); }).empty();
  };
  ASSERT_TRUE(try_to_load(whole));
  int refused = 0;
  for (std::size_t i = 0; i < whole.size(); i += 19) {
    if (!try_to_load(whole.substr(0, i))) ++refused;
    for (const char c : {'\0', '\n', '\t', '"', '[', '{', ':', '&', '-', '\x80'}) {
      std::string damaged = whole;
      damaged[i] = c;
      if (!try_to_load(damaged)) ++refused;
    }
  }
  EXPECT_GT(refused, static_cast<int>(whole.size() / 19));
}

}  // namespace
}  // namespace tremplin
