// The set of parameters that calibration/parameters.yaml ships, at the whole landscape, against the figures
// of the federal register that pin down leaving and coming back, all at once: days paid in the two years from
// the first paid day (004:3993-3999), people who start (004:3997), the monthly mean of 2013 (004:293) and the
// people of the year over it (004:287, 004:3742). docs/ODD.md, section 9, says what they ask and what they
// leave open. Oracle: those figures, each with its page.
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "calibration/priors.hpp"
#include "calibration/targets.hpp"
#include "engine/simulate/simulate.hpp"
#include "scenarios/compose.hpp"
#include "scenarios/library.hpp"
#include "tests/calibration/files.hpp"
#include "tests/engine/small_world.hpp"
#include "tests/scenarios/landscape/files.hpp"

namespace tremplin {
namespace {

constexpr Month burn_in{1993, 1};
constexpr Month until{2014, 1};
constexpr std::uint64_t seed = 1;

// The base with central values, from 2003 to 2013, every CPAS.
RunResult country() {
  const Landscape landscape = test::shipped_landscape();
  const Parameters parameters = central(load_priors(test::shipped("calibration/parameters.yaml")));
  World world = draw_world(landscape, seed, burn_in, until);
  world.environment.staff = staff_path(landscape, parameters.staff_elasticity, burn_in, until);
  const Law law = load_law_from(TREMPLIN_SOURCE_DIR).law;
  const Scenario base = load_scenario_named(TREMPLIN_SOURCE_DIR, "law-2015").scenario;
  const RulesTable rules = rules_table(law, base, {}, burn_in, until);
  Plan plan;
  plan.report_until = until;
  plan.luck = {seed, 0};
  test::Silent observer;
  return simulate(world, parameters, {&rules}, plan, observer, {}).front();
}

// Simulated by the measure of calibration/targets.yaml: what is counted there is what is tested here.
class Published : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    result_ = new RunResult(country());
    targets_ = load_targets(test::shipped("calibration/targets.yaml"));
  }
  static void TearDownTestSuite() {
    delete result_;
    result_ = nullptr;
  }
  static double simulated(const std::string& id) {
    const auto found = std::ranges::find(targets_, id, &Target::id);
    EXPECT_NE(found, targets_.end()) << id;
    return evaluate(*found, *result_, std::vector<double>(n_strata, 1.0));
  }
  static RunResult* result_;
  static std::vector<Target> targets_;
};
RunResult* Published::result_ = nullptr;
std::vector<Target> Published::targets_;

TEST_F(Published, SharesOfPaidDaysAreMet) {
  // Chance: 0.001 of 270,000 people; four of it, and the published rounding.
  EXPECT_NEAR(simulated("days_up_to_182"), 0.483, 0.004 + 0.0005);
  EXPECT_NEAR(simulated("days_above_639"), 0.16, 0.003 + 0.005);
  // Chance: sqrt(0.0112 / 270,000) = 0.0002; four of it on either side, published and simulated.
  EXPECT_NEAR(simulated("days_full"), 3046.0 / 272'540, 4 * 0.0002 * 1.42);
}

TEST_F(Published, MeanOfPaidDaysIsMetAndTheMedianNearlySo) {
  // Standard deviation of paid days 245: chance 0.5 of 270,000; four of it and the rounding.
  EXPECT_NEAR(simulated("days_mean"), 279, 2 + 0.5);
  // Four times chance (0.7: 0.001 of people at a density of 0.0014 a day), the rounding, and four days that
  // the figures leave open: docs/ODD.md, section 9.
  EXPECT_NEAR(simulated("days_median"), 201, 3 + 0.5 + 4);
}

TEST_F(Published, StockStartsAndPeopleOfTheYearGoTogether) {
  // Two vintages of the stock lie half a percent apart (98,650 and 99,100).
  EXPECT_NEAR(simulated("stock_2013"), 98'650, 0.01 * 98'650);
  // The vintage of starts is as uncertain; chance 0.2 %.
  EXPECT_NEAR(simulated("starts"), 272'540, 0.015 * 272'540);
  // 152,050 and 158,880 are both printed.
  EXPECT_GT(simulated("persons_per_monthly_mean"), 152'050.0 / 98'650);
  EXPECT_LT(simulated("persons_per_monthly_mean"), 158'880.0 / 98'650);
}

}  // namespace
}  // namespace tremplin
