// The top of a function of scores without its derivatives: CMA-ES (Hansen 2016, "The CMA Evolution Strategy:
// a tutorial") with restarts of doubled population (IPOP; Auger and Hansen 2005). It looks at ranks only, so
// that a value of minus infinity (a run that failed) and noise do no harm: of a noisy function it asks a
// part of the points twice, and where ranks no longer repeat, it goes on with more points from where it is.
#pragma once

#include <cstdint>
#include <functional>

#include "calibration/inference/types.hpp"

namespace tremplin::inference {

// Points (n x d) to values (n), the higher the better; may be noisy, and minus infinity or NaN where there is
// none.
using Objective = std::function<Vector(const Matrix& points)>;

struct CmaEsOptions {
  Index budget = 20'000;   // evaluations, never exceeded
  Index n_population = 0;  // of the first run; 0: 4 + 3 log d
  int n_runs = 6;  // at most: the first and its restarts, each with twice the population of the one before
  double spread = 0.5;  // standard deviation of the first points around the start
  Row start;            // empty: all zeros
  double furthest = 6;  // no point is asked beyond, in any coordinate
  bool noisy = false;   // asked twice, the function answers differently
  std::uint64_t seed = 1;
};

struct CmaEsResult {
  Row at;
  double value = 0;  // of a noisy function the mean of evaluations made there, besides those of the search
  double error = 0;  // standard error of the value; 0 without noise
  Index n_evaluations = 0;
  int n_runs = 0;
  // Two runs ended at the highest top; of a noisy function: in one of them ranks no longer repeated.
  bool converged = false;
};

// Without noise at least three runs start at points of their own, until two found the highest value; with
// noise each goes on from the last one's mean, and the result is the mean over its generations, not the
// luckiest point. Same bits for the same seed. Throws std::invalid_argument unless d >= 1, n_runs >= 1,
// spread and furthest are above 0, and the budget holds two generations.
CmaEsResult cma_es(const Objective& objective, Index d, const CmaEsOptions& options);

}  // namespace tremplin::inference
