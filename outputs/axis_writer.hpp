// The axes of a result file: each a coordinate with its labels, and the columns that describe its places
// (a stratum's region, a tally's unit …). FORMAT.md lists them.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "outputs/hdf5/sheet.hpp"
#include "outputs/tables.hpp"

namespace tremplin {

// Months and days are counted as the engine counts them.
constexpr const char* time_unit = "days since 1900-01-01";
constexpr const char* time_calendar = "proleptic_gregorian";

// Names separated by blanks, as CF's flag_meanings wants them.
std::string joined(std::span<const std::string_view> names);

class AxisWriter {
 public:
  AxisWriter(const Run& run, const ResultAxes& axes) : run_(run), axes_(axes) {}

  // Adds the axis and its descriptions to the group, unless it has them. Names: scenario, replicate,
  // month, stratum, tally, account, task, measure, days, office.
  void add(hdf5::Sheet& to, std::string_view name) const;

  // The descriptions of a table's axes, for the attribute `coordinates` of its values.
  [[nodiscard]] static std::string coordinates_of(const ResultTable& table);

 private:
  void scenario(hdf5::Sheet& to) const;
  void replicate(hdf5::Sheet& to) const;
  void month(hdf5::Sheet& to) const;
  void stratum(hdf5::Sheet& to) const;
  void tally(hdf5::Sheet& to) const;
  void account(hdf5::Sheet& to) const;
  void task(hdf5::Sheet& to) const;
  void measure(hdf5::Sheet& to) const;
  void days(hdf5::Sheet& to) const;
  void office(hdf5::Sheet& to) const;

  const Run& run_;
  const ResultAxes& axes_;
};

}  // namespace tremplin
