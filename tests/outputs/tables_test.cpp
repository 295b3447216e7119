#include "outputs/tables.hpp"

#include <gtest/gtest.h>

#include <set>

#include "tests/outputs/stored_run.hpp"

namespace tremplin {
namespace {

const ResultTable& find(const std::vector<ResultTable>& tables, std::string_view path) {
  for (const ResultTable& table : tables) {
    if (table.path() == path) return table;
  }
  throw std::out_of_range("no such table");
}

// The slow twin: the same cells by the accessors of the engine.
TEST(ResultTables, HoldTheTalliesThatTheEngineNamesByMonthStratumAndTally) {
  const auto run = test::stored_run();
  const RunResult& result = run.results[1][2];
  const ResultAxes axes = axes_of(run);
  const auto tables = result_tables(axes);
  for (const auto& [path, places] :
       {std::pair{"tallies/values", axes.tallies}, {"accounts/values", axes.accounts}}) {
    const ResultTable& table = find(tables, path);
    std::vector<std::int64_t> slab(table.slab_size());
    table.gather(result, slab);
    std::size_t cell = 0;
    for (int m = 0; m < result.n_months; ++m) {
      for (const std::size_t stratum : axes.strata) {
        for (const std::size_t tally : places) {
          ASSERT_EQ(slab[cell++], result.tally(m, static_cast<int>(stratum), static_cast<Tally>(tally)));
        }
      }
    }
    EXPECT_EQ(cell, slab.size());
  }
}

TEST(ResultTables, HoldThePaidDaysThatTheEngineNames) {
  const auto run = test::stored_run();
  const ResultAxes axes = axes_of(run);
  const auto tables = result_tables(axes);
  const ResultTable& table = find(tables, "cohort/paid_days");
  std::vector<std::int64_t> slab(table.slab_size());
  table.gather(run.results[0][1], slab);
  std::size_t cell = 0;
  for (const std::size_t stratum : axes.strata) {
    for (int days = 0; days <= cohort_window_days; ++days) {
      ASSERT_EQ(slab[cell++], run.results[0][1].people_by_paid_days(static_cast<int>(stratum), days));
    }
  }
}

TEST(ResultTables, TogetherHoldEveryNumberOfAResultOnce) {
  const auto run = test::stored_run();
  ResultAxes axes = axes_of(run);
  axes.strata.clear();
  for (std::size_t s = 0; s < n_strata; ++s) axes.strata.push_back(s);
  const RunResult& result = run.results[0][0];
  for (auto member :
       {&RunResult::tallies, &RunResult::workload, &RunResult::offices, &RunResult::paid_days}) {
    std::set<std::size_t> places;
    std::size_t n_cells = 0;
    // Each cell's place is found by scattering its own number.
    RunResult numbered = result;
    for (std::size_t i = 0; i < (numbered.*member).size(); ++i) {
      (numbered.*member)[i] = static_cast<std::int64_t>(i);
    }
    for (const ResultTable& table : result_tables(axes)) {
      if (table.values != member) continue;
      std::vector<std::int64_t> slab(table.slab_size());
      table.gather(numbered, slab);
      n_cells += slab.size();
      for (const std::int64_t place : slab) places.insert(static_cast<std::size_t>(place));
    }
    EXPECT_EQ(n_cells, (result.*member).size());
    EXPECT_EQ(places.size(), (result.*member).size());
  }
}

TEST(ResultTables, ScatterUndoesGather) {
  const auto run = test::stored_run();
  const RunResult& result = run.results[1][0];
  RunResult back = result;
  for (auto member :
       {&RunResult::tallies, &RunResult::workload, &RunResult::offices, &RunResult::paid_days}) {
    std::ranges::fill(back.*member, 0);
  }
  for (const ResultTable& table : result_tables(axes_of(run))) {
    std::vector<std::int64_t> slab(table.slab_size());
    table.gather(result, slab);
    table.scatter(slab, back);
  }
  EXPECT_EQ(back, result);
}

TEST(ResultAxes, LeaveOutStrataWithoutOfficeCountAndWeight) {
  auto run = test::stored_run();
  EXPECT_EQ(axes_of(run).strata, (std::vector<std::size_t>{0, 5, 21, 40, 59}));
  run.results[0][0].paid_days[33 * (cohort_window_days + 1) + 12] = 1;
  run.stratum_weights[34] = 2.5;
  EXPECT_EQ(axes_of(run).strata, (std::vector<std::size_t>{0, 5, 21, 33, 34, 40, 59}));
}

TEST(ResultAxes, RefuseARunWhoseVectorsDoNotFit) {
  auto run = test::stored_run();
  run.results[0][0].tallies.pop_back();
  EXPECT_THROW(axes_of(run), std::invalid_argument);
  run = test::stored_run();
  run.stratum_weights.clear();
  EXPECT_THROW(axes_of(run), std::invalid_argument);
  run = test::stored_run();
  run.results[1].pop_back();
  EXPECT_THROW(axes_of(run), std::invalid_argument);
}

TEST(StratumNames, FollowTheOrderOfTheEngine) {
  Office office;
  office.region = Region::brussels;
  office.population = 50'000;
  office.income_group = 2;
  EXPECT_EQ(stratum_name(static_cast<std::size_t>(stratum_of(office))), "brussels/from_40k/GR3");
}

}  // namespace
}  // namespace tremplin
