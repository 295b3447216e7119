// ODD 7.2 and 7.3: decisions on requests, reviews, the disposition to work; students in summer.
#include <cmath>

#include "engine/base/portable_math.hpp"
#include "tests/verification/twin/twin.hpp"

namespace tremplin::twin {

namespace {

bool was_done(const Person& person, Job job) { return person.done[static_cast<std::size_t>(job)]; }

// A criterion of the office, between its own habit and the country's.
double criterion(const Twin& o, const Rules& rules, double Practice::*habit, double PracticeMeans::*mean) {
  const double h = rules.exemption_harmonisation;
  return with_odds_times((1 - h) * o.office.practice.*habit + h * mean_over_country(o, habit, mean),
                         rules.exemption_breadth);
}

double p_equity(const Twin& o, const Person& person) {
  const Rules& rules = rules_of(o, person);
  double p_none = 1;
  if (person.student && rules.exemption_studies != 0)
    p_none *= 1 - criterion(o, rules, &Practice::p_exempt_student, &PracticeMeans::exempt_student);
  if (!under(o, person, rules.exemption_age_from) && rules.exemption_age != 0)
    p_none *= 1 - criterion(o, rules, &Practice::p_exempt_over_50, &PracticeMeans::exempt_over_50);
  const bool young_child = has_child_under(o, person, rules.exemption_child_under);
  if (person.lone_parent && young_child && rules.exemption_lone_parent != 0)
    p_none *= 1 - criterion(o, rules, &Practice::p_exempt_lone_parent, &PracticeMeans::exempt_lone_parent);
  if (person.homeless && rules.exemption_homeless != 0)
    p_none *= 1 - criterion(o, rules, &Practice::p_exempt_homeless, &PracticeMeans::exempt_homeless);
  return 1 - p_none;
}

Disposition equity_before_council(Twin& o, const Person& person) {
  if (person.student) return Disposition::exempted_equity;
  const double strict = portable::exp(o.office.practice.strictness);
  if (!happens(o, person, Decision::council, with_odds_times(o.p.council_overrules, strict)))
    return Disposition::exempted_equity;
  count(o, Tally::exemptions_overruled);
  if (!happens(o, person, Decision::equity_returns, o.p.equity_returns_as_health))
    return Disposition::required;
  count(o, Tally::exemptions_as_health);
  return Disposition::exempted_health;
}

void grant(Twin& o, Person& person, int day) {
  count(o, Tally::grants);
  count(o, person.first_paid_day ? Tally::re_entries : Tally::first_entries);
  person.entitlement = person.equivalent ? Entitlement::equivalent_income : Entitlement::integration_income;
  person.granted_in = o.month;
  person.granted_now = true;
  person.granted_on = day - day_number(o.month) + 1;
  person.seen_in = o.month;
  person.review_in = o.month + rules_of(o, person).review_interval_months;
  person.breaches_in_year = 0;
  person.procedure = Procedure::none;
  person.contracts = {};
  person.obliged = false;
  person.undertaken = false;
  person.waiting_for_place = false;
  assess_disposition(o, person);
  obligation_moves(o, person);
  optional_contract(o, person);
  month_of_insured_leaver(o, person);
}

void refuse(Twin& o, Person& person) {
  count(o, Tally::refusals);
  if (happens(o, person, Decision::refusal_reason, o.p.refusal_disposition_share))
    count(o, Tally::refusals_disposition);
  person.entitlement = Entitlement::refused;
  person.seen_in = o.month;
}

// Has the household relatives whose means keep the person? Drawn once, in the month of appearance.
bool kept_by_relatives(const Twin& o, const Person& person) {
  if (rules_of(o, person).relatives_means == 0 || person.category != Category::cohabitant) return false;
  return uniform_in(o, person, appeared_in(person.id), Decision::relatives_means) < o.p.relatives_keep;
}

void decide(Twin& o, Person& person) {
  const int requested = request_day_number(person);
  int decided = requested + person.inquiry_days;
  if (decided < day_number(o.month))  // it was ready earlier, and waited for hours
    decided = day_number(o.month) + below(o, person, Decision::decision_day, n_days(o.month));
  count(o, Tally::waiting_days, decided - requested);
  const bool on_time = decided - requested <= rules_of(o, person).decision_deadline_days;
  count(o, on_time ? Tally::decisions_on_time : Tally::decisions_late);
  if (!on_time) lose_trust(person, o.p.trust_loss_late);
  visit_falls_due(o, person);
  ++o.n_decisions;
  o.months_waited += o.month - *person.requested_in;
  if (happens(o, person, Decision::grant, o.p.grant_share) && !kept_by_relatives(o, person)) {
    grant(o, person, decided);
  } else {
    refuse(o, person);
  }
}

// Means were not declared: months without income, from one to as many as the law allows.
void punish_silence(Twin& o, Person& person) {
  const Rules& rules = rules_of(o, person);
  const bool again = person.silent_in && o.month <= *person.silent_in + rules.undeclared_repetition_months;
  int most = again ? rules.undeclared_max_months_repeated : rules.undeclared_max_months;
  if (happens(o, person, Decision::undeclared_fraud, o.p.undeclared_fraud))
    most = again ? rules.undeclared_max_months_fraud_repeated : rules.undeclared_max_months_fraud;
  if (most == 0) return;
  const int months = static_cast<int>(std::lround(1 + rules.undeclared_severity * (most - 1)));
  count(o, Tally::sanctions_non_declaration);
  person.silent_in = o.month;
  const int delay = rules.undeclared_start_delay_months;
  if (delay == 0) {  // on the day after the decision, for as many times thirty days
    const int from = day_number(o.month) + below(o, person, Decision::decision_day, n_days(o.month)) + 1;
    suspend(person, from, from + 30 * months, false);
  } else {
    suspend(person, day_number(o.month + delay), day_number(o.month + delay + months), false);
  }
}

void review(Twin& o, Person& person) {
  const int months = rules_of(o, person).review_interval_months;
  count(o, Tally::reviews_done);
  visit_falls_due(o, person);
  person.review_in = o.month + months;
  person.seen_in = o.month;
  if (happens(o, person, Decision::health_change, o.p.health_change * months)) {
    person.health_limited = !person.health_limited;
    if (person.disposition == Disposition::required) assess_disposition(o, person);
  }
  if (happens(o, person, Decision::non_declaration, o.p.non_declaration * months) && !person.suspended_from) {
    punish_silence(o, person);
  }
  if (kept_by_relatives(o, person)) {
    leave(o, person, Entitlement::exited, Exit::household_change,
          1 + below(o, person, Decision::exit_day, n_days(o.month)));
    return;
  }
  const bool must_work = person.disposition == Disposition::required && !person.student;
  if (must_work && happens(o, person, Decision::no_disposition, o.p.no_disposition * months))
    leave(o, person, Entitlement::withdrawn, Exit::none,
          1 + below(o, person, Decision::exit_day, n_days(o.month)));
}

}  // namespace

void assess_disposition(Twin& o, Person& person) {
  const Rules& rules = rules_of(o, person);
  const double health = person.health_limited && rules.exemption_health != 0
                            ? criterion(o, rules, &Practice::p_exempt_health, &PracticeMeans::exempt_health)
                            : 0;
  const double u = uniform(o, person, Decision::exemption_ground);
  person.disposition = Disposition::required;
  if (u < health) {
    count(o, Tally::exemptions_proposed);
    person.disposition = Disposition::exempted_health;
  } else if (u < health + (1 - health) * p_equity(o, person)) {
    count(o, Tally::exemptions_proposed);
    person.disposition = equity_before_council(o, person);
  }
  person.exemption_review_in.reset();
  if (person.disposition != Disposition::required)
    person.exemption_review_in = o.month + rules.exemption_review_months;
}

void decisions_on_requests(Twin& o) {
  for (Person& person : o.people) {
    if (was_done(person, Job::inquiry)) decide(o, person);
  }
}

void reviews(Twin& o) {
  for (Person& person : o.people) {
    if (was_done(person, Job::review)) review(o, person);
  }
}

void exemption_reviews(Twin& o) {
  for (Person& person : o.people) {
    if (!was_done(person, Job::exemption_review)) continue;
    count(o, Tally::exemptions_reviewed);
    person.seen_in = o.month;
    assess_disposition(o, person);
    if (person.disposition == Disposition::required) count(o, Tally::exemptions_ended);
  }
}

// In July: August is unpaid for a student who found work, or whom the office suspends.
void summer_of_students(Twin& o) {
  if (o.month.of_year() != 7) return;
  for (Person& person : o.people) {
    if (!on_benefit(person) || !person.student || *person.granted_in > o.month - 2) continue;
    const int asked = rules_of(o, person).students_summer;
    const int habit = asked == 0 ? o.office.practice.students_summer : asked;
    if (habit == 3 || (habit == 2 && happens(o, person, Decision::summer, o.p.summer_work))) {
      person.unpaid_august = true;
      person.entitlement = Entitlement::suspended_otherwise;
    }
  }
}

}  // namespace tremplin::twin
