// ABC by sequential Monte Carlo, for posteriors of odd shape: nothing is assumed of the noise, runs near the
// data are kept (issue: from surveys to a calibrated model, point 5c). Each generation proposes around the
// runs kept so far (kernels of local width), scales the distance anew by the spread of its own runs (median
// absolute deviation; Prangle 2017), and lets the tolerance fall to what a given number of effective
// particles affords. No run is thrown away: all generations together are one sample of a mixture of
// proposals, whose density gives each run its weight (deterministic mixture, Owen and Zhou 2000), so that
// particles are replenished from all runs and a budget may end anywhere.
#pragma once

#include <cstdint>
#include <functional>

#include "calibration/inference/problem.hpp"

namespace tremplin::inference {

struct GenerationReport {
  int generation = 0;
  double tolerance = 0;  // in spreads of the runs of the last generation, root mean square over summaries
  double kept = 0;       // share of the generation's runs within the tolerance
  Index n_simulations = 0;
  Index n_failed = 0;
};

struct AbcOptions {
  Index budget = 10'000;     // simulations, failed ones included; at least 200, never exceeded
  int n_generations = 10;    // after the first
  double first_share = 0.2;  // of the budget, over the prior
  // Effective particles within the tolerance, as a share of a generation's runs: lower is a smaller
  // tolerance.
  double quantile = 0.4;
  bool adjust = true;
  Index n_draws = 10'000;
  std::uint64_t seed = 1;
  std::function<void(const GenerationReport&)> after_generation;  // may be empty
};

// Likelihoods that are known are simulated (data drawn around the summaries). Draws of equal weight, smoothed
// by local kernels. Throws std::invalid_argument on a problem or options that make no sense,
// std::runtime_error if too few runs succeed. Same bits for any number of threads.
Posterior abc_smc(const Problem& problem, const AbcOptions& options);

}  // namespace tremplin::inference
