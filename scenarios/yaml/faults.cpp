#include "scenarios/yaml/faults.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

namespace tremplin {

namespace {

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Optimal string alignment distance. Names are short: three rows of the table suffice.
std::size_t edit_distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1);
  std::vector<std::size_t> last(b.size() + 1);
  std::vector<std::size_t> row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const bool same = lower(a[i - 1]) == lower(b[j - 1]);
      row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (same ? 0u : 1u)});
      const bool swapped =
          i > 1 && j > 1 && lower(a[i - 1]) == lower(b[j - 2]) && lower(a[i - 2]) == lower(b[j - 1]);
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    before.swap(last);
    last.swap(row);
  }
  return last[b.size()];
}

template <class Name>
std::string nearest(std::string_view found, std::span<const Name> candidates) {
  // A name longer than any of ours is no misspelling; this also bounds the work on hostile input.
  constexpr std::size_t longest = 200;
  if (found.size() > longest) return {};
  std::string_view best;
  std::size_t best_distance = std::numeric_limits<std::size_t>::max();
  for (const std::string_view candidate : candidates) {
    const std::size_t distance = edit_distance(found, candidate);
    if (distance < best_distance && distance * 3 <= std::max(found.size(), candidate.size())) {
      best = candidate;
      best_distance = distance;
    }
  }
  return std::string(best);
}

}  // namespace

void Faults::throw_if_any() const {
  if (faults_.empty()) return;
  std::vector<Fault> sorted = faults_;
  std::ranges::stable_sort(sorted, [](const Fault& a, const Fault& b) {
    return std::tie(a.source, a.line, a.column) < std::tie(b.source, b.line, b.column);
  });
  throw InputError(std::move(sorted));
}

std::string nearest_name(std::string_view found, std::span<const std::string_view> candidates) {
  return nearest(found, candidates);
}

std::string nearest_name(std::string_view found, std::span<const std::string> candidates) {
  return nearest(found, candidates);
}

}  // namespace tremplin
