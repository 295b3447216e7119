// Two changes of one lever that meet in time, place, groups and files are refused unless both scale or both
// shift: then the order in which reforms are named can never matter.
#pragma once

#include <span>

#include "scenarios/scenario.hpp"
#include "scenarios/yaml/faults.hpp"

namespace tremplin {

// Whether both changes move the same lever for some file in some month and place, in a way in which
// their order would matter.
bool conflict(const Change& a, const Change& b);

// One fault for each change in conflict with an earlier one of the list, at the later one and naming the
// other: repeated_change if both set the same value, overlapping_changes otherwise. Agreement is refused
// too: it would last only until one of the two files is edited.
void report_overlaps(std::span<const Change* const> changes, Faults& faults);

}  // namespace tremplin
