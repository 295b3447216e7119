#include "calibration/outside/answer.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>

namespace tremplin::outside {
namespace {

TEST(Answer, LinesKeepAllDigits) {
  EXPECT_EQ(header_line({"mu", "sigma"}), "run seed mu sigma\n");
  const inference::Row row{{0.1, 1.0 / 3, 1e-300}};
  EXPECT_EQ(run_line(7, 12, row), "7 12 0.1 0.3333333333333333 1e-300\n");
  EXPECT_EQ(std::stod("0.3333333333333333"), 1.0 / 3);
}

TEST(Answer, SeedsFitIntoADoubleAndDifferByRunAndBatch) {
  EXPECT_LT(outside_seed(~std::uint64_t{0}, 3), std::uint64_t{1} << 53);
  EXPECT_NE(outside_seed(1, 0), outside_seed(1, 1));
  EXPECT_NE(outside_seed(1, 0), outside_seed(2, 0));
}

TEST(Answer, SummariesAreReadInOrder) {
  const OutsideRun run = read_answer(" 4\t1.5  -2e-3 +7\r", 4, 3);
  EXPECT_EQ(run.fault, RunFault::none);
  EXPECT_EQ(run.summaries, (inference::Vector{{1.5, -2e-3, 7}}));
}

struct Bad {
  const char* line;
  RunFault fault;
  const char* reason;
  bool out_of_step = false;
};

TEST(Answer, WhatIsNoSummaryIsAFailedRunWithItsReason) {
  const Bad cases[] = {
      {"4 failed no equilibrium, sorry", RunFault::reported, "no equilibrium; sorry"},
      {"4 failed", RunFault::reported, ""},
      {"4 1 nan", RunFault::not_finite, "nan"},
      {"4 1 NA", RunFault::not_finite, "NA"},
      {"4 -inf 1", RunFault::not_finite, "-inf"},
      {"4 1 1e999", RunFault::not_finite, "1e999"},
      {"4 1", RunFault::wrong_columns, "1 / 2"},
      {"4", RunFault::wrong_columns, "0 / 2"},
      {"4 1 2 3", RunFault::wrong_columns, "3 / 2"},
      {"4 1 two", RunFault::garbled, "'two'"},
      {"4 1 0x1f", RunFault::garbled, "'0x1f'"},
      {"5 1 2", RunFault::garbled, "'5 1 2'", true},
      {"", RunFault::garbled, "''", true},
      {"Loading\x01 the \xff library", RunFault::garbled, "'Loading  the ? library'", true},
  };
  for (const Bad& bad : cases) {
    const OutsideRun run = read_answer(bad.line, 4, 2);
    EXPECT_EQ(run.fault, bad.fault) << bad.line;
    EXPECT_EQ(run.reason, bad.reason) << bad.line;
    EXPECT_EQ(run.out_of_step, bad.out_of_step) << bad.line;
    ASSERT_EQ(run.summaries.size(), 2) << bad.line;
    EXPECT_TRUE(run.summaries.array().isNaN().all()) << bad.line;
  }
}

TEST(Answer, LongReasonsAreCutBetweenCharacters) {
  std::string line = "4 failed ";
  for (int i = 0; i < 200; ++i) line += "é";
  const OutsideRun run = read_answer(line, 4, 2);
  EXPECT_LE(run.reason.size(), 160U);
  EXPECT_EQ(run.reason.size() % 2, 0U);
  EXPECT_EQ(run.reason.find('?'), std::string::npos);
}

}  // namespace
}  // namespace tremplin::outside
