// Social-worker time of one office in one month: tasks fall due, hours run out, the rest waits.
// Under pressure workers first shorten what they do (visits skipped, interviews and reports cut), down to a
// shortest form; what then does not fit waits. Tasks are served in the CPAS's order, within a task the
// longest-waiting first; hours are whole minutes, so that they are conserved exactly.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "engine/cpas/office.hpp"
#include "engine/tally/tally.hpp"

namespace tremplin {

// One person's need of one task.
struct Need {
  std::uint32_t who = 0;   // position in the month's list of active people
  std::int16_t since = 0;  // month since when it waits: smaller is served first
  std::int32_t minutes = 0;
};

// The order among equals: a number drawn for `who`, unique within an office. Asked only of those among whom
// the hours run out.
using QueueLot = std::function<std::uint64_t(std::uint32_t who)>;

class Agenda {
 public:
  void clear();
  void ask(Task task, const Need& need) { asked_[index(task)].push_back(need); }
  // Work that is not tied to one person; within its task it is done first, and may be done in part.
  void ask_in_bulk(Task task, std::int64_t n, std::int64_t minutes_each);

  struct Service {
    std::int64_t asked = 0;   // minutes, at rule-compliant times
    std::int64_t worked = 0;  // minutes
    double pace = 1;          // time given to a task, relative to the rule-compliant time
  };
  // Serves what is asked with the minutes of a line, tasks in the given order, each at the pace that fits
  // everything in, but not below `shortest` (0 to 1). Adds what was asked and done to `month`.
  Service serve(std::span<const Task> order, std::int64_t minutes, double shortest, const QueueLot& lot,
                OfficeMonth& month);

  [[nodiscard]] std::span<const Need> served(Task task) const {
    return {asked_[index(task)].data(), n_served_[index(task)]};
  }
  [[nodiscard]] std::size_t n_asked(Task task) const { return asked_[index(task)].size(); }

 private:
  [[nodiscard]] std::int64_t minutes_asked(Task task) const;
  // Both return the minutes worked, at most `minutes`.
  std::int64_t serve_bulk(Task task, std::int64_t minutes, double pace, OfficeMonth& month) const;
  std::int64_t serve_people(Task task, std::int64_t minutes, double pace, const QueueLot& lot,
                            OfficeMonth& month);

  static std::size_t index(Task task) { return static_cast<std::size_t>(task); }
  struct Bulk {
    std::int64_t n = 0;
    std::int64_t minutes = 0;
  };
  std::array<std::vector<Need>, n_tasks> asked_;  // who is served stands first
  std::array<std::size_t, n_tasks> n_served_{};
  std::array<Bulk, n_tasks> bulk_{};
};

// The order in which an office serves its first-line tasks.
std::span<const Task> first_line_order(QueueOrder order);
std::span<const Task> second_line_order();

}  // namespace tremplin
