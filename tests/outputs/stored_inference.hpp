// A small inference to write and read: values are made up.
#pragma once

#include <cmath>
#include <limits>

#include "outputs/inference_data.hpp"

namespace tremplin::test {

inline InferenceData stored_inference() {
  InferenceData data;
  data.parameters = {"exit_job", "frailty_sd"};
  data.posterior.resize(3, 2);
  data.posterior << 0.08, 1.2, 0.085, 1.25, 1.0 / 3, 1.3;
  data.prior = 2 * data.posterior;
  data.log_weights = inference::Vector::Constant(3, -std::log(3.0));
  data.figures = {"stock/2013", "exits"};
  data.observed = inference::Vector{{98'650.0, std::numeric_limits<double>::quiet_NaN()}};
  data.standard_error = inference::Vector{{493.25, 0.03}};
  data.roles = {"fit", "validation"};
  data.predictive.resize(2, 2);
  data.predictive << 98'000, 0.41, 99'000, 0.43;
  data.predictive_draws = {0, 2};
  data.learnt = inference::Vector{{0.9, 0.1}};
  data.sensitivity["total"] = inference::Matrix::Identity(2, 2);
  data.sensitivity["first"] = 0.5 * inference::Matrix::Identity(2, 2);
  inference::PointFit fit;
  fit.parameters = inference::Row{{0.082, 1.22}};
  fit.value = -3.5;
  fit.converged = true;
  data.fits = {fit, fit};
  data.fits[1].estimate = inference::Estimate::maximum_a_posteriori;
  data.fits[1].n_simulations = 40;
  data.fits[1].n_failed = 3;
  data.fits[1].error = 0.25;
  data.fits[1].at_edge = true;
  constexpr double open = std::numeric_limits<double>::quiet_NaN();
  data.profiles.resize(2);
  data.profiles[0] = {
      "exit_job", {},    inference::Vector{{0.07, 0.082, 0.09}}, inference::Vector{{-2.5, 0, -2.25}}, 0.082,
      0.072,      0.088, inference::ProfileShape::closed};
  data.profiles[1] = {"frailty_sd", {},   inference::Vector{{1.22, 1.5}}, inference::Vector{{0, -0.5}}, 1.22,
                      open,         open, inference::ProfileShape::flat};
  data.diagnostics = {{"movement", 0.04}, {"validation_spread", 1.1}};
  data.doubts = {"the posterior still moved", "many runs fail there"};
  data.origin = {{"command", "./tremplin calibrate"}, {"program_version", "0.1.0"}};
  return data;
}

}  // namespace tremplin::test
