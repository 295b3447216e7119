#include "engine/simulate/simulate.hpp"

#include <algorithm>
#include <numeric>
#include <stdexcept>
#include <utility>

#include "engine/simulate/each_office.hpp"
#include "engine/simulate/office_run.hpp"
#include "engine/simulate/snapshot.hpp"

namespace tremplin {

namespace {

RunResult empty_result(const Plan& plan, std::size_t n_offices) {
  RunResult result;
  result.from = plan.report_from;
  result.n_months = plan.report_until - plan.report_from;
  const auto cells = static_cast<std::size_t>(result.n_months) * n_strata;
  result.tallies.resize(cells * n_tallies);
  result.workload.resize(cells * n_tasks * n_workload);
  result.offices.resize(n_offices * n_tallies);
  result.paid_days.resize(static_cast<std::size_t>(n_strata) * (cohort_window_days + 1));
  return result;
}

// One office under one scenario: the months reported and what comes at the end.
struct OfficeHistory {
  int first_month = 0;  // of `months`, counted from the first that the plan reports
  std::vector<OfficeMonth> months;
  std::vector<std::int64_t> cohort;
  std::int64_t active = 0;
  std::int64_t held = 0;
};

void add(RunResult& result, const OfficeHistory& history, std::size_t office_index, int stratum) {
  const auto at = static_cast<std::size_t>(stratum);
  for (std::size_t i_month = 0; i_month < history.months.size(); ++i_month) {
    const std::size_t m = i_month + static_cast<std::size_t>(history.first_month);
    const OfficeMonth& month = history.months[i_month];
    std::int64_t* tallies = &result.tallies[(m * n_strata + at) * n_tallies];
    std::int64_t* office = &result.offices[office_index * n_tallies];
    for (std::size_t i = 0; i < n_tallies; ++i) {
      tallies[i] += month.tallies[i];
      office[i] += month.tallies[i];
    }
    std::int64_t* workload = &result.workload[(m * n_strata + at) * n_tasks * n_workload];
    for (std::size_t task = 0; task < n_tasks; ++task) {
      for (std::size_t what = 0; what < n_workload; ++what) {
        workload[task * n_workload + what] += month.workload[task][what];
      }
    }
  }
  for (std::size_t days = 0; days < history.cohort.size(); ++days) {
    result.paid_days[at * (cohort_window_days + 1) + days] += history.cohort[days];
  }
  result.active_person_months += history.active;
  result.held_person_months += history.held;
}

void run_on(OfficeRun& run, Month until, const Plan& plan, OfficeScratch& scratch, OfficeHistory& history) {
  while (run.next_month() < until) {
    const Month month = run.next_month();
    OfficeMonth tally = run.step(scratch);
    if (month >= plan.report_from) history.months.push_back(tally);
  }
}

void take_counts(const OfficeRun& run, OfficeHistory& history) {
  history.cohort = run.cohort().people();
  history.active = run.active_person_months();
  history.held = run.held_person_months();
}

void conclude(OfficeRun& run, OfficeHistory& history) {
  run.finish();
  take_counts(run, history);
}

// All scenarios of one office. The first scenario is the trunk; the others leave it in the month in which
// their rules part from its own.
class Branches {
 public:
  Branches(const World& world, const Parameters& parameters, const Constants& constants,
           const std::vector<const RulesTable*>& scenarios, const Plan& plan, Month start)
      : world_(world),
        parameters_(parameters),
        constants_(constants),
        scenarios_(scenarios),
        plan_(plan),
        first_month_(std::max(0, start - plan.report_from)) {
    for (const RulesTable* scenario : scenarios) {
      const Month parts =
          plan.share_the_past ? RulesTable::first_difference(*scenarios.front(), *scenario) : start;
      parts_.push_back(std::clamp(parts, start, plan.report_until));
    }
    by_parting_.resize(scenarios.size() - 1);
    std::iota(by_parting_.begin(), by_parting_.end(), std::size_t{1});
    std::ranges::stable_sort(by_parting_, {}, [&](std::size_t i) { return parts_[i]; });
  }

  // The trunk stands at the start. Returns one history per scenario.
  std::vector<OfficeHistory> run(OfficeRun trunk, OfficeScratch& scratch) const {
    std::vector<OfficeHistory> histories(scenarios_.size());
    OfficeHistory& trunk_history = histories.front();
    trunk_history.first_month = first_month_;
    for (const std::size_t i : by_parting_) {
      run_on(trunk, parts_[i], plan_, scratch, trunk_history);
      OfficeRun branch = trunk;
      histories[i] = trunk_history;
      branch.continue_under(*scenarios_[i]);
      run_on(branch, plan_.report_until, plan_, scratch, histories[i]);
      conclude(branch, histories[i]);
    }
    run_on(trunk, plan_.report_until, plan_, scratch, trunk_history);
    conclude(trunk, trunk_history);
    return histories;
  }

  [[nodiscard]] OfficeRun from_the_start(const Office& office) const {
    return {world_, office, parameters_, constants_, *scenarios_.front(), plan_};
  }
  [[nodiscard]] OfficeRun from(const Snapshot& snapshot, std::size_t i) const {
    return {world_, world_.offices[i], parameters_,        constants_, *scenarios_.front(),
            plan_,  snapshot.month,    snapshot.offices[i]};
  }

 private:
  const World& world_;
  const Parameters& parameters_;
  const Constants& constants_;
  const std::vector<const RulesTable*>& scenarios_;
  const Plan& plan_;
  int first_month_;
  std::vector<Month> parts_;
  std::vector<std::size_t> by_parting_;
};

// From the start, or from a snapshot.
std::vector<RunResult> simulate_all(const Snapshot* snapshot, const World& world,
                                    const Parameters& parameters,
                                    const std::vector<const RulesTable*>& scenarios, const Plan& plan,
                                    Observer& observer, std::stop_token stop) {
  const Constants constants = make_constants(world, parameters);
  const Month start = snapshot == nullptr ? plan.burn_in_from : snapshot->month;
  const Branches branches(world, parameters, constants, scenarios, plan, start);
  std::vector<RunResult> results(
      scenarios.size(), snapshot == nullptr ? empty_result(plan, world.offices.size()) : snapshot->past);
  const bool done = for_each_office(
      world, observer, std::move(stop),
      [&](std::size_t i, OfficeScratch& scratch) {
        return branches.run(
            snapshot == nullptr ? branches.from_the_start(world.offices[i]) : branches.from(*snapshot, i),
            scratch);
      },
      [&](std::size_t i, const std::vector<OfficeHistory>& histories) {
        for (std::size_t scenario = 0; scenario < results.size(); ++scenario) {
          add(results[scenario], histories[scenario], i, stratum_of(world.offices[i]));
        }
      });
  if (!done) return {};
  return results;
}

}  // namespace

std::vector<RunResult> simulate(const World& world, const Parameters& parameters,
                                const std::vector<const RulesTable*>& scenarios, const Plan& plan,
                                Observer& observer, std::stop_token stop) {
  return simulate_all(nullptr, world, parameters, scenarios, plan, observer, std::move(stop));
}

std::vector<RunResult> simulate_from(const Snapshot& snapshot, const World& world,
                                     const Parameters& parameters,
                                     const std::vector<const RulesTable*>& scenarios, const Plan& plan,
                                     Observer& observer, std::stop_token stop) {
  const RunResult empty = empty_result(plan, world.offices.size());
  const bool fits = snapshot.offices.size() == world.offices.size() && snapshot.past.from == empty.from &&
                    snapshot.past.n_months == empty.n_months &&
                    snapshot.past.tallies.size() == empty.tallies.size() &&
                    snapshot.past.workload.size() == empty.workload.size() &&
                    snapshot.past.offices.size() == empty.offices.size() &&
                    snapshot.past.paid_days.size() == empty.paid_days.size();
  if (!fits) throw std::invalid_argument("a snapshot of another world or plan");
  return simulate_all(&snapshot, world, parameters, scenarios, plan, observer, std::move(stop));
}

std::optional<Snapshot> simulate_until(Month month, const World& world, const Parameters& parameters,
                                       const RulesTable& rules, const Plan& plan, Observer& observer,
                                       std::stop_token stop) {
  if (month < plan.burn_in_from || month > plan.report_until) {
    throw std::invalid_argument("a snapshot outside the months of the plan");
  }
  const Constants constants = make_constants(world, parameters);
  Snapshot snapshot{month, empty_result(plan, world.offices.size()), {}};
  snapshot.offices.resize(world.offices.size());
  const bool done = for_each_office(
      world, observer, std::move(stop),
      [&](std::size_t i, OfficeScratch& scratch) {
        OfficeRun run(world, world.offices[i], parameters, constants, rules, plan);
        OfficeHistory history;
        run_on(run, month, plan, scratch, history);
        take_counts(run, history);
        return std::pair(run.state(), std::move(history));
      },
      [&](std::size_t i, std::pair<OfficeState, OfficeHistory>&& lived) {
        snapshot.offices[i] = std::move(lived.first);
        add(snapshot.past, lived.second, i, stratum_of(world.offices[i]));
      });
  if (!done) return std::nullopt;
  return snapshot;
}

}  // namespace tremplin
