// The first office of a small world, lived month by month, for tests that watch its people.
#pragma once

#include <functional>

#include "engine/simulate/office_run.hpp"
#include "tests/engine/small_world.hpp"

namespace tremplin::test {

// Calls see(state, month) after each month before `until`.
inline void live_first_office(const World& world, const Parameters& parameters, const RulesTable& table,
                              Month until, const std::function<void(const OfficeState&, Month)>& see) {
  const Constants constants = make_constants(world, parameters);
  OfficeRun run(world, world.offices[0], parameters, constants, table, small_plan());
  OfficeScratch scratch;
  while (run.next_month() < until) {
    const Month month = run.next_month();
    run.step(scratch);
    see(run.state(), month);
  }
}

}  // namespace tremplin::test
