#include "engine/parameters.hpp"

#include <algorithm>
#include <array>

namespace tremplin {

namespace {
constexpr std::array parameters = {
#define PARAMETER(field, unit, minimum, maximum, meaning) \
  ParameterEntry{#field, Unit::unit, minimum, maximum, meaning, &Parameters::field},
#include "engine/parameters.def"
#undef PARAMETER
};
}  // namespace

std::span<const ParameterEntry> all_parameters() { return parameters; }

const ParameterEntry* find_parameter(std::string_view name) {
  const auto* found = std::ranges::find(parameters, name, &ParameterEntry::name);
  return found == parameters.end() ? nullptr : found;
}

}  // namespace tremplin
