#include "calibration/survey/cpas_sample.hpp"

#include <Eigen/QR>
#include <cmath>
#include <limits>
#include <set>

namespace tremplin::survey {

namespace {

constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

}  // namespace

CpasSample::CpasSample(Strata strata, Eigen::MatrixXd x, Eigen::VectorXd totals, Distance distance,
                       Bounds bounds)
    : strata_(std::move(strata)),
      sizes_(strata_.population.size(), 0),
      x_(std::move(x)),
      totals_(std::move(totals)) {
  for (const int stratum : strata_.of) ++sizes_[static_cast<std::size_t>(stratum)];
  design_.resize(x_.rows());
  for (Eigen::Index i = 0; i < design_.size(); ++i) {
    const auto stratum = static_cast<std::size_t>(strata_.of[static_cast<std::size_t>(i)]);
    design_[i] = strata_.population[stratum] / sizes_[stratum];
  }
  calibration_ = calibrate(x_, design_, totals_, distance, bounds);
  weights_ = design_.cwiseProduct(calibration_.factors);
  // Residuals of the regression weighted by the design carry the variance (Deville and Särndal, 3.4).
  const Eigen::MatrixXd moments = x_.transpose() * design_.asDiagonal() * x_;
  projector_ =
      moments.completeOrthogonalDecomposition().solve(Eigen::MatrixXd(x_.transpose() * design_.asDiagonal()));
  if (met()) replicate(distance, bounds);
}

void CpasSample::replicate(Distance distance, Bounds bounds) {
  const Eigen::Index n = x_.rows();
  replicates_.resize(n, n);
  for (Eigen::Index left_out = 0; left_out < n; ++left_out) {
    const int stratum = strata_.of[static_cast<std::size_t>(left_out)];
    const double size = sizes_[static_cast<std::size_t>(stratum)];
    Eigen::VectorXd design = design_;
    for (Eigen::Index i = 0; i < n; ++i)
      if (strata_.of[static_cast<std::size_t>(i)] == stratum) design[i] *= size / (size - 1);
    design[left_out] = 0;
    const Calibration calibration = calibrate(x_, design, totals_, distance, bounds);
    if (!calibration.met() && unmet_ < 0) unmet_ = static_cast<int>(left_out);
    replicates_.col(left_out) = design.cwiseProduct(calibration.factors);
  }
}

double CpasSample::correction(std::size_t stratum) const {
  return 1 - sizes_[stratum] / strata_.population[stratum];
}

double CpasSample::linearised(const Eigen::VectorXd& influence) const {
  const Eigen::VectorXd part = weights_.cwiseProduct(influence - x_ * (projector_ * influence));
  double variance = 0;
  for (std::size_t stratum = 0; stratum < sizes_.size(); ++stratum) {
    double sum = 0;
    for (std::size_t i = 0; i < strata_.of.size(); ++i)
      if (strata_.of[i] == static_cast<int>(stratum)) sum += part[static_cast<Eigen::Index>(i)];
    const double size = sizes_[stratum];
    double squares = 0;
    for (std::size_t i = 0; i < strata_.of.size(); ++i) {
      if (strata_.of[i] != static_cast<int>(stratum)) continue;
      const double distance = part[static_cast<Eigen::Index>(i)] - sum / size;
      squares += distance * distance;
    }
    variance += correction(stratum) * size / (size - 1) * squares;
  }
  return std::sqrt(variance);
}

double CpasSample::jackknifed(const CpasSums& sums) const {
  const Eigen::VectorXd values =
      (replicates_.transpose() * sums.over).cwiseQuotient(replicates_.transpose() * sums.under);
  const double centre = values.mean();
  double variance = 0;
  for (Eigen::Index i = 0; i < values.size(); ++i) {
    const auto stratum = static_cast<std::size_t>(strata_.of[static_cast<std::size_t>(i)]);
    const double scale = correction(stratum) * (sizes_[stratum] - 1) / sizes_[stratum];
    variance += scale * (values[i] - centre) * (values[i] - centre);
  }
  return std::sqrt(variance);
}

Precision CpasSample::ratio(const CpasSums& sums) const {
  const double under = weights_.dot(sums.under);
  Precision precision{.value = weights_.dot(sums.over) / under, .se = unknown, .se_jackknife = unknown};
  std::set<int> strata;
  for (Eigen::Index i = 0; i < sums.answered.size(); ++i) {
    if (sums.answered[i] == 0) continue;
    ++precision.df;
    strata.insert(strata_.of[static_cast<std::size_t>(i)]);
  }
  precision.df -= static_cast<int>(strata.size());
  if (precision.df < 1) return precision;
  precision.se = linearised((sums.over - precision.value * sums.under) / under);
  precision.se_jackknife = jackknifed(sums);
  return precision;
}

}  // namespace tremplin::survey
