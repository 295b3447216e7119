// The acts that changed the rules since the law of 26 May 2002: laws, decrees and judgments, each with what
// it changed from what to what. Applied one after another they give each later value of scenarios/law/. It
// answers to scenarios/acts/rules.yaml; indexed amounts have acts of their own (indexation.hpp).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "scenarios/date.hpp"
#include "scenarios/language.hpp"
#include "scenarios/law.hpp"
#include "scenarios/source_text.hpp"

namespace tremplin {

// From the home folder.
inline constexpr const char* rule_acts_file = "scenarios/acts/rules.yaml";

struct RuleChange {
  const Lever* lever = nullptr;
  double before = 0;  // in the lever's unit and range, as `after`
  double after = 0;
  bool new_files = false;  // files requested before it counts keep the value they had
};

struct RuleAct {
  Date on;  // the day it enters into force
  Text title;
  ValueClass value_class{};
  std::string reference;
  std::string note;                 // may be empty
  std::vector<RuleChange> changes;  // at least one
};

// By date. Throws InputError with every fault of the file: a path that is no lever or is changed twice on a
// day, values outside the lever's range, acts that are not in the order of their days, a change that does not
// begin with the value that the act before it left, or that changes nothing.
std::vector<RuleAct> load_rule_acts(const SourceText& source);

// The value that the path has from a day on, and the act that gave it; nullptr: the value of the start.
struct ValueByActs {
  double value = 0;
  const RuleAct* act = nullptr;  // of the acts handed over
  bool new_files = false;
};

// The values of the path one after another, the one of the start first.
std::vector<ValueByActs> values_by_acts(const std::vector<RuleAct>& acts, std::string_view path,
                                        double at_start);

}  // namespace tremplin
