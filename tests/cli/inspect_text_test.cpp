#include "cli/inspect_text.hpp"

#include <gtest/gtest.h>

namespace tremplin::cli {
namespace {

FileSummary summary() {
  FileSummary summary;
  summary.file = "run.h5";
  summary.bytes = 2'345'678;
  summary.sample = 0.07;
  summary.report_from = "2003-01";
  summary.report_until = "2003-06";
  summary.interrupted = true;
  summary.scenarios = {{"law-2015", {{"La loi", "De wet", "The law"}}}};
  summary.inputs = {{"survey.csv", "00ff", true}};
  summary.tables = {{"workload/values", {"scenario", "replicate", "month"}, {2, 3, 5}, "int32", 1'234}};
  return summary;
}

TEST(InspectText, StandsInThreeLanguages) {
  const std::string french = to_text(summary(), Language::fr);
  const std::string dutch = to_text(summary(), Language::nl);
  const std::string english = to_text(summary(), Language::en);
  EXPECT_NE(french.find("CPAS simulés"), std::string::npos);
  EXPECT_NE(french.find("2,3 Mo"), std::string::npos);
  EXPECT_NE(french.find("La loi"), std::string::npos);
  EXPECT_NE(dutch.find("Gesimuleerde OCMW's"), std::string::npos);
  EXPECT_NE(dutch.find("2,3 MB"), std::string::npos);
  EXPECT_NE(english.find("from 2003-01 to 2003-06, not included"), std::string::npos);
  EXPECT_NE(english.find("confidential: hash only"), std::string::npos);
  EXPECT_NE(english.find("it holds the completed replicates alone"), std::string::npos);
}

TEST(InspectText, ShowsTheShapesOfTablesAndShareOfOfficesWithoutRoundingNoise) {
  const std::string text = to_text(summary(), Language::en);
  EXPECT_NE(text.find("1.2 kB  2 x 3 x 5 [scenario, replicate, month]"), std::string::npos) << text;
  EXPECT_NE(text.find("0 (7 % of all CPAS)"), std::string::npos) << text;  // 0.07 * 100 is 7.000000000000001
}

}  // namespace
}  // namespace tremplin::cli
