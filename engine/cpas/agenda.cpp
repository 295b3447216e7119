#include "engine/cpas/agenda.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace tremplin {

void Agenda::clear() {
  n_recipes_ = 0;
  for (auto& list : asked_) list.clear();
  n_served_.fill(0);
  first_.fill(no_recipe);
}

RecipeId Agenda::recipe(Job job, std::initializer_list<Part> parts) {
  if (n_recipes_ == max_recipes || parts.size() > max_parts) throw std::length_error("agenda: recipes");
  Recipe& made = recipes_[n_recipes_];
  made = Recipe{.job = job, .n_parts = static_cast<std::uint8_t>(parts.size())};
  std::ranges::copy(parts, made.parts.begin());
  for (const Part& part : parts) made.minutes += part.minutes;
  const auto id = static_cast<RecipeId>(n_recipes_++);
  if (first_[index(job)] == no_recipe) {
    first_[index(job)] = id;
  } else {
    recipes_[last_[index(job)]].next = id;
  }
  last_[index(job)] = id;
  return id;
}

void Agenda::ask_in_bulk(RecipeId recipe, std::int64_t n) { recipes_[recipe].units_in_bulk += n; }

namespace {
// Rounded down, so that what fits at the exact pace fits in whole minutes.
std::int64_t at_pace(std::int64_t minutes, double pace) {
  return static_cast<std::int64_t>(static_cast<double>(minutes) * pace);
}
}  // namespace

Agenda::Service Agenda::serve(std::span<const Job> order, std::int64_t minutes, double shortest,
                              const QueueLot& lot, OfficeMonth& month) {
  Service service;
  for (const Job job : order) {
    each_of(job, [&](const Recipe& recipe) {
      const std::int64_t units = recipe.units + recipe.units_in_bulk;
      for (const Part& part : recipe.all()) {
        month.work(part.task, Workload::asked_minutes) += units * part.minutes;
        month.work(part.task, Workload::asked_tasks) += units;
      }
      service.asked += units * recipe.minutes;
    });
  }
  if (service.asked > minutes) {
    service.pace = std::max(shortest, static_cast<double>(minutes) / static_cast<double>(service.asked));
  }
  for (const Job job : order) {
    each_of(job, [&](Recipe& recipe) {
      recipe.paced = 0;
      for (const Part& part : recipe.all())
        recipe.paced += static_cast<std::int32_t>(at_pace(part.minutes, service.pace));
      if (recipe.units_in_bulk != 0)
        service.worked += serve_bulk(recipe, minutes - service.worked, service.pace, month);
    });
    service.worked += serve_people(job, minutes - service.worked, service.pace, lot, month);
  }
  return service;
}

// Of many small things together the pace is kept to the minute.
std::int64_t Agenda::serve_bulk(const Recipe& recipe, std::int64_t minutes, double pace, OfficeMonth& month) {
  const std::int64_t needed = at_pace(recipe.units_in_bulk * recipe.minutes, pace);
  const std::int64_t worked = std::min(minutes, needed);
  const Task task = recipe.parts[0].task;
  month.work(task, Workload::worked_minutes) += worked;
  month.work(task, Workload::done_tasks) +=
      needed == 0 ? recipe.units_in_bulk : recipe.units_in_bulk * worked / needed;
  return worked;
}

// First all those who wait longer than the group among which the minutes run out, then that group by lot.
std::size_t Agenda::cut_queue(std::vector<Need>& asked, std::int64_t minutes, const QueueLot& lot) const {
  std::ranges::sort(asked, {}, &Need::since);
  std::int64_t worked = 0;
  auto group = asked.begin();
  auto next = group;
  for (; group != asked.end(); group = next) {
    next = std::find_if(group, asked.end(), [&](const Need& n) { return n.since != group->since; });
    std::int64_t needed = 0;
    for (auto need = group; need != next; ++need) needed += minutes_of(*need);
    if (worked + needed > minutes) break;
    worked += needed;
  }
  auto n_served = static_cast<std::size_t>(group - asked.begin());
  std::vector<std::pair<std::uint64_t, Need>> equals;
  equals.reserve(static_cast<std::size_t>(next - group));
  for (auto need = group; need != next; ++need) equals.emplace_back(lot(need->who), *need);
  std::ranges::sort(equals, {}, &std::pair<std::uint64_t, Need>::first);
  for (const auto& [drawn, need] : equals) {
    worked += minutes_of(need);
    if (worked > minutes) break;
    asked[n_served++] = need;
  }
  return n_served;
}

std::int64_t Agenda::serve_people(Job job, std::int64_t minutes, double pace, const QueueLot& lot,
                                  OfficeMonth& month) {
  auto& asked = asked_[index(job)];
  if (asked.empty()) return 0;
  std::int64_t worked = 0;
  each_of(job, [&](Recipe& recipe) {
    worked += recipe.units * recipe.paced;
    recipe.served = recipe.units;
  });
  std::size_t& n_served = n_served_[index(job)];
  n_served = asked.size();
  if (worked > minutes) {
    n_served = cut_queue(asked, minutes, lot);
    worked = 0;
    each_of(job, [](Recipe& recipe) { recipe.served = 0; });
    for (const Need& need : served(job)) {
      recipes_[need.recipe].served += need.units;
      worked += minutes_of(need);
    }
  }
  each_of(job, [&](const Recipe& recipe) {
    for (const Part& part : recipe.all()) {
      month.work(part.task, Workload::worked_minutes) += recipe.served * at_pace(part.minutes, pace);
      month.work(part.task, Workload::done_tasks) += recipe.served;
    }
  });
  return worked;
}

std::span<const Job> first_line_order(QueueOrder order) {
  using enum Job;
  static constexpr std::array decisions_first = {
      closing,        appeal,        inquiry,          minor_decision, sanction,           contract,
      evaluation,     review,        exemption_review, information,    missed_appointment, contact,
      inspected_file, annual_report, interview};
  static constexpr std::array contracts_first = {
      closing,        appeal,        contract,         inquiry,     evaluation,         minor_decision,
      sanction,       review,        exemption_review, information, missed_appointment, contact,
      inspected_file, annual_report, interview};
  static constexpr std::array reviews_first = {
      closing,        appeal,        inquiry,    review,      exemption_review,   minor_decision,
      sanction,       contract,      evaluation, information, missed_appointment, contact,
      inspected_file, annual_report, interview};
  switch (order) {
    case QueueOrder::contracts_first:
      return contracts_first;
    case QueueOrder::reviews_first:
      return reviews_first;
    case QueueOrder::decisions_first:
      break;
  }
  return decisions_first;
}

std::span<const Job> second_line_order() {
  static constexpr std::array order = {Job::contract_second_line, Job::evaluation_second_line, Job::activity};
  return order;
}

}  // namespace tremplin
