// A first location for many parameters from few runs: ensemble smoother with multiple data assimilation
// (Emerick and Reynolds 2013), also known as ensemble Kalman inversion, in normal scores and on the scales of
// the data's links, with steps chosen by the misfit (Iglesias and Yang 2021). Exact, but for the finite
// ensemble, where summaries are linear in the scores and noise is normal; else a first guess (issue: from
// surveys to a calibrated model, point 5b).
#pragma once

#include <cstdint>
#include <functional>

#include "calibration/inference/prior_conflict.hpp"
#include "calibration/inference/problem.hpp"

namespace tremplin::inference {

struct SmootherReport {
  int step = 0;
  double share_done = 0;  // of the likelihood taken in, up to 1
  Index n_simulations = 0;
  Index n_failed = 0;
};

struct SmootherOptions {
  Index n_members = 200;  // at least 20
  Index budget = 4000;    // simulations, failed ones included; at least four times the members
  // Of the members, run a second time at each step, so that the simulator's noise is known apart from what
  // the parameters do; at least 10. Ends after the first step if runs do not scatter.
  double replicated = 0.25;
  // Correlations that chance explains are left out of the gain. By default where the ensemble is small:
  // fewer members than 20 for each score and summary.
  enum class Localise { by_size, always, never } localise = Localise::by_size;
  std::uint64_t seed = 1;
  std::function<void(const SmootherReport&)> after_step;  // may be empty
};

struct SmootherResult {
  Posterior posterior;  // one draw for each member, equal weights
  PriorConflict conflict;
  Simulations first, last;  // at the prior's draws, and at the posterior's
};

// A member whose run fails is counted and drawn anew from the normal approximation of those that did not
// fail. Doubts: prior-data conflict; a budget that ended before all data were taken in; many failures;
// summaries of the posterior that miss the data. Throws std::invalid_argument on a problem or options that
// make no sense, std::runtime_error if fewer than half the first members succeed. Same bits for any number
// of threads.
SmootherResult ensemble_smoother(const Problem& problem, const SmootherOptions& options);

}  // namespace tremplin::inference
