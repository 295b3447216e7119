// A problem of a researcher's own, in a file: the parameters with their priors (the grammar of
// calibration/parameters.yaml), the summaries with what was observed (the words of calibration/targets.yaml)
// and the program that simulates. docs/calibrator.md describes the form.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "calibration/inference/problem.hpp"
#include "calibration/outside/outside_workers.hpp"
#include "scenarios/source_text.hpp"

namespace tremplin::outside {

struct ObservedSummary {
  std::string name;
  bool is_fitted = true;  // else kept for validation
  double value = 0;
  double standard_error = 0;  // NaN where the simulator's own noise is the data's
};

struct OutsideProblem {
  std::string title;  // may be empty
  OutsideProgram program;
  int program_line = 0;  // of the file
  inference::Prior prior;
  std::vector<ObservedSummary> summaries;  // in the order of the program's answers
  inference::Observation observation;      // of those that are fitted

  [[nodiscard]] std::vector<std::string> summary_names() const;
};

// folder: where the file lies; the program runs there. Throws InputError with all faults of the file.
OutsideProblem load_problem(const SourceText& file, const std::filesystem::path& folder);

}  // namespace tremplin::outside
