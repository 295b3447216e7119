// Step 8: breach -> reasons weighed -> formal notice -> hearing -> no sanction, alternative, suspended
// execution, partial or full suspension (law of 26 May 2002, art. 30 par. 2). A breach by the CPAS itself
// bars the sanction; where the contract cannot ground one, a share moves to a withdrawal for want of work
// disposition.
#include <algorithm>

#include "engine/law/entitlement.hpp"
#include "engine/trajectory/step.hpp"

namespace tremplin {

namespace {

// The order of Practice::sanction_kinds. Three months are what the law of 2002 allows at most: the CPAS goes
// to the limit, wherever a reform puts it.
enum : int { kind_partial, kind_one_month, kind_longest, kind_other };

int draw_kind(const Practice& practice, double u) {
  for (int kind = 0; kind < kind_other; ++kind) {
    if (u < practice.sanction_kinds[static_cast<std::size_t>(kind)]) return kind;
    u -= practice.sanction_kinds[static_cast<std::size_t>(kind)];
  }
  return kind_other;
}

double p_sanction(const Step& s, const Rules& rules) {
  switch (s.office.practice.sanctions) {
    case SanctionHabit::never:
      return 0;
    case SanctionHabit::rarely:
      return scale_odds(s.p.sanction_rate * s.p.sanction_rarely_ratio, rules.sanction_propensity);
    case SanctionHabit::often:
      break;
  }
  return scale_odds(s.p.sanction_rate, rules.sanction_propensity);
}

void close_procedure(Person& person) {
  person.procedure = Procedure::none;
  if (person.contracts[0].stage == ContractStage::notice_sent)
    person.contracts[0].stage = ContractStage::in_force;
}

// A sanction that the contract cannot ground may become a withdrawal (bdas-wwsb: the two channels).
void other_channel(Step& s, std::size_t k) {
  const Person& person = s.person(k);
  if (person.disposition != Disposition::required || person.student) return;
  if (s.rules_of(person).piis_coupled_to_grant == 0) return;
  if (!s.draws(k).happens(Decision::other_channel, s.p.other_channel)) return;
  ++s.tally[Tally::other_channel];
  leave(s, k, Entitlement::withdrawn, Exit::none,
        1 + static_cast<int>(s.below(k, Decision::exit_day, static_cast<std::uint32_t>(s.n_days))));
}

// A suspension whose last month is `after` months from now is felt for some months more.
void felt_until(const Step& s, Person& person, int after) {
  person.sanction_felt_until =
      static_cast<MonthIndex>(s.now() + after + whole_months(s.p.sanction_felt_months));
}

// Who appeals: more often against a suspension that reasons or duties do not bear.
void count_suspension(Step& s, std::size_t k, bool unjustified) {
  if (unjustified) ++s.tally[Tally::sanctions_unjustified];
  const double appeals = unjustified ? s.p.appeals_unjustified : s.p.appeals_justified;
  if (!s.draws(k).happens(Decision::appeal, appeals)) return;
  ++s.tally[Tally::appeals];
  ++s.state.appeals;
}

void suspend(Step& s, std::size_t k, int kind, bool unjustified) {
  Person& person = s.person(k);
  const Rules& rules = s.rules_of(person);
  Draws& draws = s.draws(k);
  const bool repeated = person.last_sanction_in != no_month &&
                        s.now() - person.last_sanction_in <= rules.sanction_repetition_months;
  const int longest = repeated ? rules.sanction_max_months_repeated : rules.sanction_max_months;
  const int months = kind == kind_longest ? longest : std::min(1, longest);
  if (months == 0) {
    ++s.tally[Tally::sanctions_dropped];
    return;
  }
  const bool partial =
      kind == kind_partial || draws.happens(Decision::made_partial, rules.sanction_made_partial);
  ++s.tally[partial ? Tally::sanctions_partial : Tally::sanctions_full];
  if (repeated) ++s.tally[Tally::sanctions_repeated];
  count_suspension(s, k, unjustified);
  person.last_sanction_in = s.now();
  lose_trust(person, s.p.trust_loss_sanction);

  // The day of the decision matters only where the suspension follows at once.
  const int decided_on =
      rules.sanction_start_delay_months != 0
          ? s.first_day
          : s.first_day +
                static_cast<int>(draws.below(Decision::decision_day, static_cast<std::uint32_t>(s.n_days)));
  const int start_delay = rules.sanction_start_delay_months;
  const int days = repeated || kind == kind_longest ? 0 : rules.sanction_days;
  const DaySpan span = suspension_of(start_delay, s.month, decided_on, {.months = months, .days = days});
  s.tally[Tally::sanction_days] += span.until - span.from;
  start_suspension(s, k, span.from, span.until, partial);
  felt_until(s, person, start_delay + months - 1 + (start_delay == 0 ? 1 : 0));
}

// Does what goes before a sanction halt it? A third party or an inspector sees what reasons and duties do not
// bear; mediation sees it too, and settles part of the rest.
enum class Halted { no, dropped, alternative };
Halted halted_by_guard(Step& s, std::size_t k, bool unjustified) {
  const Guard guard = guard_at(s.rules_of(s.person(k)), s.office.practice);
  if (guard == Guard::none) return Halted::no;
  Draws& draws = s.draws(k);
  if (unjustified && draws.happens(Decision::guard, s.p.guard_halts)) return Halted::dropped;
  if (guard == Guard::mediation && draws.happens(Decision::mediation, s.p.mediation_settles))
    return Halted::alternative;
  return Halted::no;
}

void hold_hearing(Step& s, std::size_t k) {
  Person& person = s.person(k);
  const Rules& rules = s.rules_of(person);
  Draws& draws = s.draws(k);
  const Contract& contract = person.contracts[0];
  ++s.tally[Tally::hearings];
  const bool grounded = can_ground_sanction(rules, contract.type);
  const bool own_breach = contract.evaluation_missed || person.waiting_for_place;
  const int kind = draw_kind(s.office.practice, draws.uniform(Decision::sanction_kind));
  close_procedure(person);
  person.notice_in = s.now();  // a hearing is a threat too, whatever comes of it
  if (own_breach) {
    ++s.tally[Tally::sanctions_barred];
    return;
  }
  const bool sanctioned = draws.happens(Decision::sanction, p_sanction(s, rules));
  if (!grounded || !sanctioned) {
    ++s.tally[Tally::sanctions_dropped];
    if (sanctioned) other_channel(s, k);
    return;
  }
  const bool unjustified = draws.happens(Decision::unjustified, s.p.unjustified_share);
  const Halted halted = halted_by_guard(s, k, unjustified);
  if (halted == Halted::dropped) {
    ++s.tally[Tally::sanctions_dropped];
  } else if (halted == Halted::alternative || kind == kind_other ||
             draws.happens(Decision::sanction_alternative, rules.sanction_alternative_share)) {
    ++s.tally[Tally::sanctions_alternative];
  } else if (rules.sanction_sursis_allowed != 0 &&
             draws.happens(Decision::sanction_sursis, s.p.sursis_share)) {
    ++s.tally[Tally::sanctions_sursis];
  } else {
    suspend(s, k, kind, unjustified);
  }
}

}  // namespace

void start_suspension(Step& s, std::size_t k, int from_day, int until_day, bool partial) {
  Person& person = s.person(k);
  person.suspended_from = static_cast<DayNumber>(from_day);
  person.suspended_until = static_cast<DayNumber>(until_day);
  person.suspension_partial = partial;
}

// 003:1509-1511: a month "so that there is a sanction all the same", in one CPAS. The first whole month after
// the grant. Of integration income only: sanctions of equivalent income are individual decisions.
void suspend_insured_leaver(Step& s, std::size_t k) {
  Person& person = s.person(k);
  const Rules& rules = s.rules_of(person);
  if (!person.insured_leaver || person.comes_for_equivalent) return;
  constexpr int case_by_case = 1;
  if (rules.sanction_insured_leavers == case_by_case &&
      !s.draws(k).happens(Decision::insured_leaver, p_sanction(s, rules)))
    return;
  ++s.tally[Tally::sanctions_insured_leavers];
  lose_trust(person, s.p.trust_loss_sanction);
  const std::int32_t next = s.first_day + s.n_days;
  start_suspension(s, k, next, next + days_in(s.month + 1), false);
  felt_until(s, person, 1);
}

bool can_ground_sanction(const Rules& rules, ContractType type) {
  if (rules.sanction_allowed == 0) return false;
  switch (type) {
    case ContractType::general:
      return rules.sanction_grounds_general != 0;
    case ContractType::employment:
      return rules.sanction_grounds_employment != 0;
    case ContractType::training:
      return rules.sanction_grounds_training != 0;
    case ContractType::studies:
      return rules.sanction_grounds_studies != 0;
    case ContractType::social_activation:
      return rules.sanction_grounds_social_activation != 0;
    case ContractType::housing:
      return rules.sanction_grounds_housing != 0;
  }
  return false;
}

void compliance_falls_due(Step& s, std::size_t k) {
  const Person& person = s.person(k);
  const bool notice = person.procedure == Procedure::notice_to_send;
  s.agenda.ask(notice ? s.catalogue.notice : s.catalogue.hearing, static_cast<std::uint32_t>(k),
               notice ? s.now() : person.notice_in);
}

void hold_procedure(Step& s, std::size_t k) {
  Person& person = s.person(k);
  // One matter at a time: this month's review may have brought a suspension.
  if (!on_benefit(person.entitlement) || person.suspended_from != 0) return;
  if (!in_force(person.contracts[0].stage)) {  // the contract ended meanwhile
    person.procedure = Procedure::none;
  } else if (person.procedure == Procedure::hearing_to_hold) {
    hold_hearing(s, k);
  } else if (person.procedure == Procedure::notice_to_send) {
    ++s.tally[Tally::notices];
    person.notice_in = s.now();
    if (s.draws(k).happens(Decision::notice_settles, s.p.notice_suffices)) {
      close_procedure(person);
    } else {
      person.procedure = Procedure::hearing_to_hold;
      person.contracts[0].stage = ContractStage::notice_sent;
    }
  }
}

void breach_of_contract(Step& s, std::size_t k) {
  if (!s.active[k].may.breach) return;
  Person& person = s.person(k);
  // One matter at a time: nothing new while a procedure or a suspension is pending or running.
  if (person.procedure != Procedure::none || person.suspended_from != 0) return;
  const Rules& rules = s.rules_of(person);
  double p = s.p.breach;
  if (person.is_under(25, s.month)) p *= s.p.young_breach_ratio;
  if (feels_threat(s, person)) p *= s.p.effect_threat_breach;
  if (feels_sanction(s, person)) p *= s.p.effect_sanction_breach;
  if (rules.community_service == 3 && person.activity == Activity::community_service) {
    p += s.p.community_service_breach;
  }
  if (!s.happens(k, Decision::breach, p)) return;
  Draws& draws = s.draws(k);
  ++s.tally[Tally::breaches];
  if (draws.happens(Decision::breach_excused, s.p.breach_excused)) {
    ++s.tally[Tally::breaches_excused];
    return;
  }
  person.breaches_in_year = static_cast<std::uint8_t>(person.breaches_in_year + 1);
  if (person.breaches_in_year <= rules.sanction_tolerated_absences) {
    ++s.tally[Tally::breaches_tolerated];
    return;
  }
  person.procedure = Procedure::notice_to_send;
}

}  // namespace tremplin
