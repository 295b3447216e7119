#include "calibration/inference/sobol_indices.hpp"

#include <algorithm>
#include <stdexcept>
#include <vector>

#include "calibration/inference/design.hpp"
#include "calibration/inference/keyed.hpp"

namespace tremplin::inference {

namespace {

constexpr int n_resamples = 400;

// Half squared differences of one score's exchange, row by row, and what they are divided by.
struct Differences {
  std::vector<Matrix> first;  // for each score: n x m
  std::vector<Matrix> total;
  Matrix a, b;  // n x m
};

Matrix half_squares(const Matrix& x, const Matrix& y) { return 0.5 * (x - y).array().square(); }

// Over rows given with repetition; d x m each.
struct Estimate {
  Matrix first, total;
  Vector variance;
};

Estimate estimate(const Differences& of, const std::vector<Index>& rows) {
  const auto n = static_cast<double>(rows.size());
  const auto d = static_cast<Index>(of.first.size());
  const Matrix a = of.a(rows, Eigen::all);
  const Matrix b = of.b(rows, Eigen::all);
  const Row mean = 0.5 * (a.colwise().mean() + b.colwise().mean());
  Estimate made;
  made.variance =
      ((a.rowwise() - mean).colwise().squaredNorm() + (b.rowwise() - mean).colwise().squaredNorm())
          .transpose() /
      (2 * n - 1);
  made.first = made.total = Matrix::Zero(d, a.cols());
  for (Index i = 0; i < d; ++i) {
    const auto place = static_cast<std::size_t>(i);
    for (Index m = 0; m < a.cols(); ++m) {
      if (!(made.variance[m] > 0)) continue;
      made.first(i, m) = 1 - of.first[place](rows, m).sum() / n / made.variance[m];
      made.total(i, m) = of.total[place](rows, m).sum() / n / made.variance[m];
    }
  }
  return made;
}

void add_interval(SensitivityShare& share, const std::vector<Matrix>& resampled) {
  share.low = share.high = share.value;
  std::vector<double> values(resampled.size());
  for (Index i = 0; i < share.value.rows(); ++i) {
    for (Index m = 0; m < share.value.cols(); ++m) {
      std::ranges::transform(resampled, values.begin(), [&](const Matrix& matrix) { return matrix(i, m); });
      std::ranges::sort(values);
      share.low(i, m) = values[values.size() / 40];
      share.high(i, m) = values[values.size() - 1 - values.size() / 40];
    }
  }
}

}  // namespace

SobolIndices sobol_indices(const Results& results, Index d, Index n, std::uint64_t seed) {
  if (d < 1 || n < 2) throw std::invalid_argument("at least one score and two rows are needed");
  const Matrix scores = sobol_scores(n, 2 * d, seed);
  const Matrix first_half = scores.leftCols(d);
  const Matrix second_half = scores.rightCols(d);
  Differences differences{{}, {}, results(first_half), results(second_half)};
  for (Index i = 0; i < d; ++i) {
    Matrix exchanged = first_half;
    exchanged.col(i) = second_half.col(i);
    const Matrix made = results(exchanged);
    differences.first.push_back(half_squares(differences.b, made));
    differences.total.push_back(half_squares(differences.a, made));
  }
  std::vector<Index> rows(static_cast<std::size_t>(n));
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = static_cast<Index>(i);
  const Estimate whole = estimate(differences, rows);
  std::vector<Matrix> first;
  std::vector<Matrix> total;
  for (int resample = 0; resample < n_resamples; ++resample) {
    Keyed luck(seed, Purpose::resample, static_cast<std::uint64_t>(resample));
    for (Index& row : rows) row = static_cast<Index>(luck.below(static_cast<std::uint32_t>(n)));
    Estimate made = estimate(differences, rows);
    first.push_back(std::move(made.first));
    total.push_back(std::move(made.total));
  }
  SobolIndices indices{{whole.first, {}, {}}, {whole.total, {}, {}}, whole.variance};
  add_interval(indices.first, first);
  add_interval(indices.total, total);
  return indices;
}

}  // namespace tremplin::inference
