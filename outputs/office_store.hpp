// Offices in a result file: the columns of a landscape's offices, and the group of one's own CPAS.
// FORMAT.md describes both.
#pragma once

#include <string>
#include <vector>

#include "outputs/hdf5/sheet.hpp"
#include "outputs/run.hpp"

namespace tremplin {

// All columns of office_columns.def but the number of the office, along an axis that the sheet has.
void write_office_columns(hdf5::Sheet& to, const std::string& axis, const std::vector<Office>& offices);
// Fills offices that are as many as the columns are long. Throws hdf5::Error if a value is out of range.
void read_office_columns(const hdf5::Group& group, std::vector<Office>& offices);

// The group's sheet must have the axis `replicate`.
void write_own_cpas(hdf5::Sheet& to, const OwnCpas& own);
OwnCpas read_own_cpas(const hdf5::Group& group);

}  // namespace tremplin
