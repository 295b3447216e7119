#include "engine/law/amounts.hpp"

#include <algorithm>
#include <array>

namespace tremplin {

namespace {
// What is left of a subsidy after a band's addition or withholding.
double with_band(double subsidy, double added) { return std::max(0.0, subsidy + added); }

std::uint16_t duty_groups_of(const Rules& rules) {
  if (rules.piis_left_to_worker != 0) return 0;
  const std::array by_category = {rules.piis_cohabitant, rules.piis_single, rules.piis_family};
  unsigned groups = 0;
  for (unsigned category = 0; category < by_category.size(); ++category) {
    for (const bool equivalent : {false, true}) {
      for (const bool exempted : {false, true}) {
        const bool in_scope = by_category[category] != 0 && (!equivalent || rules.piis_equivalent != 0) &&
                              (!exempted || rules.piis_exempted != 0);
        groups |= static_cast<unsigned>(in_scope) << duty_group(category, equivalent, exempted);
      }
    }
  }
  return static_cast<std::uint16_t>(groups);
}
}  // namespace

SubsidyBand subsidy_band(const Rules& rules, double coverage) {
  const std::array from = {rules.subsidy_band_from_2, rules.subsidy_band_from_3, rules.subsidy_band_from_4,
                           rules.subsidy_band_from_5};
  const std::array added = {rules.subsidy_band_added_1, rules.subsidy_band_added_2,
                            rules.subsidy_band_added_3, rules.subsidy_band_added_4,
                            rules.subsidy_band_added_5};
  std::size_t band = 0;
  while (band < from.size() && coverage >= from[band]) ++band;
  if (band == from.size()) return {.added = added[band], .added_next = added[band]};
  std::size_t next = band + 1;  // bands without width are jumped
  while (next < from.size() && from[next] <= from[band]) ++next;
  return {.added = added[band], .added_next = added[next], .until = from[band]};
}

Amounts amounts_of(const Rules& rules, double coverage) {
  constexpr double days_a_month = 30.44;
  constexpr int never = 1200;
  const double added = subsidy_band(rules, coverage).added;
  return {
      .income = {cents_of(rules.ris_cohabitant), cents_of(rules.ris_single), cents_of(rules.ris_family)},
      .exempt_income = {cents_of(rules.exempt_income_cohabitant / 12),
                        cents_of(rules.exempt_income_single / 12), cents_of(rules.exempt_income_family / 12)},
      .exempt_earnings = cents_of(rules.spi_amount),
      .exempt_earnings_shortage = cents_of(std::max(rules.spi_amount, rules.spi_shortage_amount)),
      .exempt_earnings_window = rules.spi_window_months * days_a_month,
      .evaluation_interval =
          rules.evaluations_per_year == 0 ? never : std::max(1, 12 / rules.evaluations_per_year),
      .duty_groups = duty_groups_of(rules),
      .duty_under = 12 * rules.piis_under_age,
      .duty_novelty = rules.piis_novelty_months,
      .subsidy_added = added,
      .subsidy_general = millionths_of(with_band(rules.subsidy_general, added)),
      .subsidy_students = millionths_of(with_band(rules.subsidy_students, added)),
      .subsidy_training_floor = millionths_of(rules.subsidy_training_floor),
      .withheld_partially = millionths_of(rules.sanction_partial_share),
      .reimbursed_equivalent = millionths_of(rules.reimbursement_equivalent),
      .ended_at_least =
          rules.reimbursement_ended_kind == 1 ? millionths_of(rules.reimbursement_ended_share) : 0,
      .ended_added = rules.reimbursement_ended_kind == 2 ? millionths_of(rules.reimbursement_ended_added) : 0,
      .ended_staff = cents_of(rules.staff_subsidy_ended / 12)};
}

}  // namespace tremplin
