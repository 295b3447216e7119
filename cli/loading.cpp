#include "cli/loading.hpp"

#include <algorithm>

#include "cli/commands.hpp"
#include "outputs/sha256.hpp"
#include "scenarios/compose.hpp"
#include "scenarios/library.hpp"

namespace tremplin::cli {
namespace {

namespace fs = std::filesystem;

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

// The first month, as far as reforms may reach, in which the reforms depart from the base; end_of_time if
// none.
Month later_difference(const Law& law, const Scenario& base, std::span<const Scenario> reforms, Month from) {
  const Month until = last_reform_month + 1;
  const Month parts = RulesTable::first_difference(rules_table(law, base, {}, from, until),
                                                   rules_table(law, base, reforms, from, until));
  return parts < until ? parts : end_of_time;
}

void load_scenarios(const fs::path& home, const Arguments& arguments, Month until, Loaded& to) {
  Run& run = to.run;
  const Month from = run.plan.burn_in_from;
  LoadedLaw law = load_law_from(home);
  keep_inputs(run, std::move(law.texts));
  LoadedScenario base = load_scenario_named(home, arguments.base);
  keep_inputs(run, {std::move(base.text)});
  to.rules.push_back(rules_table(law.law, base.scenario, {}, from, until));
  run.scenarios.push_back({base.scenario.name, base.scenario.title, run.plan.report_until});
  for (const std::string& composition : arguments.reforms) {
    std::vector<Scenario> reforms;
    for (const std::string& name : split_names(composition)) {
      LoadedScenario reform = load_scenario_named(home, name);
      keep_inputs(run, {std::move(reform.text)});
      reforms.push_back(std::move(reform.scenario));
    }
    to.rules.push_back(rules_table(law.law, base.scenario, reforms, from, until));
    Month parts = RulesTable::first_difference(to.rules.front(), to.rules.back());
    if (parts >= run.plan.report_until) parts = later_difference(law.law, base.scenario, reforms, from);
    run.scenarios.push_back(
        {base.scenario.name + "+" + joined_names(reforms), joined_titles(reforms), parts});
  }
  run.results.resize(to.rules.size());
}

}  // namespace

Loaded load_inputs(const fs::path& home, const Arguments& arguments, const RunOptions& options, Month until) {
  Loaded loaded;
  Run& run = loaded.run;
  run.program_version = TREMPLIN_VERSION;
  run.command = reproducing_command(arguments);
  run.seed = options.plan.luck.seed;
  run.fixed_parameters = options.fixed_parameters;
  run.sample = options.sample;
  run.plan = options.plan;
  load_scenarios(home, arguments, until, loaded);
  SourceText priors = read_source(home / parameters_file, parameters_file);
  loaded.priors = load_priors(priors);
  run.without = effects_in(arguments.without);
  switch_off(loaded.priors, run.without);
  keep_inputs(run, {std::move(priors)});
  if (std::error_code error;
      !options.prior && !options.fixed_parameters && fs::exists(home / fitted_file, error)) {
    SourceText fitted = read_source(home / fitted_file, fitted_file);
    loaded.fitted = load_fitted(fitted, loaded.priors);
    keep_inputs(run, {std::move(fitted)});
  }
  std::vector<SourceText> landscape = read_landscape(home);
  loaded.landscape = load_landscape(landscape);
  keep_inputs(run, std::move(landscape));
  return loaded;
}

void keep_inputs(Run& run, std::vector<SourceText> texts) {
  for (SourceText& text : texts) {
    const bool known = std::any_of(run.inputs.begin(), run.inputs.end(),
                                   [&text](const InputText& input) { return input.name == text.name; });
    if (known) continue;
    std::string hash = sha256(text.text);
    run.inputs.push_back({std::move(text.name), std::move(text.text), std::move(hash)});
  }
}

Parameters Loaded::parameters_of(std::uint32_t replicate) const {
  if (run.fixed_parameters) return central(priors);
  return draw_fitted(fitted, priors, {run.seed, replicate});
}

std::string file_stem(const Run& run) {
  std::string stem = run.scenarios.front().name;
  for (std::size_t s = 1; s < run.scenarios.size(); ++s) {
    stem += "--" + run.scenarios[s].name.substr(run.scenarios.front().name.size() + 1);
  }
  return stem;
}

}  // namespace tremplin::cli
