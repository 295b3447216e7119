// The days of one household's months and their amounts, before anybody asks who pays them.
#pragma once

#include <span>
#include <vector>

#include "scenarios/case/outcome.hpp"

namespace tremplin {

// A suspension that was decided.
struct Suspension {
  DaySpan days;
  bool partial = false;
};

// The days of the right, as they are known before anybody counts them.
struct Right {
  Date from;                    // to the day before file.ends
  Date decided;                 // the file is reviewed each so many months after it
  std::optional<DaySpan> work;  // in a job of article 60
};

// Months from the request to `last`, with their lines; paid and lost are summed, shares of payers are not.
std::vector<CaseMonth> months_of(const CaseFile& file, const CaseLaw& law, const Right& right, Month last,
                                 std::span<const Suspension> suspensions);

}  // namespace tremplin
