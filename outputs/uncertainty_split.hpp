// Where the spread of a difference comes from: luck, parameters, or the survey and the landscape drawn from
// it. Each replicate is run three times: A, B with A's parameters in another landscape, C in A's landscape
// with other parameters, each with luck of its own. What A and B have in common are the parameters, so their
// covariance is the parameters' part of the variance; that of A and C is the landscape's (first-order Sobol'
// indices by picking and freezing: Sobol' 1993; Janon, Klein, Lagnoux, Nodet and Prieur 2014). What is left
// is luck, and whatever the three do only together.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "outputs/statistics.hpp"

namespace tremplin {

// One quantity in the three runs of a replicate.
struct ThreeRuns {
  double a = 0;
  double b = 0;
  double c = 0;
  friend bool operator==(const ThreeRuns&, const ThreeRuns&) = default;
};
inline constexpr std::array<std::string_view, 3> run_names = {"A", "B", "C"};

enum class SpreadOrigin : std::uint8_t { luck, parameters, landscape };
inline constexpr std::array<std::string_view, 3> origin_names = {"luck", "parameters", "landscape"};
template <class T>
using ByOrigin = std::array<T, origin_names.size()>;

// The variance of one further draw and the share that each origin has of it. A part below nothing counts as
// none; two that exceed the whole are brought down to it together: shares lie in [0, 1] and sum to 1.
struct VarianceShares {
  double variance = 0;
  ByOrigin<double> shares{};
};
// Of finite values; nothing with fewer than two replicates, or where nothing varies.
std::optional<VarianceShares> variance_shares(std::span<const ThreeRuns> replicates);

// With fewer replicates shares have no interval: a bootstrap of so few says too little.
inline constexpr std::size_t fewest_for_intervals = 10;

struct Spread {
  double mean = 0;       // over all runs
  double deviation = 0;  // standard deviation of one further draw: one run of one landscape
  ByOrigin<double> shares{};
  bool shared = false;  // false where nothing varies: no shares
  // 95 % bootstrap intervals over replicates.
  std::optional<Interval> deviation_interval;
  std::optional<ByOrigin<Interval>> share_intervals;

  [[nodiscard]] double share(SpreadOrigin origin) const { return shares[static_cast<std::size_t>(origin)]; }
};

// The spread of each quantity; quantities: [quantity][replicate], all of one length. Nothing for a quantity
// with fewer than two replicates or a value that is not finite. Quantities are drawn anew together, keyed by
// the seed.
std::vector<std::optional<Spread>> split_spread(std::span<const std::vector<ThreeRuns>> quantities,
                                                std::uint64_t seed);

}  // namespace tremplin
