// Numbered decisions: the enumerators of decisions.def. A retired decision has no enumerator, so that no code
// can ask it, but keeps its entry, so that its number is not given to another.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace tremplin {

enum class Decision : std::uint16_t {
#define DECISION(number, name, meaning) name = (number),
#define RETIRED_DECISION(number, name, why)
#include "engine/base/decisions.def"
#undef RETIRED_DECISION
#undef DECISION
};

struct DecisionEntry {
  std::uint16_t number;
  std::string_view name;
  std::string_view meaning;  // of a retired one: why it is asked no longer
  bool retired;
};
// By number, retired ones included.
std::span<const DecisionEntry> all_decisions();

}  // namespace tremplin
