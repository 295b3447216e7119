// Named practice regimes: the five case studies of document 003 (003:1102-1690) as settings that replace
// what was drawn for an office (scenarios/landscape/presets.yaml).
#pragma once

#include <span>
#include <string>
#include <vector>

#include "scenarios/landscape/figures.hpp"
#include "scenarios/landscape/office_columns.hpp"
#include "scenarios/language.hpp"
#include "scenarios/source_text.hpp"

namespace tremplin {

// One habit set by hand: a column of practice and its value.
struct PracticeSetting {
  const OfficeColumn* column = nullptr;
  double value = 0;
};

struct Preset {
  std::string name;  // "two-speed"
  Text title;
  Evidence evidence{};
  std::string source;
  std::vector<PracticeSetting> practice;
};

// All practice that the map holds, under the names of office_columns.def. The four shares of sanctions come
// together and sum to 1. The caller asks for what else the map may hold and finishes it.
std::vector<PracticeSetting> read_practice(yaml::MapReader& map);

// Throws InputError with all faults.
std::vector<Preset> load_presets(const SourceText& file);

// What is not set stays as it is.
void apply(std::span<const PracticeSetting> settings, Practice& practice);

}  // namespace tremplin
