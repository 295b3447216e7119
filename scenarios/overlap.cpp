#include "scenarios/overlap.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/yaml/reader.hpp"

namespace tremplin {

namespace {

bool meet(const auto& a, const auto& b) {
  for (std::size_t i = 0; i < a.size(); ++i)
    if (a[i] && b[i]) return true;
  return false;
}

// Where a named CPAS lies only the landscape knows: it may be in any region and of any size.
bool meet_somewhere(const Change& a, const Change& b) {
  const bool named = !a.cpas.empty() && !b.cpas.empty();
  const bool apart = named && std::ranges::none_of(
                                  a.cpas, [&](CpasId id) { return std::ranges::binary_search(b.cpas, id); });
  return !apart && meet(a.regions, b.regions) && meet(a.sizes, b.sizes);
}

bool meet_somebody(const Change& a, const Change& b) {
  return std::ranges::any_of(all_kinds_of_people,
                             [&](GroupSet groups) { return is_for(a, groups) && is_for(b, groups); });
}

}  // namespace

bool conflict(const Change& a, const Change& b) {
  if (a.lever != b.lever) return false;
  // Files need no check: new files are among all files, and the later of two cohorts of new files is
  // part of the earlier one.
  if (a.from >= b.until || b.from >= a.until) return false;
  if (!meet_somewhere(a, b) || !meet_somebody(a, b)) return false;
  return a.operation != b.operation || a.operation == Operation::set;
}

namespace {

constexpr std::string_view sign_of(Operation operation) {
  return operation == Operation::set ? "=" : operation == Operation::scale ? "×" : "+";
}

// "scenarios/reforms/a.yaml:12:5: = 120"
std::string described(const Change& change) {
  return fmt::format("{}:{}:{}: {} {}", change.source, change.line, change.column, sign_of(change.operation),
                     yaml::to_string(change.value));
}

}  // namespace

void report_overlaps(std::span<const Change* const> changes, Faults& faults) {
  for (std::size_t i = 0; i < changes.size(); ++i) {
    const Change& change = *changes[i];
    const auto earlier = changes.first(i);
    const auto other =
        std::ranges::find_if(earlier, [&](const Change* candidate) { return conflict(*candidate, change); });
    if (other == earlier.end()) continue;
    const bool agree = change.operation == (*other)->operation && change.value == (*other)->value;
    faults.add({.kind = agree ? FaultKind::repeated_change : FaultKind::overlapping_changes,
                .source = change.source,
                .line = change.line,
                .column = change.column,
                .key = std::string(change.lever->path),
                .found = described(**other),
                .expected = std::string(agree ? expects::one_place : expects::one_change)});
  }
}

}  // namespace tremplin
