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
  const RecipeId review = agenda.recipe(Job::review, {{Task::review, 60}});
  agenda.ask(review, 0, 12);
  agenda.ask(review, 1, 10);
  agenda.ask(review, 2, 12);
  const QueueLot lot = [](std::uint32_t who) { return std::array<std::uint64_t, 3>{1, 9, 0}[who]; };
  OfficeMonth month;
  EXPECT_EQ(agenda.serve(first_line_order(QueueOrder::decisions_first), 130, 1, lot, month).worked, 120);
  ASSERT_EQ(agenda.served(Job::review).size(), 2U);
  EXPECT_EQ(agenda.served(Job::review)[0].who, 1U);
  EXPECT_EQ(agenda.served(Job::review)[1].who, 2U);
  EXPECT_EQ(month.work(Task::review, Workload::asked_minutes), 180);
  EXPECT_EQ(month.work(Task::review, Workload::worked_minutes), 120);
  EXPECT_EQ(month.work(Task::review, Workload::asked_tasks), 3);
  EXPECT_EQ(month.work(Task::review, Workload::done_tasks), 2);
}

TEST(Agenda, FollowsTheOrderOfTheOffice) {
  const auto served_with = [](QueueOrder order) {
    Agenda agenda;
    agenda.ask(agenda.recipe(Job::inquiry, {{Task::inquiry, 60}}), 0, 0);
    agenda.ask(agenda.recipe(Job::contract, {{Task::contract_general, 60}}), 1, 0);
    OfficeMonth month;
    agenda.serve(first_line_order(order), 60, 1, in_order, month);
    return std::pair(agenda.served(Job::inquiry).size(), agenda.served(Job::contract).size());
  };
  EXPECT_EQ(served_with(QueueOrder::decisions_first), std::pair(1UL, 0UL));
  EXPECT_EQ(served_with(QueueOrder::contracts_first), std::pair(0UL, 1UL));
}

TEST(Agenda, BulkWorkTakesItsPlaceInTheOrderAndMayBeDoneInPart) {
  Agenda agenda;
  agenda.ask_in_bulk(agenda.recipe(Job::minor_decision, {{Task::minor_decision, 30}}), 10);
  agenda.ask(agenda.recipe(Job::inquiry, {{Task::inquiry, 60}}), 0, 0);
  agenda.ask(agenda.recipe(Job::review, {{Task::review, 60}}), 1, 0);
  OfficeMonth month;
  EXPECT_EQ(agenda.serve(first_line_order(QueueOrder::decisions_first), 210, 1, in_order, month).worked, 210);
  EXPECT_EQ(agenda.served(Job::inquiry).size(), 1U);
  EXPECT_EQ(month.work(Task::minor_decision, Workload::worked_minutes), 150);
  EXPECT_EQ(month.work(Task::minor_decision, Workload::done_tasks), 5);
  EXPECT_EQ(month.work(Task::minor_decision, Workload::asked_tasks), 10);
  EXPECT_TRUE(agenda.served(Job::review).empty());
}

TEST(Agenda, UnderPressureTasksAreShortenedBeforeAnythingWaits) {
  const auto with_minutes = [](std::int64_t minutes) {
    Agenda agenda;
    const RecipeId interview = agenda.recipe(Job::interview, {{Task::interview, 60}});
    for (std::uint32_t i = 0; i < 4; ++i) agenda.ask(interview, i, 0);
    OfficeMonth month;
    const Agenda::Service service =
        agenda.serve(first_line_order(QueueOrder::decisions_first), minutes, 0.5, in_order, month);
    EXPECT_EQ(service.asked, 240);
    return std::tuple(agenda.served(Job::interview).size(), service.worked, service.pace);
  };
  EXPECT_EQ(with_minutes(240), std::tuple(4UL, 240, 1.0));
  EXPECT_EQ(with_minutes(180), std::tuple(4UL, 180, 0.75));
  EXPECT_EQ(with_minutes(120), std::tuple(4UL, 120, 0.5));
  EXPECT_EQ(with_minutes(100), std::tuple(3UL, 90, 0.5));  // three of thirty minutes
}

TEST(Agenda, BooksEachMinuteOnTheTaskThatTookIt) {
  Agenda agenda;
  const RecipeId inquiry =
      agenda.recipe(Job::inquiry, {{Task::inquiry, 210}, {Task::home_visit, 60}, {Task::decision, 25}});
  const RecipeId couple = agenda.recipe(Job::contract, {{Task::contract_housing, 90}});
  agenda.ask(inquiry, 0, 0);
  agenda.ask(inquiry, 1, 0);
  agenda.ask(couple, 2, 0, 2);
  OfficeMonth month;
  // 770 minutes asked, half of them there: 105 + 30 + 12 an inquiry, 45 a contract, two of them.
  const Agenda::Service service =
      agenda.serve(first_line_order(QueueOrder::decisions_first), 385, 0.1, in_order, month);
  EXPECT_EQ(service.asked, 770);
  EXPECT_EQ(service.worked, 2 * (105 + 30 + 12) + 2 * 45);
  EXPECT_EQ(month.work(Task::inquiry, Workload::worked_minutes), 210);
  EXPECT_EQ(month.work(Task::home_visit, Workload::worked_minutes), 60);
  EXPECT_EQ(month.work(Task::decision, Workload::worked_minutes), 24);
  EXPECT_EQ(month.work(Task::contract_housing, Workload::worked_minutes), 90);
  EXPECT_EQ(month.work(Task::contract_housing, Workload::done_tasks), 2);
  EXPECT_EQ(agenda.served(Job::contract).size(), 1U);
}

TEST(Agenda, RecipesOfOneJobShareItsQueue) {
  Agenda agenda;
  const RecipeId short_one = agenda.recipe(Job::contract, {{Task::contract_studies, 30}});
  const RecipeId long_one = agenda.recipe(Job::contract, {{Task::contract_general, 120}});
  agenda.ask(long_one, 0, 5);
  agenda.ask(short_one, 1, 4);
  agenda.ask(short_one, 2, 6);
  OfficeMonth month;
  // Waiting longest first: 30, then 120; the last finds 10 minutes left.
  EXPECT_EQ(agenda.serve(first_line_order(QueueOrder::decisions_first), 160, 1, in_order, month).worked, 150);
  EXPECT_EQ(month.work(Task::contract_studies, Workload::done_tasks), 1);
  EXPECT_EQ(month.work(Task::contract_studies, Workload::asked_tasks), 2);
  EXPECT_EQ(month.work(Task::contract_general, Workload::worked_minutes), 120);
}

TEST(Agenda, HoldsNoMoreRecipesAndPartsThanItHasRoomFor) {
  Agenda agenda;
  const Part part{Task::notice, 1};
  EXPECT_THROW(agenda.recipe(Job::sanction, {part, part, part, part, part}), std::length_error);
  for (std::size_t i = 0; i < Agenda::max_recipes; ++i) agenda.recipe(Job::sanction, {part});
  EXPECT_THROW(agenda.recipe(Job::sanction, {part}), std::length_error);
}

TEST(Agenda, EveryJobIsInTheOrdersOfItsLineOnce) {
  static constexpr std::array line = {
#define JOB(name, line) line,
#include "engine/cpas/jobs.def"
#undef JOB
  };
  for (const QueueOrder order :
       {QueueOrder::decisions_first, QueueOrder::contracts_first, QueueOrder::reviews_first}) {
    std::array<std::array<int, 3>, n_jobs> times{};
    for (const Job job : first_line_order(order)) ++times[static_cast<std::size_t>(job)][1];
    for (const Job job : second_line_order()) ++times[static_cast<std::size_t>(job)][2];
    for (std::size_t job = 0; job < n_jobs; ++job) {
      EXPECT_EQ(times[job][1], line[job] == 1 ? 1 : 0) << job;
      EXPECT_EQ(times[job][2], line[job] == 2 ? 1 : 0) << job;
    }
  }
}

}  // namespace
}  // namespace tremplin
