// The calibrated model as it ships: draws of the posterior as one CSV text, from which replicates of
// scenarios take their parameters (issue: from surveys to a calibrated model, point 7).
#pragma once

#include <string>
#include <vector>

#include "calibration/priors.hpp"
#include "scenarios/source_text.hpp"

namespace tremplin {

// Draws of equal weight; parameters that no figure told anything about are not among them and keep their
// prior.
struct FittedPosterior {
  std::vector<std::size_t> places;        // in the table of priors: the columns
  std::vector<std::vector<double>> rows;  // one draw each; a common error's value is its score

  [[nodiscard]] bool empty() const { return rows.empty(); }
};

// A header of names, then one line for each draw. Throws InputError with all faults: names that are not in
// the table or twice, members of a common error without it, cells that are no number or lie outside the
// registry's bounds, rows of another length, no row.
FittedPosterior load_fitted(const SourceText& file, const PriorTable& priors);

// The text that load_fitted() reads, to nine significant digits.
std::string fitted_text(const std::vector<std::string>& names, const std::vector<std::vector<double>>& rows);

// The parameters of a replicate: one row of the posterior, chosen by lot, everything else from its prior;
// parameters whose prior is fixed (an effect switched off) keep that value. Without rows as
// draw_parameters().
Parameters draw_fitted(const FittedPosterior& fitted, const PriorTable& priors, const Luck& luck);

}  // namespace tremplin
