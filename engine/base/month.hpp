// Calendar months and days of the simulation.
// A month is counted from January 1900, a day from 1 January 1900, so that both are plain numbers.
#pragma once

#include <compare>
#include <cstdint>

namespace tremplin {

struct Month {
  std::int32_t index = 0;  // months since January 1900

  constexpr Month() = default;
  constexpr explicit Month(std::int32_t months_since_1900) : index(months_since_1900) {}
  constexpr Month(int year, int month_of_year) : index((year - 1900) * 12 + month_of_year - 1) {}

  [[nodiscard]] constexpr int year() const { return 1900 + index / 12; }
  [[nodiscard]] constexpr int of_year() const { return index % 12 + 1; }  // 1 to 12

  friend constexpr auto operator<=>(Month, Month) = default;
  friend constexpr Month operator+(Month m, int months) { return Month(m.index + months); }
  friend constexpr Month operator-(Month m, int months) { return Month(m.index - months); }
  friend constexpr int operator-(Month a, Month b) { return a.index - b.index; }
  constexpr Month& operator++() {
    ++index;
    return *this;
  }
};

constexpr bool is_leap_year(int year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

// Days in the month, 28 to 31.
constexpr int days_in(Month month) {
  constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const int of_year = month.of_year();
  return days[of_year - 1] + (of_year == 2 && is_leap_year(month.year()) ? 1 : 0);
}

// Days from 1 January 1900 to the first of the month.
constexpr std::int32_t first_day_of(Month month) {
  const int years = month.year() - 1900;
  const int leap_days = years == 0 ? 0 : (years - 1) / 4;  // 1900 was not a leap year, 2000 was
  constexpr int days_before[] = {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
  const int of_year = month.of_year();
  const bool after_leap_day = of_year > 2 && is_leap_year(month.year());
  return years * 365 + leap_days + days_before[of_year - 1] + (after_leap_day ? 1 : 0);
}

}  // namespace tremplin
