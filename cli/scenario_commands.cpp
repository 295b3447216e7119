// scenario list, scenario show NAME, scenario check FILE.
#include <ostream>

#include "cli/commands.hpp"
#include "cli/plain.hpp"
#include "cli/texts.hpp"
#include "scenarios/compose.hpp"
#include "scenarios/library.hpp"

namespace tremplin::cli {
namespace {

constexpr std::array<std::string_view, 3> operation_names = {"set", "scale", "shift"};
std::string_view name_of(Operation operation) { return operation_names[static_cast<std::size_t>(operation)]; }
std::string_view name_of(ScenarioKind kind) { return kind == ScenarioKind::base ? "base" : "reform"; }

nlohmann::ordered_json json_of(const Text& text) {
  nlohmann::ordered_json json;
  for (std::size_t i = 0; i < n_languages; ++i) json[language_codes[i]] = text.in[i];
  return json;
}

nlohmann::ordered_json json_of(const Change& change) {
  nlohmann::ordered_json json = {{"path", change.lever->path},
                                 {"op", name_of(change.operation)},
                                 {"value", change.value},
                                 {"unit", name_of(change.lever->unit)}};
  if (change.from > start_of_time) json["from"] = to_string(change.from);
  if (change.until < end_of_time) json["until"] = to_string(change.until);
  json["applies_to"] = change.new_files ? "new_files" : "all_files";
  for (std::size_t r = 0; r < n_regions; ++r) {
    if (change.regions[r]) json["regions"].push_back(region_names[r]);
  }
  json["reference"] = change.reference;
  return json;
}

nlohmann::ordered_json json_of(const Scenario& scenario) {
  nlohmann::ordered_json json = {{"name", scenario.name},
                                 {"kind", name_of(scenario.kind)},
                                 {"title", json_of(scenario.title)},
                                 {"summary", json_of(scenario.summary)},
                                 {"must_believe", json_of(scenario.must_believe)},
                                 {"authors", scenario.authors},
                                 {"references", scenario.references}};
  if (scenario.kind == ScenarioKind::reform) json["from"] = to_string(scenario.from);
  json["freeze"] = nlohmann::ordered_json::array();
  for (const Freeze& freeze : scenario.freezes) {
    json["freeze"].push_back(
        {{"path", freeze.path}, {"last", to_string(freeze.last)}, {"reason", freeze.reason}});
  }
  json["changes"] = nlohmann::ordered_json::array();
  for (const Change& change : scenario.changes) json["changes"].push_back(json_of(change));
  return json;
}

std::string change_text(const Change& change, Language language) {
  constexpr std::array<std::string_view, 3> signs = {"=", "×", "+"};
  std::string text =
      fmt::format("  {:<38} {} {} {}", change.lever->path, signs[static_cast<std::size_t>(change.operation)],
                  number_text(change.value, language), tremplin::name_of(change.lever->unit));
  if (change.from > start_of_time) text += "; " + say(language, Phrase::from_month, to_string(change.from));
  if (change.until < end_of_time) text += "; " + say(language, Phrase::until_month, to_string(change.until));
  if (change.new_files) text += "; " + say(language, Phrase::new_files_only);
  for (std::size_t r = 0; r < n_regions; ++r) {
    if (change.regions != std::array{true, true, true} && change.regions[r])
      text += fmt::format("; {}", region_names[r]);
  }
  return text + "\n";
}

}  // namespace

int scenario_list_command(const Task& task) {
  const Screen& screen = task.screen;
  nlohmann::ordered_json json = nlohmann::ordered_json::array();
  for (const ScenarioSummary& summary : list_scenarios(task.home)) {
    const bool reform = summary.kind == ScenarioKind::reform;
    if (task.arguments.json) {
      json.push_back(
          {{"name", summary.name}, {"kind", name_of(summary.kind)}, {"title", json_of(summary.title)}});
      if (reform) json.back()["from"] = to_string(summary.from);
    } else {
      screen.out << fmt::format("{:<30} {:<9} {:<8} {}\n", summary.name,
                                say(screen.language, reform ? Phrase::reform : Phrase::base),
                                reform ? to_string(summary.from) : "", summary.title[screen.language]);
    }
  }
  if (task.arguments.json) print_json(screen.out, json);
  return 0;
}

int scenario_show_command(const Task& task) {
  const Screen& screen = task.screen;
  const Scenario scenario = load_scenario_named(task.home, task.arguments.name).scenario;
  if (task.arguments.json) {
    print_json(screen.out, json_of(scenario));
    return 0;
  }
  const bool reform = scenario.kind == ScenarioKind::reform;
  screen.out << fmt::format(
      "{}: {} ({}{})\n", scenario.name, scenario.title[screen.language],
      say(screen.language, reform ? Phrase::reform : Phrase::base),
      reform ? ", " + say(screen.language, Phrase::from_month, to_string(scenario.from)) : "");
  screen.out << '\n' << scenario.summary[screen.language] << '\n';
  if (const std::string& believe = scenario.must_believe[screen.language]; !believe.empty()) {
    screen.out << '\n' << say(screen.language, Phrase::must_believe) << ": " << believe << '\n';
  }
  screen.out << '\n';
  for (const Freeze& freeze : scenario.freezes) {
    screen.out << fmt::format("  {:<38} <= {}  {}\n", freeze.path, to_string(freeze.last), freeze.reason);
  }
  for (const Change& change : scenario.changes) screen.out << change_text(change, screen.language);
  return 0;
}

// A reform must compose with every base of the library, a base with none.
int scenario_check_command(const Task& task) {
  const Law law = load_law_from(task.home).law;
  const Scenario scenario = load_scenario_named(task.home, task.arguments.name).scenario;
  const Plan plan;
  if (scenario.kind == ScenarioKind::base) {
    rules_table(law, scenario, {}, plan.burn_in_from, plan.report_until);
  } else {
    for (const ScenarioSummary& summary : list_scenarios(task.home)) {
      if (summary.kind != ScenarioKind::base) continue;
      const Scenario base = load_scenario_named(task.home, summary.name).scenario;
      rules_table(law, base, {&scenario, 1}, plan.burn_in_from, plan.report_until);
    }
  }
  task.screen.out << say(task.screen.language, Phrase::scenario_is_valid, task.arguments.name) << '\n';
  return 0;
}

}  // namespace tremplin::cli
