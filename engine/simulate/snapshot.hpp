// The country on the first of a month: what every office holds, and what the months before it brought. The
// common past of scenarios is simulated once, kept, and each scenario goes on from it with the same bits as
// a run from the start. Values alone; outputs/snapshot.hpp brings them to a file and back.
#pragma once

#include <optional>
#include <stop_token>
#include <vector>

#include "engine/simulate/simulate.hpp"
#include "engine/trajectory/step.hpp"

namespace tremplin {

struct Snapshot {
  Month month;                       // the first that is not simulated yet
  RunResult past;                    // of the whole plan; nothing is counted from `month` on
  std::vector<OfficeState> offices;  // in the order of World::offices
  friend bool operator==(const Snapshot&, const Snapshot&) = default;
};

// Simulates every office through [burn_in_from, month) under one rules table, one replicate. The state
// depends on the end of the plan too: who would come back after it is forgotten.
// Returns nothing if stop was requested. Throws std::invalid_argument if the month is not in
// [burn_in_from, report_until].
std::optional<Snapshot> simulate_until(Month month, const World& world, const Parameters& parameters,
                                       const RulesTable& rules, const Plan& plan, Observer& observer,
                                       std::stop_token stop);

// Goes on to the end of the plan, as simulate() does. World, parameters, plan and the rules of the months
// before the snapshot must be those it was made with: whoever loads it sees to that.
// Throws std::invalid_argument if the snapshot has another number of offices or of months.
std::vector<RunResult> simulate_from(const Snapshot& snapshot, const World& world,
                                     const Parameters& parameters,
                                     const std::vector<const RulesTable*>& scenarios, const Plan& plan,
                                     Observer& observer, std::stop_token stop);

}  // namespace tremplin
