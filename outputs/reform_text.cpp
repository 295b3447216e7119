#include "outputs/reform_text.hpp"

#include <algorithm>
#include <filesystem>

#include "engine/base/errors.hpp"
#include "scenarios/compose.hpp"
#include "scenarios/indexation.hpp"
#include "scenarios/library.hpp"

namespace tremplin {

namespace {

// The scenario of that name among the inputs: its file is called as it is. Files of users may speak one
// language alone.
std::optional<Scenario> scenario_in(const Run& run, const std::string& name) {
  for (const InputText& input : run.inputs) {
    if (input.text.empty() || std::filesystem::path(input.name).stem() != name) continue;
    const bool scenario = !input.name.starts_with("scenarios/law/") &&
                          !input.name.starts_with("scenarios/acts/") &&
                          !input.name.starts_with("scenarios/landscape/");
    if (!scenario) continue;
    return load_scenario({input.name, input.text}, Origin::user);
  }
  return std::nullopt;
}

Measure measure_of(const Change& change, const RulesTable& without, const RulesTable& with,
                   const Plan& plan) {
  Measure measure{change, {}, {}};
  const Month end = std::min(change.until, plan.report_until);
  const Month reached = change.from + std::max(change.over_months - 1, 0);
  const Month month = std::max(std::min(reached, end - 1), plan.report_from);
  if (month >= end || month < change.from) return measure;
  const Jurisdiction where = first_touched(change);
  const auto value_in = [&](const RulesTable& table) {
    return change.lever->get(table.at(month, where, table.page_of(month, some_of(change))));
  };
  measure.before = value_in(without);
  measure.after = value_in(with);
  return measure;
}

}  // namespace

Law law_in(const Run& run) {
  std::vector<SourceText> sources;
  for (const InputText& input : run.inputs)
    if (input.name.starts_with("scenarios/law/")) sources.push_back({input.name, input.text});
  Law law = load_law(sources);
  for (const InputText& input : run.inputs)
    if (input.name == indexation_file) law.index = coefficients_of(load_indexation({input.name, input.text}));
  return law;
}

std::optional<ReformText> reform_text(const Run& run, std::size_t scenario) try {
  const std::string& base_name = run.scenarios.front().name;
  const std::optional<Scenario> base = scenario_in(run, base_name);
  if (!base) return std::nullopt;
  ReformText text{*base, {}, {}};
  if (scenario == 0) return text;
  for (const std::string& name : split_names(run.scenarios[scenario].name.substr(base_name.size() + 1))) {
    const std::optional<Scenario> part = scenario_in(run, name);
    if (!part) return std::nullopt;
    text.parts.push_back(*part);
  }
  const Law law = law_in(run);
  const RulesTable without = rules_table(law, *base, {}, run.plan.burn_in_from, run.plan.report_until);
  const RulesTable with = rules_table(law, *base, text.parts, run.plan.burn_in_from, run.plan.report_until);
  for (const Scenario& part : text.parts)
    for (const Change& change : part.changes)
      text.measures.push_back(measure_of(change, without, with, run.plan));
  return text;
} catch (const InputError&) {
  return std::nullopt;
}

}  // namespace tremplin
