// Everything that is not law, as plain numbers: one field for each line of parameters.def.
#pragma once

#include <span>
#include <string_view>

#include "engine/law/units.hpp"

namespace tremplin {

struct Parameters {
#define PARAMETER(field, unit, minimum, maximum, meaning) double field{};
#include "engine/parameters.def"
#undef PARAMETER
  friend bool operator==(const Parameters&, const Parameters&) = default;
};

struct ParameterEntry {
  std::string_view name;
  Unit unit;
  double minimum;
  double maximum;
  std::string_view meaning;
  double Parameters::*field;
};

std::span<const ParameterEntry> all_parameters();
const ParameterEntry* find_parameter(std::string_view name);  // nullptr if there is none

}  // namespace tremplin
