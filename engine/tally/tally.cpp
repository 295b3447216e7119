#include "engine/tally/tally.hpp"

#include <algorithm>

namespace tremplin {

namespace {
constexpr std::array tallies = {
#define TALLY(name, kind, unit, scope, meaning) \
  TallyEntry{#name, TallyKind::kind, Unit::unit, TallyScope::scope, meaning},
#include "engine/tally/tallies.def"
#undef TALLY
};
constexpr std::array tasks = {
#define TASK(name, line, meaning) TaskEntry{#name, line, meaning},
#include "engine/tally/tasks.def"
#undef TASK
};
}  // namespace

std::span<const TallyEntry> all_tallies() { return tallies; }

const TallyEntry* find_tally(std::string_view name) {
  const auto* found = std::ranges::find(tallies, name, &TallyEntry::name);
  return found == tallies.end() ? nullptr : found;
}

std::span<const TaskEntry> all_tasks() { return tasks; }

}  // namespace tremplin
