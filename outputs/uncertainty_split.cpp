#include "outputs/uncertainty_split.hpp"

#include <algorithm>
#include <cmath>

#include "calibration/inference/keyed.hpp"

namespace tremplin {

namespace {

constexpr std::size_t n_bootstraps = 999;
constexpr std::array members = {&ThreeRuns::a, &ThreeRuns::b, &ThreeRuns::c};

ThreeRuns means_of(std::span<const ThreeRuns> replicates) {
  ThreeRuns means;
  for (const auto member : members) {
    for (const ThreeRuns& one : replicates) means.*member += one.*member;
    means.*member /= static_cast<double>(replicates.size());
  }
  return means;
}

bool all_finite(std::span<const ThreeRuns> replicates) {
  return std::ranges::all_of(replicates, [](const ThreeRuns& one) {
    return std::isfinite(one.a) && std::isfinite(one.b) && std::isfinite(one.c);
  });
}

bool varies(std::span<const ThreeRuns> replicates) {
  const double first = replicates.front().a;
  return !std::ranges::all_of(
      replicates, [&](const ThreeRuns& one) { return one.a == first && one.b == first && one.c == first; });
}

// What repeated draws of the replicates gave for one quantity.
struct Repeats {
  std::vector<double> deviation;
  ByOrigin<std::vector<double>> shares;

  void add(const VarianceShares& one) {
    deviation.push_back(std::sqrt(one.variance));
    for (std::size_t origin = 0; origin < shares.size(); ++origin)
      shares[origin].push_back(one.shares[origin]);
  }
};

void set_intervals(Spread& spread, const Repeats& repeats) {
  spread.deviation_interval = between_ranks(repeats.deviation);
  if (!spread.deviation_interval) return;
  ByOrigin<Interval> intervals;
  for (std::size_t origin = 0; origin < intervals.size(); ++origin)
    intervals[origin] = between_ranks(repeats.shares[origin]).value_or(Interval{});
  spread.share_intervals = intervals;
}

std::optional<Spread> spread_of(std::span<const ThreeRuns> replicates) {
  if (replicates.size() < 2 || !all_finite(replicates)) return std::nullopt;
  const ThreeRuns means = means_of(replicates);
  Spread spread;
  spread.mean = (means.a + means.b + means.c) / 3;
  if (!varies(replicates)) spread.mean = replicates.front().a;
  if (const auto found = variance_shares(replicates)) {
    spread.deviation = std::sqrt(found->variance);
    spread.shares = found->shares;
    spread.shared = true;
  }
  return spread;
}

}  // namespace

std::optional<VarianceShares> variance_shares(std::span<const ThreeRuns> replicates) {
  if (replicates.size() < 2 || !varies(replicates)) return std::nullopt;
  const ThreeRuns means = means_of(replicates);
  ThreeRuns squares;
  double parameters = 0;
  double landscape = 0;
  for (const ThreeRuns& one : replicates) {
    const ThreeRuns off{one.a - means.a, one.b - means.b, one.c - means.c};
    for (const auto member : members) squares.*member += off.*member * (off.*member);
    parameters += off.a * off.b;
    landscape += off.a * off.c;
  }
  const double total = (squares.a + squares.b + squares.c) / 3;
  if (!(total > 0)) return std::nullopt;
  parameters = std::max(parameters / total, 0.0);
  landscape = std::max(landscape / total, 0.0);
  const double excess = std::max(parameters + landscape, 1.0);
  parameters /= excess;
  landscape /= excess;
  return VarianceShares{total / static_cast<double>(replicates.size() - 1),
                        {std::max(1 - parameters - landscape, 0.0), parameters, landscape}};
}

std::vector<std::optional<Spread>> split_spread(std::span<const std::vector<ThreeRuns>> quantities,
                                                std::uint64_t seed) {
  std::vector<std::optional<Spread>> spreads;
  for (const std::vector<ThreeRuns>& replicates : quantities) spreads.push_back(spread_of(replicates));
  if (quantities.empty() || quantities.front().size() < fewest_for_intervals) return spreads;
  const std::size_t n = quantities.front().size();
  std::vector<Repeats> repeats(quantities.size());
  std::vector<std::size_t> chosen(n);
  std::vector<ThreeRuns> drawn(n);
  for (std::size_t repeat = 0; repeat < n_bootstraps; ++repeat) {
    inference::Keyed draws(seed, inference::Purpose::bootstrap, repeat);
    for (std::size_t& one : chosen) one = draws.below(static_cast<std::uint32_t>(n));
    for (std::size_t q = 0; q < quantities.size(); ++q) {
      if (!spreads[q] || !spreads[q]->shared) continue;
      std::ranges::transform(chosen, drawn.begin(), [&](std::size_t one) { return quantities[q][one]; });
      if (const auto found = variance_shares(drawn)) repeats[q].add(*found);
    }
  }
  for (std::size_t q = 0; q < quantities.size(); ++q)
    if (spreads[q] && spreads[q]->shared) set_intervals(*spreads[q], repeats[q]);
  return spreads;
}

}  // namespace tremplin
