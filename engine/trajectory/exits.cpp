// Step 9: competing cause-specific hazards with duration dependence, frailty and status effects; a person
// leaves on a day, so that paid days are exact. Effects may go either way: their signs are free.
#include <algorithm>
#include <array>
#include <utility>

#include "engine/base/portable_math.hpp"
#include "engine/trajectory/step.hpp"

namespace tremplin {

namespace {

// exp(x) of the log of an effect, mostly small: its series to order 7 at x / 4, squared twice, is exact to
// 1e-8 for |x| <= 1; further on it would soon be worth nothing.
double exp_of_effect(double x) {
  if (x < -1 || x > 1) return portable::exp(x);
  const double t = x / 4;
  const double t2 = t * t;
  const double t4 = t2 * t2;
  const double low = (1 + t) + t2 * (1.0 / 2 + t * (1.0 / 6));
  const double high = (1.0 / 24 + t * (1.0 / 120)) + t2 * (1.0 / 720 + t * (1.0 / 5040));
  const double e = low + t4 * high;
  return (e * e) * (e * e);
}

bool within(MonthIndex event, MonthIndex now, int months) {
  return now - event <= months;  // never for no_month, which lies before the first of all months
}

bool sanctioned_long_ago(const Step& s, const Person& person) {
  return person.last_sanction_in != no_month && s.now() - person.last_sanction_in >= 12;
}

double job_effects(const Step& s, const Person& person) {
  double factor = s.tightness_factor;
  const Contract& contract = person.contracts[0];
  if (in_force(contract.stage))
    factor *= contract.formal ? s.p.effect_formal_job : s.p.effect_personalised_job;
  if (person.readiness != 0)
    factor *= exp_of_effect(s.p.effect_readiness_job * static_cast<double>(person.readiness));
  if (feels_threat(s, person)) factor *= s.p.effect_threat_job;
  if (feels_sanction(s, person)) factor *= s.p.effect_sanction_job;
  if (sanctioned_long_ago(s, person)) factor *= s.p.effect_sanction_later_job;
  if (within(person.trained_in, s.now(), whole_months(s.p.training_felt_months))) {
    factor *= s.p.effect_training_after;
  }
  if (person.activity == Activity::training || person.activity == Activity::social_activation) {
    factor *= s.p.effect_lock_in;
  }
  if (person.activity == Activity::part_time && person.exempted_earnings_from != 0 &&
      exemption_left(s, person)) {
    factor *= s.p.effect_disregard_exit;
  }
  if (person.health_limited || person.student) factor *= s.p.limited_job_ratio;
  if (person.disposition != Disposition::required) factor *= s.p.effect_exempted_job;
  if (is_lone_parent_of_young_child(person, s.now()))
    factor *= 1 + childcare_tightness(s, person) * (s.p.effect_childcare_job - 1);
  return std::max(0.0, factor);
}

struct Hazards {
  double job, insurance, other_benefit, studies, pension, household, unknown, death;

  [[nodiscard]] double total() const {
    return ((job + insurance) + (unknown + other_benefit)) + ((studies + pension) + (household + death));
  }
  // In the order in which the cause's draw runs through them.
  [[nodiscard]] std::array<std::pair<Exit, double>, 8> by_cause() const {
    return {{{Exit::job, job},
             {Exit::insurance, insurance},
             {Exit::other_benefit, other_benefit},
             {Exit::studies_completed, studies},
             {Exit::pension, pension},
             {Exit::household_change, household},
             {Exit::unknown, unknown},
             {Exit::death, death}}};
  }
};

Hazards hazards_of(const Step& s, const Person& person) {
  const int age = std::clamp(person.age_in_years(s.month), 0, max_age);
  const int years = std::clamp((s.now() - person.granted_in) / 12, 0, n_duration_years - 1);
  const double base =
      static_cast<double>(person.exit_factor) * s.constants.duration_factor[static_cast<std::size_t>(years)];

  double unknown = s.p.exit_unknown * base;
  if (person.trust_lost != 0) unknown *= exp_of_effect(s.p.effect_trust_unknown * person.trust_lost / 100.0);
  if (feels_sanction(s, person)) unknown *= s.p.effect_sanction_unknown;

  return {
      .job = s.p.exit_job * base * job_effects(s, person),
      .insurance = person.student ? 0 : s.p.exit_insurance * base * s.tightness_factor,
      .other_benefit = s.p.exit_other_benefit * (person.health_limited ? s.p.limited_other_benefit_ratio : 1),
      .studies = person.student && s.exams_over ? s.p.exit_studies : 0,
      .pension = age >= age_of_pension ? s.p.exit_pension : 0,
      .household = s.p.exit_household,
      .unknown = unknown,
      .death = s.constants.death[static_cast<std::size_t>(age)]};
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
    case Exit::unknown:
    case Exit::none:
      break;
  }
  return Tally::exits_unknown;
}

}  // namespace

// From the start of a suspension until some months after its end.
bool feels_sanction(const Step& s, const Person& person) {
  return s.now() <= person.sanction_felt_until &&
         (person.suspended_from == 0 || person.suspended_from < s.first_day + s.n_days);
}

bool feels_threat(const Step& s, const Person& person) {
  return within(person.notice_in, s.now(), whole_months(s.p.threat_months));
}

void leave(Step& s, std::size_t k, Entitlement to, Exit cause, int day) {
  Person& person = s.person(k);
  if (s.active[k].leaves_on != 0) return;  // already leaving this month
  s.active[k].leaves_on = static_cast<std::int8_t>(day);
  person.exit = cause;
  if (to == Entitlement::exited) {
    ++s.tally[tally_of(cause)];
  } else {
    ++s.tally[to == Entitlement::transferred ? Tally::exits_transfer : Tally::withdrawals];
  }
  const Contract& contract = person.contracts[0];
  if (person.obliged && !in_force(contract.stage) && contract.stage != ContractStage::ended &&
      s.now() > contract.due_by) {
    ++s.tally[Tally::contracts_never];
  }
  person.entitlement = to;
  person.last_left_in = s.now();
  person.insured_leaver = cause == Exit::insurance;
  person.activity = Activity::none;
  person.procedure = Procedure::none;
}

ExitBounds exit_bounds_of(const Step& s) {
  const auto at_most = [](double effect) { return std::max(1.0, effect); };
  const Parameters& p = s.p;
  ExitBounds bounds;
  bounds.job =
      p.exit_job * s.tightness_factor * at_most(p.effect_formal_job) * at_most(p.effect_personalised_job) *
      at_most(p.effect_threat_job) * at_most(p.effect_sanction_job) * at_most(p.effect_sanction_later_job) *
      at_most(p.effect_training_after) * at_most(p.effect_lock_in) * at_most(p.effect_disregard_exit) *
      at_most(p.limited_job_ratio) * at_most(p.effect_exempted_job) *
      at_most(1 + s.office.childcare_tightness * (p.effect_childcare_job - 1));
  bounds.others =
      p.exit_insurance * s.tightness_factor + p.exit_unknown * at_most(p.effect_sanction_unknown) *
                                                  at_most(exp_of_effect(p.effect_trust_unknown) * (1 + 1e-6));
  bounds.steady = at_most(p.limited_other_benefit_ratio) * p.exit_other_benefit + p.exit_household +
                  p.exit_transfer + (s.exams_over ? p.exit_studies : 0);
  constexpr double margin = 1 + 1e-9;  // more than all the roundings of both sums
  bounds.any_duration =
      *std::ranges::max_element(s.constants.duration_factor) * (bounds.job + bounds.others) * margin;
  bounds.before_pension = (bounds.steady + s.constants.death[age_of_pension - 1]) * margin;
  bounds.month_of_grant = at_most(p.exit_month_of_grant);
  return bounds;
}

double exit_bound(const Step& s, const Person& person) {
  const int age = std::clamp(person.age_in_years(s.month), 0, max_age);
  const int years = std::clamp((s.now() - person.granted_in) / 12, 0, n_duration_years - 1);
  const double base =
      static_cast<double>(person.exit_factor) * s.constants.duration_factor[static_cast<std::size_t>(years)];
  const double x = s.p.effect_readiness_job * static_cast<double>(person.readiness);
  // exp(x) <= 1 + x + x^2 up to 1.79.
  const double readiness = x <= 1 ? 1 + x + x * x : portable::exp(x);
  const double pension = age >= age_of_pension ? s.p.exit_pension : 0;
  const double bound = base * (s.exit_bounds.job * readiness + s.exit_bounds.others) +
                       (s.exit_bounds.steady + pension + s.constants.death[static_cast<std::size_t>(age)]);
  return bound * (1 + 1e-9);  // more than all the roundings of both sums
}

double exit_hazard(const Step& s, const Person& person) {
  return hazards_of(s, person).total() + s.p.exit_transfer;
}

void maybe_leave(Step& s, std::size_t k) {
  const Person& person = s.person(k);
  const ActivePerson& active = s.active[k];
  if (active.leaves_on != 0) return;
  if (!active.may.leave && person.readiness == 0) return;
  // In the month of the grant, from the day after the decision.
  const int n_days = s.n_days - active.granted_on;
  if (n_days == 0) return;
  // Most words need no hazard in full to say no, nor an exponential: the probability is below the hazard,
  // and that below its bound.
  const std::uint32_t word = s.word(k, Decision::exit);
  const double bound = exit_bound(s, person) * (active.granted_now() ? s.exit_bounds.month_of_grant : 1);
  if (s.following == nullptr && !happens_in(word, bound)) return;
  const Hazards hazards = hazards_of(s, person);
  const double whole = hazards.total() + s.p.exit_transfer;
  const double total = active.granted_now() ? whole * s.p.exit_month_of_grant * n_days / s.n_days : whole;
  if (s.following == nullptr && !happens_in(word, total)) return;
  if (!s.happens(k, Decision::exit, portable::one_minus_exp_of_minus(total))) return;
  const auto days = static_cast<std::uint32_t>(n_days);
  const int day = active.granted_on + 1 + static_cast<int>(s.below(k, Decision::exit_day, days));
  double u = s.uniform(k, Decision::exit_cause) * whole;
  for (const auto& [cause, hazard] : hazards.by_cause()) {
    if (u < hazard) {
      leave(s, k, Entitlement::exited, cause, day);
      return;
    }
    u -= hazard;
  }
  leave(s, k, Entitlement::transferred, Exit::none, day);
}

}  // namespace tremplin
