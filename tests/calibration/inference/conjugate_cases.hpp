// Problems whose posterior is known in closed form, drawn exactly: they prove the check of ranks, and the
// main method is checked on them.
#pragma once

#include <string>
#include <vector>

#include "calibration/inference/emulated_posterior.hpp"
#include "calibration/inference/rank_check.hpp"

namespace tremplin::inference {

struct ConjugateCase {
  std::string name;
  Problem problem;  // of some data; those of a made-up case stand in their place
  PosteriorMethod exact;
  RankedQuantities quantities;
};
// theta ~ N(1, 4), one datum with standard error 1.
ConjugateCase normal_mean();
// p ~ Beta(1, 1), 50 trials.
ConjugateCase beta_binomial();
// a, b ~ N(0, 1); x1 = a, x2 = a - b, each with noise of sd 0.5 that the simulator makes and a method has to
// learn; ranked are a, b, a + b and a - b, which feel the correlation of 0.6 that the posterior has.
ConjugateCase linear_pair();
std::vector<ConjugateCase> conjugate_cases();

// The draws moved away from their mean: spread times as wide, and by `shift` of their standard deviations.
PosteriorMethod distorted(PosteriorMethod method, double spread, double shift);

// One wave, polynomials alone: hundredths of a second for a posterior.
EmulatedPosteriorOptions cheap_options(Index budget, Index n_particles, Index n_draws);
// The main method on the data of each case, with its seed.
PosteriorMethod main_method(const Problem& problem, const EmulatedPosteriorOptions& options);
// The same without runs of its own: n others of the bank are its first design and all of its budget.
PosteriorMethod main_method_on_bank(const Problem& problem, const Simulations& bank, Index n,
                                    const EmulatedPosteriorOptions& options);

}  // namespace tremplin::inference
