// Who comes: the margins from which the people who become eligible are drawn, and how many they are.
// Filled from scenarios/landscape/*.yaml, where each number stands beside its source.
#pragma once

#include <array>
#include <vector>

#include "engine/base/month.hpp"
#include "engine/cpas/office.hpp"
#include "engine/law/rules.hpp"

namespace tremplin {

struct PopulationMargins {
  // Age at the first request: shares of [18,25), [25,40), [40,50), [50,65), 65 and over; sum to 1.
  std::array<double, 5> age{};
  // Share of women and household categories (cohabitant, single, family) in [under 25, 25 and over].
  std::array<double, 2> women{};
  std::array<std::array<double, 3>, 2> category{};
  // The same for people who come to equivalent income.
  std::array<double, 2> women_equivalent{};
  std::array<double, 3> category_equivalent{};
  std::array<double, 5> age_equivalent{};
  double homeless = 0;        // share at the request
  double lone_parent = 0;     // share of category 3 that is a lone parent
  double child_under_3 = 0;   // share of lone parents whose youngest child is under 3
  double insured_before = 0;  // share with earlier unemployment insurance
  double low_education = 0;
  double non_eu = 0;
};

// What moves over time for everyone, the same in every scenario.
struct Environment {
  Month from;                  // first month of the vectors below (burn-in included)
  std::vector<double> inflow;  // intensity of first requests, 1 in 2013, aligned once on the baseline
  std::vector<double> inflow_equivalent;
  std::vector<double> staff;  // social workers, 1 in 2013
  // Places in activities, 1 in 2013, by income group of the office.
  std::array<std::vector<double>, n_income_groups> places;
  std::vector<double> part_time;                         // starts of part-time work, 1 in 2013
  std::vector<double> student_share;                     // share of students among people under 25 who come
  std::array<std::vector<double>, n_regions> tightness;  // labour market, 1 on average

  [[nodiscard]] std::size_t index(Month month) const { return static_cast<std::size_t>(month - from); }
};

}  // namespace tremplin
