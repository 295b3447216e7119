#include <gtest/gtest.h>

#include <cmath>

#include "tests/engine/small_world.hpp"

namespace tremplin {
namespace {

struct Posts {
  World world = test::small_world(12, 20);
  Parameters parameters = test::small_parameters();
  Rules rules = test::rules_of_2002();

  Posts() {
    for (Office& office : world.offices) {
      office.first_line_fte = 100;
      office.second_line_fte = 0;
    }
    parameters.staff_stand_in = 0;
  }
  [[nodiscard]] RunResult run() const {
    const RulesTable table = test::table_of(rules);
    return test::run(world, parameters, {&table}, test::small_plan())[0];
  }
};

std::int64_t done(const RunResult& result, Task task, Workload what) {
  std::int64_t sum = 0;
  for (int month = 0; month < result.n_months; ++month)
    for (int stratum = 0; stratum < n_strata; ++stratum) sum += result.work(month, stratum, task, what);
  return sum;
}

double share_missing(const RunResult& result) {
  const auto missing = static_cast<double>(test::total(result, Tally::staff_missing));
  return missing / (missing + static_cast<double>(test::total(result, Tally::staff_first_line)));
}

// Oracle: a post is a two-state chain, left with probability p and filled with q each month; its stationary
// share of vacant months is p / (p + q), its autocorrelation 1 - p - q.
TEST(Staff, VacanciesSettleAtTheShareOfATwoStateChain) {
  const Posts posts;
  const double p = 0.2 / 12;
  const double q = 1.0 / 3;
  const double vacant = p / (p + q);
  const double months = 12.0 * 100 * 48;
  const double sd = std::sqrt(vacant * (1 - vacant) / months * (2 - p - q) / (p + q));
  EXPECT_NEAR(share_missing(posts.run()), vacant, 4 * sd);
}

TEST(Staff, NobodyIsMissingWithoutTurnoverOrWithStandInsForAll) {
  Posts posts;
  posts.parameters.staff_turnover = 0;
  EXPECT_EQ(share_missing(posts.run()), 0);
  posts.parameters.staff_turnover = 2;
  posts.parameters.staff_stand_in = 1;
  EXPECT_EQ(share_missing(posts.run()), 0);
}

TEST(Staff, TurnoverTakesTimeFromFiles) {
  Posts posts;
  for (Office& office : posts.world.offices) office.first_line_fte = 0.3;
  posts.parameters.staff_turnover = 0;
  const RunResult stable = posts.run();
  posts.parameters.staff_turnover = 1;
  const RunResult moving = posts.run();
  EXPECT_LT(test::total(moving, Tally::minutes_worked), test::total(stable, Tally::minutes_worked));
  EXPECT_GE(test::total(moving, Tally::decisions_late), test::total(stable, Tally::decisions_late));
}

TEST(Staff, TimeOutsideFilesIsBookedApart) {
  const Posts posts;
  const RunResult result = posts.run();
  const double fte_years = static_cast<double>(test::total(result, Tally::staff_first_line)) / 100 / 12;
  // A minute of rounding for each office and month.
  EXPECT_NEAR(static_cast<double>(done(result, Task::overhead, Workload::worked_minutes)),
              fte_years * posts.parameters.hours_overhead * 60, 12 * 48 + fte_years);
}

TEST(Staff, AllVisitsAreMadeWithTimeForAllAndTheShareOfThePaceWithout) {
  Posts posts;
  const RunResult ample = posts.run();
  EXPECT_GT(test::total(ample, Tally::home_visits_due), 500);
  EXPECT_EQ(test::total(ample, Tally::home_visits_made), test::total(ample, Tally::home_visits_due));
  // So few hours that the pace is the shortest almost always, and jobs wait.
  for (Office& office : posts.world.offices) office.first_line_fte = 0.12;
  posts.parameters.staff_turnover = 0;
  posts.parameters.shortest_task = 0.4;
  const RunResult scarce = posts.run();
  const auto due = static_cast<double>(test::total(scarce, Tally::home_visits_due));
  ASSERT_GT(due, 200);
  const double time_given =
      static_cast<double>(done(scarce, Task::home_visit, Workload::worked_minutes)) / (60.0 * due);
  // A visit is made with the probability of the pace that shortens it; binomial, four standard deviations,
  // and a minute of rounding a visit.
  EXPECT_NEAR(static_cast<double>(test::total(scarce, Tally::home_visits_made)) / due, time_given,
              4 * std::sqrt(0.25 / due) + 1.0 / 60);
}

TEST(Staff, LateDecisionsCostTrustAndMeetingsBringItBack) {
  Posts posts;
  posts.parameters.trust_loss_sanction = 0;
  EXPECT_EQ(test::total(posts.run(), Tally::trust_lost), 0);  // nothing is late
  posts.parameters.inquiry_days = 20;
  posts.rules.decision_deadline_days = 1;  // nearly every decision is late
  posts.parameters.trust_regained = 0;
  const std::int64_t kept = test::total(posts.run(), Tally::trust_lost);
  EXPECT_GT(kept, 0);
  posts.parameters.trust_regained = 0.05;
  EXPECT_LT(test::total(posts.run(), Tally::trust_lost), kept);
}

TEST(AcademicYear, TurnsInSeptemberOnly) {
  Posts posts;
  posts.parameters.studies_started = 0.5;
  posts.parameters.studies_abandoned = 0.5;
  const RunResult result = posts.run();
  std::int64_t begun = 0, given_up = 0;
  for (int month = 0; month < result.n_months; ++month) {
    for (int stratum = 0; stratum < n_strata; ++stratum) {
      const std::int64_t moves = result.tally(month, stratum, Tally::studies_begun) +
                                 result.tally(month, stratum, Tally::studies_given_up);
      if ((result.from + month).of_year() != 9) {
        EXPECT_EQ(moves, 0);
      }
      begun += result.tally(month, stratum, Tally::studies_begun);
      given_up += result.tally(month, stratum, Tally::studies_given_up);
    }
  }
  EXPECT_GT(begun, 10);
  EXPECT_GT(given_up, 10);
}

TEST(Creaming, PlacesThoseNearerToWorkOnlyWhereItWeighs) {
  Posts posts;
  posts.world = test::small_world(6, 300);
  for (Office& office : posts.world.offices) {
    office.first_line_fte *= 10;
    for (double& places : office.places) places = 4;
  }
  const auto gap = [](const RunResult& result) {
    const auto mean = [&](Tally sum, Tally n) {
      return static_cast<double>(test::total(result, sum)) / static_cast<double>(test::total(result, n));
    };
    return mean(Tally::nearness_of_placed, Tally::places_given) -
           mean(Tally::nearness_by_lot, Tally::places_given);
  };
  posts.parameters.creaming = 1;
  EXPECT_GT(gap(posts.run()), 20);  // thousandths
  posts.parameters.creaming = 0;
  const RunResult by_lot = posts.run();
  ASSERT_GT(test::total(by_lot, Tally::places_refused), 100);
  // By lot: the standard deviation of nearness between people is below 250 thousandths.
  EXPECT_NEAR(gap(by_lot), 0,
              4 * 250 / std::sqrt(static_cast<double>(test::total(by_lot, Tally::places_given))));
}

}  // namespace
}  // namespace tremplin
