// Polynomials of the inputs of an emulator, of degree two at most, chosen by forward selection with the
// extended Bayesian information criterion (Chen and Chen 2008): most summaries hang on few parameters, and
// each term left out is one error less.
#pragma once

#include <functional>
#include <vector>

#include "calibration/inference/types.hpp"

namespace tremplin::inference {

// The product of two inputs; -1 stands for 1.
struct BasisTerm {
  Index a = -1;
  Index b = -1;
  friend bool operator==(const BasisTerm&, const BasisTerm&) = default;
};
using Basis = std::vector<BasisTerm>;

// Constant, linear terms, squares and products of d inputs; with many inputs (more than 40) no products.
Basis all_terms(Index d);
// n x terms.
Matrix columns_of(const Basis& basis, const Matrix& inputs);

// What a term must gain, twice the log likelihood, to be taken: log n + log of the number of candidates.
double price_of_a_term(Index n, Index n_candidates);

// Least squares of y on terms with weights (n, above 0); the constant is always in. known: the variances are
// 1 / weights themselves, else only in proportion to them.
// n_alike: as many columns are searched in the same way, and a term of any of them would count.
Basis select_terms(const Matrix& inputs, const Vector& y, const Vector& weights, bool known,
                   Index n_alike = 1);

// log variance = a polynomial of the inputs (a gamma regression of squared residuals).
class VarianceModel {
 public:
  VarianceModel() = default;
  // squares (n): unbiased for the variance at each row; > 0 on average.
  VarianceModel(const Matrix& inputs, const Vector& squares);
  // Kept within what the fitted rows have seen.
  [[nodiscard]] Vector at(const Matrix& inputs) const;
  [[nodiscard]] bool constant() const { return basis_.size() <= 1; }

 private:
  Basis basis_{BasisTerm{}};
  Vector coefficients_ = Vector::Zero(1);
  double low_ = 0;
  double high_ = 0;
};

}  // namespace tremplin::inference
