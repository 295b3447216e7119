// Calibration weighting (Deville and Särndal 1992, JASA 87): weights as near as possible to those of the
// design whose sums meet known totals. The distance decides what "near" means and which weights can arise:
// raking (multiplicative; without active bounds the limit of iterative proportional fitting), linear (general
// regression), logit (bounded by its form). Bounds hold for weight / design weight, as in R's
// survey::calibrate(calfun =, bounds =).
#pragma once

#include <Eigen/Core>
#include <array>
#include <cstdint>
#include <limits>
#include <string_view>

namespace tremplin::survey {

enum class Distance : std::uint8_t { raking, linear, logit };
inline constexpr std::array<std::string_view, 3> distance_names = {"raking", "linear", "logit"};

struct Bounds {
  double lower = 0;
  double upper = std::numeric_limits<double>::infinity();
};

struct Calibration {
  Eigen::VectorXd factors;  // [unit] weight over design weight, within the bounds
  double misfit = 0;        // largest |sum - total| / (1 + |total|)
  [[nodiscard]] bool met() const { return misfit <= tolerance; }
  static constexpr double tolerance = 1e-11;
};

// x: [unit][total] what each unit adds to each total; design: weights > 0 (0 leaves a unit out); totals: as
// many as x has columns, which may depend on each other. Bounds must hold 1 inside; logit needs a finite
// upper one. Newton's method with halved steps; a calibration that is not met() has no solution within the
// bounds.
Calibration calibrate(const Eigen::MatrixXd& x, const Eigen::VectorXd& design, const Eigen::VectorXd& totals,
                      Distance distance, Bounds bounds);

}  // namespace tremplin::survey
