// What a month of the full model costs: a small hand-made world, one thread, all eleven steps.
#include <benchmark/benchmark.h>

#include "tests/engine/small_world.hpp"

namespace tremplin {
namespace {

void months_of_an_office(benchmark::State& state) {
  const World world = test::small_world(1, static_cast<double>(state.range(0)));
  const Parameters parameters = test::small_parameters();
  const Constants constants = make_constants(world, parameters);
  const RulesTable table = test::table_of(test::rules_of_2002());
  const Plan plan = test::small_plan();
  OfficeScratch scratch;
  std::int64_t active = 0;
  std::int64_t held = 0;
  for (auto _ : state) {
    OfficeRun run(world, world.offices[0], parameters, constants, table, plan);
    while (run.next_month() < plan.report_until) benchmark::DoNotOptimize(run.step(scratch));
    active += run.active_person_months();
    held += run.held_person_months();
  }
  state.counters["active person-months"] =
      benchmark::Counter(static_cast<double>(active), benchmark::Counter::kIsRate);
  state.counters["held person-months"] =
      benchmark::Counter(static_cast<double>(held), benchmark::Counter::kIsRate);
  state.counters["bytes per person"] = sizeof(Person);
}
BENCHMARK(months_of_an_office)->Arg(30)->Arg(300)->Arg(3000)->Unit(benchmark::kMillisecond);

void a_fork(benchmark::State& state) {
  const World world = test::small_world(1, 3000);
  const Parameters parameters = test::small_parameters();
  const Constants constants = make_constants(world, parameters);
  const RulesTable table = test::table_of(test::rules_of_2002());
  const Plan plan = test::small_plan();
  OfficeScratch scratch;
  OfficeRun run(world, world.offices[0], parameters, constants, table, plan);
  while (run.next_month() < plan.report_from) run.step(scratch);
  for (auto _ : state) {
    OfficeRun branch = run;
    benchmark::DoNotOptimize(branch.next_month());
  }
}
BENCHMARK(a_fork)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace tremplin
