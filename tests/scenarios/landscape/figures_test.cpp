#include "scenarios/landscape/figures.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "tests/scenarios/landscape/files.hpp"

namespace tremplin {
namespace {

std::vector<Fault> faults_of(const std::vector<SourceText>& files) {
  try {
    load_landscape(files);
  } catch (const InputError& error) {
    return error.faults();
  }
  return {};
}

// The shipped files with one piece of text replaced.
std::vector<SourceText> altered(const std::string& from, const std::string& to) {
  std::vector<SourceText> files = test::shipped_files();
  for (SourceText& file : files) {
    const auto at = file.text.find(from);
    if (at == std::string::npos) continue;
    file.text.replace(at, from.size(), to);
    return files;
  }
  ADD_FAILURE() << "not in the files: " << from;
  return files;
}

TEST(Figures, OfTheShippedFilesAllNameTheirSource) {
  const auto& figures = test::shipped_landscape().figures;
  EXPECT_GT(figures.size(), 80U);
  for (const Figure& figure : figures) EXPECT_FALSE(figure.source.empty()) << figure.name;
}

TEST(Figures, WithoutASourceAreRefusedByNameAndLine) {
  const auto faults = faults_of({{"x.yaml", "some/figure:\n  value: 1\n  class: data\n"}});
  const auto found = std::ranges::find(faults, FaultKind::missing_key, &Fault::kind);
  ASSERT_NE(found, faults.end());
  EXPECT_TRUE(std::ranges::any_of(faults, [](const Fault& fault) {
    return fault.kind == FaultKind::missing_key && fault.key.ends_with("source") && fault.source == "x.yaml";
  }));
}

TEST(Figures, ThatAreMisspeltAreToldWithTheNearestName) {
  const auto faults = faults_of(altered("caseload/office_spread:", "caseload/ofice_spread:"));
  EXPECT_TRUE(std::ranges::any_of(faults, [](const Fault& fault) {
    return fault.kind == FaultKind::missing_key && fault.key == "caseload/office_spread";
  }));
  EXPECT_TRUE(std::ranges::any_of(faults, [](const Fault& fault) {
    return fault.kind == FaultKind::unknown_key && fault.key == "caseload/ofice_spread";
  }));
}

TEST(Figures, OutOfTheirRangeAreRefused) {
  const auto faults = faults_of(altered("value: 0.35\n", "value: -0.35\n"));
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].kind, FaultKind::out_of_range);
  EXPECT_EQ(faults[0].found, "-0.35");
}

TEST(Figures, ThatContradictEachOtherAreRefused) {
  const auto faults = faults_of(altered("value: [221, 147,", "value: [222, 147,"));
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].kind, FaultKind::inconsistent);
  EXPECT_EQ(faults[0].key, "offices/by_size");
  EXPECT_EQ(faults[0].found, "sum 590");
}

TEST(Figures, SharesThatDoNotSumToOneAreRefused) {
  const auto faults =
      faults_of(altered("value: [0.40, 0.33, 0.24, 0.03]", "value: [0.40, 0.33, 0.24, 0.13]"));
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].key, "practice/policy");
}

TEST(Figures, CorrelationsThatNoVariablesHaveAreRefused) {
  const auto faults = faults_of(altered("formalism: [1.0, 0.3,", "formalism: [1.0, -0.95,"));
  EXPECT_FALSE(faults.empty());
}

}  // namespace
}  // namespace tremplin
