#include "scenarios/rule_acts.hpp"

#include <map>

#include "scenarios/scenario.hpp"
#include "scenarios/yaml/reader.hpp"

namespace tremplin {

namespace {

// What each lever was left at by the acts read so far.
using Left = std::map<std::string_view, double>;

RuleChange read_change(const yaml::Node& node, const Lever& lever, const yaml::Place& place, Left& left) {
  yaml::MapReader map(node, place);
  const yaml::Range range{lever.minimum, lever.maximum, name_of(lever.unit)};
  const auto value = [&](std::string_view key) {
    return lever.whole() ? map.whole_number(key, range) : map.number(key, range);
  };
  RuleChange change{.lever = &lever, .before = value("from"), .after = value("to")};
  change.new_files = map.one_of("applies_to", file_scope_names, 0) == 1;
  map.finish();
  const auto before = left.find(lever.path);
  if (before != left.end() && before->second != change.before) {
    place.report(FaultKind::inconsistent, node, "from: " + yaml::to_string(change.before),
                 yaml::to_string(before->second));
  }
  if (change.before == change.after) {
    const std::string same = yaml::to_string(change.after);
    place.report(FaultKind::inconsistent, node, "from: " + same + ", to: " + same, {});
  }
  left[lever.path] = change.after;
  return change;
}

std::vector<RuleChange> read_changes(const yaml::Node& node, const yaml::Place& place, Left& left) {
  std::vector<std::string_view> paths;
  for (const Lever& lever : all_levers()) paths.push_back(lever.path);
  std::vector<RuleChange> changes;
  for (const yaml::Entry& entry : yaml::entries(node, place)) {
    if (const Lever* lever = find_lever(entry.key)) {
      changes.push_back(read_change(entry.value, *lever, place.at(entry.key), left));
      continue;
    }
    yaml::Node key;
    key.line = entry.line;
    key.column = entry.column;
    place.at(entry.key).report(FaultKind::unknown_name, key, entry.key, {}, nearest_name(entry.key, paths));
  }
  if (node.kind == yaml::Node::Kind::map && node.entries.empty())
    place.report(FaultKind::wrong_type, node, {}, std::string(expects::not_empty));
  return changes;
}

RuleAct read_act(const yaml::Node& node, const yaml::Place& place, Left& left) {
  yaml::MapReader map(node, place);
  RuleAct act;
  act.on = map.date("on");
  act.title = map.in_three_languages("title");
  act.value_class = static_cast<ValueClass>(map.one_of("class", value_class_names, 0));
  if (map.has("reference")) {
    act.reference = map.text("reference");
  } else if (node.kind == yaml::Node::Kind::map) {
    place.report(FaultKind::missing_reference, node, {}, {});
  }
  act.note = map.text("note", {});
  if (const yaml::Node* changes = map.required("changes"))
    act.changes = read_changes(*changes, map.place_of("changes"), left);
  map.finish();
  return act;
}

}  // namespace

std::vector<RuleAct> load_rule_acts(const SourceText& source) {
  Faults faults;
  std::vector<RuleAct> acts;
  if (const auto root = yaml::read_document(source, faults)) {
    const yaml::Place place{source.name, &faults, {}};
    Left left;
    std::size_t i = 0;
    for (const yaml::Node& node : yaml::items(*root, place)) {
      RuleAct act = read_act(node, place.at(i++), left);
      if (!acts.empty() && act.on <= acts.back().on)
        place.at(i - 1).report(FaultKind::inconsistent, node, to_string(act.on),
                               "> " + to_string(acts.back().on));
      acts.push_back(std::move(act));
    }
  }
  faults.throw_if_any();
  return acts;
}

std::vector<ValueByActs> values_by_acts(const std::vector<RuleAct>& acts, std::string_view path,
                                        double at_start) {
  std::vector<ValueByActs> values = {{.value = at_start}};
  for (const RuleAct& act : acts) {
    for (const RuleChange& change : act.changes) {
      if (change.lever->path == path)
        values.push_back({.value = change.after, .act = &act, .new_files = change.new_files});
    }
  }
  return values;
}

}  // namespace tremplin
