// Contradictions between levers that each look right alone.
#pragma once

#include <string>
#include <vector>

#include "engine/law/rules.hpp"

namespace tremplin {

struct Contradiction {
  std::string path;      // the lever to mend
  std::string other;     // the lever that it contradicts
  std::string found;     // its value
  std::string expected;  // in terms of the other lever: "<= piis/evaluations/per_year (2)"
};

// All contradictions in the rules of one month; empty if there are none.
std::vector<Contradiction> contradictions_in(const Rules& rules);

}  // namespace tremplin
