// The results of one scenario in one replicate, as integer tables.
#pragma once

#include <cstdint>
#include <vector>

#include "engine/cpas/office.hpp"
#include "engine/population/cohort.hpp"
#include "engine/tally/tally.hpp"

namespace tremplin {

// All counts are integers: no sum depends on its order.
struct RunResult {
  Month from;  // first month reported
  int n_months = 0;
  std::vector<std::int64_t> tallies;   // [month][stratum][tally]
  std::vector<std::int64_t> workload;  // [month][stratum][task][measure]
  std::vector<std::int64_t> offices;   // [office][tally], summed over the months reported
  // People by days paid (0 to 730) in the 730 days from the first paid day, for first paid days in the
  // plan's cohort months: [stratum][days].
  std::vector<std::int64_t> paid_days;
  // What the run cost: not part of the digest.
  std::int64_t active_person_months = 0;  // people waiting, paid or suspended
  std::int64_t held_person_months = 0;    // everybody in memory

  [[nodiscard]] std::int64_t tally(int month, int stratum, Tally tally) const {
    return tallies[(static_cast<std::size_t>(month) * n_strata + static_cast<std::size_t>(stratum)) *
                       n_tallies +
                   static_cast<std::size_t>(tally)];
  }
  [[nodiscard]] std::int64_t work(int month, int stratum, Task task, Workload what) const {
    const std::size_t row = static_cast<std::size_t>(month) * n_strata + static_cast<std::size_t>(stratum);
    return workload[(row * n_tasks + static_cast<std::size_t>(task)) * n_workload +
                    static_cast<std::size_t>(what)];
  }
  [[nodiscard]] std::int64_t people_by_paid_days(int stratum, int days) const {
    return paid_days[static_cast<std::size_t>(stratum) * (cohort_window_days + 1) +
                     static_cast<std::size_t>(days)];
  }
  friend bool operator==(const RunResult&, const RunResult&) = default;
};

}  // namespace tremplin
