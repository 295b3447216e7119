// ODD 7.5: what the rules ask of social workers, and serving it while their minutes last.
#include <algorithm>
#include <cmath>
#include <span>
#include <tuple>

#include "tests/verification/twin/luck.hpp"
#include "tests/verification/twin/twin.hpp"

namespace tremplin::twin {

namespace {

long whole_minutes(double hours) { return std::lround(hours * 60); }

// Months between two follow-up interviews of a person.
int interview_interval(const Twin& o, const Person& person) {
  const double a_year =
      o.p.interviews * (person.disposition == Disposition::required ? 1 : o.p.exempted_interviews);
  return a_year <= 0 ? 1200 : std::max(1, static_cast<int>(std::lround(12 / a_year)));
}

struct Hours {
  Task task;
  double hours;
};

void ask(Twin& o, std::size_t who, Job job, Month since, std::initializer_list<Hours> parts) {
  Need need{who, job, since.index, {}};
  for (const Hours& part : parts) need.work.push_back({part.task, minutes_of(o, part.hours)});
  o.needs.push_back(need);
}

void inquiry_falls_due(Twin& o, std::size_t who) {
  const Person& person = o.people[who];
  if (request_day_number(person) + person.inquiry_days >= day_number(o.month + 1)) return;
  ask(o, who, Job::inquiry, *person.requested_in,
      {{Task::inquiry, o.p.hours_inquiry},
       {Task::home_visit, o.p.hours_home_visit},
       {Task::decision, o.p.hours_decision}});
}

void procedure_falls_due(Twin& o, std::size_t who) {
  const Person& person = o.people[who];
  // One matter at a time.
  if (person.procedure == Procedure::none || person.suspended_from) return;
  if (person.procedure == Procedure::notice_to_send) {
    ask(o, who, Job::sanction, o.month, {{Task::notice, o.p.hours_notice}});
    return;
  }
  ask(o, who, Job::sanction, *person.notice_in,
      {{Task::hearing, o.p.hours_hearing}, {Task::sanction_file, o.p.hours_sanction}});
  int guard = rules_of_new_files(o).sanction_guard;
  if (guard == 0 && o.office.practice.guarded_sanctions) guard = 1;
  if (guard == 1 || guard == 2) o.needs.back().work.push_back({Task::guard, minutes_of(o, o.p.hours_guard)});
  if (guard == 3) o.needs.back().work.push_back({Task::mediation, minutes_of(o, o.p.hours_mediation)});
}

void file_falls_due(Twin& o, std::size_t who) {
  Person& person = o.people[who];
  if (person.entitlement == Entitlement::applicant) {
    inquiry_falls_due(o, who);
    return;
  }
  // The longest wait of all: activities are followed whatever the date.
  if (follows_by_second_line(o, person.activity)) {
    ask(o, who, Job::activity, Month(0), {{Task::activity, o.p.hours_activity}});
    const bool last_month = person.entitlement == Entitlement::employed && *person.activity_until <= o.month;
    if (last_month && rules_of(o, person).article60_exit_support != 0)
      o.needs.back().work.push_back({Task::exit_support, minutes_of(o, o.p.hours_exit_support)});
  }
  if (person.entitlement == Entitlement::employed) return;
  obligation_moves(o, person);
  contract_tasks_fall_due(o, who);
  procedure_falls_due(o, who);
  if (*person.review_in <= o.month)
    ask(o, who, Job::review, *person.review_in,
        {{Task::review, o.p.hours_review}, {Task::home_visit, o.p.hours_home_visit}});
  if (person.disposition != Disposition::required && *person.exemption_review_in <= o.month)
    ask(o, who, Job::exemption_review, *person.exemption_review_in,
        {{Task::exemption_review, o.p.hours_exemption_review}});
  if (o.month - *person.seen_in >= interview_interval(o, person))
    ask(o, who, Job::interview, *person.seen_in, {{Task::interview, o.p.hours_interview}});
}

void ask_in_bulk(Twin& o, Job job, Task task, long n, double hours) {
  o.bulk.push_back({job, {task, minutes_of(o, hours)}, n});
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

// Posts are left and filled again, each by its own lot; who stands in gives a part of a vacant post's time.
double at_work(Twin& o, std::size_t line, double fte) {
  const double leaves = o.p.staff_turnover / 12;
  if (fte <= 0 || (leaves == 0 && o.vacant[line] == 0)) return fte;
  const long posts = std::max(1L, std::lround(fte));
  const long vacant = std::min(o.vacant[line], posts);
  long still_vacant = 0;
  for (long post = 0; post < posts; ++post) {
    const std::uint64_t who = (std::uint64_t{0xfffcU} << 48) + (static_cast<std::uint64_t>(line) << 47) +
                              (static_cast<std::uint64_t>(post) << 32) +
                              static_cast<std::uint64_t>(o.office.id);
    const auto u = [&](Decision decision) { return uniform_from(word(o.plan.luck, who, o.month, decision)); };
    const bool was_vacant = post < vacant;
    if (was_vacant && u(Decision::post_filled) >= 1 / std::max(1.0, o.p.staff_vacant_months)) ++still_vacant;
    if (!was_vacant && u(Decision::worker_leaves) < leaves) ++still_vacant;
  }
  o.vacant[line] = still_vacant;
  const double missing = static_cast<double>(still_vacant) * (1 - o.p.staff_stand_in);
  return fte * (1 - missing / static_cast<double>(posts));
}

std::vector<Job> order_of_first_line(QueueOrder order) {
  using enum Job;
  std::vector<Job> middle = {minor_decision, sanction, contract, evaluation, review, exemption_review};
  std::vector<Job> jobs = {closing, appeal, inquiry};
  if (order == QueueOrder::contracts_first) {
    jobs = {closing, appeal, contract, inquiry};
    middle = {evaluation, minor_decision, sanction, review, exemption_review};
  }
  if (order == QueueOrder::reviews_first)
    middle = {review, exemption_review, minor_decision, sanction, contract, evaluation};
  jobs.insert(jobs.end(), middle.begin(), middle.end());
  jobs.insert(jobs.end(),
              {information, missed_appointment, contact, inspected_file, annual_report, interview});
  return jobs;
}

struct Service {
  long asked = 0;
  long worked = 0;
  double pace = 1;
};

long at_pace(long minutes, double pace) {
  return static_cast<long>(std::floor(static_cast<double>(minutes) * pace));
}

long minutes_at_pace(const Need& need, double pace) {
  long minutes = 0;
  for (const Work& part : need.work) minutes += need.units * at_pace(part.minutes, pace);
  return minutes;
}

// Those who wait longest come first, among equals by lot; the first for whom the minutes do not suffice ends
// the job.
long serve_people(Twin& o, Job job, long minutes, double pace) {
  std::vector<Need> queue;
  for (const Need& need : o.needs) {
    if (need.job == job) queue.push_back(need);
  }
  const auto lot = [&](const Need& need) {
    const Person& person = o.people[need.who];
    return std::tuple(need.since, word(o.plan.luck, name_of(o, person), o.month, Decision::queue_lot),
                      person.id);
  };
  std::ranges::sort(queue, {}, lot);
  long worked = 0;
  for (const Need& need : queue) {
    const long needed = minutes_at_pace(need, pace);
    if (worked + needed > minutes) break;
    worked += needed;
    o.people[need.who].done[static_cast<std::size_t>(job)] = true;
    for (const Work& part : need.work) {
      o.tally.work(part.task, Workload::done_tasks) += need.units;
      o.tally.work(part.task, Workload::worked_minutes) += need.units * at_pace(part.minutes, pace);
    }
  }
  return worked;
}

long serve_bulk(Twin& o, Job job, long minutes, double pace) {
  long worked = 0;
  for (const Bulk& bulk : o.bulk) {
    if (bulk.job != job) continue;
    const long needed = at_pace(bulk.n * bulk.each.minutes, pace);
    worked = std::min(minutes, needed);
    o.tally.work(bulk.each.task, Workload::worked_minutes) += worked;
    o.tally.work(bulk.each.task, Workload::done_tasks) += needed == 0 ? bulk.n : bulk.n * worked / needed;
  }
  return worked;
}

// Books what is asked of a line; returns the minutes.
long book_what_is_asked(Twin& o, std::span<const Job> order) {
  const auto here = [&](Job job) { return std::ranges::find(order, job) != order.end(); };
  long asked = 0;
  const auto book = [&](const Work& part, long n) {
    o.tally.work(part.task, Workload::asked_tasks) += n;
    o.tally.work(part.task, Workload::asked_minutes) += n * part.minutes;
    asked += n * part.minutes;
  };
  for (const Need& need : o.needs) {
    for (const Work& part : need.work) {
      if (here(need.job)) book(part, need.units);
    }
  }
  for (const Bulk& bulk : o.bulk) {
    if (here(bulk.job)) book(bulk.each, bulk.n);
  }
  return asked;
}

Service serve(Twin& o, std::span<const Job> order, long minutes) {
  Service service;
  service.asked = book_what_is_asked(o, order);
  if (service.asked > minutes) {
    service.pace =
        std::max(o.p.shortest_task, static_cast<double>(minutes) / static_cast<double>(service.asked));
  }
  for (const Job job : order) {
    service.worked += serve_bulk(o, job, minutes - service.worked, service.pace);
    service.worked += serve_people(o, job, minutes - service.worked, service.pace);
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
  ask_in_bulk(o, Job::minor_decision, Task::minor_decision, std::lround(files * o.p.minor_decisions / 12),
              o.p.hours_minor_decision);
  ask_in_bulk(o, Job::contact, Task::contact, std::lround(files * o.p.contacts / 12), o.p.hours_contact);
  ask_in_bulk(o, Job::missed_appointment, Task::missed_appointment,
              std::lround(files * (o.p.interviews * o.p.missed_appointments) / 12),
              o.p.hours_missed_appointment);
  ask_in_bulk(o, Job::inspected_file, Task::inspected_file,
              std::lround(files * (rules_of_new_files(o).piis_inspection * o.p.inspected_files) / 12),
              o.p.hours_inspected_file);
  ask_in_bulk(o, Job::closing, Task::closing, o.files_closed, o.p.hours_closing);
  ask_in_bulk(o, Job::appeal, Task::appeal, o.appeals, o.p.hours_appeal);
  o.appeals = 0;
  if (rules_of_new_files(o).piis_information_document != 0)
    ask_in_bulk(o, Job::information, Task::information, o.granted, o.p.hours_information);
}

void serve_tasks(Twin& o) {
  const Workers posts = workers_of(o);
  const double first_line = at_work(o, 0, posts.first_line);
  const double second_line = at_work(o, 1, posts.second_line);
  const bool wanted = rules_of_new_files(o).piis_annual_report != 0 && o.office.practice.annual_report > 0;
  if (wanted && o.month.of_year() == 1) {
    const double hours = first_line * o.p.hours_annual_report * o.office.practice.annual_report;
    o.bulk.push_back({Job::annual_report, {Task::annual_report, whole_minutes(hours)}, 1});
  }
  const double minutes_a_month = o.p.hours_per_fte * 60 / 12;
  const long first = std::lround(first_line * minutes_a_month);
  const long second = std::lround(second_line * minutes_a_month);
  const long hundredths = std::lround(first_line * 100) + std::lround(second_line * 100);
  const long full = std::lround(posts.first_line * 100) + std::lround(posts.second_line * 100);
  count(o, Tally::staff_first_line, std::lround(first_line * 100));
  count(o, Tally::staff_second_line, std::lround(second_line * 100));
  count(o, Tally::staff_missing, full - hundredths);
  count(o, Tally::minutes_available, first + second);
  const long outside = std::lround((first_line + second_line) * o.p.hours_overhead * 60 / 12);
  o.tally.work(Task::overhead, Workload::asked_minutes) += outside;
  o.tally.work(Task::overhead, Workload::worked_minutes) += outside;

  const Service one = serve(o, order_of_first_line(o.office.practice.order), first);
  const Service two =
      serve(o, std::array{Job::contract_second_line, Job::evaluation_second_line, Job::activity}, second);
  o.pace = one.pace;
  count(o, Tally::minutes_asked, one.asked + two.asked);
  count(o, Tally::minutes_worked, one.worked + two.worked);

  const auto interviews_asked = static_cast<double>(o.tally.work(Task::interview, Workload::asked_tasks));
  const auto interviews_held = static_cast<double>(o.tally.work(Task::interview, Workload::done_tasks));
  o.guidance_share = one.pace * (interviews_asked > 0 ? interviews_held / interviews_asked : 1);
  o.second_line_share = two.asked > 0 ? static_cast<double>(two.worked) / static_cast<double>(two.asked) : 1;
}

long minutes_of(const Twin& o, double hours) { return whole_minutes(o.office.practice.hours_factor * hours); }

// With an inquiry or a review: made where there is time for all, else as often as the pace allows.
void visit_falls_due(Twin& o, const Person& person) {
  count(o, Tally::home_visits_due);
  if (o.pace >= 1 || happens(o, person, Decision::home_visit, o.pace)) count(o, Tally::home_visits_made);
}

void lose_trust(Person& person, double lost) {
  person.trust_lost = static_cast<int>(std::min(100.0, person.trust_lost + 100 * lost));
}

// Readiness rises for the months that a meeting follows up: at least one, at most a year.
void meetings(Twin& o) {
  for (Person& person : o.people) {
    for (const Job meeting : {Job::interview, Job::activity}) {
      if (!person.done[static_cast<std::size_t>(meeting)]) continue;
      const int months = std::clamp(o.month - *person.seen_in, 1, 12);
      double readiness = o.p.effect_guidance_readiness * months;
      double trust = o.p.trust_regained;
      if (has_personal_contract(person)) {
        readiness *= o.p.effect_quality_readiness;
        trust *= o.p.effect_quality_trust;
      }
      person.readiness += static_cast<float>(readiness);
      person.trust_lost = static_cast<int>(std::max(0.0, person.trust_lost - 100 * trust));
      person.seen_in = o.month;
    }
  }
}

}  // namespace tremplin::twin
