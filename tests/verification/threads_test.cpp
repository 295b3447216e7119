// The shipped landscape, law and parameters, a sample of CPAS: the digest that a result file would carry is
// the same for one to eight threads, and for a repeated run. Oracle: SHA-256 of every table
// (outputs/digest.hpp).
#include <gtest/gtest.h>
#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include <set>
#include <string>
#include <vector>

#include "calibration/priors.hpp"
#include "outputs/digest.hpp"
#include "scenarios/compose.hpp"
#include "tests/calibration/files.hpp"
#include "tests/engine/small_world.hpp"
#include "tests/scenarios/landscape/files.hpp"
#include "tests/scenarios/support.hpp"

namespace tremplin {
namespace {

// A sample of one CPAS in fifty, four years, drawn parameters, a base and a reform that starts in November
// 2016.
struct Sample {
  Run run;
  World world;
  std::vector<RulesTable> tables;

  Sample() {
    run.plan.burn_in_from = Month(2014, 1);
    run.plan.report_from = run.plan.cohort_from = Month(2016, 7);
    run.plan.report_until = run.plan.cohort_until = Month(2017, 7);
    run.seed = run.plan.luck.seed = 3;
    run.sample = 0.02;
    const Plan& plan = run.plan;
    world = sample_offices(draw_world(test::shipped_landscape(), 3, plan.burn_in_from, plan.report_until),
                           run.sample, 3, run.stratum_weights);
    world.environment.staff = staff_path(test::shipped_landscape(), 1, plan.burn_in_from, plan.report_until);
    run.offices = world.offices;
    const Scenario base = load_scenario_named(test::root, "law-2015").scenario;
    const std::vector<Scenario> reform = {load_scenario_named(test::root, "generalisation").scenario};
    tables.push_back(rules_table(test::law(), base, {}, plan.burn_in_from, plan.report_until));
    tables.push_back(rules_table(test::law(), base, reform, plan.burn_in_from, plan.report_until));
    run.scenarios = {{"law-2015", {}, plan.report_until}, {"law-2015+generalisation", {}, Month(2016, 11)}};
    const PriorTable priors = load_priors(test::shipped("calibration/parameters.yaml"));
    run.parameters = {draw_parameters(priors, run.plan.luck)};
  }

  std::string digest_with(int threads) {
    const tbb::global_control limit(tbb::global_control::max_allowed_parallelism, 8);
    tbb::task_arena arena(threads);
    std::vector<RunResult> results;
    arena.execute([&] { results = test::run(world, run.parameters[0], {&tables[0], &tables[1]}, run.plan); });
    run.results = {{results[0]}, {results[1]}};
    return digest(run);
  }
};

TEST(ASampleOfTheLandscape, HasOneDigestForOneToEightThreads) {
  Sample sample;
  ASSERT_GE(sample.world.offices.size(), 30U);
  std::set<std::string> digests;
  for (int threads = 1; threads <= 8; ++threads) digests.insert(sample.digest_with(threads));
  EXPECT_EQ(digests.size(), 1U);
  const std::vector<std::vector<RunResult>>& results = sample.run.results;
  EXPECT_GT(test::total(results[0][0], Tally::paid), 10'000);
  EXPECT_GT(test::total(results[1][0], Tally::contract_covered),
            test::total(results[0][0], Tally::contract_covered));
}

TEST(ASampleOfTheLandscape, HasAnotherDigestForAnotherSeed) {
  Sample sample;
  const std::string before = sample.digest_with(2);
  sample.run.plan.luck.seed = 4;
  EXPECT_NE(sample.digest_with(2), before);
}

}  // namespace
}  // namespace tremplin
