// cpas list, cpas show ID, cpas presets, cpas new: the synthetic offices, why they are as they are, and the
// file with which a CPAS enters itself. (cpas run is in compare_command.cpp.)
#include <algorithm>
#include <cmath>
#include <ostream>

#include "cli/commands.hpp"
#include "cli/loading.hpp"
#include "cli/plain.hpp"
#include "cli/presentation.hpp"
#include "cli/texts.hpp"
#include "engine/base/errors.hpp"
#include "outputs/present.hpp"
#include "outputs/tables.hpp"
#include "scenarios/landscape/explain.hpp"
#include "scenarios/landscape/presets.hpp"
#include "scenarios/library.hpp"

namespace tremplin::cli {
namespace {

using Json = nlohmann::ordered_json;

Landscape landscape_of(const Task& task) { return load_landscape(read_landscape(task.home)); }

double files_per_worker(const Office& office) {
  return (office.caseload_2013 + office.equivalent_2013) / (office.first_line_fte + office.second_line_fte);
}

// The place of a filter's value among the names; -1 if it was not given.
int filter(std::string_view option, const std::string& value, std::span<const std::string_view> names) {
  if (value.empty()) return -1;
  const auto found = std::ranges::find(names, value);
  if (found != names.end()) return static_cast<int>(found - names.begin());
  throw InputError(Fault{.kind = FaultKind::bad_option,
                         .source = std::string(option),
                         .key = std::string(option),
                         .found = value,
                         .expected = fmt::format("{}", fmt::join(names.begin(), names.end(), " | ")),
                         .nearest = nearest_name(value, names)});
}

std::string value_of(const Office& office, std::string_view column, const Words& words, Language language) {
  const OfficeColumn& of = office_column(column);
  return office_value(of, of.get(office), language, words.labels);
}

// One line of the list; widths sum to 99 with the spaces.
std::string list_line(const std::array<std::string, 11>& cells) {
  constexpr std::array widths = {3, 10, 8, 3, 8, 7, 6, 6, 6, 20, 12};
  std::string line;
  for (std::size_t i = 0; i < cells.size(); ++i) {
    const bool number = i == 0 || (i >= 4 && i <= 8);
    line += (i == 0 ? "" : " ") + padded(cells[i], widths[i], number);
  }
  while (line.ends_with(' ')) line.pop_back();
  return line + "\n";
}

std::string list_line(const Office& office, const Words& words, Language language) {
  constexpr std::array sizes = {"<10k", "10-20k", "20-40k", "40-140k", ">140k"};
  const auto number = [&](double value, int decimals) { return format_number(value, decimals, language); };
  return list_line(
      {std::to_string(static_cast<int>(office.id)), value_of(office, "region", words, language),
       sizes[static_cast<std::size_t>(office.size())], std::string(income_group_names[office.income_group]),
       number(office.population, 0), number(office.caseload_2013, 0), number(office.first_line_fte, 1),
       number(office.second_line_fte, 1), number(files_per_worker(office), 0),
       value_of(office, "policy", words, language), value_of(office, "sanctions", words, language)});
}

Json json_of(const OfficeColumn& column, double value) {
  if (column.truth()) return value == 1;
  if (column.n_choices() > 0) return words_of(column.choices)[static_cast<std::size_t>(value)];
  if (column.whole()) return static_cast<int>(value);
  return value;
}

Json json_of(const Office& office) {
  Json json = {{"id", static_cast<int>(office.id)}, {"synthetic", true}};
  for (const OfficeColumn& column : office_columns().subspan(1))
    json[std::string(column.name)] = json_of(column, column.get(office));
  json["size"] = size_class_names[static_cast<std::size_t>(office.size())];
  json["files_per_worker"] = files_per_worker(office);
  return json;
}

constexpr std::array<std::string_view, n_parts> part_names = {
    "formalism", "contractual", "guidance", "strictness", "region", "size", "luck"};

std::string part_text(Part part, Language language) {
  constexpr std::array phrases = {Phrase::part_formalism,  Phrase::part_contractual, Phrase::part_guidance,
                                  Phrase::part_strictness, Phrase::part_region,      Phrase::part_size,
                                  Phrase::part_luck};
  return say(language, phrases[static_cast<std::size_t>(part)]);
}

// "−0.62: formalism +0.10, …, its own lot −0.40; 150 of 589 CPAS lie lower".
std::string latent_text(const LatentReason& latent, Language language) {
  std::string parts;
  for (std::size_t i = 0; i < latent.parts.size(); ++i) {
    if (std::abs(latent.parts[i]) < 0.005) continue;
    parts += (parts.empty() ? "" : ", ") + part_text(static_cast<Part>(i), language) + " " +
             format_number(latent.parts[i], 2, language, true);
  }
  return say(language, latent.within_region ? Phrase::latent_in_region : Phrase::latent,
             format_number(latent.value, 2, language, true), parts, latent.rank, latent.among);
}

std::string reason_text(const Office& office, const Reason& reason, const Words& words, Language language) {
  constexpr int width = 100;
  const OfficeColumn& column = *reason.column;
  std::string text = words.labels.of(column)[language] + colon(language) +
                     office_value(column, column.get(office), language, words.labels) + "\n";
  if (reason.latent) text += wrapped(latent_text(*reason.latent, language), width, 4);
  for (const Figure* figure : reason.figures) {
    constexpr std::array classes = {Say::class_law, Say::class_data, Say::class_calibrated,
                                    Say::class_assumed};
    const Say evidence = classes[static_cast<std::size_t>(figure->evidence)];
    text += wrapped(
        fmt::format("{} — {} ({})", words.labels.of(evidence)[language], figure->name, figure->source), width,
        4);
  }
  return text;
}

Json json_of(const Reason& reason, const Office& office, const Words& words, Language language) {
  const OfficeColumn& column = *reason.column;
  Json json = {{"name", column.name},
               {"label", words.labels.of(column)[language]},
               {"value", json_of(column, column.get(office))},
               {"in_words", office_value(column, column.get(office), language, words.labels)},
               {"unit", column.unit}};
  if (reason.latent) {
    Json parts;
    for (std::size_t i = 0; i < part_names.size(); ++i)
      parts[std::string(part_names[i])] = reason.latent->parts[i];
    json["latent"] = {{"value", reason.latent->value},
                      {"parts", std::move(parts)},
                      {"rank", reason.latent->rank},
                      {"among", reason.latent->among},
                      {"within_region", reason.latent->within_region}};
  }
  json["figures"] = Json::array();
  for (const Figure* figure : reason.figures) {
    json["figures"].push_back({{"name", figure->name},
                               {"class", evidence_names[static_cast<std::size_t>(figure->evidence)]},
                               {"source", figure->source},
                               {"file", figure->file},
                               {"line", figure->line}});
    if (!figure->note.empty()) json["figures"].back()["note"] = figure->note;
  }
  return json;
}

int office_number(const std::string& text) {
  const auto number = yaml::parse_number(text);
  if (number && *number >= 0 && *number == std::floor(*number) && *number < 1e6)
    return static_cast<int>(*number);
  throw InputError(Fault{.kind = FaultKind::wrong_type,
                         .source = "ID",
                         .key = "ID",
                         .found = text,
                         .expected = std::string(expects::whole_number)});
}

}  // namespace

int cpas_list_command(const Task& task) {
  const Screen& screen = task.screen;
  const RunOptions options = run_options(task.arguments);
  const int region = filter("--region", task.arguments.region, tremplin::region_names);
  const int size = filter("--size", task.arguments.size, size_class_names);
  const Words words = load_words(task.home);
  const std::vector<Office> offices = draw_world(landscape_of(task), options.plan.luck.seed,
                                                 options.plan.burn_in_from, options.plan.report_until)
                                          .offices;
  Json json = Json::array();
  if (!task.arguments.json) {
    const auto head = [&](Phrase what) { return say(screen.language, what); };
    screen.out << wrapped(say(screen.language, Phrase::cpas_synthetic), 100, 0) << '\n'
               << list_line({"id", head(Phrase::head_region), head(Phrase::head_size), "GR",
                             head(Phrase::head_population), head(Phrase::head_paid), head(Phrase::head_first),
                             head(Phrase::head_second), head(Phrase::head_files), head(Phrase::head_policy),
                             head(Phrase::head_sanctions)});
  }
  for (const Office& office : offices) {
    if (region >= 0 && static_cast<int>(office.region) != region) continue;
    if (size >= 0 && static_cast<int>(office.size()) != size) continue;
    if (task.arguments.json) {
      json.push_back(json_of(office));
    } else {
      screen.out << list_line(office, words, screen.language);
    }
  }
  if (task.arguments.json) print_json(screen.out, json);
  return 0;
}

int cpas_show_command(const Task& task) {
  const Screen& screen = task.screen;
  const RunOptions options = run_options(task.arguments);
  const int id = office_number(task.arguments.name);
  const Words words = load_words(task.home);
  const Landscape landscape = landscape_of(task);
  const Explanation explanation = explain_office(landscape, options.plan.luck.seed, id);
  const Office& office = explanation.office;
  if (task.arguments.json) {
    Json json = {{"id", id}, {"synthetic", true}, {"seed", options.plan.luck.seed}};
    json["size"] = size_class_names[static_cast<std::size_t>(office.size())];
    json["files_per_worker"] = files_per_worker(office);
    for (const Reason& reason : explanation.reasons)
      json["columns"].push_back(json_of(reason, office, words, screen.language));
    print_json(screen.out, json);
    return 0;
  }
  screen.out << say(screen.language, Phrase::cpas_title, id, words.labels.of(office.region)[screen.language],
                    words.labels.of(office.size())[screen.language])
             << '\n'
             << wrapped(say(screen.language, Phrase::cpas_synthetic), 100, 0)
             << wrapped(say(screen.language, Phrase::cpas_why), 100, 0) << '\n';
  for (const Reason& reason : explanation.reasons)
    screen.out << reason_text(office, reason, words, screen.language);
  return 0;
}

int cpas_presets_command(const Task& task) {
  const Screen& screen = task.screen;
  const Words words = load_words(task.home);
  Json json = Json::array();
  for (const Preset& preset : load_presets(read_source(task.home / presets_file, presets_file))) {
    if (task.arguments.json) {
      json.push_back({{"name", preset.name},
                      {"class", evidence_names[static_cast<std::size_t>(preset.evidence)]},
                      {"source", preset.source}});
      json.back()["title"] = in_languages(preset.title);
      for (const PracticeSetting& setting : preset.practice)
        json.back()["practice"][std::string(setting.column->name)] = json_of(*setting.column, setting.value);
      continue;
    }
    screen.out << preset.name << colon(screen.language) << preset.title[screen.language] << '\n';
    for (const PracticeSetting& setting : preset.practice)
      screen.out << "    " << words.labels.of(*setting.column)[screen.language] << colon(screen.language)
                 << office_value(*setting.column, setting.value, screen.language, words.labels) << '\n';
    screen.out << wrapped(preset.source, 100, 4);
  }
  if (task.arguments.json) print_json(screen.out, json);
  return 0;
}

}  // namespace tremplin::cli
