// Engine and twin side by side, month by month: every person the engine holds, every tally, every sum.
#pragma once

#include <string>

#include "tests/verification/twin/twin.hpp"

namespace tremplin::twin {

struct Comparison {
  // Empty if everything is the same, bit for bit; else the first difference: the month, who, which field,
  // both values, and that person's draws of the month in both.
  std::string difference;
  OfficeMonth sum;  // of all months, so that a test can tell what was met
};

// Lives the plan's months of one office twice, up to the first difference.
Comparison compare(const World& world, const Office& office, const Parameters& parameters,
                   const RulesTable& table, const Plan& plan);

}  // namespace tremplin::twin
