// Everything that a simulation takes from files, loaded and checked before the first replicate, each text
// kept with its hash for the result file.
#pragma once

#include <filesystem>
#include <vector>

#include "calibration/model/fitted_posterior.hpp"
#include "calibration/priors.hpp"
#include "cli/options.hpp"
#include "engine/law/rules.hpp"
#include "outputs/run.hpp"
#include "scenarios/landscape/landscape.hpp"

namespace tremplin::cli {

struct Loaded {
  Run run;                        // plan, seed, scenarios and inputs; no offices and no results yet
  std::vector<RulesTable> rules;  // the base first
  Landscape landscape;
  PriorTable priors;
  FittedPosterior fitted;  // empty: parameters come from their priors

  // The parameters of a replicate: central values, or drawn from the calibrated model or the priors.
  [[nodiscard]] Parameters parameters_of(std::uint32_t replicate) const;
};

// Law, scenarios, priors and landscape from `home`; rules reach until `until` (the end of the report, or
// later). base: one name or file; reforms: each a composition "A+B". Throws InputError.
Loaded load_inputs(const std::filesystem::path& home, const Arguments& arguments, const RunOptions& options,
                   Month until);

// Adds texts to the inputs of a run; one that it has already is kept once.
void keep_inputs(Run& run, std::vector<SourceText> texts);

// "law-2015--generalisation": the name of a run's files, without ending.
std::string file_stem(const Run& run);

}  // namespace tremplin::cli
