#include "calibration/inference/regression.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "calibration/inference/column_emulator.hpp"
#include "calibration/inference/design.hpp"
#include "calibration/inference/keyed.hpp"
#include "calibration/inference/prior.hpp"

namespace tremplin::inference {
namespace {

Vector noise(Index n, std::uint64_t seed) { return prior_scores(n, 1, seed).col(0); }

// The left-one-out predictions by fitting again without the row: the slow twin.
void expect_left_one_out(const Regression& fit, const Matrix& x, const Vector& y, const RowNoise& own,
                         const Hyperparameters* tuned) {
  for (const Index out : {Index{0}, y.size() / 2}) {
    std::vector<Index> rows;
    for (Index i = 0; i < y.size(); ++i)
      if (i != out) rows.push_back(i);
    const RowNoise others{Vector(own.variance(rows)) * fit.noise_factor(), true};
    const Matrix kept = x(rows, Eigen::all);
    const Vector values = y(rows);
    Hyperparameters same = tuned != nullptr ? *tuned : Hyperparameters{};
    same.noise = 1;
    const auto without = tuned != nullptr
                             ? Regression::gaussian_process(kept, values, others, fit.basis(), &same)
                             : Regression::polynomial(kept, values, others, fit.basis());
    const auto predicted = without.at(x.row(out));
    EXPECT_NEAR(predicted.mean[0], fit.left_one_out().mean[out], 1e-6);
    EXPECT_NEAR(predicted.variance[0], fit.left_one_out().variance[out], 1e-6);
  }
}

TEST(Regression, LeavesOneOutAsFittingWithoutItDoes) {
  const Matrix x = sobol_scores(40, 2, 1);
  const Vector y =
      x.col(0).unaryExpr([](double v) { return std::sin(2 * v); }) + x.col(1) + 0.1 * noise(40, 2);
  const RowNoise own{Vector::Ones(40)};
  const auto polynomial = Regression::polynomial(x, y, own, {{}, {0, -1}, {1, -1}});
  expect_left_one_out(polynomial, x, y, own, nullptr);
  const auto process = Regression::gaussian_process(x, y, own, {{}, {1, -1}});
  expect_left_one_out(process, x, y, own, &process.hyperparameters());
}

TEST(Regression, AProcessLearnsASmoothFunction) {
  const auto f = [](const Matrix& x) {
    return Vector(x.col(0).unaryExpr([](double v) { return std::sin(2 * v); }) + x.col(1).cwiseAbs2());
  };
  const Matrix x = sobol_scores(120, 2, 1);
  const auto fit = Regression::gaussian_process(x, f(x), {Vector::Ones(120)}, {{}});
  const Matrix fresh = 0.7 * prior_scores(200, 2, 9);
  const auto p = fit.at(fresh);
  // Smooth and without noise: far below the spread of the function, which is above one.
  EXPECT_LT((p.mean - f(fresh)).cwiseAbs().maxCoeff(), 0.03);
}

TEST(Regression, TheGradientOfTheLikelihoodLeadsToTheNoiseThatIsThere) {
  const Matrix x = sobol_scores(200, 1, 1);
  const Vector y = x.col(0).unaryExpr([](double v) { return std::sin(2 * v); }) + 0.3 * noise(200, 4);
  const auto fit = Regression::gaussian_process(x, y, {Vector::Ones(200)}, {{}});
  // A variance from about 190 residuals: relative standard error sqrt(2 / 190) = 0.10; four of them.
  EXPECT_NEAR(fit.noise_factor(), 0.09, 0.4 * 0.09);
}

TEST(Basis, TakesTheTermsThatAreThereAndHardlyOthers) {
  const Matrix x = sobol_scores(500, 8, 1);
  const Vector y =
      (1 + 2 * x.col(3).array() - x.col(1).array() * x.col(5).array()).matrix() + 0.5 * noise(500, 2);
  const Basis basis = select_terms(x, y, Vector::Ones(500), false);
  for (const BasisTerm term : {BasisTerm{}, BasisTerm{3, -1}, BasisTerm{1, 5}})
    EXPECT_NE(std::find(basis.begin(), basis.end(), term), basis.end());
  // 45 candidates at a price of log 500 + log 45 = 10: each is taken by chance once in 640.
  EXPECT_LE(basis.size(), 4u);
}

TEST(VarianceModel, FindsThatTheNoiseGrows) {
  const Matrix x = sobol_scores(800, 3, 1);
  const Vector e = noise(800, 2);
  const Vector squares =
      e.cwiseAbs2().cwiseProduct(x.col(1).unaryExpr([](double v) { return std::exp(1 + v); }));
  const VarianceModel model(x, squares);
  Matrix at = Matrix::Zero(2, 3);
  at(1, 1) = 1;
  const Vector v = model.at(at);
  // Standard errors of log variances from 800 squares: sqrt(2 / 800) = 0.05 of level and slope; four of them.
  EXPECT_NEAR(std::log(v[0]), 1, 0.2);
  EXPECT_NEAR(std::log(v[1] / v[0]), 1, 0.2);
  EXPECT_TRUE(VarianceModel(x, e.cwiseAbs2()).constant());
}

TEST(ColumnEmulator, RecognisesCountsAndTheirScatter) {
  const Index n = 500;
  const Matrix z = sobol_scores(n, 2, 1);
  Vector x = Vector::Zero(n);
  for (Index i = 0; i < n; ++i) {  // binomial of 40 trials, by forty coins
    Keyed coins(3, Purpose::simulator, static_cast<std::uint64_t>(i));
    const double p = 1 / (1 + std::exp(1.5 - 0.5 * z(i, 0)));
    for (int t = 0; t < 40; ++t) x[i] += coins.uniform() < p ? 1 : 0;
  }
  const auto e = fit_column({z, z, n, 200}, x, true, {});
  const auto p = e.at(Matrix::Zero(1, 2), Matrix::Zero(1, 2));
  // At 0 the mean is 40 / (1 + e^1.5) = 7.3 and the variance 7.3 * (1 - 7.3 / 40) = 6.0. On whatever scale it
  // was learnt, eleven lies (11 - 7.3) / sqrt(6.0) = 1.5 standard deviations above, less on a root or log.
  EXPECT_NEAR(standardised(e.scale(), 11, p.mean[0], p.variance[0], p.noise[0]), 1.45, 0.25);
}

TEST(Noise, ExcessTellsBinomialFromPoissonFromOverdispersed) {
  const Index n = 2000;
  Vector binomial = Vector::Zero(n);
  Vector mixed = Vector::Zero(n);
  for (Index i = 0; i < n; ++i) {
    Keyed draws(5, Purpose::validation, static_cast<std::uint64_t>(i));
    for (int t = 0; t < 20; ++t) binomial[i] += draws.uniform() < 0.5 ? 1 : 0;
    const bool high = draws.uniform() < 0.5;
    for (int t = 0; t < 100; ++t) mixed[i] += draws.uniform() < (high ? 0.15 : 0.05) ? 1 : 0;
  }
  const Vector ten = Vector::Constant(n, 10);
  // Variance 5 = 10 (1 + excess 10): excess -0.05, with the relative error sqrt(2 / n) = 3 % of 5 over 100.
  EXPECT_NEAR(fit_excess(binomial, ten), -0.05, 4 * 0.03 * 0.05);
  // Mean of variances 12.75 and 4.75 plus 25 between: 33.75 = 10 + 100 excess. Not of this family; the sign
  // is.
  EXPECT_GT(fit_excess(mixed, ten), 0.1);
}

}  // namespace
}  // namespace tremplin::inference
