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
  double exempt_earnings_window = 0;     // days from the first exempted one
  int evaluation_interval = 0;           // months
  // Shares in millionths.
  std::int64_t subsidy_general = 0;
  std::int64_t subsidy_students = 0;
  std::int64_t subsidy_training_floor = 0;
  std::int64_t withheld_partially = 0;
  std::int64_t reimbursed_equivalent = 0;
};

// For the first exempted day to the last: a month counts 30.44 days, a twelfth of a year.
Amounts amounts_of(const Rules& rules);

}  // namespace tremplin
