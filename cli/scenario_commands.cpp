// scenario list, scenario show NAME, scenario check NAME…, scenario schema.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <ostream>

#include "cli/commands.hpp"
#include "cli/plain.hpp"
#include "cli/texts.hpp"
#include "cli/typed_checks.hpp"
#include "cli/words.hpp"
#include "scenarios/compose.hpp"
#include "scenarios/library.hpp"
#include "scenarios/schema.hpp"

namespace tremplin::cli {
namespace {

constexpr int screen_width = 100;
constexpr int list_margin = 50;  // of a title in the list of scenarios

std::string_view name_of(Operation operation) { return operation_names[static_cast<std::size_t>(operation)]; }
std::string_view name_of(ScenarioKind kind) { return scenario_kind_names[static_cast<std::size_t>(kind)]; }
std::string word_of(ScenarioKind kind, Language language) {
  constexpr std::array words = {Phrase::base, Phrase::reform, Phrase::practice, Phrase::shock};
  return say(language, words[static_cast<std::size_t>(kind)]);
}

nlohmann::ordered_json json_of(const Change& change) {
  nlohmann::ordered_json json = {{"path", change.lever->path},
                                 {"op", name_of(change.operation)},
                                 {"value", change.value},
                                 {"unit", name_of(change.lever->unit)}};
  if (change.from > start_of_time) json["from"] = to_string(change.from);
  if (change.until < end_of_time) json["until"] = to_string(change.until);
  if (change.over_months > 0) json["over_months"] = change.over_months;
  json["applies_to"] = change.new_files ? "new_files" : "all_files";
  for (std::size_t r = 0; r < n_regions; ++r) {
    if (change.regions[r]) json["regions"].push_back(region_names[r]);
  }
  for (std::size_t s = 0; s < n_size_classes; ++s) {
    if (change.sizes[s]) json["sizes"].push_back(size_class_names[s]);
  }
  for (const CpasId id : change.cpas) json["cpas"].push_back(static_cast<int>(id));
  if (!change.groups.empty()) json["groups"] = names_of(change.groups);
  if (change.indexed) json["indexed"] = true;
  json["reference"] = change.reference;
  return json;
}

nlohmann::ordered_json json_of(const Scenario& scenario) {
  nlohmann::ordered_json json = {{"name", scenario.name},
                                 {"kind", name_of(scenario.kind)},
                                 {"title", in_languages(scenario.title)},
                                 {"summary", in_languages(scenario.summary)},
                                 {"must_believe", in_languages(scenario.must_believe)},
                                 {"authors", scenario.authors},
                                 {"references", scenario.references}};
  if (scenario.kind != ScenarioKind::base) json["from"] = to_string(scenario.from);
  json["freeze"] = nlohmann::ordered_json::array();
  for (const Freeze& freeze : scenario.freezes) {
    json["freeze"].push_back(
        {{"path", freeze.path}, {"last", to_string(freeze.last)}, {"reason", freeze.reason}});
  }
  json["changes"] = nlohmann::ordered_json::array();
  for (const Change& change : scenario.changes) json["changes"].push_back(json_of(change));
  return json;
}

// How far a change reaches: its months, files and regions, as far as they are limited.
std::string reach_of(const Change& change, const Labels& labels, Language language) {
  std::vector<std::string> limits;
  if (change.from > start_of_time)
    limits.push_back(say(language, Phrase::from_month, to_string(change.from)));
  if (change.until < end_of_time)
    limits.push_back(say(language, Phrase::until_month, to_string(change.until)));
  if (change.over_months > 0) limits.push_back(say(language, Phrase::over_months, change.over_months));
  if (change.new_files) limits.push_back(say(language, Phrase::new_files_only));
  if (!all_of(change.sizes)) limits.push_back(sizes_text(change.sizes, labels, language));
  if (!all_of(change.regions)) {
    for (std::size_t r = 0; r < n_regions; ++r) {
      if (change.regions[r]) limits.push_back(labels.of(static_cast<Region>(r))[language]);
    }
  }
  if (!change.cpas.empty()) limits.push_back(say(language, Phrase::cpas_named, numbers_text(change.cpas)));
  if (!change.groups.empty())
    limits.push_back(say(language, Phrase::people_of, groups_text(change.groups, labels, language)));
  if (change.indexed) limits.push_back(say(language, Phrase::indexed_from_then));
  return fmt::format("{}", fmt::join(limits, ", "));
}

// A lever set to a value has its unit; one that is scaled has a bare factor.
std::string operation_text(const Change& change, const Labels& labels, Language language) {
  const std::string value = value_text(change.value, change.lever->unit, labels, language);
  switch (change.operation) {
    case Operation::set:
      return "= " + value;
    case Operation::scale:
      return "× " + number_text(change.value, language);
    case Operation::shift:
      return (change.value < 0 ? "" : "+") + value;
  }
  return value;
}

std::string change_text(const Change& change, const Labels& labels, Language language) {
  const auto line = [](const std::string& text, int indent) { return wrapped(text, screen_width, indent); };
  std::string text =
      line(std::string(change.lever->path) + " " + operation_text(change, labels, language), 2) +
      line(labels.of(Section::levers, change.lever->path)[language], 4);
  if (const std::string reach = reach_of(change, labels, language); !reach.empty()) text += line(reach, 4);
  return text + line(say(language, Phrase::source) + " " + change.reference, 4);
}

std::string scenario_text(const Scenario& scenario, const Labels& labels, Language language) {
  const auto line = [](const std::string& text, int indent = 0) {
    return wrapped(text, screen_width, indent);
  };
  const bool reform = scenario.kind != ScenarioKind::base;
  std::string kind = word_of(scenario.kind, language);
  if (reform) kind += ", " + say(language, Phrase::from_month, to_string(scenario.from));
  std::string text = line(fmt::format("{} ({})", scenario.name, kind)) + line(scenario.title[language]) +
                     "\n" + line(scenario.summary[language]);
  if (const std::string& believe = scenario.must_believe[language]; !believe.empty())
    text += "\n" + line(say(language, Phrase::must_believe) + " " + believe);
  text +=
      "\n" + line(fmt::format("{} {}", say(language, Phrase::authors), fmt::join(scenario.authors, "; ")));
  text += say(language, Phrase::sources) + "\n";
  for (const std::string& reference : scenario.references) text += line(reference, 2);
  if (!scenario.freezes.empty()) text += "\n" + say(language, Phrase::frozen) + "\n";
  for (const Freeze& freeze : scenario.freezes)
    text += line(freeze.path + ", " + say(language, Phrase::up_to_month, to_string(freeze.last)), 2) +
            line(freeze.reason, 4);
  if (!scenario.changes.empty()) text += "\n" + say(language, Phrase::changes) + "\n";
  for (const Change& change : scenario.changes) text += change_text(change, labels, language);
  return text;
}

// A line of the list; a long title goes on below itself.
std::string list_line(const ScenarioSummary& summary, Language language) {
  const bool reform = summary.kind != ScenarioKind::base;
  const std::string head =
      fmt::format("{:<29} {} {:<8}", summary.name, widened(word_of(summary.kind, language), 10),
                  reform ? to_string(summary.from) : "");
  return widened(head, list_margin) +
         wrapped(summary.title[language], screen_width, list_margin).substr(list_margin);
}

// A reform must compose with every base of the library, a base with none. Throws InputError.
void check_composition(const Law& law, const std::filesystem::path& home, const std::string& composition) {
  const Plan plan;
  Gathered faults;
  std::vector<Scenario> scenarios;
  for (const std::string& name : split_names(composition))
    faults.check([&] { scenarios.push_back(load_scenario_named(home, name).scenario); });
  faults.throw_if_any();
  if (scenarios.size() == 1 && scenarios.front().kind == ScenarioKind::base) {
    rules_table(law, scenarios.front(), {}, plan.burn_in_from, plan.report_until);
    return;
  }
  for (const ScenarioSummary& summary : list_scenarios(home)) {
    if (summary.kind != ScenarioKind::base) continue;
    const Scenario base = load_scenario_named(home, summary.name).scenario;
    faults.check([&] { rules_table(law, base, scenarios, plan.burn_in_from, plan.report_until); });
  }
  faults.throw_if_any();
}

}  // namespace

int scenario_list_command(const Task& task) {
  const Screen& screen = task.screen;
  nlohmann::ordered_json json = nlohmann::ordered_json::array();
  for (const ScenarioSummary& summary : list_scenarios(task.home)) {
    const bool reform = summary.kind != ScenarioKind::base;
    if (task.arguments.json) {
      json.push_back(
          {{"name", summary.name}, {"kind", name_of(summary.kind)}, {"title", in_languages(summary.title)}});
      if (reform) json.back()["from"] = to_string(summary.from);
    } else {
      screen.out << list_line(summary, screen.language);
    }
  }
  if (task.arguments.json) print_json(screen.out, json);
  return 0;
}

int scenario_show_command(const Task& task) {
  const Screen& screen = task.screen;
  std::vector<Scenario> scenarios;
  for (const std::string& name : split_names(task.arguments.name))
    scenarios.push_back(load_scenario_named(task.home, name).scenario);
  if (task.arguments.json) {
    nlohmann::ordered_json json = nlohmann::ordered_json::array();
    for (const Scenario& scenario : scenarios) json.push_back(json_of(scenario));
    print_json(screen.out, scenarios.size() == 1 ? json.front() : json);
    return 0;
  }
  const Labels labels = read_labels(task.home);
  for (std::size_t s = 0; s < scenarios.size(); ++s)
    screen.out << (s > 0 ? "\n" : "") << scenario_text(scenarios[s], labels, screen.language);
  return 0;
}

int scenario_schema_command(const Task& task) {
  print_json(task.screen.out, scenario_schema());
  return 0;
}

// Every scenario is checked, whatever is wrong with those before it.
int scenario_check_command(const Task& task) {
  const Law law = load_law_from(task.home).law;
  Gathered faults;
  for (const std::string& composition : task.arguments.names) {
    if (faults.check([&] { check_composition(law, task.home, composition); }))
      task.screen.out << say(task.screen.language, Phrase::scenario_is_valid, composition) << '\n';
  }
  task.screen.out.flush();
  faults.throw_if_any();
  return 0;
}

}  // namespace tremplin::cli
