#include "scenarios/landscape/presets.hpp"

#include <cmath>

#include "scenarios/yaml/reader.hpp"

namespace tremplin {

namespace {

constexpr int n_sanction_kinds = 4;

double read_value(yaml::MapReader& map, const OfficeColumn& column) {
  if (column.truth()) return map.truth(column.name) ? 1 : 0;
  if (column.n_choices() > 0) return static_cast<double>(map.one_of(column.name, words_of(column.choices)));
  const bool bare = column.unit == "1";  // a count or a ratio, in the words of result files
  const yaml::Range range{column.minimum, column.maximum, bare ? std::string_view() : column.unit};
  return column.whole() ? map.whole_number(column.name, range) : map.number(column.name, range);
}

// Shares of the kinds of sanction mean something together only.
void check_sanction_kinds(yaml::MapReader& map, std::span<const PracticeSetting> settings) {
  const OfficeColumn* first = nullptr;
  int n = 0;
  double sum = 0;
  for (const PracticeSetting& setting : settings) {
    if (!setting.column->name.starts_with("sanction_")) continue;
    if (first == nullptr) first = setting.column;
    ++n;
    sum += setting.value;
  }
  if (n == 0 || (n == n_sanction_kinds && std::abs(sum - 1) <= 1e-6)) return;
  const std::string all =
      "sanction_partial + sanction_one_month + sanction_three_months + sanction_other = 1";
  map.place().report(FaultKind::inconsistent, *map.optional(first->name), "sum " + yaml::to_string(sum), all);
}

}  // namespace

std::vector<PracticeSetting> read_practice(yaml::MapReader& map) {
  std::vector<PracticeSetting> settings;
  for (const OfficeColumn& column : office_columns()) {
    if (column.practice && map.has(column.name)) settings.push_back({&column, read_value(map, column)});
  }
  check_sanction_kinds(map, settings);
  return settings;
}

std::vector<Preset> load_presets(const SourceText& file) {
  Faults faults;
  std::vector<Preset> presets;
  if (const auto root = yaml::read_document(file, faults)) {
    const yaml::Place place{file.name, &faults, {}};
    for (const yaml::Entry& entry : yaml::entries(*root, place)) {
      yaml::MapReader map(entry.value, place.at(entry.key));
      Preset& preset = presets.emplace_back();
      preset.name = entry.key;
      preset.title = map.in_three_languages("title");
      preset.evidence = static_cast<Evidence>(map.one_of("class", evidence_names));
      preset.source = map.text("source");
      if (const yaml::Node* node = map.required("practice")) {
        yaml::MapReader practice(*node, map.place_of("practice"));
        preset.practice = read_practice(practice);
        practice.finish();
      }
      map.finish();
    }
  }
  faults.throw_if_any();
  return presets;
}

void apply(std::span<const PracticeSetting> settings, Practice& practice) {
  Office office;
  office.practice = practice;
  for (const PracticeSetting& setting : settings) setting.column->set(office, setting.value);
  practice = office.practice;
}

}  // namespace tremplin
