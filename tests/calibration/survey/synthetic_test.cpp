#include "calibration/survey/synthetic.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

#include "calibration/survey/microdata.hpp"
#include "calibration/survey/weigh.hpp"
#include "tests/calibration/survey/books.hpp"

namespace tremplin::survey {
namespace {

const SurveyBook& piis() { return shipped_books().front(); }

Microdata made_up(std::uint64_t seed) {
  return read_microdata({"synthetic.csv", synthesize(piis(), shipped_figures(), seed)}, piis());
}

std::size_t column(std::string_view name) {
  const auto columns = piis().columns();
  return static_cast<std::size_t>(std::ranges::find(columns, name, &Column::name) - columns.begin());
}

TEST(Synthetic, IsReadWithoutAFaultAndCallsItselfMadeUp) {
  for (const std::uint64_t seed : {1, 2, 3}) EXPECT_TRUE(made_up(seed).synthetic);
}

TEST(Synthetic, HasTheCpasAndRespondentsThatArePublished) {
  const Microdata data = made_up(1);
  EXPECT_EQ(data.cpas.size(), 234U);      // 003:627
  EXPECT_EQ(data.n_respondents(), 559U);  // 003:5134
  std::map<int, int> regions;
  std::map<int, int> sizes;
  for (std::size_t i = 0; i < data.cpas.size(); ++i) {
    ++regions[data.groups[0][i]];
    ++sizes[data.groups[1][i]];
  }
  EXPECT_EQ(regions, (std::map<int, int>{{0, 117}, {1, 105}, {2, 12}}));       // 003:5060
  EXPECT_EQ(sizes, (std::map<int, int>{{0, 127}, {1, 85}, {2, 19}, {3, 3}}));  // 003:5080
  const std::vector<int> respondents = data.respondents();
  EXPECT_EQ(std::ranges::count(respondents, 1), 178);  // 76 % of 234 (003:663)
  EXPECT_EQ(std::ranges::count_if(respondents, [](int n) { return n > 4; }), 11);
}

TEST(Synthetic, ItsWeightedMarginsAreThePublishedTables) {
  std::size_t n_published = 0;
  for (const Question& question : piis().questions)
    n_published += question.published ? question.published->figures.size() : 0;
  for (const std::uint64_t seed : {1, 2, 3}) {
    const Microdata data = made_up(seed);
    const Weighed weighed = weigh(piis(), data, landscape_margins(piis(), shipped_figures(), data), {});
    std::size_t n_compared = 0;
    for (const SurveyEstimate& estimate : weighed.estimates) {
      if (std::isnan(estimate.published)) continue;
      // Half a unit of the last digit printed: shares as whole or tenths of a per cent.
      const Question& question = piis().questions[estimate.question];
      const double half = question.published->decimals == 0 ? 0.005 : 0.0005;
      // The table of functions is unweighted (003:5089): its counts are met, its weighted shares nearly.
      if (question.published->weighted) {
        EXPECT_NEAR(estimate.study, estimate.published, half) << question.column;
      }
      ++n_compared;
    }
    EXPECT_EQ(n_compared, n_published);
  }
}

TEST(Synthetic, ItsUnweightedCountsAreThePublishedOnes) {
  const Microdata data = made_up(1);
  std::size_t n_compared = 0;
  for (const Question& question : piis().questions) {
    if (!question.published) continue;
    for (const PublishedFigure& figure : question.published->figures) {
      if (!figure.count) continue;
      const double code =
          static_cast<double>(figure.answers.front()) + (question.kind == QuestionKind::scale);
      EXPECT_EQ(std::ranges::count(data.answers[column(question.column)], code), *figure.count)
          << question.column;
      ++n_compared;
    }
  }
  EXPECT_EQ(n_compared, 24U);  // 003:5110-5124, 5126-5136, 803-818, 1054-1062, 5089-5108
}

TEST(Synthetic, CountsHoldTogetherWithinACpas) {
  const Microdata data = made_up(1);
  const auto& contracts = data.answers[column("contracts")];
  const auto& beneficiaries = data.answers[column("beneficiaries")];
  std::map<int, double> of_cpas;
  for (std::size_t i = 0; i < data.n_respondents(); ++i) {
    EXPECT_LE(contracts[i], beneficiaries[i]);
    EXPECT_EQ(of_cpas.try_emplace(data.cpas_of[i], beneficiaries[i]).first->second, beneficiaries[i]);
  }
}

TEST(Synthetic, OneSeedMakesOneText) {
  const auto text = [](std::uint64_t seed) { return synthesize(piis(), shipped_figures(), seed); };
  EXPECT_EQ(text(7), text(7));
  EXPECT_NE(text(7), text(8));
}

TEST(Synthetic, ASurveyWithoutPublishedRespondentsIsRefused) {
  const auto faults = faults_of([] { synthesize(shipped_books()[1], shipped_figures(), 1); });
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].found, "social-activation-2012");
}

}  // namespace
}  // namespace tremplin::survey
