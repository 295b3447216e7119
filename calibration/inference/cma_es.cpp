#include "calibration/inference/cma_es.hpp"

#include <Eigen/Eigenvalues>
#include <algorithm>
#include <cmath>
#include <deque>
#include <limits>
#include <numeric>
#include <optional>
#include <stdexcept>
#include <utility>
#include <vector>

#include "calibration/inference/keyed.hpp"
#include "engine/base/portable_math.hpp"

namespace tremplin::inference {

namespace {
constexpr double nothing = -std::numeric_limits<double>::infinity();
constexpr double same_value = 1e-6;    // of two tops, relative to their size where that is above 1
constexpr double still_value = 1e-10;  // spread of values over generations at which a run ends
constexpr double still_point = 1e-9;   // standard deviation at which a run ends
constexpr double ill_conditioned = 1e14;
constexpr int least_runs = 3;            // of a function without noise
constexpr double restart_spread = 1;     // that of the prior
constexpr int between_repeats = 4;       // generations, of a noisy function
constexpr double least_agreement = 0.3;  // of ranks asked twice, mean of the last three repeats
constexpr Index most_last = 24;          // evaluations at the result of a noisy function

Index default_population(Index d) {
  return 4 + static_cast<Index>(std::floor(3 * portable::log(static_cast<double>(d))));
}

Index last_evaluations(Index budget) { return std::clamp<Index>(budget / 4, 4, most_last); }

std::vector<Index> best_first(const Vector& values) {
  std::vector<Index> order(static_cast<std::size_t>(values.size()));
  std::iota(order.begin(), order.end(), Index{0});
  std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) { return values[a] > values[b]; });
  return order;
}

Vector ranks_of(const Vector& values) {
  const std::vector<Index> order = best_first(values);
  Vector ranks(values.size());
  for (std::size_t i = 0; i < order.size(); ++i) ranks[order[i]] = static_cast<double>(i);
  return ranks;
}

// Spearman's correlation of two orders.
double agreement(const Vector& a, const Vector& b) {
  const auto n = static_cast<double>(a.size());
  return 1 - 6 * (ranks_of(a) - ranks_of(b)).squaredNorm() / (n * (n * n - 1));
}

// What depends on dimension and population only (Hansen 2016, table 1).
struct Rates {
  Index n_parents;
  Vector weights;
  double mu_effective, c_sigma, d_sigma, c_c, c_1, c_mu, expected_norm;

  Rates(Index d, Index n_population) : n_parents(n_population / 2), weights(n_population / 2) {
    const auto n = static_cast<double>(d);
    for (Index i = 0; i < n_parents; ++i)
      weights[i] = portable::log(static_cast<double>(n_population + 1) / 2) -
                   portable::log(static_cast<double>(i + 1));
    weights /= weights.sum();
    mu_effective = 1 / weights.squaredNorm();
    c_sigma = (mu_effective + 2) / (n + mu_effective + 5);
    d_sigma = 1 + 2 * std::max(0.0, std::sqrt((mu_effective - 1) / (n + 1)) - 1) + c_sigma;
    c_c = (4 + mu_effective / n) / (n + 4 + 2 * mu_effective / n);
    c_1 = 2 / ((n + 1.3) * (n + 1.3) + mu_effective);
    c_mu = std::min(1 - c_1, 2 * (mu_effective - 2 + 1 / mu_effective) / ((n + 2) * (n + 2) + mu_effective));
    expected_norm = std::sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n));
  }
};

enum class End { value_still, point_still, noise, budget, stagnation };

// One run with one population.
class Run {
 public:
  Run(const Objective& objective, const CmaEsOptions& options, int number, Row start, Index n_population,
      Index budget)
      : objective_(objective),
        options_(options),
        number_(static_cast<std::uint64_t>(number)),
        d_(start.size()),
        n_population_(n_population),
        budget_(budget),
        rates_(d_, n_population),
        mean_(std::move(start)),
        sigma_(options.spread),
        covariance_(Matrix::Identity(d_, d_)),
        basis_(Matrix::Identity(d_, d_)),
        axes_(Vector::Ones(d_)),
        path_sigma_(Row::Zero(d_)),
        path_c_(Row::Zero(d_)) {}

  End go() {
    const int most_generations = 100 + static_cast<int>(50.0 * static_cast<double>((d_ + 3) * (d_ + 3)) /
                                                        std::sqrt(static_cast<double>(n_population_)));
    for (; generation_ < most_generations; ++generation_) {
      const bool repeat = options_.noisy && generation_ % between_repeats == between_repeats - 1;
      if (n_evaluations_ + n_population_ * (repeat ? 2 : 1) > budget_) return End::budget;
      step(repeat);
      if (const auto end = ended()) return *end;
    }
    return End::stagnation;
  }

  [[nodiscard]] Index n_evaluations() const { return n_evaluations_; }
  [[nodiscard]] const Row& best() const { return best_; }
  [[nodiscard]] double best_value() const { return best_value_; }
  // Over the second half of the generations: where a noisy function holds the search.
  [[nodiscard]] Row lasting_mean() const {
    if (means_.empty()) return within(mean_);
    Row sum = Row::Zero(d_);
    const std::size_t first = means_.size() / 2;
    for (std::size_t i = first; i < means_.size(); ++i) sum += means_[i];
    return within(sum / static_cast<double>(means_.size() - first));
  }

 private:
  [[nodiscard]] Row within(const Row& point) const {
    return point.cwiseMax(-options_.furthest).cwiseMin(options_.furthest);
  }

  [[nodiscard]] Vector asked(const Matrix& points) {
    n_evaluations_ += points.rows();
    Vector values = objective_(points);
    for (double& value : values)
      if (std::isnan(value)) value = nothing;
    return values;
  }

  // n_population x d steps from the mean, in units of sigma.
  [[nodiscard]] Matrix drawn() const {
    Matrix steps(n_population_, d_);
    for (Index i = 0; i < n_population_; ++i) {
      Keyed luck(
          options_.seed, Purpose::point_fit,
          number_ << 48 | static_cast<std::uint64_t>(generation_) << 24 | static_cast<std::uint64_t>(i));
      for (Index j = 0; j < d_; ++j) steps(i, j) = axes_[j] * luck.normal();
    }
    return steps * basis_.transpose();
  }

  // Values less what a point beyond the bounds costs: its squared distance, in spreads of the values.
  [[nodiscard]] static Vector held_back(Vector values, const Matrix& points, const Matrix& asked_at) {
    Vector distance = (points - asked_at).rowwise().squaredNorm();
    if (distance.maxCoeff() == 0) return values;
    double low = std::numeric_limits<double>::infinity();
    double high = nothing;
    for (const double value : values)
      if (std::isfinite(value)) {
        low = std::min(low, value);
        high = std::max(high, value);
      }
    const double unit = high > low ? high - low : 1;
    return values - unit * distance;
  }

  void step(bool repeat) {
    const Matrix steps = drawn();
    const Matrix points = (sigma_ * steps).rowwise() + mean_;
    const Matrix at = points.cwiseMax(-options_.furthest).cwiseMin(options_.furthest);
    Vector values = asked(at);
    if (repeat) {
      const Vector again = asked(at);
      agreements_.push_back(agreement(values, again));
      if (agreements_.size() > 3) agreements_.pop_front();
      values = (values + again) / 2;
    }
    const Vector judged = held_back(values, points, at);
    const std::vector<Index> order = best_first(judged);
    if (values[order.front()] > best_value_ || best_.size() == 0) {
      best_value_ = values[order.front()];
      best_ = at.row(order.front());
    }
    remember(judged, order);
    move(steps, order);
    means_.push_back(mean_);
  }

  void remember(const Vector& values, const std::vector<Index>& order) {
    const std::size_t kept = 10 + static_cast<std::size_t>(30 * d_ / n_population_);
    tops_.push_back(values[order.front()]);
    if (tops_.size() > kept) tops_.pop_front();
    full_ = tops_.size() == kept;
    spread_ = values[order.front()] - values[order.back()];
  }

  void move(const Matrix& steps, const std::vector<Index>& order) {
    const Rates& r = rates_;
    Row step = Row::Zero(d_);
    Matrix of_parents = Matrix::Zero(d_, d_);
    for (Index i = 0; i < r.n_parents; ++i) {
      const Row one = steps.row(order[static_cast<std::size_t>(i)]);
      step += r.weights[i] * one;
      of_parents += r.weights[i] * one.transpose() * one;
    }
    mean_ += sigma_ * step;
    const Row white = (step * basis_ * axes_.cwiseInverse().asDiagonal()) * basis_.transpose();
    path_sigma_ =
        (1 - r.c_sigma) * path_sigma_ + std::sqrt(r.c_sigma * (2 - r.c_sigma) * r.mu_effective) * white;
    const double begun = 1 - portable::pow(1 - r.c_sigma, 2.0 * static_cast<double>(generation_ + 1));
    const double norm = path_sigma_.norm();
    const bool moves = norm / std::sqrt(begun) < (1.4 + 2 / (static_cast<double>(d_) + 1)) * r.expected_norm;
    path_c_ *= 1 - r.c_c;
    if (moves) path_c_ += std::sqrt(r.c_c * (2 - r.c_c) * r.mu_effective) * step;
    const double lost = moves ? 0 : r.c_1 * r.c_c * (2 - r.c_c);
    covariance_ = (1 - r.c_1 - r.c_mu + lost) * covariance_ + r.c_1 * path_c_.transpose() * path_c_ +
                  r.c_mu * of_parents;
    sigma_ *= portable::exp(std::min(1.0, r.c_sigma / r.d_sigma * (norm / r.expected_norm - 1)));
    const Eigen::SelfAdjointEigenSolver<Matrix> eigen(covariance_);
    basis_ = eigen.eigenvectors();
    axes_ = eigen.eigenvalues().cwiseMax(1e-300).cwiseSqrt();
  }

  [[nodiscard]] std::optional<End> ended() const {
    if (options_.noisy && agreements_.size() == 3 &&
        std::accumulate(agreements_.begin(), agreements_.end(), 0.0) / 3 < least_agreement)
      return End::noise;
    if (full_ && !options_.noisy) {
      const auto [low, high] = std::minmax_element(tops_.begin(), tops_.end());
      if (std::isfinite(*low) && *high - *low <= still_value && spread_ <= still_value)
        return End::value_still;
    }
    if (sigma_ * axes_.maxCoeff() < still_point) return End::point_still;
    const double condition = axes_.maxCoeff() / axes_.minCoeff();
    if (condition * condition > ill_conditioned) return End::point_still;
    return std::nullopt;
  }

  const Objective& objective_;
  const CmaEsOptions& options_;
  std::uint64_t number_;
  Index d_;
  Index n_population_;
  Index budget_;
  Rates rates_;
  Row mean_;
  double sigma_;
  Matrix covariance_;
  Matrix basis_;  // its eigenvectors
  Vector axes_;   // roots of its eigenvalues
  Row path_sigma_;
  Row path_c_;
  int generation_ = 0;
  Index n_evaluations_ = 0;
  Row best_;
  double best_value_ = nothing;
  std::deque<double> tops_;  // best value of each of the last generations
  bool full_ = false;
  double spread_ = 0;  // of the values of the last generation
  std::deque<double> agreements_;
  std::vector<Row> means_;
};

Row random_start(Index d, const CmaEsOptions& options, int run) {
  Keyed luck(options.seed, Purpose::point_fit_start, static_cast<std::uint64_t>(run));
  Row start(d);
  for (double& value : start) value = std::clamp(luck.normal(), -options.furthest, options.furthest);
  return start;
}

bool same(double a, double b) {
  return std::abs(a - b) <= same_value * std::max({1.0, std::abs(a), std::abs(b)});
}

CmaEsResult of_smooth(const Objective& objective, Index d, const CmaEsOptions& options, Index n_population) {
  CmaEsResult result;
  result.value = nothing;
  CmaEsOptions one = options;
  Row start = options.start.size() > 0 ? options.start : Row(Row::Zero(d));
  int n_found = 0;  // runs that ended at the top
  for (int r = 0; r < options.n_runs && !(n_found > 1 && r >= least_runs); ++r, n_population *= 2) {
    const Index left = options.budget - result.n_evaluations;
    if (left < n_population) break;
    Run run(objective, one, r, start, n_population, left);
    const End end = run.go();
    result.n_evaluations += run.n_evaluations();
    ++result.n_runs;
    const bool again = std::isfinite(run.best_value()) && same(run.best_value(), result.value);
    if (end == End::value_still || end == End::point_still)
      n_found = again ? n_found + 1 : (run.best_value() > result.value ? 1 : n_found);
    if (run.best_value() > result.value || result.at.size() == 0) {
      result.value = run.best_value();
      result.at = run.best();
    }
    start = random_start(d, options, r + 1);
    one.spread = std::max(options.spread, restart_spread);
  }
  result.converged = n_found > 1;
  return result;
}

CmaEsResult of_noisy(const Objective& objective, Index d, const CmaEsOptions& options, Index n_population) {
  CmaEsResult result;
  result.at = options.start.size() > 0 ? options.start : Row(Row::Zero(d));
  CmaEsOptions one = options;
  const Index n_last = last_evaluations(options.budget);
  const Index for_search = options.budget - n_last;
  for (int r = 0; r < options.n_runs; ++r, n_population *= 2) {
    const Index left = for_search - result.n_evaluations;
    if (left < 2 * n_population) break;
    Run run(objective, one, r, result.at, n_population, left);
    const End end = run.go();
    result.n_evaluations += run.n_evaluations();
    ++result.n_runs;
    result.at = run.lasting_mean();
    result.converged = result.converged || end == End::noise || end == End::point_still;
    one.spread = std::max(0.5 * one.spread, 0.1 * options.spread);
  }
  const Vector values = objective(result.at.replicate(n_last, 1));
  result.n_evaluations += n_last;
  result.value = values.mean();
  const double variance = (values.array() - result.value).square().sum() / static_cast<double>(n_last - 1);
  result.error = std::sqrt(variance / static_cast<double>(n_last));
  return result;
}

}  // namespace

CmaEsResult cma_es(const Objective& objective, Index d, const CmaEsOptions& options) {
  const Index n_population = options.n_population > 0 ? std::max<Index>(options.n_population, 4)
                                                      : default_population(std::max<Index>(d, 1));
  const bool fits =
      d >= 1 && options.n_runs >= 1 && options.spread > 0 && options.furthest > 0 &&
      options.budget >= 2 * n_population + (options.noisy ? last_evaluations(options.budget) : 0) &&
      (options.start.size() == 0 || options.start.size() == d);
  if (!fits) throw std::invalid_argument("CMA-ES: a dimension, a spread, bounds and a budget are needed");
  return options.noisy ? of_noisy(objective, d, options, n_population)
                       : of_smooth(objective, d, options, n_population);
}

}  // namespace tremplin::inference
