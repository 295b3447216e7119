#include "calibration/outside/problem_file.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <sstream>

#include "engine/base/errors.hpp"

namespace tremplin::outside {
namespace {

using inference::Matrix;

const std::string program = "program: {command: [sh, simulator.sh]}\n";
const std::string one_parameter = "parameters: {mu: {prior: {normal: [1.0, 2.0]}}}\n";
const std::string one_summary = "summaries: {y: {value: 3, se: 0.5, likelihood: normal}}\n";

OutsideProblem loaded(const std::string& text) { return load_problem({"problem.yaml", text}, "folder"); }

std::vector<Fault> faults_of(const std::string& text) {
  try {
    loaded(text);
  } catch (const InputError& error) {
    return error.faults();
  }
  ADD_FAILURE() << "no fault in\n" << text;
  return {};
}

TEST(ProblemFile, TheExampleLoads) {
  std::ifstream file(TREMPLIN_SOURCE_DIR "/calibration/outside/example/two_means.yaml");
  std::ostringstream text;
  text << file.rdbuf();
  const OutsideProblem problem = loaded(text.str());
  EXPECT_EQ(problem.prior.names(), (std::vector<std::string>{"mu", "share"}));
  EXPECT_EQ(problem.summary_names(), (std::vector<std::string>{"mean", "share_seen"}));
  EXPECT_EQ(problem.program.command, (std::vector<std::string>{"python3", "two_means.py"}));
  EXPECT_EQ(problem.program.folder, "folder");
  EXPECT_EQ(problem.program.timeout, 10);
  EXPECT_TRUE(std::holds_alternative<inference::SimulatorNoise>(problem.observation.terms[0].likelihood));
  const auto& share = std::get<inference::BinomialData>(problem.observation.terms[1].likelihood);
  EXPECT_EQ(share.successes, 30);
  EXPECT_EQ(share.trials, 100);
}

TEST(ProblemFile, PriorsAreThoseOfTheModel) {
  const OutsideProblem problem = loaded(program + one_summary + R"(
parameters:
  a: {prior: {normal: [1.0, 2.0]}, source: "a study"}
  b: {prior: {lognormal: [3.0, 0.5]}}
  c: {prior: {uniform: [-1.0, 1.0], spike: 0.5, no_effect: 0.0}}
  d: {prior: {beta: [2.0, 2.0]}}
groups:
  region: {link: log, mean: {normal: [0.0, 1.0]}, spread: {lognormal: [0.3, 0.5]}, members: [north, south]}
correlations:
  - {between: [a, b], value: 0.6}
)");
  EXPECT_EQ(problem.prior.names(),
            (std::vector<std::string>{"a", "b", "c", "d", "region_mean", "region_spread", "north", "south"}));
  Matrix scores = Matrix::Zero(2, 8);
  scores(1, 0) = 1;
  const Matrix at = problem.prior.parameters(scores);
  EXPECT_NEAR(at(0, 0), 1, 1e-9);
  EXPECT_NEAR(at(0, 1), 3, 1e-9);
  EXPECT_NEAR(at(0, 2), 0, 1e-9);
  EXPECT_NEAR(at(0, 3), 0.5, 1e-9);
  EXPECT_NEAR(at(0, 4), 1, 1e-9);
  EXPECT_NEAR(at(0, 5), 0.3, 1e-9);
  EXPECT_NEAR(at(1, 0), 3, 1e-9);                        // 1 + 2 * 1
  EXPECT_NEAR(at(1, 1), 3 * std::exp(0.5 * 0.6), 1e-6);  // correlated 0.6
}

TEST(ProblemFile, LikelihoodsHaveTheirNumbers) {
  const OutsideProblem problem = loaded(program + one_parameter + R"(
summaries:
  n: {value: 10, relative_se: 0.1, likelihood: normal, discrepancy: 0.05, noise_share: 0.5}
  b: {value: 0.2, se: 0.04, likelihood: binomial}
  c: {value: 50, se: 10, likelihood: count}
  p: {value: 12, exposure: 3, likelihood: poisson}
  g: {value: 12, size: 4, likelihood: negative_binomial}
  i: {likelihood: {low: 1, high: 3, edge: 0.1}}
  s: {value: 7, likelihood: simulated}
  m1: {value: 0.5, trials: 200, likelihood: {multinomial: mix}}
  m2: {value: 0.5, trials: 200, likelihood: {multinomial: mix}}
  kept: {value: 1, se: 1, likelihood: normal, role: validation}
)");
  const auto& terms = problem.observation.terms;
  ASSERT_EQ(terms.size(), 8U);
  const auto& n = std::get<inference::NormalData>(terms[0].likelihood);
  EXPECT_NEAR(n.standard_error, 1, 1e-12);
  EXPECT_NEAR(terms[0].discrepancy, 0.5, 1e-12);  // a part of the value
  EXPECT_EQ(terms[0].noise_share, 0.5);
  EXPECT_NEAR(std::get<inference::BinomialData>(terms[1].likelihood).trials, 0.2 * 0.8 / 0.0016, 1e-9);
  // Variance 100 = mean 50 + 50^2 / size.
  EXPECT_NEAR(std::get<inference::CountData>(terms[2].likelihood).size, 50, 1e-9);
  const auto& p = std::get<inference::CountData>(terms[3].likelihood);
  EXPECT_EQ(p.exposure, 3);
  EXPECT_TRUE(std::isinf(p.size));
  EXPECT_EQ(std::get<inference::CountData>(terms[4].likelihood).size, 4);
  EXPECT_EQ(std::get<inference::IntervalData>(terms[5].likelihood).high, 3);
  EXPECT_EQ(std::get<inference::SimulatorNoise>(terms[6].likelihood).observed[0], 7);
  const auto& mix = std::get<inference::MultinomialData>(terms[7].likelihood);
  EXPECT_EQ(mix.columns, (std::vector<inference::Index>{7, 8}));
  EXPECT_NEAR(mix.counts.sum(), 200, 1e-9);
  EXPECT_FALSE(problem.summaries.back().is_fitted);
  EXPECT_NO_THROW(check(problem.observation, 10));
}

TEST(ProblemFile, AllFaultsAreToldAtOnceWithTheirLines) {
  const auto faults = faults_of(R"(program: {command: [], timeout: -1}
parameters:
  mu: {prior: {normal: [1.0, -2.0]}}
  "my name": {prior: {uniform: [2.0, 1.0]}}
  draw: {prior: {fixed: true}}
groups:
  g: {mean: {beta: [1.0, 1.0]}, spread: {lognormal: [1.0, 1.0]}, members: [mu]}
correlations:
  - {between: [mu, nu], value: 2}
summaries:
  y: {value: x, likelihood: normal}
  z: {value: 3, se: 1, likelihood: nromal}
  s: {value: 1.5, trials: 10, likelihood: binomial, colour: red}
)");
  const auto at_line = [&](int line) {
    return std::count_if(faults.begin(), faults.end(), [&](const Fault& f) { return f.line == line; });
  };
  EXPECT_EQ(at_line(1), 2);   // no command, no time
  EXPECT_EQ(at_line(3), 1);   // a negative sd
  EXPECT_EQ(at_line(4), 2);   // a blank in the name, an empty range
  EXPECT_EQ(at_line(5), 2);   // a name that is taken, nothing to infer
  EXPECT_EQ(at_line(7), 2);   // a mean that is not normal, a name twice
  EXPECT_EQ(at_line(9), 2);   // an unknown name, an impossible correlation
  EXPECT_EQ(at_line(11), 2);  // no number, no error
  EXPECT_EQ(at_line(12), 1);  // an unknown likelihood
  EXPECT_EQ(at_line(13), 2);  // a share above 1, an unknown key
  EXPECT_TRUE(std::is_sorted(faults.begin(), faults.end(),
                             [](const Fault& a, const Fault& b) { return a.line < b.line; }));
  for (const Fault& fault : faults) EXPECT_EQ(fault.source, "problem.yaml");
}

TEST(ProblemFile, WhatIsMissingIsNamed) {
  const auto faults = faults_of("title: nothing\n");
  std::vector<std::string> keys;
  for (const Fault& fault : faults) keys.push_back(fault.key);
  for (const char* key : {"program", "parameters", "summaries"})
    EXPECT_EQ(std::count(keys.begin(), keys.end(), key), 1) << key;
}

TEST(ProblemFile, CorrelationsThatContradictEachOtherAreRefused) {
  const auto faults = faults_of(program + one_summary + R"(
parameters: {a: {prior: {normal: [0.0, 1.0]}}, b: {prior: {normal: [0.0, 1.0]}}, c: {prior: {normal: [0.0, 1.0]}}}
correlations:
  - {between: [a, b], value: 0.9}
  - {between: [b, c], value: 0.9}
  - {between: [a, c], value: -0.9}
)");
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults.front().kind, FaultKind::inconsistent);
}

TEST(ProblemFile, AProblemWithoutDataIsRefused) {
  const auto faults = faults_of(program + one_parameter +
                                "summaries: {y: {value: 3, se: 1, likelihood: normal, role: validation}}\n");
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults.front().kind, FaultKind::missing_key);
}

}  // namespace
}  // namespace tremplin::outside
