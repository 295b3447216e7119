// ODD 7.5: what the rules ask of social workers, and serving it while their minutes last.
#include <algorithm>
#include <cmath>
#include <span>
#include <tuple>

#include "tests/verification/twin/luck.hpp"
#include "tests/verification/twin/twin.hpp"

namespace tremplin::twin {

namespace {

long minutes_of(double hours) { return std::lround(hours * 60); }

// Months between two follow-up interviews of a person.
int interview_interval(const Twin& o, const Person& person) {
  const double a_year =
      o.p.interviews * (person.disposition == Disposition::required ? 1 : o.p.exempted_interviews);
  return a_year <= 0 ? 1200 : std::max(1, static_cast<int>(std::lround(12 / a_year)));
}

void ask(Twin& o, std::size_t who, Task task, Month since, double hours) {
  o.needs.push_back({who, task, since.index, minutes_of(o.office.practice.hours_factor * hours)});
}

void inquiry_falls_due(Twin& o, std::size_t who) {
  const Person& person = o.people[who];
  if (request_day_number(person) + person.inquiry_days >= day_number(o.month + 1)) return;
  ask(o, who, Task::inquiry, *person.requested_in,
      o.p.hours_inquiry + o.p.hours_home_visit + o.p.hours_decision);
}

void procedure_falls_due(Twin& o, std::size_t who) {
  const Person& person = o.people[who];
  // One matter at a time.
  if (person.procedure == Procedure::none || person.suspended_from) return;
  if (person.procedure == Procedure::notice_to_send) {
    ask(o, who, Task::sanction, o.month, o.p.hours_notice);
  } else {
    const double guard = rules_of_new_files(o).sanction_guard != 0 ? o.p.hours_guard : 0;
    ask(o, who, Task::sanction, *person.notice_in, o.p.hours_hearing + o.p.hours_sanction + guard);
  }
}

void file_falls_due(Twin& o, std::size_t who) {
  Person& person = o.people[who];
  if (person.entitlement == Entitlement::applicant) {
    inquiry_falls_due(o, who);
    return;
  }
  // The longest wait of all: activities are followed whatever the date.
  if (follows_by_second_line(person.activity)) {
    ask(o, who, Task::activity, Month(0), o.p.hours_activity);
    const bool last_month = person.entitlement == Entitlement::employed && *person.activity_until <= o.month;
    if (last_month && rules_of(o, person).article60_exit_support != 0)
      o.needs.back().minutes += minutes_of(o.office.practice.hours_factor * o.p.hours_exit_support);
  }
  if (person.entitlement == Entitlement::employed) return;
  obligation_moves(o, person);
  contract_tasks_fall_due(o, who);
  procedure_falls_due(o, who);
  if (*person.review_in <= o.month) ask(o, who, Task::review, *person.review_in, o.p.hours_review);
  if (person.disposition != Disposition::required && *person.exemption_review_in <= o.month)
    ask(o, who, Task::exemption_review, *person.exemption_review_in, o.p.hours_exemption_review);
  if (o.month - *person.seen_in >= interview_interval(o, person))
    ask(o, who, Task::interview, *person.seen_in, o.p.hours_interview);
}

void ask_in_bulk(Twin& o, Task task, long n, double hours) {
  o.bulk.push_back({task, n, n * minutes_of(o.office.practice.hours_factor * hours)});
}

struct Workers {
  double first_line;
  double second_line;
};

Workers workers_of(const Twin& o) {
  const Rules& rules = rules_of_new_files(o);
  const auto files = static_cast<double>(o.tally[Tally::files]);
  const double years = o.world.environment.staff[o.world.environment.index(o.month)] * rules.staff_factor;
  Workers workers{o.office.first_line_fte * years, o.office.second_line_fte * years};
  if (rules.staff_second_line_share > 0) {
    const double all = workers.first_line + workers.second_line;
    workers.second_line = rules.staff_second_line_share * all;
    workers.first_line = (1 - rules.staff_second_line_share) * all;
  }
  workers.second_line += rules.piis_guidance_means * files / 1000;
  const double present = workers.first_line + workers.second_line;
  if (rules.staff_files_norm > 0 && present > 0 && files / present > rules.staff_files_norm) {
    const double raised = files / rules.staff_files_norm / present;
    workers.first_line *= raised;
    workers.second_line *= raised;
  }
  return workers;
}

std::vector<Task> order_of_first_line(QueueOrder order) {
  using enum Task;
  switch (order) {
    case QueueOrder::contracts_first:
      return {closing, contract,         inquiry,     evaluation,    minor_decision, sanction,
              review,  exemption_review, information, annual_report, interview};
    case QueueOrder::reviews_first:
      return {closing,  inquiry,    review,      exemption_review, minor_decision, sanction,
              contract, evaluation, information, annual_report,    interview};
    case QueueOrder::decisions_first:
      break;
  }
  return {closing, inquiry,          minor_decision, sanction,      contract, evaluation,
          review,  exemption_review, information,    annual_report, interview};
}

struct Service {
  long asked = 0;
  long worked = 0;
  double pace = 1;
};

long at_pace(long minutes, double pace) {
  return static_cast<long>(std::floor(static_cast<double>(minutes) * pace));
}

// Those who wait longest come first, among equals by lot; the first for whom the minutes do not suffice ends
// the task.
long serve_people(Twin& o, Task task, long minutes, double pace) {
  std::vector<Need> queue;
  for (const Need& need : o.needs) {
    if (need.task == task) queue.push_back(need);
  }
  const auto lot = [&](const Need& need) {
    const Person& person = o.people[need.who];
    return std::tuple(need.since, word(o.plan.luck, name_of(o, person), o.month, Decision::queue_lot),
                      person.id);
  };
  std::ranges::sort(queue, {}, lot);
  long worked = 0;
  long done = 0;
  for (const Need& need : queue) {
    const long needed = at_pace(need.minutes, pace);
    if (worked + needed > minutes) break;
    worked += needed;
    ++done;
    o.people[need.who].done[static_cast<std::size_t>(task)] = true;
  }
  o.tally.work(task, Workload::asked_tasks) += static_cast<long>(queue.size());
  o.tally.work(task, Workload::done_tasks) += done;
  return worked;
}

long serve_bulk(Twin& o, Task task, long minutes, double pace) {
  long worked = 0;
  for (const Bulk& bulk : o.bulk) {
    if (bulk.task != task) continue;
    const long needed = at_pace(bulk.minutes, pace);
    worked = std::min(minutes, needed);
    o.tally.work(task, Workload::asked_tasks) += bulk.n;
    o.tally.work(task, Workload::done_tasks) += needed == 0 ? bulk.n : bulk.n * worked / needed;
  }
  return worked;
}

Service serve(Twin& o, std::span<const Task> order, long minutes) {
  Service service;
  for (const Task task : order) {
    long asked = 0;
    for (const Need& need : o.needs) asked += need.task == task ? need.minutes : 0;
    for (const Bulk& bulk : o.bulk) asked += bulk.task == task ? bulk.minutes : 0;
    o.tally.work(task, Workload::asked_minutes) += asked;
    service.asked += asked;
  }
  if (service.asked > minutes) {
    service.pace =
        std::max(o.p.shortest_task, static_cast<double>(minutes) / static_cast<double>(service.asked));
  }
  for (const Task task : order) {
    long worked = serve_bulk(o, task, minutes - service.worked, service.pace);
    worked += serve_people(o, task, minutes - service.worked - worked, service.pace);
    o.tally.work(task, Workload::worked_minutes) += worked;
    service.worked += worked;
  }
  return service;
}

}  // namespace

void tasks_fall_due(Twin& o) {
  for (std::size_t who = 0; who < o.people.size(); ++who) {
    if (!o.people[who].in_care) continue;
    file_falls_due(o, who);
    if (o.people[who].entitlement != Entitlement::employed) count(o, Tally::files);
  }
  const auto files = static_cast<double>(o.tally[Tally::files]);
  ask_in_bulk(o, Task::minor_decision, std::lround(files * o.p.minor_decisions / 12),
              o.p.hours_minor_decision);
  ask_in_bulk(o, Task::closing, o.files_closed, o.p.hours_closing);
  if (rules_of_new_files(o).piis_information_document != 0)
    ask_in_bulk(o, Task::information, o.granted, o.p.hours_information);
}

void serve_tasks(Twin& o) {
  const Workers workers = workers_of(o);
  if (rules_of_new_files(o).piis_annual_report != 0 && o.month.of_year() == 1)
    o.bulk.push_back({Task::annual_report, 1, minutes_of(workers.first_line * o.p.hours_annual_report)});
  const double minutes_a_month = o.p.hours_per_fte * 60 / 12;
  const long first = std::lround(workers.first_line * minutes_a_month);
  const long second = std::lround(workers.second_line * minutes_a_month);
  count(o, Tally::staff_first_line, std::lround(workers.first_line * 100));
  count(o, Tally::staff_second_line, std::lround(workers.second_line * 100));
  count(o, Tally::minutes_available, first + second);

  const Service one = serve(o, order_of_first_line(o.office.practice.order), first);
  const Service two = serve(o, std::array{Task::contract_second_line, Task::activity}, second);
  count(o, Tally::minutes_asked, one.asked + two.asked);
  count(o, Tally::minutes_worked, one.worked + two.worked);

  const auto interviews_asked = static_cast<double>(o.tally.work(Task::interview, Workload::asked_tasks));
  const auto interviews_held = static_cast<double>(o.tally.work(Task::interview, Workload::done_tasks));
  o.guidance_share = one.pace * (interviews_asked > 0 ? interviews_held / interviews_asked : 1);
  o.second_line_share = two.asked > 0 ? static_cast<double>(two.worked) / static_cast<double>(two.asked) : 1;
}

// Readiness rises for the months that a meeting follows up: at least one, at most a year.
void meetings(Twin& o) {
  for (Person& person : o.people) {
    for (const Task meeting : {Task::interview, Task::activity}) {
      if (!person.done[static_cast<std::size_t>(meeting)]) continue;
      const int months = std::clamp(o.month - *person.seen_in, 1, 12);
      person.readiness += static_cast<float>(o.p.effect_guidance_readiness * months);
      person.seen_in = o.month;
    }
  }
}

}  // namespace tremplin::twin
