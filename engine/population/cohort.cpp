#include "engine/population/cohort.hpp"

#include <algorithm>

namespace tremplin {

namespace {
constexpr std::uint16_t counted = 0xffff;
}  // namespace

void Cohort::add_days(Person& person, std::int32_t first_day_of_month, int arrears, int paid) const {
  if (person.days_in_window == counted) return;
  const std::int32_t end = person.first_paid_day + cohort_window_days;
  const int within = std::clamp(end - (first_day_of_month - arrears), 0, arrears) +
                     std::clamp(end - first_day_of_month, 0, paid);
  person.days_in_window = static_cast<std::uint16_t>(person.days_in_window + within);
}

void Cohort::close_if_over(Person& person, std::int32_t day) {
  const bool open =
      person.first_paid_day != 0 && person.days_in_window != counted && !person.comes_for_equivalent;
  if (!open || day < person.first_paid_day + cohort_window_days) return;
  if (person.first_paid_day >= first_day_ && person.first_paid_day < end_day_)
    ++people_[person.days_in_window];
  person.days_in_window = counted;
}

}  // namespace tremplin
