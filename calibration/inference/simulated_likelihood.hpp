// The likelihood of the data where the simulator itself is run, a few times at each point: known likelihoods
// at the mean of the runs with that mean's error integrated; noise that is learnt as a normal distribution
// around it whose covariance all points of a call share (synthetic likelihood; Wood 2010). Noisy: for
// searches that look at ranks.
#pragma once

#include <cstdint>

#include "calibration/inference/problem.hpp"

namespace tremplin::inference {

class SimulatedLikelihood {
 public:
  // problem must outlive it. n_replicates: runs at each point, at least 2.
  SimulatedLikelihood(const Problem& problem, Index n_replicates, std::uint64_t seed);

  // One number for each row of scores: log likelihood, with the log of the share of runs that succeeded;
  // minus infinity where all failed. Each call has luck of its own. Where the runs of the first call do not
  // scatter at all, later calls run each point once.
  Vector at(const Matrix& scores);

  [[nodiscard]] Index n_replicates() const { return n_replicates_; }
  [[nodiscard]] Index n_simulations() const { return n_simulations_; }
  [[nodiscard]] Index n_failed() const { return n_failed_; }

 private:
  const Problem& problem_;
  Index n_replicates_;
  std::uint64_t seed_;
  std::uint64_t n_calls_ = 0;
  Index n_simulations_ = 0;
  Index n_failed_ = 0;
};

}  // namespace tremplin::inference
