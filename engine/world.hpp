// The world of a run: all CPAS, the margins of the people who come, and the environment.
#pragma once

#include <array>
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
  // Expected people paid integration income a month in 2013 in each region of the country, likewise.
  std::array<double, n_regions> caseload_by_region{};
};

}  // namespace tremplin
