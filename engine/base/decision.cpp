#include "engine/base/decision.hpp"

#include <array>

namespace tremplin {

namespace {
constexpr std::array decisions = {
#define DECISION(number, name, meaning) DecisionEntry{number, #name, meaning, false},
#define RETIRED_DECISION(number, name, why) DecisionEntry{number, #name, why, true},
#include "engine/base/decisions.def"
#undef RETIRED_DECISION
#undef DECISION
};

constexpr bool numbers_rise() {
  for (std::size_t i = 1; i < decisions.size(); ++i) {
    if (decisions[i].number <= decisions[i - 1].number) return false;
  }
  return decisions.back().number < 256;
}
static_assert(numbers_rise(),
              "decision numbers rise, without repetition, and stay below 256; retired ones too");
}  // namespace

std::span<const DecisionEntry> all_decisions() { return decisions; }

}  // namespace tremplin
