#include "calibration/model/calibrate.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "calibration/inference/design.hpp"
#include "calibration/inference/keyed.hpp"
#include "calibration/inference/screening.hpp"
#include "calibration/model/parameter_prior.hpp"
#include "calibration/model/target_observation.hpp"
#include "engine/base/workers.hpp"

namespace tremplin {

namespace {

using inference::derived_seed;
using inference::Index;
using inference::Matrix;
using inference::Problem;
using inference::Purpose;
using inference::Row;
using inference::Simulations;

std::uint64_t seed_of_run(std::uint64_t batch, Index i) {
  return derived_seed(batch, Purpose::simulator, static_cast<std::uint64_t>(i));
}

// Draws of some fifty parameters take longer to forget where they began than those of a few.
constexpr int most_last_moves = 1000;

class Search {
 public:
  Search(const ModelExperiment& experiment, const CalibrationOptions& options, inference::Journal& journal,
         const ModelRun& run, const std::function<void(Index)>& run_done)
      : experiment_(experiment), options_(options), journal_(journal), run_(run), run_done_(run_done) {}

  Calibration go() {
    const std::vector<std::size_t> all = uncertain_places(experiment_.priors);
    const Simulations first = first_design(all);
    Calibration found;
    for (const Index score : felt_scores(observation_, first))
      found.inferred.push_back(all[static_cast<std::size_t>(score)]);
    if (found.inferred.empty()) throw std::runtime_error("no parameter moves any of the figures");
    found.inferred = with_common_errors(experiment_.priors, std::move(found.inferred));
    std::vector<Index> felt;
    for (const std::size_t place : found.inferred)
      felt.push_back(std::ranges::find(all, place) - all.begin());

    inference::EmulatedPosteriorOptions of;
    of.budget = options_.budget;
    of.n_waves = options_.n_waves;
    of.n_draws = options_.n_draws;
    of.most_last_moves = most_last_moves;
    of.seed = options_.seed;
    of.after_wave = options_.after_wave;
    of.already = {first.scores(Eigen::all, felt), first.parameters(Eigen::all, felt), first.summaries};
    const Problem problem = problem_of(found.inferred, experiment_.sample);
    found.posterior = emulated_posterior(problem, of);
    found.joint = joint_scores(experiment_.priors, found.inferred, found.posterior.scores);
    found.sensitivity = sensitivity_of(problem.prior, of.already);
    found.prior = problem.prior.parameters(
        inference::prior_scores(options_.n_draws, problem.prior.n_scores(), options_.seed));
    check(found);
    return found;
  }

 private:
  [[nodiscard]] Problem problem_of(std::span<const std::size_t> chosen, double sample) {
    std::vector<std::size_t> places(chosen.begin(), chosen.end());
    auto one = [this, places, sample](const Row& parameters, std::uint64_t batch, Index i) {
      return run_(places, {parameters.data(), static_cast<std::size_t>(parameters.size())},
                  seed_of_run(batch, i), sample);
    };
    return {prior_of(experiment_.priors, chosen), journal_.remembering(std::move(one), run_done_),
            observation_};
  }

  Simulations first_design(std::span<const std::size_t> all) {
    const auto n = static_cast<Index>(options_.first_share * static_cast<double>(options_.budget));
    const Problem problem = problem_of(all, experiment_.sample);
    return simulate(problem, inference::sobol_scores(n, problem.prior.n_scores(), options_.seed),
                    derived_seed(options_.seed, Purpose::scramble, 0));
  }

  // Runs that failed are left out.
  inference::SobolIndices sensitivity_of(const inference::Prior& prior, const Simulations& runs) const {
    const std::vector<Index> rows = runs.succeeded();
    const auto n = static_cast<Index>(rows.size());
    const inference::TrainingSet training{runs.scores(rows, Eigen::all), runs.parameters(rows, Eigen::all), n,
                                          n};
    const inference::Matrix summaries = runs.summaries(rows, Eigen::all);
    std::vector<inference::ColumnEmulator> emulators(experiment_.targets.size());
    const inference::EmulatorOptions polynomials{.processes = false};
    for_each_below(emulators.size(), [&](std::size_t t) {
      emulators[t] = fit_column(training, summaries.col(static_cast<Index>(t)), false, polynomials);
    });
    const auto means = [&](const Matrix& scores) {
      const Matrix parameters = prior.parameters(scores);
      Matrix results(scores.rows(), static_cast<Index>(emulators.size()));
      for_each_below(emulators.size(), [&](std::size_t t) {
        results.col(static_cast<Index>(t)) = emulators[t].at(scores, parameters).mean;
      });
      return results;
    };
    constexpr Index n_rows = 512;
    return inference::sobol_indices(means, prior.n_scores(), n_rows, options_.seed);
  }

  void check(Calibration& found) {
    const Matrix& draws = found.posterior.parameters;
    const Index n = std::min(options_.n_checks, draws.rows());
    // Spread over the draws: neighbours may descend from one particle.
    for (Index i = 0; i < n; ++i) found.rows_checked.push_back(i * draws.rows() / n);
    const Problem problem = problem_of(found.inferred, options_.check_sample);
    found.figures = problem.simulator(draws(found.rows_checked, Eigen::all),
                                      derived_seed(options_.seed, Purpose::validation, 0));
    for (std::size_t t = 0; t < experiment_.targets.size(); ++t)
      found.checks.push_back(checked(experiment_.targets[t], found.figures.col(static_cast<Index>(t))));
  }

  const ModelExperiment& experiment_;
  const CalibrationOptions& options_;
  inference::Journal& journal_;
  const ModelRun& run_;
  const std::function<void(Index)>& run_done_;
  inference::Observation observation_ = observation_of(experiment_.targets);
};

}  // namespace

double contraction(const Calibration& calibration, std::size_t parameter) {
  const inference::Vector scores = calibration.joint.col(static_cast<Index>(parameter));
  return 1 - (scores.array() - scores.mean()).square().mean();
}

Calibration calibrate(const ModelExperiment& experiment, const CalibrationOptions& options,
                      inference::Journal& journal, const ModelRun& run,
                      const std::function<void(Index)>& run_done) {
  return Search(experiment, options, journal, run, run_done).go();
}

}  // namespace tremplin
