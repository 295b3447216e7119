// The seam of all inference methods: a prior, a function from a matrix of parameters and a seed to a matrix
// of summaries, and the data (issue: from surveys to a calibrated model, point 5: one simulator-agnostic
// core); and what every method gives back. Budgets are counted in simulations (rows).
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "calibration/inference/doubt.hpp"
#include "calibration/inference/observation.hpp"
#include "calibration/inference/prior.hpp"
#include "calibration/inference/types.hpp"

namespace tremplin::inference {

// parameters (n x d) and a seed to summaries (n x m): row i depends on (parameters of row i, seed, i) only.
// A row with a NaN or an infinity is a run that failed.
using Simulator = std::function<Matrix(const Matrix& parameters, std::uint64_t seed)>;

struct Problem {
  Prior prior;
  Simulator simulator;
  Observation observation;
};

// All runs so far, failed ones included, in the order in which they were asked.
struct Simulations {
  Matrix scores;
  Matrix parameters;
  Matrix summaries;

  [[nodiscard]] Index size() const { return scores.rows(); }
  [[nodiscard]] bool failed(Index row) const { return !summaries.row(row).allFinite(); }
  [[nodiscard]] Index n_failed() const;
  [[nodiscard]] std::vector<Index> succeeded() const;  // rows
  void append(const Simulations& more);
};

// One row for each row of scores. Checks the observation against the number of summaries
// (std::invalid_argument), and that the simulator gave as many rows as asked (std::runtime_error).
Simulations simulate(const Problem& problem, const Matrix& scores, std::uint64_t seed);

struct Diagnostic {
  std::string name;
  double value = 0;
};

// Weighted draws, one row each.
struct Posterior {
  Matrix scores;
  Matrix parameters;
  Vector log_weights;  // their exps sum to 1
  std::vector<Diagnostic> diagnostics;
  std::vector<Doubt> doubts;  // why the posterior may be a bad approximation
  Index n_simulations = 0;    // failed ones included
  Index n_failed = 0;

  [[nodiscard]] bool trusted() const { return doubts.empty(); }
  [[nodiscard]] double effective_sample_size() const;  // 1 / sum of squared weights
  [[nodiscard]] Row mean() const;                      // of the parameters
  [[nodiscard]] Matrix covariance() const;
};

// Draws with their parameters; weights need not be normalised.
Posterior posterior_of(const Prior& prior, Matrix scores, const Vector& log_weights);

// n rows, drawn with the weights (systematic resampling, then in their order).
std::vector<Index> resampled(const Vector& log_weights, Index n, std::uint64_t seed, std::uint64_t index = 0);

}  // namespace tremplin::inference
