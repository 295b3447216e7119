#include "tests/verification/ledger.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

namespace tremplin::test {

namespace {

// Collects what does not hold.
class Faults {
 public:
  void equal(std::int64_t a, std::int64_t b, const char* what) {
    if (a != b) list_.push_back(fmt::format("{}: {} is not {}", what, a, b));
  }
  void at_most(std::int64_t a, std::int64_t b, const char* what) {
    if (a > b) list_.push_back(fmt::format("{}: {} is more than {}", what, a, b));
  }
  void that(bool holds, const std::string& what) {
    if (!holds) list_.push_back(what);
  }
  std::vector<std::string> list() { return std::move(list_); }

 private:
  std::vector<std::string> list_;
};

std::int64_t left_care(const OfficeMonth& m) {
  std::int64_t sum = 0;
  for (const Tally t :
       {Tally::exits_job, Tally::exits_insurance, Tally::exits_other_benefit, Tally::exits_studies,
        Tally::exits_household, Tally::exits_pension, Tally::exits_unknown, Tally::exits_death,
        Tally::exits_transfer, Tally::withdrawals, Tally::refusals}) {
    sum += m[t];
  }
  return sum;
}

// Everybody held has an allowed status and one place: active, free or waiting for one event.
void check_people(const OfficeState& state, const OfficeMonth& m, Faults& faults) {
  std::set<std::uint32_t> slots;
  std::int64_t applicants = 0, paid_or_suspended = 0, employed = 0;
  for (const std::uint32_t slot : state.active) {
    faults.that(slots.insert(slot).second, fmt::format("slot {} is active twice", slot));
    const Person& person = state.people[slot];
    faults.that(is_active(person.entitlement),
                fmt::format("active with entitlement {}", static_cast<int>(person.entitlement)));
    applicants += person.entitlement == Entitlement::applicant ? 1 : 0;
    employed += person.entitlement == Entitlement::employed ? 1 : 0;
    paid_or_suspended += on_benefit(person.entitlement) ? 1 : 0;
    faults.that(person.suspended_from == 0 || person.suspended_from < person.suspended_until,
                "a suspension that ends before it starts");
  }
  const std::vector<std::uint32_t> unused = state.linked(state.first_free);
  faults.equal(static_cast<std::int64_t>(unused.size()), state.n_free, "free slots against their count");
  for (const std::uint32_t slot : unused) {
    faults.that(slots.insert(slot).second, fmt::format("slot {} is free and something else", slot));
  }
  for (const std::uint32_t first : state.calendar) {
    for (const std::uint32_t slot : state.linked(first)) {
      faults.that(slots.insert(slot).second, fmt::format("slot {} waits and is something else", slot));
      faults.that(!is_active(state.people[slot].entitlement), "waits for an event while active");
    }
  }
  faults.equal(static_cast<std::int64_t>(slots.size()), static_cast<std::int64_t>(state.people.size()),
               "active, free and waiting against all slots");
  const std::set<std::uint32_t> free(unused.begin(), unused.end());
  for (std::uint32_t slot = 0; slot < state.people.size(); ++slot) {
    const Status s = state.people[slot].status();
    faults.that(free.contains(slot) || is_allowed(s),
                fmt::format("status not allowed: entitlement {}, contracts {} and {}, activity {}, exit {}",
                            static_cast<int>(s.entitlement), static_cast<int>(s.contract),
                            static_cast<int>(s.second_contract), static_cast<int>(s.activity),
                            static_cast<int>(s.exit)));
  }
  faults.equal(m[Tally::applicants], applicants, "applicants");
  faults.equal(m[Tally::in_article_60] + m[Tally::in_article_61], employed, "employed");
  faults.equal(m[Tally::required] + m[Tally::exempted_health] + m[Tally::exempted_equity], paid_or_suspended,
               "required and exempted against everybody on benefit");
}

void check_parts(const OfficeMonth& m, Faults& faults) {
  faults.equal(m[Tally::paid_cohabitant] + m[Tally::paid_single] + m[Tally::paid_family], m[Tally::paid],
               "categories");
  faults.equal(m[Tally::paid_under_25] + m[Tally::paid_25_to_64] + m[Tally::paid_65_plus], m[Tally::paid],
               "ages");
  faults.equal(m[Tally::paid_equivalent_cohabitant] + m[Tally::paid_equivalent_single] +
                   m[Tally::paid_equivalent_family],
               m[Tally::paid_equivalent], "categories of equivalent income");
  faults.equal(m[Tally::grants] + m[Tally::refusals], m[Tally::decisions_on_time] + m[Tally::decisions_late],
               "decisions");
  faults.equal(m[Tally::first_entries] + m[Tally::re_entries], m[Tally::grants], "grants");
  faults.equal(m[Tally::contract_formal] + m[Tally::contract_personalised],
               m[Tally::contract_covered] + m[Tally::contract_second_line], "contracts by quality");
  faults.equal(m[Tally::contract_general] + m[Tally::contract_employment] + m[Tally::contract_training] +
                   m[Tally::contract_studies] + m[Tally::contract_social_activation] +
                   m[Tally::contract_housing],
               m[Tally::contract_covered] + m[Tally::contract_second_line], "contracts by type");
  faults.equal(m[Tally::sanctions_dropped] + m[Tally::sanctions_barred] + m[Tally::sanctions_alternative] +
                   m[Tally::sanctions_sursis] + m[Tally::sanctions_partial] + m[Tally::sanctions_full],
               m[Tally::hearings], "outcomes of hearings");
  faults.at_most(m[Tally::sanctions_repeated], m[Tally::sanctions_partial] + m[Tally::sanctions_full],
                 "repeated sanctions");
  faults.at_most(m[Tally::breaches_excused] + m[Tally::breaches_tolerated], m[Tally::breaches],
                 "breaches without consequence");
  faults.at_most(m[Tally::contract_obliged_covered], m[Tally::contract_obliged], "obliged and covered");
  faults.at_most(m[Tally::contract_registered], m[Tally::contract_covered], "registered contracts");
  faults.at_most(m[Tally::exemptions_overruled], m[Tally::exemptions_proposed], "overruled exemptions");
  faults.at_most(m[Tally::exemptions_as_health], m[Tally::exemptions_overruled], "grounds that came back");
  faults.at_most(m[Tally::suspended_days], m[Tally::suspended] * 31, "days of those suspended");
  faults.at_most(m[Tally::refusals_disposition], m[Tally::refusals], "refusals for want of disposition");
}

void check_minutes(const OfficeMonth& m, Faults& faults) {
  std::int64_t asked = 0, worked = 0;
  for (const TaskEntry& entry : all_tasks()) {
    const auto& task = m.workload[static_cast<std::size_t>(&entry - all_tasks().data())];
    const auto of = [&](Workload what) { return task[static_cast<std::size_t>(what)]; };
    faults.at_most(of(Workload::worked_minutes), of(Workload::asked_minutes), "minutes of a task");
    faults.at_most(of(Workload::done_tasks), of(Workload::asked_tasks), "tasks done");
    if (entry.line == 0) continue;  // outside the hours that are shared out
    asked += of(Workload::asked_minutes);
    worked += of(Workload::worked_minutes);
  }
  faults.equal(asked, m[Tally::minutes_asked], "minutes asked, by task and in all");
  faults.equal(worked, m[Tally::minutes_worked], "minutes worked, by task and in all");
  faults.at_most(worked, m[Tally::minutes_available], "minutes worked");
}

// Integration income is paid by the State, its contract subsidy and the CPAS; equivalent income by the State
// and the CPAS: to the cent.
void check_cents(const OfficeMonth& m, Faults& faults) {
  faults.equal(m[Tally::euro_state_income] + m[Tally::euro_state_contracts] +
                   m[Tally::euro_state_equivalent] + m[Tally::euro_cpas_income],
               m[Tally::euro_integration_income] + m[Tally::euro_equivalent], "who pays");
  faults.at_most(m[Tally::euro_state_income] + m[Tally::euro_state_contracts],
                 m[Tally::euro_integration_income], "State's share of integration income");
  faults.at_most(m[Tally::euro_state_equivalent], m[Tally::euro_equivalent], "State's share of equivalent");
  faults.at_most(m[Tally::euro_windfall], m[Tally::euro_state_contracts], "windfall");
}

void check_signs(const OfficeMonth& m, Faults& faults) {
  for (const TallyEntry& entry : all_tallies()) {
    const auto tally = static_cast<Tally>(&entry - all_tallies().data());
    // An index of either sign, and a balance.
    if (tally == Tally::readiness || tally == Tally::euro_cpas_article_60) continue;
    faults.that(m[tally] >= 0, fmt::format("{} is {}", entry.name, m[tally]));
  }
}

}  // namespace

std::vector<std::string> Ledger::enter(const OfficeState& state, const OfficeMonth& m) {
  Faults faults;
  check_people(state, m, faults);
  check_parts(m, faults);
  check_minutes(m, faults);
  check_cents(m, faults);
  check_signs(m, faults);

  in_care_ += m[Tally::requests] - left_care(m);
  faults.equal(static_cast<std::int64_t>(state.active.size()), in_care_, "in care against came less left");
  // Nobody is given a place that is not there; places taken away empty as people leave them.
  faults.at_most(m[Tally::places_used], std::max(m[Tally::places], places_used_), "places used");
  places_used_ = m[Tally::places_used];
  // No hearing without a notice.
  notices_ += m[Tally::notices];
  hearings_ += m[Tally::hearings];
  faults.at_most(hearings_, notices_, "hearings so far against notices so far");
  // Potential applicants who do not ask at once wait once: the stock moves by at most the newcomers.
  faults.at_most(m[Tally::non_claimants], non_claimants_ + m[Tally::potential_applicants], "non-claimants");
  non_claimants_ = m[Tally::non_claimants];
  return faults.list();
}

}  // namespace tremplin::test
