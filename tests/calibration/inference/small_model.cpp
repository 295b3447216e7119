#include "small_model.hpp"

#include <utility>
#include <vector>

#include "calibration/inference/keyed.hpp"
#include "engine/base/workers.hpp"
#include "tests/engine/small_world.hpp"

namespace tremplin::test {

namespace {
using inference::Index;
using inference::Matrix;
using inference::Row;
using inference::Vector;

constexpr Index n_figures = 6;

Plan two_years() {
  Plan plan = small_plan();
  plan.burn_in_from = Month(2001, 1);
  plan.report_until = Month(2005, 1);
  plan.cohort_from = plan.cohort_until = plan.report_from;
  return plan;
}

Parameters parameters_of(const Row& row) {
  Parameters parameters = small_parameters();
  parameters.entry_rate = row[0];
  parameters.grant_share = row[1];
  parameters.exit_job = row[2];
  parameters.return_hazard = row[3];
  parameters.deterrence_obligation = row[4];
  return parameters;
}

Row figures_of(const RunResult& run) {
  const auto sum = [&](Tally tally) { return static_cast<double>(total(run, tally)); };
  Row figures(n_figures);
  figures << sum(Tally::paid) / run.n_months, sum(Tally::refusals), sum(Tally::first_entries),
      sum(Tally::re_entries), sum(Tally::exits_job), sum(Tally::contract_covered) / run.n_months;
  return figures;
}
}  // namespace

inference::Problem small_model() {
  inference::Prior prior = inference::independent(
      {{"entry_rate", inference::Lognormal{0.035, 0.25}},
       {"grant_share", inference::Uniform{0.6, 0.95}},
       {"exit_job", inference::Lognormal{0.05, 0.3}},
       {"return_hazard", inference::Lognormal{0.05, 0.4}},
       {"deterrence_obligation", inference::Lognormal{0.85, 0.2}, inference::Spike{0.4, 1}}});
  auto simulator = [world = small_world(1, 120), table = table_of(rules_of_2002())](const Matrix& parameters,
                                                                                    std::uint64_t seed) {
    Matrix figures(parameters.rows(), n_figures);
    for_each_below(static_cast<std::size_t>(parameters.rows()), [&](std::size_t i) {
      Plan plan = two_years();
      plan.luck.seed = inference::derived_seed(seed, inference::Purpose::simulator, i);
      const auto row = static_cast<Index>(i);
      figures.row(row) = figures_of(run(world, parameters_of(parameters.row(row)), {&table}, plan).front());
    });
    return figures;
  };
  inference::SimulatorNoise noise{{}, Vector::Zero(n_figures)};
  for (Index j = 0; j < n_figures; ++j) noise.columns.push_back(j);
  return {std::move(prior), std::move(simulator), {{{"figures", std::move(noise)}}}};
}

}  // namespace tremplin::test
