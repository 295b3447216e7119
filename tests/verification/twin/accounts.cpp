// ODD 7.9: days and cents of the month, and who pays them.
#include <algorithm>
#include <cmath>

#include "engine/base/portable_math.hpp"
#include "tests/verification/twin/twin.hpp"

namespace tremplin::twin {

namespace {

// To the nearest cent, and a share to the nearest millionth; halves away from zero.
long cents(double euro) { return static_cast<long>(std::floor(euro * 100 + 0.5)); }
long millionths(double share) { return static_cast<long>(std::floor(share * 1e6 + 0.5)); }
long part(long amount, long numerator, long denominator) {
  const long twice = 2 * amount * numerator;
  return twice >= 0 ? (twice + denominator) / (2 * denominator)
                    : -((-twice + denominator) / (2 * denominator));
}
long share(long amount, long of_a_million) { return part(amount, of_a_million, 1'000'000); }

struct Days {
  int paid = 0;
  int suspended = 0;  // not paid
  int withheld = 0;   // paid in part
  int arrears = 0;    // of the months before the decision
};

Days days_of(Twin& o, Person& person) {
  const bool asked_earlier = *person.requested_in < o.month;
  const int first = person.granted_now && !asked_earlier ? person.request_day : 1;
  const int last = person.leaves_on ? *person.leaves_on - 1 : n_days(o.month);
  Days days;
  days.paid = std::max(0, last - first + 1);
  if (person.granted_now && asked_earlier) days.arrears = day_number(o.month) - request_day_number(person);
  if (days.paid > 0 && happens(o, person, Decision::partial_month, o.p.partial_month))
    days.paid -= std::min(days.paid, 1 + below(o, person, Decision::partial_days, 20));
  if (person.unpaid_august) days.paid = 0;
  if (person.suspended_from) {
    const int from = std::max(*person.suspended_from, day_number(o.month, first));
    const int until = std::min(person.suspended_until, day_number(o.month, last + 1));
    const int touched = std::clamp(until - from, 0, days.paid);
    (person.suspended_partially ? days.withheld : days.suspended) = touched;
    if (!person.suspended_partially) days.paid -= touched;
  }
  return days;
}

struct Amount {
  long full = 0;           // cents for a whole month
  bool exemption = false;  // of earnings runs
  long exempted = 0;       // earnings left out of account
};

Amount amount_of(const Twin& o, const Person& person) {
  const Rules& rules = rules_of(o, person);
  double income = rules.ris_single;
  double exempt_income = rules.exempt_income_single;
  if (person.category == Category::cohabitant) {
    income = rules.ris_cohabitant;
    exempt_income = rules.exempt_income_cohabitant;
  } else if (person.category == Category::family) {
    income = rules.ris_family;
    exempt_income = rules.exempt_income_family;
  }
  Amount amount;
  const long earned = 10L * person.earnings;
  amount.exemption = earned > 0 && person.earnings_exempt_from && exemption_left(o, person);
  const bool in_shortage_job = person.activity_until && o.month <= *person.activity_until;
  const double most =
      in_shortage_job ? std::max(rules.spi_amount, rules.spi_shortage_amount) : rules.spi_amount;
  if (amount.exemption) amount.exempted = std::min(earned, cents(most));
  const long counted = 10L * person.means + earned - amount.exempted;
  const bool below = counted < cents(income);
  amount.full = below ? cents(income) - std::max(0L, counted - cents(exempt_income / 12)) : 0;
  return amount;
}

// Each earlier month at its own daily amount.
long arrears_of(const Twin& o, const Person& person, long full) {
  long sum = 0;
  for (Month month = *person.requested_in; month < o.month; ++month) {
    const int first = month == *person.requested_in ? person.request_day : 1;
    sum += part(full, n_days(month) - first + 1, n_days(month));
  }
  return sum;
}

int size_for_rate(const Rules& rules, double people) {
  if (people >= rules.reimbursement_large_from) return 2;
  return people >= rules.reimbursement_medium_from ? 1 : 0;
}

long rate_of_size(const Rules& rules, int size) {
  return millionths(std::array{rules.reimbursement_small, rules.reimbursement_medium,
                               rules.reimbursement_large}[static_cast<std::size_t>(size)]);
}

long state_rate(const Twin& o) {
  const Rules& rules = rules_of_new_files(o);
  return std::max(
      0L, rate_of_size(rules, *o.rate_size) - o.rate_years_below * millionths(rules.reimbursement_loss));
}

// For who came when unemployment benefit ended: by the rules of the file, at least a share, or more than
// others.
long state_rate_of(const Twin& o, const Person& person) {
  const Rules& rules = rules_of(o, person);
  const long usual = state_rate(o);
  if (!person.benefit_ended) return usual;
  if (rules.reimbursement_ended_kind == 1)
    return std::max(usual, millionths(rules.reimbursement_ended_share));
  if (rules.reimbursement_ended_kind == 2)
    return std::min(1'000'000L, usual + millionths(rules.reimbursement_ended_added));
  return usual;
}

// What the State adds because of a contract, in millionths.
long subsidy_rate(const Twin& o, const Person& person) {
  const Rules& rules = rules_of(o, person);
  const Contract& contract = person.contracts[0];
  const long rest = 1'000'000 - state_rate_of(o, person);
  const double added = added_by_band(rules, o.coverage_last_year);
  const auto with_band = [&](double subsidy) { return millionths(std::max(0.0, subsidy + added)); };
  const int since_grant = o.month - *person.granted_in;
  const bool from_grant = rules.subsidy_from_grant != 0;
  const bool in_months_from_grant = since_grant >= 1 && since_grant <= rules.subsidy_months;
  long extra = 0;
  if (!is_in_force(contract)) {
    const bool prepared = from_grant && contract.stage == ContractStage::due && !person.student;
    if (prepared && in_months_from_grant) extra = with_band(rules.subsidy_general);
    return std::min(extra, rest);
  }
  const int since_signature = o.month - *contract.signed_in;
  if (contract.type == ContractType::studies) {
    extra = with_band(rules.subsidy_students);
  } else if (from_grant ? in_months_from_grant : since_signature < rules.subsidy_months) {
    extra = with_band(rules.subsidy_general);
  }
  const bool for_work = contract.type == ContractType::training || contract.type == ContractType::employment;
  if (for_work && since_signature < rules.subsidy_training_months)
    extra = std::max(extra, millionths(rules.subsidy_training_floor) - state_rate_of(o, person));
  return std::clamp(extra, 0L, rest);
}

void book(Twin& o, const Person& person, long paid) {
  if (person.equivalent) {
    const long state = share(paid, millionths(rules_of(o, person).reimbursement_equivalent));
    count(o, Tally::euro_equivalent, paid);
    count(o, Tally::euro_state_equivalent, state);
    count(o, Tally::euro_cpas_income, paid - state);
    return;
  }
  const long state = share(paid, state_rate_of(o, person));
  const long subsidy = std::min(share(paid, subsidy_rate(o, person)), paid - state);
  const bool formal = is_in_force(person.contracts[0]) && person.contracts[0].formal;
  count(o, Tally::euro_integration_income, paid);
  count(o, Tally::euro_state_income, state);
  count(o, Tally::euro_state_benefit_ended, state - share(paid, state_rate(o)));
  count(o, Tally::euro_state_contracts, subsidy);
  if (formal) count(o, Tally::euro_windfall, subsidy);
  count(o, Tally::euro_cpas_income, paid - state - subsidy);
}

void pay(Twin& o, Person& person, const Days& days) {
  const Amount amount = amount_of(o, person);
  if (amount.exemption) {
    const int all = days.paid + days.arrears;
    const bool only_worked = rules_of(o, person).spi_counting == 1;
    person.earnings_exempt_days +=
        only_worked ? static_cast<int>(std::lround(all * o.p.part_time_days)) : all;
  }
  const int month = n_days(o.month);
  const long held_back =
      share(part(amount.full, days.withheld, month), millionths(rules_of(o, person).sanction_partial_share));
  const long arrears = days.arrears > 0 ? arrears_of(o, person, amount.full) : 0;
  count(o, Tally::euro_withheld, part(amount.full, days.suspended, month) + held_back);
  if (days.paid + days.arrears > 0) count(o, Tally::euro_exempted, amount.exempted);
  count(o, Tally::suspended_days, days.suspended);
  if (!person.equivalent) count(o, Tally::paid_days, days.paid + days.arrears);
  book(o, person, part(amount.full, days.paid, month) + arrears - held_back);
}

void applicant_waits(Twin& o, const Person& person) {
  count(o, Tally::applicants);
  const int waited = day_number(o.month + 1) - request_day_number(person);
  if (waited > rules_of(o, person).decision_deadline_days) count(o, Tally::decisions_overdue);
  if (*person.requested_in < o.month) count_without_income(o, person);
}

// A full suspension shows in the status while it covers the first of the next month.
void status_follows_suspension(Twin& o, Person& person) {
  const int next = day_number(o.month + 1);
  if (person.suspended_from && person.suspended_until <= next) person.suspended_from.reset();
  person.entitlement = person.equivalent ? Entitlement::equivalent_income : Entitlement::integration_income;
  if (person.suspended_from && *person.suspended_from <= next && !person.suspended_partially)
    person.entitlement = Entitlement::suspended_by_sanction;
}

// Paid days of the 730 from the first; those of a month are its first days.
int within_window(const Twin& o, const Person& person, const Days& days) {
  const int end = *person.first_paid_day + 730;
  const int month = day_number(o.month);
  return std::clamp(end - month, 0, days.paid) + std::clamp(end - (month - days.arrears), 0, days.arrears);
}

void account_of_beneficiary(Twin& o, Person& person) {
  const bool august = person.unpaid_august;
  const Days days = days_of(o, person);
  person.unpaid_august = false;
  const bool is_paid = days.paid + days.arrears > 0;
  if (is_paid) {
    // The register begins two years before the first month counted, and does not know who was paid earlier.
    const bool unknown = o.month >= o.plan.cohort_from && person.last_paid_in &&
                         *person.last_paid_in < o.plan.cohort_from - 24;
    if (!person.first_paid_day || unknown) {
      person.first_paid_day = person.granted_now ? request_day_number(person) : day_number(o.month);
      person.days_in_window = 0;
    }
    count_who_is_paid(o, person);
    person.days_in_window += within_window(o, person, days);
    person.last_paid_in = o.month;
  }
  pay(o, person, days);
  if (days.suspended > 0) count(o, Tally::suspended);
  if (august) count(o, Tally::suspended_otherwise);
  if (person.leaves_on) return;
  if (!is_paid && (days.suspended > 0 || august)) count_without_income(o, person);
  count_who_stays(o, person);
  status_follows_suspension(o, person);
}

}  // namespace

bool exemption_left(const Twin& o, const Person& person) {
  const Rules& rules = rules_of(o, person);
  return person.earnings_exempt_days < rules.spi_days &&
         day_number(o.month) - *person.earnings_exempt_from < rules.spi_window_months * 30.44;
}

double added_by_band(const Rules& rules, double coverage) {
  if (coverage < rules.subsidy_band_from_2) return rules.subsidy_band_added_1;
  if (coverage < rules.subsidy_band_from_3) return rules.subsidy_band_added_2;
  if (coverage < rules.subsidy_band_from_4) return rules.subsidy_band_added_3;
  if (coverage < rules.subsidy_band_from_5) return rules.subsidy_band_added_4;
  return rules.subsidy_band_added_5;
}

double pull_of_next_band(const Twin& o) {
  const Rules& rules = rules_of_new_files(o);
  const double coverage = o.coverage_last_year;
  for (const double edge : {rules.subsidy_band_from_2, rules.subsidy_band_from_3, rules.subsidy_band_from_4,
                            rules.subsidy_band_from_5}) {
    if (coverage >= edge) continue;
    const double gain = added_by_band(rules, edge) - added_by_band(rules, coverage);
    const bool near = edge - coverage <= o.p.band_reach;
    return near && gain > 0 ? portable::exp(o.p.band_response * gain) : 1;
  }
  return 1;
}

// Who passes a threshold must have grown; who is below one loses a point a year until the rate of the size.
void rate_of_the_state_moves(Twin& o) {
  const Rules& rules = rules_of_new_files(o);
  if (!o.rate_size) {
    o.rate_size = size_for_rate(rules, o.paid_in_years[0]);
    return;
  }
  if (o.month.of_year() != 1) return;
  const auto [last, before_last, before_that] = o.paid_in_years;
  const int size = size_for_rate(rules, before_last);
  if (size >= *o.rate_size) {
    if (before_last < before_that * (1 + rules.reimbursement_growth)) return;
    o.rate_size = size;
    o.rate_years_below = 0;
    return;
  }
  ++o.rate_years_below;
  if (state_rate(o) > rate_of_size(rules, size)) return;
  o.rate_size = size;
  o.rate_years_below = 0;
}

void accounts_of_people(Twin& o) {
  for (Person& person : o.people) {
    if (!person.in_care) continue;
    if (person.entitlement == Entitlement::applicant) {
      applicant_waits(o, person);
    } else if (person.entitlement == Entitlement::employed) {
      count_activity(o, person.activity);
    } else if (person.entitlement != Entitlement::refused) {
      account_of_beneficiary(o, person);
    }
  }
}

void accounts_of_office(Twin& o) {
  const Rules& rules = rules_of_new_files(o);
  const long paid = o.tally[Tally::paid];
  const double workers =
      static_cast<double>(o.tally[Tally::staff_first_line] + o.tally[Tally::staff_second_line]) / 100;
  count(o, Tally::euro_state_staff, std::lround(static_cast<double>(paid) * rules.staff_subsidy * 100 / 12));
  count(o, Tally::euro_cpas_staff, std::lround(workers * rules.staff_cost * 100 / 12));

  const long employed = o.tally[Tally::in_article_60] + o.tally[Tally::in_article_61];
  const long state = employed * cents(rules.ris_family);
  const long own = employed * (cents(rules.article60_wage) - cents(rules.article60_user_contribution));
  count(o, Tally::euro_state_article_60, state);
  count(o, Tally::euro_cpas_article_60, own - state);

  const long active = o.tally[Tally::in_social_activation];
  count(o, Tally::euro_cpas_incentives, active * cents(rules.social_activation_incentive));
  count(o, Tally::euro_state_social_activation, part(cents(rules.social_activation_funding), active, 12));

  o.paid_this_year += paid;
  o.aided_this_year += o.tally[Tally::on_integration_income] + o.tally[Tally::on_equivalent_income];
  o.covered_this_year += o.tally[Tally::contract_covered];
  if (o.month.of_year() == 12) {
    const auto covered = static_cast<double>(o.covered_this_year);
    const auto aided = static_cast<double>(o.aided_this_year);
    o.coverage_last_year = aided == 0 ? 0 : covered / aided;
    o.covered_this_year = o.aided_this_year = 0;
    o.paid_in_years = {static_cast<double>(o.paid_this_year) / 12, o.paid_in_years[0], o.paid_in_years[1]};
    o.paid_this_year = 0;
  }
}

}  // namespace tremplin::twin
