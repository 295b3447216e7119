// The split of uncertainty as files: a CSV of one line for each reform and indicator, and an HDF5 file that
// also holds the differences of all runs, from which every number can be made again (outputs/FORMAT.md).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "outputs/indicators.hpp"
#include "outputs/run.hpp"
#include "outputs/uncertainty_split.hpp"

namespace tremplin {

// One reform against the base, over the months of its averages.
struct ReformSpread {
  std::size_t reform = 0;  // in Run::scenarios
  Period period;
  std::vector<std::vector<ThreeRuns>> differences;  // [indicator][replicate]
  std::vector<std::optional<Spread>> spreads;       // [indicator]

  [[nodiscard]] std::size_t n_replicates() const { return differences.front().size(); }
};

// With a line of names; an empty cell where there is no number.
std::string uncertainty_csv(const Run& run, const std::vector<ReformSpread>& reforms);

// reforms: at least one, of one number of replicates; of the run its description, scenarios and inputs are
// kept, not its results. Throws InputError{unwritable}.
void write_uncertainty(const Run& run, const std::vector<ReformSpread>& reforms,
                       const std::filesystem::path& path);

}  // namespace tremplin
