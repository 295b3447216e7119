// law show PATH [--at DATE], law dump [--at DATE]: what holds on a day, today if none is given, since when,
// by which text. law acts: which acts changed the rules, and what each changed.
#include <algorithm>
#include <array>
#include <chrono>
#include <ostream>
#include <string>
#include <vector>

#include "cli/arithmetic_text.hpp"
#include "cli/commands.hpp"
#include "cli/plain.hpp"
#include "cli/texts.hpp"
#include "cli/typed_checks.hpp"
#include "cli/words.hpp"
#include "engine/base/errors.hpp"
#include "scenarios/law_query.hpp"
#include "scenarios/library.hpp"
#include "scenarios/rule_acts.hpp"
#include "scenarios/scenario.hpp"
#include "scenarios/yaml/faults.hpp"

namespace tremplin::cli {
namespace {

constexpr int screen_width = 100;

// A law of later days is not known: changes that are voted reach to the end of what can be simulated.
constexpr Date last_day{last_reform_month, 31};

Date today() {
  const auto now = std::chrono::floor<std::chrono::days>(std::chrono::system_clock::now());
  const std::chrono::year_month_day day(now);
  return {Month(int{day.year()}, static_cast<int>(unsigned{day.month()})),
          static_cast<int>(unsigned{day.day()})};
}

// The day of --at; without it today, which the output then says.
Date date_asked(const Arguments& arguments) {
  if (arguments.at.empty()) return std::min(today(), last_day);
  if (const auto date = parse_date(arguments.at)) return *date;
  throw InputError(Fault{.kind = FaultKind::bad_option,
                         .source = arguments.command,
                         .key = "--at",
                         .found = arguments.at,
                         .expected = std::string(expects::date)});
}

std::string day_heading(const Task& task, Date date) {
  if (!task.arguments.at.empty()) return {};
  return wrapped(say(task.screen.language, Phrase::law_of_today, to_string(date)), screen_width, 0) + "\n";
}

const Text& name_of(ValueClass value_class, const Labels& labels) {
  constexpr std::array classes = {Say::class_law, Say::class_data, Say::class_calibrated, Say::class_assumed};
  static_assert(classes.size() == value_class_names.size());
  return labels.of(classes[static_cast<std::size_t>(value_class)]);
}

const Text& label_of(const LawValue& value, const Labels& labels) {
  return labels.of(Section::levers, value.path);
}

std::string validity(const LawValue& value, Date asked, Language language) {
  const std::string since = to_string(value.in_force_since);
  if (value.in_force_since > asked) return say(language, Phrase::first_known, since);
  std::string text = say(language, Phrase::in_force_since, since);
  if (value.new_files) text += ", " + say(language, Phrase::new_files_only);
  return text;
}

// One line of law dump: lever, value, unit, since, class, meaning.
std::string row(const std::array<std::string, 6>& cells) {
  const auto& [lever, value, unit, since, value_class, meaning] = cells;
  return fmt::format("{}  {:>10}  {}  {}  {}  {}\n", widened(lever, 38), value, widened(unit, 29),
                     widened(since, 10), widened(value_class, 13), meaning);
}

// The levers of a path: itself, or all below it. Throws InputError with the nearest lever if there is none.
std::vector<std::string_view> levers_below(const std::string& path) {
  std::string parent = path;
  while (parent.ends_with('/')) parent.pop_back();
  std::vector<std::string_view> paths;
  std::vector<std::string_view> below;
  for (const Lever& lever : all_levers()) {
    for (std::size_t end = lever.path.find('/'); end != std::string_view::npos;
         end = lever.path.find('/', end + 1))
      paths.push_back(lever.path.substr(0, end));
    paths.push_back(lever.path);
    if (lever.path == parent || lever.path.starts_with(parent + "/")) below.push_back(lever.path);
  }
  if (!below.empty()) return below;
  throw InputError(Fault{.kind = FaultKind::unknown_name,
                         .source = "law show",
                         .found = path,
                         .nearest = nearest_name(parent, paths)});
}

std::string law_text(const LawValue& value, Date date, const Indexation& acts, const Labels& labels,
                     Language language) {
  const auto line = [](const std::string& text) { return wrapped(text, screen_width, 2); };
  std::string text =
      fmt::format("{} = {}\n", value.path, value_text(value.value, value.unit, labels, language)) +
      line(label_of(value, labels)[language]) + line(validity(value, date, language)) +
      line(fmt::format("{} {} [{}]", say(language, Phrase::source), value.reference,
                       name_of(value.value_class, labels)[language]));
  if (const std::string worked_out =
          arithmetic_text(acts, value.path, value.in_force_since, cents_of(value.value), language);
      !worked_out.empty())
    text += line(worked_out);
  if (!value.note.empty()) text += line(say(language, Phrase::note) + " " + value.note);
  return text;
}

std::string act_text(const RuleAct& act, const Labels& labels, Language language) {
  const auto line = [](const std::string& text, int indent) { return wrapped(text, screen_width, indent); };
  std::string text = line(fmt::format("{}  {}", to_string(act.on), act.title[language]), 0);
  for (const RuleChange& change : act.changes) {
    const Unit unit = change.lever->unit;
    const std::string values = fmt::format("{} → {}", value_text(change.before, unit, labels, language),
                                           value_text(change.after, unit, labels, language));
    const std::string files = change.new_files ? " (" + say(language, Phrase::new_files_only) + ")" : "";
    text += line(fmt::format("{}: {}{}", change.lever->path, values, files), 2);
    text += line(labels.of(Section::levers, change.lever->path)[language], 4);
  }
  text += line(fmt::format("{} {} [{}]", say(language, Phrase::source), act.reference,
                           name_of(act.value_class, labels)[language]),
               2);
  if (!act.note.empty()) text += line(say(language, Phrase::note) + " " + act.note, 2);
  return text;
}

nlohmann::ordered_json act_json(const RuleAct& act) {
  nlohmann::ordered_json changes = nlohmann::ordered_json::object();
  for (const RuleChange& change : act.changes)
    changes[std::string(change.lever->path)] = {
        {"from", change.before}, {"to", change.after}, {"new_files", change.new_files}};
  return {{"on", to_string(act.on)},
          {"title", in_languages(act.title)},
          {"class", tremplin::name_of(act.value_class)},
          {"reference", act.reference},
          {"note", act.note},
          {"changes", changes}};
}

}  // namespace

int law_acts_command(const Task& task) {
  const Screen& screen = task.screen;
  const auto acts = load_rule_acts(read_source(task.home / rule_acts_file, rule_acts_file));
  if (task.arguments.json) {
    nlohmann::ordered_json json = nlohmann::ordered_json::array();
    for (const RuleAct& act : acts) json.push_back(act_json(act));
    print_json(screen.out, json);
    return 0;
  }
  const Labels labels = read_labels(task.home);
  for (const RuleAct& act : acts) screen.out << act_text(act, labels, screen.language) << "\n";
  screen.out << wrapped(say(screen.language, Phrase::acts_of_amounts), screen_width, 0);
  return 0;
}

int law_show_command(const Task& task) {
  const Screen& screen = task.screen;
  Gathered faults;
  Date date;
  std::vector<std::string_view> paths;
  faults.check([&] { date = date_asked(task.arguments); });
  faults.check([&] { paths = levers_below(task.arguments.path); });
  faults.throw_if_any();
  const LoadedLaw loaded = load_law_from(task.home);
  const Labels labels = read_labels(task.home);
  const Indexation acts = load_indexation(read_source(task.home / indexation_file, indexation_file));
  const nlohmann::json dumped = dump_law(loaded.law, date);
  nlohmann::json json = nlohmann::json::array();
  if (!task.arguments.json) screen.out << day_heading(task, date);
  for (const std::string_view path : paths) {
    const LawValue value = law_value_at(loaded.law, path, date);
    if (!task.arguments.json) {
      screen.out << (path == paths.front() ? "" : "\n")
                 << law_text(value, date, acts, labels, screen.language);
      continue;
    }
    json.push_back(dumped["levers"][value.path]);
    json.back()["path"] = value.path;
    json.back()["date"] = to_string(date);
    json.back()["label"] = in_languages(label_of(value, labels));
  }
  // One lever is an object, several are a list.
  if (task.arguments.json) print_json(screen.out, paths.front() == task.arguments.path ? json.front() : json);
  return 0;
}

int law_dump_command(const Task& task) {
  const Screen& screen = task.screen;
  const Language language = screen.language;
  const Date date = date_asked(task.arguments);
  const LoadedLaw loaded = load_law_from(task.home);
  const Labels labels = read_labels(task.home);
  if (task.arguments.json) {
    nlohmann::json json = dump_law(loaded.law, date);
    for (const Lever& lever : all_levers()) {
      json["levers"][std::string(lever.path)]["label"] = in_languages(labels.of(Section::levers, lever.path));
    }
    print_json(screen.out, json);
    return 0;
  }
  screen.out << day_heading(task, date);
  screen.out << row({say(language, Phrase::lever), say(language, Phrase::value), say(language, Phrase::unit),
                     say(language, Phrase::since), say(language, Phrase::value_class),
                     say(language, Phrase::meaning)});
  for (const Lever& lever : all_levers()) {
    const LawValue value = law_value_at(loaded.law, lever.path, date);
    screen.out << row({value.path, amount_text(value.value, value.unit, language),
                       labels.of(Section::units, tremplin::name_of(value.unit))[language],
                       to_string(value.in_force_since), name_of(value.value_class, labels)[language],
                       label_of(value, labels)[language]});
  }
  return 0;
}

}  // namespace tremplin::cli
