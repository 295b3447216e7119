// Writing a panel of lives: a million people and ten years. The lives are those of a small office, repeated.
#include <benchmark/benchmark.h>

#include <filesystem>

#include "outputs/panel.hpp"
#include "tests/engine/small_world.hpp"

namespace tremplin {
namespace {

void write_a_million_lives(benchmark::State& state) {
  const World world = test::small_world(1, 600);
  const Parameters parameters = test::small_parameters();
  const RulesTable table = test::table_of(test::rules_of_2002());
  Run run;
  run.plan = test::small_plan();
  run.plan.report_from = Month(2003, 1);
  run.plan.report_until = Month(2013, 1);
  run.scenarios = {{"law-2015", {}, run.plan.report_until}};
  run.offices = world.offices;
  run.stratum_weights.assign(n_strata, 1);
  OfficeScratch scratch;
  const OfficePanel once = panel_of_office(world, world.offices.front(), parameters,
                                           make_constants(world, parameters), table, run.plan, scratch);
  const auto n = static_cast<std::size_t>(state.range(0));
  const std::vector<OfficePanel> panels(n / once.people.size() + 1, once);
  const std::filesystem::path path = std::filesystem::temp_directory_path() / "tremplin-panel-benchmark.h5";
  for (auto _ : state) benchmark::DoNotOptimize(write_panel(run, panels, n, path));
  state.counters["megabytes"] = static_cast<double>(std::filesystem::file_size(path)) / 1e6;
  std::filesystem::remove(path);
}
BENCHMARK(write_a_million_lives)
    ->Arg(1'000'000)
    ->Unit(benchmark::kSecond)
    ->Iterations(1)
    ->MeasureProcessCPUTime()
    ->UseRealTime();

}  // namespace
}  // namespace tremplin
