#include "scenarios/date.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace tremplin {

namespace {

// Two or four ASCII digits; -1 otherwise.
int digits(std::string_view text) {
  int value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return -1;
    value = value * 10 + (c - '0');
  }
  return value;
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
  const bool with_day = text.size() == 10;
  if (!with_day && text.size() != 7) return std::nullopt;
  if (text[4] != '-' || (with_day && text[7] != '-')) return std::nullopt;
  const int year = digits(text.substr(0, 4));
  const int of_year = digits(text.substr(5, 2));
  const int day = with_day ? digits(text.substr(8, 2)) : 1;
  if (year < 1900 || year > 2100 || of_year < 1 || of_year > 12 || day < 1) return std::nullopt;
  const Month month(year, of_year);
  if (day > days_in(month)) return std::nullopt;
  return Date{month, day};
}

std::string to_string(Date date) { return fmt::format("{}-{:02}", to_string(date.month), date.day); }

std::string to_string(Month month) { return fmt::format("{:04}-{:02}", month.year(), month.of_year()); }

}  // namespace tremplin
