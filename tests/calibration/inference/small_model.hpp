// A small version of our own model as a problem of the inference core: the engine on one small office with
// parameters that are uncertain, and a handful of figures of two years. Numbers are chosen for the tests;
// none is a statistic.
#pragma once

#include "calibration/inference/problem.hpp"

namespace tremplin::test {

// Parameters entry_rate, grant_share, exit_job, return_hazard and deterrence_obligation, whose prior has a
// spike at no effect; figures scatter as the engine does, and no data are set.
inference::Problem small_model();

}  // namespace tremplin::test
