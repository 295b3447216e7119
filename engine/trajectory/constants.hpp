// What follows from the world and the parameters alone, computed once per run so that the month loop only
// multiplies: tables of duration dependence, mortality and returns, national means of practice.
#pragma once

#include <array>

#include "engine/parameters.hpp"
#include "engine/world.hpp"

namespace tremplin {

constexpr int n_duration_years = 30;
constexpr int max_age = 120;
constexpr int return_horizon_months = 480;
// Candidate months of return are drawn at this multiple of the hazard, so that scenarios and tightness
// can raise it; beyond the multiple they cannot.
constexpr double return_headroom = 2;

struct Constants {
  std::array<double, n_duration_years> duration_factor{};  // by completed years on benefit
  std::array<double, max_age + 1> death{};                 // monthly hazard by age
  // Cumulative hazard of returning for a return factor of 1, after 0, 1, 2 … months out.
  std::array<double, return_horizon_months + 1> return_cumulative{};
  double first_requests_per_grant = 1;  // potential applicants behind one first grant
  double return_power = 0;              // return factor = exit factor ^ this

  // Means over all CPAS (the national rule that harmonisation moves towards).
  double mean_exempt_health = 0;
  double mean_exempt_over_50 = 0;
  double mean_exempt_lone_parent = 0;
  double mean_exempt_homeless = 0;
  double mean_exempt_student = 0;
  double mean_trained = 0;
};

Constants make_constants(const World& world, const Parameters& parameters);

// p with its odds multiplied by `factor`.
constexpr double scale_odds(double p, double factor) {
  const double odds = p * factor;
  return odds == 0 ? 0 : odds / (1 - p + odds);
}

}  // namespace tremplin
