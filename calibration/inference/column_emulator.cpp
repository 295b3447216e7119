#include "calibration/inference/column_emulator.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "engine/base/portable_math.hpp"

namespace tremplin::inference {

namespace {
constexpr int rounds_of_noise = 2;   // mean and variance in turn
constexpr int rounds_of_counts = 8;  // Newton's steps
constexpr double fewest_for_a_normal = 5;
constexpr double longest_step = 3;  // of a log mean
// What a fit must gain, in standard errors, to be preferred to what was considered before and is simpler; one
// that leaves out the far runs has to be surer, since it has fewer to learn from.
constexpr double least_gain = 1;
constexpr double least_gain_of_near = 2;

bool whole_numbers(const Vector& x) {
  return (x.array() >= 0).all() && (x.array() == x.array().round()).all();
}

// Half the smallest positive value where there are zeros.
double shift_of(const Vector& x) {
  if (x.minCoeff() > 0) return 0;
  double smallest = std::numeric_limits<double>::infinity();
  for (const double v : x)
    if (v > 0) smallest = std::min(smallest, v);
  return std::isfinite(smallest) ? 0.5 * smallest : 1;
}

std::vector<NoiseScale> scales_for(const Vector& x, bool learn_scale, Index n_near) {
  if (!learn_scale) return {NoiseScale{}};
  const bool whole = whole_numbers(x);
  // Where counts are this small no normal distribution comes near them.
  if (whole && x.head(n_near).mean() < fewest_for_a_normal) return {{NoiseFamily::count, true, 0, 0}};
  // The plainest first: what comes later has to be clearly better.
  std::vector<NoiseScale> scales;
  if (whole) scales.push_back({NoiseFamily::count, true, 0, 0});
  scales.push_back({NoiseFamily::normal, whole, 0, 0});
  if (x.minCoeff() < 0) return scales;
  scales.push_back({NoiseFamily::root_normal, whole, shift_of(x), 0});
  scales.push_back({NoiseFamily::log_normal, whole, whole ? 0.5 : shift_of(x), 0});
  return scales;
}
}  // namespace

// Fits candidates for one column and keeps the best.
class ColumnFit {
 public:
  static ColumnEmulator choose(const TrainingSet& training, const Vector& x, bool learn_scale,
                               const EmulatorOptions& options);

 private:
  ColumnFit(const TrainingSet& training, const Vector& x) : training_(training), x_(x) {}

  // The density of each judged row, left one out.
  [[nodiscard]] Vector densities(const ColumnEmulator& e) const {
    const auto& p = e.left_one_out_;
    Vector result(training_.n_judged);
    for (Index i = 0; i < result.size(); ++i)
      result[i] = std::max(log_density(e.scale_, x_[i], p.mean[i], p.variance[i], p.noise[i]), -1e3);
    return result;
  }

  ColumnEmulator fit(const NoiseScale& scale, Index n_rows, bool on_parameters, bool process) const {
    ColumnEmulator e;
    e.scale_ = scale;
    e.on_parameters_ = on_parameters;
    const Matrix all = (on_parameters ? training_.parameters : training_.scores).topRows(n_rows);
    e.centre_ = all.colwise().mean();
    e.spread_ =
        ((all.rowwise() - e.centre_).colwise().squaredNorm() / static_cast<double>(n_rows)).cwiseSqrt();
    for (double& s : e.spread_)
      if (!(s > 1e-12)) s = 1;
    const Matrix inputs = (all.rowwise() - e.centre_).array().rowwise() / e.spread_.array();
    const Vector x = x_.head(n_rows);
    if (scale.family == NoiseFamily::count)
      fit_counts(e, inputs, x, process);
    else
      fit_normal(e, inputs, x, process);
    e.left_one_out_.mean = e.regression_.left_one_out().mean;
    e.left_one_out_.variance = e.regression_.left_one_out().variance;
    e.left_one_out_.noise = scale.family == NoiseFamily::count
                                ? Vector::Zero(n_rows)
                                : Vector(e.regression_.noise_factor() * e.variance_.at(inputs));
    return e;
  }

  static void fit_normal(ColumnEmulator& e, const Matrix& inputs, const Vector& x, bool process) {
    const Vector y = x.unaryExpr([&](double v) { return e.scale_.transformed(v); });
    RowNoise noise{Vector::Ones(y.size())};
    for (int round = 0;; ++round) {
      Basis basis = select_terms(inputs, y, noise.variance.cwiseInverse(), false);
      e.regression_ = process ? Regression::gaussian_process(inputs, y, noise, std::move(basis))
                              : Regression::polynomial(inputs, y, noise, std::move(basis));
      if (round == rounds_of_noise || (process && round == 1)) break;
      // A row's error with itself times that without itself is the noise, on average.
      const Vector squares =
          (y - e.regression_.fitted()).cwiseProduct(y - e.regression_.left_one_out().mean).cwiseMax(0);
      if (!(squares.mean() > 0)) break;
      VarianceModel variance(inputs, squares / squares.mean());
      if (variance.constant()) break;
      e.variance_ = std::move(variance);
      noise.variance = e.variance_.at(inputs);
    }
  }

  // Newton's steps for the log of the mean (Laplace's approximation), the excess variance in between.
  static void fit_counts(ColumnEmulator& e, const Matrix& inputs, const Vector& x, bool process) {
    Vector log_mean = x.unaryExpr([](double v) { return portable::log(v + 0.5); });
    Hyperparameters tuned;
    Basis basis;
    for (int round = 0; round < rounds_of_counts; ++round) {
      Vector y(x.size());
      RowNoise noise{Vector(x.size()), true};
      for (Index i = 0; i < x.size(); ++i) {
        const double ceiling = e.scale_.excess < 0 ? -0.999 / e.scale_.excess : 1e12;
        const double mean = std::clamp(portable::exp(std::clamp(log_mean[i], -40.0, 40.0)), 1e-12, ceiling);
        const double spread = 1 + e.scale_.excess * mean;
        // Far from the data the curvature is taken larger, so that a step stays short; where it ends is the
        // same.
        const double information = std::max(mean, std::abs(x[i] - mean) / longest_step) / spread;
        y[i] = portable::log(mean) + (x[i] - mean) / spread / information;
        noise.variance[i] = 1 / information;
      }
      if (round < 4) basis = select_terms(inputs, y, noise.variance.cwiseInverse(), true);
      if (process) {
        const bool tune = round % 2 == 0 && round < 4;
        e.regression_ = Regression::gaussian_process(inputs, y, noise, basis, tune ? nullptr : &tuned);
        tuned = e.regression_.hyperparameters();
      } else {
        e.regression_ = Regression::polynomial(inputs, y, noise, basis);
      }
      log_mean = e.regression_.fitted();
      if (round >= 2 && round + 1 < rounds_of_counts)
        e.scale_.excess = fit_excess(x, e.regression_.left_one_out().mean.unaryExpr([](double v) {
          return portable::exp(std::clamp(v, -30.0, 30.0));
        }));
    }
  }

  const TrainingSet& training_;
  const Vector& x_;
};

ColumnEmulator::Prediction ColumnEmulator::at(const Matrix& scores, const Matrix& parameters) const {
  const Matrix& raw = on_parameters_ ? parameters : scores;
  if (constant_) return {Vector::Zero(raw.rows()), Vector::Zero(raw.rows()), Vector::Zero(raw.rows())};
  const Matrix inputs = (raw.rowwise() - centre_).array().rowwise() / spread_.array();
  auto mean = regression_.at(inputs);
  Vector noise = scale_.family == NoiseFamily::count
                     ? Vector::Zero(raw.rows())
                     : Vector(regression_.noise_factor() * variance_.at(inputs));
  return {std::move(mean.mean), std::move(mean.variance), std::move(noise)};
}

ColumnEmulator ColumnFit::choose(const TrainingSet& training, const Vector& x, bool learn_scale,
                                 const EmulatorOptions& options) {
  ColumnEmulator best;
  if (x.maxCoeff() == x.minCoeff()) {
    best.constant_ = true;
    return best;
  }
  const ColumnFit fits(training, x);
  Vector best_densities;
  const auto consider = [&](ColumnEmulator candidate, double wanted) {
    const Vector densities = fits.densities(candidate);
    if (best_densities.size() > 0) {
      const Vector gain = densities - best_densities;
      const double mean = gain.mean();
      const double se = std::sqrt((gain.array() - mean).square().mean() / static_cast<double>(gain.size()));
      if (!(mean > wanted * se)) return;
    }
    best = std::move(candidate);
    best_densities = densities;
    best.score_ = densities.mean();
  };
  const Index n = training.scores.rows();
  std::vector<Index> sets{n};
  if (training.n_near < n) sets.push_back(training.n_near);
  const auto scales = scales_for(x, learn_scale, training.n_near);
  for (const auto& scale : scales)
    for (const Index rows : sets)
      for (const bool on_parameters : {false, true})
        consider(fits.fit(scale, rows, on_parameters, false), rows == n ? least_gain : least_gain_of_near);
  if (!options.processes) return best;
  const bool on_parameters = best.on_parameters_;
  const Index rows = std::min(training.n_near, options.most_process_rows);
  for (const auto& scale : scales) consider(fits.fit(scale, rows, on_parameters, true), least_gain);
  return best;
}

ColumnEmulator fit_column(const TrainingSet& training, const Vector& x, bool learn_scale,
                          const EmulatorOptions& options) {
  return ColumnFit::choose(training, x, learn_scale, options);
}

}  // namespace tremplin::inference
