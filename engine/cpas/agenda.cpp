#include "engine/cpas/agenda.hpp"

#include <algorithm>
#include <utility>

namespace tremplin {

void Agenda::clear() {
  for (auto& list : asked_) list.clear();
  n_served_.fill(0);
  bulk_.fill({});
}

void Agenda::ask_in_bulk(Task task, std::int64_t n, std::int64_t minutes_each) {
  bulk_[index(task)].n += n;
  bulk_[index(task)].minutes += n * minutes_each;
}

std::int64_t Agenda::minutes_asked(Task task) const {
  std::int64_t total = bulk_[index(task)].minutes;
  for (const Need& need : asked_[index(task)]) total += need.minutes;
  return total;
}

Agenda::Service Agenda::serve(std::span<const Task> order, std::int64_t minutes, double shortest,
                              const QueueLot& lot, OfficeMonth& month) {
  Service service;
  for (const Task task : order) {
    const std::int64_t asked = minutes_asked(task);
    month.work(task, Workload::asked_minutes) += asked;
    service.asked += asked;
  }
  if (service.asked > minutes) {
    service.pace = std::max(shortest, static_cast<double>(minutes) / static_cast<double>(service.asked));
  }
  for (const Task task : order) {
    service.worked += serve_bulk(task, minutes - service.worked, service.pace, month);
    service.worked += serve_people(task, minutes - service.worked, service.pace, lot, month);
  }
  return service;
}

namespace {
// Rounded down, so that what fits at the exact pace fits in whole minutes.
std::int64_t at_pace(std::int64_t minutes, double pace) {
  return static_cast<std::int64_t>(static_cast<double>(minutes) * pace);
}
}  // namespace

std::int64_t Agenda::serve_bulk(Task task, std::int64_t minutes, double pace, OfficeMonth& month) const {
  const Bulk& bulk = bulk_[index(task)];
  const std::int64_t needed = at_pace(bulk.minutes, pace);
  const std::int64_t worked = std::min(minutes, needed);
  month.work(task, Workload::worked_minutes) += worked;
  month.work(task, Workload::asked_tasks) += bulk.n;
  month.work(task, Workload::done_tasks) += needed == 0 ? bulk.n : bulk.n * worked / needed;
  return worked;
}

namespace {

// Puts the needs in the order of service as far as it matters for `minutes` of work: first all those who wait
// longer than the group among which the minutes run out, then that group by lot. Returns who is served and
// the minutes that they take.
struct Cut {
  std::size_t n_served = 0;
  std::int64_t worked = 0;
};

Cut cut_queue(std::vector<Need>& asked, std::int64_t minutes, double pace, const QueueLot& lot) {
  std::ranges::sort(asked, {}, &Need::since);
  Cut cut;
  auto group = asked.begin();
  while (group != asked.end()) {
    const auto next =
        std::find_if(group, asked.end(), [&](const Need& n) { return n.since != group->since; });
    std::int64_t needed = 0;
    for (auto need = group; need != next; ++need) needed += at_pace(need->minutes, pace);
    if (cut.worked + needed > minutes) break;
    cut.worked += needed;
    group = next;
  }
  cut.n_served = static_cast<std::size_t>(group - asked.begin());
  if (group == asked.end()) return cut;

  const auto end = std::find_if(group, asked.end(), [&](const Need& n) { return n.since != group->since; });
  std::vector<std::pair<std::uint64_t, Need>> equals;
  equals.reserve(static_cast<std::size_t>(end - group));
  for (auto need = group; need != end; ++need) equals.emplace_back(lot(need->who), *need);
  std::ranges::sort(equals, {}, &std::pair<std::uint64_t, Need>::first);
  for (const auto& [drawn, need] : equals) {
    const std::int64_t needed = at_pace(need.minutes, pace);
    if (cut.worked + needed > minutes) break;
    cut.worked += needed;
    asked[cut.n_served++] = need;
  }
  return cut;
}

}  // namespace

std::int64_t Agenda::serve_people(Task task, std::int64_t minutes, double pace, const QueueLot& lot,
                                  OfficeMonth& month) {
  auto& asked = asked_[index(task)];
  Cut cut{.n_served = asked.size(), .worked = 0};
  for (const Need& need : asked) cut.worked += at_pace(need.minutes, pace);
  if (cut.worked > minutes) cut = cut_queue(asked, minutes, pace, lot);
  n_served_[index(task)] = cut.n_served;
  month.work(task, Workload::worked_minutes) += cut.worked;
  month.work(task, Workload::asked_tasks) += static_cast<std::int64_t>(asked.size());
  month.work(task, Workload::done_tasks) += static_cast<std::int64_t>(cut.n_served);
  return cut.worked;
}

std::span<const Task> first_line_order(QueueOrder order) {
  using enum Task;
  static constexpr std::array decisions_first = {closing,     inquiry,       minor_decision, sanction,
                                                 contract,    evaluation,    review,         exemption_review,
                                                 information, annual_report, interview};
  static constexpr std::array contracts_first = {closing,        contract,      inquiry,  evaluation,
                                                 minor_decision, sanction,      review,   exemption_review,
                                                 information,    annual_report, interview};
  static constexpr std::array reviews_first = {closing,        inquiry,       review,   exemption_review,
                                               minor_decision, sanction,      contract, evaluation,
                                               information,    annual_report, interview};
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

std::span<const Task> second_line_order() {
  static constexpr std::array order = {Task::contract_second_line, Task::activity};
  return order;
}

}  // namespace tremplin
