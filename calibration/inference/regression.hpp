// Regression of one number on inputs: a polynomial, or a Gaussian process around it (squared exponential
// kernel with a length for each input, polynomial mean with a flat prior, hyperparameters by restricted
// likelihood; Rasmussen and Williams 2006, ch. 2, 5). Gives leave-one-out predictions in closed form.
#pragma once

#include "calibration/inference/basis.hpp"
#include "calibration/inference/hyperparameters.hpp"
#include "calibration/inference/types.hpp"

namespace tremplin::inference {

// What a row of data is worth.
struct RowNoise {
  Vector variance;     // of each row's noise, above 0
  bool known = false;  // else only up to a common factor, which is estimated
};

class Regression {
 public:
  Regression() = default;
  // Least squares on the basis. inputs n x d, of spread about one.
  static Regression polynomial(const Matrix& inputs, const Vector& y, const RowNoise& noise, Basis basis);
  // Hyperparameters are tuned on some of the rows unless they are given; all rows serve the prediction.
  static Regression gaussian_process(const Matrix& inputs, const Vector& y, const RowNoise& noise,
                                     Basis basis, const Hyperparameters* tuned = nullptr);

  struct Prediction {
    Vector mean;
    Vector variance;  // of the mean function: without noise
  };
  // Thread-safe; the cost of a row with a process is (fitted rows)^2 / 2.
  [[nodiscard]] Prediction at(const Matrix& inputs) const;
  // Of each fitted row by all others.
  [[nodiscard]] const Prediction& left_one_out() const { return left_one_out_; }
  [[nodiscard]] Vector fitted() const { return fitted_; }
  [[nodiscard]] double noise_factor() const { return noise_factor_; }
  [[nodiscard]] bool is_process() const { return scaled_.rows() > 0; }
  [[nodiscard]] const Basis& basis() const { return basis_; }
  [[nodiscard]] const Hyperparameters& hyperparameters() const { return process_; }

 private:
  [[nodiscard]] Matrix covariances(const Matrix& scaled) const;  // rows x fitted rows

  Basis basis_;
  Vector coefficients_;
  Matrix coefficient_root_;  // its product with its transpose is the covariance of the coefficients
  double noise_factor_ = 1;
  Vector fitted_;
  Prediction left_one_out_;
  // Of a process only.
  Hyperparameters process_;
  Matrix scaled_;         // fitted rows over lengths
  Matrix factor_;         // lower Cholesky factor of the covariance of the rows
  Vector weights_;        // inverse covariance * (y - polynomial)
  Matrix basis_weights_;  // inverse covariance * basis columns
};

}  // namespace tremplin::inference
