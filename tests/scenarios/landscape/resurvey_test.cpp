// Surveys drawn anew: their law against its formulas, what moves and what does not, and the world drawn then.
#include "scenarios/landscape/resurvey.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <set>

#include "tests/faults.hpp"
#include "tests/scenarios/landscape/files.hpp"

namespace tremplin {
namespace {

bool same_values(const Figure& a, const Figure& b) {
  return std::ranges::equal(a.rows, b.rows, {}, &FigureRow::values, &FigureRow::values);
}

struct Moments {
  double mean = 0;
  double variance = 0;
};

Moments moments_of(const std::vector<double>& values) {
  Moments moments;
  const auto n = static_cast<double>(values.size());
  for (const double value : values) moments.mean += value / n;
  for (const double value : values)
    moments.variance += (value - moments.mean) * (value - moments.mean) / (n - 1);
  return moments;
}

// Four standard errors on either side: of the mean sqrt(v / n); of the variance v sqrt((k - 1) / n), where
// the kurtosis k of these laws stays below 4.
void expect_share(const std::vector<double>& drawn, double share, double effective) {
  const double variance = share * (1 - share) / (effective + 1);
  const auto n = static_cast<double>(drawn.size());
  const Moments found = moments_of(drawn);
  EXPECT_NEAR(found.mean, share, 4 * std::sqrt(variance / n));
  EXPECT_NEAR(found.variance / variance, 1, 4 * std::sqrt(3 / n));
}

TEST(SurveySample, WithoutReplacementIsWorthMore) {
  // 234 / (1 - 234 / 589) = 234 x 589 / 355.
  EXPECT_DOUBLE_EQ((SurveySample{234, 589}).effective(), 234.0 * 589 / 355);
  EXPECT_TRUE(std::isinf((SurveySample{5, 5}).effective()));
}

TEST(DirichletParts, HaveTheMeanAndVarianceOfTheirFormula) {
  const std::array parts = {0.20, 0.21, 0.42, 0.17};
  const double n = SurveySample{234, 589}.effective();
  std::array<std::vector<double>, parts.size()> drawn;
  for (std::uint32_t r = 0; r < 2000; ++r) {
    Draws draws({7, r}, 1, Month{1900, 1});
    const std::vector<double> one = dirichlet_parts(parts, n, draws);
    EXPECT_NEAR(one[0] + one[1] + one[2] + one[3], 1, 1e-12);
    for (std::size_t j = 0; j < parts.size(); ++j) drawn[j].push_back(one[j]);
  }
  for (std::size_t j = 0; j < parts.size(); ++j) expect_share(drawn[j], parts[j], n);
}

TEST(DirichletParts, KeepTheSumOfCountsAndWhatIsNone) {
  Draws draws({1, 0}, 1, Month{1900, 1});
  const std::vector<double> drawn = dirichlet_parts(std::array{469.0, 0.0, 17.0}, 374, draws);
  EXPECT_NEAR(drawn[0] + drawn[2], 486, 1e-9);
  EXPECT_EQ(drawn[1], 0);
  EXPECT_NE(drawn[0], 469);
}

TEST(DirichletParts, StayWhereEverybodyAnswered) {
  Draws draws({1, 0}, 1, Month{1900, 1});
  const double all = SurveySample{5, 5}.effective();
  EXPECT_EQ(dirichlet_parts(std::array{0.8, 0.2}, all, draws), (std::vector{0.8, 0.2}));
}

TEST(Resurveyed, MovesTheSurveysSharesAndNothingElse) {
  const Landscape& published = test::shipped_landscape();
  const Landscape drawn = resurveyed(published, {3, 0});
  std::set<std::string> moved;
  ASSERT_EQ(drawn.figures.size(), published.figures.size());
  for (std::size_t i = 0; i < drawn.figures.size(); ++i) {
    EXPECT_EQ(drawn.figures[i].source, published.figures[i].source);
    EXPECT_EQ(drawn.figures[i].evidence, published.figures[i].evidence);
    if (!same_values(drawn.figures[i], published.figures[i])) moved.insert(drawn.figures[i].name);
  }
  EXPECT_EQ(moved,
            (std::set<std::string>{"practice/annual_report", "practice/conditional", "practice/contract_uses",
                                   "practice/evaluation_shares", "practice/social_activation_any",
                                   "practice/volunteering", "practice/sanction_kinds", "practice/size_shift",
                                   "practice/young_exempted", "published/instrument_by_size"}));
  // All five very large cities answered: 000:589 beside 000:571.
  EXPECT_EQ(drawn.habits.size_shift.back(), published.habits.size_shift.back());
  EXPECT_NE(drawn.habits.size_shift.front(), published.habits.size_shift.front());
}

TEST(Resurveyed, GivesEachShareItsSamplingError) {
  std::vector<double> always;    // evaluations: 234 of 589
  std::vector<double> brussels;  // conditionality: 8 of 19
  std::vector<double> never;     // other sanctions: 202 of 589
  for (std::uint32_t r = 0; r < 400; ++r) {
    const Landscape drawn = resurveyed(test::shipped_landscape(), {11, r});
    always.push_back(drawn.habits.evaluation_shares[2]);
    brussels.push_back(drawn.habits.conditional[2]);
    never.push_back(drawn.habits.kinds[3][0]);
  }
  expect_share(always, 0.50, 234.0 * 589 / (589 - 234));
  expect_share(brussels, 0.375, 8.0 * 19 / (19 - 8));
  expect_share(never, 0.4325, 202.0 * 589 / (589 - 202));
}

TEST(Resurveyed, IsKeyedByLuckAndNameAlone) {
  const Landscape& published = test::shipped_landscape();
  const Landscape drawn = resurveyed(published, {3, 5});
  EXPECT_EQ(drawn.habits.evaluation_shares, resurveyed(published, {3, 5}).habits.evaluation_shares);
  EXPECT_NE(drawn.habits.evaluation_shares, resurveyed(published, {3, 6}).habits.evaluation_shares);
  EXPECT_NE(drawn.habits.evaluation_shares, resurveyed(published, {4, 5}).habits.evaluation_shares);
  Landscape fewer = published;
  std::erase_if(fewer.figures, [](const Figure& figure) { return figure.name.starts_with("published/"); });
  const Landscape of_fewer = resurveyed(fewer, {3, 5});
  EXPECT_EQ(of_fewer.habits.evaluation_shares, drawn.habits.evaluation_shares);
  EXPECT_EQ(of_fewer.habits.size_shift, published.habits.size_shift);
}

TEST(Resurveyed, HasTheSameBitsEverywhere) {
  const Habits habits = resurveyed(test::shipped_landscape(), {1, 0}).habits;
  EXPECT_EQ(habits.evaluation_shares[2], 0x1.d7c405070ad51p-2);
  EXPECT_EQ(habits.conditional[2], 0x1.446e28245cb92p-2);
  EXPECT_EQ(habits.size_shift[0], -0x1.21fdb85f810e4p+0);
}

TEST(Resurveyed, IsMetByTheWorldDrawnThen) {
  const Landscape drawn = resurveyed(test::shipped_landscape(), {9, 0});
  const World world = draw_world(drawn, 9, Month{1993, 1}, Month{2021, 1});
  const auto share = [&](auto condition) {
    return static_cast<double>(std::ranges::count_if(world.offices, condition)) /
           static_cast<double>(world.offices.size());
  };
  constexpr double one_office = 1.0 / 589 + 1e-12;
  EXPECT_NEAR(share([](const Office& o) { return o.practice.evaluation_regularity == 1; }),
              drawn.habits.evaluation_shares[2], one_office);
  EXPECT_NEAR(share([](const Office& o) { return o.practice.sanctions == SanctionHabit::never; }),
              drawn.habits.kinds[1][0], one_office);
  const double young = drawn.habits.young_fifths[0] / 486;
  EXPECT_NEAR(share([](const Office& o) { return o.practice.p_young_exempted < 0.2; }), young, one_office);
  double conditional = 0;
  for (const Office& office : world.offices)
    conditional += office.region == Region::brussels && office.practice.conditional_activation ? 1 : 0;
  EXPECT_NEAR(conditional / 19, drawn.habits.conditional[2], 1.0 / 19);
}

TEST(Resurveyed, LeavesTheOfficesWhereTheyStand) {
  const World before = test::world_of(9);
  const World after =
      draw_world(resurveyed(test::shipped_landscape(), {9, 0}), 9, Month{1993, 1}, Month{2031, 1});
  ASSERT_EQ(before.offices.size(), after.offices.size());
  for (std::size_t i = 0; i < before.offices.size(); ++i) {
    const Office& a = before.offices[i];
    const Office& b = after.offices[i];
    EXPECT_EQ(a.population, b.population);
    EXPECT_EQ(a.caseload_2013, b.caseload_2013);
    EXPECT_EQ(a.first_line_fte, b.first_line_fte);
    for (const Pool pool :
         {Pool::article_60, Pool::training, Pool::guidance})  // social activation: to where it is
      EXPECT_EQ(a.places[static_cast<std::size_t>(pool)], b.places[static_cast<std::size_t>(pool)]);
    EXPECT_EQ(a.practice.strictness, b.practice.strictness);
    EXPECT_EQ(a.practice.p_exempt_health, b.practice.p_exempt_health);
    EXPECT_EQ(a.practice.policy, b.practice.policy);
  }
}

std::vector<Fault> faults_with_survey(const std::string& survey, const std::string& evidence = "data") {
  const std::string text = "a/figure:\n  value: {x: [0.5, 0.5], y: [0.4, 0.6]}\n  survey: " + survey +
                           "\n  class: " + evidence + "\n  source: none\n";
  Faults faults;
  read_figures(std::vector<SourceText>{{"x.yaml", text}}, faults);
  return test::faults_of([&] { faults.throw_if_any(); });
}

TEST(SurveySample, ThatCannotBeIsRefusedByKey) {
  EXPECT_TRUE(faults_with_survey("{answers: 10, of: 20}").empty());
  EXPECT_TRUE(faults_with_survey("{answers: {x: 10, y: 9}, of: 20}").empty());
  const auto only = [](const std::vector<Fault>& faults, FaultKind kind, std::string_view key) {
    ASSERT_FALSE(faults.empty());
    EXPECT_EQ(faults[0].kind, kind);
    EXPECT_EQ(faults[0].key, key);
    EXPECT_EQ(faults[0].line, 3);
  };
  only(faults_with_survey("{answers: 21, of: 20}"), FaultKind::out_of_range, "a/figure.survey.answers");
  only(faults_with_survey("{answers: 0, of: 20}"), FaultKind::out_of_range, "a/figure.survey.answers");
  only(faults_with_survey("{answers: 10}"), FaultKind::missing_key, "a/figure.survey.of");
  only(faults_with_survey("{answers: {x: 10}, of: 20}"), FaultKind::inconsistent, "a/figure.survey.answers");
  only(faults_with_survey("{answers: {x: 10, z: 10}, of: 20}"), FaultKind::inconsistent,
       "a/figure.survey.answers");
  only(faults_with_survey("{answers: [10, 10], of: 20}"), FaultKind::inconsistent, "a/figure.survey.answers");
  only(faults_with_survey("{answers: 10, of: 20}", "assumed"), FaultKind::inconsistent, "a/figure.survey");
}

TEST(SurveySample, OfWhatIsNoShareIsRefused) {
  Faults faults;
  const std::string text =
      "a/figure:\n  value: 1.5\n  survey: {answers: 10, of: 20}\n  class: data\n  source: none\n";
  read_figures(std::vector<SourceText>{{"x.yaml", text}}, faults);
  EXPECT_EQ(faults.size(), 1U);
}

}  // namespace
}  // namespace tremplin
