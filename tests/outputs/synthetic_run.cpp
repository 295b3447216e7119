#include "tests/outputs/synthetic_run.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>
#include <numeric>

#include "engine/base/draw.hpp"

namespace tremplin::test {

namespace {

std::size_t row_of(int month, int stratum) {
  return static_cast<std::size_t>(month) * n_strata + static_cast<std::size_t>(stratum);
}

std::int64_t whole(double value) { return static_cast<std::int64_t>(std::llround(std::max(value, 0.0))); }

// People paid in Belgium, thousands, January of each year from 2003: a shape, not data.
constexpr std::array caseload = {74.0, 74.5, 75.0, 77.0, 78.0,  80.0,  88.0,
                                 94.0, 95.5, 95.0, 97.5, 101.0, 112.0, 124.0};

// Part of the country's caseload in a stratum.
double weight_of(int stratum) {
  constexpr std::array region = {0.26, 0.46, 0.28};
  constexpr std::array size = {0.09, 0.15, 0.19, 0.33, 0.24};
  constexpr std::array income = {0.48, 0.24, 0.17, 0.11};
  return region[static_cast<std::size_t>(stratum / 20)] * size[static_cast<std::size_t>(stratum / 4 % 5)] *
         income[static_cast<std::size_t>(stratum % 4)];
}

// What the reform of the example moves, by month since it began (0 before).
struct Shift {
  double coverage = 0;
  double job = 1;
  double unknown = 1;
  double sanctions = 1;
  double paid = 1;
};

Shift shift_of(double months_since, const Parameters& parameters) {
  if (months_since < 0) return {};
  const double phased = 1 - std::exp(-months_since / 8);
  const double job = parameters.effect_personalised_job;  // 1: no effect
  return {0.34 * phased, 1 + (job - 1) * 0.4 * phased, 1 + 0.10 * phased, 1 + 1.1 * phased,
          1 - 0.06 * (job - 1) * phased};
}

void fill_people(RunResult& result, int month, int stratum, double paid, const Shift& shift) {
  const auto put = [&](Tally tally, double value) { set(result, month, stratum, tally, whole(value)); };
  const double coverage = 0.20 + shift.coverage;
  put(Tally::paid, paid);
  put(Tally::paid_equivalent, paid * 0.21);
  put(Tally::paid_under_25, paid * 0.32);
  put(Tally::paid_women, paid * 0.56);
  put(Tally::paid_students, paid * 0.12);
  put(Tally::paid_working, paid * 0.06);
  put(Tally::paid_working_exempted, paid * 0.024);
  put(Tally::on_integration_income, paid * 0.97);
  put(Tally::on_equivalent_income, paid * 0.19);
  put(Tally::months_on_benefit, paid * 31);
  put(Tally::readiness, paid * 120 * shift.job);
  put(Tally::requests, paid * 0.062);
  put(Tally::grants, paid * 0.047);
  put(Tally::refusals, paid * 0.012);
  put(Tally::first_entries, paid * 0.028);
  put(Tally::re_entries, paid * 0.019);
  put(Tally::non_claimants, paid * 0.55);
  put(Tally::exits_job, paid * 0.016 * shift.job);
  put(Tally::exits_insurance, paid * 0.008);
  put(Tally::exits_other_benefit, paid * 0.006);
  put(Tally::exits_studies, paid * 0.002);
  put(Tally::exits_household, paid * 0.004);
  put(Tally::exits_pension, paid * 0.0009);
  put(Tally::exits_unknown, paid * 0.008 * shift.unknown);
  put(Tally::exits_death, paid * 0.0004);
  put(Tally::exits_transfer, paid * 0.003);
  put(Tally::withdrawals, paid * 0.0008);
  put(Tally::refusals_disposition, paid * 0.0012);
  put(Tally::contract_obliged, paid * (shift.coverage > 0 ? 0.75 : 0.22));
  put(Tally::contract_covered, paid * coverage);
  put(Tally::contract_obliged_covered, paid * std::min(coverage, 0.21) * 0.9);
  put(Tally::contract_registered, paid * coverage * 0.83);
  put(Tally::contract_formal, paid * coverage * (0.35 + 0.3 * shift.coverage));
  put(Tally::contract_personalised, paid * coverage * (0.65 - 0.3 * shift.coverage));
  put(Tally::contract_overdue, paid * 0.03 * (1 + 4 * shift.coverage));
  put(Tally::contracts_on_time, paid * 0.006);
  put(Tally::contracts_late, paid * 0.004 * (1 + 3 * shift.coverage));
  put(Tally::contracts_never, paid * 0.001 * (1 + 3 * shift.coverage));
  put(Tally::contracts_optional, paid * 0.002);
  put(Tally::evaluations_held, paid * coverage * 0.15);
  put(Tally::evaluations_late, paid * coverage * 0.05);
  put(Tally::evaluations_missed, paid * coverage * 0.05 * (1 + 2 * shift.coverage));
  put(Tally::exempted_health, paid * 0.22);
  put(Tally::exempted_equity, paid * 0.24);
  put(Tally::exempted_unseen, paid * 0.11 * (1 + 0.5 * shift.coverage));
  put(Tally::exemptions_proposed, paid * 0.02);
  put(Tally::exemptions_overruled, paid * 0.0015);
}

void fill_rest(RunResult& result, int month, int stratum, double paid, const Shift& shift) {
  const auto put = [&](Tally tally, double value) { set(result, month, stratum, tally, whole(value)); };
  put(Tally::notices, paid * 0.004 * shift.sanctions);
  put(Tally::sanctions_partial, paid * 0.0006 * shift.sanctions);
  put(Tally::sanctions_full, paid * 0.0012 * shift.sanctions);
  put(Tally::sanctions_repeated, paid * 0.0002 * shift.sanctions);
  put(Tally::sanctions_sursis, paid * 0.0003 * shift.sanctions);
  put(Tally::sanctions_alternative, paid * 0.0004);
  put(Tally::sanctions_non_declaration, paid * 0.0005);
  put(Tally::sanctions_barred, paid * 0.0001 * shift.sanctions);
  put(Tally::suspended_days, paid * 0.04 * shift.sanctions);
  put(Tally::in_article_60, paid * 0.10);
  put(Tally::in_article_61, paid * 0.007);
  put(Tally::in_social_activation, paid * 0.11);
  put(Tally::in_training, paid * 0.07);
  put(Tally::in_guidance, paid * 0.13);
  put(Tally::outcome_pathway, paid * 0.002);
  put(Tally::outcome_autonomy, paid * 0.003);
  put(Tally::outcome_volunteering, paid * 0.001);
  put(Tally::outcome_job, paid * 0.0006);
  put(Tally::activity_completed, paid * 0.01);
  put(Tally::activity_dropped, paid * 0.004);
  put(Tally::places_refused, paid * 0.006);
  put(Tally::without_income, paid * 0.0035 * shift.sanctions);
  put(Tally::children_without_income, paid * 0.0016 * shift.sanctions);
  put(Tally::other_channel, shift.sanctions > 1 ? paid * 0.0002 : 0);

  put(Tally::staff_first_line, paid * 0.9);
  put(Tally::staff_second_line, paid * 0.35);
  put(Tally::files, paid * 1.24);
  put(Tally::staff_missing, paid * 0.03);
  put(Tally::home_visits_due, paid * 0.12);
  put(Tally::home_visits_made, paid * 0.08);
  put(Tally::trust_lost, paid * 1.5 * shift.sanctions);
  put(Tally::places_given, paid * 0.02);
  put(Tally::nearness_of_placed, paid * 11);
  put(Tally::nearness_by_lot, paid * 9);
  put(Tally::minutes_available, paid * 58);
  put(Tally::minutes_asked, paid * 83 * (1 + 0.35 * shift.coverage));
  put(Tally::minutes_worked, paid * 58);
  put(Tally::decisions_on_time, paid * 0.045);
  put(Tally::decisions_late, paid * 0.014 * (1 + 0.8 * shift.coverage));
  put(Tally::waiting_days, paid * 0.059 * 24 * (1 + 0.3 * shift.coverage));
  put(Tally::reviews_overdue, paid * 0.09 * (1 + 0.7 * shift.coverage));
  const auto work = [&](Task task, double minutes) {
    set_work(result, month, stratum, task, Workload::asked_minutes, whole(minutes * paid * 1.4));
    set_work(result, month, stratum, task, Workload::worked_minutes, whole(minutes * paid));
  };
  work(Task::inquiry, 14);
  work(Task::review, 9);
  work(Task::home_visit, 4);
  work(Task::decision, 5);
  work(Task::overhead, 25);
  work(Task::minor_decision, 11);
  work(Task::interview, 8);
  work(Task::contract_general, 2 + 9 * shift.coverage);
  work(Task::evaluation, 3 + 9 * shift.coverage);
  work(Task::sanction_file, 0.4 * shift.sanctions);
  work(Task::contract_second_line, 1.5);
  work(Task::activity, 6);

  put(Tally::euro_integration_income, paid * 61000);
  put(Tally::euro_equivalent, paid * 12800);
  put(Tally::euro_withheld, paid * 90 * shift.sanctions);
  put(Tally::euro_state_income, paid * 36000);
  put(Tally::euro_state_contracts, paid * 6100 * (0.10 + 0.6 * shift.coverage) * 0.8);
  put(Tally::euro_state_equivalent, paid * 12800);
  put(Tally::euro_state_staff, paid * 2670);
  put(Tally::euro_state_article_60, paid * 5900);
  put(Tally::euro_cpas_income, paid * 24400 - paid * 2900 * shift.coverage);
  put(Tally::euro_cpas_staff, paid * 5200);
  put(Tally::euro_cpas_article_60, paid * 9000);
  put(Tally::euro_windfall, paid * 6100 * (0.10 + 0.6 * shift.coverage) * 0.3);
}

RunResult result_of(const Run& run, bool reform, std::size_t replicate) {
  RunResult result = run.results[0][replicate];
  const Parameters& parameters = run.parameters[replicate];
  for (int m = 0; m < result.n_months; ++m) {
    const Month month = result.from + m;
    const auto year = static_cast<std::size_t>(month.year() - 2003);
    const double within = (month.of_year() - 1) / 12.0;
    const double season = 1 + 0.012 * std::cos(2 * std::numbers::pi * (within - 0.1));
    const double country = 1000 * std::lerp(caseload[year], caseload[year + 1], within) * season;
    const Shift shift = reform ? shift_of(month - Month(2013, 11), parameters) : Shift{};
    for (int s = 0; s < n_strata; ++s) {
      // The same luck under both scenarios: the pairing that the comparison must find.
      Draws draws({run.seed, static_cast<std::uint32_t>(replicate)}, static_cast<std::uint64_t>(s), month);
      const double luck = 1 + 0.03 * (draws.uniform(Decision::exit) - 0.5);
      const double draw_of_parameters = 1 + 0.1 * (parameters.exit_job - 0.02) / 0.02;
      const double paid = country * weight_of(s) * luck / draw_of_parameters * shift.paid;
      fill_people(result, m, s, paid, shift);
      fill_rest(result, m, s, paid, shift);
    }
  }
  return result;
}

}  // namespace

Run empty_run(int n_scenarios, int n_replicates, Month from, int n_months, Month change) {
  Run run;
  run.program_version = "0.1.0";
  run.command = "tremplin compare law-2015 generalisation";
  run.plan.report_from = from;
  run.plan.report_until = from + n_months;
  run.stratum_weights.assign(n_strata, 1.0);
  run.parameters.resize(static_cast<std::size_t>(n_replicates));
  RunResult empty;
  empty.from = from;
  empty.n_months = n_months;
  const auto rows = static_cast<std::size_t>(n_months) * n_strata;
  empty.tallies.assign(rows * n_tallies, 0);
  empty.workload.assign(rows * n_tasks * n_workload, 0);
  empty.paid_days.assign(static_cast<std::size_t>(n_strata) * (cohort_window_days + 1), 0);
  for (int s = 0; s < n_scenarios; ++s) {
    run.scenarios.push_back({s == 0 ? "law-2015" : "generalisation", {}, s == 0 ? from + n_months : change});
    run.results.emplace_back(static_cast<std::size_t>(n_replicates), empty);
  }
  return run;
}

void set(RunResult& result, int month, int stratum, Tally tally, std::int64_t value) {
  result.tallies[row_of(month, stratum) * n_tallies + static_cast<std::size_t>(tally)] = value;
}

void set_work(RunResult& result, int month, int stratum, Task task, Workload what, std::int64_t value) {
  const std::size_t row = row_of(month, stratum) * n_tasks + static_cast<std::size_t>(task);
  result.workload[row * n_workload + static_cast<std::size_t>(what)] = value;
}

Run plausible_run(int n_replicates) {
  Run run = empty_run(2, n_replicates, Month(2003, 1), 156, Month(2013, 11));
  run.scenarios[0].title = {{"La loi telle qu’elle est pratiquée en 2015", "De wet zoals in 2015 toegepast",
                             "The law as practised in 2015"}};
  run.scenarios[1].title = {{"Contrat généralisé à tous les bénéficiaires", "Contract voor alle begunstigden",
                             "Contract for all beneficiaries"}};
  run.inputs = {{"scenarios/law/piis/scope.yaml", "piis: {}\n", std::string(64, 'a'), false},
                {"scenarios/reforms/generalisation.yaml", "title: x\n", std::string(64, 'b'), false}};
  for (std::size_t r = 0; r < run.parameters.size(); ++r) {
    Draws draws({run.seed, static_cast<std::uint32_t>(r)}, 0, Month(2003, 1));
    for (const ParameterEntry& entry : all_parameters())
      run.parameters[r].*entry.field = std::midpoint(entry.minimum, entry.maximum);
    // One effect that the documents leave open, around no effect, and one that moves both scenarios.
    run.parameters[r].effect_personalised_job = 0.85 + 0.5 * draws.uniform(Decision::parameter);
    run.parameters[r].exit_job = 0.015 + 0.01 * draws.uniform(Decision::parameter_spike);
  }
  for (std::size_t r = 0; r < run.parameters.size(); ++r) run.results[1][r] = result_of(run, true, r);
  for (std::size_t r = 0; r < run.parameters.size(); ++r) run.results[0][r] = result_of(run, false, r);
  return run;
}

}  // namespace tremplin::test
