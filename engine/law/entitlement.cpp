#include "engine/law/entitlement.hpp"

#include <algorithm>
#include <cmath>

namespace tremplin {

Cents income_after_means(const Amounts& amounts, std::size_t category, Cents counted) {
  // Art. 22 par. 2 of the royal decree: no exemption, and so nothing left, for whose means reach the amount.
  const Cents income = amounts.income[category];
  if (counted >= income) return {0};
  return income - std::max(Cents{0}, counted - amounts.exempt_income[category]);
}

namespace {

std::int64_t rate_of_size(const Rules& rules, int size) {
  return millionths_of(size == 2   ? rules.reimbursement_large
                       : size == 1 ? rules.reimbursement_medium
                                   : rules.reimbursement_small);
}

std::int64_t rate_after(const Rules& rules, HeldRate held) {
  return rate_of_size(rules, held.size) - held.years_below * millionths_of(rules.reimbursement_loss);
}

}  // namespace

HeldRate rate_by_size(const Rules& rules, double people) {
  return {.size = people >= rules.reimbursement_large_from    ? 2
                  : people >= rules.reimbursement_medium_from ? 1
                                                              : 0};
}

HeldRate next_rate(const Rules& rules, HeldRate held, double people, double before) {
  const HeldRate by_size = rate_by_size(rules, people);
  if (by_size.size < held.size) {
    ++held.years_below;
    return rate_after(rules, held) > rate_of_size(rules, by_size.size) ? held : by_size;
  }
  const bool grew = people >= before * (1 + rules.reimbursement_growth);
  return grew ? by_size : held;
}

std::int64_t state_rate_of(const Rules& rules, HeldRate held) {
  return std::max(std::int64_t{0}, rate_after(rules, held));
}

std::int64_t state_rate_of(const Rules& rules, double people) {
  return rate_of_size(rules, rate_by_size(rules, people).size);
}

std::int64_t rate_after_benefit_ended(const Amounts& amounts, std::int64_t state_rate) {
  return std::min(whole_share, std::max(state_rate, amounts.ended_at_least) + amounts.ended_added);
}

std::int64_t contract_subsidy_of(const Rules& rules, const Amounts& amounts, const ContractFacts& facts,
                                 std::int64_t state_rate) {
  const bool from_grant = rules.subsidy_from_grant != 0;
  // From the grant: the preparation of the contract is financed too (003:3893-3897), from the first whole
  // month on.
  const bool general = from_grant ? facts.since_grant >= 1 && facts.since_grant <= rules.subsidy_months
                                  : facts.since_signature < rules.subsidy_months;
  if (!facts.in_force) {
    const bool prepared = from_grant && !facts.student;
    return prepared && general ? std::min(amounts.subsidy_general, whole_share - state_rate) : 0;
  }
  std::int64_t extra = 0;
  if (facts.of_studies) {
    extra = amounts.subsidy_students;
  } else if (general) {
    extra = amounts.subsidy_general;
  }
  if (facts.of_training && facts.since_signature < rules.subsidy_training_months)
    extra = std::max(extra, amounts.subsidy_training_floor - state_rate);
  return std::clamp(extra, std::int64_t{0}, whole_share - state_rate);
}

DaySpan suspension_of(int start_delay_months, Month decided_in, std::int32_t decided_on,
                      SuspensionLength length) {
  if (start_delay_months == 0) {
    const int days = length.days != 0 ? length.days : 30 * length.months;
    return {decided_on + 1, decided_on + 1 + days};
  }
  const Month from = decided_in + start_delay_months;
  const std::int32_t first = first_day_of(from);
  if (length.days != 0) return {first, std::min(first + length.days, first_day_of(from + 1))};
  return {first, first_day_of(from + length.months)};
}

int admission_months(const Rules& rules, int age_at_start_in_months) {
  const auto older = [&](int months, int years) { return age_at_start_in_months + months >= 12 * years; };
  int months = rules.admission_months_under_36;
  if (older(months, middle_years_of_admission)) months = rules.admission_months_from_36;
  if (older(months, late_years_of_admission)) months = rules.admission_months_from_50;
  return months;
}

int article_60_months(const Rules& rules, int age_at_start_in_months) {
  return rules.article60_months != 0 ? rules.article60_months
                                     : admission_months(rules, age_at_start_in_months);
}

int longest_for_undeclared(const Rules& rules, bool fraud, bool repeated) {
  if (repeated)
    return fraud ? rules.undeclared_max_months_fraud_repeated : rules.undeclared_max_months_repeated;
  return fraud ? rules.undeclared_max_months_fraud : rules.undeclared_max_months;
}

int usual_for_undeclared(const Rules& rules, int longest) {
  if (longest == 0) return 0;
  return 1 + static_cast<int>(std::lround(rules.undeclared_severity * (longest - 1)));
}

}  // namespace tremplin
