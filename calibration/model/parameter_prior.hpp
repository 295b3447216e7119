// The priors of calibration/parameters.yaml as one prior of the inference core: a map from independent normal
// scores to parameters (issue: from surveys to a calibrated model, point 3).
#pragma once

#include <span>
#include <vector>

#include "calibration/inference/prior.hpp"
#include "calibration/priors.hpp"

namespace tremplin {

// Places of what the priors leave open: parameters, then common errors.
std::vector<std::size_t> uncertain_places(const PriorTable& priors);

// The same places and the common errors of which any of them is a member; sorted.
std::vector<std::size_t> with_common_errors(const PriorTable& priors, std::vector<std::size_t> places);

// One score for each place chosen (at least one), independent of one another as in draw_parameters(); spikes
// are flat parts of the map, and the registry's bounds hold. Of a common error the parameter is its score.
// Throws std::invalid_argument where a member is chosen without its common error.
inference::Prior prior_of(const PriorTable& priors, std::span<const std::size_t> chosen);

// The scores behind the parameters chosen: of a member of a common error the joint one, else its own.
inference::Matrix joint_scores(const PriorTable& priors, std::span<const std::size_t> chosen,
                               const inference::Matrix& scores);

}  // namespace tremplin
