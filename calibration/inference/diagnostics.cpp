#include "calibration/inference/diagnostics.hpp"

#include <algorithm>
#include <cmath>

#include "engine/base/portable_math.hpp"

namespace tremplin::inference {

namespace {
constexpr double much_movement = 0.25;    // of a posterior standard deviation between the last two waves
constexpr double wide_validation = 1.5;   // standardised errors on fresh runs
constexpr double many_far = 0.05;         // of them, beyond three
constexpr double much_unexplained = 0.5;  // standard deviations of the data: it moves a posterior by as much
constexpr double certainly_above = 2;     // standard errors
constexpr double near = 2;                // root mean squared distance of a score from the posterior
constexpr double furthest_error = 5;      // one rare count says little about the others
constexpr double much_emulator = 0.25;    // share of the emulator in a summary's variance
constexpr double many_failed = 0.2;
constexpr std::size_t fewest_judged = 10;
constexpr double skewed = 0.7;
constexpr double heavy_or_light = 0.9;  // excess kurtosis, either sign
constexpr double certain = 4;           // standard errors
constexpr double strange = 4;           // the data among their predictions, standard deviations

struct Shape {
  double skewness = 0;
  double excess_kurtosis = 0;
  double n = 0;
};

Shape shape_of(const Vector& x) {
  const auto n = static_cast<double>(x.size());
  const Vector c = x.array() - x.mean();
  const double variance = c.squaredNorm() / n;
  if (!(variance > 0)) return {0, 0, n};
  const Vector u = c / std::sqrt(variance);
  return {u.array().cube().mean(), u.array().square().square().mean() - 3, n};
}

// The column whose noise is least normal; only where its noise is that of the data.
void judge_noise(const EmulatedLikelihood& likelihood, Posterior& posterior) {
  Shape worst_skew;
  Shape worst_tail;
  std::string name;
  for (Index c = 0; c < likelihood.n_columns(); ++c) {
    if (!likelihood.learns_noise(c) || likelihood.emulator(c).constant()) continue;
    // Counts are not normal, and not taken to be.
    if (likelihood.emulator(c).scale().family == NoiseFamily::count) continue;
    const Shape shape = shape_of(likelihood.nearest_errors().col(c));
    const bool more_skewed = std::abs(shape.skewness) > std::abs(worst_skew.skewness);
    if (more_skewed) worst_skew = shape;
    if (std::abs(shape.excess_kurtosis) > std::abs(worst_tail.excess_kurtosis)) worst_tail = shape;
    const bool odd =
        (std::abs(shape.skewness) > skewed && std::abs(shape.skewness) > certain * std::sqrt(6 / shape.n)) ||
        (std::abs(shape.excess_kurtosis) > heavy_or_light &&
         std::abs(shape.excess_kurtosis) > certain * std::sqrt(24 / shape.n));
    if (odd) name += (name.empty() ? "" : ", ") + likelihood.name(c);
  }
  posterior.diagnostics.push_back({"noise_skewness", worst_skew.skewness});
  posterior.diagnostics.push_back({"noise_excess_kurtosis", worst_tail.excess_kurtosis});
  if (!name.empty()) posterior.doubts.push_back({DoubtKind::noise_not_normal, name});
}

double share_of(const Vector& emulator, const Vector& noise) {
  return (emulator.array() / (emulator + noise).array().max(1e-300)).mean();
}

// The data's own variance is one over their information.
double share_of_known(const EmulatedLikelihood::Detail& d, Index c) {
  const auto emulator = d.information.col(c).array() * d.variance.col(c).array();
  const auto noise = d.information.col(c).array() * d.noise.col(c).array();
  return (emulator / (1 + emulator + noise)).mean();
}

void judge_emulators(const EmulatedLikelihood::Detail& d, const EmulatedLikelihood& likelihood,
                     Posterior& posterior) {
  double largest = 0;
  std::string name;
  for (Index c = 0; c < likelihood.n_columns(); ++c) {
    if (likelihood.emulator(c).constant()) continue;
    // A count whose mean hardly differs from zero tells nothing, however uncertain its log.
    if (likelihood.emulator(c).scale().family == NoiseFamily::count &&
        (d.noise.col(c).array() > 2).cast<double>().mean() > 0.5)
      continue;
    const double share =
        likelihood.learns_noise(c) ? share_of(d.variance.col(c), d.noise.col(c)) : share_of_known(d, c);
    if (share > largest) {
      largest = share;
      name = likelihood.name(c);
    }
  }
  posterior.diagnostics.push_back({"emulator_share_of_variance", largest});
  if (largest > much_emulator) posterior.doubts.push_back({DoubtKind::emulator_uncertain, name});
}

void judge_data(const EmulatedLikelihood::Detail& d, const EmulatedLikelihood& likelihood,
                Posterior& posterior) {
  double worst = 0;
  std::string name;
  for (Index c = 0; c < likelihood.n_columns(); ++c) {
    const double error = d.errors.col(c).cwiseAbs().mean();
    if (error > worst) {
      worst = error;
      name = likelihood.name(c);
    }
  }
  posterior.diagnostics.push_back({"data_from_prediction", worst});
  if (worst > strange) posterior.doubts.push_back({DoubtKind::data_not_reproduced, name});
  for (const auto& column : likelihood.unreachable())
    posterior.doubts.push_back({DoubtKind::data_unreachable, column});
}
}  // namespace

double movement(const Focus& before, const Focus& now) {
  double total = 0;
  for (Index j = 0; j < now.mean.size(); ++j) {
    const double shift = now.mean[j] - before.mean[j];
    const double ratio = portable::log(now.covariance(j, j) / before.covariance(j, j));  // of variances
    total += shift * shift / now.covariance(j, j) + 0.125 * ratio * ratio;
  }
  return std::sqrt(total / static_cast<double>(now.mean.size()));
}

Validation validated(const EmulatedLikelihood& likelihood, const Simulations& fresh, const Focus& focus) {
  Validation v;
  double squares = 0;
  double far = 0;
  const Matrix errors = likelihood.errors_of(fresh);
  for (const double error : errors.reshaped()) {
    if (std::isnan(error)) continue;
    ++v.n;
    squares += std::min(error * error, furthest_error * furthest_error);
    far += std::abs(error) > 3 ? 1 : 0;
  }
  if (v.n > 0) {
    v.spread = std::sqrt(squares / static_cast<double>(v.n));
    v.far = far / static_cast<double>(v.n);
  }
  const Vector unexplained = likelihood.unexplained_of(fresh);
  const Vector distance = distances(focus, fresh.scores);
  std::vector<double> judged;
  for (Index i = 0; i < unexplained.size(); ++i)
    if (!std::isnan(unexplained[i]) && distance[i] < near * near * static_cast<double>(fresh.scores.cols()))
      judged.push_back(unexplained[i]);
  if (judged.size() < fewest_judged) return v;
  v.n_known = static_cast<Index>(judged.size());
  const Eigen::Map<const Vector> x(judged.data(), v.n_known);
  const double se = std::sqrt((x.array() - x.mean()).square().mean() / static_cast<double>(v.n_known));
  if (x.mean() > certainly_above * se) v.unexplained = std::sqrt(std::max(x.mean(), 0.0));
  return v;
}

void diagnose(const Evidence& evidence, Posterior& posterior) {
  const auto& likelihood = evidence.likelihood;
  auto& out = posterior.diagnostics;
  out.push_back({"movement_of_last_wave", evidence.last_movement});
  out.push_back({"validation_spread", evidence.validation.spread});
  out.push_back({"validation_beyond_three", evidence.validation.far});
  out.push_back({"validation_unexplained", evidence.validation.unexplained});
  out.push_back({"failed_share", static_cast<double>(evidence.runs.n_failed()) /
                                     static_cast<double>(std::max<Index>(1, evidence.runs.size()))});
  out.push_back({"temperatures", static_cast<double>(evidence.draws.n_temperatures)});
  out.push_back({"acceptance", evidence.draws.acceptance});
  out.push_back({"resemblance", evidence.draws.resemblance});
  out.push_back({"distinct_particles", static_cast<double>(evidence.draws.n_distinct)});
  out.push_back({"log_evidence", evidence.draws.log_evidence});
  const Matrix some = evidence.draws.scores.topRows(std::min<Index>(500, evidence.draws.scores.rows()));
  const auto detail = likelihood.detail(some);
  judge_noise(likelihood, posterior);
  judge_emulators(detail, likelihood, posterior);
  judge_data(detail, likelihood, posterior);
  if (evidence.last_movement > much_movement) posterior.doubts.push_back({DoubtKind::still_moving});
  if (evidence.validation.n > 20 &&
      (evidence.validation.spread > wide_validation || evidence.validation.far > many_far))
    posterior.doubts.push_back({DoubtKind::validation_wide});
  if (evidence.validation.unexplained > much_unexplained)
    posterior.doubts.push_back({DoubtKind::validation_unexplained});
  if (detail.success.mean() < 1 - many_failed) posterior.doubts.push_back({DoubtKind::runs_fail_here});
  if (evidence.draws.resemblance > 0.3) posterior.doubts.push_back({DoubtKind::chains_remember});
}

}  // namespace tremplin::inference
