// Worlds for verification, each a small change to tests/engine/small_world: what is taken out of the model so
// that the rest has an exact answer.
#pragma once

#include <functional>

#include "tests/engine/small_world.hpp"

namespace tremplin::test {

// Workers and places for everybody: nobody waits for either.
World without_scarcity(World world);

// Nobody becomes eligible in any other month.
void only_inflow_in(World& world, Month month);

// Nobody leaves, breaks a contract, changes health or starts an activity; everybody who asks is granted at
// once; nobody has means of their own, and no person differs from another in distance to work. Tests switch
// on what they are about.
Parameters bare_parameters();

// The rules of `before` until the month, of `after` from then on: for all files, or for new files only.
RulesTable reformed(const Rules& before, const Rules& after, Month from, bool new_files_only = false,
                    GroupSet groups = {});

// One month of one office, seen from outside after it has been lived.
struct Seen {
  const Office& office;
  Month month;
  const OfficeState& state;
  const OfficeMonth& tally;
};

// Lives all months of all offices in turn, one thread, and shows each to `see`.
void watch(const World& world, const Parameters& parameters, const RulesTable& table, const Plan& plan,
           const std::function<void(const Seen&)>& see);

// The sum of a tally over the strata in one reported month.
std::int64_t in_month(const RunResult& result, int month, Tally tally);

// People who are required or exempted, that is on benefit, at the end of a reported month.
std::int64_t on_benefit_after(const RunResult& result, int month);

}  // namespace tremplin::test
