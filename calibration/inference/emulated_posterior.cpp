#include "calibration/inference/emulated_posterior.hpp"

#include <Eigen/Cholesky>
#include <algorithm>
#include <cmath>
#include <stdexcept>
#include <utility>

#include "calibration/inference/design.hpp"
#include "calibration/inference/diagnostics.hpp"
#include "calibration/inference/emulated_likelihood.hpp"
#include "calibration/inference/keyed.hpp"
#include "calibration/inference/prior_conflict.hpp"
#include "calibration/inference/tempered_smc.hpp"

namespace tremplin::inference {

namespace {
constexpr Index least_budget = 20;
constexpr double still = 0.05;        // movement below which a posterior stands still
constexpr double widening = 0.5;      // of the posterior's spread, added to new points
constexpr double furthest_score = 6;  // no simulation is asked beyond: the prior has 2e-9 there

void check_options(const EmulatedPosteriorOptions& o) {
  const bool fits = o.budget >= least_budget && o.first_share > 0 && o.first_share <= 1 && o.n_waves >= 0 &&
                    o.n_particles >= 100 && o.n_draws >= 1;
  if (!fits)
    throw std::invalid_argument(
        "at least 20 simulations, a first share in (0, 1] and 100 particles are needed");
}

// Half from the posterior, half from what is plausible at a higher temperature, both somewhat widened so that
// the emulators are not asked beyond their runs.
Matrix next_points(const SmcResult& draws, Index n, std::uint64_t seed, int wave) {
  Matrix points(n, draws.scores.cols());
  const Matrix roots[] = {Eigen::LLT<Matrix>(focus_of(draws.scores).covariance).matrixL(),
                          Eigen::LLT<Matrix>(focus_of(draws.plausible).covariance).matrixL()};
  for (Index i = 0; i < n; ++i) {
    Keyed luck(seed, Purpose::widen,
               (static_cast<std::uint64_t>(wave) << 32) | static_cast<std::uint64_t>(i));
    const bool plausible = i % 2 == 1;
    const Matrix& from = plausible ? draws.plausible : draws.scores;
    const auto row = static_cast<Index>(luck.below(static_cast<std::uint32_t>(from.rows())));
    Row z(points.cols());
    for (double& value : z) value = luck.normal();
    points.row(i) = from.row(row) + widening * z * roots[plausible ? 1 : 0].transpose();
  }
  return points.cwiseMax(-furthest_score).cwiseMin(furthest_score);
}

SmcOptions smc_options(const EmulatedPosteriorOptions& options, bool last) {
  SmcOptions smc;
  smc.n_particles = options.n_particles;
  smc.n_draws = last ? options.n_draws : options.n_particles;
  smc.most_last_moves = last ? options.most_last_moves : 10;
  return smc;
}
}  // namespace

Posterior emulated_posterior(const Problem& problem, const EmulatedPosteriorOptions& options) {
  check_options(options);
  const Index n_scores = problem.prior.n_scores();
  const auto wanted = static_cast<Index>(options.first_share * static_cast<double>(options.budget));
  const Index first =
      options.n_waves == 0 ? options.budget : std::clamp<Index>(wanted, least_budget, options.budget);
  Simulations runs = options.already.size() > 0
                         ? options.already
                         : simulate(problem, sobol_scores(first, n_scores, options.seed),
                                    derived_seed(options.seed, Purpose::simulator, 0));
  // The first design is a sample of the prior.
  const PriorConflict conflict =
      runs.n_failed() + 10 <= runs.size()
          ? prior_conflict(problem.observation, runs, derived_seed(options.seed, Purpose::made_up_data, 0))
          : PriorConflict{};
  Focus focus = prior_focus(n_scores);
  Validation validation;
  double moved = 0;
  for (int wave = 0;; ++wave) {
    const EmulatedLikelihood likelihood(problem, runs, focus, options.emulator);
    const Index left = options.budget - runs.size();
    const bool last =
        wave == options.n_waves || left <= 0 || (options.stop_when_still && wave > 1 && moved < still);
    const auto target = [&](const Matrix& scores) { return likelihood.at(scores); };
    const SmcResult draws = tempered_smc(
        target, n_scores, derived_seed(options.seed, Purpose::start, static_cast<std::uint64_t>(wave)),
        smc_options(options, last));
    const Focus now = focus_of(draws.scores);
    moved = wave == 0 ? 0 : movement(focus, now);
    focus = now;
    if (options.after_wave) options.after_wave({wave, runs.size(), runs.n_failed(), moved});
    if (last) {
      Posterior posterior = posterior_of(problem.prior, draws.scores, Vector::Zero(draws.scores.rows()));
      posterior.n_simulations = runs.size();
      posterior.n_failed = runs.n_failed();
      posterior.doubts = conflict.doubts();
      diagnose({likelihood, draws, runs, validation, moved, left <= 0}, posterior);
      if (options.at_end) options.at_end(likelihood);
      return posterior;
    }
    const Index more = wave + 1 == options.n_waves ? left : left / (options.n_waves - wave);
    const Simulations fresh =
        simulate(problem, next_points(draws, more, options.seed, wave),
                 derived_seed(options.seed, Purpose::simulator, static_cast<std::uint64_t>(wave) + 1));
    validation = validated(likelihood, fresh, focus);
    runs.append(fresh);
  }
}

}  // namespace tremplin::inference
