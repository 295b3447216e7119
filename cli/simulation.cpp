#include "cli/simulation.hpp"

#include <tbb/info.h>
#include <tbb/task_arena.h>

#include <algorithm>

namespace tremplin::cli {

int arena_size(int n_threads) {
  const int most = tbb::info::default_concurrency();
  return n_threads > 0 ? std::min(n_threads, most) : most;
}

Simulation::Simulation(const std::filesystem::path& home, const Arguments& arguments,
                       const RunOptions& options)
    : n_replicates_(options.n_replicates),
      n_threads_(options.n_threads),
      loaded_(load_inputs(home, arguments, options, options.plan.report_until)) {
  Run& run = loaded_.run;
  const World country = draw_world(loaded_.landscape, run.seed, run.plan.burn_in_from, run.plan.report_until);
  world_ = sample_offices(country, options.sample, run.seed, run.stratum_weights);
  run.offices = world_.offices;
}

void Simulation::go(Observer& observer, const std::stop_token& stop) {
  tbb::task_arena threads(arena_size(n_threads_));
  Run& run = loaded_.run;
  std::vector<const RulesTable*> tables;
  for (const RulesTable& rules : loaded_.rules) tables.push_back(&rules);
  Plan plan = run.plan;
  for (int r = 0; r < n_replicates_; ++r) {
    plan.luck.replicate = static_cast<std::uint32_t>(r);
    const Parameters parameters = loaded_.parameters_of(plan.luck.replicate);
    world_.environment.staff =
        staff_path(loaded_.landscape, parameters.staff_elasticity, plan.burn_in_from, plan.report_until);
    std::vector<RunResult> results =
        threads.execute([&] { return simulate(world_, parameters, tables, plan, observer, stop); });
    if (results.empty()) {
      run.interrupted = true;
      return;
    }
    run.parameters.push_back(parameters);
    for (std::size_t s = 0; s < results.size(); ++s) run.results[s].push_back(std::move(results[s]));
  }
}

}  // namespace tremplin::cli
