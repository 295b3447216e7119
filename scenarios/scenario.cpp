#include "scenarios/scenario.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "scenarios/overlap.hpp"
#include "scenarios/spheres.hpp"
#include "scenarios/yaml/reader.hpp"

namespace tremplin {

namespace {

// The lever under `path`, or nullptr and a fault with the nearest one.
const Lever* read_lever(yaml::MapReader& map) {
  const yaml::Node* node = map.required("path");
  if (node == nullptr) return nullptr;
  const std::string path = yaml::text(*node, map.place_of("path"));
  const Lever* lever = find_lever(path);
  if (lever == nullptr && !path.empty()) {
    std::vector<std::string_view> paths;
    for (const Lever& known : all_levers()) paths.push_back(known.path);
    map.place_of("path").report(FaultKind::unknown_name, *node, path, {}, nearest_name(path, paths));
  }
  return lever;
}

double read_amount(yaml::MapReader& map, const Lever* lever, Operation operation) {
  if (operation == Operation::scale) return map.number("value", {0, 1000});
  if (operation == Operation::shift || lever == nullptr) return map.number("value");
  const yaml::Range range{lever->minimum, lever->maximum, name_of(lever->unit)};
  return lever->whole() ? map.whole_number("value", range) : map.number("value", range);
}

// Which of `known` a list names; all of them if there is no list.
template <std::size_t n>
std::array<bool, n> read_places(yaml::MapReader& map, std::string_view key,
                                const std::array<std::string_view, n>& known) {
  std::array<bool, n> named{};
  const yaml::Node* node = map.optional(key);
  if (node == nullptr) {
    named.fill(true);
    return named;
  }
  const yaml::Place place = map.place_of(key);
  const auto names = yaml::items(*node, place);
  if (node->kind == yaml::Node::Kind::list && names.empty()) {
    place.report(FaultKind::wrong_type, *node, "[]", std::string(expects::not_empty));
  }
  for (std::size_t i = 0; i < names.size(); ++i) {
    named[yaml::one_of(names[i], place.at(i), known)] = true;
  }
  return named;
}

// Which CPAS a list names by their numbers, in order. Whether they exist the landscape says
// (scenarios/landscape/named_offices.hpp).
std::vector<CpasId> read_cpas(yaml::MapReader& map) {
  std::vector<CpasId> named;
  const yaml::Node* node = map.optional("cpas");
  if (node == nullptr) return named;
  const yaml::Place place = map.place_of("cpas");
  const auto ids = yaml::items(*node, place);
  if (node->kind == yaml::Node::Kind::list && (ids.empty() || ids.size() > max_named_cpas)) {
    place.report(FaultKind::out_of_range, *node, std::to_string(ids.size()),
                 fmt::format("1 .. {}", max_named_cpas));
    return named;
  }
  constexpr yaml::Range numbers{0, static_cast<double>(no_cpas) - 1};
  for (std::size_t i = 0; i < ids.size(); ++i)
    named.push_back(static_cast<CpasId>(yaml::whole_number(ids[i], place.at(i), numbers)));
  std::ranges::sort(named);
  named.erase(std::ranges::unique(named).begin(), named.end());
  return named;
}

// Whom a list of groups names; what belongs to the office is the same for everybody.
GroupSet read_groups(yaml::MapReader& map, const Lever* lever) {
  GroupSet groups;
  const yaml::Node* node = map.optional("groups");
  if (node == nullptr) return groups;
  const auto named = read_places(map, "groups", group_names);
  for (std::size_t g = 0; g < named.size(); ++g) groups.add(static_cast<TargetGroup>(g), named[g]);
  if (lever != nullptr && lever->reach == Reach::office)
    map.place_of("groups").report(FaultKind::unknown_key, *node, "groups", std::string(expects::of_a_file));
  return groups;
}

// An amount of money that follows the index; a factor does so by itself.
void read_index(yaml::MapReader& map, Change& change) {
  change.indexed = map.truth("indexed", false);
  if (!change.indexed) return;
  const yaml::Node& node = *map.optional("indexed");
  const yaml::Place place = map.place_of("indexed");
  const bool money = change.lever == nullptr || change.lever->unit == Unit::euro_per_month ||
                     change.lever->unit == Unit::euro_per_year;
  if (!money || change.operation == Operation::scale) {
    place.report(FaultKind::inconsistent, node, "indexed: true", std::string(expects::an_amount));
  } else if (change.from < first_indexed_month) {
    place.report(FaultKind::inconsistent, node, "from: " + to_string(change.from),
                 ">= " + to_string(first_indexed_month));
  }
}

// [from, until) of a change; a reform cannot touch a month before its own date.
void read_months(yaml::MapReader& map, const Scenario& scenario, Change& change) {
  change.from = scenario.from;
  if (const yaml::Node* node = map.optional("from")) {
    change.from = yaml::date(*node, map.place_of("from")).counts_from();
    const bool valid = parse_date(node->scalar).has_value();
    if (valid && scenario.kind != ScenarioKind::base && change.from < scenario.from) {
      map.place_of("from").report(FaultKind::changes_the_past, *node, node->scalar,
                                  ">= " + to_string(scenario.from));
    }
  }
  if (const yaml::Node* node = map.optional("until")) {
    change.until = yaml::date(*node, map.place_of("until")).counts_from();
    if (parse_date(node->scalar) && change.until <= change.from) {
      map.place_of("until").report(FaultKind::out_of_range, *node, node->scalar,
                                   "> " + to_string(change.from));
    }
  }
}

// Stated, the unit must be the lever's; of a scale, that of a factor.
void read_unit(yaml::MapReader& map, const Change& change) {
  if (!map.has("unit") || change.lever == nullptr) return;
  const Unit unit = change.operation == Operation::scale ? Unit::factor : change.lever->unit;
  const std::array expected = {name_of(unit)};
  map.one_of("unit", expected);
}

// A phase-in: between whole numbers there are no steps, and it must end while the change holds.
void read_phase(yaml::MapReader& map, Change& change) {
  const yaml::Node* node = map.optional("over_months");
  if (node == nullptr) return;
  const yaml::Place place = map.place_of("over_months");
  change.over_months = yaml::whole_number(*node, place, {2, max_over_months, "months"});
  if (change.lever != nullptr && change.lever->whole()) {
    place.report(FaultKind::unknown_key, *node, "over_months", std::string(expects::gradual));
  } else if (change.until > change.from && change.over_months > change.until - change.from) {
    place.report(FaultKind::out_of_range, *node, node->scalar,
                 fmt::format("<= {} months", change.until - change.from));
  }
}

// Practice and shocks keep to what councils decide, and to what happens to them.
void require_sphere(yaml::MapReader& map, const Scenario& scenario, const Lever* lever) {
  if (lever == nullptr) return;
  const bool narrow = scenario.kind == ScenarioKind::practice || scenario.kind == ScenarioKind::shock;
  const Sphere own = scenario.kind == ScenarioKind::practice ? Sphere::practice : Sphere::environment;
  if (narrow && sphere_of(lever->path) != own)
    map.place_of("path").report(FaultKind::inconsistent, *map.optional("path"), std::string(lever->path),
                                "kind: reform");
}

Change read_change(const yaml::Node& node, const yaml::Place& place, const Scenario& scenario) {
  yaml::MapReader map(node, place);
  Change change;
  change.source = place.source;
  change.line = node.line;
  change.column = node.column;
  change.lever = read_lever(map);
  require_sphere(map, scenario, change.lever);
  change.operation = static_cast<Operation>(map.one_of("op", operation_names));
  change.value = read_amount(map, change.lever, change.operation);
  read_unit(map, change);
  read_months(map, scenario, change);
  read_phase(map, change);
  change.new_files = map.one_of("applies_to", file_scope_names, 0) == 1;
  change.regions = read_places(map, "regions", region_names);
  change.sizes = read_places(map, "sizes", size_class_names);
  change.cpas = read_cpas(map);
  change.groups = read_groups(map, change.lever);
  read_index(map, change);
  change.reference = map.text("reference");
  map.finish();
  return change;
}

bool covers(std::string_view beginning, std::string_view path) {
  return path.starts_with(beginning) && (path.size() == beginning.size() || path[beginning.size()] == '/');
}

// The freezes of a base: each must cover a lever, and none may be covered twice.
void read_freezes(yaml::MapReader& map, Scenario& scenario) {
  const yaml::Node* list = map.optional("freeze");
  if (list == nullptr) return;
  const yaml::Place place = map.place_of("freeze");
  const auto nodes = yaml::items(*list, place);
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    yaml::MapReader freeze(nodes[i], place.at(i));
    Freeze result{freeze.text("path"), freeze.date("last").counts_from(), freeze.text("reason")};
    freeze.finish();
    bool found = false;
    std::vector<std::string_view> paths;
    for (const Lever& lever : all_levers()) {
      paths.push_back(lever.path);
      if (!covers(result.path, lever.path)) continue;
      found = true;
      const bool twice = std::ranges::any_of(
          scenario.freezes, [&](const Freeze& other) { return covers(other.path, lever.path); });
      if (twice) {
        place.at(i).report(FaultKind::overlapping_changes, nodes[i], std::string(lever.path), {});
      }
    }
    if (!found && !result.path.empty()) {
      place.at(i).at("path").report(FaultKind::unknown_name, nodes[i], result.path, {},
                                    nearest_name(result.path, paths));
    }
    scenario.freezes.push_back(std::move(result));
  }
}

Text read_text(yaml::MapReader& map, std::string_view key, Origin origin) {
  return origin == Origin::tree ? map.in_three_languages(key) : map.in_some_language(key);
}

// The date of a reform: what comes before the simulation begins was never simulated.
Month read_start(yaml::MapReader& map) {
  const Month from = map.date("from").counts_from();
  const yaml::Node* node = map.optional("from");
  const bool read = node != nullptr && parse_date(node->scalar).has_value();
  if (read && (from < first_reform_month || from > last_reform_month)) {
    map.place_of("from").report(
        FaultKind::out_of_range, *node, node->scalar,
        fmt::format("{} .. {}", to_string(first_reform_month), to_string(last_reform_month)));
  }
  return from;
}

// Keys that only a base has, or only a difference.
void read_kind(yaml::MapReader& map, Origin origin, Scenario& scenario) {
  scenario.kind = static_cast<ScenarioKind>(map.one_of("kind", scenario_kind_names));
  if (scenario.kind == ScenarioKind::base) {
    read_freezes(map, scenario);
  } else {
    scenario.from = read_start(map);
    scenario.must_believe = read_text(map, "must_believe", origin);
  }
}

void read_name(yaml::MapReader& map, const SourceText& source, Scenario& scenario) {
  const yaml::Node* node = map.required("name");
  if (node == nullptr) return;
  scenario.name = yaml::text(*node, map.place_of("name"));
  const std::string stem = std::filesystem::path(source.name).stem().string();
  if (!scenario.name.empty() && scenario.name != stem) {
    map.place_of("name").report(FaultKind::other_file_name, *node, scenario.name, stem);
  }
}

void read_changes(yaml::MapReader& map, Scenario& scenario, Faults& faults) {
  const yaml::Node* list =
      scenario.kind != ScenarioKind::base ? map.required("changes") : map.optional("changes");
  // An empty key is no change: so begins a file of `scenario new`, whose changes are comments.
  if (list == nullptr || list->kind == yaml::Node::Kind::null) return;
  const yaml::Place place = map.place_of("changes");
  const auto nodes = yaml::items(*list, place);
  if (nodes.size() > max_changes) {
    place.report(FaultKind::too_large, *list, std::to_string(nodes.size()),
                 "<= " + std::to_string(max_changes));
    return;
  }
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    scenario.changes.push_back(read_change(nodes[i], place.at(i), scenario));
  }
  std::vector<const Change*> changes;
  for (const Change& change : scenario.changes) {
    if (change.lever != nullptr) changes.push_back(&change);
  }
  report_overlaps(changes, faults);
}

}  // namespace

Jurisdiction first_touched(const Change& change) {
  Jurisdiction where = *std::ranges::find_if(all_jurisdictions, [&](const Jurisdiction& place) {
    return change.regions[static_cast<std::size_t>(place.region)] &&
           change.sizes[static_cast<std::size_t>(place.size)];
  });
  if (!change.cpas.empty()) where.cpas = change.cpas.front();
  return where;
}

GroupSet some_of(const Change& change) {
  if (change.groups.empty()) return {};
  return *std::ranges::find_if(all_kinds_of_people, [&](GroupSet kind) { return kind.meets(change.groups); });
}

Scenario load_scenario(const SourceText& source, Origin origin) {
  Faults faults;
  Scenario scenario;
  if (const auto root = yaml::read_document(source, faults)) {
    yaml::MapReader map(*root, {source.name, &faults, {}});
    read_name(map, source, scenario);
    read_kind(map, origin, scenario);
    scenario.title = read_text(map, "title", origin);
    scenario.summary = read_text(map, "summary", origin);
    scenario.authors = map.texts("authors");
    scenario.references = map.texts("references");
    read_changes(map, scenario, faults);
    map.finish();
  }
  faults.throw_if_any();
  return scenario;
}

}  // namespace tremplin
