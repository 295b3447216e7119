// Whether the data lie where the prior can reach at all (issue: from surveys to a calibrated model, point 5b:
// prior-data conflict; Evans and Moshonov 2006): the data among data that the prior predicts, one summary at
// a time and jointly. A posterior under conflict is an extrapolation, whatever the method.
#pragma once

#include <string>
#include <vector>

#include "calibration/inference/problem.hpp"

namespace tremplin::inference {

struct PriorConflict {
  struct Summary {
    std::string name;
    double distance = 0;  // of the data from the predicted mean, in standard deviations, on the link's scale
    double tail = 0;      // two-sided share of predicted data at least as far out, at least 2 / (runs + 1)
    bool conflict = false;
  };
  std::vector<Summary> summaries;
  double distance = 0;  // Mahalanobis distance of all data together
  double tail = 0;      // share of predicted data at least as far from the others
  bool joint = false;   // together they conflict

  [[nodiscard]] bool any() const;
  // One sentence for each conflict; the joint one only where no summary conflicts by itself.
  [[nodiscard]] std::vector<Doubt> doubts() const;
};

// runs: simulations at draws of the prior, at least 10 that did not fail (std::invalid_argument). A conflict
// is said where the data lie beyond every predicted datum and a normal distribution would give them a tail
// below 0.001, shared among the summaries (Bonferroni); jointly by Hotelling's test and, among the predicted
// data left out one by one, beyond every one. Jointly needs twice as many runs as summaries.
PriorConflict prior_conflict(const Observation& observation, const Simulations& runs, std::uint64_t seed);

}  // namespace tremplin::inference
