// Steps 10 and 11: the month's paid days and cents of each person, who pays them, and the stocks that
// stocks.hpp does not count.
// State's share: law of 26 May 2002, art. 32 and following; equivalent income: law of 2 April 1965.
#include <algorithm>
#include <cmath>

#include "engine/base/money.hpp"
#include "engine/law/entitlement.hpp"
#include "engine/trajectory/step.hpp"

namespace tremplin {

namespace {

struct Days {
  int paid = 0;       // in this month
  int suspended = 0;  // by a sanction, full
  int withheld = 0;   // of the paid: a partial suspension runs
  int arrears = 0;    // entitled days of earlier months, paid with a late decision
};

// A month like most: on benefit from its first day to its last, nothing earned, suspended or left out. Steps
// that such a month does not need are left out when the plain form is compiled.
bool is_plain(const Person& person, const ActivePerson& active) {
  return active.granted_on == 0 && active.leaves_on == 0 && person.suspended_from == 0 &&
         person.earnings == 0 && !person.no_summer_pay;
}

int unpaid_days(Step& s, std::size_t k, int days) {
  if (!s.active[k].may.miss_days) return 0;
  if (days == 0 || !s.happens(k, Decision::partial_month, s.p.partial_month)) return 0;
  return std::min(days, 1 + static_cast<int>(s.below(k, Decision::partial_days, 20)));
}

Days days_of(Step& s, std::size_t k, Person& person, const ActivePerson& active) {
  const bool asked_now = person.requested_in == s.now();
  const int first = active.granted_now() && asked_now ? person.request_day : 1;
  const int last = active.leaves_on != 0 ? active.leaves_on - 1 : s.n_days;
  Days days;
  days.paid = std::max(0, last - first + 1);
  if (active.granted_now() && !asked_now) {
    days.arrears = s.first_day - request_day_of(person);
  }
  days.paid -= unpaid_days(s, k, days.paid);
  if (person.no_summer_pay) {
    days.paid = 0;
    person.no_summer_pay = false;
  }
  if (person.suspended_from != 0) {
    const int from = std::max<int>(person.suspended_from, s.first_day + first - 1);
    const int until = std::min<int>(person.suspended_until, s.first_day + last);
    const int overlap = std::clamp(until - from, 0, days.paid);
    if (person.suspension_partial) {
      days.withheld = overlap;
    } else {
      days.suspended = overlap;
      days.paid -= overlap;
    }
  }
  return days;
}

// The month's full amount: category less means and earnings, after the exemptions.
Cents full_amount(Step& s, Person& person, int paid_days, Cents& exempted) {
  const Amounts& amounts = s.amounts_of(person);
  const auto category = static_cast<std::size_t>(person.category);
  const Cents earnings{person.earnings * 10L};
  if (earnings.value > 0) exempted = exempt_earnings(s, person, paid_days);
  const Cents counted = Cents{person.means * 10L} + earnings - exempted;
  return income_after_means(amounts, category, counted);
}

// The State's share of this person's integration income, in millionths: the office's, or more where
// unemployment benefit ended by its limit in time.
std::int64_t state_rate_of(const Step& s, const Person& person) {
  if (!person.benefit_ended) return s.state_rate;
  return rate_after_benefit_ended(s.amounts_of(person), s.state_rate);
}

// What the State adds to its share because of a contract, in millionths.
std::int64_t contract_subsidy(const Step& s, const Person& person, std::int64_t state_rate) {
  const Contract& contract = person.contracts[0];
  if (!in_force(contract.stage) && contract.stage != ContractStage::due) return 0;
  const ContractType type = contract.type;
  const ContractFacts facts{.in_force = in_force(contract.stage),
                            .of_studies = type == ContractType::studies,
                            .of_training = type == ContractType::training || type == ContractType::employment,
                            .student = person.student,
                            .since_signature = s.now() - contract.signed_in,
                            .since_grant = s.now() - person.granted_in};
  return contract_subsidy_of(s.rules_of(person), s.amounts_of(person), facts, state_rate);
}

void pay_integration_income(Step& s, const Person& person, Cents paid) {
  const std::int64_t rate = state_rate_of(s, person);
  const Cents state = share_of(paid, rate);
  s.tally[Tally::euro_integration_income] += paid.value;
  s.tally[Tally::euro_state_income] += state.value;
  if (rate != s.state_rate)
    s.tally[Tally::euro_state_benefit_ended] += (state - share_of(paid, s.state_rate)).value;
  Cents own = paid - state;
  if (const std::int64_t extra = contract_subsidy(s, person, rate); extra > 0) {
    const Cents subsidy = std::min(share_of(paid, extra), own);  // each is rounded: no more than there is
    s.tally[Tally::euro_state_contracts] += subsidy.value;
    if (person.contracts[0].formal && in_force(person.contracts[0].stage))
      s.tally[Tally::euro_windfall] += subsidy.value;
    own = own - subsidy;
  }
  s.tally[Tally::euro_cpas_income] += own.value;
}

void pay_equivalent(Step& s, const Person& person, Cents paid) {
  const Cents state = share_of(paid, s.amounts_of(person).reimbursed_equivalent);
  s.tally[Tally::euro_equivalent] += paid.value;
  s.tally[Tally::euro_state_equivalent] += state.value;
  s.tally[Tally::euro_cpas_income] += (paid - state).value;
}

void count_first_of_year(Step& s, const Person& person) {
  if (person.comes_for_equivalent) {
    ++s.tally[Tally::paid_equivalent_first_in_year];
    return;
  }
  ++s.tally[Tally::paid_first_in_year];
  if (person.is_under(25, s.month)) ++s.tally[Tally::paid_under_25_first_in_year];
}

void count_paid(Step& s, const Person& person) {
  s.stocks.paid(person, s.now() - person.born);
  if (person.last_paid_in < s.january) count_first_of_year(s, person);
  if (person.comes_for_equivalent) return;
  s.tally[Tally::paid_newcomers] += s.first_day - person.first_paid_day < cohort_window_days;
  if (person.activity == Activity::part_time) {
    ++s.tally[Tally::paid_working];
    if (person.exempted_earnings_from != 0) ++s.tally[Tally::paid_working_exempted];
  }
  if (person.benefit_ended) {
    ++s.tally[Tally::paid_benefit_ended];
    s.tally[Tally::euro_state_staff] += s.amounts_of(person).ended_staff.value;
  }
  s.tally[Tally::months_on_benefit] += s.now() - person.granted_in;
}

// Stocks of people on benefit at the end of the month.
void count_on_benefit(Step& s, const Person& person) {
  s.stocks.on_benefit(person);
  if (person.disposition != Disposition::required) {
    s.tally[Tally::exempted_unseen] += s.now() - person.seen_in >= 6;
    s.tally[Tally::exemption_reviews_overdue] += person.exemption_review_in <= s.now();
  }
  s.tally[Tally::reviews_overdue] += person.review_in <= s.now();
  const Contract& contract = person.contracts[0];
  const bool covered = in_force(contract.stage);
  if (covered) s.stocks.contract(contract, person.comes_for_equivalent, false);
  if (person.obliged) {
    ++s.tally[Tally::contract_obliged];
    s.tally[Tally::contract_obliged_covered] += covered;
    const bool refused = contract.stage == ContractStage::ended;  // by the person: no failure of the CPAS
    s.tally[Tally::contract_overdue] += !covered && !refused && s.now() > contract.due_by;
  }
  if (in_force(person.contracts[1].stage))
    s.stocks.contract(person.contracts[1], person.comes_for_equivalent, true);
  s.tally[Tally::trust_lost] += person.trust_lost;
  if (person.readiness != 0) {
    const double thousandths = static_cast<double>(person.readiness) * 1000;
    s.tally[Tally::readiness] += static_cast<std::int64_t>(thousandths + (thousandths < 0 ? -0.5 : 0.5));
  }
}

std::int32_t start_of_right(const Step& s, const Person& person, bool granted_now) {
  return granted_now ? request_day_of(person) : s.first_day;
}

// A full suspension shows in the status while it covers the first of the month.
void status_follows_suspension(const Step& s, Person& person) {
  const Entitlement usual =
      person.comes_for_equivalent ? Entitlement::equivalent_income : Entitlement::integration_income;
  const std::int32_t next = s.first_day + s.n_days;
  if (person.suspended_from != 0 && person.suspended_until <= next) {
    person.suspended_from = 0;
    person.suspended_until = 0;
  }
  const bool suspended =
      person.suspended_from != 0 && person.suspended_from <= next && !person.suspension_partial;
  person.entitlement = suspended ? Entitlement::suspended_by_sanction : usual;
}

// Days before this month, each at its own month's daily amount (at the rules of the month of payment).
Cents arrears_of(const Step& s, const Person& person, Cents full) {
  Cents arrears;
  for (Month month(person.requested_in); month < s.month; ++month) {
    const int n_days = days_in(month);
    const int first = month.index == person.requested_in ? person.request_day : 1;
    arrears += part_of(full, n_days - first + 1, n_days);
  }
  return arrears;
}

// What still counted for the days until the one of leaving.
void close_file(Person& person) {
  person.earnings = 0;
  person.suspended_from = 0;
  person.suspended_until = 0;
  person.contracts = {};
  person.obliged = false;
}

// What suspensions cost.
Cents less_withheld(Step& s, const Person& person, const Days& days, Cents full, Cents paid) {
  if (days.suspended > 0) {
    s.tally[Tally::suspended_days] += days.suspended;
    s.tally[Tally::euro_withheld] += part_of(full, days.suspended, s.n_days).value;
  }
  if (days.withheld == 0) return paid;
  const Cents held_back =
      share_of(part_of(full, days.withheld, s.n_days), s.amounts_of(person).withheld_partially);
  s.tally[Tally::euro_withheld] += held_back.value;
  return paid - held_back;
}

template <bool plain>
void pay(Step& s, Person& person, const Days& days) {
  const int paid_days = days.paid + days.arrears;
  s.days_paid = paid_days;
  Cents exempted{0};
  const Cents full = full_amount(s, person, paid_days, exempted);
  Cents paid = days.paid == s.n_days ? full : part_of(full, days.paid, s.n_days);
  if constexpr (!plain) {
    if (days.arrears > 0) paid += arrears_of(s, person, full);
    paid = less_withheld(s, person, days, full, paid);
    if (paid_days > 0) s.tally[Tally::euro_exempted] += exempted.value;
  }
  if (person.comes_for_equivalent) {
    pay_equivalent(s, person, paid);
  } else {
    s.tally[Tally::paid_days] += paid_days;
    pay_integration_income(s, person, paid);
  }
}

void account_for_applicant(Step& s, const Person& person) {
  ++s.tally[Tally::applicants];
  const std::int32_t requested = request_day_of(person);
  if (s.first_day + s.n_days - requested > s.rules_of(person).decision_deadline_days)
    ++s.tally[Tally::decisions_overdue];
  if (person.requested_in < s.now()) {
    ++s.tally[Tally::without_income];
    s.tally[Tally::children_without_income] += person.n_children;
  }
}

// On benefit, until the end of the month or until the day of leaving.
template <bool plain>
void account_for_benefit(Step& s, std::size_t k, Person& person, const ActivePerson& active) {
  const bool no_summer_pay = !plain && person.no_summer_pay;
  const Days days =
      plain ? Days{.paid = s.n_days - unpaid_days(s, k, s.n_days)} : days_of(s, k, person, active);
  if (days.paid + days.arrears > 0) {
    if (s.cohort.begins(person, s.now())) {
      person.first_paid_day = static_cast<DayNumber>(start_of_right(s, person, active.granted_now()));
      person.days_in_window = 0;
    }
    count_paid(s, person);
    s.cohort.add_days(person, s.first_day, days.arrears, days.paid);
    person.last_paid_in = s.now();
  }
  pay<plain>(s, person, days);
  if constexpr (!plain) {
    if (days.suspended > 0) ++s.tally[Tally::suspended];
    if (no_summer_pay) ++s.tally[Tally::suspended_otherwise];
    if (active.leaves_on != 0) {
      close_file(person);
      return;
    }
    if (days.paid + days.arrears == 0 && (days.suspended > 0 || no_summer_pay)) {
      ++s.tally[Tally::without_income];
      s.tally[Tally::children_without_income] += person.n_children;
    }
  }
  count_on_benefit(s, person);
  if constexpr (!plain) status_follows_suspension(s, person);
}

}  // namespace

// All of it in one piece, twice: the plain month, and the others.
[[gnu::flatten]] void account_for(Step& s, std::size_t k) {
  Person& person = s.person(k);
  const ActivePerson& active = s.active[k];
  if (on_benefit(person.entitlement) || active.leaves_on != 0) {
    if (is_plain(person, active)) {
      account_for_benefit<true>(s, k, person, active);
    } else {
      account_for_benefit<false>(s, k, person, active);
    }
  } else if (person.entitlement == Entitlement::applicant) {
    account_for_applicant(s, person);
  } else if (person.entitlement == Entitlement::employed) {
    s.stocks.employed(person.activity);
  }
}

std::int64_t state_rate(Step& s) {
  OfficeState& state = s.state;
  HeldRate held{.size = static_cast<int>(state.rate_size),
                .years_below = static_cast<int>(state.rate_years_below)};
  if (state.rate_size < 0) {
    held = rate_by_size(*s.rules, state.paid_last_year);
  } else if (s.of_year == 1) {
    held = next_rate(*s.rules, held, state.paid_year_before_last, state.paid_year_before_that);
  }
  state.rate_size = held.size;
  state.rate_years_below = held.years_below;
  return state_rate_of(*s.rules, held);
}

namespace {
// What the State's rate and the bands of its contract subsidy look back on.
void close_year(OfficeState& state) {
  state.paid_year_before_that = state.paid_year_before_last;
  state.paid_year_before_last = state.paid_last_year;
  state.paid_last_year = static_cast<double>(state.paid_this_year) / 12;
  state.coverage_last_year = state.aided_this_year == 0 ? 0
                                                        : static_cast<double>(state.covered_this_year) /
                                                              static_cast<double>(state.aided_this_year);
  state.paid_this_year = 0;
  state.aided_this_year = 0;
  state.covered_this_year = 0;
}
}  // namespace

void account_for_office(Step& s) {
  const Rules& rules = *s.rules;
  const std::int64_t paid = s.tally[Tally::paid];
  s.tally[Tally::euro_state_staff] +=
      std::llround(static_cast<double>(paid) * rules.staff_subsidy * 100 / 12);
  const double workers =
      static_cast<double>(s.tally[Tally::staff_first_line] + s.tally[Tally::staff_second_line]) / 100;
  s.tally[Tally::euro_cpas_staff] += std::llround(workers * rules.staff_cost * 100 / 12);

  const std::int64_t employed = s.tally[Tally::in_article_60] + s.tally[Tally::in_article_61];
  const Cents wages = part_of(cents_of(rules.article60_wage), employed, 1);
  const Cents contributions = part_of(cents_of(rules.article60_user_contribution), employed, 1);
  const Cents state = part_of(cents_of(rules.ris_family), employed, 1);
  s.tally[Tally::euro_state_article_60] += state.value;
  s.tally[Tally::euro_cpas_article_60] += (wages - contributions - state).value;

  const std::int64_t active = s.tally[Tally::in_social_activation];
  const Cents incentives = part_of(cents_of(rules.social_activation_incentive), active, 1);
  s.tally[Tally::euro_cpas_incentives] += incentives.value;
  s.tally[Tally::euro_state_social_activation] +=
      part_of(cents_of(rules.social_activation_funding), active, 12).value;

  s.state.paid_this_year += paid;
  s.state.aided_this_year += s.tally[Tally::on_integration_income] + s.tally[Tally::on_equivalent_income];
  s.state.covered_this_year += s.tally[Tally::contract_covered];
  if (s.month.of_year() == 12) close_year(s.state);
}

}  // namespace tremplin
