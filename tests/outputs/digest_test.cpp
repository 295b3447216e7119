#include "outputs/digest.hpp"

#include <gtest/gtest.h>

#include <cstdlib>

#include "engine/base/errors.hpp"
#include "outputs/store.hpp"
#include "tests/outputs/stored_run.hpp"

namespace tremplin {
namespace {

using test::Folder;
using test::stored_run;

TEST(Digest, OfARunAndOfItsFileAgree) {
  const Folder folder;
  const auto run = stored_run();
  write_run(run, folder / "run.h5");
  EXPECT_EQ(digest(folder / "run.h5"), digest(run));
  EXPECT_EQ(digest(run).size(), 64U);
}

TEST(Digest, DoesNotDependOnWhatIsNotAResult) {
  const std::string before = digest(stored_run());
  auto run = stored_run();
  run.program_version = "9.9";
  run.command = "another";
  run.seed = 1;
  run.interrupted = false;
  run.inputs.clear();
  run.scenarios[1].name = "renamed";
  run.results[0][0].active_person_months += 1;
  run.results[0][0].held_person_months += 1;
  EXPECT_EQ(digest(run), before);
}

TEST(Digest, ChangesWithASingleCountInAnyTable) {
  const std::string before = digest(stored_run());
  for (auto member :
       {&RunResult::tallies, &RunResult::workload, &RunResult::offices, &RunResult::paid_days}) {
    for (const bool last : {false, true}) {
      auto run = stored_run();
      auto& values = run.results[1][2].*member;
      (last ? values.back() : values.front()) += 1;
      EXPECT_NE(digest(run), before);
    }
  }
}

TEST(Digest, ChangesWhenTwoReplicatesChangePlaces) {
  auto run = stored_run();
  std::swap(run.results[0][0], run.results[0][1]);
  EXPECT_NE(digest(run), digest(stored_run()));
}

TEST(Digest, DoesNotDependOnCompressionOrChunks) {
  const Folder folder;
  const auto run = stored_run();
  write_run(run, folder / "run.h5");
  for (const char* filter : {"-f NONE", "-f GZIP=9", "-l CONTI"}) {
    const std::string command = std::string(TREMPLIN_H5REPACK) + " " + filter + " " +
                                (folder / "run.h5").string() + " " + (folder / "packed.h5").string();
    ASSERT_EQ(std::system(command.c_str()), 0) << command;
    EXPECT_EQ(digest(folder / "packed.h5"), digest(run)) << filter;
    EXPECT_TRUE(read_run(folder / "packed.h5") == run) << filter;
  }
}

// The slow twin of one table's hash: the cohort's cells lie together, stratum by stratum.
TEST(Digest, HashesATableAsItsValuesInCOrder) {
  const auto run = stored_run();
  Sha256 hash;
  for (const auto& replicates : run.results) {
    for (const RunResult& result : replicates) {
      for (const std::size_t stratum : {0, 5, 21, 40, 59}) {
        constexpr std::size_t n_days = cohort_window_days + 1;
        hash.add(std::span<const std::int64_t>(result.paid_days).subspan(stratum * n_days, n_days));
      }
    }
  }
  const Folder folder;
  write_run(run, folder / "run.h5");
  // The file holds it as an attribute of cohort/paid_days.
  EXPECT_NE(test::content_of(folder / "run.h5").find(hash.finish()), std::string::npos);
}

TEST(Digest, OfAMissingFileIsAnUnreadableFault) {
  try {
    digest(std::filesystem::path("no-such-file.h5"));
    ADD_FAILURE() << "no InputError";
  } catch (const InputError& error) {
    EXPECT_EQ(error.faults().front().kind, FaultKind::unreadable);
  }
}

}  // namespace
}  // namespace tremplin
