#include "outputs/report.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <iterator>

#include "outputs/comparison_json.hpp"
#include "outputs/report_context.hpp"
#include "outputs/report_page.hpp"
#include "tests/outputs/label_files.hpp"
#include "tests/outputs/synthetic_run.hpp"

namespace tremplin {
namespace {

using test::labels;
using test::plausible_run;

ReportContext context() {
  ReportContext context;
  context.published = {{Indicator::people_paid, {Month(2013, 1), Month(2014, 1)}, 98'650}};  // 004:293-295
  context.parameter_classes.assign(all_parameters().size(), ParameterClass::assumed);
  context.parameter_sources.assign(all_parameters().size(), "004:3915 & others");
  return context;
}

std::string report_of(const tremplin::Run& run, std::size_t reform, Language language) {
  return report_html(run, compare(run, 0, reform), context(), labels(), language);
}

int count(const std::string& text, const std::string& what) {
  int n = 0;
  for (std::size_t at = text.find(what); at != std::string::npos; at = text.find(what, at + what.size())) ++n;
  return n;
}

TEST(Escape, LeavesNothingThatHtmlCouldTakeForMarkup) {
  EXPECT_EQ(report::escape("<b>\"A&B's\"</b>"), "&lt;b&gt;&quot;A&amp;B&#39;s&quot;&lt;/b&gt;");
  EXPECT_EQ(report::escape("dépôt → “é”"), "dépôt → “é”");
}

class ReportTest : public testing::TestWithParam<Language> {};

TEST_P(ReportTest, AsksNothingOfTheNetworkAndRunsNoScript) {
  const std::string html = report_of(plausible_run(3), 1, GetParam());
  for (const char* never :
       {"http://", "https://", "<script", "@import", "url(", "<link", "<img", "<iframe", "onload="})
    EXPECT_EQ(html.find(never), std::string::npos) << never;
  EXPECT_NE(html.find("default-src 'none'"), std::string::npos);
}

TEST_P(ReportTest, EveryTagThatOpensCloses) {
  for (const std::size_t reform : {0U, 1U}) {
    const std::string html = report_of(plausible_run(14), reform, GetParam());
    for (const std::string tag : {"html",  "head", "body", "main", "section", "table",  "caption", "thead",
                                  "tbody", "tr",   "th",   "td",   "ul",      "ol",     "li",      "figure",
                                  "svg",   "text", "dl",   "dd",   "div",     "details"}) {
      const int open = count(html, "<" + tag + ">") + count(html, "<" + tag + " ");
      EXPECT_EQ(open, count(html, "</" + tag + ">")) << tag;
    }
  }
}

TEST_P(ReportTest, SaysItsLanguageItsTitleAndWhatItsChartsShow) {
  const std::string html = report_of(plausible_run(3), 1, GetParam());
  const std::string code = language_codes[static_cast<std::size_t>(GetParam())];
  EXPECT_NE(html.find("<html lang=\"" + code + "\">"), std::string::npos);
  EXPECT_EQ(count(html, "<h1>"), 1);
  EXPECT_EQ(count(html, "<title>"), 1 + static_cast<int>(key_series().size()));
  EXPECT_EQ(count(html, "<desc>"), static_cast<int>(key_series().size()));
  EXPECT_EQ(count(html, "<table"), count(html, "<caption>"));
  EXPECT_EQ(html.find('{', html.find("</style>")), std::string::npos);  // no placeholder left unfilled
}

TEST_P(ReportTest, HoldsEveryIndicatorAndEveryTask) {
  const std::string html = report_of(plausible_run(3), 1, GetParam());
  for (std::size_t i = 0; i < n_indicators; ++i)
    EXPECT_NE(html.find(report::escape(labels().of(static_cast<Indicator>(i))[GetParam()])),
              std::string::npos);
  for (std::size_t t = 0; t < n_tasks; ++t)
    EXPECT_NE(html.find(report::escape(labels().of(static_cast<Task>(t))[GetParam()])), std::string::npos);
}

std::string code_of(const testing::TestParamInfo<Language>& language) {
  return language_codes[static_cast<std::size_t>(language.param)];
}
INSTANTIATE_TEST_SUITE_P(Languages, ReportTest, testing::Values(Language::fr, Language::nl, Language::en),
                         code_of);

TEST(Report, HostileTitlesStayText) {
  tremplin::Run run = plausible_run(2);
  run.scenarios[1].title = {{"<script>1</script>", "<script>1</script>", "<script>1</script>"}};
  run.command = "tremplin \"><svg onload=alert(1)>";
  run.inputs[0].name = "a\" onmouseover=\"b";
  const std::string html = report_of(run, 1, Language::en);
  EXPECT_EQ(html.find("<script"), std::string::npos);
  EXPECT_EQ(html.find("<svg onload"), std::string::npos);
  EXPECT_EQ(html.find("\" onmouseover"), std::string::npos);
}

TEST(Report, PublishedFigureIsDrawnOnTheSeriesOfItsIndicator) {
  const tremplin::Run run = plausible_run(2);
  const Comparison comparison = compare(run, 0, 1);
  ReportContext without = context();
  without.published.clear();
  const auto diamonds = [&](const ReportContext& with) {
    return count(report_html(run, comparison, with, labels(), Language::en), "l5 5l-5 5l-5 -5z\"");
  };
  EXPECT_EQ(diamonds(context()), 2);  // the legend and the figure
  EXPECT_EQ(diamonds(without), 0);
}

TEST(Report, OneReplicateAndAnInterruptedRunAreSaid) {
  tremplin::Run run = plausible_run(1);
  run.interrupted = true;
  run.sample = 0.1;
  const std::string html = report_of(run, 1, Language::en);
  EXPECT_NE(html.find("A single replicate"), std::string::npos);
  EXPECT_NE(html.find("was interrupted"), std::string::npos);
  EXPECT_NE(html.find(" of 589 CPAS"), std::string::npos);
}

TEST(Report, EveryParameterStandsWithItsClassAndItsSource) {
  const std::string html = report_of(plausible_run(3), 1, Language::en);
  EXPECT_EQ(count(html, "<td class=\"unit\">004:3915 &amp; others</td>"),
            static_cast<int>(all_parameters().size()));
  EXPECT_NE(html.find("Hazard ratio: what a monthly probability is multiplied by"), std::string::npos);
}

SourceText file(const std::string& name) {
  std::ifstream in(std::string(TREMPLIN_SOURCE_DIR "/") + name);
  return {name, {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()}};
}

TEST(ReportContext, TakesPublishedFiguresAndClassesFromCalibration) {
  const std::vector<Target> targets = load_targets(file("calibration/targets.yaml"));
  const ReportContext found =
      report_context(plausible_run(3), targets, load_priors(file("calibration/parameters.yaml")));
  EXPECT_EQ(found.parameter_classes.size(), all_parameters().size());
  EXPECT_EQ(found.parameter_sources.size(), all_parameters().size());
  const auto published = [&](Indicator indicator, int year) {
    double value = 0;
    for (const PublishedPoint& point : found.published)
      if (point.indicator == indicator && point.period.from.year() == year) value = point.value;
    return value;
  };
  EXPECT_EQ(published(Indicator::people_paid, 2015), 116'200);        // public-record.md: stocks
  EXPECT_EQ(published(Indicator::activation_ratio, 2012), 0.100);     // 004:3971
  EXPECT_EQ(published(Indicator::coverage_registered, 2015), 0.168);  // public-record.md: PIIS share
}

TEST(ComparisonJson, HoldsTheNumbersUnderTheNamesOfTheRegistries) {
  const tremplin::Run run = plausible_run(3);
  const Comparison comparison = compare(run, 0, 1);
  const auto json = to_json(run, comparison, labels(), Language::nl);
  ASSERT_EQ(json["indicators"].size(), n_indicators);
  const auto& first = json["indicators"][0];
  EXPECT_EQ(first["name"], "people_paid");
  EXPECT_EQ(first["values"]["difference"]["mean"], comparison.of(Indicator::people_paid).difference.mean);
  EXPECT_EQ(first["values"]["difference"]["interval"].size(), 2U);
  EXPECT_EQ(json["cells"].size(), static_cast<std::size_t>(n_regions * n_size_classes));
  EXPECT_EQ(json["hours_by_task"].size(), n_tasks);
  EXPECT_EQ(json["from"], "2013-11");
}

TEST(ComparisonJson, RatioWithNothingToDivideByIsNull) {
  const tremplin::Run run = test::empty_run(2, 2, Month(2014, 1), 2, Month(2014, 1));
  const auto json = to_json(run, compare(run, 0, 1), labels(), Language::en);
  for (const auto& indicator : json["indicators"])
    if (indicator["name"] == "coverage") {
      EXPECT_TRUE(indicator["values"].is_null());
    }
  EXPECT_NE(json.dump(), "");
}

TEST(Report, RunWithoutAnybodyIsStillAReport) {
  const tremplin::Run run = test::empty_run(2, 2, Month(2014, 1), 12, Month(2014, 1));
  EXPECT_NE(report_of(run, 1, Language::fr).find("</html>"), std::string::npos);
}

// The plausible run as if it were one of one's own CPAS.
tremplin::Run own_plausible_run() {
  tremplin::Run run = plausible_run(3);
  OwnCpas& own = run.own.emplace();
  own.name = "CPAS <d'ici>";
  own.reference = {2013, 0};
  own.stated.paid = 98'650;
  own.settled = {{"region", 1}, {"population", 12'345}, {"sanctions", 1}};
  own.left_out = {"policy", "trained_share"};
  own.offices.resize(3);
  own.offices[0].practice.policy = ContractPolicy::everyone;
  own.alignments.resize(3);
  for (Alignment& alignment : own.alignments) alignment.paid = 98'000;
  return run;
}

TEST(OwnReport, LeadsWithHoursWorkersDeadlinesAndTheBalanceOfContracts) {
  const std::string html = report_of(own_plausible_run(), 1, Language::en);
  const std::size_t lead = html.find("id=\"own\"");
  ASSERT_NE(lead, std::string::npos);
  EXPECT_LT(lead, html.find("id=\"answer\""));
  const std::string section = html.substr(lead, html.find("</section>", lead) - lead);
  for (const Indicator indicator :
       {Indicator::hours_asked_first_line, Indicator::hours_available, Indicator::workers_needed,
        Indicator::share_decisions_late, Indicator::contract_balance})
    EXPECT_NE(section.find(report::escape(labels().of(indicator)[Language::en])), std::string::npos);
  EXPECT_NE(section.find("hours a month"), std::string::npos);
  EXPECT_NE(section.find("thousand euros"), std::string::npos);
  EXPECT_NE(html.find("CPAS &lt;d&#39;ici&gt;"), std::string::npos);
}

TEST(OwnReport, SaysWhatWasStatedLeftOpenAndAlignedInEachLanguage) {
  const tremplin::Run run = own_plausible_run();
  for (const Language language : {Language::fr, Language::nl, Language::en}) {
    const std::string html = report_of(run, 1, language);
    EXPECT_NE(html.find("id=\"profile\""), std::string::npos);
    EXPECT_EQ(html.find("id=\"groups\""), std::string::npos);  // one office has no regions
    for (const char* column : {"population", "sanctions", "policy", "trained_share"})
      EXPECT_NE(html.find(report::escape(labels().of(office_column(column))[language])), std::string::npos);
    EXPECT_NE(html.find(labels().of(Section::choices, "policy/everyone")[language] + " (33"),
              std::string::npos);  // one replicate of three
    EXPECT_NE(html.find(report::escape(labels().of(Say::own_interval)[language])), std::string::npos);
  }
}

TEST(OwnReport, IntervalsAreOfOneFurtherDrawEvenWithFixedParameters) {
  tremplin::Run run = own_plausible_run();
  run.fixed_parameters = true;
  const Contrast paid = compare(run, 0, 1).of(Indicator::people_paid);
  ASSERT_TRUE(paid.difference.interval);
  EXPECT_EQ(paid.difference.interval->high, paid.difference.one_draw->high);
  run.own.reset();
  const Contrast of_country = compare(run, 0, 1).of(Indicator::people_paid);
  EXPECT_LT(of_country.difference.interval->high, of_country.difference.one_draw->high);
}

}  // namespace
}  // namespace tremplin
