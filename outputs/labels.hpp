// What users read, in three languages: a short label for every name of every registry, and the words of
// tables and reports. Loaded from outputs/labels/*.yaml; a gap or a name that no registry holds is a fault.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/law/rules.hpp"
#include "engine/simulate/run_result.hpp"
#include "outputs/indicators.hpp"
#include "scenarios/landscape/office_columns.hpp"
#include "scenarios/language.hpp"
#include "scenarios/source_text.hpp"

namespace tremplin {

enum class Say : std::uint16_t {
#define TEXT(name, placeholders) name,
#include "outputs/texts.def"
#undef TEXT
};

// The sections of the label files; each holds the names of one registry.
enum class Section : std::uint8_t {
  tallies,
  tasks,
  effects,
  levers,
  parameters,
  common_errors,
  indicators,
  regions,
  size_classes,
  groups,  // of people: scenarios/README.md
  income_groups,
  topics,
  indicator_units,
  short_units,
  units,
  texts,
  office_columns,
  decisions,
  happenings,
  statuses,  // as a chronicle names them, "activity/training"
  chapters,  // of the law: the first part of a lever's path
  choices,   // of office columns, "policy/everyone"; regions, income groups, yes and no have words of their
             // own
};
constexpr int n_sections = 22;
std::string_view name_of(Section section);
// "piis" of "piis/delay/months"
std::string_view chapter_of(const Lever& lever);
// The names that a section must hold, in the order of their registry.
std::vector<std::string_view> names_in(Section section);
// The placeholders that a text must hold, in the order of texts.def.
std::vector<std::string_view> placeholders_of(Say text);

class Labels {
 public:
  // The name must be one of names_in(section).
  [[nodiscard]] const Text& of(Section section, std::string_view name) const;
  // nullptr for a name that the section's registry does not have.
  [[nodiscard]] const Text* find(Section section, std::string_view name) const;
  [[nodiscard]] const Text& of(Tally tally) const;
  [[nodiscard]] const Text& of(Task task) const;
  [[nodiscard]] const Text& of(Indicator indicator) const;
  [[nodiscard]] const Text& of(Region region) const;
  [[nodiscard]] const Text& of(SizeClass size) const;
  [[nodiscard]] const Text& of(TargetGroup group) const;
  [[nodiscard]] const Text& of(Topic topic) const;
  [[nodiscard]] const Text& of(Say text) const;
  [[nodiscard]] const Text& of(const OfficeColumn& column) const;

 private:
  friend Labels load_labels(std::span<const SourceText> sources);
  std::array<std::map<std::string, Text, std::less<>>, n_sections> sections_;
};

// Loads all label files together. Throws InputError with every fault: unreadable YAML, a missing language,
// an unknown or missing name, a text whose placeholders differ from those in texts.def.
Labels load_labels(std::span<const SourceText> sources);

// "under 25; students"
std::string groups_text(GroupSet groups, const Labels& labels, Language language);

// "412, 585"
std::string numbers_text(std::span<const CpasId> ids);

// The text with each {placeholder} replaced.
using Placeholders = std::vector<std::pair<std::string_view, std::string>>;
std::string fill(std::string_view text, const Placeholders& values);

}  // namespace tremplin
