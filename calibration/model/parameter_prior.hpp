// The priors of calibration/parameters.yaml as one prior of the inference core: a map from independent normal
// scores to parameters (issue: from surveys to a calibrated model, point 3).
#pragma once

#include <span>
#include <vector>

#include "calibration/inference/prior.hpp"
#include "calibration/priors.hpp"

namespace tremplin {

// Places in the table of those whose prior leaves something open.
std::vector<std::size_t> uncertain_parameters(const PriorTable& priors);

// One score for each parameter chosen (places in the table, at least one), independent of one another as in
// draw_parameters(); spikes are flat parts of the map, and the registry's bounds hold.
inference::Prior prior_of(const PriorTable& priors, std::span<const std::size_t> chosen);

// Sets those parameters to a row of the prior's or of a posterior.
void set_parameters(Parameters& parameters, const PriorTable& priors, std::span<const std::size_t> chosen,
                    std::span<const double> row);

}  // namespace tremplin
