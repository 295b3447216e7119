// Where to simulate first: Sobol points with Owen's nested scrambling (Owen 1995), keyed by the seed, mapped
// to normal scores. Direction numbers of Joe and Kuo (2008) as Boost.Random holds them.
#pragma once

#include <cstdint>

#include "calibration/inference/types.hpp"

namespace tremplin::inference {

// n x dimensions in (0, 1); dimensions <= 3667. The first rows of a longer design are those of a shorter one.
Matrix sobol_points(Index n, Index dimensions, std::uint64_t seed);
// The same as standard normal scores.
Matrix sobol_scores(Index n, Index dimensions, std::uint64_t seed);

}  // namespace tremplin::inference
