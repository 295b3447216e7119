#include "outputs/labels.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "engine/base/errors.hpp"
#include "tests/outputs/label_files.hpp"

namespace tremplin {
namespace {

using test::label_files;
using test::labels;

// The faults of loading the tree's label files after one of them was changed.
std::vector<Fault> faults_after(std::string_view file, std::string_view from, std::string_view to) {
  std::vector<SourceText> files = label_files();
  for (SourceText& source : files)
    if (source.name.ends_with(file)) {
      const std::size_t at = source.text.find(from);
      if (at == std::string::npos) throw std::logic_error("the label file holds no such text");
      source.text.replace(at, from.size(), to);
    }
  try {
    load_labels(files);
  } catch (const InputError& error) {
    return error.faults();
  }
  return {};
}

TEST(Labels, FilesOfTheTreeHaveNoFault) {
  try {
    load_labels(label_files());
  } catch (const InputError& error) {
    for (const Fault& fault : error.faults())
      ADD_FAILURE() << fault.source << ":" << fault.line << " " << fault.key << ": " << fault.found
                    << ", expected " << fault.expected;
  }
}

TEST(Labels, EveryNameOfEveryRegistryHasALabelInThreeLanguages) {
  for (int s = 0; s < n_sections; ++s) {
    const auto section = static_cast<Section>(s);
    ASSERT_FALSE(names_in(section).empty());
    for (const std::string_view name : names_in(section))
      for (const std::string& text : labels().of(section, name).in)
        EXPECT_FALSE(text.empty()) << name_of(section) << " " << name;
  }
}

TEST(Labels, NoLineEndsBeforeAMarkOrAfterAnOpeningQuotationMark) {
  for (int s = 0; s < n_sections; ++s)
    for (const std::string_view name : names_in(static_cast<Section>(s)))
      for (const std::string& text : labels().of(static_cast<Section>(s), name).in)
        for (const char* broken : {" :", " ;", " ?", " !", " %", "« ", " »"})
          EXPECT_EQ(text.find(broken), std::string::npos) << text;
  EXPECT_NE(labels().of(Say::question)[Language::fr].find("«\u00a0{reform}\u00a0»"), std::string::npos);
}

TEST(Labels, LanguagesAreNotCopiesOfEachOther) {
  // Some words are the same in two languages (sanctions, dossiers); sentences of three words are not.
  for (int s = 0; s < n_sections; ++s)
    for (const std::string_view name : names_in(static_cast<Section>(s))) {
      const Text& text = labels().of(static_cast<Section>(s), name);
      if (std::ranges::count(text[Language::en], ' ') < 2) continue;
      EXPECT_NE(text[Language::fr], text[Language::en]) << name;
      EXPECT_NE(text[Language::nl], text[Language::en]) << name;
      EXPECT_NE(text[Language::fr], text[Language::nl]) << name;
    }
}

TEST(Labels, IndicatorsCanBeToldApartInEachLanguage) {
  for (int l = 0; l < n_languages; ++l) {
    std::set<std::string> seen;
    for (std::size_t i = 0; i < n_indicators; ++i) {
      const std::string& label = labels().of(static_cast<Indicator>(i))[static_cast<Language>(l)];
      EXPECT_TRUE(seen.insert(label).second) << label;
    }
  }
}

TEST(Labels, MissingNameIsToldWithItsSection) {
  const auto faults = faults_after("tallies.yaml", "  paid_women:", "  # paid_women:");
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].kind, FaultKind::missing_key);
  EXPECT_EQ(faults[0].key, "tallies.paid_women");
}

TEST(Labels, MisspeltNameIsToldWithTheNearestOne) {
  const auto faults = faults_after("tallies.yaml", "  paid_women:", "  paid_woman:");
  ASSERT_EQ(faults.size(), 2U);  // unknown, and the right one missing
  const auto unknown = std::ranges::find(faults, FaultKind::unknown_key, &Fault::kind);
  ASSERT_NE(unknown, faults.end());
  EXPECT_EQ(unknown->nearest, "paid_women");
  EXPECT_GT(unknown->line, 0);
}

TEST(Labels, MissingLanguageIsAFault) {
  const auto faults = faults_after("names.yaml", "flanders: {fr: \"Flandre\", ", "flanders: {");
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].kind, FaultKind::missing_key);
}

TEST(Labels, PlaceholderLostInTranslationIsAFault) {
  const auto faults = faults_after("report.yaml", "“{base}” look like", "the baseline look like");
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].kind, FaultKind::inconsistent);
  EXPECT_EQ(faults[0].expected, "{base}");
}

TEST(Fill, PutsValuesInTheirPlaces) {
  EXPECT_EQ(fill("{a}, not {b}; {a}", {{"a", "one"}, {"b", "two"}}), "one, not two; one");
  EXPECT_EQ(fill("nothing to fill", {}), "nothing to fill");
}

}  // namespace
}  // namespace tremplin
