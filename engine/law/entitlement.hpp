// What the law gives one person, as arithmetic on the rules alone: the month's amount after means, the
// State's share, whether a contract is due, when a suspension runs. The month loop and `tremplin case` share
// it. Law of 26 May 2002, art. 11, 14, 30 and 32; royal decree of 11 July 2002, art. 22.
#pragma once

#include <cstdint>

#include "engine/base/money.hpp"
#include "engine/base/month.hpp"
#include "engine/law/amounts.hpp"

namespace tremplin {

// A month's integration income: the amount of the category less what counts beyond the general exemption,
// which is for those alone whose means are below that amount. category: 0 to 2; counted: means, and earnings
// after their own exemption. Never negative.
Cents income_after_means(const Amounts& amounts, std::size_t category, Cents counted);

// The State's rate, in millionths, for a CPAS that paid so many people a month in the year before.
std::int64_t state_rate_of(const Rules& rules, double people);

// The State's rate that a CPAS holds: that of a size (0 small, 1 medium, 2 large), less what it has lost
// since it fell below it.
struct HeldRate {
  int size = 0;
  int years_below = 0;
  bool operator==(const HeldRate&) const = default;
};
// Of a CPAS of so many beneficiaries, without a history.
HeldRate rate_by_size(const Rules& rules, double people);
// From a January on: `people` is the monthly mean of the year before last, `before` that of the year before
// it (law of 26 May 2002, art. 32; Primabook). A higher rate asks for growth, a lower one comes point by
// point.
HeldRate next_rate(const Rules& rules, HeldRate held, double people, double before);
std::int64_t state_rate_of(const Rules& rules, HeldRate held);

// That rate for whose unemployment benefit ended by its limit in time: guaranteed, or with an addition.
std::int64_t rate_after_benefit_ended(const Amounts& amounts, std::int64_t state_rate);

constexpr int never_paid = 12'000;  // months

// Whether the duty reaches a person: one of its groups (duty_group), young or new enough. In months: age, and
// from the last payment before to the request.
constexpr bool contract_is_due(const Amounts& amounts, unsigned group, int age, int since_last_paid) {
  // All three are looked at: cheaper than a branch that a processor cannot foresee.
  const unsigned in_scope = amounts.duty_groups >> group & 1U;
  const auto young = static_cast<unsigned>(age < amounts.duty_under);
  const auto is_new = static_cast<unsigned>(amounts.duty_novelty != 0) &
                      static_cast<unsigned>(since_last_paid >= amounts.duty_novelty);
  return (in_scope & (young | is_new)) != 0;
}

// What the subsidy for a contract depends on, in whole months.
struct ContractFacts {
  bool in_force = false;  // else it is being prepared
  bool of_studies = false;
  bool of_training = false;  // or of work experience
  bool student = false;
  int since_signature = 0;
  int since_grant = 0;
};

// What the State adds to its rate, in millionths; the two together are at most the whole.
std::int64_t contract_subsidy_of(const Rules& rules, const Amounts& amounts, const ContractFacts& facts,
                                 std::int64_t state_rate);

// Days counted from 1 January 1900; until is not included.
struct DaySpan {
  std::int32_t from = 0;
  std::int32_t until = 0;
  bool operator==(const DaySpan&) const = default;
};

struct SuspensionLength {
  int months = 0;
  int days = 0;  // 1 to 30: instead of a month; 0: whole months
};

// A suspension decided on a day of a month: on the next day, for as many times thirty days, or from the first
// of the month that the rule says, for calendar months (of so many days where it has them: of the first
// month).
DaySpan suspension_of(int start_delay_months, Month decided_in, std::int32_t decided_on,
                      SuspensionLength length);

constexpr int middle_years_of_admission = 36;  // of age at the end of the work
constexpr int late_years_of_admission = 50;
// Months of work that open the right to unemployment benefit, of whom starts at this age in months: by the
// age at their end, from 36 and from 50 years on more (onem.be, T31).
int admission_months(const Rules& rules, int age_at_start_in_months);
// Months of work under article 60 or 61: as many as that, or what the rule says.
int article_60_months(const Rules& rules, int age_at_start_in_months);

// What goes before a sanction (sanction/procedural_guard).
enum class Guard : std::uint8_t { none, third_party, inspection, mediation };
inline Guard guard_of(const Rules& rules) { return static_cast<Guard>(rules.sanction_guard); }

// Months that means not declared can cost at most (art. 30 par. 1), and how many of them CPAS impose: from
// one to all, by their severity; none where the law allows none.
int longest_for_undeclared(const Rules& rules, bool fraud, bool repeated);
int usual_for_undeclared(const Rules& rules, int longest);

}  // namespace tremplin
