// The seam of the engine: values in, values out; it reads no file, prints nothing and keeps no state.
#pragma once

#include <stop_token>
#include <vector>

#include "engine/base/draw.hpp"
#include "engine/parameters.hpp"
#include "engine/simulate/run_result.hpp"
#include "engine/trajectory/month_parts.hpp"
#include "engine/world.hpp"

namespace tremplin {

struct Plan {
  Month burn_in_from{1993, 1};
  Month report_from{2003, 1};
  Month report_until{2021, 1};  // exclusive
  Month cohort_from{2004, 1};   // first paid days counted in RunResult::paid_days
  Month cohort_until{2011, 1};  // exclusive
  Luck luck;
  bool share_the_past = true;  // simulate the months before scenarios part only once; same bits
  friend bool operator==(const Plan&, const Plan&) = default;
};

// Carries progress out of the engine. Called by one worker at a time.
class Observer {
 public:
  virtual ~Observer() = default;
  virtual void office_done(const Office& office) = 0;
  // Whether the parts of a month are to be timed; then each thread tells, at its end, how long they took.
  [[nodiscard]] virtual bool wants_times() const { return false; }
  virtual void months_took(const MonthTimes& /*times*/) {}
};

// Simulates every office through [burn_in_from, report_until) under each rules table, one replicate.
// Scenarios share the luck of each person; with share_the_past they also share the work up to the
// month in which their rules part.
// Threads are those of the caller's oneTBB arena; the result is the same bits for any number of them.
// Returns one result per table, in order; empty if stop was requested.
std::vector<RunResult> simulate(const World& world, const Parameters& parameters,
                                const std::vector<const RulesTable*>& scenarios, const Plan& plan,
                                Observer& observer, std::stop_token stop);

}  // namespace tremplin
