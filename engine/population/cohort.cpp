#include "engine/population/cohort.hpp"

namespace tremplin {

void Cohort::close(Person& person) {
  if (person.first_paid_day >= first_day_ && person.first_paid_day < end_day_)
    ++people_[person.days_in_window];
  person.days_in_window = counted;
}

}  // namespace tremplin
