// ODD 7.8: competing hazards; a person leaves on a day.
#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

#include "engine/base/portable_math.hpp"
#include "tests/verification/twin/twin.hpp"

namespace tremplin::twin {

namespace {

bool within(const Twin& o, const std::optional<Month>& event, int months) {
  return event && o.month - *event <= months;
}

// Completed years on benefit, thirty at most.
double duration(const Twin& o, const Person& person) {
  const int years = std::clamp((o.month - *person.granted_in) / 12, 0, 29);
  double factor = 1;
  for (int year = 0; year < years; ++year) factor *= o.p.duration_dependence;
  return factor;
}

// exp of an effect's logarithm, as ODD 7.8 says: the series to the seventh power at a quarter, to the fourth;
// beyond the reach of that series, exp itself.
double effect(double log) {
  if (log < -1 || log > 1) return portable::exp(log);
  double sum = 1;
  double term = 1;
  for (int n = 1; n <= 7; ++n) {
    term *= log / 4 / n;
    sum += term;
  }
  return sum * sum * sum * sum;
}

// Of a lone parent of a young child: the search that a contract holds makes up for a part of what is scarce.
double childcare_tightness(const Twin& o, const Person& person) {
  const double tightness = o.office.childcare_tightness;
  const bool searches = rules_of_new_files(o).piis_childcare_hours > 0 && is_in_force(person.contracts[0]);
  if (tightness <= 0 || !searches) return tightness;
  return tightness - o.p.childcare_search * tightness;
}

double job(const Twin& o, const Person& person, double base) {
  double h = o.p.exit_job * base * tightness_factor(o);
  const Contract& contract = person.contracts[0];
  if (is_in_force(contract)) h *= contract.formal ? o.p.effect_formal_job : o.p.effect_personalised_job;
  h *= effect(o.p.effect_readiness_job * static_cast<double>(person.readiness));
  if (feels_threat(o, person)) h *= o.p.effect_threat_job;
  if (feels_sanction(o, person)) h *= o.p.effect_sanction_job;
  if (person.sanctioned_in && *person.sanctioned_in + 12 <= o.month) h *= o.p.effect_sanction_later_job;
  if (within(o, person.trained_in, static_cast<int>(std::lround(o.p.training_felt_months))))
    h *= o.p.effect_training_after;
  if (person.activity == Activity::training || person.activity == Activity::social_activation)
    h *= o.p.effect_lock_in;
  if (person.activity == Activity::part_time && person.earnings_exempt_from && exemption_left(o, person))
    h *= o.p.effect_disregard_exit;
  if (person.health_limited || person.student) h *= o.p.limited_job_ratio;
  if (person.disposition != Disposition::required) h *= o.p.effect_exempted_job;
  if (person.lone_parent && has_child_under(o, person, 3))
    h *= std::max(0.0, 1 + childcare_tightness(o, person) * (o.p.effect_childcare_job - 1));
  return h;
}

double unknown(const Twin& o, const Person& person, double base) {
  double h = o.p.exit_unknown * base * effect(o.p.effect_trust_unknown * person.trust_lost / 100.0);
  if (feels_sanction(o, person)) h *= o.p.effect_sanction_unknown;
  return h;
}

double death(const Twin& o, int age) {
  constexpr double ln2 = 0.69314718055994531;
  return o.p.death_at_50 * portable::exp(ln2 * (age - 50) / 8);
}

// In the order in which the draw of the cause runs through them.
std::vector<std::pair<Exit, double>> hazards(const Twin& o, const Person& person) {
  const int age = std::clamp((o.month - person.born) / 12, 0, 120);
  const bool after_exams = o.month.of_year() == 7 || o.month.of_year() == 9;
  const double base = static_cast<double>(person.exit_factor) * duration(o, person);
  return {{Exit::job, job(o, person, base)},
          {Exit::insurance, person.student ? 0 : o.p.exit_insurance * base * tightness_factor(o)},
          {Exit::other_benefit,
           o.p.exit_other_benefit * (person.health_limited ? o.p.limited_other_benefit_ratio : 1)},
          {Exit::studies_completed, person.student && after_exams ? o.p.exit_studies : 0},
          {Exit::pension, age >= 65 ? o.p.exit_pension : 0},
          {Exit::household_change, o.p.exit_household},
          {Exit::unknown, unknown(o, person, base)},
          {Exit::death, death(o, age)}};
}

Tally tally_of(Exit cause) {
  switch (cause) {
    case Exit::job:
      return Tally::exits_job;
    case Exit::insurance:
      return Tally::exits_insurance;
    case Exit::other_benefit:
      return Tally::exits_other_benefit;
    case Exit::studies_completed:
      return Tally::exits_studies;
    case Exit::household_change:
      return Tally::exits_household;
    case Exit::pension:
      return Tally::exits_pension;
    case Exit::death:
      return Tally::exits_death;
    default:
      return Tally::exits_unknown;
  }
}

void may_leave(Twin& o, Person& person) {
  const auto causes = hazards(o, person);
  double total = o.p.exit_transfer;
  for (const auto& [cause, hazard] : causes) total += hazard;
  // The days on which one may leave: in the month of the grant those after the decision.
  int from = 1;
  double at_risk = total;
  if (person.granted_now) {
    from = person.granted_on + 1;
    if (from > n_days(o.month)) return;
    at_risk = total * o.p.exit_month_of_grant * (n_days(o.month) - person.granted_on) / n_days(o.month);
  }
  if (!happens(o, person, Decision::exit, portable::one_minus_exp_of_minus(at_risk))) return;
  const int day = from + below(o, person, Decision::exit_day, n_days(o.month) - from + 1);
  const double u = uniform(o, person, Decision::exit_cause) * total;
  double reached = 0;
  for (const auto& [cause, hazard] : causes) {
    reached += hazard;
    if (u < reached) {
      leave(o, person, Entitlement::exited, cause, day);
      return;
    }
  }
  leave(o, person, Entitlement::transferred, Exit::none, day);
}

}  // namespace

// From the first day of a suspension until some months after its end.
bool feels_sanction(const Twin& o, const Person& person) {
  const bool begun = !person.suspended_from || *person.suspended_from < day_number(o.month + 1);
  return person.sanction_felt_until && o.month <= *person.sanction_felt_until && begun;
}

bool feels_threat(const Twin& o, const Person& person) {
  return within(o, person.notice_in, static_cast<int>(std::lround(o.p.threat_months)));
}

// The activity and what was pending end with the right; contract, earnings and suspension still count for
// the days until the one of leaving.
void leave(Twin& o, Person& person, Entitlement to, Exit cause, int day) {
  if (to == Entitlement::exited) count(o, tally_of(cause));
  if (to == Entitlement::transferred) count(o, Tally::exits_transfer);
  if (to == Entitlement::withdrawn) count(o, Tally::withdrawals);
  const Contract& contract = person.contracts[0];
  const bool refused = contract.stage == ContractStage::ended;  // by the person, not left undone
  if (person.obliged && !refused && !is_in_force(contract) && contract.due_by < o.month)
    count(o, Tally::contracts_never);
  person.entitlement = to;
  person.exit = cause;
  person.leaves_on = day;
  person.left_in = o.month;
  person.from_insurance = cause == Exit::insurance;
  person.activity = Activity::none;
  person.procedure = Procedure::none;
}

void people_leave(Twin& o) {
  for (Person& person : o.people) {
    if (on_benefit(person) && !person.leaves_on) may_leave(o, person);
  }
}

}  // namespace tremplin::twin
