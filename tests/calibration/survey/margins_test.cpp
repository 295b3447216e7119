#include "calibration/survey/margins.hpp"

#include <gtest/gtest.h>

#include "tests/calibration/survey/books.hpp"

namespace tremplin::survey {
namespace {

using Totals = std::vector<double>;

// One CPAS with all groups of the survey.
Microdata one_cpas(const SurveyBook& book, bool with_income) {
  std::string text = with_income ? "cpas,region,size,income_group\n" : "cpas,region,size\n";
  text += "a,brussels," + book.groups[1].codes[0].name + (with_income ? ",GR2\n" : "\n");
  return read_microdata({"file.csv", text}, book);
}

TEST(Margins, OfTheLandscapeAreThoseThatTheSurveysPublish) {
  const SurveyBook& piis = shipped_books()[0];
  const auto margins = landscape_margins(piis, shipped_figures(), one_cpas(piis, true));
  ASSERT_EQ(margins.size(), 3U);
  EXPECT_EQ(margins[0].totals, (Totals{308, 262, 19}));        // 003:5060
  EXPECT_EQ(margins[1].totals, (Totals{368, 192, 24, 5}));     // 003:5080
  EXPECT_EQ(margins[2].totals, (Totals{147, 147, 147, 148}));  // 004:3847
  EXPECT_EQ(margins[0].source, "003:5060");
  // Size classes of document 000, from the landscape's seven: 221, 147 + 84, 101, 7 + 24, 5.
  const SurveyBook& activation = shipped_books()[1];
  const auto other = landscape_margins(activation, shipped_figures(), one_cpas(activation, false));
  ASSERT_EQ(other.size(), 2U);  // the file has no income group
  EXPECT_EQ(other[1].totals, (Totals{221, 231, 101, 31, 5}));
}

TEST(Margins, OfOnesOwnTakeTheirPlace) {
  const SurveyBook& book = shipped_books()[0];
  const SourceText file{
      "own.yaml", "region: {totals: {flanders: 300, wallonia: 261, brussels: 19}, source: \"fusions\"}\n"};
  const auto margins = load_margins(file, book, one_cpas(book, false));
  ASSERT_EQ(margins.size(), 1U);
  EXPECT_EQ(margins[0].totals, (Totals{300, 261, 19}));
  EXPECT_EQ(margins[0].source, "fusions");
}

TEST(Margins, OfOnesOwnTellAllFaults) {
  const SurveyBook& book = shipped_books()[0];
  const SourceText file{"own.yaml", R"(
region: {totals: {flanders: 300, wallonia: 261, brussel: 19}, source: "x"}
size: {totals: {under_15k: 1, from_15k: 1, from_50k: -1, over_150k: 1}}
income_group: {totals: {GR1: 1, GR2: 1, GR3: 1, GR4: 1}, source: "x"}
)"};
  const auto faults = faults_of([&] { load_margins(file, book, one_cpas(book, false)); });
  std::size_t misspelt = 0;
  std::size_t range = 0;
  std::size_t source = 0;
  std::size_t inconsistent = 0;
  for (const Fault& fault : faults) {
    misspelt += fault.kind == FaultKind::unknown_key && fault.nearest == "brussels" ? 1 : 0;
    range += fault.kind == FaultKind::out_of_range ? 1 : 0;
    source += fault.kind == FaultKind::missing_key && fault.key.ends_with("source") ? 1 : 0;
    inconsistent += fault.kind == FaultKind::inconsistent ? 1 : 0;
  }
  EXPECT_EQ(misspelt, 1U);
  EXPECT_EQ(range, 1U);
  EXPECT_EQ(source, 1U);
  EXPECT_EQ(inconsistent, 3U);  // two sums that differ from the first, and a group that the file lacks
}

}  // namespace
}  // namespace tremplin::survey
