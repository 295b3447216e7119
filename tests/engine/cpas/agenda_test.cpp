#include "engine/cpas/agenda.hpp"

#include <gtest/gtest.h>

#include <array>
#include <tuple>

namespace tremplin {
namespace {

// Equals are served in the order of their numbers.
const QueueLot in_order = [](std::uint32_t who) { return std::uint64_t{who}; };

TEST(Agenda, ServesTheLongestWaitingFirstAndStopsWhenHoursRunOut) {
  Agenda agenda;
  agenda.ask(Task::review, {.who = 0, .since = 12, .minutes = 60});
  agenda.ask(Task::review, {.who = 1, .since = 10, .minutes = 60});
  agenda.ask(Task::review, {.who = 2, .since = 12, .minutes = 60});
  const QueueLot lot = [](std::uint32_t who) { return std::array<std::uint64_t, 3>{1, 9, 0}[who]; };
  OfficeMonth month;
  EXPECT_EQ(agenda.serve(first_line_order(QueueOrder::decisions_first), 130, 1, lot, month).worked, 120);
  ASSERT_EQ(agenda.served(Task::review).size(), 2U);
  EXPECT_EQ(agenda.served(Task::review)[0].who, 1U);
  EXPECT_EQ(agenda.served(Task::review)[1].who, 2U);
  EXPECT_EQ(month.work(Task::review, Workload::asked_minutes), 180);
  EXPECT_EQ(month.work(Task::review, Workload::worked_minutes), 120);
  EXPECT_EQ(month.work(Task::review, Workload::asked_tasks), 3);
  EXPECT_EQ(month.work(Task::review, Workload::done_tasks), 2);
}

TEST(Agenda, FollowsTheOrderOfTheOffice) {
  const auto served_with = [](QueueOrder order) {
    Agenda agenda;
    agenda.ask(Task::inquiry, {.who = 0, .minutes = 60});
    agenda.ask(Task::contract, {.who = 1, .minutes = 60});
    OfficeMonth month;
    agenda.serve(first_line_order(order), 60, 1, in_order, month);
    return std::pair(agenda.served(Task::inquiry).size(), agenda.served(Task::contract).size());
  };
  EXPECT_EQ(served_with(QueueOrder::decisions_first), std::pair(1UL, 0UL));
  EXPECT_EQ(served_with(QueueOrder::contracts_first), std::pair(0UL, 1UL));
}

TEST(Agenda, BulkWorkTakesItsPlaceInTheOrderAndMayBeDoneInPart) {
  Agenda agenda;
  agenda.ask_in_bulk(Task::minor_decision, 10, 30);
  agenda.ask(Task::inquiry, {.who = 0, .minutes = 60});
  agenda.ask(Task::review, {.who = 1, .minutes = 60});
  OfficeMonth month;
  EXPECT_EQ(agenda.serve(first_line_order(QueueOrder::decisions_first), 210, 1, in_order, month).worked, 210);
  EXPECT_EQ(agenda.served(Task::inquiry).size(), 1U);
  EXPECT_EQ(month.work(Task::minor_decision, Workload::worked_minutes), 150);
  EXPECT_EQ(month.work(Task::minor_decision, Workload::done_tasks), 5);
  EXPECT_EQ(month.work(Task::minor_decision, Workload::asked_tasks), 10);
  EXPECT_TRUE(agenda.served(Task::review).empty());
}

TEST(Agenda, UnderPressureTasksAreShortenedBeforeAnythingWaits) {
  const auto with_minutes = [](std::int64_t minutes) {
    Agenda agenda;
    for (std::uint32_t i = 0; i < 4; ++i) agenda.ask(Task::interview, {.who = i, .minutes = 60});
    OfficeMonth month;
    const Agenda::Service service =
        agenda.serve(first_line_order(QueueOrder::decisions_first), minutes, 0.5, in_order, month);
    EXPECT_EQ(service.asked, 240);
    return std::tuple(agenda.served(Task::interview).size(), service.worked, service.pace);
  };
  EXPECT_EQ(with_minutes(240), std::tuple(4UL, 240, 1.0));
  EXPECT_EQ(with_minutes(180), std::tuple(4UL, 180, 0.75));
  EXPECT_EQ(with_minutes(120), std::tuple(4UL, 120, 0.5));
  EXPECT_EQ(with_minutes(100), std::tuple(3UL, 90, 0.5));  // three of thirty minutes
}

TEST(Agenda, EveryFirstLineTaskIsInEveryOrderOnce) {
  for (const QueueOrder order :
       {QueueOrder::decisions_first, QueueOrder::contracts_first, QueueOrder::reviews_first}) {
    std::array<int, n_tasks> times{};
    for (const Task task : first_line_order(order)) ++times[static_cast<std::size_t>(task)];
    for (const Task task : second_line_order()) ++times[static_cast<std::size_t>(task)];
    for (const TaskEntry& task : all_tasks()) {
      EXPECT_EQ(times[static_cast<std::size_t>(&task - all_tasks().data())], 1) << task.name;
    }
  }
}

}  // namespace
}  // namespace tremplin
