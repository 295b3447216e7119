#include "outputs/caveats.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

#include "tests/outputs/label_files.hpp"
#include "tests/outputs/synthetic_run.hpp"

namespace tremplin {
namespace {

using test::labels;

// 2003 to 2020, all CPAS, with the law of the tree.
Run sound_run() {
  Run run = test::empty_run(1, 1, Month{2003, 1}, 12, Month{2021, 1});
  run.plan.report_from = Month{2003, 1};
  run.plan.report_until = Month{2021, 1};
  run.inputs.clear();
  const std::filesystem::path root(TREMPLIN_SOURCE_DIR);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root / "scenarios/law")) {
    if (!entry.is_regular_file()) continue;
    std::ifstream in(entry.path());
    run.inputs.push_back({entry.path().lexically_relative(root).generic_string(),
                          {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()},
                          std::string(64, 'a'),
                          false});
  }
  return run;
}

TEST(Caveats, ARunOfAllCpasFrom2003To2020HasNone) {
  for (const Language language : {Language::fr, Language::nl, Language::en})
    EXPECT_TRUE(caveats(sound_run(), labels(), language).empty());
}

TEST(Caveats, ASampleTellsHowManyCpasAndThatIntervalsDoNotHoldIt) {
  tremplin::Run run = sound_run();
  run.sample = 0.05;
  run.offices.resize(54);
  const auto told = caveats(run, labels(), Language::en);
  ASSERT_EQ(told.size(), 2U);
  EXPECT_NE(told[0].find("54 of 589 CPAS"), std::string::npos);
  EXPECT_NE(told[1].find("do not hold what another sample"), std::string::npos);
}

TEST(Caveats, MonthsOfTheBurnInAreTold) {
  tremplin::Run run = sound_run();
  run.plan.report_from = Month{1999, 6};
  const auto told = caveats(run, labels(), Language::en);
  ASSERT_EQ(told.size(), 1U);
  EXPECT_NE(told[0].find("June 1999"), std::string::npos);
}

// The same law, its article 60 wages known until March 2020 alone.
Run run_with_old_wages() {
  Run run = sound_run();
  const auto wages = std::ranges::find(run.inputs, "scenarios/law/article60/wage.yaml", &InputText::name);
  EXPECT_NE(wages, run.inputs.end());
  const std::size_t later = wages->text.find("    2021-09-01:");
  const std::size_t after = wages->text.find("\n\n", later);  // what stands below the values
  EXPECT_NE(later, std::string::npos);
  wages->text.erase(later, after == std::string::npos ? after : after - later);
  return run;
}

TEST(Caveats, AmountsThatKeepTheirLastPublishedValueAreNamedWithItsDate) {
  tremplin::Run run = run_with_old_wages();
  run.plan.report_until = Month{2023, 1};
  auto told = caveats(run, labels(), Language::en);
  ASSERT_EQ(told.size(), 2U);
  EXPECT_NE(told[0].find("December 2020"), std::string::npos);  // requests are held after
  EXPECT_NE(told[1].find("Wage cost of an article 60 worker (March 2020)"), std::string::npos) << told[1];
  EXPECT_EQ(told[1].find("Integration income"), std::string::npos);
  run.plan.report_until = Month{2028, 1};
  told = caveats(run, labels(), Language::en);
  ASSERT_EQ(told.size(), 3U);
  EXPECT_EQ(told[1].find("Integration income"), std::string::npos) << told[1];
  // An exemption of 250 euros since 2002 follows no index.
  EXPECT_EQ(told[1].find("General exemption"), std::string::npos);
}

TEST(Caveats, ProjectedAmountsAreNamedWithTheDateOfTheirLastPublishedValue) {
  // scenarios/law: amounts of the income and of prices last in February 2025, then an index step a year,
  // assumed; the staff subsidy has no index.
  tremplin::Run run = sound_run();
  run.plan.report_until = Month{2026, 2};
  EXPECT_EQ(caveats(run, labels(), Language::en).size(), 1U);
  run.plan.report_until = Month{2028, 1};
  const auto told = caveats(run, labels(), Language::en);
  ASSERT_EQ(told.size(), 3U);
  EXPECT_NE(told[1].find("Staff subsidy per beneficiary (January 2025)"), std::string::npos) << told[1];
  EXPECT_EQ(told[1].find("Wage cost"), std::string::npos) << told[1];
  EXPECT_NE(told[2].find("category 2 (single) (February 2025)"), std::string::npos) << told[2];
  EXPECT_NE(told[2].find("Wage cost of an article 60 worker (February 2025)"), std::string::npos) << told[2];
  EXPECT_NE(told[2].find("assumed"), std::string::npos);
}

TEST(Caveats, ARunWithoutTheTextOfItsLawDoesWithoutTheAmounts) {
  tremplin::Run run = sound_run();
  run.plan.report_until = Month{2028, 1};
  run.inputs.clear();
  EXPECT_EQ(caveats(run, labels(), Language::fr).size(), 1U);
}

}  // namespace
}  // namespace tremplin
