// What the rules ask of social workers this month, and serving it while hours last. Times are rule-compliant
// times (facts/workload.md section 3); rationing absorbs the rest.
#include <algorithm>
#include <cmath>

#include "engine/trajectory/habits.hpp"
#include "engine/trajectory/staff.hpp"
#include "engine/trajectory/step.hpp"

namespace tremplin {

namespace {

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

void ask(Step& s, RecipeId recipe, std::size_t k, MonthIndex since) {
  s.agenda.ask(recipe, static_cast<std::uint32_t>(k), since);
}

void one_file_falls_due(Step& s, std::size_t k, const Interviews& interviews) {
  Person& person = s.person(k);
  if (person.entitlement == Entitlement::applicant) {
    if (request_day_of(person) + person.inquiry_days < s.first_day + s.n_days) {
      ask(s, s.catalogue.inquiry, k, person.requested_in);
    }
    return;
  }
  if (second_line_follows(person.activity, s.office.practice.offer)) {
    const bool ends = person.entitlement == Entitlement::employed && person.activity_until <= s.now();
    const bool supported = ends && s.rules_of(person).article60_exit_support != 0;
    ask(s, supported ? s.catalogue.activity_and_exit : s.catalogue.activity, k, 0);
  }
  if (person.entitlement == Entitlement::employed) return;
  if (obligation_moves(s, person)) contract_obligation_moves(s, k);
  const bool any_contract =
      person.contracts[0].stage != ContractStage::none || person.contracts[1].stage != ContractStage::none;
  if (any_contract) contracts_fall_due(s, k);
  // One matter at a time: a procedure rests while a suspension is pending or running.
  if (person.procedure != Procedure::none && person.suspended_from == 0) compliance_falls_due(s, k);
  if (person.review_in <= s.now()) ask(s, s.catalogue.review, k, person.review_in);
  if (person.disposition != Disposition::required && person.exemption_review_in <= s.now()) {
    ask(s, s.catalogue.exemption_review, k, person.exemption_review_in);
  }
  if (s.now() - person.seen_in >= interviews.interval(person)) {
    ask(s, s.catalogue.interview, k, person.seen_in);
  }
}

}  // namespace

void lose_trust(Person& person, double lost) {
  person.trust_lost = static_cast<std::uint8_t>(std::min(100.0, person.trust_lost + 100 * lost));
}

// Readiness rises for the months that a meeting follows up, at most a year; trust comes back meeting by
// meeting. A personalised contract may make more, or less, of both.
void met_by_worker(Step& s, std::size_t k) {
  Person& person = s.person(k);
  const int months = std::clamp(s.now() - person.seen_in, 1, 12);
  const bool personal = has_personal_contract(person);
  const double readiness = s.p.effect_guidance_readiness * months;
  person.readiness += static_cast<float>(personal ? readiness * s.p.effect_quality_readiness : readiness);
  if (person.trust_lost != 0) {
    const double regained = s.p.trust_regained * (personal ? s.p.effect_quality_trust : 1);
    const double kept = std::max(0.0, person.trust_lost - 100 * regained);
    person.trust_lost = static_cast<std::uint8_t>(kept);
  }
  person.seen_in = s.now();
}

void tasks_fall_due(Step& s) {
  s.catalogue = catalogue_of(s.agenda, s.p, *s.rules, s.office.practice);
  const Interviews interviews{.required = interview_interval(s.p.interviews),
                              .exempted = interview_interval(s.p.interviews * s.p.exempted_interviews)};
  std::int64_t files = 0;
  constexpr std::size_t ahead = 8;
  for (std::size_t k = 0; k < s.active.size(); ++k) {
    if (k + ahead < s.active.size()) fetch(s.person(k + ahead));
    one_file_falls_due(s, k, interviews);
    if (s.person(k).entitlement != Entitlement::employed) ++files;
  }
  s.tally[Tally::files] += files;
  const auto monthly = [files](double a_year) {
    return std::llround(static_cast<double>(files) * a_year / 12);
  };
  s.agenda.ask_in_bulk(s.catalogue.minor_decision, monthly(s.p.minor_decisions));
  s.agenda.ask_in_bulk(s.catalogue.contact, monthly(s.p.contacts));
  s.agenda.ask_in_bulk(s.catalogue.missed_appointment, monthly(s.p.interviews * s.p.missed_appointments));
  s.agenda.ask_in_bulk(s.catalogue.inspected_file, monthly(s.rules->piis_inspection * s.p.inspected_files));
  s.agenda.ask_in_bulk(s.catalogue.closing, s.state.files_closed);
  s.agenda.ask_in_bulk(s.catalogue.appeal, s.state.appeals);
  if (s.rules->piis_information_document != 0) s.agenda.ask_in_bulk(s.catalogue.information, s.state.granted);
}

void serve_tasks(Step& s) {
  const Staff staff = staff_at_work(s);
  const double written = s.rules->piis_annual_report != 0 ? s.office.practice.annual_report : 0;
  if (written > 0 && s.month.of_year() == 1) {
    const std::int32_t minutes = whole_minutes(staff.first_line * s.p.hours_annual_report * written);
    s.agenda.ask_in_bulk(s.agenda.recipe(Job::annual_report, {{Task::annual_report, minutes}}), 1);
  }
  const double minutes_per_fte = s.p.hours_per_fte * 60 / 12;
  const std::int64_t first = std::llround(staff.first_line * minutes_per_fte);
  const std::int64_t second = std::llround(staff.second_line * minutes_per_fte);
  s.tally[Tally::minutes_available] += first + second;
  const std::int64_t overhead =
      std::llround((staff.first_line + staff.second_line) * s.p.hours_overhead * 60 / 12);
  s.tally.work(Task::overhead, Workload::asked_minutes) += overhead;
  s.tally.work(Task::overhead, Workload::worked_minutes) += overhead;

  const QueueLot lot = [&s](std::uint32_t k) { return s.queue_lot(k); };
  const Agenda::Service one =
      s.agenda.serve(first_line_order(s.office.practice.order), first, s.p.shortest_task, lot, s.tally);
  const Agenda::Service two = s.agenda.serve(second_line_order(), second, s.p.shortest_task, lot, s.tally);
  s.tally[Tally::minutes_asked] += one.asked + two.asked;
  s.tally[Tally::minutes_worked] += one.worked + two.worked;
  s.pace = one.pace;

  const std::size_t asked = s.agenda.n_asked(Job::interview);
  const std::size_t held = s.agenda.served(Job::interview).size();
  s.state.guidance_share =
      one.pace * (asked > 0 ? static_cast<double>(held) / static_cast<double>(asked) : 1.0);
  s.state.second_line_share =
      two.asked > 0 ? static_cast<double>(two.worked) / static_cast<double>(two.asked) : 1.0;

  for (std::size_t job = 0; job < n_jobs; ++job) {
    for (const Need& need : s.agenda.served(static_cast<Job>(job))) s.active[need.who].served |= 1U << job;
  }
}

// A visit is the first thing that goes when time is short: at a pace of three quarters, three in four are
// made.
void home_visit_falls_due(Step& s, std::size_t k) {
  ++s.tally[Tally::home_visits_due];
  if (s.pace >= 1 || s.draws(k).happens(Decision::home_visit, s.pace)) ++s.tally[Tally::home_visits_made];
}

}  // namespace tremplin
