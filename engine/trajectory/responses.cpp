// What money and inspection do to behaviour, once a month for the office: incentives for social activation
// (48.7 % of CPAS grant some, 000:936), the next band of the contract subsidy (the bands foreseen for 2028)
// and inspections of contracts (003:4045). Each response is a parameter whose prior holds no effect.
#include <algorithm>

#include "engine/base/portable_math.hpp"
#include "engine/trajectory/step.hpp"

namespace tremplin {

namespace {

// The effect of so many times 100 euro a month: linear, exact for no effect.
double incentive_effect(double euro_per_month, double effect) {
  return std::max(0.0, 1 + euro_per_month / 100 * (effect - 1));
}

// An office whose coverage of the year before lies just below the next band aims at it.
double pull_of_bands(const Step& s) {
  const SubsidyBand band = subsidy_band(*s.rules, s.state.coverage_last_year);
  const double gain = band.added_next - band.added;
  if (gain <= 0 || band.until - s.state.coverage_last_year > s.p.band_reach) return 1;
  return portable::exp(s.p.band_response * gain);
}

}  // namespace

void responses_of_the_month(Step& s) {
  const Rules& rules = *s.rules;
  if (rules.social_activation_incentive > 0) {
    const double euro = rules.social_activation_incentive;
    s.incentive_start = incentive_effect(euro, s.p.effect_incentive_start);
    s.incentive_drop_out = incentive_effect(euro, s.p.effect_incentive_drop_out);
  }
  s.band_pull = pull_of_bands(s);
  s.made_good = rules.piis_inspection * s.p.effect_inspection;
}

}  // namespace tremplin
