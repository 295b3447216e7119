// Changes may name CPAS by the numbers of `tremplin cpas list`; the landscape says which there are.
#pragma once

#include "scenarios/landscape/landscape.hpp"
#include "scenarios/scenario.hpp"

namespace tremplin {

// Offices of the landscape: their numbers are 0 to n_offices - 1, by region and size whatever the seed.
int n_offices(const Landscape& landscape);

// Throws InputError with a fault for each number that is none, with the nearest one.
void require_known_cpas(const Scenario& scenario, const Landscape& landscape);

}  // namespace tremplin
