#include "outputs/report_contents.hpp"

#include <gtest/gtest.h>

#include "outputs/report_page.hpp"
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

TEST(ReportContents, SetTheReformsSideBySideInEveryKeyFigure) {
  tremplin::Run run = test::empty_run(3, 2, Month(2013, 1), 12, Month(2013, 6));
  for (std::size_t s = 0; s < 3; ++s) run.scenarios[s].title = {{"A", "B", std::string(1, "XYZ"[s])}};
  const std::vector<Comparison> comparisons = {compare(run, 0, 1), compare(run, 0, 2)};
  const std::vector<std::string> files = {"y.html", "z.html"};
  const std::string html = report_contents_html(run, comparisons, files, test::labels(), Language::en);
  const std::size_t table = html.find("<table class=\"grid\">");
  ASSERT_NE(table, std::string::npos);
  EXPECT_LT(table, html.find("<a href=\"./y.html\">"));
  const std::size_t second = html.find("<th scope=\"col\" class=\"n\">Z</th>");
  EXPECT_LT(html.find("<th scope=\"col\" class=\"n\">Y</th>"), second);
  EXPECT_NE(second, std::string::npos);
  for (const Indicator indicator : key_indicators())
    EXPECT_NE(html.find("<th scope=\"row\">" + report::escape(test::labels().of(indicator)[Language::en])),
              std::string::npos);
}

}  // namespace
}  // namespace tremplin
