// scenario diff A B: where two scenarios differ, in words: lever, values, months, files, regions, sources.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <ostream>

#include "cli/commands.hpp"
#include "cli/plain.hpp"
#include "cli/texts.hpp"
#include "cli/typed_checks.hpp"
#include "cli/words.hpp"
#include "outputs/present.hpp"
#include "scenarios/compose.hpp"
#include "scenarios/library.hpp"
#include "scenarios/rules_difference.hpp"
#include "scenarios/yaml/faults.hpp"

namespace tremplin::cli {
namespace {

namespace fs = std::filesystem;

constexpr int screen_width = 100;

// "law-2015 + generalisation"
std::string name_of(const Composition& side) {
  std::string text = side.base->name;
  for (const Scenario& reform : side.reforms) text += " + " + reform.name;
  return text;
}

// Reforms alone stand on the base of the other side; where neither names one, on --base.
std::array<Composition, 2> load_sides(const Task& task) {
  Gathered faults;
  const Arguments& arguments = task.arguments;
  std::array<Composition, 2> sides;
  faults.check([&] { sides[0] = composition_named(task.home, arguments, arguments.name); });
  faults.check([&] { sides[1] = composition_named(task.home, arguments, arguments.other); });
  faults.throw_if_any();
  std::optional<Scenario> shared = sides[0].base ? sides[0].base : sides[1].base;
  if (!shared) {
    const std::string& base = arguments.base;
    shared = scenario_named(task.home, arguments, base.empty() ? default_own_base : base);
  }
  for (Composition& side : sides)
    if (!side.base) side.base = shared;
  return sides;
}

// The comparison with what its words are made of.
struct Compared {
  Law law;
  std::array<Composition, 2> sides;
  Month from;
  Month until;
  std::vector<LeverDifference> differences;

  explicit Compared(const Task& task)
      : law(load_law_from(task.home).law),
        sides(load_sides(task)),
        from(Plan{}.burn_in_from),
        until(last_reform_month + 1) {
    Gathered faults;
    std::vector<RulesTable> tables;
    for (const Composition& side : sides)
      faults.check([&] { tables.push_back(rules_table(law, *side.base, side.reforms, from, until)); });
    faults.throw_if_any();
    differences = differences_between(tables[0], tables[1]);
  }

  // What the values of a span rest on, of one side.
  [[nodiscard]] std::vector<std::string> references(std::size_t side, const LeverDifference& difference,
                                                    const ValueSpan& span) const {
    return references_of(
        law, *sides[side].base, sides[side].reforms, *difference.lever,
        {span.from, some_place_of(difference), difference.requested_from, some_of(difference.people)});
  }
};

nlohmann::ordered_json json_of(const LeverDifference& difference, const Compared& compared,
                               const Labels& labels) {
  nlohmann::ordered_json json = {{"path", difference.lever->path},
                                 {"label", in_languages(labels.of(Section::levers, difference.lever->path))},
                                 {"unit", name_of(difference.lever->unit)}};
  for (std::size_t r = 0; r < n_regions; ++r)
    if (difference.regions[r]) json["regions"].push_back(region_names[r]);
  for (std::size_t s = 0; s < n_size_classes; ++s)
    if (difference.sizes[s]) json["sizes"].push_back(size_class_names[s]);
  for (const CpasId id : difference.cpas) json["cpas"].push_back(static_cast<int>(id));
  for (const CpasId id : difference.but_for) json["all_cpas_but"].push_back(static_cast<int>(id));
  for (const GroupSet groups : difference.people.within) json["groups"].push_back(names_of(groups));
  if (!difference.people.outside.empty()) json["no_groups"] = names_of(difference.people.outside);
  if (difference.requested_from > start_of_time)
    json["requested_from"] = to_string(difference.requested_from);
  if (difference.requested_until < end_of_time)
    json["requested_until"] = to_string(difference.requested_until);
  for (const ValueSpan& span : difference.spans) {
    nlohmann::ordered_json value = {{"from", to_string(span.from)}};
    if (span.until < compared.until) value["until"] = to_string(span.until);
    value["a"] = span.in_a;
    value["b"] = span.in_b;
    value["references_a"] = compared.references(0, difference, span);
    value["references_b"] = compared.references(1, difference, span);
    json["values"].push_back(std::move(value));
  }
  return json;
}

// Ten digits tell what a rule says; the last bits of a product or a phase-in are noise to a reader.
double readable(double value) { return std::stod(fmt::format("{:.10g}", value)); }

// Which files, which CPAS, whom.
std::string scope_text(const LeverDifference& difference, const Labels& labels, Language language) {
  std::vector<std::string> limits;
  const bool from = difference.requested_from > start_of_time;
  const bool until = difference.requested_until < end_of_time;
  if (from) limits.push_back(say(language, Phrase::requested_from, to_string(difference.requested_from)));
  if (until) limits.push_back(say(language, Phrase::requested_before, to_string(difference.requested_until)));
  if (!from && !until) limits.push_back(say(language, Phrase::all_files));
  if (all_of(difference.regions)) {
    if (difference.cpas.empty()) limits.push_back(say(language, Phrase::all_regions));
  } else {
    for (std::size_t r = 0; r < n_regions; ++r)
      if (difference.regions[r]) limits.push_back(labels.of(static_cast<Region>(r))[language]);
  }
  if (!all_of(difference.sizes)) limits.push_back(sizes_text(difference.sizes, labels, language));
  if (!difference.cpas.empty())
    limits.push_back(say(language, Phrase::cpas_named, numbers_text(difference.cpas)));
  if (!difference.but_for.empty())
    limits.push_back(say(language, Phrase::cpas_but_for, numbers_text(difference.but_for)));
  Phrase people = Phrase::people_of;
  for (const GroupSet groups : difference.people.within) {
    limits.push_back(say(language, people, groups_text(groups, labels, language)));
    people = Phrase::people_also;
  }
  if (!difference.people.outside.empty())
    limits.push_back(
        say(language, Phrase::people_not, groups_text(difference.people.outside, labels, language)));
  return fmt::format("{}", fmt::join(limits, ", "));
}

std::string months_text(const ValueSpan& span, const Compared& compared, Language language) {
  std::vector<std::string> limits;
  if (span.from > compared.from) limits.push_back(say(language, Phrase::from_month, to_string(span.from)));
  if (span.until < compared.until)
    limits.push_back(say(language, Phrase::until_month, to_string(span.until)));
  if (limits.empty()) limits.push_back(say(language, Phrase::at_all_times));
  return fmt::format("{}", fmt::join(limits, ", "));
}

std::string text_of(const LeverDifference& difference, const Compared& compared, const Labels& labels,
                    Language language) {
  const auto line = [](const std::string& text, int indent) { return wrapped(text, screen_width, indent); };
  const Lever& lever = *difference.lever;
  std::string text = "\n" + line(std::string(lever.path), 0) +
                     line(labels.of(Section::levers, lever.path)[language], 2) +
                     line(scope_text(difference, labels, language), 2);
  std::array<std::vector<std::string>, 2> told;  // sources that did not change since are not repeated
  for (const ValueSpan& span : difference.spans) {
    const std::array values = {value_text(readable(span.in_a), lever.unit, labels, language),
                               value_text(readable(span.in_b), lever.unit, labels, language)};
    text += line(months_text(span, compared, language) + colon(language) +
                     fmt::format("A = {}, B = {}", values[0], values[1]),
                 2);
    for (std::size_t side = 0; side < 2; ++side) {
      std::vector<std::string> references = compared.references(side, difference, span);
      if (references == told[side]) continue;
      text += line(fmt::format("{}, {} {}", side == 0 ? "A" : "B", say(language, Phrase::source),
                               fmt::join(references, "; ")),
                   4);
      told[side] = std::move(references);
    }
  }
  return text;
}

}  // namespace

int scenario_diff_command(const Task& task) {
  const Screen& screen = task.screen;
  const Compared compared(task);
  const Labels labels = read_labels(task.home);
  if (task.arguments.json) {
    nlohmann::ordered_json json = {{"a", name_of(compared.sides[0])}, {"b", name_of(compared.sides[1])}};
    json["differences"] = nlohmann::ordered_json::array();
    for (const LeverDifference& difference : compared.differences)
      json["differences"].push_back(json_of(difference, compared, labels));
    print_json(screen.out, json);
    return 0;
  }
  const char* letters[] = {"A", "B"};
  for (std::size_t side = 0; side < 2; ++side)
    screen.out << letters[side] << colon(screen.language) << name_of(compared.sides[side]) << '\n';
  if (compared.differences.empty()) screen.out << '\n' << say(screen.language, Phrase::no_difference) << '\n';
  for (const LeverDifference& difference : compared.differences)
    screen.out << text_of(difference, compared, labels, screen.language);
  return 0;
}

}  // namespace tremplin::cli
