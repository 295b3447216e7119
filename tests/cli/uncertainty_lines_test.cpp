// What `uncertainty` shows: three languages within the width of a screen, and the same in JSON.
#include "cli/uncertainty_lines.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <nlohmann/json.hpp>
#include <sstream>

#include "cli/plain.hpp"
#include "outputs/text_table.hpp"
#include "tests/outputs/label_files.hpp"

namespace tremplin::cli {
namespace {

tremplin::Run described() {
  tremplin::Run run;
  run.sample = 0.2;
  run.plan.report_from = Month{2014, 1};
  run.plan.report_until = Month{2015, 1};
  run.scenarios = {{"law-2015", {{"Droit", "Recht", "Law"}}, run.plan.report_until},
                   {"law-2015+reform", {{"Réforme", "Hervorming", "Reform"}}, run.plan.report_from}};
  return run;
}

// A twelfth of a million in one run, all of its spread one thing that A and B share.
ReformSpread spread_of(std::size_t n_replicates) {
  ReformSpread reform{1, {Month{2014, 1}, Month{2015, 1}}, {}, {}};
  reform.differences.resize(n_indicators);
  for (std::size_t i = 0; i < n_indicators; ++i)
    for (std::size_t r = 0; r < n_replicates; ++r) {
      const double value = 1e6 * std::cos(static_cast<double>(r));
      reform.differences[i].push_back({value, value, 1e6 * std::cos(3.0 * static_cast<double>(r * r))});
    }
  for (ThreeRuns& one : reform.differences.back()) one = {0, 0, 0};
  reform.differences[n_indicators - 2].front().a = std::nan("");
  reform.spreads = split_spread(reform.differences, 1);
  return reform;
}

std::vector<std::string> lines_in(const std::string& text) {
  std::istringstream stream(text);
  std::vector<std::string> lines;
  for (std::string line; std::getline(stream, line);) lines.push_back(line);
  return lines;
}

TEST(UncertaintyLines, KeepWithinTheScreenInEveryLanguage) {
  for (const Language language : {Language::fr, Language::nl, Language::en})
    for (const std::string& line :
         lines_in(uncertainty_lines(described(), spread_of(12), test::labels(), language)))
      EXPECT_LE(width_of(line), text_table_width) << line;
}

TEST(UncertaintyLines, TellEveryIndicatorOnceAndWhatShrinksEachPart) {
  const std::string text = uncertainty_lines(described(), spread_of(12), test::labels(), Language::en);
  const std::vector<std::string> lines = lines_in(text);
  EXPECT_EQ(std::ranges::count_if(lines, [](const std::string& line) { return line.ends_with("]"); }),
            static_cast<std::ptrdiff_t>(n_indicators) - 2);
  for (const char* words : {"Reform against Law, January 2014 to December 2014", "with more replicates",
                            "with data only", "with more answers", "The sample (20% of the CPAS"})
    EXPECT_NE(text.find(words), std::string::npos) << words;
  EXPECT_EQ(text.find("without an interval"), std::string::npos);
}

TEST(UncertaintyLines, OfFewReplicatesSaySo) {
  const std::string text = uncertainty_lines(described(), spread_of(3), test::labels(), Language::en);
  EXPECT_NE(text.find("Fewer than 10 complete replicates"), std::string::npos);
  EXPECT_EQ(text.find("["), std::string::npos);
}

TEST(UncertaintyJson, HoldsTheSharesAndNullWhereThereIsNone) {
  const auto json = uncertainty_json(described(), spread_of(12), test::labels(), Language::nl);
  EXPECT_EQ(json["reform"], "law-2015+reform");
  EXPECT_EQ(json["until"], "2015-01");
  EXPECT_EQ(json["replicates"], 12);
  const auto& indicators = json["indicators"];
  ASSERT_EQ(indicators.size(), n_indicators);
  EXPECT_EQ(indicators[0]["name"], "people_paid");
  EXPECT_EQ(indicators[0]["key"], true);
  const auto& shares = indicators[0]["difference"]["shares"];
  double sum = 0;
  for (const std::string_view origin : origin_names)
    sum += shares[std::string(origin)]["share"].get<double>();
  EXPECT_NEAR(sum, 1, 1e-12);
  EXPECT_GT(shares["parameters"]["share"], 0.5);
  EXPECT_EQ(shares["parameters"]["interval"].size(), 2U);
  EXPECT_TRUE(indicators[n_indicators - 1]["difference"]["shares"].is_null());
  EXPECT_TRUE(indicators[n_indicators - 2]["difference"].is_null());
}

}  // namespace
}  // namespace tremplin::cli
