#include "calibration/model/fitted_posterior.hpp"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <string>

#include "engine/base/errors.hpp"
#include "tests/calibration/files.hpp"
#include "tests/faults.hpp"

namespace tremplin {
namespace {

const PriorTable& priors() {
  static const PriorTable table = load_priors(test::shipped("calibration/parameters.yaml"));
  return table;
}

FittedPosterior fitted(const std::string& text) { return load_fitted({"draws.csv", text}, priors()); }

std::vector<Fault> faults_of(const std::string& text) {
  return test::faults_of([&] { fitted(text); });
}

TEST(FittedPosterior, WhatIsWrittenIsRead) {
  const std::vector<std::vector<double>> rows = {{0.25, 1.5, 0.1 + 0.2}, {0.75, -2, 1e-5}};
  const FittedPosterior read = fitted(fitted_text({"take_up", "working_times", "exit_job"}, rows));
  EXPECT_EQ(read.places,
            (std::vector{priors().find("take_up").value(), priors().find("working_times").value(),
                         priors().find("exit_job").value()}));
  ASSERT_EQ(read.rows.size(), 2U);
  EXPECT_EQ(read.rows[1], rows[1]);
  EXPECT_EQ(read.rows[0][2], 0.3) << "nine digits";
}

TEST(FittedPosterior, EveryFaultIsToldWithItsLine) {
  const auto faults = faults_of("take_up,exit_jobb\n0.5,9000\n1.5,0.1\nhalf,0.1\n0.5\n");
  ASSERT_EQ(faults.size(), 4U);
  EXPECT_EQ(faults[0].kind, FaultKind::unknown_name);
  EXPECT_EQ(faults[0].found, "exit_jobb");
  EXPECT_EQ(faults[0].nearest, "exit_job");
  EXPECT_EQ(faults[1].kind, FaultKind::out_of_range);
  EXPECT_EQ(faults[1].line, 3);
  EXPECT_EQ(faults[2].kind, FaultKind::wrong_type);
  EXPECT_EQ(faults[2].line, 4);
  EXPECT_EQ(faults[3].kind, FaultKind::wrong_type);
  EXPECT_EQ(faults[3].line, 5);
  EXPECT_EQ(faults_of("take_up,take_up\n0.5,0.5\n").size(), 1U);
  EXPECT_EQ(faults_of("hours_contract\n2.5\n").size(), 1U) << "without its common error";
  EXPECT_EQ(faults_of("take_up\nnan\n").size(), 1U);
  EXPECT_EQ(faults_of("take_up\n").size(), 1U);
  EXPECT_EQ(faults_of("").size(), 1U);
}

// Each replicate takes one row, each row as often as the others: with 4,000 replicates of four rows the
// counts of 1,000 have a standard deviation of 27.4; five of them.
TEST(FittedPosterior, AReplicateDrawsOneRowAndTheOthersFromTheirPriors) {
  const FittedPosterior of = fitted("take_up,exit_job\n.1,.11\n.2,.12\n.3,.13\n.4,.14\n");
  std::array<int, 4> counts{};
  constexpr int n = 4'000;
  for (std::uint32_t replicate = 0; replicate < n; ++replicate) {
    const Luck luck{9, replicate};
    const Parameters drawn = draw_fitted(of, priors(), luck);
    const auto row = static_cast<std::size_t>(std::lround(10 * drawn.take_up)) - 1;
    ASSERT_EQ(drawn.take_up, of.rows.at(row)[0]);
    ASSERT_EQ(drawn.exit_job, of.rows.at(row)[1]);
    ++counts.at(row);
    const Parameters prior = draw_parameters(priors(), luck);
    ASSERT_EQ(drawn.frailty_sd, prior.frailty_sd);
    ASSERT_EQ(drawn.hours_contract, prior.hours_contract);
  }
  for (const int count : counts) EXPECT_NEAR(count, n / 4, 5 * std::sqrt(n * 0.25 * 0.75));
}

TEST(FittedPosterior, AnEffectSwitchedOffStaysOff) {
  const FittedPosterior of = fitted("effect_readiness_job,take_up\n.3,.2\n");
  EXPECT_EQ(draw_fitted(of, priors(), {1, 0}).effect_readiness_job, 0.3);
  PriorTable without = priors();
  switch_off(without, effects_in("readiness"));
  EXPECT_EQ(draw_fitted(of, without, {1, 0}).effect_readiness_job, 0);
  EXPECT_EQ(draw_fitted(of, without, {1, 0}).take_up, 0.2);
}

TEST(FittedPosterior, WithoutRowsTheyComeFromThePriors) {
  EXPECT_EQ(draw_fitted({}, priors(), {4, 2}), draw_parameters(priors(), {4, 2}));
}

}  // namespace
}  // namespace tremplin
