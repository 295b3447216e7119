// How long the library of law and scenarios takes to load. The targets: everything in less than 150 ms, what
// one comparison needs in less than 50 ms.
#include <benchmark/benchmark.h>

#include <filesystem>

#include "engine/simulate/simulate.hpp"
#include "scenarios/compose.hpp"
#include "scenarios/library.hpp"

namespace tremplin {
namespace {

const std::filesystem::path root = TREMPLIN_SOURCE_DIR;

void load_all_law_and_scenarios(benchmark::State& state) {
  for (auto _ : state) {
    benchmark::DoNotOptimize(load_law_from(root));
    benchmark::DoNotOptimize(list_scenarios(root));
  }
}
BENCHMARK(load_all_law_and_scenarios)->Unit(benchmark::kMillisecond);

// Law, base and reform from disk to the two rules tables that a simulation takes.
void load_one_comparison(benchmark::State& state) {
  const Plan plan;
  for (auto _ : state) {
    const Law law = load_law_from(root).law;
    const Scenario base = load_scenario_named(root, "law-2015").scenario;
    const std::vector reforms = {load_scenario_named(root, "generalisation").scenario};
    benchmark::DoNotOptimize(rules_table(law, base, {}, plan.burn_in_from, plan.report_until));
    benchmark::DoNotOptimize(rules_table(law, base, reforms, plan.burn_in_from, plan.report_until));
  }
}
BENCHMARK(load_one_comparison)->Unit(benchmark::kMillisecond);

void compose_one_table(benchmark::State& state) {
  const Plan plan;
  const Law law = load_law_from(root).law;
  const Scenario base = load_scenario_named(root, "law-current").scenario;
  const std::vector reforms = {load_scenario_named(root, "generalisation").scenario};
  for (auto _ : state)
    benchmark::DoNotOptimize(rules_table(law, base, reforms, plan.burn_in_from, plan.report_until));
}
BENCHMARK(compose_one_table)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace tremplin
