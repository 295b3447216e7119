#include "calibration/outside/outside_workers.hpp"

#include <gtest/gtest.h>
#include <sys/wait.h>

#include <cerrno>
#include <chrono>
#include <cmath>
#include <csignal>
#include <fstream>
#include <map>
#include <numeric>
#include <system_error>
#include <thread>

namespace tremplin::outside {
namespace {

namespace fs = std::filesystem;
using inference::Index;
using inference::Matrix;

// Shell programs that answer with their two parameters, and what they do besides.
class OutsideWorkersTest : public testing::Test {
 protected:
  void SetUp() override {
    const auto* test = testing::UnitTest::GetInstance()->current_test_info();
    folder_ = fs::temp_directory_path() / (std::string("tremplin-outside-") + test->name());
    fs::remove_all(folder_);
    fs::create_directories(folder_);
  }
  // Whatever the test did: no child is left, neither running nor as a zombie.
  void TearDown() override {
    EXPECT_EQ(::waitpid(-1, nullptr, WNOHANG), -1);
    EXPECT_EQ(errno, ECHILD);
    fs::remove_all(folder_);
  }

  // each: shell commands for a run, before it is answered.
  [[nodiscard]] OutsideProgram program(const std::string& each, const std::string& before = "") const {
    std::ofstream(folder_ / "simulator.sh") << before << "\nread -r header\nwhile read -r run seed x y; do\n"
                                            << each << "\necho \"$run $x $y\"\ndone\n";
    return {{"sh", "simulator.sh"}, folder_, 30};
  }

  struct All {
    std::map<Index, OutsideRun> runs;
    bool whole = false;
    Index n_restarts = 0;

    [[nodiscard]] Matrix summaries() const {
      Matrix m(static_cast<Index>(runs.size()), 2);
      for (const auto& [row, run] : runs) m.row(row) = run.summaries.transpose();
      return m;
    }
    [[nodiscard]] std::vector<Index> failed(RunFault fault) const {
      std::vector<Index> rows;
      for (const auto& [row, run] : runs)
        if (run.fault == fault) rows.push_back(row);
      return rows;
    }
  };
  static Matrix points(Index n) {
    Matrix m(n, 2);
    for (Index i = 0; i < n; ++i) m.row(i) << static_cast<double>(i) / 3, -1.0 / static_cast<double>(i + 1);
    return m;
  }
  static All run(const OutsideProgram& program, Index n, int n_workers, const std::stop_token& stop = {}) {
    All all;
    OutsideWorkers workers(program, {"x", "y"}, 2, n_workers);
    std::vector<Index> rows(static_cast<std::size_t>(n));
    std::iota(rows.begin(), rows.end(), Index{0});
    all.whole = workers.run(
        points(n), 9, rows,
        [&](Index row, const OutsideRun& one) { EXPECT_TRUE(all.runs.emplace(row, one).second); }, stop);
    all.n_restarts = workers.n_restarts();
    return all;
  }

  fs::path folder_;
};

bool same_bits(const Matrix& a, const Matrix& b) {
  return a.rows() == b.rows() && ((a.array() == b.array()) || (a.array().isNaN() && b.array().isNaN())).all();
}

TEST_F(OutsideWorkersTest, AWellBehavedProgramIsStartedOncePerWorkerAndGivesTheSameBits) {
  const OutsideProgram good = program("", "echo start >> starts");
  const All one = run(good, 40, 1);
  EXPECT_TRUE(one.whole);
  EXPECT_TRUE(same_bits(one.summaries(), points(40)));
  EXPECT_EQ(one.n_restarts, 0);
  const All three = run(good, 40, 3);
  EXPECT_TRUE(same_bits(three.summaries(), one.summaries()));
  std::ifstream starts(folder_ / "starts");
  const std::string text((std::istreambuf_iterator<char>(starts)), {});
  EXPECT_EQ(std::count(text.begin(), text.end(), '\n'), 1 + 3);
}

TEST_F(OutsideWorkersTest, ARunThatCrashesIsToldAndTheOthersGoOn) {
  const OutsideProgram crashing = program(R"([ "$run" = 7 ] && { echo "division by zero" >&2; exit 3; })");
  for (const int n_workers : {1, 2}) {
    const All all = run(crashing, 12, n_workers);
    EXPECT_TRUE(all.whole);
    EXPECT_EQ(all.runs.size(), 12U);
    EXPECT_EQ(all.failed(RunFault::crashed), std::vector<Index>{7});
    EXPECT_EQ(all.runs.at(7).reason, "exit status 3: division by zero");
    EXPECT_EQ(all.failed(RunFault::none).size(), 11U);
  }
}

TEST_F(OutsideWorkersTest, AProgramThatBreaksDownOnlyAfterOtherRunsLosesNone) {
  // Dies at the seventh run of each process, whichever that is: asked of a new process, the run succeeds.
  const OutsideProgram tiring = program("n=$((n + 1)); [ $n = 7 ] && kill -9 $$", "n=0");
  const All one = run(tiring, 20, 1);
  EXPECT_TRUE(same_bits(one.summaries(), points(20)));
  EXPECT_EQ(one.n_restarts, 3);  // at runs 6, 12 and 18
  EXPECT_TRUE(same_bits(run(tiring, 20, 2).summaries(), points(20)));
}

TEST_F(OutsideWorkersTest, ASignalIsNamed) {
  const All all = run(program(R"([ "$run" = 0 ] && kill -11 $$)"), 2, 1);
  EXPECT_EQ(all.runs.at(0).fault, RunFault::crashed);
  EXPECT_EQ(all.runs.at(0).reason, "signal 11");
}

TEST_F(OutsideWorkersTest, ARunThatHangsIsEndedWithAllThatItStarted) {
  OutsideProgram hanging = program(R"([ "$run" = 0 ] && { sleep 1000 & echo $! > sleeper; wait; })");
  hanging.timeout = 2;
  const auto before = std::chrono::steady_clock::now();
  const All all = run(hanging, 5, 2);
  EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds(60));
  EXPECT_EQ(all.failed(RunFault::timed_out), std::vector<Index>{0});
  EXPECT_EQ(all.runs.at(0).reason, "2 s");
  EXPECT_EQ(all.failed(RunFault::none).size(), 4U);
  pid_t sleeper = 0;
  std::ifstream(folder_ / "sleeper") >> sleeper;
  ASSERT_GT(sleeper, 0);
  // Whoever inherits it reaps it; that may take a moment.
  for (int i = 0; i < 500 && ::kill(sleeper, 0) == 0; ++i) {
    std::ifstream stat("/proc/" + std::to_string(sleeper) + "/stat");
    std::string word;
    if (!(stat >> word >> word >> word) || word == "Z") break;
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  std::ifstream stat("/proc/" + std::to_string(sleeper) + "/stat");
  std::string state;
  EXPECT_TRUE(!(stat >> state >> state >> state) || state == "Z") << state;
}

TEST_F(OutsideWorkersTest, GarbageIsNotTakenForAnAnswer) {
  const All all = run(program(R"([ "$run" = 2 ] && echo "3.5 and so on")"), 6, 1);
  EXPECT_EQ(all.failed(RunFault::garbled), std::vector<Index>{2});
  EXPECT_EQ(all.runs.at(2).reason, "'3.5 and so on'");
  EXPECT_EQ(all.failed(RunFault::none).size(), 5U);
}

TEST_F(OutsideWorkersTest, AGreetingSpoilsEveryRunAndALineTooManyNone) {
  EXPECT_EQ(run(program("", "echo welcome"), 4, 2).failed(RunFault::garbled).size(), 4U);
  // The line left over is met by the next run, which is then asked of a new process.
  std::ofstream(folder_ / "simulator.sh")
      << "read -r header\nwhile read -r run seed x y; do echo \"$run $x $y\"; echo done; done\n";
  const OutsideProgram chatty{{"sh", "simulator.sh"}, folder_, 30};
  for (const int n_workers : {1, 2}) EXPECT_TRUE(same_bits(run(chatty, 6, n_workers).summaries(), points(6)));
}

TEST_F(OutsideWorkersTest, TooFewColumnsNaNAndReportedFailuresAreCountedApart) {
  const All all = run(program(R"(case $run in
1) echo "$run $x"; continue;;
2) echo "$run nan 1"; continue;;
3) echo "$run failed no solution"; continue;;
esac)"),
                      6, 2);
  EXPECT_EQ(all.failed(RunFault::wrong_columns), std::vector<Index>{1});
  EXPECT_EQ(all.failed(RunFault::not_finite), std::vector<Index>{2});
  EXPECT_EQ(all.failed(RunFault::reported), std::vector<Index>{3});
  EXPECT_EQ(all.runs.at(3).reason, "no solution");
  EXPECT_EQ(all.failed(RunFault::none).size(), 3U);
  EXPECT_EQ(all.n_restarts, 0);
}

TEST_F(OutsideWorkersTest, AProgramThatNeverReadsOrNeverEndsItsLineDoesNoHarm) {
  std::ofstream(folder_ / "simulator.sh") << "exit 0\n";
  const OutsideProgram absent{{"sh", "simulator.sh"}, folder_, 30};
  EXPECT_EQ(run(absent, 3, 1).failed(RunFault::crashed).size(), 3U);
  const All endless = run(program("head -c 3000000 /dev/zero | tr '\\0' x; sleep 1000"), 1, 1);
  EXPECT_EQ(endless.runs.at(0).fault, RunFault::garbled);
}

TEST_F(OutsideWorkersTest, MessagesOfAnyLengthDoNotBlockIt) {
  const All all = run(program("head -c 300000 /dev/zero >&2"), 3, 1);
  EXPECT_TRUE(same_bits(all.summaries(), points(3)));
}

TEST_F(OutsideWorkersTest, ARunLongerThanAPipePasses) {
  constexpr Index n = 6'000;  // parameters, some 110 kB in a line
  std::ofstream(folder_ / "simulator.sh")
      << "read -r header\nwhile read -r run seed first rest; do sleep 0.1; echo "
         "\"$run $first\"; done\n";
  std::vector<std::string> names(n, "a");
  OutsideWorkers workers({{"sh", "simulator.sh"}, folder_, 30}, names, 1, 1);
  double found = 0;
  workers.run(Matrix::Constant(1, n, 1.0 / 3), 1, {0},
              [&](Index, const OutsideRun& run) { found = run.summaries[0]; }, {});
  EXPECT_EQ(found, 1.0 / 3);
}

TEST_F(OutsideWorkersTest, AStopKillsWhatIsUnderWay) {
  std::stop_source stop;
  const std::jthread impatient([&] {
    for (int i = 0; i < 2000 && !fs::exists(folder_ / "hangs"); ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(10));
    stop.request_stop();
  });
  const All all = run(program(R"([ "$run" = 3 ] && { touch hangs; sleep 1000; })"), 10, 1, stop.get_token());
  EXPECT_FALSE(all.whole);
  EXPECT_EQ(all.runs.size(), 3U);
}

TEST_F(OutsideWorkersTest, AProgramThatDoesNotExistIsToldAtOnce) {
  EXPECT_THROW(OutsideWorkers({{"./no-such-program"}, folder_, 1}, {"x"}, 1, 1), std::system_error);
  EXPECT_THROW(OutsideWorkers({{"tremplin-no-such-program"}, folder_, 1}, {"x"}, 1, 1), std::system_error);
}

TEST_F(OutsideWorkersTest, AnExceptionLeavesNoRunBehind) {
  OutsideWorkers workers(program(""), {"x", "y"}, 2, 2);
  const auto refuse = [](Index, const OutsideRun&) { throw std::runtime_error("full"); };
  EXPECT_THROW(workers.run(points(4), 1, {0, 1, 2, 3}, refuse, {}), std::runtime_error);
  Index n = 0;
  EXPECT_TRUE(workers.run(points(4), 1, {0, 1, 2, 3}, [&](Index, const OutsideRun&) { ++n; }, {}));
  EXPECT_EQ(n, 4);
}

}  // namespace
}  // namespace tremplin::outside
