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

// Months from the request to `last`, with their lines; paid and lost are summed, shares of payers are not.
// Days have the right from `right_from` to the day before file.ends.
std::vector<CaseMonth> months_of(const CaseFile& file, const CaseLaw& law, Date right_from, Month last,
                                 std::span<const Suspension> suspensions);

}  // namespace tremplin
