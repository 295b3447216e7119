// What an inference found, as ArviZ's InferenceData schema wants it: groups posterior, prior,
// posterior_predictive, observed_data and sample_stats, each with named axes, so that xarray opens them one
// by one and ArviZ all at once (issue: from surveys to a calibrated model, point 10); and groups of our own:
// sensitivity, point_fit, profile. Of the model's calibration and of any other problem alike.
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "calibration/inference/profile_likelihood.hpp"
#include "calibration/inference/types.hpp"

namespace tremplin {

// Draws are rows; what a file does not have is empty.
struct InferenceData {
  std::vector<std::string> parameters;  // columns of the next two
  inference::Matrix posterior;
  inference::Matrix prior;
  inference::Vector log_weights;     // of the posterior's draws
  std::vector<std::string> figures;  // names of the data; columns of `predictive`
  inference::Vector observed;        // NaN where there is no single number
  inference::Vector standard_error;
  std::vector<std::string> roles;              // fit or validation, one for each figure
  inference::Matrix predictive;                // simulated at draws of the posterior
  std::vector<std::int32_t> predictive_draws;  // which
  inference::Vector learnt;  // of each parameter: 1 - variance of posterior / prior, of the normal score
  // Sobol' indices of each figure (columns) to each parameter (rows) over the prior, with 95 % intervals.
  std::map<std::string, inference::Matrix> sensitivity;  // "first", "first_low", … "total_high"
  std::vector<inference::PointFit> fits;
  std::vector<inference::Profile> profiles;   // one for each parameter, or none
  std::map<std::string, double> diagnostics;  // of the whole, by name
  std::vector<std::string> doubts;            // empty: trusted
  std::map<std::string, std::string> origin;  // texts by name: what made the file
};

// Throws InputError{unwritable}; std::invalid_argument if sizes do not fit.
void write_inference_data(const InferenceData& data, const std::filesystem::path& path);

// Throws as read_run() does.
InferenceData read_inference_data(const std::filesystem::path& path);

}  // namespace tremplin
