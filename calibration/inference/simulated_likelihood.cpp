#include "calibration/inference/simulated_likelihood.hpp"

#include <Eigen/Cholesky>
#include <cmath>
#include <limits>
#include <stdexcept>
#include <utility>
#include <vector>

#include "calibration/inference/keyed.hpp"
#include "calibration/inference/link_data.hpp"
#include "calibration/inference/special.hpp"
#include "engine/base/portable_math.hpp"

namespace tremplin::inference {

namespace {
constexpr double log_two_pi = 1.8378770664093453;
constexpr double nothing = -std::numeric_limits<double>::infinity();

// The links of each point's runs in brief.
struct Summary {
  Matrix mean;       // points x links
  Matrix noise;      // covariance within points, over all of them
  Vector succeeded;  // runs of each point
  Index freedom = 0;
};

Summary summary_of(const Matrix& links, const std::vector<bool>& failed, Index n_points, Index n_replicates) {
  Summary s{Matrix::Zero(n_points, links.cols()), Matrix::Zero(links.cols(), links.cols()),
            Vector::Zero(n_points)};
  for (Index p = 0; p < n_points; ++p) {
    std::vector<Index> rows;
    for (Index r = 0; r < n_replicates; ++r)
      if (!failed[static_cast<std::size_t>(p * n_replicates + r)]) rows.push_back(p * n_replicates + r);
    s.succeeded[p] = static_cast<double>(rows.size());
    if (rows.empty()) continue;
    const Matrix own = links(rows, Eigen::all);
    s.mean.row(p) = own.colwise().mean();
    const Matrix centred = own.rowwise() - s.mean.row(p);
    s.noise += centred.transpose() * centred;
    s.freedom += static_cast<Index>(rows.size()) - 1;
  }
  if (s.freedom > 0) s.noise /= static_cast<double>(s.freedom);
  // A covariance needs more runs than columns; with fewer, only variances are taken.
  if (s.freedom < 2 * links.cols()) s.noise = Matrix(s.noise.diagonal().asDiagonal());
  return s;
}

double log_normal(const Vector& error, Matrix covariance) {
  covariance.diagonal().array() += 1e-300;
  const Eigen::LLT<Matrix> factor(covariance);
  if (factor.info() != Eigen::Success) return nothing;
  const Matrix lower = factor.matrixL();
  double log_root = 0;
  for (Index j = 0; j < lower.rows(); ++j) log_root += portable::log(lower(j, j));
  return -0.5 * lower.triangularView<Eigen::Lower>().solve(error).squaredNorm() - log_root -
         0.5 * static_cast<double>(error.size()) * log_two_pi;
}

// Of all terms whose noise is learnt: they scatter together.
double log_learnt(const Observation& observation, const Summary& s, Index point, double n) {
  std::vector<Index> columns;
  std::vector<double> errors;
  std::vector<double> discrepancy;
  Index c = 0;
  for (const Term& term : observation.terms) {
    const Index n_own = n_links(term);
    if (const auto* learnt = std::get_if<SimulatorNoise>(&term.likelihood))
      for (Index j = 0; j < n_own; ++j) {
        columns.push_back(c + j);
        errors.push_back(learnt->observed[j] - s.mean(point, c + j));
        discrepancy.push_back(term.discrepancy * term.discrepancy);
      }
    c += n_own;
  }
  if (columns.empty()) return 0;
  const auto m = static_cast<Index>(columns.size());
  Matrix covariance = (1 + 1 / n) * s.noise(columns, columns);
  covariance.diagonal() += Eigen::Map<const Vector>(discrepancy.data(), m);
  return log_normal(Eigen::Map<const Vector>(errors.data(), m), std::move(covariance));
}

double log_density(const Observation& observation, const Summary& s, Index point, double n) {
  double total = log_learnt(observation, s, point, n);
  Index c = 0;
  for (const Term& term : observation.terms) {
    const Index n_own = n_links(term);
    if (!std::holds_alternative<SimulatorNoise>(term.likelihood)) {
      const Vector mean = s.mean.row(point).segment(c, n_own).transpose();
      const Vector noise = s.noise.diagonal().segment(c, n_own);
      total += log_likelihood(term, mean, (term.noise_share + 1 / n) * noise);
    }
    c += n_own;
  }
  return total;
}
}  // namespace

SimulatedLikelihood::SimulatedLikelihood(const Problem& problem, Index n_replicates, std::uint64_t seed)
    : problem_(problem), n_replicates_(n_replicates), seed_(seed) {
  if (n_replicates < 2) throw std::invalid_argument("at least two runs at each point are needed");
}

Vector SimulatedLikelihood::at(const Matrix& scores) {
  const Index n = scores.rows();
  Matrix rows(n * n_replicates_, scores.cols());
  for (Index i = 0; i < rows.rows(); ++i) rows.row(i) = scores.row(i / n_replicates_);
  const Simulations runs =
      simulate(problem_, rows, derived_seed(seed_, Purpose::point_fit_simulator, n_calls_++));
  n_simulations_ += runs.size();
  n_failed_ += runs.n_failed();
  std::vector<bool> failed;
  for (Index i = 0; i < runs.size(); ++i) failed.push_back(runs.failed(i));
  const Summary s = summary_of(all_links(problem_.observation, runs.summaries), failed, n, n_replicates_);
  Vector values(n);
  for (Index p = 0; p < n; ++p) {
    const double share = s.succeeded[p] / static_cast<double>(n_replicates_);
    values[p] =
        share == 0 ? nothing : log_density(problem_.observation, s, p, s.succeeded[p]) + portable::log(share);
  }
  const bool scatters = s.noise.diagonal().maxCoeff() > 0 || runs.n_failed() > 0;
  if (!scatters && s.freedom > 0) n_replicates_ = 1;
  return values;
}

}  // namespace tremplin::inference
