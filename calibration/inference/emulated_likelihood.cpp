#include "calibration/inference/emulated_likelihood.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <stdexcept>

#include "calibration/inference/link_data.hpp"
#include "calibration/inference/noise_correlation.hpp"
#include "engine/base/portable_math.hpp"
#include "engine/base/workers.hpp"

namespace tremplin::inference {

namespace {
constexpr Index block_rows = 64;  // of predictions made at once: fixed, or bits would depend on threads
constexpr Index most_near = 400;
constexpr Index most_judged = 200;
constexpr double least_success = 1e-4;

// Rows by distance from the focus, nearest first.
std::vector<Index> nearest_first(const Focus& focus, const Matrix& scores, std::vector<Index> rows) {
  const Vector distance = distances(focus, scores);
  std::stable_sort(rows.begin(), rows.end(), [&](Index a, Index b) { return distance[a] < distance[b]; });
  return rows;
}

TrainingSet training_of(const Simulations& runs, const std::vector<Index>& rows) {
  const auto n = static_cast<Index>(rows.size());
  return {runs.scores(rows, Eigen::all), runs.parameters(rows, Eigen::all), std::min(n, most_near),
          std::min(most_judged, std::max<Index>(n / 3, std::min<Index>(n, 50)))};
}
}  // namespace

Focus prior_focus(Index n_scores) { return {Row::Zero(n_scores), Matrix::Identity(n_scores, n_scores)}; }

Focus focus_of(const Matrix& scores) {
  Focus focus{scores.colwise().mean(), {}};
  const Matrix centred = scores.rowwise() - focus.mean;
  focus.covariance = centred.transpose() * centred / static_cast<double>(scores.rows());
  focus.covariance.diagonal().array() += 1e-10;
  return focus;
}

Vector distances(const Focus& focus, const Matrix& scores) {
  const Eigen::LLT<Matrix> factor(focus.covariance);
  const Matrix centred = scores.rowwise() - focus.mean;
  return factor.matrixL().solve(centred.transpose()).colwise().squaredNorm();
}

EmulatedLikelihood::EmulatedLikelihood(const Problem& problem, const Simulations& runs, const Focus& focus,
                                       const EmulatorOptions& options)
    : prior_(problem.prior), observation_(problem.observation) {
  const auto rows = nearest_first(focus, runs.scores, runs.succeeded());
  if (rows.size() < 10)
    throw std::runtime_error("fewer than ten simulations succeeded: nothing to learn from");
  const TrainingSet training = training_of(runs, rows);
  const Matrix summaries = runs.summaries(rows, Eigen::all);
  std::vector<Vector> values;
  for (std::size_t t = 0; t < observation_.terms.size(); ++t) {
    const auto& term = observation_.terms[t];
    const Matrix at = links(term, summaries);
    const auto* learnt = std::get_if<SimulatorNoise>(&term.likelihood);
    for (Index j = 0; j < at.cols(); ++j) {
      Column column{term.name + (at.cols() > 1 ? "[" + std::to_string(j + 1) + "]" : ""),
                    t,
                    j,
                    learnt != nullptr,
                    learnt != nullptr ? learnt->observed[j] : std::numeric_limits<double>::quiet_NaN(),
                    at(0, j),
                    {}};
      columns_.push_back(std::move(column));
      values.emplace_back(at.col(j));
    }
  }
  for_each_below(columns_.size(), [&](std::size_t c) {
    columns_[c].emulator = fit_column(training, values[c], columns_[c].learns_noise, options);
  });
  if (runs.n_failed() > 0) {
    std::vector<Index> all(static_cast<std::size_t>(runs.size()));
    std::iota(all.begin(), all.end(), Index{0});
    all = nearest_first(focus, runs.scores, all);
    Vector succeeded(runs.size());
    for (Index i = 0; i < runs.size(); ++i) succeeded[i] = runs.failed(all[at_(i)]) ? 0 : 1;
    success_ = fit_column(training_of(runs, all), succeeded, false, options);
  }
  nearest_errors_ = Matrix::Zero(training.n_near, n_columns());
  for (Index c = 0; c < n_columns(); ++c) {
    const auto& e = emulator(c);
    if (e.constant()) continue;
    const auto& p = e.left_one_out();
    for (Index i = 0; i < training.n_near && i < p.mean.size(); ++i)
      nearest_errors_(i, c) =
          standardised(e.scale(), values[at_(c)][i], p.mean[i], p.variance[i], p.noise[i]);
  }
  correlate();
}

void EmulatedLikelihood::correlate() {
  for (Index c = 0; c < n_columns(); ++c)
    if (learns_noise(c) && !emulator(c).constant()) correlated_.push_back(c);
  correlation_ = noise_correlation(nearest_errors_(Eigen::all, correlated_));
}

Vector EmulatedLikelihood::of_block(const Matrix& scores) const {
  const Matrix parameters = prior_.parameters(scores);
  const Index n = scores.rows();
  Vector total = Vector::Zero(n);
  Matrix errors(n, n_columns());
  Matrix shares(n, n_columns());  // of noise in the whole sd
  std::size_t c = 0;
  for (const auto& term : observation_.terms) {
    const Index n_own = n_links(term);
    Matrix mean(n, n_own);
    Matrix variance(n, n_own);
    for (Index j = 0; j < n_own; ++j, ++c) {
      const auto& column = columns_[c];
      const auto& e = column.emulator;
      const auto p = e.at(scores, parameters);
      mean.col(j) = e.constant() ? Vector::Constant(n, column.constant) : p.mean;
      variance.col(j) = p.variance + term.noise_share * p.noise;
      if (!column.learns_noise || e.constant()) continue;
      const double discrepancy = term.discrepancy * term.discrepancy;
      for (Index i = 0; i < n; ++i) {
        const double v = p.variance[i] + discrepancy;
        total[i] += log_density(e.scale(), column.observed, p.mean[i], v, p.noise[i]);
        if (correlation_.size() == 0) continue;
        const double noise = noise_variance(e.scale(), p.mean[i], p.noise[i]);
        errors(i, static_cast<Index>(c)) = standardised(e.scale(), column.observed, p.mean[i], v, p.noise[i]);
        shares(i, static_cast<Index>(c)) = std::sqrt(noise / (noise + v));
      }
    }
    if (!std::holds_alternative<SimulatorNoise>(term.likelihood))
      for (Index i = 0; i < n; ++i)
        total[i] += log_likelihood(term, Vector(mean.row(i)), Vector(variance.row(i)));
  }
  if (correlation_.size() > 0)
    for (Index i = 0; i < n; ++i) {
      const Vector share = shares(i, correlated_).transpose();
      Matrix whole = share.asDiagonal() * correlation_ * share.asDiagonal();
      whole.diagonal().setOnes();
      total[i] += log_copula(whole, errors(i, correlated_).transpose());
    }
  if (success_ && !success_->constant()) {
    const auto p = success_->at(scores, parameters);
    for (Index i = 0; i < n; ++i) total[i] += portable::log(std::clamp(p.mean[i], least_success, 1.0));
  }
  for (double& value : total)
    if (!(value > -1e10)) value = -1e10;
  return total;
}

Vector EmulatedLikelihood::at(const Matrix& scores) const {
  Vector result(scores.rows());
  const Index n_blocks = (scores.rows() + block_rows - 1) / block_rows;
  for_each_below(static_cast<std::size_t>(n_blocks), [&](std::size_t b) {
    const Index first = static_cast<Index>(b) * block_rows;
    const Index n = std::min(block_rows, scores.rows() - first);
    result.segment(first, n) = of_block(scores.middleRows(first, n));
  });
  return result;
}

EmulatedLikelihood::Detail EmulatedLikelihood::detail(const Matrix& scores) const {
  const Matrix parameters = prior_.parameters(scores);
  const Index n = scores.rows();
  Detail d{Matrix::Zero(n, n_columns()), Matrix::Zero(n, n_columns()), Matrix::Zero(n, n_columns()),
           Matrix::Zero(n, n_columns()), Matrix::Zero(n, n_columns()), Vector::Ones(n)};
  for (Index c = 0; c < n_columns(); ++c) {
    const auto& column = columns_[at_(c)];
    d.mean.col(c).setConstant(column.constant);
    if (column.emulator.constant()) continue;
    const auto p = column.emulator.at(scores, parameters);
    const double discrepancy = observation_.terms[column.term].discrepancy;
    d.mean.col(c) = p.mean;
    d.variance.col(c) = p.variance;
    for (Index i = 0; i < n; ++i) {
      d.noise(i, c) = noise_variance(column.emulator.scale(), p.mean[i], p.noise[i]);
      if (column.learns_noise)
        d.errors(i, c) = standardised(column.emulator.scale(), column.observed, p.mean[i],
                                      p.variance[i] + discrepancy * discrepancy, p.noise[i]);
    }
  }
  add_data(d);
  if (success_ && !success_->constant()) d.success = success_->at(scores, parameters).mean;
  return d;
}

void EmulatedLikelihood::add_data(Detail& d) const {
  Index c = 0;
  for (const auto& term : observation_.terms) {
    const Index n_own = n_links(term);
    if (!std::holds_alternative<SimulatorNoise>(term.likelihood))
      for (Index i = 0; i < d.mean.rows(); ++i) {
        const DataFit fit = data_fit(term, d.mean.row(i).segment(c, n_own).transpose());
        for (Index j = 0; j < n_own; ++j) {
          const double variance = d.variance(i, c + j) + term.noise_share * d.noise(i, c + j) +
                                  term.discrepancy * term.discrepancy;
          d.information(i, c + j) = fit.information[j];
          d.errors(i, c + j) = fit.error[j] / std::sqrt(1 + fit.information[j] * variance);
        }
      }
    c += n_own;
  }
}

Vector EmulatedLikelihood::unexplained_of(const Simulations& runs) const {
  const Detail d = detail(runs.scores);
  const Matrix at = all_links(observation_, runs.summaries);
  Vector total = Vector::Zero(runs.size());
  for (Index c = 0; c < n_columns(); ++c) {
    if (learns_noise(c) || emulator(c).constant()) continue;
    const double discrepancy = observation_.terms[columns_[at_(c)].term].discrepancy;
    for (Index i = 0; i < runs.size(); ++i) {
      const double error = at(i, c) - d.mean(i, c);
      const double known = d.variance(i, c) + d.noise(i, c);
      total[i] += (error * error - known) * d.information(i, c) /
                  (1 + d.information(i, c) * (known + discrepancy * discrepancy));
    }
  }
  return total;
}

Matrix EmulatedLikelihood::errors_of(const Simulations& runs) const {
  Matrix errors = Matrix::Constant(runs.size(), n_columns(), std::numeric_limits<double>::quiet_NaN());
  std::size_t c = 0;
  for (const auto& term : observation_.terms) {
    const Matrix at = links(term, runs.summaries);
    for (Index j = 0; j < at.cols(); ++j, ++c) {
      const auto& e = columns_[c].emulator;
      if (e.constant() || !columns_[c].learns_noise) continue;
      const auto p = e.at(runs.scores, runs.parameters);
      for (Index i = 0; i < runs.size(); ++i)
        if (!runs.failed(i))
          errors(i, static_cast<Index>(c)) =
              standardised(e.scale(), at(i, j), p.mean[i], p.variance[i], p.noise[i]);
    }
  }
  return errors;
}

std::vector<std::string> EmulatedLikelihood::unreachable() const {
  std::vector<std::string> names;
  for (const auto& column : columns_)
    if (column.learns_noise && column.emulator.constant() && column.observed != column.constant)
      names.push_back(column.name);
  return names;
}

}  // namespace tremplin::inference
