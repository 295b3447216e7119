#include "cli/inspect_text.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <sstream>

#include "cli/plain.hpp"

namespace tremplin::cli {
namespace {

FileSummary summary() {
  FileSummary summary;
  summary.file = "run.h5";
  summary.bytes = 2'345'678;
  summary.sample = 0.07;
  summary.n_offices = 41;
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
  EXPECT_NE(dutch.find("Gesimuleerde OCMW’s"), std::string::npos);
  EXPECT_NE(dutch.find("2,3 MB"), std::string::npos);
  EXPECT_NE(english.find("from 2003-01 to 2003-06, not included"), std::string::npos);
  EXPECT_NE(english.find("confidential: hash only"), std::string::npos);
  EXPECT_NE(english.find("it holds the completed replicates alone"), std::string::npos);
}

TEST(InspectText, SaysWhatAFileOfAnotherKindHolds) {
  FileSummary lives = summary();
  lives.content = FileContent::lives;
  lives.n_people = 1000;
  lives.report_from.clear();
  const std::string french = to_text(lives, Language::fr);
  EXPECT_NE(french.find("vies simulées"), std::string::npos) << french;
  EXPECT_NE(french.find("Personnes           1000"), std::string::npos) << french;
  EXPECT_EQ(french.find("Empreinte"), std::string::npos) << french;
  FileSummary past = summary();
  past.content = FileContent::snapshot;
  past.month = "2016-11";
  EXPECT_NE(to_text(past, Language::en).find("Simulated until     2016-11"), std::string::npos);
}

TEST(InspectText, ShowsTheShapesOfTablesAndShareOfOfficesWithoutRoundingNoise) {
  const std::string text = to_text(summary(), Language::en);
  EXPECT_NE(text.find("1.2 kB  2 x 3 x 5 [scenario, replicate, month]"), std::string::npos) << text;
  // 0.07 * 100 is 7.000000000000001
  EXPECT_NE(text.find("41 of 589 CPAS, weighted (share asked: 7%)"), std::string::npos) << text;
}

TEST(InspectText, StaysWithinAHundredColumnsAndItsCommandCanBePasted) {
  FileSummary wide = summary();
  wide.command = "./tremplin compare law-2015";
  for (int reform = 0; reform < 20; ++reform) wide.command += fmt::format(" a-reform-{}", reform);
  wide.scenarios = {{std::string(60, 'n'), {{"La loi", "De wet", "The law"}}}};
  wide.inputs = {{"scenarios/landscape/environment.yaml", std::string(64, 'f'), false}};
  wide.tables = {{"comparison/values",
                  {"scenario", "replicate", "month", "stratum", "indicator", "and", "others", "too"},
                  {2, 10, 216, 60, 99, 3, 4, 5},
                  "float64",
                  1'234}};
  for (const Language language : {Language::fr, Language::nl, Language::en}) {
    const std::string text = to_text(wide, language);
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) EXPECT_LE(width_of(line), 100) << line;
    const std::size_t broken = text.find(" \\\n");
    ASSERT_NE(broken, std::string::npos) << text;
  }
}

}  // namespace
}  // namespace tremplin::cli
