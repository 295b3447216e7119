// The rules of one month in the units of the person loop: cents, days and millionths, rounded once a month
// instead of once a person.
#pragma once

#include <array>
#include <cstdint>

#include "engine/base/money.hpp"
#include "engine/law/rules.hpp"

namespace tremplin {

struct Amounts {
  std::array<Cents, 3> income{};         // integration income a month, by category
  std::array<Cents, 3> exempt_income{};  // general exemption of resources a month, by category
  Cents exempt_earnings;                 // SPI a month
  Cents exempt_earnings_shortage;        // SPI a month in a shortage occupation
  double exempt_earnings_window = 0;     // days from the first exempted one
  int evaluation_interval = 0;           // months
  // For whom a contract is obligatory, if young or new enough: a bit for each DutyGroup.
  std::uint16_t duty_groups = 0;
  int duty_under = 0;        // months of age
  int duty_novelty = 0;      // months without integration income; 0: not a criterion
  double subsidy_added = 0;  // by the band of the office, in the two subsidies below
  // Shares in millionths.
  std::int64_t subsidy_general = 0;
  std::int64_t subsidy_students = 0;
  std::int64_t subsidy_training_floor = 0;
  std::int64_t withheld_partially = 0;
  std::int64_t reimbursed_equivalent = 0;
  // Of people whose unemployment benefit ended: at least this share, or this much more than others.
  std::int64_t ended_at_least = 0;
  std::int64_t ended_added = 0;
  Cents ended_staff;  // staff subsidy a month
};

// What the scope of the duty tells apart: category (0 to 2), equivalent income, exemption from the
// disposition to work. Studies are an equity ground that calls for a contract rather than excludes it:
// students are not counted as exempted here.
constexpr unsigned duty_group(unsigned category, bool equivalent, bool exempted) {
  return category << 2 | static_cast<unsigned>(equivalent) << 1 | static_cast<unsigned>(exempted);
}

// For the first exempted day to the last: a month counts 30.44 days, a twelfth of a year. `coverage`: share
// of the office's people paid who were under contract the year before (bands of the subsidy).
Amounts amounts_of(const Rules& rules, double coverage);

// The band of the subsidy in which an office of this coverage stands, 0 to 4: the added rate and where the
// band ends (above 1: nowhere).
struct SubsidyBand {
  double added = 0;
  double added_next = 0;  // in the band above; the same in the highest
  double until = 2;
};
SubsidyBand subsidy_band(const Rules& rules, double coverage);

}  // namespace tremplin
