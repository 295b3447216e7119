#include "engine/trajectory/constants.hpp"

#include "engine/base/portable_math.hpp"

namespace tremplin {

Constants make_constants(const World& world, const Parameters& p) {
  Constants c;
  double factor = 1;
  for (double& value : c.duration_factor) {
    value = factor;
    factor *= p.duration_dependence;
  }
  constexpr double doubling_years = 8;  // as parameter death_at_50 says
  constexpr double ln2 = 0.69314718055994531;
  for (int age = 0; age <= max_age; ++age) {
    c.death[static_cast<std::size_t>(age)] = p.death_at_50 * portable::exp(ln2 * (age - 50) / doubling_years);
  }
  for (int t = 1; t <= return_horizon_months; ++t) {
    const double hazard = p.return_hazard * portable::exp(-p.return_fading * (t - 1)) + p.return_floor;
    c.return_cumulative[static_cast<std::size_t>(t)] =
        c.return_cumulative[static_cast<std::size_t>(t) - 1] + hazard;
  }
  c.return_power = -p.return_frailty;
  const double claims = p.take_up + (1 - p.take_up) * p.later_claim;
  c.first_requests_per_grant = 1 / (p.grant_share * claims);

  const PracticeMeans country = world.country ? *world.country : means_of(world.offices);
  c.mean_exempt_health = country.exempt_health;
  c.mean_exempt_over_50 = country.exempt_over_50;
  c.mean_exempt_lone_parent = country.exempt_lone_parent;
  c.mean_exempt_homeless = country.exempt_homeless;
  c.mean_exempt_student = country.exempt_student;
  c.mean_trained = country.trained;
  return c;
}

}  // namespace tremplin
