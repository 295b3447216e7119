#include "outputs/inspect.hpp"

#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "outputs/digest.hpp"
#include "outputs/store.hpp"
#include "tests/outputs/stored_run.hpp"

namespace tremplin {
namespace {

using test::Folder;
using test::stored_run;

FileSummary summary_of(const Run& run, const Folder& folder) {
  write_run(run, folder / "run.h5");
  return inspect(folder / "run.h5");
}

TEST(Inspect, TellsWhatTheRunWas) {
  const Folder folder;
  const auto run = stored_run();
  const FileSummary summary = summary_of(run, folder);
  EXPECT_EQ(summary.bytes, test::content_of(folder / "run.h5").size());
  EXPECT_EQ(summary.format_version, format_version);
  EXPECT_EQ(summary.program_version, run.program_version);
  EXPECT_EQ(summary.command, run.command);
  EXPECT_EQ(summary.seed, run.seed);
  EXPECT_EQ(summary.sample, run.sample);
  EXPECT_TRUE(summary.fixed_parameters);
  EXPECT_TRUE(summary.interrupted);
  EXPECT_EQ(summary.report_from, "2003-01");
  EXPECT_EQ(summary.report_until, "2003-06");
  EXPECT_EQ(summary.n_replicates, 3U);
  EXPECT_EQ(summary.n_offices, 7U);
  EXPECT_EQ(summary.digest, digest(run));
  ASSERT_EQ(summary.scenarios.size(), 2U);
  EXPECT_EQ(summary.scenarios[1].name, "law-2015+generalisation");
  EXPECT_EQ(summary.scenarios[1].title, run.scenarios[1].title);
  ASSERT_EQ(summary.inputs.size(), 2U);
  EXPECT_EQ(summary.inputs[0].sha256, run.inputs[0].sha256);
  EXPECT_TRUE(summary.inputs[1].confidential);
}

TEST(Inspect, ListsTheTablesWithTheirAxesShapesAndSizes) {
  const Folder folder;
  const FileSummary summary = summary_of(stored_run(), folder);
  const auto table = std::ranges::find(summary.tables, "workload/values", &FileSummary::Table::path);
  ASSERT_NE(table, summary.tables.end());
  EXPECT_EQ(table->axes,
            (std::vector<std::string>{"scenario", "replicate", "month", "stratum", "task", "measure"}));
  EXPECT_EQ(table->shape, (std::vector<std::size_t>{2, 3, 5, 5, n_tasks, n_workload}));
  EXPECT_EQ(table->type, "int32");
  EXPECT_GT(table->stored_bytes, 0U);
}

TEST(Inspect, GivesJsonThatHoldsTheSameFacts) {
  const Folder folder;
  const FileSummary summary = summary_of(stored_run(), folder);
  const nlohmann::json json = nlohmann::json::parse(to_json(summary).dump());
  EXPECT_EQ(json["seed"].get<std::uint64_t>(), summary.seed);
  EXPECT_EQ(json["scenarios"][1]["title"]["nl"], "Veralgemeend");
  EXPECT_EQ(json["tables"].size(), summary.tables.size());
  EXPECT_EQ(json["digest"], summary.digest);
}

}  // namespace
}  // namespace tremplin
