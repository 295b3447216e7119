// Calibration of the engine on the published figures (MODEL.md section 7): one design over everything that is
// not known, a choice of the parameters that the figures feel, then the main method of the inference core;
// at the end runs at draws of the posterior, against all figures, those kept out of the fit included.
#pragma once

#include <functional>
#include <vector>

#include "calibration/inference/emulated_posterior.hpp"
#include "calibration/inference/journal.hpp"
#include "calibration/inference/sobol_indices.hpp"
#include "calibration/model/model_simulator.hpp"
#include "calibration/model/target_check.hpp"

namespace tremplin {

struct CalibrationOptions {
  inference::Index budget = 1000;  // runs of the search, the first design included
  double first_share = 0.4;        // of the budget, for the design over all uncertain parameters
  int n_waves = 4;
  inference::Index n_draws = 1000;  // of the posterior
  inference::Index n_checks = 40;   // runs at draws of it
  double check_sample = 1;          // share of CPAS in those
  std::uint64_t seed = 1;
  std::function<void(const inference::WaveReport&)> after_wave;  // may be empty
};

struct Calibration {
  std::vector<std::size_t> inferred;  // places in the priors; the posterior's parameters, in this order
  inference::Posterior posterior;     // of equal weights
  inference::Matrix joint;            // normal scores of its parameters, common errors included
  inference::Matrix prior;            // as many draws of the same parameters
  // Of each target to each inferred parameter over the prior, by polynomials of the first design.
  inference::SobolIndices sensitivity;
  inference::Matrix figures;                   // n_checks x targets: runs at draws of the posterior
  std::vector<inference::Index> rows_checked;  // draws of the posterior, one for each of those runs
  std::vector<TargetCheck> checks;             // one for each target
};

// How much the data say of an inferred parameter: 1 - (sd of the posterior / sd of the prior)^2, of the
// normal score; near 0 it is not identified.
double contraction(const Calibration& calibration, std::size_t parameter);

// run: one run with these parameters (places in the priors), seed, and share of CPAS. Throws Stopped when it
// does, otherwise as emulated_posterior() does.
using ModelRun = std::function<std::optional<inference::Vector>(
    std::span<const std::size_t> chosen, std::span<const double> row, std::uint64_t seed, double sample)>;
Calibration calibrate(const ModelExperiment& experiment, const CalibrationOptions& options,
                      inference::Journal& journal, const ModelRun& run,
                      const std::function<void(inference::Index)>& run_done);

}  // namespace tremplin
