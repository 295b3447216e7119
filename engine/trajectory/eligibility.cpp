// Step 3: social inquiry and decision by the first line, within its hours; yearly reviews. The right and the
// paid days run from the request: a late decision delays payment and is counted (law of 26 May 2002,
// art. 21: the decision within thirty days).
#include "engine/law/entitlement.hpp"
#include "engine/trajectory/step.hpp"

namespace tremplin {

namespace {

void refuse(Step& s, std::size_t k) {
  Person& person = s.person(k);
  ++s.tally[Tally::refusals];
  if (s.draws(k).happens(Decision::refusal_reason, s.p.refusal_disposition_share)) {
    ++s.tally[Tally::refusals_disposition];
  }
  person.entitlement = Entitlement::refused;
  person.seen_in = s.now();
}

void grant(Step& s, std::size_t k, std::int32_t day) {
  Person& person = s.person(k);
  ++s.tally[Tally::grants];
  ++s.tally[person.first_paid_day == 0 ? Tally::first_entries : Tally::re_entries];
  person.entitlement =
      person.comes_for_equivalent ? Entitlement::equivalent_income : Entitlement::integration_income;
  person.granted_in = s.now();
  person.seen_in = s.now();
  person.review_in = static_cast<MonthIndex>(s.now() + s.rules_of(person).review_interval_months);
  person.breaches_in_year = 0;
  person.procedure = Procedure::none;
  person.contracts = {};
  person.obliged = false;
  person.contract_undertaken = false;
  person.waiting_for_place = false;
  person.activity = Activity::none;
  s.active[k].granted_on = static_cast<std::int8_t>(day - s.first_day + 1);
  assess_disposition(s, k);
  if (obligation_moves(s, person)) contract_obligation_moves(s, k);
  optional_contract(s, k);
  if (s.rules_of(person).sanction_insured_leavers != 0) suspend_insured_leaver(s, k);
}

// Relatives of the household who owe maintenance have means enough: the same answer whenever it is asked.
bool relatives_keep(const Step& s, const Person& person) {
  if (s.rules_of(person).relatives_means == 0 || person.category != Category::cohabitant) return false;
  Draws draws = s.draws_of(person, static_cast<MonthIndex>(appeared_in(person.id).index));
  return draws.happens(Decision::relatives_means, s.p.relatives_keep);
}

// Law of 26 May 2002, art. 30 par. 1: how long at most, by intent and repetition.
void sanction_undeclared(Step& s, std::size_t k) {
  Person& person = s.person(k);
  const Rules& rules = s.rules_of(person);
  Draws& draws = s.draws(k);
  const bool fraud = draws.happens(Decision::undeclared_fraud, s.p.undeclared_fraud);
  const bool repeated = person.last_undeclared_in != no_month &&
                        s.now() - person.last_undeclared_in <= rules.undeclared_repetition_months;
  const int months = usual_for_undeclared(rules, longest_for_undeclared(rules, fraud, repeated));
  if (months == 0) return;
  ++s.tally[Tally::sanctions_non_declaration];
  person.last_undeclared_in = s.now();
  // The day of the decision matters only where the suspension follows at once.
  const int delay = rules.undeclared_start_delay_months;
  const auto n_days = static_cast<std::uint32_t>(s.n_days);
  const int decided_on =
      s.first_day + (delay != 0 ? 0 : static_cast<int>(draws.below(Decision::decision_day, n_days)));
  const DaySpan span = suspension_of(delay, s.month, decided_on, {.months = months});
  start_suspension(s, k, span.from, span.until, false);
}

}  // namespace

void decide_request(Step& s, std::size_t k) {
  Person& person = s.person(k);
  Draws& draws = s.draws(k);
  // On the day it is ready; where hours made it wait, on any day of the month.
  const std::int32_t ready = request_day_of(person) + person.inquiry_days;
  const std::int32_t decided =
      ready >= s.first_day ? ready
                           : s.first_day + static_cast<std::int32_t>(draws.below(
                                               Decision::decision_day, static_cast<std::uint32_t>(s.n_days)));
  const std::int32_t waited = decided - request_day_of(person);
  s.tally[Tally::waiting_days] += waited;
  const bool on_time = waited <= s.rules_of(person).decision_deadline_days;
  ++s.tally[on_time ? Tally::decisions_on_time : Tally::decisions_late];
  if (!on_time) lose_trust(person, s.p.trust_loss_late);
  home_visit_falls_due(s, k);
  ++s.n_decisions;
  s.waited_months += s.now() - person.requested_in;
  if (draws.happens(Decision::grant, s.p.grant_share) && !relatives_keep(s, person)) {
    grant(s, k, decided);
  } else {
    refuse(s, k);
  }
}

void hold_review(Step& s, std::size_t k) {
  Person& person = s.person(k);
  Draws& draws = s.draws(k);
  const int interval = s.rules_of(person).review_interval_months;
  ++s.tally[Tally::reviews_done];
  home_visit_falls_due(s, k);
  person.review_in = static_cast<MonthIndex>(s.now() + interval);
  person.seen_in = s.now();
  // What a review may find: health that changed, a declaration that was not made, no wish to work.
  if (draws.happens(Decision::health_change, s.p.health_change * interval)) {
    person.health_limited = !person.health_limited;
    if (person.disposition == Disposition::required) assess_disposition(s, k);
  }
  if (draws.happens(Decision::non_declaration, s.p.non_declaration * interval) &&
      person.suspended_from == 0) {
    sanction_undeclared(s, k);
  }
  const auto any_day = [&] {
    return 1 + static_cast<int>(s.below(k, Decision::exit_day, static_cast<std::uint32_t>(s.n_days)));
  };
  if (relatives_keep(s, person)) {
    leave(s, k, Entitlement::exited, Exit::household_change, any_day());
    return;
  }
  const bool must_work = person.disposition == Disposition::required && !person.student;
  if (must_work && draws.happens(Decision::no_disposition, s.p.no_disposition * interval)) {
    leave(s, k, Entitlement::withdrawn, Exit::none, any_day());
  }
}

}  // namespace tremplin
