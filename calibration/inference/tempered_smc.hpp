// Sequential Monte Carlo from the prior N(0, I) to a posterior through tempered likelihoods (Del Moral,
// Doucet and Jasra 2006), with temperatures chosen by the effective sample size, and Markov moves that need
// no tuning: proposals from the population's own normal approximation, and differences of two other particles
// (ter Braak 2006), which cross between modes.
#pragma once

#include <cstdint>
#include <functional>

#include "calibration/inference/types.hpp"

namespace tremplin::inference {

// Scores (n x s) to log likelihoods (n), thread-safe or parallel in itself.
using LogLikelihood = std::function<Vector(const Matrix& scores)>;

struct SmcOptions {
  Index n_particles = 2000;
  Index n_draws = 2000;  // at the end, moved until they hardly resemble those they were copied from
  double kept = 0.5;     // effective share of particles at each temperature
  int most_moves = 10;   // at each temperature
  int most_last_moves = 60;
  double plausible_temperature = 0.2;  // first temperature at which the population is kept as plausible
};

struct SmcResult {
  Matrix scores;  // n_draws x s, of equal weight
  Vector log_likelihood;
  Matrix plausible;  // the population at the temperature asked for
  double resemblance =
      0;  // correlation of the draws with those they were copied from, the largest over scores
  double acceptance = 0;  // of the last moves
  double log_evidence = 0;
  Index n_temperatures = 0;
  Index n_distinct = 0;  // ancestors at the end
};

// Same bits for any number of threads. n_scores >= 1.
SmcResult tempered_smc(const LogLikelihood& log_likelihood, Index n_scores, std::uint64_t seed,
                       const SmcOptions& options = {});

}  // namespace tremplin::inference
