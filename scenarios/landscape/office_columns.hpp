// What a CPAS is, has and does, as columns: the registry of office_columns.def.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "engine/cpas/office.hpp"

namespace tremplin {

struct OfficeColumn {
  std::string_view name;
  std::string_view unit;
  std::string_view choices;  // names of the values 0, 1, 2 …, separated by blanks; empty for a number
  double minimum;
  double maximum;
  std::string_view loading;  // see office_columns.def; may be empty
  std::string_view figures;  // separated by blanks
  std::string_view meaning;
  bool practice;  // a habit, not what the office is or has
  double (*get)(const Office&);
  void (*set)(Office&, double);

  [[nodiscard]] int n_choices() const;  // 0 for a number
  // Yes or no.
  [[nodiscard]] bool truth() const { return choices == "no yes"; }
  [[nodiscard]] bool whole() const { return unit == "1" && choices.empty(); }
};
std::span<const OfficeColumn> office_columns();
// The name must exist.
const OfficeColumn& office_column(std::string_view name);

// The parts of a list that blanks separate.
std::vector<std::string_view> words_of(std::string_view list);

}  // namespace tremplin
