// What holds for every law, reform, parameter and practice within the registries' bounds, on random cases
// that shrink to the shortest counterexample. Oracles: conservation (ledger.hpp), and the engine against
// itself where the answer may not depend on how it is computed.
#include <fmt/format.h>
#include <gtest/gtest.h>
#include <tbb/global_control.h>
#include <tbb/task_arena.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <random>
#include <string>

#include "tests/verification/cases.hpp"
#include "tests/verification/ledger.hpp"

namespace tremplin {
namespace {

using test::Case;

// The first thing that does not balance in any month of any office; empty if all does.
std::string first_fault(const World& world, const Parameters& parameters, const RulesTable& table,
                        const Plan& plan) {
  std::string first;
  std::map<CpasId, test::Ledger> ledgers;
  test::watch(world, parameters, table, plan, [&](const test::Seen& seen) {
    const auto faults =
        ledgers[seen.office.id].enter(seen.state, seen.tally, {table, seen.month, seen.office});
    if (faults.empty() || !first.empty()) return;
    first = fmt::format("office {}, month {}: {}", static_cast<int>(seen.office.id),
                        seen.month - plan.burn_in_from, fmt::join(faults, "; "));
  });
  return first;
}

TEST(AnyCase, BalancesItsLedgerEveryMonth) {
  test::for_all(150, [](const Case& c) {
    const std::string fault = first_fault(c.world(), c.behaviour(), c.after(), c.plan());
    if (!fault.empty()) RC_FAIL(fault);
  });
}

TEST(EveryLeverAndParameter, BalancesItsLedgerAtBothItsBounds) {
  // What the registries let through the door must run: each bound by itself, in one small office.
  const Case plain;
  World world = test::small_world(1, 10);
  for (const Lever& lever : all_levers()) {
    for (const double bound : {lever.minimum, lever.maximum}) {
      Rules rules = test::rules_of_2002();
      lever.set(rules, bound);
      rules.evaluations_face_to_face = std::min(rules.evaluations_face_to_face, rules.evaluations_per_year);
      EXPECT_EQ(first_fault(world, test::small_parameters(), test::table_of(rules), plain.plan()), "")
          << lever.path << " = " << bound;
    }
  }
  for (const ParameterEntry& entry : all_parameters()) {
    for (const double bound : {entry.minimum, entry.maximum}) {
      Parameters parameters = test::small_parameters();
      parameters.*entry.field = bound;
      EXPECT_EQ(first_fault(world, parameters, plain.before(), plain.plan()), "")
          << entry.name << " = " << bound;
    }
  }
}

// Counts in every table; what a run cost is not part of the answer.
bool same_counts(const RunResult& a, const RunResult& b) {
  return a.tallies == b.tallies && a.workload == b.workload && a.offices == b.offices &&
         a.paid_days == b.paid_days;
}

std::vector<RunResult> run(const Case& c, bool share_the_past, int threads = 1) {
  const RulesTable before = c.before();
  const RulesTable after = c.after();
  Plan plan = c.plan();
  plan.share_the_past = share_the_past;
  const World world = c.world();
  const Parameters parameters = c.behaviour();
  tbb::task_arena arena(threads);
  std::vector<RunResult> results;
  arena.execute([&] { results = test::run(world, parameters, {&before, &after}, plan); });
  return results;
}

TEST(AnyCase, GivesTheSameBitsForOneToEightThreads) {
  test::for_all(25, [](const Case& c) {
    // More threads than the machine may have processors: they must then take turns.
    const tbb::global_control eight(tbb::global_control::max_allowed_parallelism, 8);
    const auto one = run(c, true);
    for (int threads = 2; threads <= 8; ++threads) {
      const auto several = run(c, true, threads);
      RC_ASSERT(same_counts(one[0], several[0]));
      RC_ASSERT(same_counts(one[1], several[1]));
    }
  });
}

TEST(AnyCase, GivesTheSameBitsForkedAndApart) {
  test::for_all(80, [](const Case& c) {
    const auto together = run(c, true);
    const auto apart = run(c, false);
    RC_ASSERT(same_counts(together[0], apart[0]));
    RC_ASSERT(same_counts(together[1], apart[1]));
  });
}

TEST(AnyCase, KeepsTheMonthsBeforeItsReform) {
  test::for_all(60, [](const Case& c) {
    const auto results = run(c, false);
    const auto n = static_cast<std::ptrdiff_t>(c.reform_after) * n_strata * static_cast<int>(n_tallies);
    RC_ASSERT(
        std::equal(results[0].tallies.begin(), results[0].tallies.begin() + n, results[1].tallies.begin()));
  });
}

// The first office of a case, lived as far as the month of the reform.
struct UntilTheReform {
  explicit UntilTheReform(const Case& c)
      : world(c.world()),
        parameters(c.behaviour()),
        constants(make_constants(world, parameters)),
        table(c.before()),
        plan(c.plan()),
        run(world, world.offices[0], parameters, constants, table, plan) {
    for (int month = 0; month < c.reform_after; ++month) run.step(scratch);
  }
  [[nodiscard]] bool goes_on() const { return run.next_month() < plan.report_until; }

  const World world;
  const Parameters parameters;
  const Constants constants;
  const RulesTable table;
  const Plan plan;
  OfficeScratch scratch;
  OfficeRun run;
};

TEST(AnyCase, GoesOnFromACopyAsFromItself) {
  // A run is a value: a copy made at the reform's month lives the same months, and does not touch the first.
  test::for_all(60, [](const Case& c) {
    UntilTheReform lived(c);
    OfficeScratch other_scratch;
    OfficeRun copy = lived.run;
    while (lived.goes_on()) {
      RC_ASSERT(lived.run.step(lived.scratch).tallies == copy.step(other_scratch).tallies);
    }
    RC_ASSERT(lived.run.state().people == copy.state().people);
  });
}

// The same people in other places of the office's memory, its lists in another order.
OfficeState shuffled(const OfficeState& state, std::uint32_t seed) {
  std::mt19937 shuffling(seed);
  std::vector<std::uint32_t> place(state.people.size());
  std::iota(place.begin(), place.end(), 0U);
  std::ranges::shuffle(place, shuffling);
  OfficeState moved = state;
  const auto relink = [&](std::uint32_t& first, std::vector<std::uint32_t> slots) {
    std::ranges::shuffle(slots, shuffling);
    first = no_slot;
    for (const std::uint32_t slot : slots) {
      moved.people[place[slot]].next = first;
      first = place[slot];
    }
  };
  for (std::size_t slot = 0; slot < place.size(); ++slot) moved.people[place[slot]] = state.people[slot];
  relink(moved.first_free, state.linked(state.first_free));
  for (std::size_t month = 0; month < state.calendar.size(); ++month)
    relink(moved.calendar[month], state.linked(state.calendar[month]));
  for (std::uint32_t& slot : moved.active) slot = place[slot];
  std::ranges::shuffle(moved.active, shuffling);
  return moved;
}

TEST(AnyCase, IsTheSameInWhateverOrderItsPeopleAreStored) {
  // Nobody's place in memory is part of a life: queues and places are decided by keyed lots.
  test::for_all(60, [](const Case& c) {
    UntilTheReform lived(c);
    OfficeRun other(lived.world, lived.world.offices[0], lived.parameters, lived.constants, lived.table,
                    lived.plan, lived.run.next_month(),
                    shuffled(lived.run.state(), static_cast<std::uint32_t>(c.seed)));
    while (lived.goes_on()) {
      const OfficeMonth one = lived.run.step(lived.scratch);
      const OfficeMonth two = other.step(lived.scratch);
      RC_ASSERT(one.tallies == two.tallies);
      RC_ASSERT(one.workload == two.workload);
    }
    const auto by_id = [](const OfficeState& state) {
      std::map<std::uint32_t, Person> people;
      for (const Person& person : state.people)
        people.insert_or_assign(static_cast<std::uint32_t>(person.id), person);
      for (const std::uint32_t slot : state.linked(state.first_free))  // nobody's: what was there last
        people.erase(static_cast<std::uint32_t>(state.people[slot].id));
      for (auto& [id, person] : people) person.next = no_slot;
      return people;
    };
    RC_ASSERT(by_id(lived.run.state()) == by_id(other.state()));
  });
}

TEST(AnyCase, IsPaidWithinItsWindow) {
  // Paid days in the window: everybody counted was paid at least one day of the 730, and nobody is counted
  // who was never granted.
  test::for_all(60, [](const Case& c) {
    const RunResult result = run(c, true)[1];
    std::int64_t people = 0;
    for (int stratum = 0; stratum < n_strata; ++stratum) {
      RC_ASSERT(result.people_by_paid_days(stratum, 0) == 0);
      for (int days = 1; days <= cohort_window_days; ++days)
        people += result.people_by_paid_days(stratum, days);
    }
    RC_ASSERT(people <= test::total(result, Tally::first_entries));
  });
}

}  // namespace
}  // namespace tremplin
