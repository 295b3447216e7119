#include "calibration/model/model_simulator.hpp"

#include <utility>

namespace tremplin {

std::vector<Target> targets_covered(std::vector<Target> targets, const Plan& plan) {
  const bool cohorts = plan.cohort_from < plan.cohort_until;
  std::erase_if(targets, [&](const Target& target) {
    const bool cohort = std::holds_alternative<PaidDays>(target.measure);
    if (cohort && !(cohorts && plan.cohort_from == target.from && plan.cohort_until == target.until))
      return true;
    const Month until = target.until + (cohort ? 24 : 0);
    return target.from < plan.report_from || plan.report_until < until;
  });
  return targets;
}

std::optional<inference::Vector> simulate_targets(const ModelExperiment& experiment,
                                                  std::span<const std::size_t> chosen,
                                                  std::span<const double> row, std::uint64_t seed,
                                                  Observer& observer, const std::stop_token& stop) {
  Plan plan = experiment.plan;
  plan.luck = {seed, 0};
  const Parameters parameters = draw_parameters(experiment.priors, plan.luck, {chosen, row});
  std::vector<double> stratum_weights;
  World world = sample_offices(draw_world(experiment.landscape, seed, plan.burn_in_from, plan.report_until),
                               experiment.sample, seed, stratum_weights);
  world.environment.staff =
      staff_path(experiment.landscape, parameters.staff_elasticity, plan.burn_in_from, plan.report_until);
  const std::vector<RunResult> results =
      simulate(world, parameters, {&experiment.baseline}, plan, observer, stop);
  if (results.empty()) return std::nullopt;
  inference::Vector figures(static_cast<inference::Index>(experiment.targets.size()));
  for (std::size_t i = 0; i < experiment.targets.size(); ++i)
    figures[static_cast<inference::Index>(i)] =
        evaluate(experiment.targets[i], results.front(), stratum_weights);
  return figures;
}

}  // namespace tremplin
