// The single best parameters (issue: from surveys to a calibrated model, point 5d): maximum likelihood, or
// the mode of the posterior in normal scores, on a likelihood that is cheap and smooth (an emulated one) or
// on the simulator with its noise. Scores have no bounds of their own; a top is sought where the prior still
// is.
#pragma once

#include <cstdint>

#include "calibration/inference/problem.hpp"
#include "calibration/inference/tempered_smc.hpp"

namespace tremplin::inference {

enum class Estimate { maximum_likelihood, maximum_a_posteriori };

// Scores beyond have a prior probability of 6e-5.
inline constexpr double furthest_fit = 4;

struct PointFit {
  Estimate estimate{};
  Row scores;
  Row parameters;
  double value =
      0;  // log likelihood; of a mode with the prior's log density of the scores, up to its constant
  double error = 0;  // standard error of the value; 0 where the likelihood has no noise
  Index n_evaluations = 0;
  bool converged = false;
  bool at_edge = false;     // a score lies at the end of what was searched: the data do not hold it
  Index n_simulations = 0;  // failed ones included; 0 on an emulated likelihood
  Index n_failed = 0;
};

struct PointFitOptions {
  Index budget = 20'000;  // evaluations of the likelihood
  std::uint64_t seed = 1;
};

// CMA-ES with restarts, then BOBYQA from its top. The mode is that in scores: it would lie elsewhere in
// another scale of the parameters. Where a prior has a spike the likelihood is flat in its score.
PointFit fit_point(const Prior& prior, const LogLikelihood& log_likelihood, Estimate estimate,
                   const PointFitOptions& options = {});

struct SimulatedFitOptions {
  Index budget = 800;      // simulations, failed ones included; never exceeded
  Index n_replicates = 4;  // of each point
  Row start;               // empty: the prior's middle
  double spread = 0.5;     // of the first points, in scores
  std::uint64_t seed = 1;
};

// CMA-ES on the simulator with its noise; the result is the mean of the last generations. A run that fails is
// counted and lowers the likelihood of its point. Throws std::invalid_argument on a budget too small for two
// generations. Same bits for any number of threads.
PointFit fit_point(const Problem& problem, Estimate estimate, const SimulatedFitOptions& options);

}  // namespace tremplin::inference
