// A calendar day as law texts write it, and the month from which it counts in a simulation by month.
#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>

#include "engine/base/month.hpp"

namespace tremplin {

struct Date {
  Month month;
  int day = 1;  // 1 to 31

  friend constexpr auto operator<=>(const Date&, const Date&) = default;

  // The first whole month that feels a rule in force from this day. A rule of the first half of the
  // month counts from that month, one of the second half from the next.
  [[nodiscard]] constexpr Month counts_from() const { return day <= 15 ? month : month + 1; }
};

// Reads `YYYY-MM-DD` or `YYYY-MM` (its first day), years 1900 to 2100. Empty if the text has another
// form or the day does not exist (2015-02-29).
std::optional<Date> parse_date(std::string_view text);

// "2013-09-01" and "2013-09".
std::string to_string(Date date);
std::string to_string(Month month);

}  // namespace tremplin
