// Waiting for a decision, when it is the only work. The agenda is not a continuous queue: once a month all
// requests of the month and those left from before are served, the longest waiting first, as many as the
// month's minutes hold; minutes left over are lost. So each office is a discrete-time batch server, and its
// backlog obeys Lindley's recursion B(t) = max(0, B(t-1) + A(t) - c) in every path.
// Oracles: the recursion itself; the powers of its transition matrix; the fluid limit; Kingman's bound. Under
// pressure, with a second job behind and in the second line, the recursion again, with the capacity that the
// rule leaves.
#include <gtest/gtest.h>

#include <Eigen/Dense>
#include <algorithm>
#include <boost/math/distributions/poisson.hpp>
#include <cmath>
#include <limits>
#include <map>
#include <vector>

#include "tests/verification/bounds.hpp"
#include "tests/verification/worlds.hpp"

namespace tremplin {
namespace {

constexpr int capacity = 8;  // decisions a month: 480 minutes of an hour each
constexpr int n_months = 108;

struct Counter {
  World world;
  Parameters parameters = test::bare_parameters();
  Plan plan = test::small_plan();
  Rules rules = test::rules_of_2002();

  Counter(int n_offices, double arrivals) : world(test::small_world(n_offices, 1)) {
    Parameters& p = parameters;
    for (const ParameterEntry& entry : all_parameters()) {
      if (entry.name.starts_with("hours_")) p.*entry.field = 0;
    }
    p.staff_turnover = 0;
    p.hours_per_fte = 1200;
    p.hours_inquiry = 1;
    p.take_up = 1;
    p.deterrence_waiting = 1;
    p.exit_household = 30;  // nobody stays longer than a month: only waiting is seen here
    p.entry_rate = arrivals / 100;
    for (Office& office : world.offices) {
      office.caseload_2013 = 100;
      office.equivalent_2013 = 0;
      office.first_line_fte = capacity / 100.0;  // 1200 h / 12 = 100 decisions a month for one FTE
    }
    plan.report_until = plan.burn_in_from + n_months;
  }
  void watch(const std::function<void(const test::Seen&)>& see) const {
    test::watch(world, parameters, test::table_of(rules), plan, see);
  }
  // People waiting at the end of the last month, by office.
  [[nodiscard]] std::vector<double> last_backlogs() const {
    std::vector<double> backlogs;
    watch([&](const test::Seen& seen) {
      if (seen.month == plan.report_until - 1)
        backlogs.push_back(static_cast<double>(seen.tally[Tally::applicants]));
    });
    return backlogs;
  }
};

TEST(Backlog, ObeysLindleysRecursionInEveryPath) {
  for (const double arrivals : {2.0, 7.5, 8.0, 12.0}) {
    std::map<CpasId, std::int64_t> waiting;
    Counter(12, arrivals).watch([&](const test::Seen& seen) {
      std::int64_t& backlog = waiting[seen.office.id];
      backlog = std::max<std::int64_t>(0, backlog + seen.tally[Tally::requests] - capacity);
      ASSERT_EQ(seen.tally[Tally::applicants], backlog) << "month " << seen.month.index;
    });
  }
}

TEST(Backlog, UnderPressureIsServedTwiceAsFastAtHalfTheTime) {
  // No job takes less than half its time: from 8 waiting to 16 all are served, each in its part of the
  // month's minutes; beyond, 16 in half an hour each.
  for (const double arrivals : {7.5, 12.0, 15.5, 20.0}) {
    Counter counter(12, arrivals);
    counter.parameters.shortest_task = 0.5;
    std::map<CpasId, std::int64_t> waiting;
    counter.watch([&](const test::Seen& seen) {
      std::int64_t& backlog = waiting[seen.office.id];
      const std::int64_t asked = backlog + seen.tally[Tally::requests];
      const std::int64_t served = std::min<std::int64_t>(asked, 2 * capacity);
      backlog = asked - served;
      ASSERT_EQ(seen.tally[Tally::applicants], backlog) << "month " << seen.month.index;
      // Whole minutes, rounded down: a minute each at most is lost.
      const std::int64_t minutes = std::min<std::int64_t>(60 * asked, 60 * capacity);
      ASSERT_LE(seen.tally[Tally::minutes_worked], minutes);
      ASSERT_GE(seen.tally[Tally::minutes_worked], minutes - served);
    });
  }
}

TEST(Backlog, OfTheSecondPriorityIsServedWithWhatTheFirstLeaves) {
  // Everybody stays and is reviewed once a year, an hour each; decisions come first and obey their recursion
  // as if there were no review. Reviews get the hours left: few are due at first, more than fit in the end.
  for (const double arrivals : {2.0, 6.0}) {
    Counter counter(12, arrivals);
    counter.parameters.exit_household = 0;
    counter.parameters.hours_review = 1;
    for (Office& office : counter.world.offices) office.practice.order = QueueOrder::decisions_first;
    struct Queues {
      std::int64_t decisions = 0;
      std::int64_t reviews = 0;  // due in the month to come
    };
    std::map<CpasId, Queues> queues;
    std::int64_t months_short = 0;
    counter.watch([&](const test::Seen& seen) {
      Queues& before = queues[seen.office.id];
      const std::int64_t asked = before.decisions + seen.tally[Tally::requests];
      const std::int64_t decided = std::min<std::int64_t>(asked, capacity);
      const std::int64_t reviewed = std::min(before.reviews, capacity - decided);
      months_short += reviewed < before.reviews ? 1 : 0;
      ASSERT_EQ(seen.tally[Tally::applicants], asked - decided) << "month " << seen.month.index;
      ASSERT_EQ(seen.tally[Tally::reviews_done], reviewed) << "month " << seen.month.index;
      ASSERT_EQ(seen.tally[Tally::reviews_overdue], before.reviews - reviewed);
      const auto due = std::ranges::count_if(seen.state.active, [&](std::uint32_t slot) {
        const Person& person = seen.state.people[slot];
        return on_benefit(person.entitlement) && person.review_in <= seen.month.index + 1;
      });
      before = {.decisions = asked - decided, .reviews = due};
    });
    EXPECT_GT(months_short, 100);
  }
}

TEST(Backlog, OfTheSecondLineObeysTheSameRecursion) {
  // The second line signs, an hour each; the first decides at once. Who is granted is due the month after.
  for (const double arrivals : {6.0, 7.5, 12.0}) {
    Counter counter(12, arrivals);
    counter.parameters.exit_household = 0;
    counter.parameters.hours_inquiry = 0;
    counter.parameters.hours_contract = counter.parameters.hours_contract_template = 1;
    counter.parameters.contract_compliance = 1;
    counter.parameters.contract_months = 60;
    counter.parameters.studies_started = counter.parameters.studies_abandoned = 0;  // no plan changes
    counter.plan.report_until = counter.plan.burn_in_from + 48;  // before the first renewal
    for (Office& office : counter.world.offices) {
      office.second_line_fte = capacity / 100.0;
      office.practice.parallel_contracts = false;
      office.practice.policy = ContractPolicy::law_only;
      office.practice.p_young_exempted = 0;
    }
    counter.rules.piis_signed_by = 2;
    counter.rules.piis_under_age = 120;
    counter.rules.piis_exempted = 1;
    counter.rules.piis_delay_months = 1;
    counter.rules.evaluations_per_year = counter.rules.evaluations_face_to_face = 0;
    std::map<CpasId, std::int64_t> waiting;
    std::int64_t concluded = 0;
    counter.watch([&](const test::Seen& seen) {
      std::int64_t& backlog = waiting[seen.office.id];
      const std::int64_t served = std::min<std::int64_t>(backlog, capacity);
      ASSERT_EQ(seen.tally[Tally::contracts_on_time] + seen.tally[Tally::contracts_late], served)
          << "month " << seen.month.index;
      backlog += seen.tally[Tally::grants] - served;
      concluded += served;
    });
    EXPECT_GT(concluded, 12 * 48 * 5);
  }
}

TEST(Backlog, IsServedFromItsOldestEnd) {
  Counter(12, 12).watch([](const test::Seen& seen) {
    MonthIndex last_served = 0;
    MonthIndex first_left = std::numeric_limits<MonthIndex>::max();
    for (const std::uint32_t slot : seen.state.active) {
      const Person& person = seen.state.people[slot];
      if (person.entitlement == Entitlement::applicant) {
        first_left = std::min(first_left, person.requested_in);
      } else if (person.granted_in == seen.month.index) {
        last_served = std::max(last_served, person.requested_in);
      }
    }
    ASSERT_LE(last_served, first_left) << "month " << seen.month.index;
  });
}

TEST(Backlog, HasTheDistributionOfItsTransitionMatrix) {
  // Arrivals Poisson, at 90 % of capacity. The state is the backlog, cut at 120 (probability below 1e-12).
  constexpr double arrivals = 7.2;
  constexpr int n = 121;
  const boost::math::poisson law(arrivals);
  Eigen::MatrixXd step = Eigen::MatrixXd::Zero(n, n);  // column: from; row: to
  for (int from = 0; from < n; ++from) {
    for (int come = 0; come < 60; ++come) {
      step(std::clamp(from + come - capacity, 0, n - 1), from) += pdf(law, come);
    }
  }
  Eigen::VectorXd share = Eigen::VectorXd::Unit(n, 0);
  for (int month = 0; month < n_months; ++month) share = step * share;
  const Counter counter(800, arrivals);
  const std::vector<double> backlogs = counter.last_backlogs();
  // Cells: 0, 1, … as long as twenty offices are expected at or beyond; the last cell is open.
  int n_cells = 1;
  while (share.tail(n - n_cells).sum() * 800 > 20) ++n_cells;
  std::vector<double> expected(static_cast<std::size_t>(n_cells));
  std::vector<double> observed(static_cast<std::size_t>(n_cells));
  for (int i = 0; i < n_cells; ++i) {
    expected[static_cast<std::size_t>(i)] = 800 * (i + 1 < n_cells ? share(i) : share.tail(n - i).sum());
  }
  for (const double backlog : backlogs) {
    ++observed[static_cast<std::size_t>(std::min(static_cast<int>(backlog), n_cells - 1))];
  }
  ASSERT_GE(n_cells, 8);
  EXPECT_LT(test::chi_square(observed, expected), test::chi_square_bound(n_cells - 1, 1));
  // Kingman (1962) for a server of constant capacity: mean backlog at most variance / (2 (c - arrivals)).
  const test::Mean mean = test::mean_of(backlogs);
  EXPECT_LE(mean.value, arrivals / (2 * (capacity - arrivals)) + test::normal_bound(1) * mean.error);
}

TEST(Backlog, GrowsAtTheRateThatCapacityLacks) {
  // Fluid limit: (12 - 8) more every month. The path differs by the arrivals' own chance, a Poisson number of
  // mean 12 x months, and by the decisions not taken in early idle months (fewer than one on average: with
  // drift 4 and variance 12, Kingman's bound of the mirrored walk is 12 / 8 = 1.5).
  constexpr double arrivals = 12;
  const Counter counter(50, arrivals);
  const std::vector<double> backlogs = counter.last_backlogs();
  double sum = 0;
  for (const double backlog : backlogs) sum += backlog;
  const double n = 50.0;
  EXPECT_NEAR(sum / n, (arrivals - capacity) * n_months,
              test::normal_bound(1) * std::sqrt(arrivals * n_months / n) + 1.5);
}

TEST(Backlog, IsAlmostNeverThereAtAQuarterOfCapacity) {
  // Two requests for eight decisions: somebody waits only in months with nine or more, 2.4e-4 of them.
  const Counter counter(200, 2);
  std::int64_t months_with_backlog = 0;
  counter.watch(
      [&](const test::Seen& seen) { months_with_backlog += seen.tally[Tally::applicants] > 0 ? 1 : 0; });
  const double p = cdf(complement(boost::math::poisson(2), capacity));
  const double n = 200.0 * n_months;
  // A backlog outlives its month only if nine more come: p of the time, in the noise.
  EXPECT_NEAR(static_cast<double>(months_with_backlog), n * p, test::normal_bound(1) * std::sqrt(n * p) + 1);
}

}  // namespace
}  // namespace tremplin
