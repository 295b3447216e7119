#include "outputs/drivers.hpp"

#include <algorithm>
#include <cmath>
#include <functional>

namespace tremplin {

void append_drivers(std::vector<Driver>& drivers, std::span<const Parameters> parameters, Indicator indicator,
                    std::span<const double> base, std::span<const double> reform) {
  const std::size_t n = std::min(base.size(), parameters.size());
  if (n < min_replicates_for_drivers) return;
  std::vector<double> differences(n);
  for (std::size_t r = 0; r < n; ++r) {
    differences[r] = reform[r] - base[r];
    if (!std::isfinite(differences[r])) return;
  }

  struct Candidate {
    Driver driver;
    double p_value;
  };
  std::vector<Candidate> candidates;
  const auto entries = all_parameters();
  for (std::size_t p = 0; p < entries.size(); ++p) {
    std::vector<double> drawn(n);
    for (std::size_t r = 0; r < n; ++r) drawn[r] = parameters[r].*entries[p].field;
    const auto line = fit_line(drawn, differences);
    if (!line) continue;
    const auto [low, high] = std::ranges::minmax(drawn);
    const Interval at{line->at(low), line->at(high)};
    const Driver driver{indicator, p, line->correlation, {low, high}, at, (at.low < 0) != (at.high < 0)};
    candidates.push_back({driver, p_value_of_order(drawn, differences)});
  }

  const double level = 0.05 / static_cast<double>(std::max<std::size_t>(candidates.size(), 1));
  std::erase_if(candidates, [&](const Candidate& candidate) { return candidate.p_value > level; });
  std::ranges::sort(candidates, std::greater<>(),
                    [](const Candidate& candidate) { return std::abs(candidate.driver.correlation); });
  for (const Candidate& candidate : candidates) drivers.push_back(candidate.driver);
}

}  // namespace tremplin
