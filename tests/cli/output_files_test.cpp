#include "cli/output_files.hpp"

#include <gtest/gtest.h>

namespace tremplin::cli {
namespace {

std::vector<std::string> names_of(const std::vector<std::string>& scenarios, const std::string& stem) {
  Run run;
  for (const std::string& name : scenarios) run.scenarios.push_back({name, {}, {}});
  const OutputFiles files = output_files(run, "results", stem);
  std::vector<std::string> names = {files.result.string(), files.latest.string()};
  for (const auto& report : files.reports) names.push_back(report.string());
  return names;
}

TEST(OutputFiles, OfOneComparisonCarryTheNamesOfBaseAndReform) {
  EXPECT_EQ(names_of({"law-2015", "law-2015+a+b"}, "law-2015--a+b"),
            (std::vector<std::string>{"results/law-2015--a+b.h5", "results/report.html",
                                      "results/law-2015--a+b.html"}));
}

TEST(OutputFiles, OfABaseAloneCarryItsName) {
  EXPECT_EQ(
      names_of({"law-2015"}, "law-2015"),
      (std::vector<std::string>{"results/law-2015.h5", "results/report.html", "results/law-2015.html"}));
}

TEST(OutputFiles, OfSeveralReformsHoldAReportForEachUnderTheNameOfTheirResult) {
  EXPECT_EQ(names_of({"law-2015", "law-2015+a", "law-2015+b"}, "law-2015--a--b"),
            (std::vector<std::string>{"results/law-2015--a--b.h5", "results/report.html",
                                      "results/law-2015--a--b.a.html", "results/law-2015--a--b.b.html"}));
}

TEST(OutputFiles, ReportsWrittenAgainCarryTheirLanguageToo) {
  tremplin::Run run;
  for (const char* name : {"law-2015", "law-2015+a", "law-2015+b"}) run.scenarios.push_back({name, {}, {}});
  const OutputFiles files = output_files(run, "results", "law-2015--a--b", "nl");
  ASSERT_EQ(files.reports.size(), 2U);
  EXPECT_EQ(files.reports[1].string(), "results/law-2015--a--b.b.nl.html");
  EXPECT_EQ(files.latest.string(), "results/report.html");
}

}  // namespace
}  // namespace tremplin::cli
