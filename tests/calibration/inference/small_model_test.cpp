// The engine as a problem of the inference core, checked by ranks. Cheaply: the full figures come from
// tests/benchmarks/rank_check.cpp.
#include "small_model.hpp"

#include <gtest/gtest.h>
#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include "conjugate_cases.hpp"

namespace tremplin {
namespace {

using inference::Index;
using inference::Matrix;
using inference::Row;

TEST(SmallModel, GivesTheSameFiguresForOneSeedWhateverTheThreads) {
  const inference::Problem problem = test::small_model();
  const Matrix parameters = problem.prior.parameters(inference::prior_scores(6, problem.prior.n_scores(), 1));
  const tbb::global_control allow(tbb::global_control::max_allowed_parallelism, 3);
  const auto figures = [&](int threads, std::uint64_t seed) {
    Matrix result;
    tbb::task_arena(threads).execute([&] { result = problem.simulator(parameters, seed); });
    return result;
  };
  EXPECT_EQ(figures(1, 5), figures(3, 5));
  EXPECT_NE(figures(1, 5), figures(1, 6));
}

TEST(SmallModel, MovesItsFiguresWithItsParameters) {
  const inference::Problem problem = test::small_model();
  constexpr Index n = 20;
  const auto mean_at = [&](Index parameter, double value) {
    Row row(5);
    row << 0.035, 0.8, 0.05, 0.05, 1;
    row[parameter] = value;
    return Row(problem.simulator(row.replicate(n, 1), 3).colwise().mean());
  };
  EXPECT_GT(mean_at(0, 0.05)[0], 1.1 * mean_at(0, 0.025)[0]) << "more first requests: more people paid";
  EXPECT_GT(mean_at(1, 0.6)[1], 1.2 * mean_at(1, 0.9)[1]) << "fewer grants: more refusals";
  EXPECT_GT(mean_at(2, 0.09)[4], 1.1 * mean_at(2, 0.03)[4]) << "a higher hazard: more exits to a job";
  EXPECT_GT(mean_at(3, 0.1)[3], 1.1 * mean_at(3, 0.02)[3]) << "a higher hazard: more returns";
}

// 120 runs stand for the world one after the other, and for each the posterior comes from 150 of the others,
// the noise learnt. Once in a thousand a quantity that ranks evenly has such a p, once in ten thousand such a
// cover: five of them, a false alarm for one seed in 180.
TEST(SmallModel, HasPosteriorsInWhichTheTruthRanksEvenly) {
  const inference::Problem problem = test::small_model();
  const inference::Simulations bank =
      simulate(problem, inference::prior_scores(240, problem.prior.n_scores(), 7), 8);
  ASSERT_EQ(bank.n_failed(), 0);
  const auto options = inference::cheap_options(150, 200, 200);
  const auto check = check_ranks(
      cases_of_bank(problem.observation, bank, 9), main_method_on_bank(problem, bank, 150, options),
      parameters_themselves(problem.prior), {.n_repeats = 120, .n_draws = 99, .seed = 10});
  EXPECT_EQ(check.count(inference::RankRepeat::Outcome::failed), 0);
  for (const auto& v : verdicts(check)) {
    EXPECT_EQ(v.n, 120);
    EXPECT_GT(v.p, 0.001) << v.name;
    const auto range = inference::binomial_range(v.n, 0.9, 0.9999);
    EXPECT_GE(v.nine_tenths.covered, range.low) << v.name;
    EXPECT_LE(v.nine_tenths.covered, range.high) << v.name;
  }
}

}  // namespace
}  // namespace tremplin
