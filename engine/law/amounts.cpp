#include "engine/law/amounts.hpp"

#include <algorithm>

namespace tremplin {

Amounts amounts_of(const Rules& rules) {
  constexpr double days_a_month = 30.44;
  constexpr int never = 1200;
  return {
      .income = {cents_of(rules.ris_cohabitant), cents_of(rules.ris_single), cents_of(rules.ris_family)},
      .exempt_income = {cents_of(rules.exempt_income_cohabitant / 12),
                        cents_of(rules.exempt_income_single / 12), cents_of(rules.exempt_income_family / 12)},
      .exempt_earnings = cents_of(rules.spi_amount),
      .exempt_earnings_window = rules.spi_window_months * days_a_month,
      .evaluation_interval =
          rules.evaluations_per_year == 0 ? never : std::max(1, 12 / rules.evaluations_per_year),
      .subsidy_general = millionths_of(rules.subsidy_general),
      .subsidy_students = millionths_of(rules.subsidy_students),
      .subsidy_training_floor = millionths_of(rules.subsidy_training_floor),
      .withheld_partially = millionths_of(rules.sanction_partial_share),
      .reimbursed_equivalent = millionths_of(rules.reimbursement_equivalent)};
}

}  // namespace tremplin
