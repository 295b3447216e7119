#include "cli/simulation.hpp"

#include <fmt/format.h>
#include <tbb/info.h>
#include <tbb/task_arena.h>

#include <algorithm>

#include "engine/base/errors.hpp"
#include "scenarios/date.hpp"

namespace tremplin::cli {

int arena_size(int n_threads) {
  const int most = tbb::info::default_concurrency();
  return n_threads > 0 ? std::min(n_threads, most) : most;
}

Simulation::Simulation(const std::filesystem::path& home, const Arguments& arguments,
                       const RunOptions& options, const SnapshotFile* from)
    : n_replicates_(options.n_replicates),
      n_threads_(options.n_threads),
      loaded_(load_inputs(home, arguments, options, options.plan.report_until)),
      from_(from) {
  Run& run = loaded_.run;
  const World country = draw_world(loaded_.landscape, run.seed, run.plan.burn_in_from, run.plan.report_until);
  world_ = sample_offices(country, options.sample, run.seed, run.stratum_weights);
  run.offices = world_.offices;
  if (from_ != nullptr) check_snapshot();
}

void Simulation::check_snapshot() const {
  from_->check(origin(from_->month()));
  std::vector<Fault> faults;
  const Run& run = loaded_.run;
  for (std::size_t s = 1; s < run.scenarios.size(); ++s) {
    const ScenarioInfo& scenario = run.scenarios[s];
    if (scenario.first_change >= from_->month()) continue;
    faults.push_back({.kind = FaultKind::before_snapshot,
                      .source = from_->path().string(),
                      .key = scenario.name.substr(run.scenarios.front().name.size() + 1),
                      .found = to_string(scenario.first_change),
                      .expected = fmt::format(">= {}", to_string(from_->month()))});
  }
  if (static_cast<std::size_t>(n_replicates_) > from_->n_replicates()) {
    faults.push_back({.kind = FaultKind::bad_option,
                      .source = "--replicates",
                      .key = "--replicates",
                      .found = std::to_string(n_replicates_),
                      .expected = fmt::format("1 .. {}", from_->n_replicates())});
  }
  if (!faults.empty()) throw InputError(std::move(faults));
}

SnapshotOrigin Simulation::origin(Month month) const {
  return origin_of(loaded_.run, world_, loaded_.rules.front(), month);
}

Parameters Simulation::begin(std::uint32_t replicate) {
  const Parameters parameters = loaded_.parameters_of(replicate);
  const Plan& plan = loaded_.run.plan;
  world_.environment.staff =
      staff_path(loaded_.landscape, parameters.staff_elasticity, plan.burn_in_from, plan.report_until);
  return parameters;
}

void Simulation::go(Observer& observer, const std::stop_token& stop) {
  tbb::task_arena threads(arena_size(n_threads_));
  Run& run = loaded_.run;
  std::vector<const RulesTable*> tables;
  for (const RulesTable& rules : loaded_.rules) tables.push_back(&rules);
  Plan plan = run.plan;
  for (int r = 0; r < n_replicates_; ++r) {
    plan.luck.replicate = static_cast<std::uint32_t>(r);
    const Parameters parameters = begin(plan.luck.replicate);
    std::vector<RunResult> results = threads.execute([&] {
      if (from_ == nullptr) return simulate(world_, parameters, tables, plan, observer, stop);
      const Snapshot past = from_->read(plan.luck.replicate, parameters, world_, plan);
      return simulate_from(past, world_, parameters, tables, plan, observer, stop);
    });
    if (results.empty()) {
      run.interrupted = true;
      return;
    }
    run.parameters.push_back(parameters);
    for (std::size_t s = 0; s < results.size(); ++s) run.results[s].push_back(std::move(results[s]));
  }
}

PartOfRun Simulation::part(std::uint32_t replicate, std::span<const std::size_t> offices, Observer& observer,
                           const std::stop_token& stop) {
  tbb::task_arena threads(arena_size(n_threads_));
  Plan plan = loaded_.run.plan;
  plan.luck.replicate = replicate;
  PartOfRun part{begin(replicate), {}};
  World world{{}, world_.margins, world_.environment, world_.country};
  for (const std::size_t i : offices) world.offices.push_back(world_.offices.at(i));
  std::vector<const RulesTable*> tables;
  for (const RulesTable& rules : loaded_.rules) tables.push_back(&rules);
  part.results =
      threads.execute([&] { return simulate(world, part.parameters, tables, plan, observer, stop); });
  return part;
}

bool Simulation::go_until(Month month, SnapshotWriter& to, Observer& observer, const std::stop_token& stop) {
  tbb::task_arena threads(arena_size(n_threads_));
  Plan plan = loaded_.run.plan;
  for (int r = 0; r < n_replicates_; ++r) {
    plan.luck.replicate = static_cast<std::uint32_t>(r);
    const Parameters parameters = begin(plan.luck.replicate);
    const std::optional<Snapshot> past = threads.execute([&] {
      return simulate_until(month, world_, parameters, loaded_.rules.front(), plan, observer, stop);
    });
    if (!past) return false;
    to.add(*past, parameters);
  }
  return true;
}

}  // namespace tremplin::cli
