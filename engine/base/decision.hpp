// Numbered decisions: the enumerators of decisions.def.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace tremplin {

enum class Decision : std::uint16_t {
#define DECISION(number, name, meaning) name = (number),
#include "engine/base/decisions.def"
#undef DECISION
};

struct DecisionEntry {
  std::uint16_t number;
  std::string_view name;
  std::string_view meaning;
};
std::span<const DecisionEntry> all_decisions();

}  // namespace tremplin
