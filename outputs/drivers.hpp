// Which parameters a conclusion hangs on (MODEL section 4: "each comparison says which would reverse it").
#pragma once

#include <span>
#include <vector>

#include "engine/parameters.hpp"
#include "outputs/compare.hpp"

namespace tremplin {

// Below this many replicates no driver is sought: a correlation of so few pairs says nothing.
constexpr std::size_t min_replicates_for_drivers = 12;

// Appends the parameters whose drawn values go with the paired difference of an indicator, strongest
// first. A parameter is kept if its correlation differs from zero at 5 % after Bonferroni's correction
// for all parameters that vary. base, reform: [replicate], finite values or nothing is appended.
void append_drivers(std::vector<Driver>& drivers, std::span<const Parameters> parameters, Indicator indicator,
                    std::span<const double> base, std::span<const double> reform);

}  // namespace tremplin
