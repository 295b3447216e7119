// What the rules ask of social workers this month, and serving it while hours last. Times are rule-compliant
// times (facts/workload.md section 3); rationing absorbs the rest.
#include <algorithm>
#include <cmath>

#include "engine/trajectory/step.hpp"

namespace tremplin {

namespace {

std::int32_t whole_minutes(double hours) { return static_cast<std::int32_t>(std::lround(hours * 60)); }

// Months between two follow-up interviews.
int interview_interval(double a_year) {
  return a_year <= 0 ? 1200 : std::max(1, static_cast<int>(std::lround(12 / a_year)));
}

struct Interviews {
  int required;  // months between two
  int exempted;
  [[nodiscard]] int interval(const Person& person) const {
    return person.disposition == Disposition::required ? required : exempted;
  }
};

void ask(Step& s, Task task, std::size_t k, MonthIndex since, std::int32_t minutes) {
  s.agenda.ask(task, {static_cast<std::uint32_t>(k), since, minutes});
}

bool second_line_follows(Activity activity) {
  return activity == Activity::orientation || activity == Activity::guidance ||
         activity == Activity::social_activation || activity == Activity::training ||
         activity == Activity::article_60 || activity == Activity::article_61;
}

void one_file_falls_due(Step& s, std::size_t k, const Interviews& interviews) {
  Person& person = s.person(k);
  if (person.entitlement == Entitlement::applicant) {
    if (request_day_of(person) + person.inquiry_days < s.first_day + s.n_days) {
      ask(s, Task::inquiry, k, person.requested_in, s.minutes.inquiry);
    }
    return;
  }
  if (second_line_follows(person.activity)) {
    const bool ends = person.entitlement == Entitlement::employed && person.activity_until <= s.now();
    const bool supported = ends && s.rules_of(person).article60_exit_support != 0;
    ask(s, Task::activity, k, 0, s.minutes.activity + (supported ? s.minutes.exit_support : 0));
  }
  if (person.entitlement == Entitlement::employed) return;
  contract_obligation_moves(s, k);
  const bool any_contract =
      person.contracts[0].stage != ContractStage::none || person.contracts[1].stage != ContractStage::none;
  if (any_contract) contracts_fall_due(s, k);
  // One matter at a time: a procedure rests while a suspension is pending or running.
  if (person.procedure != Procedure::none && person.suspended_from == 0) compliance_falls_due(s, k);
  if (person.review_in <= s.now()) ask(s, Task::review, k, person.review_in, s.minutes.review);
  if (person.disposition != Disposition::required && person.exemption_review_in <= s.now()) {
    ask(s, Task::exemption_review, k, person.exemption_review_in, s.minutes.exemption_review);
  }
  if (s.now() - person.seen_in >= interviews.interval(person)) {
    ask(s, Task::interview, k, person.seen_in, s.minutes.interview);
  }
}

// Workers of a line in FTE: the office's own, moved by the years, the levers and a norm of files.
struct Staff {
  double first_line;
  double second_line;
};

Staff staff_of(const Step& s) {
  const double years = s.world.environment.staff[s.t] * s.rules->staff_factor;
  Staff staff{s.office.first_line_fte * years, s.office.second_line_fte * years};
  if (const double share = s.rules->staff_second_line_share; share > 0) {
    const double both = staff.first_line + staff.second_line;
    staff = {(1 - share) * both, share * both};
  }
  const auto files = static_cast<double>(s.tally[Tally::files]);
  staff.second_line += s.rules->piis_guidance_means * files / 1000;
  if (s.rules->staff_files_norm > 0) {
    const double needed = files / s.rules->staff_files_norm;
    const double present = staff.first_line + staff.second_line;
    if (present > 0 && present < needed) {
      staff.first_line *= needed / present;
      staff.second_line *= needed / present;
    }
  }
  return staff;
}

}  // namespace

// Readiness rises for the months that a meeting follows up, at most a year.
void met_by_worker(Step& s, std::size_t k) {
  Person& person = s.person(k);
  const int months = std::clamp(s.now() - person.seen_in, 1, 12);
  person.readiness += static_cast<float>(s.p.effect_guidance_readiness * months);
  person.seen_in = s.now();
}

void tasks_fall_due(Step& s) {
  const double f = s.office.practice.hours_factor;
  const double drafting = f * (s.rules->piis_electronic_file != 0 ? 1 - s.p.electronic_saving : 1);
  const double writing = f * (s.rules->evaluations_written != 0 ? 1 : 1 - s.p.unwritten_saving);
  const double guard = s.rules->sanction_guard != 0 ? s.p.hours_guard : 0;
  s.minutes = {.inquiry = whole_minutes(f * (s.p.hours_inquiry + s.p.hours_home_visit + s.p.hours_decision)),
               .review = whole_minutes(f * s.p.hours_review),
               .exemption_review = whole_minutes(f * s.p.hours_exemption_review),
               .contract = whole_minutes(drafting * (s.p.hours_contract + s.rules->piis_minimum_content)),
               .contract_template =
                   whole_minutes(drafting * (s.p.hours_contract_template + s.rules->piis_minimum_content)),
               .annex = whole_minutes(drafting * s.p.hours_annex),
               .evaluation = whole_minutes(writing * s.p.hours_evaluation),
               .evaluation_short = whole_minutes(writing * s.p.hours_evaluation_short),
               .notice = whole_minutes(f * s.p.hours_notice),
               .hearing = whole_minutes(f * (s.p.hours_hearing + s.p.hours_sanction + guard)),
               .interview = whole_minutes(f * s.p.hours_interview),
               .activity = whole_minutes(f * s.p.hours_activity),
               .exit_support = whole_minutes(f * s.p.hours_exit_support)};

  const Interviews interviews{.required = interview_interval(s.p.interviews),
                              .exempted = interview_interval(s.p.interviews * s.p.exempted_interviews)};
  std::int64_t files = 0;
  for (std::size_t k = 0; k < s.active.size(); ++k) {
    one_file_falls_due(s, k, interviews);
    if (s.person(k).entitlement != Entitlement::employed) ++files;
  }
  s.tally[Tally::files] += files;
  const double minor = static_cast<double>(files) * s.p.minor_decisions / 12;
  s.agenda.ask_in_bulk(Task::minor_decision, std::llround(minor),
                       whole_minutes(f * s.p.hours_minor_decision));
  s.agenda.ask_in_bulk(Task::closing, s.state.files_closed, whole_minutes(f * s.p.hours_closing));
  if (s.rules->piis_information_document != 0) {
    s.agenda.ask_in_bulk(Task::information, s.state.granted, whole_minutes(f * s.p.hours_information));
  }
}

void serve_tasks(Step& s) {
  const Staff staff = staff_of(s);
  if (s.rules->piis_annual_report != 0 && s.month.of_year() == 1) {
    s.agenda.ask_in_bulk(Task::annual_report, 1, whole_minutes(staff.first_line * s.p.hours_annual_report));
  }
  const double minutes_per_fte = s.p.hours_per_fte * 60 / 12;
  const std::int64_t first = std::llround(staff.first_line * minutes_per_fte);
  const std::int64_t second = std::llround(staff.second_line * minutes_per_fte);
  s.tally[Tally::staff_first_line] += std::llround(staff.first_line * 100);
  s.tally[Tally::staff_second_line] += std::llround(staff.second_line * 100);
  s.tally[Tally::minutes_available] += first + second;

  const QueueLot lot = [&s](std::uint32_t k) { return s.queue_lot(k); };
  const Agenda::Service one =
      s.agenda.serve(first_line_order(s.office.practice.order), first, s.p.shortest_task, lot, s.tally);
  const Agenda::Service two = s.agenda.serve(second_line_order(), second, s.p.shortest_task, lot, s.tally);
  s.tally[Tally::minutes_asked] += one.asked + two.asked;
  s.tally[Tally::minutes_worked] += one.worked + two.worked;

  const std::size_t asked = s.agenda.n_asked(Task::interview);
  const std::size_t held = s.agenda.served(Task::interview).size();
  s.state.guidance_share =
      one.pace * (asked > 0 ? static_cast<double>(held) / static_cast<double>(asked) : 1.0);
  s.state.second_line_share =
      two.asked > 0 ? static_cast<double>(two.worked) / static_cast<double>(two.asked) : 1.0;

  for (const TaskEntry& task : all_tasks()) {
    const auto number = static_cast<Task>(&task - all_tasks().data());
    for (const Need& need : s.agenda.served(number)) {
      s.active[need.who].served |= 1U << static_cast<unsigned>(number);
    }
  }
}

}  // namespace tremplin
