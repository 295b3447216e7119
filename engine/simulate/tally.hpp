// Tallies and tasks: the enumerators of tallies.def and tasks.def, and the tables that hold them.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "engine/cpas/office.hpp"
#include "engine/law/units.hpp"
#include "engine/population/cohort.hpp"

namespace tremplin {

enum class Tally : std::uint16_t {
#define TALLY(name, kind, unit, scope, meaning) name,
#include "engine/simulate/tallies.def"
#undef TALLY
};
constexpr std::size_t n_tallies = 0
#define TALLY(name, kind, unit, scope, meaning) +1
#include "engine/simulate/tallies.def"
#undef TALLY
    ;

enum class TallyKind : std::uint8_t { stock, flow };
enum class TallyScope : std::uint8_t { rule, behaviour };
struct TallyEntry {
  std::string_view name;
  TallyKind kind;
  Unit unit;
  TallyScope scope;
  std::string_view meaning;
};
std::span<const TallyEntry> all_tallies();
const TallyEntry* find_tally(std::string_view name);

enum class Task : std::uint8_t {
#define TASK(name, line, meaning) name,
#include "engine/simulate/tasks.def"
#undef TASK
};
constexpr std::size_t n_tasks = 0
#define TASK(name, line, meaning) +1
#include "engine/simulate/tasks.def"
#undef TASK
    ;
struct TaskEntry {
  std::string_view name;
  int line;  // 1 or 2
  std::string_view meaning;
};
std::span<const TaskEntry> all_tasks();

// What is measured of each task.
enum class Workload : std::uint8_t { asked_minutes, worked_minutes, asked_tasks, done_tasks };
constexpr std::size_t n_workload = 4;

// One month of one office.
struct OfficeMonth {
  std::array<std::int64_t, n_tallies> tallies{};
  std::array<std::array<std::int64_t, n_workload>, n_tasks> workload{};

  std::int64_t& operator[](Tally tally) { return tallies[static_cast<std::size_t>(tally)]; }
  std::int64_t operator[](Tally tally) const { return tallies[static_cast<std::size_t>(tally)]; }
  std::int64_t& work(Task task, Workload what) {
    return workload[static_cast<std::size_t>(task)][static_cast<std::size_t>(what)];
  }
};

// The results of one scenario in one replicate. All counts are integers: no sum depends on its order.
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
  [[nodiscard]] std::int64_t people_by_paid_days(int stratum, int days) const {
    return paid_days[static_cast<std::size_t>(stratum) * (cohort_window_days + 1) +
                     static_cast<std::size_t>(days)];
  }
};

}  // namespace tremplin
