// Tables from margins: raking (iterative proportional fitting), rounding that keeps the margins, and
// systematic assignment by rank, which meets published shares exactly over a finite number of CPAS.
#pragma once

#include <span>
#include <vector>

namespace tremplin {

// A published margin: the group of each item and the sum wanted in each group.
struct Margin {
  std::vector<int> group;      // [item], 0 to totals.size() - 1
  std::vector<double> totals;  // [group], >= 0
};

// Scales the weights (>= 0) group by group until every margin holds to a relative 1e-12; relative sizes
// within a cell are kept. Zero weights stay zero.
// Throws InputError (inconsistent) if the margins cannot be met together: sums that differ by more than
// a relative 1e-9, or a group with a total and no weight.
void rake(std::span<double> weights, std::span<const Margin> margins);

// Whole numbers next to the cells of a table whose row and column sums are whole: each cell moves by
// less than 1 and all sums are kept. Fractions are shifted round cycles of cells until none is left.
std::vector<std::vector<int>> round_table(std::vector<std::vector<double>> table);

// Items in ascending order of the latent; equal latents in order of index.
std::vector<int> ascending(std::span<const double> latents);

// Counts that sum to n in the proportions of `shares` (>= 0, not all 0), by largest remainder.
std::vector<int> apportion(int n, std::span<const double> shares);

// The class of each item when the lowest latents get class 0 and the counts are apportion(n, shares).
std::vector<int> assign_by_rank(std::span<const double> latents, std::span<const double> shares);

// Lower triangular Cholesky factor of a correlation matrix; empty if it is not positive definite.
std::vector<std::vector<double>> cholesky(const std::vector<std::vector<double>>& matrix);

}  // namespace tremplin
