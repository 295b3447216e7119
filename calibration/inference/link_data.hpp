// The data on the scales of their links, beside the summaries that `links` puts there: what they say and how
// uncertain they are, to second order; and data made up from the likelihood, for methods that compare
// simulated with observed data. All terms in order, n_links columns each.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "calibration/inference/observation.hpp"

namespace tremplin::inference {

struct LinkData {
  std::vector<std::string> names;  // the term's, with [1], [2] … where it has several links
  Vector value;
  Vector variance;  // of the data around what the simulator expects; 0 where the simulator's noise is theirs
  Vector discrepancy;  // the model's own variance
  std::vector<bool> noise_is_simulators;

  [[nodiscard]] Index size() const { return value.size(); }
};
// Half a case is added to either side of shares and counts, so that none lies at infinity. An interval is its
// middle with the variance of a uniform distribution and that of its error.
LinkData link_data(const Observation& observation);

// How far the data lie from what a model expects, in their own standard deviations (Pearson's residual), and
// how much they tell of each link there (Fisher's information: one over the variance that an estimate of the
// link from these data would have). Zero for simulator noise. links: n_links(term).
struct DataFit {
  Vector error;
  Vector information;
};
DataFit data_fit(const Term& term, const Vector& links);

// The links of all terms side by side, n x size; rows of failed runs are NaN.
Matrix all_links(const Observation& observation, const Matrix& summaries);

// Data on the links back as they are stated: successes, counts, numbers; n x n_links (of a multinomial the
// last category is what the others leave of the total).
Matrix stated(const Observation& observation, const Matrix& links);

// Links of data drawn from the likelihood around each row of summaries, discrepancy included; simulator noise
// passes as it is. Row i depends on (summaries of row i, seed, first + i) only; a failed run's row is NaN.
Matrix drawn_data(const Observation& observation, const Matrix& summaries, std::uint64_t seed,
                  std::uint64_t first = 0);

}  // namespace tremplin::inference
