#include "calibration/model/model_simulator.hpp"

#include <gtest/gtest.h>
#include <tbb/task_arena.h>

#include <algorithm>

#include "calibration/model/parameter_prior.hpp"
#include "scenarios/compose.hpp"
#include "scenarios/library.hpp"
#include "tests/calibration/files.hpp"
#include "tests/engine/small_world.hpp"
#include "tests/scenarios/landscape/files.hpp"

namespace tremplin {
namespace {

// Two years of the country, from a burn-in of two: enough to see what moves, not what is true.
class ModelSimulatorTest : public testing::Test {
 protected:
  static Plan short_plan() {
    Plan plan;
    plan.burn_in_from = Month{2011, 1};
    plan.report_from = Month{2013, 1};
    plan.report_until = Month{2015, 1};
    plan.cohort_from = plan.cohort_until = Month{2013, 1};
    return plan;
  }
  [[nodiscard]] ModelExperiment experiment() const {
    return {test::shipped_landscape(),
            rules_,
            priors_,
            targets_covered(load_targets(test::shipped("calibration/targets.yaml")), short_plan()),
            short_plan(),
            0.01};
  }
  static RulesTable rules() {
    const Law law = load_law_from(TREMPLIN_SOURCE_DIR).law;
    const Scenario base = load_scenario_named(TREMPLIN_SOURCE_DIR, "law-2015").scenario;
    return rules_table(law, base, {}, Month{2011, 1}, Month{2015, 1});
  }
  [[nodiscard]] inference::Vector figures(std::size_t place, double value, std::uint64_t seed) const {
    test::Silent silent;
    const std::vector<std::size_t> chosen = {place};
    const std::vector<double> row = {value};
    return *simulate_targets(experiment(), chosen, row, seed, silent, {});
  }
  [[nodiscard]] std::size_t place_of(std::string_view name) const {
    const auto found = std::ranges::find(priors_, name, [](const Prior& p) { return p.parameter->name; });
    return static_cast<std::size_t>(found - priors_.begin());
  }
  [[nodiscard]] inference::Index target(std::string_view id) const {
    const auto targets = experiment().targets;
    return static_cast<inference::Index>(std::ranges::find(targets, id, &Target::id) - targets.begin());
  }

  PriorTable priors_ = load_priors(test::shipped("calibration/parameters.yaml"));
  RulesTable rules_ = rules();
};

TEST_F(ModelSimulatorTest, TakesTheTargetsThatThePlanCovers) {
  const auto targets = experiment().targets;
  EXPECT_TRUE(std::ranges::all_of(
      targets, [](const Target& t) { return t.from >= Month(2013, 1) && t.until <= Month(2015, 1); }));
  EXPECT_NE(std::ranges::find(targets, "stock/2014", &Target::id), targets.end());
  EXPECT_EQ(std::ranges::find(targets, "days_mean", &Target::id), targets.end()) << "no cohort is followed";
  const std::vector<Target> all = load_targets(test::shipped("calibration/targets.yaml"));
  Plan whole;
  whole.report_until = Month{2021, 1};
  const auto covered = targets_covered(all, whole);
  EXPECT_EQ(covered.size(), all.size()) << "the default run covers every published figure";
}

TEST_F(ModelSimulatorTest, SeedAndParametersDecideEveryBitWhateverTheThreads) {
  const std::size_t entry = place_of("entry_rate");
  tbb::task_arena one(1);
  tbb::task_arena three(3);
  const auto alone = one.execute([&] { return figures(entry, 0.028, 5); });
  const auto together = three.execute([&] { return figures(entry, 0.028, 5); });
  for (inference::Index i = 0; i < alone.size(); ++i) EXPECT_EQ(alone[i], together[i]);
  const auto other = three.execute([&] { return figures(entry, 0.028, 6); });
  EXPECT_NE(other[target("stock/2013")], alone[target("stock/2013")]);
}

// More first requests a month, with everything else as it was, are more people on benefit.
TEST_F(ModelSimulatorTest, TheChosenParameterActs) {
  const std::size_t entry = place_of("entry_rate");
  const auto stock = target("stock/2013");
  EXPECT_GT(figures(entry, 0.035, 5)[stock], 1.1 * figures(entry, 0.025, 5)[stock]);
}

TEST_F(ModelSimulatorTest, GivesNothingWhenStopped) {
  std::stop_source stop;
  stop.request_stop();
  test::Silent silent;
  EXPECT_FALSE(simulate_targets(experiment(), {}, {}, 1, silent, stop.get_token()).has_value());
}

}  // namespace
}  // namespace tremplin
