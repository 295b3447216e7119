#include "engine/simulate/office_run.hpp"

#include "engine/base/portable_math.hpp"

namespace tremplin {

OfficeRun::OfficeRun(const World& world, const Office& office, const Parameters& parameters,
                     const Constants& constants, const RulesTable& table, const Plan& plan)
    : world_(&world),
      office_(&office),
      parameters_(&parameters),
      constants_(&constants),
      table_(&table),
      plan_(plan),
      month_(plan.burn_in_from),
      cohort_(plan.cohort_from, plan.cohort_until, plan.report_until) {
  state_.calendar.resize(static_cast<std::size_t>(plan.report_until - plan.burn_in_from));
  state_.paid_last_year = office.caseload_2013;
}

void OfficeRun::continue_under(const RulesTable& table) {
  table_ = &table;
  for (Person& person : state_.people) {
    if (person.requested_in != no_month) person.generation = table.generation_of(Month(person.requested_in));
  }
}

OfficeMonth OfficeRun::step(OfficeScratch& scratch) {
  OfficeMonth tally;
  scratch.agenda.clear();
  scratch.active.clear();
  Step s{.world = *world_,
         .office = *office_,
         .p = *parameters_,
         .constants = *constants_,
         .table = *table_,
         .luck = plan_.luck,
         .month = month_,
         .burn_in_from = plan_.burn_in_from,
         .state = state_,
         .agenda = scratch.agenda,
         .active = scratch.active,
         .tally = tally,
         .cohort = cohort_};
  s.n_days = days_in(month_);
  s.first_day = first_day_of(month_);
  s.t = world_->environment.index(month_);
  for (int generation = 0; generation < table_->n_generations(); ++generation) {
    s.rules_by_generation.push_back(
        &table_->at(month_, office_->region, static_cast<std::uint8_t>(generation)));
  }
  s.rules = s.rules_by_generation[table_->generation_of(month_)];
  const double tightness = world_->environment.tightness[static_cast<std::size_t>(office_->region)][s.t];
  s.tightness_factor = portable::pow(tightness, parameters_->tightness_elasticity);

  for (const std::uint32_t slot : state_.active) {
    scratch.active.push_back({slot, 0, false, Draws(plan_.luck, state_.people[slot].id, month_)});
  }

  people_ask(s);
  tasks_fall_due(s);
  serve_tasks(s);
  decide_requests(s);
  hold_reviews(s);
  review_exemptions(s);
  conclude_contracts(s);
  activities_move(s);
  hold_evaluations(s);
  hold_procedures(s);
  const bool january = month_.of_year() == 1;
  const bool july = month_.of_year() == 7;
  for (std::size_t k = 0; k < scratch.active.size(); ++k) {
    Person& person = s.person(k);
    if (january) person.breaches_in_year = 0;
    if (on_benefit(person.entitlement)) {
      breach_of_contract(s, k);
      maybe_leave(s, k);
    }
    account_for(s, k);
    if (july && on_benefit(person.entitlement)) summer_of_students(s, k);
  }
  account_for_office(s);
  sweep(s);
  active_person_months_ += static_cast<std::int64_t>(scratch.active.size());
  held_person_months_ += static_cast<std::int64_t>(state_.people.size() - state_.free_slots.size());
  ++month_;
  return tally;
}

// Who goes on being visited; who left is scheduled for a possible return or forgotten.
void OfficeRun::sweep(Step& s) {
  const std::int32_t next_day = s.first_day + s.n_days;
  state_.active.clear();
  state_.files_closed = 0;
  for (const ActivePerson& active : s.active) {
    Person& person = state_.people[active.slot];
    cohort_.close_if_over(person, next_day);
    if (is_active(person.entitlement)) {
      state_.active.push_back(active.slot);
      continue;
    }
    ++state_.files_closed;
    if (person.entitlement == Entitlement::transferred) {
      release(s, active.slot);
    } else {
      schedule_return(s, active.slot, 0);
    }
  }
  state_.granted = s.tally[Tally::grants];
}

void OfficeRun::finish() {
  const std::int32_t end = first_day_of(month_);
  for (Person& person : state_.people) cohort_.close_if_over(person, end);
}

}  // namespace tremplin
