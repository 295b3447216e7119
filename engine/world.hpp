// The world of a run: all CPAS, the margins of the people who come, and the environment.
#pragma once

#include <vector>

#include "engine/cpas/office.hpp"
#include "engine/population/margins.hpp"

namespace tremplin {

struct World {
  std::vector<Office> offices;
  PopulationMargins margins;
  Environment environment;
};

}  // namespace tremplin
