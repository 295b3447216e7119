// The cohort table: people by days paid in the 730 days from their first paid day (004:3986-3999: a sum of
// paid days in a window, not the length of a spell).
#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "engine/population/person.hpp"

namespace tremplin {

constexpr int cohort_window_days = 730;
constexpr int months_seen_before = 24;  // the register begins two years before the first month counted

class Cohort {
 public:
  // Counts people whose first paid day lies in [from, until) and whose window ends by the end of the run.
  Cohort(Month from, Month until, Month end_of_run)
      : first_day_(first_day_of(from)),
        end_day_(first_day_of(until)),
        from_(static_cast<MonthIndex>(from.index)),
        last_day_of_run_(first_day_of(end_of_run)),
        people_(cohort_window_days + 1) {}

  // The register sees the two years before the first month counted and nothing earlier (004:3984-3988): who
  // was last paid before them begins anew on the first paid day that it shows.
  [[nodiscard]] bool begins(const Person& person, MonthIndex month) const {
    return person.first_paid_day == 0 || (month >= from_ && person.last_paid_in < from_ - months_seen_before);
  }
  // Days paid: `arrears` of earlier months up to `first_day_of_month`, then `paid` in the month.
  static void add_days(Person& person, std::int32_t first_day_of_month, int arrears, int paid) {
    // Of a window that is over, and counted, nothing is left.
    const std::int32_t left = person.first_paid_day + cohort_window_days - first_day_of_month;
    int within = std::clamp(left, 0, paid);
    if (arrears > 0 && person.days_in_window != counted) within += std::clamp(left + arrears, 0, arrears);
    person.days_in_window = static_cast<std::uint16_t>(person.days_in_window + within);
  }
  // The window is over by `day`: counts the person, once.
  void close_if_over(Person& person, std::int32_t day) {
    const auto over = static_cast<unsigned>(day >= person.first_paid_day + cohort_window_days);
    const auto open = static_cast<unsigned>(person.days_in_window != counted);
    const auto to_count = static_cast<unsigned>(person.first_paid_day != 0 && !person.comes_for_equivalent);
    if ((over & open & to_count) != 0) close(person);
  }
  // The person will not be paid again within the run.
  void close_for_good(Person& person) { close_if_over(person, last_day_of_run_); }

  [[nodiscard]] const std::vector<std::int64_t>& people() const { return people_; }  // by days, 0 to 730

 private:
  static constexpr std::uint16_t counted = 0xffff;  // days of a person whose window is over
  void close(Person& person);

  std::int32_t first_day_;
  std::int32_t end_day_;
  MonthIndex from_;
  std::int32_t last_day_of_run_;
  std::vector<std::int64_t> people_;
};

}  // namespace tremplin
