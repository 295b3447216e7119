// The main method: sequential emulated-likelihood inference (issue: from surveys to a calibrated model, point
// 5a). A scrambled Sobol design, emulators of every summary's mean and noise, history matching (the next runs
// lie where the emulated likelihood finds the data plausible), tempered SMC on the emulated likelihood with
// the emulators' variance, new runs where the posterior is, until it stops moving or the budget ends.
#pragma once

#include <cstdint>
#include <functional>

#include "calibration/inference/column_emulator.hpp"
#include "calibration/inference/problem.hpp"

namespace tremplin::inference {

class EmulatedLikelihood;

// What is told after each wave.
struct WaveReport {
  int wave = 0;
  Index n_simulations = 0;
  Index n_failed = 0;
  double movement = 0;  // of the posterior since the wave before: see diagnostics.hpp
};

struct EmulatedPosteriorOptions {
  Index budget = 1000;           // simulations, failed ones included; at least 20
  double first_share = 0.3;      // of the budget, for the first design
  int n_waves = 5;               // after the first design
  bool stop_when_still = false;  // else the whole budget is spent
  Index n_particles = 1000;
  Index n_draws = 10'000;
  int most_last_moves = 60;  // of the draws at the end, until they have forgotten where they began
  std::uint64_t seed = 1;
  EmulatorOptions emulator;
  Simulations already;  // a sample of the prior, run, in place of a first design; part of the budget
  std::function<void(const WaveReport&)> after_wave;  // may be empty
  // What the posterior was made of, for point fits and profiles; may be empty.
  std::function<void(const EmulatedLikelihood&)> at_end;
};

// Throws std::invalid_argument on a problem or options that make no sense, std::runtime_error if fewer than
// ten simulations succeed. Same bits for any number of threads.
Posterior emulated_posterior(const Problem& problem, const EmulatedPosteriorOptions& options);

}  // namespace tremplin::inference
