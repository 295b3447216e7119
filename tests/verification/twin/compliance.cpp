// ODD 7.7: breach, notice, hearing, sanction.
#include <algorithm>
#include <cmath>

#include "tests/verification/twin/twin.hpp"

namespace tremplin::twin {

namespace {

enum class Kind { partial, one_month, longest, other };

Kind kind_of_sanction(Twin& o, const Person& person) {
  const auto& shares = o.office.practice.sanction_kinds;
  const double u = uniform(o, person, Decision::sanction_kind);
  if (u < shares[0]) return Kind::partial;
  if (u < shares[0] + shares[1]) return Kind::one_month;
  if (u < shares[0] + shares[1] + shares[2]) return Kind::longest;
  return Kind::other;
}

double p_sanction(const Twin& o, const Person& person) {
  double p = o.p.sanction_rate;
  if (o.office.practice.sanctions == SanctionHabit::never) p = 0;
  if (o.office.practice.sanctions == SanctionHabit::rarely) p *= o.p.sanction_rarely_ratio;
  return with_odds_times(p, rules_of(o, person).sanction_propensity);
}

int felt_months(const Twin& o) { return static_cast<int>(std::lround(o.p.sanction_felt_months)); }

void procedure_is_over(Person& person) {
  person.procedure = Procedure::none;
  if (person.contracts[0].stage == ContractStage::notice_sent)
    person.contracts[0].stage = ContractStage::in_force;
}

// Reasons and duties do not bear some suspensions; against those more people appeal.
void count_justice(Twin& o, const Person& person, bool unjustified) {
  if (unjustified) count(o, Tally::sanctions_unjustified);
  if (happens(o, person, Decision::appeal, unjustified ? o.p.appeals_unjustified : o.p.appeals_justified)) {
    count(o, Tally::appeals);
    ++o.appeals;
  }
}

void sanction(Twin& o, Person& person, Kind kind, bool unjustified) {
  const Rules& rules = rules_of(o, person);
  const bool repeated =
      person.sanctioned_in && o.month <= *person.sanctioned_in + rules.sanction_repetition_months;
  const int most = repeated ? rules.sanction_max_months_repeated : rules.sanction_max_months;
  const int months = kind == Kind::longest ? most : std::min(1, most);
  if (months == 0) {
    count(o, Tally::sanctions_dropped);
    return;
  }
  const bool partial =
      kind == Kind::partial || happens(o, person, Decision::made_partial, rules.sanction_made_partial);
  count(o, partial ? Tally::sanctions_partial : Tally::sanctions_full);
  if (repeated) count(o, Tally::sanctions_repeated);
  count_justice(o, person, unjustified);
  person.sanctioned_in = o.month;
  lose_trust(person, o.p.trust_loss_sanction);

  const int delay = rules.sanction_start_delay_months;
  const bool short_one = rules.sanction_days > 0 && !repeated && kind != Kind::longest;
  int from = 0;
  int until = 0;
  if (delay == 0) {  // on the day after the decision, for as many times thirty days
    from = day_number(o.month) + below(o, person, Decision::decision_day, n_days(o.month)) + 1;
    until = from + (short_one ? rules.sanction_days : 30 * months);
    person.sanction_felt_until = o.month + months + felt_months(o);
  } else {
    from = day_number(o.month + delay);
    until = day_number(o.month + delay + months);
    if (short_one) until = std::min(from + rules.sanction_days, day_number(o.month + delay + 1));
    person.sanction_felt_until = o.month + delay + months - 1 + felt_months(o);
  }
  count(o, Tally::sanction_days, until - from);
  suspend(person, from, until, partial);
}

// A sanction that the contract cannot ground may become a withdrawal.
void other_channel(Twin& o, Person& person) {
  if (person.disposition != Disposition::required || person.student) return;
  if (rules_of(o, person).piis_coupled_to_grant == 0) return;
  if (!happens(o, person, Decision::other_channel, o.p.other_channel)) return;
  count(o, Tally::other_channel);
  leave(o, person, Entitlement::withdrawn, Exit::none,
        1 + below(o, person, Decision::exit_day, n_days(o.month)));
}

void hear(Twin& o, Person& person) {
  const Rules& rules = rules_of(o, person);
  const Contract contract = person.contracts[0];
  count(o, Tally::hearings);
  procedure_is_over(person);
  person.notice_in = o.month;                                    // one threat: notice, hearing, alternative
  if (contract.evaluation_missed || person.waiting_for_place) {  // the CPAS's own breach
    count(o, Tally::sanctions_barred);
    return;
  }
  if (!happens(o, person, Decision::sanction, p_sanction(o, person))) {
    count(o, Tally::sanctions_dropped);
    return;
  }
  if (!grounds_a_sanction(rules, contract.type)) {
    count(o, Tally::sanctions_dropped);
    other_channel(o, person);
    return;
  }
  const bool unjustified = happens(o, person, Decision::unjustified, o.p.unjustified_share);
  constexpr int mediation = 3;
  // A rule of all, or the habit of this CPAS: a third person.
  const bool seen = (rules.sanction_guard != 0 || o.office.practice.guarded_sanctions) && unjustified;
  if (seen && happens(o, person, Decision::guard, o.p.guard_halts)) {
    count(o, Tally::sanctions_dropped);
    return;
  }
  const bool settled =
      rules.sanction_guard == mediation && happens(o, person, Decision::mediation, o.p.mediation_settles);
  const Kind kind = kind_of_sanction(o, person);
  if (settled || kind == Kind::other ||
      happens(o, person, Decision::sanction_alternative, rules.sanction_alternative_share)) {
    count(o, Tally::sanctions_alternative);
  } else if (rules.sanction_sursis_allowed != 0 &&
             happens(o, person, Decision::sanction_sursis, o.p.sursis_share)) {
    count(o, Tally::sanctions_sursis);
  } else {
    sanction(o, person, kind, unjustified);
  }
}

void give_notice(Twin& o, Person& person) {
  count(o, Tally::notices);
  person.notice_in = o.month;
  if (happens(o, person, Decision::notice_settles, o.p.notice_suffices)) {
    procedure_is_over(person);
  } else {
    person.procedure = Procedure::hearing_to_hold;
    person.contracts[0].stage = ContractStage::notice_sent;
  }
}

bool breaks_contract(Twin& o, const Person& person) {
  double p = o.p.breach;
  if (under(o, person, 25)) p *= o.p.young_breach_ratio;
  if (feels_threat(o, person)) p *= o.p.effect_threat_breach;
  if (feels_sanction(o, person)) p *= o.p.effect_sanction_breach;
  if (rules_of(o, person).community_service == 3 && person.activity == Activity::community_service)
    p += o.p.community_service_breach;
  return happens(o, person, Decision::breach, p);
}

}  // namespace

void suspend(Person& person, int from, int until, bool partially) {
  person.suspended_from = from;
  person.suspended_until = until;
  person.suspended_partially = partially;
}

bool grounds_a_sanction(const Rules& rules, ContractType type) {
  if (rules.sanction_allowed == 0) return false;
  constexpr std::array by_type = {
      &Rules::sanction_grounds_general,           &Rules::sanction_grounds_employment,
      &Rules::sanction_grounds_training,          &Rules::sanction_grounds_studies,
      &Rules::sanction_grounds_social_activation, &Rules::sanction_grounds_housing};
  return rules.*by_type[static_cast<std::size_t>(type)] != 0;
}

// The first whole month after the grant of integration income.
void month_of_insured_leaver(Twin& o, Person& person) {
  const int rule = rules_of(o, person).sanction_insured_leavers;
  if (rule == 0 || !person.from_insurance || person.equivalent) return;
  const bool automatic = rule == 2;
  if (!automatic && !happens(o, person, Decision::insured_leaver, p_sanction(o, person))) return;
  count(o, Tally::sanctions_insured_leavers);
  lose_trust(person, o.p.trust_loss_sanction);
  suspend(person, day_number(o.month + 1), day_number(o.month + 2), false);
  person.sanction_felt_until = o.month + 1 + felt_months(o);
}

void procedures_are_held(Twin& o) {
  for (Person& person : o.people) {
    const bool served = person.done[static_cast<std::size_t>(Job::sanction)];
    if (!served || !on_benefit(person)) continue;
    if (person.suspended_from) continue;  // since this month's review: one matter at a time
    if (!is_in_force(person.contracts[0])) {
      person.procedure = Procedure::none;
    } else if (person.procedure == Procedure::notice_to_send) {
      give_notice(o, person);
    } else {
      hear(o, person);
    }
  }
}

void contracts_are_broken(Twin& o) {
  for (Person& person : o.people) {
    if (!person.in_care) continue;
    if (o.month.of_year() == 1) person.breaches_in_year = 0;
    const bool another_matter = person.procedure != Procedure::none || person.suspended_from;
    if (!on_benefit(person) || !is_in_force(person.contracts[0]) || another_matter) continue;
    if (!breaks_contract(o, person)) continue;
    count(o, Tally::breaches);
    if (happens(o, person, Decision::breach_excused, o.p.breach_excused)) {
      count(o, Tally::breaches_excused);
      continue;
    }
    ++person.breaches_in_year;
    if (person.breaches_in_year <= rules_of(o, person).sanction_tolerated_absences) {
      count(o, Tally::breaches_tolerated);
    } else {
      person.procedure = Procedure::notice_to_send;
    }
  }
}

}  // namespace tremplin::twin
