// Social-worker time of one office in one month: jobs fall due, hours run out, the rest waits.
// Under pressure workers first shorten what they do (visits skipped, interviews and reports cut), down to a
// shortest form; what then does not fit waits. Jobs are served in the CPAS's order, within a job the
// longest-waiting first; hours are whole minutes, so that they are conserved exactly, and each minute is
// booked on the task it went to.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <initializer_list>
#include <span>
#include <vector>

#include "engine/cpas/office.hpp"
#include "engine/tally/tally.hpp"

namespace tremplin {

enum class Job : std::uint8_t {
#define JOB(name, line) name,
#include "engine/cpas/jobs.def"
#undef JOB
};
constexpr std::size_t n_jobs = 0
#define JOB(name, line) +1
#include "engine/cpas/jobs.def"
#undef JOB
    ;

// What one appointment of a job consists of.
using RecipeId = std::uint8_t;
struct Part {
  Task task{};
  std::int32_t minutes = 0;  // at the rule-compliant time
};

// One person's need of one appointment.
struct Need {
  std::uint32_t who = 0;   // position in the month's list of active people
  std::int16_t since = 0;  // month since when it waits: smaller is served first
  RecipeId recipe = 0;
  std::uint8_t units = 1;  // a couple's two contracts are two
};

// The order among equals: a number drawn for `who`, unique within an office. Asked only of those among whom
// the hours run out.
using QueueLot = std::function<std::uint64_t(std::uint32_t who)>;

class Agenda {
 public:
  Agenda() { clear(); }
  static constexpr std::size_t max_parts = 4;
  static constexpr std::size_t max_recipes = 80;

  void clear();
  // At most max_parts parts and max_recipes recipes.
  RecipeId recipe(Job job, std::initializer_list<Part> parts);
  void ask(RecipeId recipe, std::uint32_t who, int since, int units = 1) {
    Recipe& asked = recipes_[recipe];
    asked.units += units;
    asked_[index(asked.job)].push_back({.who = who,
                                        .since = static_cast<std::int16_t>(since),
                                        .recipe = recipe,
                                        .units = static_cast<std::uint8_t>(units)});
  }
  // Work that is not tied to one person; within its job it is done first, and may be done in part. The recipe
  // has one part.
  void ask_in_bulk(RecipeId recipe, std::int64_t n);

  struct Service {
    std::int64_t asked = 0;   // minutes, at rule-compliant times
    std::int64_t worked = 0;  // minutes
    double pace = 1;          // time given to a job, relative to the rule-compliant time
  };
  // Serves what is asked with the minutes of a line, jobs in the given order, each at the pace that fits
  // everything in, but not below `shortest` (0 to 1). Adds what was asked and done to `month`.
  Service serve(std::span<const Job> order, std::int64_t minutes, double shortest, const QueueLot& lot,
                OfficeMonth& month);

  [[nodiscard]] std::span<const Need> served(Job job) const {
    return {asked_[index(job)].data(), n_served_[index(job)]};
  }
  [[nodiscard]] std::size_t n_asked(Job job) const { return asked_[index(job)].size(); }

 private:
  static constexpr RecipeId no_recipe = 0xff;
  struct Recipe {
    Job job{};
    std::uint8_t n_parts = 0;
    RecipeId next = no_recipe;  // of the same job
    std::array<Part, max_parts> parts{};
    std::int32_t minutes = 0;        // of one unit, rule-compliant
    std::int32_t paced = 0;          // of one unit, at this month's pace
    std::int64_t units = 0;          // asked for people
    std::int64_t units_in_bulk = 0;  // asked in bulk
    std::int64_t served = 0;         // of the units
    [[nodiscard]] std::span<const Part> all() const { return {parts.data(), n_parts}; }
  };
  // Calls visit(recipe) for each recipe of a job, in the order in which they were made.
  template <typename Visit>
  void each_of(Job job, Visit visit) {
    for (RecipeId i = first_[index(job)]; i != no_recipe; i = recipes_[i].next) visit(recipes_[i]);
  }
  // Both return the minutes worked, at most `minutes`.
  static std::int64_t serve_bulk(const Recipe& recipe, std::int64_t minutes, double pace, OfficeMonth& month);
  std::int64_t serve_people(Job job, std::int64_t minutes, double pace, const QueueLot& lot,
                            OfficeMonth& month);
  // Puts the needs in the order of service as far as it matters for `minutes` of work; returns how many are
  // served.
  std::size_t cut_queue(std::vector<Need>& asked, std::int64_t minutes, const QueueLot& lot) const;
  [[nodiscard]] std::int64_t minutes_of(const Need& need) const {
    return std::int64_t{recipes_[need.recipe].paced} * need.units;
  }

  static std::size_t index(Job job) { return static_cast<std::size_t>(job); }
  std::array<Recipe, max_recipes> recipes_{};
  std::size_t n_recipes_ = 0;
  std::array<RecipeId, n_jobs> first_{};  // recipe of each job
  std::array<RecipeId, n_jobs> last_{};
  std::array<std::vector<Need>, n_jobs> asked_;  // who is served stands first
  std::array<std::size_t, n_jobs> n_served_{};
};

// The order in which an office serves its first-line jobs.
std::span<const Job> first_line_order(QueueOrder order);
std::span<const Job> second_line_order();

}  // namespace tremplin
