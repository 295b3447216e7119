#include "scenarios/landscape/presets.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/base/errors.hpp"
#include "tests/scenarios/landscape/files.hpp"

namespace tremplin {
namespace {

using test::shipped_presets;

TEST(Presets, AreTheFiveCaseStudiesOfDocument003) {
  const auto presets = shipped_presets();
  ASSERT_EQ(presets.size(), 5U);
  for (const char* name : {"each-and-all", "protective", "multi-use", "coercive", "two-speed"}) {
    EXPECT_NE(std::ranges::find(presets, name, &Preset::name), presets.end()) << name;
  }
}

TEST(Presets, ReplaceWhatTheyNameAndKeepTheRest) {
  const auto presets = shipped_presets();
  const auto coercive = std::ranges::find(presets, "coercive", &Preset::name);
  ASSERT_NE(coercive, presets.end());
  Practice practice;
  practice.p_exempt_health = 0.61;  // not told by the case study
  practice.parallel_contracts = true;
  tremplin::apply(coercive->practice, practice);
  EXPECT_EQ(practice.students_summer, 3);  // 003:1568
  EXPECT_EQ(practice.offer, Offer::basic);
  EXPECT_EQ(practice.sanctions, SanctionHabit::often);
  EXPECT_EQ(practice.guidance, -1.5);
  EXPECT_FALSE(practice.activation_offer);  // 003:1480
  EXPECT_EQ(practice.p_exempt_health, 0.61);
  EXPECT_TRUE(practice.parallel_contracts);
}

TEST(Presets, RefuseSettingsThatDoNotExist) {
  const std::string text =
      "x:\n  title: {fr: a, nl: b, en: c}\n  class: assumed\n  source: s\n  practice: {strictnes: 1}\n";
  try {
    load_presets({"p.yaml", text});
    FAIL() << "accepted";
  } catch (const InputError& error) {
    ASSERT_EQ(error.faults().size(), 1U);
    EXPECT_EQ(error.faults()[0].kind, FaultKind::unknown_key);
    EXPECT_EQ(error.faults()[0].nearest, "strictness");
  }
}

}  // namespace
}  // namespace tremplin
