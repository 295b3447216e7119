// The result tables of a run: which numbers stand in which table of the file, along which axes. Writer,
// reader and digest all walk the same description, so that they cannot disagree.
// A cell of a table lies in one vector of RunResult at the sum of its axes' offsets.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "outputs/run.hpp"
#include "scenarios/scenario.hpp"

namespace tremplin {

struct TableAxis {
  std::string_view name;
  std::vector<std::size_t> offsets;  // one for each place along the axis
  std::size_t chunk = 0;             // places stored together; 0: all
};

// One table: [scenario, replicate, axes…]. The part of one scenario and replicate is a slab.
struct ResultTable {
  std::string_view group;
  std::string_view name;
  std::string_view unit;  // "" where it differs by tally
  std::string_view meaning;
  std::vector<std::int64_t> RunResult::*values;
  std::vector<TableAxis> axes;

  [[nodiscard]] std::string path() const { return std::string(group) + "/" + std::string(name); }
  [[nodiscard]] std::vector<std::size_t> shape(std::size_t n_scenarios, std::size_t n_replicates) const;
  [[nodiscard]] std::size_t slab_size() const;
  // Copies a slab, in C order, out of a result or into it; sizes must agree.
  void gather(const RunResult& result, std::span<std::int64_t> slab) const;
  void scatter(std::span<const std::int64_t> slab, RunResult& result) const;
};

// What a file's axes hold, as places in the registries and in RunResult.
struct ResultAxes {
  int n_months = 0;
  std::size_t n_offices = 0;
  std::vector<std::size_t> strata;    // strata kept, rising
  std::vector<std::size_t> tallies;   // tallies in other units than the cent
  std::vector<std::size_t> accounts;  // tallies in cents
  std::vector<std::size_t> tasks;
};

// The tallies, accounts and tasks of this program, in the order of their registries; the rest empty.
ResultAxes registry_axes();

// The axes of a run. Kept are the strata that have an office, a count or a weight other than 1.
// Throws std::invalid_argument if the vectors of the run do not fit one another.
ResultAxes axes_of(const Run& run);

// All tables, in the order in which the digest takes them.
std::vector<ResultTable> result_tables(const ResultAxes& axes);

// Names written in files, in the order of the enumerators; those of regions and sizes are the scenarios'.
constexpr std::array<std::string_view, n_income_groups> income_group_names = {"GR1", "GR2", "GR3", "GR4"};
constexpr std::array<std::string_view, n_workload> workload_names = {"asked_minutes", "worked_minutes",
                                                                     "asked_tasks", "done_tasks"};

struct Stratum {
  int region;
  int size_class;
  int income_group;
};
constexpr Stratum stratum_at(std::size_t stratum) {
  const int s = static_cast<int>(stratum);
  return {s / (n_size_classes * n_income_groups), s / n_income_groups % n_size_classes, s % n_income_groups};
}
std::string stratum_name(std::size_t stratum);  // "flanders/under_10k/GR1"

}  // namespace tremplin
