// Data made up from a model, in place of those observed: what checks of inference methods start from.
#pragma once

#include <cstdint>

#include "calibration/inference/observation.hpp"

namespace tremplin::inference {

// The same terms with data drawn around one run's summaries, discrepancy included: where the noise is the
// simulator's, the summaries themselves; counts and successes are whole numbers. An interval keeps its width
// and moves its middle. The noise of the run is in the data, so that a term with a known likelihood and a
// simulator that scatters must have noise_share 1. The summaries are finite (std::invalid_argument).
Observation made_up_observation(const Observation& like, const Row& summaries, std::uint64_t seed);

}  // namespace tremplin::inference
