#include "calibration/model/target_check.hpp"

#include <cmath>

namespace tremplin {

TargetCheck checked(const Target& target, const inference::Vector& simulated) {
  constexpr double normal_975 = 1.959963984540054;
  TargetCheck check;
  check.mean = simulated.mean();
  const auto n = static_cast<double>(simulated.size());
  check.sd = n < 2 ? 0 : std::sqrt((simulated.array() - check.mean).square().sum() / (n - 1));
  const double own = target.discrepancy * target.value;
  double half = std::sqrt(check.sd * check.sd + target.se * target.se + own * own) * normal_975;
  if (const auto* interval = std::get_if<IntervalFigure>(&target.likelihood))
    half += (interval->high - interval->low) / 2;
  check.low = check.mean - half;
  check.high = check.mean + half;
  check.inside = check.low <= target.value && target.value <= check.high;
  return check;
}

}  // namespace tremplin
