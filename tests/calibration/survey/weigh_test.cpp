#include "calibration/survey/weigh.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <map>
#include <numeric>

#include "calibration/survey/survey_tables.hpp"
#include "calibration/survey/synthetic.hpp"
#include "tests/calibration/survey/books.hpp"

namespace tremplin::survey {
namespace {

// Regions of 6 and 4 CPAS.
std::vector<SurveyMargin> margins_of(const std::vector<double>& totals = {6, 4}) {
  return {{.group = 0, .totals = totals, .source = "the test"}};
}

Weighed weighed(const std::string& text, const WeighOptions& options = {}) {
  const SurveyBook book = small_book();
  return weigh(book, read_microdata({"file.csv", text}, book), margins_of(), options);
}

const SurveyEstimate& estimate(const Weighed& of, Statistic statistic, std::size_t question,
                               std::size_t answer = 0) {
  return *std::ranges::find_if(of.estimates, [&](const SurveyEstimate& each) {
    return each.statistic == statistic && each.question == question &&
           (each.answers.empty() || each.answers.front() == answer);
  });
}

const char* const five_cpas =
    "cpas,region,useful,staff,files\n"
    "a,flanders,yes,2,10\n"
    "a,flanders,no,4,30\n"
    "b,flanders,no,1,20\n"
    "c,wallonia,yes,5,50\n"
    "d,wallonia,yes,3,\n"
    "e,wallonia,no,,40\n";

TEST(Weigh, ACpasSharesItsWeightAmongItsRespondents) {
  const Weighed of = weighed(five_cpas);
  // 2 of 6 CPAS in Flanders, 3 of 4 in Wallonia: 3 and 4 / 3 for each; 10 / 5 before raking.
  const std::vector<double> weights = {1.5, 1.5, 3, 4.0 / 3, 4.0 / 3, 4.0 / 3};
  for (std::size_t i = 0; i < weights.size(); ++i) EXPECT_NEAR(of.weights[i], weights[i], 1e-10);
  EXPECT_EQ(of.study, (std::vector<double>{0.5, 0.5, 1, 1, 1, 1}));
  EXPECT_EQ(of.design, (std::vector<double>{1, 1, 2, 2, 2, 2}));
  EXPECT_EQ(of.replicate_type, "JK1");
}

TEST(Weigh, SharesMeansTotalsAndRatiosAreTheirWeightedSums) {
  const Weighed of = weighed(five_cpas);
  const SurveyEstimate& yes = estimate(of, Statistic::share, 0);
  EXPECT_NEAR(yes.study, (0.5 + 1 + 1) / 5, 1e-12);
  EXPECT_NEAR(yes.value, (1.5 + 8.0 / 3) / 10, 1e-10);
  EXPECT_EQ(yes.published, 0.4);
  EXPECT_EQ(yes.n_respondents, 6);
  EXPECT_EQ(yes.n_cpas, 5);
  EXPECT_EQ(yes.df, 4);
  EXPECT_LE(yes.high, 1);
  EXPECT_GE(yes.low, 0);
  // staff: e does not answer. 3 a, 1 b at 3; 5 c, 3 d at 4 / 3.
  const SurveyEstimate& staff = estimate(of, Statistic::mean, 3);
  EXPECT_NEAR(staff.value, (3 * 3 + 3 * 1 + 4.0 / 3 * 8) / (6 + 8.0 / 3), 1e-10);
  EXPECT_EQ(staff.n_cpas, 4);
  // files: d does not answer; the total takes it for the mean of the others: 10 x mean.
  const SurveyEstimate& files = estimate(of, Statistic::total, 4);
  EXPECT_NEAR(files.value, 10 * (3 * 20 + 3 * 20 + 4.0 / 3 * 90) / (6 + 8.0 / 3), 1e-9);
  // staff per file: a, b and c answer both.
  const SurveyEstimate& ratio = estimate(of, Statistic::ratio, 0);
  EXPECT_NEAR(ratio.value, (3 * 3 + 3 * 1 + 4.0 / 3 * 5) / (3 * 20 + 3 * 20 + 4.0 / 3 * 50), 1e-10);
  EXPECT_EQ(ratio.n_respondents, 4);
}

TEST(Weigh, ErrorOfAShareIsThatOfPoststratification) {
  // One respondent for each CPAS, raked to one margin: residuals are distances from the mean of the region.
  const Weighed of = weighed(
      "cpas,region,useful\na,flanders,yes\nb,flanders,no\nc,wallonia,yes\nd,wallonia,yes\ne,wallonia,no\n");
  // Flanders 0.5, -0.5 at weight 3; Wallonia 1/3, 1/3, -2/3 at 4/3; n / (n - 1) = 5 / 4, 1 - n / N = 0.5.
  const double squares = 9 * 2 * 0.25 + 16.0 / 9 * (1.0 / 9 + 1.0 / 9 + 4.0 / 9);
  const SurveyEstimate& yes = estimate(of, Statistic::share, 0);
  EXPECT_NEAR(yes.value, (3 * 1 + 4.0 / 3 * 2) / 10, 1e-10);
  EXPECT_NEAR(yes.se, std::sqrt(0.5 * 5 / 4 * squares) / 10, 1e-10);
}

TEST(Weigh, CodesWithFewerThanTwoCpasAndTooManyCpasAreToldAtOnce) {
  const SurveyBook book = small_book();
  const Microdata data =
      read_microdata({"file.csv", "cpas,region,staff\na,flanders,1\nb,flanders,1\nc,wallonia,1\n"}, book);
  const auto faults = faults_of([&] { weigh(book, data, margins_of({1, 1}), {}); });
  ASSERT_EQ(faults.size(), 2U);
  EXPECT_EQ(faults[0].key, "region = wallonia");
  EXPECT_EQ(faults[0].found, "1");
  EXPECT_EQ(faults[0].expected, ">= 2 CPAS");
  EXPECT_EQ(faults[1].found, "3");
  EXPECT_EQ(faults[1].expected, "<= 2 CPAS");
}

TEST(Weigh, BoundsThatCannotBeMetAreTold) {
  // Wallonia needs 4 / 3 over 2 = 0.67.
  const auto faults =
      faults_of([] { weighed(five_cpas, {.bounds = {.lower = 0.9, .upper = 5}, .strata = {}}); });
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].key, "--bounds");
}

TEST(Weigh, ACpasWithoutWhichTheBoundsCannotBeMetIsNamed) {
  // Flanders needs 3 / 2 = 1.5 of two CPAS, but without one of them 6 / (10 / 4) = 2.4 of the other.
  const auto faults =
      faults_of([] { weighed(five_cpas, {.bounds = {.lower = 0.2, .upper = 2}, .strata = {}}); });
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].found, "JK − a");
}

TEST(Weigh, TablesQuoteNamesAndReadBackExactly) {
  const SurveyBook book = small_book();
  const Microdata data = read_microdata(
      {"f", "cpas,region,useful\n\"a,1\",flanders,yes\nb,flanders,no\nc,wallonia,yes\nd,wallonia,no\n"},
      book);
  const Weighed of = weigh(book, data, margins_of(), {});
  const std::string weights = weights_csv(data, of);
  EXPECT_TRUE(weights.starts_with(
      "line,cpas,synthetic,study_weight,design_weight,weight,factor\n2,\"a,1\",no,1,2.5,"));
  EXPECT_NE(estimates_csv(book, of).find("\nuseful,share,yes,,,no,0.4,0.5,"), std::string::npos);
}

// The made-up file with its lines in another order, and a permutation of them.
RC_GTEST_PROP(Weigh, TheOrderOfLinesMakesNoDifference, ()) {
  static const SurveyBook& book = shipped_books().front();
  static const std::string text = synthesize(book, shipped_figures(), 1);
  static const auto weighed_of = [](const std::string& csv) {
    const Microdata data = read_microdata({"f", csv}, book);
    return weigh(book, data, landscape_margins(book, shipped_figures(), data), {});
  };
  static const Weighed plain = weighed_of(text);
  std::vector<std::string> lines;
  for (std::size_t at = 0, end = 0; at < text.size(); at = end + 1) {
    end = text.find('\n', at);
    lines.push_back(text.substr(at, end - at + 1));
  }
  const std::string head = lines.front();
  lines.erase(lines.begin());
  std::string mixed = head;
  const auto turn = *rc::gen::inRange<std::size_t>(1, lines.size());
  const auto stride = *rc::gen::element<std::size_t>(3, 5, 11);  // none divides 559 = 13 x 43
  for (std::size_t i = 0; i < lines.size(); ++i) mixed += lines[(turn + i * stride) % lines.size()];
  const Weighed other = weighed_of(mixed);
  RC_ASSERT(other.estimates.size() == plain.estimates.size());
  for (std::size_t i = 0; i < plain.estimates.size(); ++i) {
    const SurveyEstimate& a = plain.estimates[i];
    const SurveyEstimate& b = other.estimates[i];
    // Sums in another order: 559 terms, each rounded to 1e-16 of sums of about their size.
    RC_ASSERT(std::abs(a.value - b.value) <= 1e-10 * std::abs(a.value) + 1e-12);
    RC_ASSERT(std::abs(a.se - b.se) <= 1e-8 * std::abs(a.value) + 1e-12);
  }
  for (const double weight : other.weights) RC_ASSERT(weight > 0);
}

TEST(Weigh, RakedWeightsArePositiveAndMeetEveryMargin) {
  const SurveyBook& book = shipped_books().front();
  for (const std::uint64_t seed : {1, 2, 3}) {
    const Microdata data = read_microdata({"f", synthesize(book, shipped_figures(), seed)}, book);
    const Weighed of = weigh(book, data, landscape_margins(book, shipped_figures(), data), {});
    for (const SurveyMargin& margin : of.margins) {
      std::vector<double> sums(margin.totals.size(), 0);
      for (std::size_t i = 0; i < of.weights.size(); ++i) {
        EXPECT_GT(of.weights[i], 0);
        sums[static_cast<std::size_t>(
            data.groups[margin.group][static_cast<std::size_t>(data.cpas_of[i])])] += of.weights[i];
      }
      for (std::size_t code = 0; code < sums.size(); ++code)
        EXPECT_NEAR(sums[code], margin.totals[code], 1e-9 * margin.totals[code]);
    }
  }
}

}  // namespace
}  // namespace tremplin::survey
