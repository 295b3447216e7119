// The observation model: how each summary of the simulator is compared with data (issue: from surveys to a
// calibrated model, point 4: each target has its own likelihood, with the effective sample size that the
// survey's design gives). A summary is what the simulator expects; a likelihood says how data scatter around
// it. What is uncertain about a summary (emulator variance, replicate noise, model discrepancy) is normal on
// the scale of the likelihood's link and integrated into the likelihood.
#pragma once

#include <limits>
#include <string>
#include <variant>
#include <vector>

#include "calibration/inference/types.hpp"

namespace tremplin::inference {

// Data that scatter as the simulator's own output does: the noise is learnt from simulations.
struct SimulatorNoise {
  std::vector<Index> columns;
  Vector observed;  // one for each column
};
struct NormalData {
  Index column = 0;
  double observed = 0;
  double standard_error = 1;
};
// The summary is a share in [0, 1]. Successes and trials may be effective numbers, hence real.
struct BinomialData {
  Index column = 0;
  double successes = 0;
  double trials = 0;
  double correlation = 0;  // within the sample, in [0, 1): above 0 the likelihood is beta-binomial
};
// The summaries are shares, or anything proportional to them; as many columns as counts.
struct MultinomialData {
  std::vector<Index> columns;
  Vector counts;
  double correlation =
      0;  // above 0 the likelihood is Dirichlet-multinomial, with alphas (1/correlation - 1) * share
};
// The summary is the mean count of one unit of exposure; variance = mean + mean^2 / size; infinite size:
// Poisson.
struct CountData {
  Index column = 0;
  double count = 0;
  double exposure = 1;
  double size = std::numeric_limits<double>::infinity();
};
// Only known to lie between two values, themselves measured with this error (0: sharp).
struct IntervalData {
  Index column = 0;
  double low = 0;
  double high = 0;
  double standard_error = 0;
};
using Likelihood =
    std::variant<SimulatorNoise, NormalData, BinomialData, MultinomialData, CountData, IntervalData>;

struct Term {
  std::string name;
  Likelihood likelihood;
  double discrepancy = 0;  // sd of the model's own error, on the link's scale: identity, logit or log
  // Part of the variance between runs that the data hold too: all of it where the data come about as a run
  // does, none where runs are samples of what was measured as a whole. Not of SimulatorNoise.
  double noise_share = 1;
};

struct Observation {
  std::vector<Term> terms;
};

// Throws std::invalid_argument that names every fault: columns outside 0 .. n_summaries - 1, numbers out of
// range.
void check(const Observation& observation, Index n_summaries);

// What the data say each summary is (the middle of an interval); NaN for summaries without data.
Vector observed_summaries(const Observation& observation, Index n_summaries);

// Numbers that stand for a term on its link's scale: categories - 1 of a multinomial (logits of each category
// among itself and those after it, since a multinomial is a product of binomials), else 1; of simulator noise
// its columns as they are.
Index n_links(const Term& term);
// n x n_links. Shares and counts of 0 are moved off it by half the smallest positive value of their column,
// at most half a case of the data.
Matrix links(const Term& term, const Matrix& summaries);

// log p(data | link ~ N(mean, variance + discrepancy^2)), one number for each link. Not for SimulatorNoise,
// whose likelihood has to be learnt (std::invalid_argument). Of a Dirichlet-multinomial exact at variance 0;
// above it the share left for later categories is taken at its mean.
double log_likelihood(const Term& term, const Vector& mean, const Vector& variance);

// Of all terms but SimulatorNoise, one number for each row, the summaries taken as exact.
Vector log_likelihood(const Observation& observation, const Matrix& summaries);

}  // namespace tremplin::inference
