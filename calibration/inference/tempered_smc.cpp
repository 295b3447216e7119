#include "calibration/inference/tempered_smc.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <set>

#include "calibration/inference/keyed.hpp"
#include "calibration/inference/problem.hpp"
#include "calibration/inference/special.hpp"
#include "engine/base/portable_math.hpp"

namespace tremplin::inference {

namespace {
constexpr double wanted_resemblance = 0.3;  // between temperatures
constexpr double last_resemblance = 0.05;   // of the draws
constexpr double fat = 1.1;                 // spread of the normal approximation over the population's
constexpr double least_fitting = 0.35;      // acceptance that a kind of move is steered to

struct Population {
  Matrix scores;
  Vector log_likelihood;
};

double effective_share(const Vector& log_likelihood, double step) {
  const Vector w =
      (step * (log_likelihood.array() - log_likelihood.maxCoeff())).matrix().unaryExpr([](double x) {
        return portable::exp(x);
      });
  return w.sum() * w.sum() / w.squaredNorm() / static_cast<double>(w.size());
}

// The largest step to a next temperature that keeps the share.
double next_step(const Vector& log_likelihood, double left, double kept) {
  if (effective_share(log_likelihood, left) >= kept) return left;
  double low = 0;
  double high = left;
  for (int i = 0; i < 60; ++i) {
    const double middle = 0.5 * (low + high);
    (effective_share(log_likelihood, middle) >= kept ? low : high) = middle;
  }
  return low > 0 ? low : high;
}

// The largest correlation of a score with what it was.
double resemblance(const Matrix& before, const Matrix& now) {
  double largest = 0;
  for (Index j = 0; j < now.cols(); ++j) {
    const Vector a = before.col(j).array() - before.col(j).mean();
    const Vector b = now.col(j).array() - now.col(j).mean();
    const double scale = std::sqrt(a.squaredNorm() * b.squaredNorm());
    largest = std::max(largest, scale > 0 ? a.dot(b) / scale : 1.0);
  }
  return largest;
}

// Markov moves that leave prior x likelihood^temperature as it is.
class Moves {
 public:
  Moves(const LogLikelihood& log_likelihood, std::uint64_t seed) : target_(log_likelihood), seed_(seed) {}

  // Moves all until the population hardly resembles what it was, at most so many times; what it still does.
  double move(Population& population, double temperature, double wanted, int most) {
    approximate(population.scores);
    const Matrix before = population.scores;
    double left = 1;
    for (int i = 0; i < most && left > wanted; ++i) {
      step(population, temperature, i % 2 == 1);
      left = resemblance(before, population.scores);
    }
    return left;
  }
  [[nodiscard]] double acceptance() const { return acceptance_; }

 private:
  void approximate(const Matrix& scores) {
    mean_ = scores.colwise().mean();
    const Matrix centred = scores.rowwise() - mean_;
    Matrix covariance = fat * fat * (centred.transpose() * centred) / static_cast<double>(scores.rows());
    covariance.diagonal().array() += 1e-12;
    root_ = Eigen::LLT<Matrix>(covariance).matrixL();
  }
  // log density of the approximation, without its constant.
  [[nodiscard]] Vector approximation(const Matrix& scores) const {
    const Matrix centred = scores.rowwise() - mean_;
    return -0.5 * root_.triangularView<Eigen::Lower>().solve(centred.transpose()).colwise().squaredNorm();
  }

  void step(Population& population, double temperature, bool difference) {
    const Index n = population.scores.rows();
    const Index d = population.scores.cols();
    double& size = difference ? difference_size_ : normal_size_;
    Matrix proposed(n, d);
    Vector luck(n);
    ++round_;
    for (Index i = 0; i < n; ++i) {
      Keyed draws(seed_, Purpose::proposal, (round_ << 32) | static_cast<std::uint64_t>(i));
      luck[i] = draws.uniform();
      Row z(d);
      if (difference) {
        const auto a = static_cast<Index>(draws.below(static_cast<std::uint32_t>(n)));
        const auto b = static_cast<Index>(draws.below(static_cast<std::uint32_t>(n)));
        // One move in ten goes the whole way from one particle to another, from mode to mode.
        const double length =
            draws.below(10) == 0 ? 1 : size * 2.38 / std::sqrt(2.0 * static_cast<double>(d));
        for (Index j = 0; j < d; ++j) z[j] = draws.normal();
        proposed.row(i) = population.scores.row(i) +
                          length * (population.scores.row(a) - population.scores.row(b)) +
                          0.01 * z * root_.transpose();
      } else {
        for (Index j = 0; j < d; ++j) z[j] = draws.normal();
        proposed.row(i) = mean_ + std::sqrt(1 - size * size) * (population.scores.row(i) - mean_) +
                          size * z * root_.transpose();
      }
    }
    const Vector likelihood = target_(proposed);
    const Vector prior_gain =
        0.5 * (population.scores.rowwise().squaredNorm() - proposed.rowwise().squaredNorm());
    Vector gain = temperature * (likelihood - population.log_likelihood) + prior_gain;
    if (!difference) gain += approximation(population.scores) - approximation(proposed);
    Index accepted = 0;
    for (Index i = 0; i < n; ++i) {
      if (!(portable::log(luck[i]) < gain[i])) continue;
      population.scores.row(i) = proposed.row(i);
      population.log_likelihood[i] = likelihood[i];
      ++accepted;
    }
    acceptance_ = static_cast<double>(accepted) / static_cast<double>(n);
    size = std::clamp(size * (acceptance_ > least_fitting ? 1.3
                              : acceptance_ > 0.2         ? 1.0
                                                          : 0.6),
                      0.02, difference ? 1.0 : 0.999);
  }

  const LogLikelihood& target_;
  std::uint64_t seed_;
  std::uint64_t round_ = 0;
  Row mean_;
  Matrix root_;
  double normal_size_ = 0.9;
  double difference_size_ = 1;
  double acceptance_ = 0;
};

void take(Population& population, const std::vector<Index>& rows) {
  population.scores = population.scores(rows, Eigen::all).eval();
  population.log_likelihood = population.log_likelihood(rows).eval();
}
}  // namespace

SmcResult tempered_smc(const LogLikelihood& log_likelihood, Index n_scores, std::uint64_t seed,
                       const SmcOptions& options) {
  Population population{prior_scores(options.n_particles, n_scores, seed), {}};
  population.log_likelihood = log_likelihood(population.scores);
  Moves moves(log_likelihood, seed);
  SmcResult result;
  double temperature = 0;
  while (temperature < 1) {
    const double step = next_step(population.log_likelihood, 1 - temperature, options.kept);
    temperature = step >= 1 - temperature ? 1 : temperature + step;
    const Vector log_weights = step * population.log_likelihood;
    result.log_evidence += log_sum_exp({log_weights.data(), static_cast<std::size_t>(log_weights.size())}) -
                           portable::log(static_cast<double>(log_weights.size()));
    ++result.n_temperatures;
    const auto index = static_cast<std::uint64_t>(result.n_temperatures);
    take(population, resampled(log_weights, options.n_particles, seed, index));
    moves.move(population, temperature, wanted_resemblance, options.most_moves);
    if (result.plausible.size() == 0 && temperature >= options.plausible_temperature)
      result.plausible = population.scores;
  }
  std::set<double> distinct(population.log_likelihood.begin(), population.log_likelihood.end());
  result.n_distinct = static_cast<Index>(distinct.size());
  const Vector equal = Vector::Zero(population.scores.rows());
  take(population, resampled(equal, options.n_draws, seed, 0));
  // Independent draws resemble each other by chance: hardly a score of many beyond three standard errors.
  const double by_chance = 3 / std::sqrt(static_cast<double>(options.n_draws));
  result.resemblance =
      moves.move(population, 1, std::max(last_resemblance, by_chance), options.most_last_moves);
  result.acceptance = moves.acceptance();
  result.scores = std::move(population.scores);
  result.log_likelihood = std::move(population.log_likelihood);
  return result;
}

}  // namespace tremplin::inference
