#include "outputs/text_table.hpp"

#include <gtest/gtest.h>

#include <sstream>

#include "outputs/present.hpp"
#include "tests/outputs/label_files.hpp"
#include "tests/outputs/synthetic_run.hpp"

namespace tremplin {
namespace {

using test::labels;

int characters_in(const std::string& line) {
  int n = 0;
  for (const char c : line) n += (static_cast<unsigned char>(c) & 0xC0U) != 0x80U ? 1 : 0;
  return n;
}

TEST(Ranges, HaveTheDecimalsThatTheirWidthNeeds) {
  EXPECT_EQ(format_range(0.00104, 0.00131, Language::fr), "0,00104 – 0,00131");
  EXPECT_EQ(format_range(74000.2, 76055.7, Language::en), "74,000 – 76,056");
  EXPECT_EQ(format_range(-0.167, 0.556, Language::en), "\u22120.167 – 0.556");
  EXPECT_EQ(format_range(1.26, 1.26, Language::en), "1.26 – 1.26");
}

TEST(FormatNumber, WritesTheMarksOfEachLanguage) {
  EXPECT_EQ(format_number(1234567.891, 2, Language::fr), "1\u202f234\u202f567,89");
  EXPECT_EQ(format_number(1234567.891, 2, Language::nl), "1.234.567,89");
  EXPECT_EQ(format_number(1234567.891, 2, Language::en), "1,234,567.89");
  EXPECT_EQ(format_number(-12.5, 1, Language::en), "−12.5");
  EXPECT_EQ(format_number(12.5, 1, Language::fr, true), "+12,5");
}

TEST(FormatNumber, RoundedToNothingHasNoSign) {
  EXPECT_EQ(format_number(-0.004, 2, Language::en), "0.00");
  EXPECT_EQ(format_number(0.004, 2, Language::en, true), "0.00");
}

TEST(Show, SharesAreInPerCentAndMoneyInMillions) {
  Contrast contrast;
  contrast.defined = true;
  contrast.base.mean = 0.20;
  contrast.reform.mean = 0.25;
  contrast.difference.mean = 0.05;
  contrast.difference.interval = Interval{0.04, 0.06};
  contrast.relative = 0.25;
  const Shown share = show(contrast, IndicatorUnit::share, Language::en, labels());
  EXPECT_EQ(share.base, "20.0");
  EXPECT_EQ(share.difference, "+5.00");
  EXPECT_EQ(share.interval, "[+4.00;\u00a0+6.00]");
  EXPECT_EQ(share.relative, "+25.0%");
  EXPECT_EQ(show(contrast, IndicatorUnit::share, Language::nl, labels()).relative, "+25,0%");
  EXPECT_EQ(show(contrast, IndicatorUnit::share, Language::fr, labels()).relative, "+25,0\u202f%");
  contrast.base.mean = 707'800'000;
  EXPECT_EQ(show(contrast, IndicatorUnit::euro, Language::fr, labels()).base, "708");
}

class TextTableTest : public testing::TestWithParam<Language> {};

TEST_P(TextTableTest, FitsAHundredColumnsAndHoldsEveryIndicator) {
  const tremplin::Run run = test::plausible_run(4);
  for (const std::size_t reform : {0U, 1U}) {
    const std::string table = text_table(run, compare(run, 0, reform), labels(), GetParam());
    std::istringstream lines(table);
    int n_rows = 0;
    for (std::string line; std::getline(lines, line);) {
      EXPECT_LE(characters_in(line), text_table_width) << line;
      ++n_rows;
    }
    EXPECT_GT(n_rows, static_cast<int>(n_indicators));
    EXPECT_EQ(table.find('\t'), std::string::npos);
  }
}

TEST_P(TextTableTest, LabelsOfIndicatorsAreNotCutShort) {
  const tremplin::Run run = test::plausible_run(2);
  EXPECT_EQ(text_table(run, compare(run, 0, 1), labels(), GetParam()).find("…"), std::string::npos);
}

TEST_P(TextTableTest, OneReplicateIsToldToHaveNoInterval) {
  const tremplin::Run run = test::plausible_run(1);
  const std::string table = text_table(run, compare(run, 0, 1), labels(), GetParam());
  EXPECT_NE(table.find(labels().of(Say::no_interval)[GetParam()].substr(0, 20)), std::string::npos);
  EXPECT_EQ(table.find('['), std::string::npos);
}

std::string code_of(const testing::TestParamInfo<Language>& language) {
  return language_codes[static_cast<std::size_t>(language.param)];
}
INSTANTIATE_TEST_SUITE_P(Languages, TextTableTest, testing::Values(Language::fr, Language::nl, Language::en),
                         code_of);

}  // namespace
}  // namespace tremplin
