#include "cli/simulation.hpp"

#include <tbb/task_arena.h>

#include <algorithm>

#include "cli/commands.hpp"
#include "outputs/sha256.hpp"
#include "scenarios/compose.hpp"
#include "scenarios/library.hpp"

namespace tremplin::cli {
namespace {

namespace fs = std::filesystem;

std::vector<SourceText> read_landscape(const fs::path& home) {
  std::vector<SourceText> texts;
  for (const char* file : landscape_files) {
    const std::string name = std::string("scenarios/landscape/") + file;
    texts.push_back(read_source(home / name, name));
  }
  return texts;
}

// The titles of composed reforms, side by side.
Text joined_titles(std::span<const Scenario> scenarios) {
  Text title = scenarios.front().title;
  for (const Scenario& scenario : scenarios.subspan(1)) {
    for (std::size_t i = 0; i < n_languages; ++i) title.in[i] += " + " + scenario.title.in[i];
  }
  return title;
}

std::string joined_names(std::span<const Scenario> scenarios) {
  std::string name = scenarios.front().name;
  for (const Scenario& scenario : scenarios.subspan(1)) name += "+" + scenario.name;
  return name;
}

}  // namespace

Simulation::Simulation(const fs::path& home, const Arguments& arguments, const RunOptions& options)
    : n_replicates_(options.n_replicates), n_threads_(options.n_threads) {
  run_.program_version = TREMPLIN_VERSION;
  run_.command = reproducing_command(arguments);
  run_.seed = options.plan.luck.seed;
  run_.fixed_parameters = options.fixed_parameters;
  run_.sample = options.sample;
  run_.plan = options.plan;
  load_scenarios(home, arguments);
  load_world(home, options);
}

void Simulation::load_scenarios(const fs::path& home, const Arguments& arguments) {
  const Plan& plan = run_.plan;
  LoadedLaw law = load_law_from(home);
  keep_inputs(std::move(law.texts));
  LoadedScenario base = load_scenario_named(home, arguments.base);
  keep_inputs({std::move(base.text)});
  rules_.push_back(rules_table(law.law, base.scenario, {}, plan.burn_in_from, plan.report_until));
  run_.scenarios.push_back({base.scenario.name, base.scenario.title, plan.report_until});
  for (const std::string& composition : arguments.reforms) {
    std::vector<Scenario> reforms;
    for (const std::string& name : split_names(composition)) {
      LoadedScenario reform = load_scenario_named(home, name);
      keep_inputs({std::move(reform.text)});
      reforms.push_back(std::move(reform.scenario));
    }
    rules_.push_back(rules_table(law.law, base.scenario, reforms, plan.burn_in_from, plan.report_until));
    run_.scenarios.push_back({base.scenario.name + "+" + joined_names(reforms), joined_titles(reforms),
                              RulesTable::first_difference(rules_.front(), rules_.back())});
  }
  run_.results.resize(rules_.size());
}

void Simulation::load_world(const fs::path& home, const RunOptions& options) {
  SourceText priors = read_source(home / parameters_file, parameters_file);
  priors_ = load_priors(priors);
  keep_inputs({std::move(priors)});
  std::vector<SourceText> landscape = read_landscape(home);
  landscape_ = load_landscape(landscape);
  keep_inputs(std::move(landscape));
  const World country = draw_world(landscape_, run_.seed, run_.plan.burn_in_from, run_.plan.report_until);
  world_ = sample_offices(country, options.sample, run_.seed, run_.stratum_weights);
  run_.offices = world_.offices;
}

// A text that several reforms share is kept once.
void Simulation::keep_inputs(std::vector<SourceText> texts) {
  for (SourceText& text : texts) {
    const bool known = std::any_of(run_.inputs.begin(), run_.inputs.end(),
                                   [&text](const InputText& input) { return input.name == text.name; });
    if (known) continue;
    std::string hash = sha256(text.text);
    run_.inputs.push_back({std::move(text.name), std::move(text.text), std::move(hash)});
  }
}

Parameters Simulation::parameters_of(std::uint32_t replicate) const {
  if (run_.fixed_parameters) return central(priors_);
  return draw_parameters(priors_, {run_.seed, replicate});
}

void Simulation::go(Observer& observer, const std::stop_token& stop) {
  tbb::task_arena threads(n_threads_ > 0 ? n_threads_ : tbb::task_arena::automatic);
  std::vector<const RulesTable*> tables;
  for (const RulesTable& rules : rules_) tables.push_back(&rules);
  Plan plan = run_.plan;
  for (int r = 0; r < n_replicates_; ++r) {
    plan.luck.replicate = static_cast<std::uint32_t>(r);
    const Parameters parameters = parameters_of(plan.luck.replicate);
    world_.environment.staff =
        staff_path(landscape_, parameters.staff_elasticity, plan.burn_in_from, plan.report_until);
    std::vector<RunResult> results =
        threads.execute([&] { return simulate(world_, parameters, tables, plan, observer, stop); });
    if (results.empty()) {
      run_.interrupted = true;
      return;
    }
    run_.parameters.push_back(parameters);
    for (std::size_t s = 0; s < results.size(); ++s) run_.results[s].push_back(std::move(results[s]));
  }
}

std::string Simulation::file_stem() const {
  std::string stem = run_.scenarios.front().name;
  for (std::size_t s = 1; s < run_.scenarios.size(); ++s) {
    stem += "--" + run_.scenarios[s].name.substr(run_.scenarios.front().name.size() + 1);
  }
  return stem;
}

}  // namespace tremplin::cli
