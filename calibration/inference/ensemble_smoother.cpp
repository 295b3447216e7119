#include "calibration/inference/ensemble_smoother.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "calibration/inference/keyed.hpp"
#include "calibration/inference/link_data.hpp"
#include "calibration/inference/noise_correlation.hpp"
#include "engine/base/portable_math.hpp"

namespace tremplin::inference {

namespace {
constexpr double enough_members = 20;  // for each score and summary
constexpr double most_failed = 0.2;
constexpr double misfit_limit = 2;  // root mean squared standardised misfit of a posterior that fits

void check_options(const SmootherOptions& o) {
  if (o.n_members < 20 || o.budget < 4 * o.n_members || !(o.replicated > 0 && o.replicated <= 1))
    throw std::invalid_argument(
        "at least 20 members, a budget of four times as many and a replicated share in (0, 1] are needed");
}

Matrix covariance_of(const Matrix& a, const Matrix& b) {
  return (a.rowwise() - a.colwise().mean()).transpose() * (b.rowwise() - b.colwise().mean()) /
         static_cast<double>(a.rows() - 1);
}

// A factor of a covariance that may lack rank: root * root' = covariance.
Matrix root_of(const Matrix& covariance) {
  const Eigen::LDLT<Matrix> factor(covariance);
  const Vector d = factor.vectorD().cwiseMax(0).cwiseSqrt();
  const Matrix lower = factor.matrixL();
  return factor.transpositionsP().transpose() * Matrix(lower * d.asDiagonal());
}

// The Kalman steps of one inversion.
class Smoother {
 public:
  Smoother(const Problem& problem, const SmootherOptions& options)
      : problem_(problem), options_(options), data_(link_data(problem.observation)) {}

  SmootherResult run();

 private:
  Simulations simulated(const Matrix& scores) {
    Simulations runs = simulate(problem_, scores, derived_seed(options_.seed, Purpose::simulator, calls_++));
    n_simulations_ += runs.size();
    n_failed_ += runs.n_failed();
    return runs;
  }
  [[nodiscard]] Index n_replicated() const {
    const auto wanted =
        static_cast<Index>(std::llround(options_.replicated * static_cast<double>(options_.n_members)));
    return std::clamp<Index>(wanted, 10, options_.n_members);
  }
  [[nodiscard]] bool affords_a_step() const {
    const Index needed = options_.n_members + (noiseless_ ? 0 : n_replicated());
    return n_simulations_ + needed <= options_.budget;
  }
  // Runs the members again where they fail, drawn from those that did not; what still fails is left out.
  Simulations alive(const Matrix& scores);
  void learn_noise(const Simulations& runs, const Matrix& links);
  [[nodiscard]] double next_share(const Matrix& links) const;
  Matrix updated(const Matrix& scores, const Matrix& links, double share);
  [[nodiscard]] Matrix gain(const Matrix& scores, const Matrix& links, double inflation) const;
  [[nodiscard]] Matrix redrawn(const Matrix& scores, Index n);
  [[nodiscard]] Matrix data_noise() const {
    return noise_ + Matrix((data_.variance + data_.discrepancy).asDiagonal());
  }
  void judge(SmootherResult& result) const;

  const Problem& problem_;
  const SmootherOptions& options_;
  LinkData data_;
  Matrix noise_;  // of the simulator, on the links
  bool noiseless_ = false;
  double done_ = 0;
  int step_ = 0;
  std::uint64_t calls_ = 0;
  std::uint64_t redraws_ = 0;
  Index n_simulations_ = 0;
  Index n_failed_ = 0;
};

Matrix Smoother::redrawn(const Matrix& scores, Index n) {
  const Matrix root = root_of(covariance_of(scores, scores));
  Matrix result(n, scores.cols());
  for (Index i = 0; i < n; ++i) {
    Keyed luck(options_.seed, Purpose::kalman_redraw, redraws_++);
    Vector z(scores.cols());
    for (double& value : z) value = luck.normal();
    result.row(i) = scores.colwise().mean() + (root * z).transpose();
  }
  return result;
}

Simulations Smoother::alive(const Matrix& scores) {
  constexpr int most_rounds = 3;
  const auto kept = [](const Simulations& all) {
    const auto rows = all.succeeded();
    return Simulations{all.scores(rows, Eigen::all), all.parameters(rows, Eigen::all),
                       all.summaries(rows, Eigen::all)};
  };
  Simulations runs = kept(simulated(scores));
  for (int round = 0; round < most_rounds && runs.size() < scores.rows(); ++round) {
    const Index missing = scores.rows() - runs.size();
    if (2 * runs.size() < scores.rows()) throw std::runtime_error("more than half of the simulations failed");
    if (n_simulations_ + missing > options_.budget) break;
    runs.append(kept(simulated(redrawn(runs.scores, missing))));
  }
  return runs;
}

void Smoother::learn_noise(const Simulations& runs, const Matrix& links) {
  const Index m = links.cols();
  if (noiseless_) return;
  noise_ = Matrix::Zero(m, m);
  const Index n = std::min(n_replicated(), runs.size());
  const Simulations again = simulated(runs.scores.topRows(n));
  const Matrix other = all_links(problem_.observation, again.summaries);
  const auto rows = again.succeeded();
  if (rows.size() < 5)
    throw std::runtime_error("too few replicates succeeded to learn the simulator's noise");
  const Matrix difference = (links(rows, Eigen::all) - other(rows, Eigen::all)) / std::sqrt(2.0);
  const Vector variance = difference.colwise().squaredNorm().transpose() / static_cast<double>(rows.size());
  noiseless_ = variance.maxCoeff() == 0;
  const Matrix standard = difference * variance.cwiseMax(1e-300).cwiseSqrt().cwiseInverse().asDiagonal();
  Matrix correlation = noise_correlation(standard);
  if (correlation.size() == 0) correlation = Matrix::Identity(m, m);
  noise_ = variance.cwiseSqrt().asDiagonal() * correlation * variance.cwiseSqrt().asDiagonal();
}

// The share of the likelihood to take in next, so that the misfit falls by what its size or its spread allow
// (Iglesias and Yang 2021, data misfit controller).
double Smoother::next_share(const Matrix& links) const {
  Matrix noise = data_noise();
  noise.diagonal().array() += 1e-12 * (1 + links.colwise().mean().cwiseAbs2().transpose().array());
  const Eigen::LLT<Matrix> factor(noise);
  const Matrix errors = links.rowwise() - data_.value.transpose();
  const Vector misfit = 0.5 * factor.matrixL().solve(errors.transpose()).colwise().squaredNorm().transpose();
  const auto m = static_cast<double>(links.cols());
  const double mean = misfit.mean();
  const double variance = (misfit.array() - mean).square().mean();
  const double step = std::max(m / (2 * mean), std::sqrt(m / (2 * variance)));
  const double left = 1 - done_;
  // What is left after a step that nearly ends is taken with it.
  return step >= 0.8 * left ? left : step;
}

Matrix Smoother::gain(const Matrix& scores, const Matrix& links, double inflation) const {
  Matrix cross = covariance_of(scores, links);
  const Matrix whole = covariance_of(links, links);
  const auto n = static_cast<double>(scores.rows());
  const bool small = n < enough_members * static_cast<double>(scores.cols() + links.cols());
  const bool localise = options_.localise == SmootherOptions::Localise::always ||
                        (options_.localise == SmootherOptions::Localise::by_size && small);
  if (localise) {
    const Vector score_sd = covariance_of(scores, scores).diagonal().cwiseSqrt();
    for (Index j = 0; j < cross.rows(); ++j)
      for (Index c = 0; c < cross.cols(); ++c) {
        const double scale = score_sd[j] * std::sqrt(whole(c, c));
        const double r = scale > 0 ? cross(j, c) / scale : 0;
        // What is left of a correlation when that of chance, 1 / n, is taken from its square; nothing below
        // three standard deviations of chance.
        cross(j, c) *= r * r * n > 9 ? 1 - 1 / (r * r * n) : 0;
      }
  }
  // The members scatter by the simulator's noise once already.
  Matrix innovation = whole - noise_ + inflation * data_noise();
  innovation.diagonal().array() += 1e-12 * (1 + whole.diagonal().array());
  // whole - noise_ may lack definiteness when both are estimates.
  Eigen::LLT<Matrix> factor(innovation);
  if (factor.info() != Eigen::Success)
    factor.compute(whole + (inflation - 1) * noise_ +
                   innovation.diagonal().cwiseAbs().asDiagonal().toDenseMatrix() * 1e-6);
  return factor.solve(cross.transpose()).transpose();
}

Matrix Smoother::updated(const Matrix& scores, const Matrix& links, double share) {
  const double inflation = 1 / share;
  const Matrix k = gain(scores, links, inflation);
  const Matrix root = root_of((inflation - 1) * noise_ +
                              inflation * Matrix((data_.variance + data_.discrepancy).asDiagonal()));
  Matrix perturbed(links.rows(), links.cols());
  for (Index i = 0; i < links.rows(); ++i) {
    Keyed luck(options_.seed, Purpose::kalman,
               (static_cast<std::uint64_t>(step_) << 32) | static_cast<std::uint64_t>(i));
    Vector z(links.cols());
    for (double& value : z) value = luck.normal();
    perturbed.row(i) = (root * z).transpose();
  }
  // Perturbations without a mean: the ensemble's mean moves by the data alone.
  perturbed.rowwise() -= perturbed.colwise().mean().eval();
  const Matrix errors = (perturbed - links).rowwise() + data_.value.transpose();
  return scores + errors * k.transpose();
}

void Smoother::judge(SmootherResult& result) const {
  auto& posterior = result.posterior;
  posterior.n_simulations = n_simulations_;
  posterior.n_failed = n_failed_;
  const double failed = static_cast<double>(n_failed_) / static_cast<double>(n_simulations_);
  const Matrix links = all_links(problem_.observation, result.last.summaries);
  const Matrix spread =
      covariance_of(links, links) + Matrix((data_.variance + data_.discrepancy).asDiagonal());
  const Vector errors = (data_.value - links.colwise().mean().transpose())
                            .cwiseQuotient(spread.diagonal().cwiseMax(1e-300).cwiseSqrt());
  const double misfit = std::sqrt(errors.squaredNorm() / static_cast<double>(errors.size()));
  posterior.diagnostics = {{"steps", static_cast<double>(step_)},
                           {"share_of_likelihood", done_},
                           {"failed_share", failed},
                           {"misfit", misfit},
                           {"conflict_distance", result.conflict.distance},
                           {"conflict_tail", result.conflict.tail}};
  posterior.doubts = result.conflict.doubts();
  if (done_ < 1) posterior.doubts.push_back({DoubtKind::budget_too_small});
  if (failed > most_failed) posterior.doubts.push_back({DoubtKind::runs_fail});
  if (misfit > misfit_limit) posterior.doubts.push_back({DoubtKind::misfit});
}

SmootherResult Smoother::run() {
  SmootherResult result;
  Matrix scores = prior_scores(options_.n_members, problem_.prior.n_scores(), options_.seed);
  Simulations runs = alive(scores);
  result.first = runs;
  result.conflict = prior_conflict(problem_.observation, runs,
                                   derived_seed(options_.seed, Purpose::kalman, ~std::uint64_t{0}));
  while (done_ < 1 && affords_a_step()) {
    const Matrix links = all_links(problem_.observation, runs.summaries);
    learn_noise(runs, links);
    const double share = next_share(links);
    ++step_;
    scores = updated(runs.scores, links, share);
    done_ = share >= 1 - done_ ? 1 : done_ + share;
    runs = alive(scores);
    if (options_.after_step) options_.after_step({step_, done_, n_simulations_, n_failed_});
  }
  result.posterior = posterior_of(problem_.prior, runs.scores, Vector::Zero(runs.size()));
  result.last = std::move(runs);
  judge(result);
  return result;
}
}  // namespace

SmootherResult ensemble_smoother(const Problem& problem, const SmootherOptions& options) {
  check_options(options);
  return Smoother(problem, options).run();
}

}  // namespace tremplin::inference
