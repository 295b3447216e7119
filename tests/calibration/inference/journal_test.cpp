#include "calibration/inference/journal.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <barrier>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <limits>
#include <thread>
#include <tuple>

#include "calibration/inference/screening.hpp"
#include "engine/base/errors.hpp"

namespace tremplin::inference {
namespace {

namespace fs = std::filesystem;

// A folder that goes with the test.
class JournalTest : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::temp_directory_path() / (std::string("tremplin-journal-") + test->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  void TearDown() override { fs::remove_all(folder_); }

  [[nodiscard]] fs::path file() const { return folder_ / "runs.csv"; }
  [[nodiscard]] Journal open(const std::string& problem = "abc") const {
    return {file(), problem, {"sum", "root"}};
  }
  void append(const std::string& text) const { std::ofstream(file(), std::ios::app) << text; }

  // The sum of the parameters with a little of the seed, and a root that fails below 0. Counts its calls.
  OneRun counted() {
    return [this](const Row& parameters, std::uint64_t seed, Index i) -> std::optional<Vector> {
      if (n_calls_ == stop_at_) return std::nullopt;
      ++n_calls_;
      Vector summaries(2);
      summaries << parameters.sum() + 1e-7 * static_cast<double>(seed + static_cast<std::uint64_t>(i)),
          parameters[0] < 0 ? std::numeric_limits<double>::quiet_NaN() : std::sqrt(parameters[0]);
      return summaries;
    };
  }

  fs::path folder_;
  int n_calls_ = 0;
  int stop_at_ = -1;
};

Matrix three_points() {
  Matrix points(3, 2);
  points << 1.0 / 3, 2e-300, 0.1, -7, -1, 5;
  return points;
}

bool same_bits(const Matrix& a, const Matrix& b) {
  return a.rows() == b.rows() && a.cols() == b.cols() &&
         std::equal(a.data(), a.data() + a.size(), b.data(),
                    [](double x, double y) { return x == y || (std::isnan(x) && std::isnan(y)); });
}

TEST_F(JournalTest, WhatItHoldsIsNotRunAgainAndHasTheSameBits) {
  Journal first = open();
  const Matrix once = first.remembering(counted())(three_points(), 9);
  EXPECT_EQ(n_calls_, 3);
  Journal second = open();
  EXPECT_EQ(second.n_read(), 3);
  EXPECT_TRUE(same_bits(second.remembering(counted())(three_points(), 9), once));
  EXPECT_EQ(n_calls_, 3);
  EXPECT_EQ(second.n_done(), 3);
}

TEST_F(JournalTest, AnotherSeedAndOtherParametersAreOtherRuns) {
  Journal journal = open();
  const Simulator simulator = journal.remembering(counted());
  simulator(three_points(), 9);
  simulator(three_points(), 10);
  Matrix moved = three_points();
  moved(1, 0) = std::nextafter(moved(1, 0), 1);
  simulator(moved, 9);
  EXPECT_EQ(n_calls_, 3 + 3 + 1);
  Matrix more(3, 3);
  more << three_points(), Vector::Ones(3);
  simulator(more, 9);
  EXPECT_EQ(n_calls_, 3 + 3 + 1 + 3);
}

TEST_F(JournalTest, GoesOnWhereItWasStopped) {
  stop_at_ = 2;
  Journal stopped = open();
  EXPECT_THROW(stopped.remembering(counted())(three_points(), 9), Stopped);
  stop_at_ = -1;
  Journal resumed = open();
  EXPECT_EQ(resumed.n_read(), 2);
  const Matrix rest = resumed.remembering(counted())(three_points(), 9);
  EXPECT_EQ(n_calls_, 3);
  EXPECT_FALSE(std::isfinite(rest(2, 1)));  // a run that failed is remembered as that
  Journal whole = open();
  EXPECT_TRUE(same_bits(whole.remembering(counted())(three_points(), 9), rest));
  EXPECT_EQ(n_calls_, 3);
}

TEST_F(JournalTest, ALineThatWasCutOffIsDropped) {
  open().remembering(counted())(three_points(), 9);
  append("9,3,1.5,0.");
  Journal journal = open();
  EXPECT_EQ(journal.n_read(), 3);
  std::ifstream text(file());
  const std::string all((std::istreambuf_iterator<char>(text)), {});
  EXPECT_TRUE(all.ends_with("\n"));
  EXPECT_EQ(all.find("1.5,0."), std::string::npos);
}

TEST_F(JournalTest, KeepsWhyRunsFailedAndTellsItAgain) {
  const auto backwards = [this](const Matrix& parameters, std::uint64_t seed, const std::vector<Index>& rows,
                                const RunEnded& ended) {
    const OneRun one = counted();
    for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
      const auto made = one(parameters.row(*row), seed, *row);
      if (!made) return false;
      ended(*row, *made, made->allFinite() ? "" : "negative root");
    }
    return true;
  };
  const auto open_with_reasons = [this] { return Journal(file(), "abc", {"sum", "root"}, nullptr, true); };
  stop_at_ = 2;
  Journal stopped = open_with_reasons();
  EXPECT_THROW(stopped.remembering_many(backwards)(three_points(), 9), Stopped);
  stop_at_ = -1;
  Journal resumed = open_with_reasons();
  EXPECT_EQ(resumed.n_read(), 2);
  const Matrix found = resumed.remembering_many(backwards)(three_points(), 9);
  EXPECT_EQ(n_calls_, 3);
  EXPECT_EQ(resumed.reasons(), (std::map<std::string, Index>{{"negative root", 1}}));
  fs::remove(file());
  EXPECT_TRUE(same_bits(open().remembering(counted())(three_points(), 9), found));
  EXPECT_THROW(open_with_reasons(), InputError);  // its lines have one cell less
}

// Processes played by threads.
class Threads {
 public:
  explicit Threads(Index n)
      : size_(n), barrier_(static_cast<std::ptrdiff_t>(n)), rows_(static_cast<std::size_t>(n)) {}

  class Member : public Team {
   public:
    Member(Threads& all, Index rank) : all_(all), rank_(rank) {}
    [[nodiscard]] Index size() const override { return all_.size_; }
    [[nodiscard]] Index rank() const override { return rank_; }
    Matrix gathered(const Row& own) override {
      all_.rows_[static_cast<std::size_t>(rank_)] = own;
      all_.barrier_.arrive_and_wait();
      Matrix together(size(), own.size());
      for (Index r = 0; r < size(); ++r) together.row(r) = all_.rows_[static_cast<std::size_t>(r)];
      all_.barrier_.arrive_and_wait();
      return together;
    }
    void take_from_first(Matrix& shared) override {
      if (rank_ == 0) all_.first_ = shared;
      all_.barrier_.arrive_and_wait();
      shared = all_.first_;
      all_.barrier_.arrive_and_wait();
    }

   private:
    Threads& all_;
    Index rank_;
  };

 private:
  Index size_;
  std::barrier<> barrier_;
  std::vector<Row> rows_;
  Matrix first_;
};

TEST_F(JournalTest, ATeamGivesTheBitsAndTheJournalOfOne) {
  Journal alone = open();
  const Matrix once = alone.remembering(counted())(three_points(), 9);
  std::ifstream text(file());
  const std::string written((std::istreambuf_iterator<char>(text)), {});
  for (const Index n : {2, 3, 5}) {
    fs::remove(file());
    // One row is known already: to the first process alone.
    open().remembering(counted())(three_points().topRows(1), 9);
    Threads threads(n);
    std::vector<Matrix> found(static_cast<std::size_t>(n));
    std::atomic<int> n_runs = 0;
    {
      std::vector<std::jthread> processes;
      for (Index rank = 0; rank < n; ++rank) {
        processes.emplace_back([&, rank] {
          Threads::Member member(threads, rank);
          Journal journal(file(), "abc", {"sum", "root"}, &member);
          const OneRun run = [&](const Row& parameters, std::uint64_t seed,
                                 Index i) -> std::optional<Vector> {
            ++n_runs;
            Vector summaries(2);
            summaries << parameters.sum() + 1e-7 * static_cast<double>(seed + static_cast<std::uint64_t>(i)),
                parameters[0] < 0 ? std::numeric_limits<double>::quiet_NaN() : std::sqrt(parameters[0]);
            return summaries;
          };
          found[static_cast<std::size_t>(rank)] = journal.remembering(run)(three_points(), 9);
        });
      }
    }
    EXPECT_EQ(n_runs, 2) << "two rows were left to run";
    for (const Matrix& each : found) EXPECT_TRUE(same_bits(each, once));
    std::ifstream again(file());
    EXPECT_EQ(std::string((std::istreambuf_iterator<char>(again)), {}), written);
  }
}

TEST_F(JournalTest, WhereOneProcessStopsAllDoAndNoFinishedRunIsLost) {
  Threads threads(2);
  std::atomic<int> n_stopped = 0;
  {
    std::vector<std::jthread> processes;
    for (Index rank = 0; rank < 2; ++rank) {
      processes.emplace_back([&, rank] {
        Threads::Member member(threads, rank);
        Journal journal(file(), "abc", {"sum", "root"}, &member);
        const OneRun run = [&](const Row&, std::uint64_t, Index i) -> std::optional<Vector> {
          if (i == 1) return std::nullopt;
          return Vector::Constant(2, static_cast<double>(i));
        };
        try {
          journal.remembering(run)(three_points(), 9);
        } catch (const Stopped&) {
          ++n_stopped;
        }
      });
    }
  }
  EXPECT_EQ(n_stopped, 2);
  EXPECT_EQ(open().n_read(), 1) << "row 0 was done beside the one that stopped";
}

Fault fault_of(const std::function<void()>& act) {
  try {
    act();
  } catch (const InputError& error) {
    return error.faults().front();
  }
  ADD_FAILURE() << "no fault";
  return {};
}

TEST_F(JournalTest, AnotherProblemsJournalIsRefusedAndLeftAsItIs) {
  open().remembering(counted())(three_points(), 9);
  const auto size = fs::file_size(file());
  const Fault fault = fault_of([&] { std::ignore = open("xyz"); });
  EXPECT_EQ(fault.kind, FaultKind::inconsistent);
  EXPECT_EQ(fault.found, "abc");
  EXPECT_EQ(fault.expected, "xyz");
  EXPECT_EQ(fs::file_size(file()), size);
}

TEST_F(JournalTest, TellsTheLineAndWhatStandsThere) {
  open().remembering(counted())(three_points(), 9);
  append("9,3,many,0.5,1 2\n");
  const Fault fault = fault_of([&] { std::ignore = open(); });
  EXPECT_EQ(fault.kind, FaultKind::wrong_type);
  EXPECT_EQ(fault.line, 6);
  EXPECT_EQ(fault.found, "many");
}

TEST_F(JournalTest, AFileOfAnotherKindIsRefused) {
  append("cpas,region\n1,brussels\n");
  EXPECT_EQ(fault_of([&] { std::ignore = open(); }).kind, FaultKind::other_file);
  EXPECT_EQ(fault_of([&] { Journal(folder_ / "none" / "runs.csv", "abc", {"sum"}); }).kind,
            FaultKind::unwritable);
}

// Of sixty scores two act on one summary and one, by its square alone, on the other; noise has sd 0.1.
std::vector<Index> felt_of_sixty(std::uint64_t seed) {
  constexpr Index n = 300;
  Simulations runs;
  runs.scores = prior_scores(n, 60, seed);
  const Matrix noise = prior_scores(n, 2, seed + 1000);
  runs.summaries.resize(n, 3);
  runs.summaries.col(0) = runs.scores.col(7) - 0.5 * runs.scores.col(31) + 0.1 * noise.col(0);
  runs.summaries.col(1) = runs.scores.col(12).array().square().matrix() + 0.1 * noise.col(1);
  runs.summaries.col(2) = runs.scores.col(50);  // no datum is compared with it
  runs.parameters = runs.scores;
  const Observation observation{{{"a", NormalData{0, 0, 1}, 0}, {"b", NormalData{1, 0, 1}, 0}}};
  return felt_scores(observation, runs);
}

// A term of chance costs 5.7 + log(242) = 11.2 of a squared normal: 0.0008 for each of 242, so 0.2 a search
// and 4 in twenty; above 12 with a chance below 0.0003.
TEST(Screening, FindsTheScoresThatASummaryFeelsAndHardlyAnyOther) {
  std::size_t n_others = 0;
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    const std::vector<Index> felt = felt_of_sixty(seed);
    for (const Index acts : {7, 12, 31})
      EXPECT_NE(std::ranges::find(felt, acts), felt.end()) << acts << " of " << seed;
    n_others += felt.size() - 3;
  }
  EXPECT_LE(n_others, 12U);
}

}  // namespace
}  // namespace tremplin::inference
