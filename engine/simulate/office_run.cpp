#include "engine/simulate/office_run.hpp"

#include <stdexcept>
#include <utility>

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
  state_.calendar.assign(static_cast<std::size_t>(plan.report_until - plan.burn_in_from), no_slot);
  state_.paid_last_year = state_.paid_year_before_last = state_.paid_year_before_that = office.caseload_2013;
}

OfficeRun::OfficeRun(const World& world, const Office& office, const Parameters& parameters,
                     const Constants& constants, const RulesTable& table, const Plan& plan, Month month,
                     OfficeState state)
    : OfficeRun(world, office, parameters, constants, table, plan) {
  if (state.calendar.size() != state_.calendar.size()) throw std::invalid_argument("a state of another plan");
  month_ = month;
  state_ = std::move(state);
  continue_under(table);
}

namespace {

// The page of the rules that a file follows in a month.
std::uint8_t page_of(const RulesTable& table, const Person& person, Month month) {
  const Month request(person.requested_in);
  return table.page_of(request, groups_of(person, month, request));
}

}  // namespace

void OfficeRun::continue_under(const RulesTable& table) {
  table_ = &table;
  for (const std::uint32_t slot : state_.active) {
    Person& person = state_.people[slot];
    person.page = page_of(table, person, month_);
  }
}

namespace {

void rules_of_the_month(Step& s) {
  auto& rules = s.scratch.rules;
  auto& amounts = s.scratch.amounts;
  rules.clear();
  amounts.clear();
  for (int page = 0; page < s.table.n_pages(); ++page) {
    rules.push_back(&s.table.at(s.month, s.office.jurisdiction(), static_cast<std::uint8_t>(page)));
    amounts.push_back(amounts_of(*rules.back(), s.state.coverage_last_year));
  }
  s.rules_by_page = rules;
  s.amounts_by_page = amounts;
  s.rules = rules[s.table.page_of(s.month)];
}

// Whom changes for some groups are for is settled on the first of the month, or at the request.
void groups_of_the_month(Step& s) {
  if (s.table.n_kinds() == 1) return;
  for (const std::uint32_t slot : s.state.active) {
    Person& person = s.state.people[slot];
    person.page = page_of(s.table, person, s.month);
  }
}

// The month's list: those who were in care, and those who asked. From now on nobody joins the office: its
// people keep their places in memory.
void everybody_is_listed(Step& s) {
  s.active.clear();
  s.active.reserve(s.state.active.size() + s.scratch.asked.size());
  for (const auto* slots : {&s.state.active, &s.scratch.asked}) {
    for (const std::uint32_t slot : *slots) {
      ActivePerson& active = s.active.emplace_back();
      active.person = &s.state.people[slot];
      active.slot = slot;
    }
  }
}

// Steps 3 to 6 for one person, up to the choice of who gets a scarce place; true for who waits for that.
bool live_to_the_places(Step& s, std::size_t k) {
  const ActivePerson& active = s.active[k];
  if (const auto& [first, second] = s.person(k).contracts; first.drafted || second.drafted)
    sign_contracts(s, k);
  if (active.served != 0) {
    if (active.got(Job::interview)) met_by_worker(s, k);
    if (active.got(Job::activity)) met_by_worker(s, k);
    if (active.got(Job::inquiry)) decide_request(s, k);
    if (active.got(Job::review)) hold_review(s, k);
    if (active.got(Job::exemption_review)) review_exemption(s, k);
    if (active.got(Job::contract) || active.got(Job::contract_second_line)) conclude_contracts(s, k);
  }
  return activity_moves(s, k);
}

// Steps 7 to 11.
[[gnu::always_inline]] inline void live_on(Step& s, std::size_t k) {
  const ActivePerson& active = s.active[k];
  if (active.served != 0) {
    if (active.got(Job::evaluation) || active.got(Job::evaluation_second_line)) hold_evaluations(s, k);
    if (active.got(Job::sanction)) hold_procedure(s, k);
  }
  Person& person = s.person(k);
  if (s.of_year == 1) person.breaches_in_year = 0;
  if (on_benefit(person.entitlement)) {
    if (in_force(person.contracts[0].stage)) breach_of_contract(s, k);
    maybe_leave(s, k);
  }
  account_for(s, k);
  if (s.of_year == 7 && on_benefit(person.entitlement)) summer_of_students(s, k);
}

// People whose months are alike are visited one after the other: a processor foresees what it does again and
// again. The order is nobody's luck: it changes no result.
std::size_t kind_of(const Person& person) {
  constexpr std::size_t employed = 48;  // after the 3 activities x 16 situations of people on benefit
  constexpr std::size_t applicant = 49;
  static_assert(applicant + 1 == n_kinds);
  if (person.entitlement == Entitlement::applicant) return applicant;  // beside those who will ask
  if (person.entitlement == Entitlement::employed) return employed;
  const std::size_t activity = person.activity == Activity::none ? 0 : may_drop_out(person.activity) ? 1 : 2;
  return activity << 4 | static_cast<std::size_t>(person.comes_for_equivalent) << 3 |
         static_cast<std::size_t>(person.disposition != Disposition::required) << 2 |
         static_cast<std::size_t>(in_force(person.contracts[0].stage)) << 1 |
         static_cast<std::size_t>(person.obliged);
}

void order_by_kind(Step& s) {
  for (auto& slots : s.scratch.by_kind) slots.clear();
  for (const std::uint32_t slot : s.state.active)
    s.scratch.by_kind[kind_of(s.state.people[slot])].push_back(slot);
  s.state.active.clear();
  for (const auto& slots : s.scratch.by_kind)
    s.state.active.insert(s.state.active.end(), slots.begin(), slots.end());
}

// Who goes on being visited, and who left.
[[gnu::always_inline]] inline void close_month_of(Step& s, std::size_t k) {
  const std::uint32_t slot = s.active[k].slot;
  Person& person = s.person(k);
  // Who waits for a decision may yet be paid for days of the window.
  if (person.entitlement != Entitlement::applicant) s.cohort.close_if_over(person, s.first_day + s.n_days);
  if (is_active(person.entitlement)) {
    s.state.active[s.n_staying++] = slot;
    return;
  }
  ++s.state.files_closed;
  s.scratch.left.push_back(slot);
}

// People meet only in the queues for hours and for places: each lives the whole month in one visit, but for
// those who wait for a place.
void everybody_lives(Step& s) {
  s.state.active.resize(s.active.size());
  s.state.files_closed = 0;
  s.state.appeals = 0;
  s.scratch.left.clear();
  open_places(s);
  constexpr std::size_t ahead = 6;
  for (std::size_t k = 0; k < s.active.size(); ++k) {
    if (k + ahead < s.active.size()) fetch(s.person(k + ahead));
    {
      const Entering part(s, k);
      if (live_to_the_places(s, k)) continue;
      live_on(s, k);
    }
    close_month_of(s, k);
  }
  give_places(s);
  for (const auto& list : s.scratch.candidates) {
    for (const Candidate& candidate : list) {
      {
        const Entering part(s, candidate.k);
        live_on(s, candidate.k);
      }
      close_month_of(s, candidate.k);
    }
  }
  s.state.active.resize(s.n_staying);
  if (s.of_year % 3 == 0) order_by_kind(s);
  former_beneficiaries_wait(s);
  s.stocks.tell(s.tally);
  if (s.n_decisions > 0) {
    s.state.waiting_months = static_cast<double>(s.waited_months) / static_cast<double>(s.n_decisions);
  }
  s.state.granted = s.tally[Tally::grants];
}

}  // namespace

OfficeMonth OfficeRun::step(OfficeScratch& scratch) {
  Stopwatch watch(scratch.times);
  OfficeMonth tally;
  scratch.agenda.clear();
  Step s{.world = *world_,
         .office = *office_,
         .p = *parameters_,
         .constants = *constants_,
         .table = *table_,
         .luck = plan_.luck,
         .month = month_,
         .burn_in_from = plan_.burn_in_from,
         .state = state_,
         .scratch = scratch,
         .agenda = scratch.agenda,
         .active = scratch.active,
         .tally = tally,
         .cohort = cohort_,
         .following = following_.witness == nullptr ? nullptr : &following_,
         .ledger = ledger_};
  s.n_days = days_in(month_);
  s.first_day = first_day_of(month_);
  s.t = world_->environment.index(month_);
  const double tightness = world_->environment.tightness[static_cast<std::size_t>(office_->region)][s.t];
  s.tightness_factor = portable::pow(tightness, parameters_->tightness_elasticity);
  s.part_time = parameters_->start_part_time * s.world.environment.part_time[s.t];
  s.of_year = month_.of_year();
  s.exams_over = s.of_year == 7 || s.of_year == 9;
  s.january = static_cast<MonthIndex>(month_.index - (s.of_year - 1));
  rules_of_the_month(s);
  groups_of_the_month(s);
  s.state_rate = state_rate(s);
  responses_of_the_month(s);
  s.exit_bounds = exit_bounds_of(s);
  s.start_bound = start_bound_of(s);
  watch.ends(MonthPart::rules);

  people_ask(s);
  everybody_is_listed(s);
  watch.ends(MonthPart::asking);
  tasks_fall_due(s);
  watch.ends(MonthPart::tasks);
  serve_tasks(s);
  watch.ends(MonthPart::hours);
  draw_for_everybody(s);
  watch.ends(MonthPart::words);
  everybody_lives(s);
  watch.ends(MonthPart::lives);
  account_for_office(s);
  active_person_months_ += static_cast<std::int64_t>(scratch.active.size());
  held_person_months_ += static_cast<std::int64_t>(state_.people.size()) - state_.n_free;
  ++month_;
  watch.ends(MonthPart::accounts);
  return tally;
}

void OfficeRun::finish() {
  const std::int32_t end = first_day_of(month_);
  for (Person& person : state_.people) cohort_.close_if_over(person, end);
}

}  // namespace tremplin
