#include "scenarios/landscape/named_offices.hpp"

#include <fmt/format.h>

#include <numeric>

#include "scenarios/yaml/faults.hpp"

namespace tremplin {

int n_offices(const Landscape& landscape) {
  const auto& by_region = landscape.frame.offices;
  return std::accumulate(by_region.begin(), by_region.end(), 0);
}

void require_known_cpas(const Scenario& scenario, const Landscape& landscape) {
  const int last = n_offices(landscape) - 1;
  Faults faults;
  for (const Change& change : scenario.changes) {
    for (const CpasId id : change.cpas) {
      const int number = static_cast<int>(id);
      if (number <= last) continue;
      faults.add({.kind = FaultKind::unknown_name,
                  .source = change.source,
                  .line = change.line,
                  .column = change.column,
                  .key = "cpas",
                  .found = std::to_string(number),
                  .expected = fmt::format("0 .. {}", last),
                  .nearest = std::to_string(last)});
    }
  }
  faults.throw_if_any();
}

}  // namespace tremplin
