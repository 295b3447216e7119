// Which of many scores a simulator's summaries feel at all: with more parameters than a polynomial can hold,
// only those are inferred, and the others keep their prior (Bettonvil and Kleijnen 1997 on screening; here by
// the terms that the extended BIC admits).
#pragma once

#include <vector>

#include "calibration/inference/problem.hpp"

namespace tremplin::inference {

// In rising order, the scores that stand in a term (of degree one or two) of any datum's link. Runs that
// failed do not count.
std::vector<Index> felt_scores(const Observation& observation, const Simulations& runs);

}  // namespace tremplin::inference
