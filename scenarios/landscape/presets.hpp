// Named practice regimes: the five case studies of document 003 (003:1102-1690) as settings that replace
// what was drawn for an office (scenarios/landscape/presets.yaml).
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/cpas/office.hpp"
#include "scenarios/landscape/figures.hpp"
#include "scenarios/language.hpp"
#include "scenarios/source_text.hpp"

namespace tremplin {

struct Preset {
  std::string name;  // "two-speed"
  Text title;
  Evidence evidence{};
  std::string source;
  struct Number {
    double Practice::*field;
    double value;
  };
  std::vector<Number> numbers;
  std::optional<Offer> offer;
  std::optional<ContractPolicy> policy;
  std::optional<SanctionHabit> sanctions;
  std::optional<bool> parallel_contracts;
  std::optional<int> students_summer;  // 1 to 3
};

// Throws InputError with all faults.
std::vector<Preset> load_presets(const SourceText& file);

// What the preset does not set stays as it is.
void apply(const Preset& preset, Practice& practice);

}  // namespace tremplin
