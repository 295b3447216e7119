#include "outputs/report_contents.hpp"

#include <gtest/gtest.h>

#include "tests/outputs/label_files.hpp"
#include "tests/outputs/synthetic_run.hpp"

namespace tremplin {
namespace {

TEST(ReportContents, LeadToEachReportByItsQuestion) {
  tremplin::Run run = test::empty_run(3, 2, Month(2013, 1), 12, Month(2013, 6));
  run.scenarios[0].title = {{"Loi", "Wet", "Law"}};
  run.scenarios[1].title = {{"Pour tous", "Voor iedereen", "For everyone"}};
  run.scenarios[2].title = {{"<b>", "<b>", "<b>"}};
  const std::vector<Comparison> comparisons = {compare(run, 0, 1), compare(run, 0, 2)};
  const std::vector<std::string> files = {"law--a--b.a+c.html", "law--a--b.50 %.html"};
  const std::string html = report_contents_html(run, comparisons, files, test::labels(), Language::en);
  EXPECT_TRUE(html.starts_with("<!DOCTYPE html>\n<html lang=\"en\">"));
  EXPECT_NE(html.find("<h1>Law</h1>"), std::string::npos);
  EXPECT_NE(html.find("<a href=\"./law--a--b.a+c.html\">What would “For everyone” change"),
            std::string::npos);
  EXPECT_NE(html.find("<a href=\"./law--a--b.50%20%25.html\">What would “&lt;b&gt;” change"),
            std::string::npos);
  EXPECT_NE(html.find("default-src 'none'"), std::string::npos);
}

}  // namespace
}  // namespace tremplin
