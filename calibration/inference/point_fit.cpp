#include "calibration/inference/point_fit.hpp"

#include "calibration/inference/bobyqa.hpp"
#include "calibration/inference/cma_es.hpp"
#include "calibration/inference/simulated_likelihood.hpp"

namespace tremplin::inference {

namespace {
constexpr double edge = 0.999;  // of the furthest score

void add_prior(Estimate estimate, const Matrix& scores, Vector& values) {
  if (estimate == Estimate::maximum_a_posteriori) values -= 0.5 * scores.rowwise().squaredNorm();
}

void finish(PointFit& fit, const Prior& prior) {
  fit.parameters = prior.parameters(fit.scores).row(0);
  fit.at_edge = fit.scores.cwiseAbs().maxCoeff() > edge * furthest_fit;
}
}  // namespace

PointFit fit_point(const Prior& prior, const LogLikelihood& log_likelihood, Estimate estimate,
                   const PointFitOptions& options) {
  const Objective objective = [&](const Matrix& scores) {
    Vector values = log_likelihood(scores);
    add_prior(estimate, scores, values);
    return values;
  };
  CmaEsOptions search;
  search.budget = options.budget;
  search.furthest = furthest_fit;
  search.spread = 1;
  search.seed = options.seed;
  const CmaEsResult coarse = cma_es(objective, prior.n_scores(), search);
  BobyqaOptions near;
  near.furthest = furthest_fit;
  near.radius = 0.05;
  const BobyqaResult fine = bobyqa([&](const Row& at) { return objective(at)[0]; }, coarse.at, near);
  PointFit fit;
  fit.estimate = estimate;
  fit.scores = coarse.at;
  fit.value = coarse.value;
  if (fine.value > coarse.value) {
    fit.scores = fine.at;
    fit.value = fine.value;
  }
  fit.n_evaluations = coarse.n_evaluations + fine.n_evaluations;
  fit.converged = coarse.converged && fine.converged;
  finish(fit, prior);
  return fit;
}

PointFit fit_point(const Problem& problem, Estimate estimate, const SimulatedFitOptions& options) {
  SimulatedLikelihood likelihood(problem, options.n_replicates, options.seed);
  const Objective objective = [&](const Matrix& scores) {
    Vector values = likelihood.at(scores);
    add_prior(estimate, scores, values);
    return values;
  };
  CmaEsOptions search;
  search.budget = options.budget / options.n_replicates;
  search.furthest = furthest_fit;
  search.spread = options.spread;
  search.start = options.start;
  search.noisy = true;
  search.n_runs = 3;
  search.seed = options.seed;
  const CmaEsResult found = cma_es(objective, problem.prior.n_scores(), search);
  PointFit fit;
  fit.estimate = estimate;
  fit.scores = found.at;
  fit.value = found.value;
  fit.error = found.error;
  fit.n_evaluations = found.n_evaluations;
  fit.converged = found.converged;
  fit.n_simulations = likelihood.n_simulations();
  fit.n_failed = likelihood.n_failed();
  finish(fit, problem.prior);
  return fit;
}

}  // namespace tremplin::inference
