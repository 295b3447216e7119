// ODD 7.7: breach, notice, hearing, sanction.
#include <algorithm>

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

void procedure_is_over(Person& person) {
  person.procedure = Procedure::none;
  if (person.contracts[0].stage == ContractStage::notice_sent)
    person.contracts[0].stage = ContractStage::in_force;
}

void sanction(Twin& o, Person& person, Kind kind) {
  const Rules& rules = rules_of(o, person);
  const bool repeated =
      person.sanctioned_in && o.month <= *person.sanctioned_in + rules.sanction_repetition_months;
  const int most = repeated ? rules.sanction_max_months_repeated : rules.sanction_max_months;
  const int months = kind == Kind::longest ? most : std::min(1, most);
  if (months == 0) {
    count(o, Tally::sanctions_dropped);
    return;
  }
  count(o, kind == Kind::partial ? Tally::sanctions_partial : Tally::sanctions_full);
  if (repeated) count(o, Tally::sanctions_repeated);
  count(o, Tally::sanction_months, months);
  person.sanctioned_in = o.month;
  lose_trust(person, o.p.trust_loss_sanction);

  const int delay = rules.sanction_start_delay_months;
  if (delay == 0) {  // on the day after the decision, for as many times thirty days
    const int from = day_number(o.month) + below(o, person, Decision::decision_day, n_days(o.month)) + 1;
    suspend(person, from, from + 30 * months, kind == Kind::partial);
    person.sanction_felt_until = o.month + months + 3;
  } else {
    suspend(person, day_number(o.month + delay), day_number(o.month + delay + months), kind == Kind::partial);
    person.sanction_felt_until = o.month + delay + months - 1 + 3;
  }
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
  const bool grounded = grounds_a_sanction(rules, contract.type);
  const bool sanctioned = happens(o, person, Decision::sanction, p_sanction(o, person));
  if (!grounded || contract.evaluation_missed) {
    count(o, contract.evaluation_missed ? Tally::sanctions_barred : Tally::sanctions_dropped);
    if (sanctioned) other_channel(o, person);
    return;
  }
  const bool halted =
      sanctioned && rules.sanction_guard != 0 && happens(o, person, Decision::guard, o.p.guard_halts);
  if (!sanctioned || halted) {
    count(o, Tally::sanctions_dropped);
    return;
  }
  const Kind kind = kind_of_sanction(o, person);
  if (kind == Kind::other ||
      happens(o, person, Decision::sanction_alternative, rules.sanction_alternative_share)) {
    count(o, Tally::sanctions_alternative);
  } else if (rules.sanction_sursis_allowed != 0 &&
             happens(o, person, Decision::sanction_sursis, o.p.sursis_share)) {
    count(o, Tally::sanctions_sursis);
  } else {
    sanction(o, person, kind);
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
  person.sanction_felt_until = o.month + 1 + 3;
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
