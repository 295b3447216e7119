#include "engine/cpas/agenda.hpp"

#include <algorithm>
#include <tuple>

namespace tremplin {

void Agenda::clear() {
  for (auto& list : asked_) list.clear();
  for (auto& list : served_) list.clear();
  bulk_.fill({});
}

void Agenda::ask_in_bulk(Task task, std::int64_t n, std::int64_t minutes_each) {
  bulk_[index(task)].n += n;
  bulk_[index(task)].minutes += n * minutes_each;
}

std::int64_t Agenda::serve(std::span<const Task> order, std::int64_t minutes, OfficeMonth& month) {
  std::int64_t left = minutes;
  for (const Task task : order) {
    const Bulk& bulk = bulk_[index(task)];
    const std::int64_t worked = std::min(left, bulk.minutes);
    left -= worked;
    month.work(task, Workload::asked_minutes) += bulk.minutes;
    month.work(task, Workload::worked_minutes) += worked;
    month.work(task, Workload::asked_tasks) += bulk.n;
    month.work(task, Workload::done_tasks) += bulk.minutes == 0 ? bulk.n : bulk.n * worked / bulk.minutes;
  }
  for (const Task task : order) {
    auto& asked = asked_[index(task)];
    auto& served = served_[index(task)];
    std::int64_t total = 0;
    for (const Need& need : asked) total += need.minutes;
    month.work(task, Workload::asked_minutes) += total;
    month.work(task, Workload::asked_tasks) += static_cast<std::int64_t>(asked.size());
    if (total <= left) {
      left -= total;
      served = asked;
    } else {
      std::ranges::sort(asked, {}, [](const Need& n) { return std::tuple(n.since, n.lot, n.who); });
      for (const Need& need : asked) {
        if (need.minutes > left) break;
        left -= need.minutes;
        served.push_back(need);
      }
    }
    for (const Need& need : served) month.work(task, Workload::worked_minutes) += need.minutes;
    month.work(task, Workload::done_tasks) += static_cast<std::int64_t>(served.size());
  }
  return minutes - left;
}

std::span<const Task> first_line_order(QueueOrder order) {
  using enum Task;
  static constexpr std::array decisions_first = {minor_decision, closing,          information, annual_report,
                                                 inquiry,        sanction,         contract,    evaluation,
                                                 review,         exemption_review, interview};
  static constexpr std::array contracts_first = {minor_decision, closing,          information, annual_report,
                                                 contract,       evaluation,       inquiry,     sanction,
                                                 review,         exemption_review, interview};
  static constexpr std::array reviews_first = {minor_decision, closing,    information,      annual_report,
                                               inquiry,        review,     exemption_review, sanction,
                                               contract,       evaluation, interview};
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
