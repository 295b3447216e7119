// Lives that are Markov chains by choice of parameters, against matrix powers (Eigen). Hours and places are
// ample, nobody differs from anybody, and only leaving and coming back are left of the model.
//
// A month in the order of the engine: who comes back asks and is granted (or refused) in the same month; who
// was there before leaves with probability 1 - exp(-hazard), and a former beneficiary comes back with the
// same function of the hazard of returning.
// Oracles: powers of the transition matrix; its fundamental matrix for the months until the end (Kemeny and
// Snell 1960); the cumulative incidence of competing causes, from their hazards.
#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <array>
#include <cmath>

#include "tests/verification/bounds.hpp"
#include "tests/verification/worlds.hpp"

namespace tremplin {
namespace {

double moves(double hazard) { return 1 - std::exp(-hazard); }

// Everybody who ever comes, comes in this month.
constexpr Month start{2000, 1};

struct Lives {
  Parameters parameters = test::bare_parameters();
  World world = test::without_scarcity(test::small_world(30, 1));
  int n_months = 108;

  Lives() {
    for (Office& office : world.offices) {
      office.caseload_2013 = 2000;
      office.equivalent_2013 = 0;
    }
    parameters.entry_rate = 1;
    parameters.take_up = 1;
    test::only_inflow_in(world, start);
  }
  [[nodiscard]] RunResult run() const {
    const RulesTable table = test::table_of(test::rules_of_2002());
    Plan plan = test::small_plan();
    plan.burn_in_from = plan.report_from = start;
    plan.report_until = start + n_months;
    return test::run(world, parameters, {&table}, plan)[0];
  }
};

using test::in_month;
using test::on_benefit_after;

TEST(Chain, OfSpellsAndReturnsFollowsThePowersOfItsMatrix) {
  // States: on benefit, 0 to m months since the grant (the hazard falls with completed years); out, 0 to m
  // months since leaving (the hazard of returning fades). 2 (m + 1) states, months 0 to m.
  Lives lives;
  Parameters& p = lives.parameters;
  p.exit_unknown = 0.12;
  p.exit_household = 0.02;
  p.duration_dependence = 0.3;  // steep, so that a month too early or too late is seen
  p.return_hazard = 0.1;
  p.return_fading = 0.3;
  p.return_floor = 0.004;
  p.grant_share = 0.85;
  const int m = lives.n_months;
  Eigen::MatrixXd step = Eigen::MatrixXd::Zero(2 * (m + 1), 2 * (m + 1));  // column: from; row: to
  const auto on = [](int since) { return since; };
  const auto out = [m](int since) { return m + 1 + since; };
  for (int since = 0; since < m; ++since) {
    const int years = (since + 1) / 12;  // of the month that comes
    const double gone = moves(p.exit_household + p.exit_unknown * std::pow(p.duration_dependence, years));
    step(on(since + 1), on(since)) = 1 - gone;
    step(out(0), on(since)) = gone;
    const double back = moves(p.return_hazard * std::exp(-p.return_fading * since) + p.return_floor);
    step(out(since + 1), out(since)) = 1 - back;
    step(on(0), out(since)) = back * p.grant_share;
    step(out(0), out(since)) += back * (1 - p.grant_share);
  }
  const RunResult result = lives.run();
  const auto people = static_cast<double>(in_month(result, 0, Tally::requests));
  ASSERT_GT(people, 55'000);
  Eigen::VectorXd share = Eigen::VectorXd::Zero(2 * (m + 1));
  share(on(0)) = p.grant_share;
  share(out(0)) = 1 - p.grant_share;
  for (int month = 0; month < m; ++month) {
    const double expected = share.head(m + 1).sum();
    ASSERT_NEAR(share.sum(), 1, 1e-12);
    // The number of people is given; each is on benefit with this probability: binomial.
    EXPECT_NEAR(static_cast<double>(on_benefit_after(result, month)) / people, expected,
                test::normal_bound(m) * std::sqrt(expected * (1 - expected) / people))
        << "month " << month;
    share = step * share;
  }
}

TEST(Chain, SpendsTheMonthsBeforeItsEndThatItsFundamentalMatrixGives) {
  // On benefit, out, and gone for good (a pension: everybody is of age). N = (I - Q)^-1 holds the mean number
  // of months in each state; its variance is N (2 N_diagonal - I) - N squared entry by entry (Kemeny and
  // Snell 1960, 3.3.3).
  Lives lives;
  Parameters& p = lives.parameters;
  lives.world.margins.age = {0, 0, 0, 0, 1};  // 65 and over
  p.exit_pension = 0.2;
  p.exit_household = 0.2;
  p.return_floor = 0.4;
  const double total = p.exit_pension + p.exit_household;
  const double gone = moves(total);
  const double back = moves(p.return_floor);
  Eigen::Matrix2d q;  // row: from on, out; column: to
  q << 1 - gone, gone * p.exit_household / total, back, 1 - back;
  const Eigen::Matrix2d n = (Eigen::Matrix2d::Identity() - q).inverse();
  const double mean = n(0, 0);
  const double variance = n(0, 0) * (2 * n(0, 0) - 1) - n(0, 0) * n(0, 0);
  const RunResult result = lives.run();
  const auto people = static_cast<double>(in_month(result, 0, Tally::grants));
  ASSERT_GT(people, 55'000);
  double months = 0;
  for (int month = 0; month < result.n_months; ++month) {
    months += static_cast<double>(on_benefit_after(result, month));
  }
  // What lies beyond the last month: less than the largest eigenvalue to its power, times the mean.
  const double beyond = std::pow(q.eigenvalues().cwiseAbs().maxCoeff(), result.n_months) * mean;
  ASSERT_LT(beyond, 0.001);
  EXPECT_NEAR(months / people, mean, test::normal_bound(1) * std::sqrt(variance / people) + beyond);
}

TEST(Chain, EndsInTheStateThatItsAbsorptionProbabilitiesGive) {
  // Household changes can be followed by returns; a pension cannot. Everybody has one in the end, after a
  // number of grants that is geometric: each spell ends in a pension with probability pension / total, and
  // each absence in a return with probability one.
  Lives lives;
  Parameters& p = lives.parameters;
  lives.world.margins.age = {0, 0, 0, 0, 1};  // 65 and over
  p.exit_pension = 0.12;
  p.exit_household = 0.08;
  p.return_floor = 0.2;
  const RunResult result = lives.run();
  const auto people = static_cast<double>(test::total(result, Tally::first_entries));
  const double end = p.exit_pension / (p.exit_pension + p.exit_household);
  // Geometric: mean (1 - e) / e returns, variance (1 - e) / e^2.
  EXPECT_NEAR(static_cast<double>(test::total(result, Tally::re_entries)) / people, (1 - end) / end,
              test::normal_bound(1) * std::sqrt((1 - end) / (end * end) / people) + 1e-3);
  // Slowest of all: on benefit at 0.18, out at 0.16 a month; 108 months leave fewer than one in a thousand.
  EXPECT_GT(static_cast<double>(test::total(result, Tally::exits_pension)) / people, 0.999);
}

TEST(Chain, LosesNobodyToAMove) {
  // Who moves asks the next month, at what stands for the other CPAS, and is granted there: as many grants to
  // people known as there were moves the month before, and nobody new.
  Lives lives;
  lives.parameters.exit_transfer = 0.3;
  lives.parameters.inquiry_days = 0;
  const RunResult result = lives.run();
  const std::int64_t people = in_month(result, 0, Tally::grants);
  ASSERT_GT(people, 55'000);
  EXPECT_EQ(test::total(result, Tally::first_entries), people);
  std::int64_t first_in_year = 0;
  for (int month = 1; month < result.n_months; ++month) {
    EXPECT_EQ(in_month(result, month, Tally::re_entries), in_month(result, month - 1, Tally::exits_transfer));
  }
  // All have been paid by the end of the first year, and are paid in the second.
  for (int month = 12; month < 24; ++month)
    first_in_year += in_month(result, month, Tally::paid_first_in_year);
  EXPECT_EQ(first_in_year, people);
}

TEST(Chain, MayEndFromTheDayAfterTheDecision) {
  // Decided on the day of the request, uniform on 1 to 31: 31 - d days are left of the month, and with them
  // that part of its hazard.
  Lives lives;
  Parameters& p = lives.parameters;
  p.inquiry_days = 0;
  p.exit_household = 0.4;
  p.exit_month_of_grant = 1.5;
  double stays = 0;
  for (int day = 1; day <= 31; ++day) stays += std::exp(-0.4 * 1.5 * (31 - day) / 31) / 31;
  const RunResult result = lives.run();
  const auto people = static_cast<double>(in_month(result, 0, Tally::grants));
  EXPECT_NEAR(static_cast<double>(in_month(result, 0, Tally::exits_household)) / people, 1 - stays,
              test::normal_bound(1) * std::sqrt(stays * (1 - stays) / people));
  // Nothing is special about the months that follow.
  const auto left = static_cast<double>(on_benefit_after(result, 0));
  EXPECT_NEAR(static_cast<double>(in_month(result, 1, Tally::exits_household)) / left, moves(0.4),
              test::normal_bound(1) * std::sqrt(moves(0.4) * (1 - moves(0.4)) / left));
}

TEST(CompetingRisks, CumulativeIncidenceFollowsDurationDependence) {
  // One cause whose hazard stays and two whose hazards fall by 70 % a year: the share of who has left for
  // cause c by month t is the sum over months of S(i - 1) x (1 - exp(-H_i)) x h_ci / H_i.
  Lives lives;
  Parameters& p = lives.parameters;
  p.exit_insurance = 0.09;
  p.exit_household = 0.015;
  p.exit_unknown = 0.05;
  p.duration_dependence = 0.3;
  p.return_hazard = p.return_floor = 0;
  lives.world.environment.student_share.assign(lives.world.environment.student_share.size(), 0);
  const RunResult result = lives.run();
  const auto people = static_cast<double>(in_month(result, 0, Tally::grants));
  const std::array<Tally, 3> causes = {Tally::exits_insurance, Tally::exits_household, Tally::exits_unknown};
  std::array<double, 3> expected{};
  std::array<double, 3> observed{};
  double there = 1;
  for (int month = 1; month < result.n_months; ++month) {
    const double duration = std::pow(p.duration_dependence, month / 12);
    const std::array<double, 3> hazards = {p.exit_insurance * duration, p.exit_household,
                                           p.exit_unknown * duration};
    const double total = hazards[0] + hazards[1] + hazards[2];
    for (std::size_t c = 0; c < causes.size(); ++c) {
      expected[c] += there * moves(total) * hazards[c] / total;
      observed[c] += static_cast<double>(in_month(result, month, causes[c]));
      EXPECT_NEAR(
          observed[c] / people, expected[c],
          test::normal_bound(3 * result.n_months) * std::sqrt(expected[c] * (1 - expected[c]) / people))
          << "cause " << c << " by month " << month;
    }
    there *= 1 - moves(total);
  }
}

}  // namespace
}  // namespace tremplin
