// The engine as a simulator of the inference core: parameters in, the figures of the targets out (issue: from
// surveys to a calibrated model, point 5). Each run has luck, a landscape of CPAS and a sample of them of its
// own, so that the mean over runs is that of the whole country, and nothing rests on one draw of the
// practices.
#pragma once

#include <optional>
#include <span>
#include <stop_token>
#include <vector>

#include "calibration/inference/types.hpp"
#include "calibration/priors.hpp"
#include "calibration/targets.hpp"
#include "engine/law/rules.hpp"
#include "engine/simulate/simulate.hpp"
#include "scenarios/landscape/landscape.hpp"

namespace tremplin {

// What all runs of a calibration share.
struct ModelExperiment {
  const Landscape& landscape;
  const RulesTable& baseline;  // reaches the end of the plan
  const PriorTable& priors;
  std::vector<Target> targets;  // those that the plan covers
  Plan plan;                    // its luck is not used
  double sample = 1;            // share of CPAS in each run, as in sample_offices()
};

// The plan that reports all years of the targets in [from, until), and the targets that it covers.
std::vector<Target> targets_covered(std::vector<Target> targets, const Plan& plan);

// One figure for each target, NaN where a run has none; nullopt if stop was requested. `chosen` (places in
// the priors) have the values of `row`; all others are drawn from their priors with this seed, as are
// landscape, sample and luck. Threads are those of the caller's oneTBB arena; same bits for any number of
// them.
std::optional<inference::Vector> simulate_targets(const ModelExperiment& experiment,
                                                  std::span<const std::size_t> chosen,
                                                  std::span<const double> row, std::uint64_t seed,
                                                  Observer& observer, const std::stop_token& stop);

}  // namespace tremplin
