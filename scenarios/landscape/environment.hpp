// The environment of a run from the timelines of the landscape: inflow, places, students, labour market.
#pragma once

#include "scenarios/landscape/landscape.hpp"

namespace tremplin {

// Vectors over [from, until); staff is 1 throughout.
Environment environment_of(const Timelines& times, Month from, Month until);

}  // namespace tremplin
