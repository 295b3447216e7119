#include "calibration/survey/calibrate.hpp"

#include <Eigen/QR>
#include <algorithm>

#include "engine/base/portable_math.hpp"

namespace tremplin::survey {

namespace {

constexpr int max_steps = 200;
constexpr int max_halvings = 30;

struct Factor {
  double value;
  double slope;
};

Factor factor_at(double u, Distance distance, Bounds bounds) {
  const auto held = [&](double value, double slope) -> Factor {
    if (value < bounds.lower) return {bounds.lower, 0};
    if (value > bounds.upper) return {bounds.upper, 0};
    return {value, slope};
  };
  switch (distance) {
    case Distance::linear:
      return held(1 + u, 1);
    case Distance::raking: {
      const double value = portable::exp(std::min(u, 700.0));
      return held(value, value);
    }
    case Distance::logit:
      break;
  }
  // Deville and Särndal, case 6: between L and U, 1 with slope 1 at u = 0.
  const double low = bounds.lower;
  const double high = bounds.upper;
  const double a = (high - low) / ((1 - low) * (high - 1));
  const double e = portable::exp(std::min(a * u, 700.0));
  const double under = (high - 1) + (1 - low) * e;
  const double value = (low * (high - 1) + high * (1 - low) * e) / under;
  return {value, (high - value) * (value - low) / ((1 - low) * (high - 1))};
}

class Newton {
 public:
  Newton(const Eigen::MatrixXd& x, const Eigen::VectorXd& design, const Eigen::VectorXd& totals,
         Distance distance, Bounds bounds)
      : x_(x), design_(design), totals_(totals), distance_(distance), bounds_(bounds) {}

  Calibration solve() {
    move_to(Eigen::VectorXd::Zero(x_.cols()));
    for (int step = 0; step < max_steps && misfit_ > Calibration::tolerance / 100; ++step)
      if (!improve()) break;
    return {factors_, misfit_};
  }

 private:
  void move_to(Eigen::VectorXd multipliers) {
    multipliers_ = std::move(multipliers);
    const Eigen::VectorXd u = x_ * multipliers_;
    factors_.resize(u.size());
    slopes_.resize(u.size());
    for (Eigen::Index i = 0; i < u.size(); ++i) {
      const Factor factor = factor_at(u[i], distance_, bounds_);
      factors_[i] = factor.value;
      slopes_[i] = factor.slope;
    }
    missing_ = totals_ - x_.transpose() * design_.cwiseProduct(factors_);
    misfit_ = (missing_.array().abs() / (1 + totals_.array().abs())).maxCoeff();
  }

  // A step of Newton's, halved until it brings the totals nearer. False if none does.
  bool improve() {
    const Eigen::MatrixXd slope = x_.transpose() * design_.cwiseProduct(slopes_).asDiagonal() * x_;
    // Totals of several margins depend on each other: the step of least length does.
    Eigen::VectorXd step = slope.completeOrthogonalDecomposition().solve(missing_);
    const Eigen::VectorXd from = multipliers_;
    const double before = misfit_;
    for (int halving = 0; halving < max_halvings; ++halving, step /= 2) {
      move_to(from + step);
      if (misfit_ < before) return true;
    }
    move_to(from);
    return false;
  }

  const Eigen::MatrixXd& x_;
  const Eigen::VectorXd& design_;
  const Eigen::VectorXd& totals_;
  Distance distance_;
  Bounds bounds_;
  Eigen::VectorXd multipliers_, factors_, slopes_, missing_;
  double misfit_ = 0;
};

}  // namespace

Calibration calibrate(const Eigen::MatrixXd& x, const Eigen::VectorXd& design, const Eigen::VectorXd& totals,
                      Distance distance, Bounds bounds) {
  return Newton(x, design, totals, distance, bounds).solve();
}

}  // namespace tremplin::survey
