// Tallies and tasks: the enumerators of tallies.def and tasks.def, and the tables that hold them.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "engine/law/units.hpp"

namespace tremplin {

enum class Tally : std::uint16_t {
#define TALLY(name, kind, unit, scope, meaning) name,
#include "engine/tally/tallies.def"
#undef TALLY
};
constexpr std::size_t n_tallies = 0
#define TALLY(name, kind, unit, scope, meaning) +1
#include "engine/tally/tallies.def"
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
#include "engine/tally/tasks.def"
#undef TASK
};
constexpr std::size_t n_tasks = 0
#define TASK(name, line, meaning) +1
#include "engine/tally/tasks.def"
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

}  // namespace tremplin
