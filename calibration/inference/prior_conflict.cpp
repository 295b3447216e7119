#include "calibration/inference/prior_conflict.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <boost/math/distributions/fisher_f.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <stdexcept>

#include "calibration/inference/link_data.hpp"

namespace tremplin::inference {

namespace {
constexpr double level = 0.001;
constexpr std::size_t fewest_runs = 10;

PriorConflict::Summary of_summary(const Vector& predicted, double observed, double n_summaries) {
  PriorConflict::Summary result;
  const auto n = static_cast<double>(predicted.size());
  const double mean = predicted.mean();
  const double sd = std::sqrt((predicted.array() - mean).square().sum() / (n - 1));
  const auto below = static_cast<double>((predicted.array() < observed).count());
  const auto above = static_cast<double>((predicted.array() > observed).count());
  const double equal = n - below - above;
  result.tail = std::min(1.0, 2 * (1 + equal + std::min(below, above)) / (n + 1));
  if (!(sd > 0)) {
    result.conflict = observed != mean;
    return result;
  }
  result.distance = (observed - mean) / sd;
  const double t = std::abs(result.distance) / std::sqrt(1 + 1 / n);
  const double normal_tail = 2 * cdf(complement(boost::math::students_t(n - 1), t));
  result.conflict = equal == 0 && std::min(below, above) == 0 && normal_tail * n_summaries < level;
  return result;
}

// Squared distances of each row from the mean of the others, in their covariance (by the formula for one row
// left out), and that of the data from all.
struct Distances {
  Vector left_out;
  double data = 0;
};
Distances distances_of(const Matrix& predicted, const Vector& observed) {
  const auto n = static_cast<double>(predicted.rows());
  const Row mean = predicted.colwise().mean();
  const Matrix centred = predicted.rowwise() - mean;
  const Matrix covariance = centred.transpose() * centred / (n - 1);
  const Eigen::LLT<Matrix> factor(covariance);
  Distances d;
  const Vector own = factor.matrixL().solve(centred.transpose()).colwise().squaredNorm();
  // With D the squared distance from all: D n^2 (n - 2) / ((n - 1)^3 (1 - D n / (n - 1)^2)).
  d.left_out = own.unaryExpr([n](double x) {
    const double rest = std::max(1 - x * n / ((n - 1) * (n - 1)), 1e-12);
    return x * n * n * (n - 2) / ((n - 1) * (n - 1) * (n - 1) * rest);
  });
  d.data = factor.matrixL().solve(observed - mean.transpose()).squaredNorm();
  return d;
}

void judge_together(const Matrix& predicted, const Vector& observed, PriorConflict& result) {
  std::vector<Index> varying;
  for (Index c = 0; c < predicted.cols(); ++c)
    if (predicted.col(c).maxCoeff() > predicted.col(c).minCoeff()) varying.push_back(c);
  const auto m = static_cast<double>(varying.size());
  const auto n = static_cast<double>(predicted.rows());
  result.tail = 1;
  if (varying.empty() || n < 2 * m + 2) return;
  Matrix columns = predicted(Eigen::all, varying);
  Vector data = observed(varying);
  // In their own spreads, with a trace of what makes summaries that repeat each other independent.
  const Row sd =
      ((columns.rowwise() - columns.colwise().mean()).colwise().squaredNorm() / (n - 1)).cwiseSqrt();
  columns.array().rowwise() /= sd.array();
  data.array() /= sd.transpose().array();
  const Matrix centred = columns.rowwise() - columns.colwise().mean();
  if (const Eigen::LLT<Matrix> factor(centred.transpose() * centred / (n - 1)); factor.rcond() < 1e-10)
    return;
  const Distances d = distances_of(columns, data);
  result.distance = std::sqrt(d.data);
  result.tail = (1 + static_cast<double>((d.left_out.array() >= d.data).count())) / (n + 1);
  const double f = d.data * n * (n - m) / ((n * n - 1) * m);
  const double normal_tail = cdf(complement(boost::math::fisher_f(m, n - m), f));
  result.joint = normal_tail < level && d.data > d.left_out.maxCoeff();
}
}  // namespace

bool PriorConflict::any() const {
  return joint || std::any_of(summaries.begin(), summaries.end(), [](const auto& s) { return s.conflict; });
}

std::vector<Doubt> PriorConflict::doubts() const {
  std::vector<Doubt> result;
  std::string names;
  for (const auto& s : summaries)
    if (s.conflict) names += (names.empty() ? "" : ", ") + s.name;
  if (!names.empty())
    result.push_back({DoubtKind::prior_conflict, names});
  else if (joint)
    result.push_back({DoubtKind::prior_conflict_together});
  return result;
}

PriorConflict prior_conflict(const Observation& observation, const Simulations& runs, std::uint64_t seed) {
  const auto rows = runs.succeeded();
  if (rows.size() < fewest_runs) throw std::invalid_argument("fewer than ten simulations succeeded");
  const Matrix predicted = drawn_data(observation, runs.summaries(rows, Eigen::all), seed);
  const LinkData data = link_data(observation);
  PriorConflict result;
  for (Index c = 0; c < data.size(); ++c) {
    result.summaries.push_back(of_summary(predicted.col(c), data.value[c], static_cast<double>(data.size())));
    result.summaries.back().name = data.names[static_cast<std::size_t>(c)];
  }
  judge_together(predicted, data.value, result);
  return result;
}

}  // namespace tremplin::inference
