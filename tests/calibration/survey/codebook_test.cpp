#include "calibration/survey/codebook.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "tests/calibration/survey/books.hpp"

namespace tremplin::survey {
namespace {

const Question& question(const SurveyBook& book, std::string_view column) {
  return *std::ranges::find(book.questions, column, &Question::column);
}

TEST(Codebook, HoldsBothSurveysWithColumnsOfTheirOwn) {
  ASSERT_EQ(shipped_books().size(), 2U);
  for (const SurveyBook& book : shipped_books()) {
    EXPECT_EQ(book.frame, 589) << book.name;  // 003:627-628, 000:28-29
    std::set<std::string> names;
    for (const Column& column : book.columns()) EXPECT_TRUE(names.insert(column.name).second) << column.name;
    for (const Group& group : book.groups) EXPECT_FALSE(names.contains(group.column));
  }
}

TEST(Codebook, AsksForTheCountsThatTheReportDoesNotGive) {
  // Questions 2a, 2b and 12 of annex 1 (003:4593-4595, 003:4763).
  const SurveyBook& book = survey_named(shipped_books(), "piis-2015", "--survey");
  EXPECT_EQ(question(book, "contracts").kind, QuestionKind::count);
  EXPECT_EQ(question(book, "contracts").source, "003:4594");
  EXPECT_EQ(question(book, "beneficiaries").kind, QuestionKind::count);
  EXPECT_EQ(question(book, "sanctioned").kind, QuestionKind::share);
  EXPECT_EQ(question(book, "sanctioned").source, "003:4763");
}

TEST(Codebook, PrintedDistributionsAddUpToAHundredWithinTheirRounding) {
  for (const SurveyBook& book : shipped_books()) {
    for (const Question& each : book.questions) {
      // A note says where the source leaves a part out or rounds to thirds.
      if (!each.published || each.kind == QuestionKind::multiple || !each.published->note.empty()) continue;
      std::size_t n_answers = 0;
      double sum = 0;
      for (const PublishedFigure& figure : each.published->figures) {
        n_answers += figure.answers.size();
        sum += std::isnan(figure.percent) ? 0 : figure.percent;
      }
      const double half = 0.5 * std::pow(10, -each.published->decimals);
      const double rounding = half * static_cast<double>(each.published->figures.size()) + 1e-9;
      EXPECT_LE(sum, 100 + rounding) << each.column;
      if (n_answers == each.codes.size() && sum > 0) {
        EXPECT_GE(sum, 100 - rounding) << each.column;
      }
    }
  }
}

TEST(Codebook, CountsGiveTheUnweightedPerCentsThatTheReportPrints) {
  // 003:1054-1062: 77, 55, 82, 197, 70 and 33 of 514 are 15, 11, 16, 38, 14 and 6 %.
  const SurveyBook& book = survey_named(shipped_books(), "piis-2015", "--survey");
  int sum = 0;
  for (const PublishedFigure& figure : question(book, "community_service").published->figures) {
    sum += *figure.count;
    EXPECT_EQ(std::round(*figure.count / 5.14), figure.percent);
  }
  EXPECT_EQ(sum, 514);
  // 003:5089-5108: whole respondents of 501.
  for (const PublishedFigure& figure : question(book, "function").published->figures)
    EXPECT_NEAR(*figure.count / 5.01, figure.percent, 0.05);
}

TEST(Codebook, TellsEveryFaultAtOnceWithTheNearestName) {
  std::string text = small_codebook;
  const auto replace = [&](const std::string& from, const std::string& to) {
    text.replace(text.find(from), from.size(), to);
  };
  replace("range: [0, 50]", "range: [0]");
  replace("percent: 40", "percent: 140");
  replace("under: files", "under: fils");
  replace("column: useful", "column: usefull");
  const auto faults = faults_of([&] { load_codebook({"codebook.yaml", text}); });
  ASSERT_EQ(faults.size(), 4U);
  std::set<std::string> nearest;
  for (const Fault& fault : faults) nearest.insert(fault.nearest);
  EXPECT_EQ(nearest, (std::set<std::string>{"", "files", "useful"}));
}

TEST(Codebook, AnAnswerInTwoFiguresIsRefused) {
  std::string text = small_codebook;
  const std::string one = "{answers: [\"yes\"], percent: 40}";
  text.replace(text.find(one), one.size(), one + ", {answers: [\"no\", \"yes\"], percent: 60}");
  const auto faults = faults_of([&] { load_codebook({"codebook.yaml", text}); });
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].kind, FaultKind::inconsistent);
  EXPECT_EQ(faults[0].found, "yes");
}

TEST(Codebook, AnUnknownSurveyIsToldWithTheNearest) {
  const auto faults = faults_of([] { survey_named(shipped_books(), "pis-2015", "--survey"); });
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].nearest, "piis-2015");
}

}  // namespace
}  // namespace tremplin::survey
