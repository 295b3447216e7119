// The text of a reform to be filled in: valid as it stands, and with any of its lines of changes uncommented.
// Levers come from the registry, chapter by chapter, each with its label, unit, range and the value that the
// base holds when the reform begins, so that none is forgotten and a user changes one number at a time.
#pragma once

#include <string>

#include "engine/law/rules.hpp"
#include "outputs/labels.hpp"
#include "scenarios/scenario.hpp"

namespace tremplin::cli {

struct Skeleton {
  std::string name;    // of the reform, and of its file without ending
  std::string base;    // the scenario that the reform departs from
  Month from;          // when it begins
  std::string schema;  // where editors find the JSON Schema, from the file's folder; empty: not said
};

// `base`: the rules of the base, the month `from` included. Values are those of new files; where older files
// have another one, the change is limited to new files, so that it still changes nothing.
std::string skeleton_text(const Skeleton& skeleton, const RulesTable& base, const Labels& labels,
                          Language language);

// What stands before each change that is commented out; without the mark (#) it is a change.
inline constexpr std::string_view commented_change = "  # - {path: ";

// When a reform of this base may begin: where the base stops following the law, or else `next`.
Month first_month_of_reform(const Scenario& base, Month next);

}  // namespace tremplin::cli
