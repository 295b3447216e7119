// Which parameters a conclusion hangs on (MODEL section 4: "each comparison says which would reverse it").
#pragma once

#include <span>
#include <vector>

#include "engine/parameters.hpp"
#include "outputs/compare.hpp"

namespace tremplin {

// Below this many replicates no driver is sought: of 7 pairs even a perfect order (probability 2 / 7!) does
// not stand out among more than a hundred parameters, of 8 it does.
constexpr std::size_t min_replicates_for_drivers = 8;

// Appends the parameters whose drawn values go with the paired difference of an indicator, strongest
// first. A parameter is kept if the order of its values goes with that of the differences (Kendall's exact
// test) at 5 % after Bonferroni's correction for all parameters that vary: of an indicator that hangs on
// none, at most one report in twenty names any. With 10 replicates only the strongest are found. base,
// reform: [replicate], finite values or nothing is appended.
void append_drivers(std::vector<Driver>& drivers, std::span<const Parameters> parameters, Indicator indicator,
                    std::span<const double> base, std::span<const double> reform);

}  // namespace tremplin
