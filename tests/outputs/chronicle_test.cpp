#include "outputs/chronicle.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/base/errors.hpp"
#include "outputs/labels.hpp"
#include "outputs/person_name.hpp"
#include "outputs/winners.hpp"
#include "tests/engine/small_world.hpp"
#include "tests/outputs/label_files.hpp"

namespace tremplin {
namespace {

TEST(PersonName, ReadsBackWhatItWrites) {
  for (const char* text :
       {"137-200803-12", "137-200803-e12", "1-190001-0", "589-207008-524287", "12-202601-u524287"}) {
    EXPECT_EQ(to_string(parse_person(text)), text);
  }
  EXPECT_EQ(parse_person("137-200803-12").local, local_id(Month(2008, 3), 12));
  EXPECT_EQ(parse_person("137-200803-e12").local, local_id(Month(2008, 3), serial_of_equivalent + 12));
  EXPECT_EQ(parse_person("137-202603-u12").local, local_id(Month(2026, 3), serial_of_benefit_ended + 12));
}

TEST(PersonName, RefusesAllElseAndNamesTheNearest) {
  const auto nearest = [](const char* text) {
    try {
      parse_person(text);
    } catch (const InputError& error) {
      return error.faults().front().nearest;
    }
    return std::string("accepted");
  };
  EXPECT_EQ(nearest("137-2008-03-12"), "137-200803-12");
  EXPECT_EQ(nearest("137 200803 12"), "137-200803-12");
  EXPECT_EQ(nearest("137-200803-012"), "137-200803-12");
  EXPECT_EQ(nearest("137-200803-E12"), "137-200803-e12");
  EXPECT_EQ(nearest(" 137-200803-12"), "137-200803-12");
  for (const char* text : {"", "x", "137", "137-200813-12", "137-207009-12", "137-200803-",
                           "137-200803-1048576", "65536-200803-1", "137-200803--1-2"}) {
    EXPECT_EQ(nearest(text), "") << text;
  }
}

TEST(Chronicle, EveryLeverThatBearsOnADecisionExists) {
  for (const DecisionEntry& entry : all_decisions()) {
    for (const Lever* lever : levers_of(static_cast<Decision>(entry.number)))
      EXPECT_NE(lever, nullptr) << entry.name;
  }
}

TEST(Chronicle, SentencesHoldTheirPlaceholdersInEveryLanguage) {
  struct Entry {
    std::string_view name;
    std::string_view placeholders;
  };
  const std::vector<Entry> entries = {
#define HAPPENING(name, placeholders) Entry{#name, placeholders},
#include "outputs/happenings.def"
#undef HAPPENING
  };
  for (const Entry& entry : entries) {
    for (const std::string& text : test::labels().of(Section::happenings, entry.name).in) {
      EXPECT_EQ(text.find('{') != std::string::npos, !entry.placeholders.empty()) << entry.name;
      std::string_view rest = entry.placeholders;
      while (!rest.empty()) {
        const std::size_t end = std::min(rest.find(' '), rest.size());
        EXPECT_NE(text.find("{" + std::string(rest.substr(0, end)) + "}"), std::string::npos) << text;
        rest.remove_prefix(std::min(end + 1, rest.size()));
      }
    }
  }
}

class TwoScenarios : public testing::Test {
 protected:
  World world_ = test::small_world(1);
  Parameters parameters_ = test::small_parameters();
  Constants constants_ = make_constants(world_, parameters_);
  Plan plan_ = test::small_plan();
  RulesTable base_ = test::table_of(test::rules_of_2002());
  RulesTable reform_ = base_;
  const Office& office_ = world_.offices.front();

  Life life(LocalId who, const RulesTable& table) const {
    return live(world_, office_, parameters_, constants_, table, plan_, who);
  }
  std::vector<OfficeLives> everybody() const {
    OfficeScratch scratch;
    return lives_of_office(world_, office_, parameters_, constants_, {&base_, &reform_}, plan_, scratch);
  }
  // From 2005 on.
  template <class Change>
  void change(Change change) {
    test::change_rules_from(reform_, Month(2005, 1), 0, change);
  }
};

TEST_F(TwoScenarios, LifeUnderTheSameRulesHasNoParting) {
  const OfficeLives people = everybody().front();
  for (int i = 0; const auto& [who, sums] : people) {
    if (++i > 10) break;
    EXPECT_FALSE(parting_of(life(who, base_), life(who, reform_), {&base_, &reform_, office_.region}));
  }
}

TEST_F(TwoScenarios, LifeOutOfTheReformsReachHasNoParting) {
  // A higher category 3 amount moves nobody's chances, and only the cents of families.
  change([](Rules& rules) { rules.ris_family += 100; });
  const auto people = everybody();
  int n_apart = 0;
  for (const auto& [who, sums] : people[0]) {
    if (n_apart > 3) break;
    const auto parting = parting_of(life(who, base_), life(who, reform_), {&base_, &reform_, office_.region});
    const bool moved = sums[LifeSum::cents] != people[1].at(who)[LifeSum::cents];
    EXPECT_EQ(parting.has_value(), moved);
    if (!parting) continue;
    ++n_apart;
    EXPECT_EQ(parting->why, WhyParted::no_decision);
    ASSERT_EQ(parting->rules.size(), 1U);
    EXPECT_EQ(parting->rules.front().lever->path, "ris/amount/family");
    EXPECT_GE(parting->month, Month(2005, 1));
  }
  EXPECT_GT(n_apart, 0);
}

TEST_F(TwoScenarios, PartingNamesTheDecisionAndItsRule) {
  change([](Rules& rules) { rules.sanction_propensity = 5; });
  const auto people = everybody();
  bool found = false;
  for (const auto& [who, sums] : people[1]) {
    const auto before = people[0].find(who);
    if (before == people[0].end() || sums[LifeSum::sanctions] <= before->second[LifeSum::sanctions]) continue;
    const auto parting = parting_of(life(who, base_), life(who, reform_), {&base_, &reform_, office_.region});
    ASSERT_TRUE(parting);
    if (!parting->first || parting->first->decision != Decision::sanction) continue;
    found = true;
    EXPECT_EQ(parting->why, WhyParted::probability);
    EXPECT_EQ(parting->first->u, parting->second->u);
    EXPECT_FALSE(parting->first->happened);
    EXPECT_TRUE(parting->second->happened);
    ASSERT_EQ(parting->rules.size(), 1U);
    EXPECT_EQ(parting->rules.front().lever->path, "sanction/propensity");
    break;
  }
  EXPECT_TRUE(found);
}

TEST_F(TwoScenarios, WinnersOfEachDimensionAddUpToTheDifferenceOfTotals) {
  change([](Rules& rules) {
    rules.sanction_propensity = 5;
    rules.piis_under_age = 120;
  });
  const auto people = everybody();
  Winners winners(plan_.report_from);
  winners.add(office_, people[0], people[1]);
  const auto results = test::run(world_, parameters_, {&base_, &reform_}, plan_);
  const auto difference = [&](Tally a, Tally b) {
    const auto total = [&](std::size_t s) { return test::total(results[s], a) + test::total(results[s], b); };
    return static_cast<double>(total(1) - total(0));
  };
  const std::vector<double> weights(n_strata, 1);
  for (std::size_t d = 0; d < life_dimensions.size(); ++d) {
    const auto first = static_cast<std::size_t>(life_dimensions[d]);
    const std::size_t end =
        d + 1 < life_dimensions.size() ? static_cast<std::size_t>(life_dimensions[d + 1]) : n_life_groups;
    double months = 0;
    double cents = 0;
    double heads = 0;
    for (std::size_t g = first; g < end; ++g) {
      const auto group = static_cast<LifeGroup>(g);
      heads += winners.people(group, weights);
      months += winners.count(group, LifeSum::months, &WinnersCount::difference, weights);
      cents += winners.count(group, LifeSum::cents, &WinnersCount::difference, weights);
    }
    EXPECT_EQ(heads, winners.people(LifeGroup::everyone, weights));
    EXPECT_EQ(months, difference(Tally::paid, Tally::paid_equivalent));
    EXPECT_EQ(cents, difference(Tally::euro_integration_income, Tally::euro_equivalent));
  }
  EXPECT_NE(winners.count(LifeGroup::everyone, LifeSum::cents, &WinnersCount::difference, weights), 0);
}

}  // namespace
}  // namespace tremplin
