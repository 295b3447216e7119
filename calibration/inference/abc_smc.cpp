#include "calibration/inference/abc_smc.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <memory>
#include <numeric>
#include <stdexcept>
#include <utility>

#include "calibration/inference/abc_adjustment.hpp"
#include "calibration/inference/design.hpp"
#include "calibration/inference/diagnostics.hpp"
#include "calibration/inference/kernel_mixture.hpp"
#include "calibration/inference/keyed.hpp"
#include "calibration/inference/link_data.hpp"
#include "calibration/inference/prior_conflict.hpp"
#include "calibration/inference/special.hpp"
#include "engine/base/portable_math.hpp"

namespace tremplin::inference {

namespace {
constexpr double fewest_particles = 40;  // effective, in any generation
constexpr double proposal_width = 1;     // of kernels, in spreads of their neighbours
constexpr double neighbour_share = 0.2;  // of the particles
constexpr double few_draws = 50;         // effective particles of a posterior
constexpr double few_for_a_score = 20;   // of them, for each score
constexpr double wide = 1;               // tolerance, in spreads of the last generation's data
constexpr double much_adjustment = 1;    // of a posterior standard deviation
constexpr double much_narrowing = 0.25;  // when the tolerance falls further: see diagnostics.hpp
constexpr double strange = 4;            // the data among the kept runs, standard deviations
constexpr double most_failed = 0.2;

void check_options(const AbcOptions& o) {
  const bool fits = o.budget >= 200 && o.n_generations >= 1 && o.first_share > 0 && o.first_share < 1 &&
                    o.quantile > 0 && o.quantile <= 1 && o.n_draws >= 1;
  if (!fits)
    throw std::invalid_argument(
        "at least 200 simulations, one generation, a first share in (0, 1) and a quantile in (0, 1] are "
        "needed");
}

double median(std::vector<double> x) {
  const auto middle = x.begin() + static_cast<std::ptrdiff_t>(x.size() / 2);
  std::nth_element(x.begin(), middle, x.end());
  return *middle;
}

// Median absolute deviation of each column; where that is zero the standard deviation, then one.
Row spread_of(const Matrix& data) {
  Row spread(data.cols());
  for (Index c = 0; c < data.cols(); ++c) {
    std::vector<double> x(data.col(c).begin(), data.col(c).end());
    const double centre = median(x);
    for (double& value : x) value = std::abs(value - centre);
    spread[c] = 1.4826 * median(std::move(x));
    if (spread[c] > 0) continue;
    spread[c] = std::sqrt((data.col(c).array() - data.col(c).mean()).square().mean());
    if (!(spread[c] > 0)) spread[c] = 1;
  }
  return spread;
}

// What is kept of all runs so far.
struct Kept {
  double tolerance = 0;
  std::vector<Index> rows;  // nearest first
  Vector log_weights;       // importance times the kernel of the distance; their exps sum to 1
  Vector weights;
};

// All generations so far as one weighted sample.
class Sample {
 public:
  Sample(const Problem& problem, const AbcOptions& options)
      : problem_(problem), options_(options), observed_(link_data(problem.observation)) {}

  void first(Index n) {
    add(sobol_scores(n, problem_.prior.n_scores(), options_.seed), [](const Matrix& scores) -> Vector {
      const double base = -0.9189385332046727418 * static_cast<double>(scores.cols());
      return base - 0.5 * scores.rowwise().squaredNorm().array();
    });
  }
  void next(const Kept& kept, Index n);
  // Within a tolerance that leaves so many effective particles.
  [[nodiscard]] Kept keep(double n_particles) const;

  [[nodiscard]] const Simulations& runs() const { return runs_; }
  [[nodiscard]] Matrix differences(const std::vector<Index>& rows) const {
    const Matrix away = data_(rows, Eigen::all).rowwise() - observed_.value.transpose();
    return away.array().rowwise() / spread_.array();
  }
  [[nodiscard]] Matrix data(const std::vector<Index>& rows) const { return data_(rows, Eigen::all); }
  [[nodiscard]] const Vector& observed() const { return observed_.value; }
  [[nodiscard]] const std::string& name(Index column) const {
    return observed_.names[static_cast<std::size_t>(column)];
  }
  [[nodiscard]] Index last_generation() const { return last_; }

 private:
  using Density = std::function<Vector(const Matrix&)>;
  void add(const Matrix& scores, Density density);

  const Problem& problem_;
  const AbcOptions& options_;
  LinkData observed_;
  Simulations runs_;
  Matrix data_;  // simulated, on the links; NaN where the run failed
  std::vector<Density> proposals_;
  std::vector<Index> sizes_;
  Matrix log_densities_;  // runs x proposals
  Row spread_;
  Index last_ = 0;  // runs of the last generation
};

void Sample::add(const Matrix& scores, Density density) {
  const auto generation = static_cast<std::uint64_t>(proposals_.size());
  const Simulations fresh =
      simulate(problem_, scores, derived_seed(options_.seed, Purpose::simulator, generation));
  const Matrix data = drawn_data(problem_.observation, fresh.summaries,
                                 derived_seed(options_.seed, Purpose::abc, generation));
  proposals_.push_back(std::move(density));
  sizes_.push_back(scores.rows());
  last_ = scores.rows();
  const Index before = runs_.size();
  runs_.append(fresh);
  const auto n_proposals = static_cast<Index>(proposals_.size());
  Matrix densities(runs_.size(), n_proposals);
  densities.topLeftCorner(before, n_proposals - 1) = log_densities_;
  densities.col(n_proposals - 1) = proposals_.back()(runs_.scores);
  for (Index g = 0; g + 1 < n_proposals; ++g)
    densities.col(g).tail(last_) = proposals_[static_cast<std::size_t>(g)](scores);
  log_densities_ = std::move(densities);
  Matrix all(runs_.size(), data.cols());
  if (before > 0) all.topRows(before) = data_;
  all.bottomRows(last_) = data;
  data_ = std::move(all);
  std::vector<Index> alive;
  for (Index i = before; i < runs_.size(); ++i)
    if (!runs_.failed(i)) alive.push_back(i);
  if (alive.size() < 10) throw std::runtime_error("fewer than ten simulations of a generation succeeded");
  spread_ = spread_of(data_(alive, Eigen::all));
}

void Sample::next(const Kept& kept, Index n) {
  const Matrix centres = runs_.scores(kept.rows, Eigen::all);
  const auto neighbours = static_cast<Index>(neighbour_share * static_cast<double>(centres.rows()));
  const auto mixture =
      std::make_shared<const KernelMixture>(centres, kept.log_weights, proposal_width, neighbours);
  const auto generation = static_cast<std::uint64_t>(proposals_.size());
  const auto parents = resampled(kept.log_weights, n, options_.seed, generation);
  Matrix scores(n, centres.cols());
  for (Index i = 0; i < n; ++i) {
    Keyed luck(options_.seed, Purpose::abc_proposal, (generation << 32) | static_cast<std::uint64_t>(i));
    scores.row(i) = mixture->draw_around(parents[static_cast<std::size_t>(i)], luck);
  }
  add(scores, [mixture](const Matrix& at) { return mixture->log_density(at); });
}

Kept Sample::keep(double n_particles) const {
  std::vector<Index> order;
  Vector distance = Vector::Constant(runs_.size(), std::numeric_limits<double>::infinity());
  Vector log_weight(runs_.size());
  Vector parts(log_densities_.cols());
  for (Index i = 0; i < runs_.size(); ++i) {
    if (runs_.failed(i)) continue;
    order.push_back(i);
    const Row away = (data_.row(i) - observed_.value.transpose()).array() / spread_.array();
    distance[i] = std::sqrt(away.squaredNorm() / static_cast<double>(away.size()));
    for (Index g = 0; g < parts.size(); ++g)
      parts[g] =
          log_densities_(i, g) + portable::log(static_cast<double>(sizes_[static_cast<std::size_t>(g)]));
    log_weight[i] =
        log_densities_(i, 0) - log_sum_exp({parts.data(), static_cast<std::size_t>(parts.size())});
  }
  std::stable_sort(order.begin(), order.end(), [&](Index a, Index b) { return distance[a] < distance[b]; });
  // log_densities_(i, 0) is the prior's: the first generation is drawn from it.
  double sum = 0;
  double squares = 0;
  std::size_t n = 0;
  while (n < order.size()) {
    const double w = portable::exp(log_weight[order[n++]] + portable::log(static_cast<double>(runs_.size())));
    sum += w;
    squares += w * w;
    // The kernel below leaves five sixths of the effective particles of a sharp edge in one dimension, less
    // in more.
    if (squares > 0 && sum * sum / squares >= 1.2 * n_particles) break;
  }
  Kept kept;
  kept.tolerance = distance[order[n - 1]];
  for (std::size_t i = 0; i < n; ++i) {
    // The furthest one has no weight; runs that are all equally far have the same.
    if (distance[order[i]] < kept.tolerance || distance[order[0]] == kept.tolerance)
      kept.rows.push_back(order[i]);
  }
  kept.log_weights.resize(static_cast<Index>(kept.rows.size()));
  for (Index k = 0; k < kept.log_weights.size(); ++k) {
    const Index row = kept.rows[static_cast<std::size_t>(k)];
    const double u = kept.tolerance > 0 ? distance[row] / kept.tolerance : 0;
    kept.log_weights[k] = log_weight[row] + (u < 1 ? portable::log(1 - u * u) : 0);
  }
  const double total =
      log_sum_exp({kept.log_weights.data(), static_cast<std::size_t>(kept.log_weights.size())});
  kept.log_weights.array() -= total;
  kept.weights = kept.log_weights.unaryExpr([](double x) { return portable::exp(x); });
  return kept;
}

// Kept runs, adjusted.
struct Particles {
  Matrix scores;
  Adjustment adjustment;
};
Particles particles_of(const Sample& sample, const Kept& kept, bool adjust) {
  const Matrix scores = sample.runs().scores(kept.rows, Eigen::all);
  if (!adjust) return {scores, {scores, 0, 0}};
  Adjustment adjustment = adjusted(scores, sample.differences(kept.rows), kept.weights);
  return {adjustment.scores, adjustment};
}

Focus focus_of(const Matrix& scores, const Vector& weights) {
  Focus focus{weights.transpose() * scores, {}};
  const Matrix centred = scores.rowwise() - focus.mean;
  focus.covariance = centred.transpose() * weights.asDiagonal() * centred;
  focus.covariance.diagonal().array() += 1e-10;
  return focus;
}

Matrix smooth_draws(const Matrix& scores, const Kept& kept, const AbcOptions& options) {
  const double n = 1 / kept.weights.squaredNorm();
  const auto d = static_cast<double>(scores.cols());
  // Silverman's width for a normal density, in spreads of the neighbours.
  const double width = portable::pow(4 / ((d + 2) * n * neighbour_share), 1 / (d + 4));
  const auto neighbours = static_cast<Index>(neighbour_share * static_cast<double>(scores.rows()));
  const KernelMixture mixture(scores, kept.log_weights, std::min(width, 1.0), neighbours);
  const auto parents = resampled(kept.log_weights, options.n_draws, options.seed, ~std::uint64_t{0});
  Matrix draws(options.n_draws, scores.cols());
  for (Index i = 0; i < draws.rows(); ++i) {
    Keyed luck(options.seed, Purpose::abc_smooth, static_cast<std::uint64_t>(i));
    draws.row(i) = mixture.draw_around(parents[static_cast<std::size_t>(i)], luck);
  }
  return draws;
}

struct Furthest {
  double away = 0;  // standard deviations of the kept runs
  std::string name;
};
Furthest furthest_datum(const Sample& sample, const Kept& kept) {
  const Matrix data = sample.data(kept.rows);
  const Row mean = kept.weights.transpose() * data;
  const Row variance = kept.weights.transpose() * (data.rowwise() - mean).cwiseAbs2();
  Furthest furthest;
  for (Index c = 0; c < data.cols(); ++c) {
    const double difference = std::abs(sample.observed()[c] - mean[c]);
    if (difference < 1e-12 * (1 + std::abs(mean[c]))) continue;
    const double away = difference / std::sqrt(std::max(variance[c], 1e-300));
    if (away > furthest.away) furthest = {away, sample.name(c)};
  }
  return furthest;
}

void judge(const Sample& sample, const Kept& kept, const Particles& particles, const AbcOptions& options,
           Posterior& posterior) {
  const double n = 1 / kept.weights.squaredNorm();
  const Kept fewer = sample.keep(n / 3);
  const double narrowing =
      movement(focus_of(particles.scores, kept.weights),
               focus_of(particles_of(sample, fewer, options.adjust).scores, fewer.weights));
  const double by_chance = std::sqrt(2 / n * 3);
  const double failed =
      static_cast<double>(sample.runs().n_failed()) / static_cast<double>(sample.runs().size());
  const Furthest furthest = furthest_datum(sample, kept);
  posterior.n_simulations = sample.runs().size();
  posterior.n_failed = sample.runs().n_failed();
  posterior.diagnostics = {{"tolerance", kept.tolerance},
                           {"effective_particles", n},
                           {"narrowing_at_a_third", narrowing},
                           {"adjustment_slopes", static_cast<double>(particles.adjustment.n_slopes)},
                           {"adjustment_shift", particles.adjustment.shift},
                           {"data_from_prediction", furthest.away},
                           {"failed_share", failed}};
  if (n < std::max(few_draws, few_for_a_score * static_cast<double>(posterior.scores.cols())))
    posterior.doubts.push_back({DoubtKind::few_particles});
  if (kept.tolerance > wide) posterior.doubts.push_back({DoubtKind::wide_tolerance});
  if (narrowing > much_narrowing + 2 * by_chance) posterior.doubts.push_back({DoubtKind::still_narrowing});
  if (particles.adjustment.shift > much_adjustment) posterior.doubts.push_back({DoubtKind::far_adjustment});
  if (furthest.away > strange) posterior.doubts.push_back({DoubtKind::data_not_reproduced, furthest.name});
  if (failed > most_failed) posterior.doubts.push_back({DoubtKind::runs_fail});
}
}  // namespace

Posterior abc_smc(const Problem& problem, const AbcOptions& options) {
  check_options(options);
  Sample sample(problem, options);
  const auto first = static_cast<Index>(options.first_share * static_cast<double>(options.budget));
  sample.first(std::max<Index>(first, 100));
  const PriorConflict conflict = prior_conflict(problem.observation, sample.runs(),
                                                derived_seed(options.seed, Purpose::abc, ~std::uint64_t{0}));
  const double generation =
      static_cast<double>(options.budget - sample.runs().size()) / static_cast<double>(options.n_generations);
  const double n_particles = std::max(fewest_particles, options.quantile * generation);
  Kept kept = sample.keep(n_particles);
  for (int g = 1; g <= options.n_generations && sample.runs().size() < options.budget; ++g) {
    const Index left = options.budget - sample.runs().size();
    const Index before = sample.runs().size();
    sample.next(kept, g == options.n_generations ? left : std::min(left, static_cast<Index>(generation)));
    kept = sample.keep(n_particles);
    const auto own = std::count_if(kept.rows.begin(), kept.rows.end(), [&](Index r) { return r >= before; });
    if (options.after_generation)
      options.after_generation({g, kept.tolerance,
                                static_cast<double>(own) / static_cast<double>(sample.last_generation()),
                                sample.runs().size(), sample.runs().n_failed()});
  }
  const Particles particles = particles_of(sample, kept, options.adjust);
  Posterior posterior = posterior_of(problem.prior, smooth_draws(particles.scores, kept, options),
                                     Vector::Zero(options.n_draws));
  posterior.doubts = conflict.doubts();
  judge(sample, kept, particles, options, posterior);
  return posterior;
}

}  // namespace tremplin::inference
