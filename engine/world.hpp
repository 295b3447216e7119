// The world of a run: all CPAS, the margins of the people who come, and the environment.
#pragma once

#include <optional>
#include <vector>

#include "engine/cpas/office.hpp"
#include "engine/population/margins.hpp"

namespace tremplin {

struct World {
  std::vector<Office> offices;
  PopulationMargins margins;
  Environment environment;
  // Means of practice over the country where `offices` are only a part of it (a sample, or one office of
  // one's own); without it `offices` are the country.
  std::optional<PracticeMeans> country;
};

}  // namespace tremplin
