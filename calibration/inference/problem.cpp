#include "calibration/inference/problem.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "calibration/inference/keyed.hpp"
#include "calibration/inference/special.hpp"
#include "engine/base/portable_math.hpp"

namespace tremplin::inference {

namespace {
Matrix stacked(const Matrix& above, const Matrix& below) {
  if (above.rows() == 0) return below;
  Matrix both(above.rows() + below.rows(), above.cols());
  both << above, below;
  return both;
}

Vector weights_of(const Vector& log_weights) {
  const double total = log_sum_exp({log_weights.data(), static_cast<std::size_t>(log_weights.size())});
  return (log_weights.array() - total).matrix().unaryExpr([](double x) { return portable::exp(x); });
}
}  // namespace

Index Simulations::n_failed() const { return size() - static_cast<Index>(succeeded().size()); }

std::vector<Index> Simulations::succeeded() const {
  std::vector<Index> rows;
  for (Index i = 0; i < size(); ++i)
    if (!failed(i)) rows.push_back(i);
  return rows;
}

void Simulations::append(const Simulations& more) {
  scores = stacked(scores, more.scores);
  parameters = stacked(parameters, more.parameters);
  summaries = stacked(summaries, more.summaries);
}

Simulations simulate(const Problem& problem, const Matrix& scores, std::uint64_t seed) {
  Simulations done{scores, problem.prior.parameters(scores), {}};
  done.summaries = problem.simulator(done.parameters, seed);
  if (done.summaries.rows() != scores.rows())
    throw std::runtime_error("the simulator gave " + std::to_string(done.summaries.rows()) + " rows for " +
                             std::to_string(scores.rows()) + " points");
  check(problem.observation, done.summaries.cols());
  return done;
}

double Posterior::effective_sample_size() const { return 1 / weights_of(log_weights).squaredNorm(); }

Row Posterior::mean() const { return weights_of(log_weights).transpose() * parameters; }

Matrix Posterior::covariance() const {
  const Matrix centred = parameters.rowwise() - mean();
  return centred.transpose() * weights_of(log_weights).asDiagonal() * centred;
}

Posterior posterior_of(const Prior& prior, Matrix scores, const Vector& log_weights) {
  Posterior posterior;
  posterior.parameters = prior.parameters(scores);
  posterior.scores = std::move(scores);
  const double total = log_sum_exp({log_weights.data(), static_cast<std::size_t>(log_weights.size())});
  posterior.log_weights = log_weights.array() - total;
  return posterior;
}

std::vector<Index> resampled(const Vector& log_weights, Index n, std::uint64_t seed, std::uint64_t index) {
  const Vector weights = weights_of(log_weights);
  const double start = Keyed(seed, Purpose::resample, index).uniform();
  std::vector<Index> rows;
  double below = 0;
  Index row = 0;
  for (Index i = 0; i < n; ++i) {
    const double at = (static_cast<double>(i) + start) / static_cast<double>(n);
    while (row + 1 < weights.size() && below + weights[row] < at) below += weights[row++];
    rows.push_back(row);
  }
  return rows;
}

}  // namespace tremplin::inference
