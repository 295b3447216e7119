// People who differ in an unseen distance to work: their exit hazards are multiplied by a lognormal factor.
// Oracle: the mixture integral over the standard normal distance, by Boost.Math's quadrature. A person whose
// factor is x is still there after hazards that sum to H with probability exp(-H x), so the share of all is
//   S(H) = integral of phi(z) exp(-H exp(-sd z)) dz.
#include <gtest/gtest.h>

#include <boost/math/constants/constants.hpp>
#include <boost/math/quadrature/gauss_kronrod.hpp>
#include <cmath>

#include "tests/verification/bounds.hpp"
#include "tests/verification/worlds.hpp"

namespace tremplin {
namespace {

double density(double z) { return std::exp(-z * z / 2) / boost::math::constants::root_two_pi<double>(); }

// The mean of f(z) over the standard normal distance z; beyond 12 lies less than 1e-32.
template <class F>
double over_distances(const F& f) {
  double error = 0;
  const double value = boost::math::quadrature::gauss_kronrod<double, 61>::integrate(
      [&](double z) { return density(z) * f(z); }, -12.0, 12.0, 15, 1e-12, &error);
  EXPECT_LT(error, 1e-9);
  return value;
}

double share_left(double hazards, double sd) {
  return over_distances([&](double z) { return std::exp(-hazards * std::exp(-sd * z)); });
}

struct Cohort {
  Parameters parameters = test::bare_parameters();
  World world = test::without_scarcity(test::small_world(30, 1));
  static constexpr Month start{2000, 1};

  Cohort() {
    for (Office& office : world.offices) {
      office.caseload_2013 = 700;
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
    plan.report_until = start + 96;
    return test::run(world, parameters, {&table}, plan)[0];
  }
};

double there(const RunResult& r, int month) { return static_cast<double>(test::on_benefit_after(r, month)); }

TEST(Frailty, SurvivorsFollowTheMixtureOverTheDistancesToWork) {
  for (const double sd : {0.5, 1.2, 2.5}) {
    Cohort cohort;
    Parameters& p = cohort.parameters;
    p.frailty_sd = sd;
    p.exit_unknown = 0.06;
    p.duration_dependence = 0.5;  // true dependence on duration, on top of the selection
    const RunResult result = cohort.run();
    const double people = there(result, 0);
    ASSERT_GT(people, 20'000);
    double hazards = 0;
    for (int month = 1; month < result.n_months; ++month) {
      hazards += p.exit_unknown * std::pow(p.duration_dependence, month / 12);
      const double expected = share_left(hazards, sd);
      EXPECT_NEAR(there(result, month) / people, expected,
                  test::normal_bound(3 * result.n_months) * std::sqrt(expected * (1 - expected) / people))
          << "standard deviation " << sd << ", month " << month;
    }
  }
}

TEST(Frailty, MakesTheObservedHazardFallWhereNobodysDoes) {
  // The hazard among those still there, 1 - S(t) / S(t - 1), falls by selection alone: its exact fall from
  // the first to the seventh year is met.
  Cohort cohort;
  Parameters& p = cohort.parameters;
  p.frailty_sd = 1.5;
  p.exit_unknown = 0.06;
  const RunResult result = cohort.run();
  for (const int from : {0, 84}) {
    const double before = share_left(p.exit_unknown * from, p.frailty_sd);
    const double after = share_left(p.exit_unknown * (from + 11), p.frailty_sd);
    const double expected = 1 - after / before;
    const double n = there(result, from);
    EXPECT_NEAR(1 - there(result, from + 11) / n, expected,
                test::normal_bound(2) * std::sqrt(expected * (1 - expected) / n));
  }
}

TEST(Frailty, WhoIsFarFromWorkReturnsMoreOften) {
  // Everybody leaves in the second month (a household change of hazard 30); the hazard of returning is
  // multiplied by factor^-0.4, that is exp(0.4 sd z). A month of absence passes without a return with
  // probability (1 + exp(-2 h x)) / 2.
  Cohort cohort;
  Parameters& p = cohort.parameters;
  p.frailty_sd = 1.5;
  p.exit_household = 30;
  p.return_floor = 0.05;
  p.return_frailty = 0.4;
  const RunResult result = cohort.run();
  const auto in_month = [&](int month, Tally tally) {
    return static_cast<double>(test::in_month(result, month, tally));
  };
  const double people = in_month(1, Tally::exits_household);
  ASSERT_EQ(people, in_month(0, Tally::grants));
  // Return in month 2, leave in month 3, return in month 4 ...: first returns alone are in months 2 and 3.
  const auto back = [&](double z, int months_out) {
    const double stays = std::exp(-p.return_floor * std::exp(0.4 * p.frailty_sd * z));
    return std::pow(stays, months_out - 1) * (1 - stays);
  };
  for (const int months_out : {1, 2}) {
    const double expected = over_distances([&](double z) { return back(z, months_out); });
    EXPECT_NEAR(in_month(1 + months_out, Tally::re_entries) / people, expected,
                test::normal_bound(3) * std::sqrt(expected * (1 - expected) / people));
  }
  // Who they are: the share of the returns of month 2 that is farther from work than the median.
  std::int64_t n = 0;
  std::int64_t far = 0;
  Plan plan = test::small_plan();
  plan.burn_in_from = Cohort::start;
  plan.report_until = Cohort::start + 3;
  test::watch(cohort.world, p, test::table_of(test::rules_of_2002()), plan, [&](const test::Seen& seen) {
    if (seen.month != Cohort::start + 2) return;
    for (const std::uint32_t slot : seen.state.active) {
      ++n;
      far += seen.state.people[slot].exit_factor < 1 ? 1 : 0;
    }
  });
  const auto back_and_far = [&](double z) { return z > 0 ? back(z, 1) : 0; };
  const double share = over_distances(back_and_far) / over_distances([&](double z) { return back(z, 1); });
  EXPECT_NEAR(static_cast<double>(far) / static_cast<double>(n), share,
              test::normal_bound(3) * std::sqrt(share * (1 - share) / static_cast<double>(n)));
}

}  // namespace
}  // namespace tremplin
