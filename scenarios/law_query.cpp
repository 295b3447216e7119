#include "scenarios/law_query.hpp"

#include <nlohmann/json.hpp>

#include "scenarios/yaml/faults.hpp"

namespace tremplin {

namespace {

LawValue value_on(const Law& law, const Lever& lever, Date date) {
  const LeverHistory& history = law.history(lever.path);
  const DatedValue* found = &history.values.front();
  for (const DatedValue& value : history.values) {
    if (value.from <= date) found = &value;
  }
  return {std::string(lever.path),
          std::string(lever.meaning),
          history.description,
          lever.unit,
          found->value,
          found->from,
          found->new_files,
          found->value_class,
          found->reference,
          found->note};
}

}  // namespace

LawValue law_value_at(const Law& law, std::string_view path, Date date) {
  if (const Lever* lever = find_lever(path)) return value_on(law, *lever, date);
  std::vector<std::string_view> paths;
  for (const Lever& lever : all_levers()) paths.push_back(lever.path);
  throw InputError(Fault{.kind = FaultKind::unknown_name,
                         .source = {},
                         .line = 0,
                         .column = 0,
                         .key = {},
                         .found = std::string(path),
                         .expected = {},
                         .nearest = nearest_name(path, paths)});
}

nlohmann::json dump_law(const Law& law, Date date) {
  nlohmann::json levers = nlohmann::json::object();
  for (const Lever& lever : all_levers()) {
    const LawValue value = value_on(law, lever, date);
    auto& entry = levers[value.path];
    entry = {{"value", value.value},
             {"unit", name_of(value.unit)},
             {"since", to_string(value.in_force_since)},
             {"applies_to", value.new_files ? "new_files" : "all_files"},
             {"class", name_of(value.value_class)},
             {"reference", value.reference},
             {"meaning", value.meaning}};
    if (!value.note.empty()) entry["note"] = value.note;
  }
  return {{"date", to_string(date)}, {"levers", std::move(levers)}};
}

}  // namespace tremplin
