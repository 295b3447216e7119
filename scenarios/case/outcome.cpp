#include "scenarios/case/outcome.hpp"

#include <algorithm>
#include <array>
#include <optional>

#include "engine/trajectory/step.hpp"
#include "scenarios/case/month_lines.hpp"
#include "scenarios/case/work.hpp"

namespace tremplin {

namespace {

Date birthday(Date born, int years) { return months_after(born, 12 * years); }

// Of age, or with a child of one's own (law of 26 May 2002, art. 3, 2° and art. 7).
Date start_of_right(const CaseFile& file, const Limits& limits) {
  if (file.households.front().has_minor_child) return file.request;
  return std::max(file.request, birthday(file.born, limits.majority_years.value));
}

const Household& household_on(const CaseFile& file, Date day) {
  const Household* found = &file.households.front();
  for (const Household& household : file.households)
    if (household.from <= day) found = &household;
  return *found;
}

struct DutyOnDay {
  bool due = false;
  DutyReason reason{};
};

// Studies are an equity ground that calls for a contract rather than excludes it, as in the engine.
DutyOnDay duty_on(const CaseFile& file, const CaseLaw& law, Date day) {
  const Rules& rules = law.rules(day.month);
  const Amounts amounts = amounts_of(rules, file.coverage);
  const bool exempted = file.exempted != Exempted::none && !file.student;
  const unsigned group =
      duty_group(static_cast<unsigned>(household_on(file, day).category), file.equivalent, exempted);
  const int age = age_in_months(file, day);
  const int since_paid = file.last_paid ? file.request.month - file.last_paid->month : never_paid;
  if (contract_is_due(amounts, group, age, since_paid))
    return {true, age < amounts.duty_under ? DutyReason::young : DutyReason::newcomer};
  if (rules.piis_left_to_worker != 0) return {false, DutyReason::left_to_worker};
  const bool in_scope = (amounts.duty_groups >> group & 1) != 0;
  return {false, in_scope ? DutyReason::neither : DutyReason::out_of_scope};
}

// A duty that is born in `month`; the delay runs from `from`.
ContractDuty born_duty(const CaseLaw& law, DutyReason reason, Month month, Date from) {
  return {.due = true,
          .reason = reason,
          .since = month,
          .runs_from = from,
          .due_by = months_after(from, law.rules(month).piis_delay_months),
          .lifted_in = {}};
}

// The delay runs from the request or the grant; for a duty that is born later, from the month of its birth.
// While the delay runs and nothing is signed, a contract is due no longer in a month whose rules, or whose
// household and age, would not ask for it.
ContractDuty duty_of(const CaseFile& file, const CaseLaw& law, Date decision) {
  const auto at_grant = duty_on(file, law, decision);
  const Date from = law.rules(decision.month).piis_delay_from_grant != 0 ? decision : file.request;
  ContractDuty duty = born_duty(law, at_grant.reason, decision.month, from);
  duty.due = at_grant.due;
  for (Month month = decision.month + 1; month <= file.until; ++month) {
    const Date first{month, 1};
    const auto now = duty_on(file, law, first);
    if (now.due && !duty.due) duty = born_duty(law, now.reason, month, first);
    const bool is_open = first <= duty.due_by && (!file.contract || first <= file.contract->on);
    if (!now.due && duty.due && is_open) {
      duty.due = false;
      duty.reason = now.reason;
      duty.lifted_in = month;
    }
  }
  return duty;
}

bool has_ended(const CaseFile& file, Date day) { return file.ends && day >= *file.ends; }

// From the signature, as often as the rules of the month ask; face to face ones are spread over the year.
std::vector<Evaluation> evaluations_of(const CaseFile& file, const CaseLaw& law) {
  std::vector<Evaluation> evaluations;
  if (!file.contract) return evaluations;
  Date on = file.contract->on;
  int months = 0;  // since the signature
  for (int held = 0;;) {
    const Rules& rules = law.rules(on.month);
    if (rules.evaluations_per_year == 0) return evaluations;
    months += amounts_of(rules, file.coverage).evaluation_interval;
    on = months_after(file.contract->on, months);
    if (on.month > file.until || has_ended(file, on)) return evaluations;
    const int per_year = law.rules(on.month).evaluations_per_year;
    const int face_to_face = law.rules(on.month).evaluations_face_to_face;
    if (per_year == 0) return evaluations;
    evaluations.push_back({on, (held * face_to_face) % per_year < face_to_face});
    held = (held + 1) % per_year;
  }
}

Verdict verdict_on(const CaseFile& file, const Breach& breach, const Rules& rules, int in_year) {
  if (!file.contract || breach.on < file.contract->on || has_ended(file, breach.on))
    return Verdict::no_contract;
  if (breach.excused) return Verdict::excused;
  if (in_year <= rules.sanction_tolerated_absences) return Verdict::tolerated;
  if (rules.sanction_allowed == 0) return Verdict::no_sanctions;
  return can_ground_sanction(rules, file.contract->type) ? Verdict::can_be_suspended : Verdict::no_ground;
}

// Breaches of both kinds in their order: which suspensions they can bring, and which were decided.
class Breaches {
 public:
  Breaches(const CaseFile& file, const CaseLaw& law, const Limits& limits, const Right& right)
      : file_(file), law_(law), limits_(limits), right_(right) {}

  BreachOutcome judge(const Breach& breach) {
    const Rules& rules = law_.rules(breach.decided.month);
    BreachOutcome outcome;
    outcome.on = breach.on;
    outcome.decided = breach.decided;
    outcome.undeclared = breach.undeclared;
    outcome.fraud = breach.fraud;
    outcome.appeal_until = months_after(breach.decided, limits_.appeal_months.value);
    const std::optional<Month>& last = last_sanction_[breach.undeclared ? 1 : 0];
    const int window =
        breach.undeclared ? rules.undeclared_repetition_months : rules.sanction_repetition_months;
    outcome.repeated = last && breach.decided.month - *last <= window;
    outcome.longest = longest(breach, rules, outcome.repeated);
    outcome.verdict = breach.undeclared ? verdict_on_undeclared(breach, outcome.longest)
                                        : verdict_on(file_, breach, rules, count_in_year(breach));
    if (outcome.verdict != Verdict::can_be_suspended) {
      outcome.repeated = false;
      outcome.longest = 0;
      return outcome;
    }
    if (!breach.undeclared) {
      outcome.guard = guard_of(rules);
      outcome.first_days = outcome.repeated ? 0 : rules.sanction_days;
    }
    outcome.at_most = span(breach, rules, outcome.longest);
    outcome.costs_at_most = cost_of(outcome.at_most);
    decide(breach, rules, outcome);
    return outcome;
  }

  [[nodiscard]] const std::vector<Suspension>& suspensions() const { return suspensions_; }

 private:
  static int longest(const Breach& breach, const Rules& rules, bool repeated) {
    if (breach.undeclared) return longest_for_undeclared(rules, breach.fraud, repeated);
    return repeated ? rules.sanction_max_months_repeated : rules.sanction_max_months;
  }

  // Law of 26 May 2002, art. 30 par. 1.
  [[nodiscard]] Verdict verdict_on_undeclared(const Breach& omission, int longest) const {
    if (omission.on < right_.from || has_ended(file_, omission.on)) return Verdict::no_right;
    if (omission.decided > months_after(omission.on, limits_.undeclared_months.value))
      return Verdict::too_late;
    return longest == 0 ? Verdict::no_sanctions : Verdict::can_be_suspended;
  }

  // Unexcused breaches of the calendar year, this one included.
  int count_in_year(const Breach& breach) {
    if (breach.on.month.year() != year_) n_in_year_ = 0;
    year_ = breach.on.month.year();
    return n_in_year_ += breach.excused ? 0 : 1;
  }

  // What a full suspension of these days alone takes.
  [[nodiscard]] Cents cost_of(DaySpan days) const {
    const std::array alone = {Suspension{.days = days}};
    Cents sum{0};
    for (const CaseMonth& month : months_of(file_, law_, right_, file_.until + months_of_sanctions, alone))
      sum += month.lost;
    return sum;
  }

  static DaySpan span(const Breach& breach, const Rules& rules, int months) {
    const int delay =
        breach.undeclared ? rules.undeclared_start_delay_months : rules.sanction_start_delay_months;
    return suspension_of(delay, breach.decided.month, day_of(breach.decided), {.months = months});
  }

  void decide(const Breach& breach, const Rules& rules, BreachOutcome& outcome) {
    outcome.months = std::min(breach.suspended_months, outcome.longest);
    outcome.shortened = breach.suspended_months > outcome.longest;
    outcome.partial = breach.partial;
    outcome.execution_suspended = breach.execution_suspended && rules.sanction_sursis_allowed != 0;
    if (outcome.months == 0) return;
    outcome.days = span(breach, rules, outcome.months);
    if (outcome.execution_suspended) return;
    suspensions_.push_back({outcome.days, outcome.partial});
    last_sanction_[breach.undeclared ? 1 : 0] = breach.decided.month;
  }

  const CaseFile& file_;
  const CaseLaw& law_;
  const Limits& limits_;
  const Right& right_;
  std::vector<Suspension> suspensions_;
  std::array<std::optional<Month>, 2> last_sanction_;  // carried out: for a breach, for means not declared
  int year_ = 0;
  int n_in_year_ = 0;
};

// State, subsidy and CPAS, each rounded, together what is paid (law of 26 May 2002, art. 32).
// One that is never signed is prepared until it is due, or no longer asked for.
bool is_prepared(const ContractDuty& duty, Month month) {
  if (month < duty.since || month > duty.due_by.month) return false;
  return duty.due || (duty.lifted_in && month < *duty.lifted_in);
}

void share_out(const CaseFile& file, const CaseLaw& law, const CaseOutcome& outcome, CaseMonth& month) {
  const Rules& rules = law.rules(month.month);
  const Amounts amounts = amounts_of(rules, file.coverage);
  if (file.equivalent) {
    month.state_rate = amounts.reimbursed_equivalent;
  } else if (file.people_paid) {
    month.state_rate = state_rate_of(law.rules_of_new_files(month.month), *file.people_paid);
    if (file.benefit_ended) month.state_rate = rate_after_benefit_ended(amounts, month.state_rate);
    const bool in_force = file.contract && file.contract->on.month <= month.month;
    const bool prepared = file.contract || is_prepared(outcome.duty, month.month);
    const ContractType type = file.contract ? file.contract->type : ContractType::general;
    const ContractFacts facts{
        .in_force = in_force,
        .of_studies = type == ContractType::studies,
        .of_training = type == ContractType::training || type == ContractType::employment,
        .student = file.student,
        .since_signature = in_force ? month.month - file.contract->on.month : 0,
        .since_grant = month.month - outcome.decision.month};
    if (in_force || prepared)
      month.subsidy_rate = contract_subsidy_of(rules, amounts, facts, month.state_rate);
  }
  month.state = share_of(month.paid, month.state_rate);
  month.subsidy = std::min(share_of(month.paid, month.subsidy_rate), month.paid - month.state);
  month.cpas = month.paid - month.state - month.subsidy;
}

// Rules that this file keeps although new files have others, each in the first month told.
std::vector<Transition> transitions_of(const CaseFile& file, const CaseLaw& law) {
  std::vector<Transition> transitions;
  for (Month month = file.request.month; month <= file.until; ++month) {
    const Rules& own = law.rules(month);
    const Rules& of_new = law.rules_of_new_files(month);
    if (own == of_new) continue;
    for (const Lever& lever : all_levers()) {
      const bool told = std::ranges::find(transitions, &lever, &Transition::lever) != transitions.end();
      if (!told && lever.get(own) != lever.get(of_new))
        transitions.push_back({&lever, month, lever.get(own), lever.get(of_new)});
    }
  }
  return transitions;
}

}  // namespace

CaseOutcome outcome_of(const CaseFile& described, const CaseLaw& law, const Limits& limits) {
  CaseFile file = described;
  CaseOutcome outcome;
  outcome.right_from = start_of_right(file, limits);
  outcome.decision_by = date_of(day_of(file.request) + law.rules(file.request.month).decision_deadline_days);
  outcome.decision = file.decision_stated ? file.decision : outcome.decision_by;
  outcome.payment_by = date_of(day_of(outcome.decision) + limits.payment_days.value);
  outcome.appeal_until = months_after(outcome.decision, limits.appeal_months.value);
  Right right{.from = outcome.right_from, .decided = outcome.decision, .work = {}};
  if (file.article_60) {
    outcome.article_60 = article_60_of(file, law);
    right.work = DaySpan{day_of(outcome.article_60->from), day_of(outcome.article_60->last) + 1};
  }
  if (file.work_refusal) {
    outcome.work_refusal = work_refusal_of(file, law, limits, right, duty_of(file, law, outcome.decision));
    const Date from = outcome.work_refusal->from;
    if (outcome.work_refusal->ends_right()) file.ends = std::min(file.ends.value_or(from), from);
  }
  outcome.duty = duty_of(file, law, outcome.decision);
  if (outcome.work_refusal && outcome.work_refusal->verdict == RefusalVerdict::refused)
    outcome.duty = {.due = false,
                    .reason = DutyReason::refused,
                    .since = outcome.decision.month,
                    .runs_from = {},
                    .due_by = {},
                    .lifted_in = {}};
  outcome.evaluations = evaluations_of(file, law);

  Breaches breaches(file, law, limits, right);
  for (const Breach& breach : file.breaches) outcome.breaches.push_back(breaches.judge(breach));
  outcome.months = months_of(file, law, right, file.until, breaches.suspensions());
  for (CaseMonth& month : outcome.months) share_out(file, law, outcome, month);
  outcome.transitions = transitions_of(file, law);
  return outcome;
}

}  // namespace tremplin
