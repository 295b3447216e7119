#include "scenarios/case/work.hpp"

#include <algorithm>

namespace tremplin {

namespace {

// What the days from `from` on would have paid until another day.
Cents paid_between(CaseFile file, const CaseLaw& law, const Right& right, Date from, Date until) {
  const auto paid = [&](Date ends) {
    file.ends = file.ends ? std::min(*file.ends, ends) : ends;
    Cents sum{0};
    for (const CaseMonth& month : months_of(file, law, right, until.month, {})) sum += month.paid;
    return sum;
  };
  const Cents with = paid(until);
  return with - paid(from);
}

bool is_due_in(const ContractDuty& duty, Month month) {
  return duty.due && duty.since <= month && (!duty.lifted_in || month < *duty.lifted_in);
}

}  // namespace

int age_in_months(const CaseFile& file, Date on) {
  return on.month - file.born.month - (on.day < file.born.day ? 1 : 0);
}

// The job lasts as long as the right to unemployment benefit asks, unless the file or a rule says otherwise.
Article60Outcome article_60_of(const CaseFile& file, const CaseLaw& law) {
  const Article60& job = *file.article_60;
  const Rules& rules = law.rules(job.from.month);
  const int age = age_in_months(file, job.from);
  const auto last_of = [&](int months) { return date_of(day_of(months_after(job.from, months)) - 1); };
  Article60Outcome outcome;
  outcome.from = job.from;
  outcome.months = admission_months(rules, age);
  outcome.rights_from = months_after(job.from, outcome.months);
  outcome.years = age_in_months(file, outcome.rights_from) / 12;
  outcome.last = job.until.value_or(last_of(article_60_months(rules, age)));
  outcome.opens = outcome.last >= last_of(outcome.months);
  return outcome;
}

// Law of 26 May 2002, art. 3, 5° and art. 22 par. 2: the right ends on the day on which its condition is no
// longer met.
WorkRefusalOutcome work_refusal_of(const CaseFile& file, const CaseLaw& law, const Limits& limits,
                                   const Right& right, const ContractDuty& duty) {
  const WorkRefusal& refusal = *file.work_refusal;
  const Rules& rules = law.rules(refusal.decided.month);
  WorkRefusalOutcome outcome;
  outcome.from = std::max(refusal.on, right.from);
  outcome.decided = refusal.decided;
  outcome.appeal_until = months_after(refusal.decided, limits.appeal_months.value);
  if (file.exempted != Exempted::none) {
    outcome.verdict = RefusalVerdict::exempted;
  } else if (refusal.shown_by_contract && rules.piis_coupled_to_grant == 0) {
    outcome.verdict = RefusalVerdict::not_by_contract;
  } else if (refusal.refused_to_sign &&
             (rules.piis_coupled_to_disposition == 0 || !is_due_in(duty, refusal.on.month))) {
    outcome.verdict = RefusalVerdict::not_by_refusal;
  } else {
    outcome.verdict = refusal.on <= right.from ? RefusalVerdict::refused : RefusalVerdict::withdrawn;
  }
  if (!outcome.ends_right()) return outcome;
  outcome.asked_again = refusal.asked_again;
  const Date until = refusal.asked_again.value_or(Date{file.until + 1, 1});
  if (refusal.asked_again)
    outcome.decision_by = date_of(day_of(until) + law.rules(until.month).decision_deadline_days);
  outcome.costs = paid_between(file, law, right, outcome.from, std::max(until, outcome.from));
  return outcome;
}

}  // namespace tremplin
