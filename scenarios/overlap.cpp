#include "scenarios/overlap.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tremplin {

bool conflict(const Change& a, const Change& b) {
  if (a.lever != b.lever) return false;
  // Files need no check: new files are among all files, and the later of two cohorts of new files is
  // part of the earlier one.
  if (a.from >= b.until || b.from >= a.until) return false;
  bool share_a_region = false;
  for (std::size_t r = 0; r < a.regions.size(); ++r) share_a_region |= a.regions[r] && b.regions[r];
  if (!share_a_region) return false;
  return a.operation != b.operation || a.operation == Operation::set;
}

void report_overlaps(std::span<const Change* const> changes, Faults& faults) {
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const auto earlier = changes.first(i);
    const auto other = std::ranges::find_if(
        earlier, [&](const Change* candidate) { return conflict(*candidate, *changes[i]); });
    if (other == earlier.end()) continue;
    faults.add({.kind = FaultKind::overlapping_changes,
                .source = changes[i]->source,
                .line = changes[i]->line,
                .column = changes[i]->column,
                .key = std::string(changes[i]->lever->path),
                .found = fmt::format("{}:{}", (*other)->source, (*other)->line),
                .expected = {},
                .nearest = {}});
  }
}

}  // namespace tremplin
