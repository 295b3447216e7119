#include "calibration/inference/infer.hpp"

#include <algorithm>
#include <cmath>
#include <stdexcept>

#include "calibration/inference/abc_smc.hpp"
#include "calibration/inference/emulated_likelihood.hpp"
#include "calibration/inference/emulated_posterior.hpp"
#include "calibration/inference/ensemble_smoother.hpp"
#include "calibration/inference/keyed.hpp"
#include "engine/base/portable_math.hpp"

namespace tremplin::inference {

namespace {
constexpr Index least = 100;
constexpr Index least_for_abc = 200;
constexpr Index least_generation = 50;
constexpr Index replicates = 4;  // of each point of a fit on the simulator
constexpr Index members = 400;   // of the smoother, if the budget allows
constexpr Index smoother_steps = 8;

double spread_of(const Posterior& posterior) {
  const Matrix centred = posterior.scores.rowwise() - posterior.scores.colwise().mean();
  return std::sqrt(centred.squaredNorm() / static_cast<double>(centred.size()));
}

class Search {
 public:
  Search(const Problem& problem, const InferOptions& options) : problem_(problem), options_(options) {}

  Inferred go() {
    switch (options_.method) {
      case Method::smoother:
        smoother();
        break;
      case Method::abc:
        abc();
        break;
      case Method::point:
        point();
        break;
      case Method::emulated:
        emulated(options_.budget, {});
        break;
      case Method::profile:
        emulated(options_.budget, [this](const EmulatedLikelihood& likelihood) { profile(likelihood); });
        break;
    }
    found_.n_simulations += found_.posterior.n_simulations;
    found_.n_failed += found_.posterior.n_failed;
    found_.prior =
        problem_.prior.parameters(prior_scores(options_.n_draws, problem_.prior.n_scores(), options_.seed));
    found_.learnt = learnt_of(found_.prior, found_.posterior.parameters);
    return std::move(found_);
  }

 private:
  void emulated(Index budget, std::function<void(const EmulatedLikelihood&)> at_end) {
    EmulatedPosteriorOptions of;
    of.budget = budget;
    of.n_draws = options_.n_draws;
    of.seed = options_.seed;
    of.at_end = std::move(at_end);
    found_.posterior = emulated_posterior(problem_, of);
  }

  void smoother() {
    SmootherOptions of;
    of.budget = options_.budget;
    of.n_members = std::clamp<Index>(options_.budget / smoother_steps, 20, members);
    of.seed = options_.seed;
    found_.posterior = ensemble_smoother(problem_, of).posterior;
  }

  void abc() {
    AbcOptions of;
    of.budget = options_.budget;
    of.n_draws = options_.n_draws;
    of.seed = options_.seed;
    // A generation of a few runs teaches nothing, and would end the search where some of them fail.
    const Index left = std::min(options_.budget - 100, 4 * options_.budget / 5);
    of.n_generations = static_cast<int>(std::clamp<Index>(left / least_generation, 1, of.n_generations));
    found_.posterior = abc_smc(problem_, of);
  }

  // Half of the budget for the emulators, half to see where the simulator itself puts the mode.
  void point() {
    const PointFitOptions of{.seed = options_.seed};
    emulated(options_.budget / 2, [&](const EmulatedLikelihood& likelihood) {
      const auto at = [&](const Matrix& scores) { return likelihood.at(scores); };
      for (const Estimate estimate : {Estimate::maximum_a_posteriori, Estimate::maximum_likelihood})
        found_.fits.push_back(fit_point(problem_.prior, at, estimate, of));
    });
    SimulatedFitOptions on;
    on.budget = options_.budget - found_.posterior.n_simulations;
    on.n_replicates = replicates;
    on.start = found_.fits.front().scores;
    on.spread = std::clamp(spread_of(found_.posterior), 0.01, 1.0);
    on.seed = options_.seed;
    found_.fits.push_back(fit_point(problem_, Estimate::maximum_a_posteriori, on));
    found_.n_simulations += found_.fits.back().n_simulations;
    found_.n_failed += found_.fits.back().n_failed;
  }

  void profile(const EmulatedLikelihood& likelihood) {
    const auto at = [&](const Matrix& scores) { return likelihood.at(scores); };
    ProfileResult result = profile_likelihood(problem_.prior, at, {.seed = options_.seed});
    found_.fits.push_back(std::move(result.top));
    found_.profiles = std::move(result.profiles);
  }

  const Problem& problem_;
  const InferOptions& options_;
  Inferred found_;
};
}  // namespace

Index least_budget(Method method, Index n_scores) {
  switch (method) {
    case Method::abc:
      return least_for_abc;
    case Method::point: {
      // Four generations of CMA-ES on a half of the budget, each point several times.
      const auto population = 4 + static_cast<Index>(3 * portable::log(static_cast<double>(n_scores)));
      return std::max(least_for_abc, 2 * replicates * 4 * population);
    }
    case Method::emulated:
    case Method::smoother:
    case Method::profile:
      break;
  }
  return least;
}

Inferred infer(const Problem& problem, const InferOptions& options) {
  if (options.budget < least_budget(options.method, problem.prior.n_scores()) || options.n_draws < 100)
    throw std::invalid_argument("the budget or the number of draws is too small for this method");
  return Search(problem, options).go();
}

Vector learnt_of(const Matrix& prior, const Matrix& posterior) {
  Vector learnt(prior.cols());
  for (Index j = 0; j < prior.cols(); ++j) {
    std::vector<double> sorted(prior.col(j).begin(), prior.col(j).end());
    std::sort(sorted.begin(), sorted.end());
    const auto variance_of = [&](const Matrix& draws) {
      Vector scores(draws.rows());
      for (Index i = 0; i < draws.rows(); ++i) {
        // The middle of equal values: of a spike.
        const auto [first, last] = std::equal_range(sorted.begin(), sorted.end(), draws(i, j));
        const double rank = 0.5 * static_cast<double>((first - sorted.begin()) + (last - sorted.begin()));
        scores[i] = portable::normal_quantile((rank + 0.5) / (static_cast<double>(sorted.size()) + 1));
      }
      return (scores.array() - scores.mean()).square().mean();
    };
    const double before = variance_of(prior);
    learnt[j] = before > 0 ? 1 - variance_of(posterior) / before : 0;
  }
  return learnt;
}

}  // namespace tremplin::inference
