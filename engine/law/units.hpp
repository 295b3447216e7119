// Units of levers, parameters and tallies. The name written in YAML and HDF5 is the enumerator's (units.def).
#pragma once

#include <array>
#include <string_view>

namespace tremplin {

enum class Unit {
#define UNIT(name) name,
#include "engine/law/units.def"
#undef UNIT
};

constexpr std::string_view name_of(Unit unit) {
  constexpr std::array names = {
#define UNIT(name) std::string_view(#name),
#include "engine/law/units.def"
#undef UNIT
  };
  return names[static_cast<std::size_t>(unit)];
}

}  // namespace tremplin
