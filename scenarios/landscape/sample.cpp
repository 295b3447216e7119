// Samples of whole CPAS, stratified as the tallies are.
#include <algorithm>
#include <cmath>

#include "scenarios/landscape/draw_offices.hpp"

namespace tremplin {

namespace {

// How many of the n offices of a stratum to draw.
std::size_t sample_size(std::size_t n, double fraction, SizeClass size) {
  if (n == 0 || size == SizeClass::over_140k) return n;
  const auto wanted = static_cast<std::size_t>(std::lround(fraction * static_cast<double>(n)));
  return std::clamp<std::size_t>(wanted, 1, n);
}

double caseload(const std::vector<Office>& offices) {
  double sum = 0;
  for (const Office& office : offices) sum += office.caseload_2013;
  return sum;
}

}  // namespace

World sample_offices(const World& world, double fraction, std::uint64_t seed,
                     std::vector<double>& stratum_weights) {
  std::vector<std::vector<Office>> strata(n_strata);
  for (const Office& office : world.offices)
    strata[static_cast<std::size_t>(stratum_of(office))].push_back(office);
  const auto lot = [&](const Office& office) {
    return office_draws({seed, 0}, office.id).word(Decision::landscape_sample);
  };
  World sample{{}, world.margins, world.environment, world.country};
  stratum_weights.assign(n_strata, 1);
  for (std::size_t s = 0; s < strata.size(); ++s) {
    std::vector<Office>& offices = strata[s];
    if (offices.empty()) continue;
    const double total = caseload(offices);
    const std::size_t n = sample_size(offices.size(), fraction, offices.front().size());
    if (n < offices.size()) {
      std::ranges::stable_sort(offices, {}, lot);
      offices.resize(n);
      stratum_weights[s] = total / caseload(offices);
    }
    sample.offices.insert(sample.offices.end(), offices.begin(), offices.end());
  }
  std::ranges::sort(sample.offices, {}, [](const Office& office) { return office.id; });
  return sample;
}

}  // namespace tremplin
