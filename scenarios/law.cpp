#include "scenarios/law.hpp"

#include <algorithm>
#include <limits>
#include <optional>

#include "scenarios/scenario.hpp"
#include "scenarios/yaml/reader.hpp"

namespace tremplin {

namespace {

std::vector<std::string_view> lever_paths() {
  std::vector<std::string_view> paths;
  for (const Lever& lever : all_levers()) paths.push_back(lever.path);
  return paths;
}

std::size_t index_of(const Lever& lever) { return static_cast<std::size_t>(&lever - all_levers().data()); }

DatedValue read_value(const yaml::Entry& entry, const Lever& lever, ValueClass lever_class,
                      const yaml::Place& place) {
  DatedValue result;
  result.line = entry.line;
  if (const auto date = parse_date(entry.key)) {
    result.from = *date;
  } else {
    yaml::Node key;
    key.line = entry.line;
    key.column = entry.column;
    place.report(FaultKind::bad_date, key, entry.key, std::string(expects::date));
  }
  yaml::MapReader map(entry.value, place);
  const yaml::Range range{lever.minimum, lever.maximum, name_of(lever.unit)};
  result.value = lever.whole() ? map.whole_number("value", range) : map.number("value", range);
  result.value_class =
      static_cast<ValueClass>(map.one_of("class", value_class_names, static_cast<std::size_t>(lever_class)));
  result.new_files = map.one_of("applies_to", file_scope_names, 0) == 1;
  result.projected = map.truth("projected", false);
  if (result.projected && result.value_class != ValueClass::assumed)
    place.report(FaultKind::inconsistent, entry.value, "projected: true", "class: assumed");
  result.note = map.text("note", {});
  if (map.has("reference")) {
    result.reference = map.text("reference");
  } else if (entry.value.kind == yaml::Node::Kind::map) {
    place.report(FaultKind::missing_reference, entry.value, {}, {});
  }
  map.finish();
  return result;
}

// Orders the values by date and refuses two that would count from the same month.
void put_in_order(LeverHistory& history, const yaml::Place& place) {
  auto& values = history.values;
  std::ranges::stable_sort(values, {}, &DatedValue::from);
  for (std::size_t i = 1; i < values.size(); ++i) {
    if (values[i - 1].from.counts_from() != values[i].from.counts_from()) continue;
    yaml::Node at;
    at.line = values[i].line;
    place.report(FaultKind::overlapping_changes, at,
                 to_string(values[i - 1].from) + ", " + to_string(values[i].from), {});
  }
}

LeverHistory read_lever(const yaml::Node& node, const Lever& lever, const yaml::Place& place) {
  LeverHistory history;
  history.source = place.source;
  yaml::MapReader map(node, place);
  history.description = map.text("description");
  const std::array<std::string_view, 1> unit = {name_of(lever.unit)};
  map.one_of("unit", unit);
  history.value_class = static_cast<ValueClass>(map.one_of("class", value_class_names));
  if (const yaml::Node* values = map.required("values")) {
    const yaml::Place values_place = map.place_of("values");
    for (const yaml::Entry& entry : yaml::entries(*values, values_place)) {
      history.values.push_back(read_value(entry, lever, history.value_class, values_place.at(entry.key)));
    }
    if (values->kind == yaml::Node::Kind::map && history.values.empty()) {
      values_place.report(FaultKind::wrong_type, *values, {}, std::string(expects::not_empty));
    }
    put_in_order(history, values_place);
  }
  map.finish();
  return history;
}

using Histories = std::vector<std::optional<LeverHistory>>;

void read_file(const SourceText& source, Histories& histories, Faults& faults) {
  const auto root = yaml::read_document(source, faults);
  if (!root) return;
  const yaml::Place place{source.name, &faults, {}};
  for (const yaml::Entry& entry : yaml::entries(*root, place)) {
    yaml::Node key;
    key.line = entry.line;
    key.column = entry.column;
    const Lever* lever = find_lever(entry.key);
    if (lever == nullptr) {
      place.at(entry.key).report(FaultKind::unknown_name, key, entry.key, {},
                                 nearest_name(entry.key, lever_paths()));
    } else if (auto& history = histories[index_of(*lever)]) {
      place.at(entry.key).report(FaultKind::duplicate_key, key, history->source, {});
    } else {
      history = read_lever(entry.value, *lever, place.at(entry.key));
    }
  }
}

}  // namespace

const DatedValue& value_in_force(const LeverHistory& history, Month month, Month request) {
  const DatedValue* found = &history.values.front();
  for (const DatedValue& value : history.values) {
    const Month counts_from = value.from.counts_from();
    if (counts_from <= month && (!value.new_files || counts_from <= request)) found = &value;
  }
  return *found;
}

std::int64_t coefficient_in(std::span<const Coefficient> index, Month month) {
  if (index.empty()) return 1;
  const auto later = std::ranges::upper_bound(index, month, {}, &Coefficient::from);
  return later == index.begin() ? index.front().ten_thousandths : std::prev(later)->ten_thousandths;
}

const LeverHistory& Law::history(std::string_view path) const { return levers[index_of(*find_lever(path))]; }

Law load_law(std::span<const SourceText> sources) {
  Faults faults;
  Histories histories(all_levers().size());
  for (const SourceText& source : sources) read_file(source, histories, faults);
  Law law;
  for (const Lever& lever : all_levers()) {
    auto& history = histories[index_of(lever)];
    if (!history) {
      faults.add({.kind = FaultKind::missing_key,
                  .source = "scenarios/law",
                  .line = 0,
                  .column = 0,
                  .key = std::string(lever.path),
                  .found = {},
                  .expected = {},
                  .nearest = {}});
    }
    law.levers.push_back(std::move(history).value_or(LeverHistory{}));
  }
  faults.throw_if_any();
  return law;
}

}  // namespace tremplin
