#include "engine/simulate/simulate.hpp"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <numeric>

#include "engine/base/workers.hpp"
#include "engine/simulate/office_run.hpp"

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
  std::vector<OfficeMonth> months;
  std::vector<std::int64_t> cohort;
  std::int64_t active = 0;
  std::int64_t held = 0;
};

void add(RunResult& result, const OfficeHistory& history, std::size_t office_index, int stratum) {
  const auto at = static_cast<std::size_t>(stratum);
  for (std::size_t m = 0; m < history.months.size(); ++m) {
    const OfficeMonth& month = history.months[m];
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

void conclude(OfficeRun& run, OfficeHistory& history) {
  run.finish();
  history.cohort = run.cohort().people();
  history.active = run.active_person_months();
  history.held = run.held_person_months();
}

// All scenarios of one office. The first scenario is the trunk; the others leave it in the month in which
// their rules part from its own.
class Branches {
 public:
  Branches(const World& world, const Parameters& parameters, const Constants& constants,
           const std::vector<const RulesTable*>& scenarios, const Plan& plan)
      : world_(world), parameters_(parameters), constants_(constants), scenarios_(scenarios), plan_(plan) {
    for (const RulesTable* scenario : scenarios) {
      const Month parts = plan.share_the_past ? RulesTable::first_difference(*scenarios.front(), *scenario)
                                              : plan.burn_in_from;
      parts_.push_back(std::clamp(parts, plan.burn_in_from, plan.report_until));
    }
    by_parting_.resize(scenarios.size() - 1);
    std::iota(by_parting_.begin(), by_parting_.end(), std::size_t{1});
    std::ranges::stable_sort(by_parting_, {}, [&](std::size_t i) { return parts_[i]; });
  }

  std::vector<OfficeHistory> run(const Office& office, OfficeScratch& scratch) const {
    std::vector<OfficeHistory> histories(scenarios_.size());
    OfficeHistory& trunk_history = histories.front();
    OfficeRun trunk(world_, office, parameters_, constants_, *scenarios_.front(), plan_);
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

 private:
  const World& world_;
  const Parameters& parameters_;
  const Constants& constants_;
  const std::vector<const RulesTable*>& scenarios_;
  const Plan& plan_;
  std::vector<Month> parts_;
  std::vector<std::size_t> by_parting_;
};

}  // namespace

std::vector<RunResult> simulate(const World& world, const Parameters& parameters,
                                const std::vector<const RulesTable*>& scenarios, const Plan& plan,
                                Observer& observer, std::stop_token stop) {
  const Constants constants = make_constants(world, parameters);
  const Branches branches(world, parameters, constants, scenarios, plan);
  std::vector<RunResult> results(scenarios.size(), empty_result(plan, world.offices.size()));

  // The largest offices first, so that no thread is left with one at the end.
  std::vector<std::size_t> order(world.offices.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::greater{},
                           [&](std::size_t i) { return world.offices[i].caseload_2013; });

  std::atomic<std::size_t> next = 0;
  std::mutex adding;
  on_every_thread([&] {
    OfficeScratch scratch;
    for (std::size_t i = next++; i < order.size() && !stop.stop_requested(); i = next++) {
      const Office& office = world.offices[order[i]];
      const std::vector<OfficeHistory> histories = branches.run(office, scratch);
      const std::scoped_lock lock(adding);  // integers: the order of addition does not matter
      for (std::size_t scenario = 0; scenario < results.size(); ++scenario) {
        add(results[scenario], histories[scenario], order[i], stratum_of(office));
      }
      observer.office_done(office);
    }
  });
  if (stop.stop_requested()) return {};
  return results;
}

}  // namespace tremplin
