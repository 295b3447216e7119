#include "calibration/outside/outside_workers.hpp"

#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "calibration/outside/child_process.hpp"

namespace tremplin::outside {

namespace {
using inference::Index;
using Clock = std::chrono::steady_clock;

constexpr int look_ms = 50;  // the longest that a stop waits to be noticed
constexpr std::size_t most_unread = 1 << 20;
}  // namespace

class OutsideWorkers::Worker {
 public:
  explicit Worker(OutsideWorkers& all) : all_(all) { start(); }

  [[nodiscard]] bool idle() const { return !row_; }

  void give(Index row, std::string line) {
    row_ = row;
    line_ = std::move(line);
    // It may have ended since its last answer.
    if (child_ == nullptr) start();
    ask();
  }

  void add_polls(std::vector<pollfd>& polls) const {
    if (child_ == nullptr) return;
    if (child_->to_write() >= 0) polls.push_back({child_->to_write(), POLLOUT, 0});
    if (child_->to_read() >= 0) polls.push_back({child_->to_read(), POLLIN, 0});
    if (child_->to_hear() >= 0) polls.push_back({child_->to_hear(), POLLIN, 0});
  }

  [[nodiscard]] Clock::duration left() const { return deadline_ - Clock::now(); }

  // Reads and writes what goes; the run, once it is over.
  std::optional<std::pair<Index, OutsideRun>> attend() {
    child_->go_on_writing();
    child_->read();
    child_->hear();
    std::optional<OutsideRun> run = answered();
    if (!run) return std::nullopt;
    if (run->out_of_step) {
      const bool had_served_others = n_served_ > 0;
      child_.reset();
      if (had_served_others) {
        start();
        ask();
        return std::nullopt;
      }
    } else {
      ++n_served_;
    }
    return std::pair{*std::exchange(row_, std::nullopt), std::move(*run)};
  }

  void kill() {
    child_.reset();
    row_.reset();
  }
  void dismiss() {
    if (child_) child_->dismiss();
  }

 private:
  void start() {
    if (started_) ++all_.n_restarts_;
    started_ = true;
    n_served_ = 0;
    child_ = std::make_unique<ChildProcess>(all_.program_.command, all_.program_.folder);
    child_->say(header_line(all_.parameters_));
  }

  void ask() {
    deadline_ = Clock::now() + std::chrono::duration_cast<Clock::duration>(
                                   std::chrono::duration<double>(all_.program_.timeout));
    child_->say(line_);
  }

  [[nodiscard]] OutsideRun broken(RunFault fault, const std::string& reason) const {
    OutsideRun run = failed_run(fault, reason, all_.n_summaries_);
    run.out_of_step = true;
    return run;
  }

  std::optional<OutsideRun> answered() {
    if (const auto line = child_->take_line()) return read_answer(*line, *row_, all_.n_summaries_);
    if (child_->unread() > most_unread) return broken(RunFault::garbled, "no end of line");
    if (child_->to_read() < 0) return broken(RunFault::crashed, child_->end());
    if (Clock::now() >= deadline_)
      return broken(RunFault::timed_out, fmt::format("{} s", all_.program_.timeout));
    return std::nullopt;
  }

  OutsideWorkers& all_;
  std::unique_ptr<ChildProcess> child_;
  bool started_ = false;
  Index n_served_ = 0;
  std::optional<Index> row_;  // under way
  std::string line_;
  Clock::time_point deadline_;
};

OutsideWorkers::OutsideWorkers(OutsideProgram program, std::vector<std::string> parameters, Index n_summaries,
                               int n_workers)
    : program_(std::move(program)), parameters_(std::move(parameters)), n_summaries_(n_summaries) {
  workers_.resize(static_cast<std::size_t>(std::max(n_workers, 1)));
  workers_.front() = std::make_unique<Worker>(*this);
}

OutsideWorkers::~OutsideWorkers() {
  for (const auto& worker : workers_)
    if (worker) worker->dismiss();
}

bool OutsideWorkers::run(const inference::Matrix& parameters, std::uint64_t seed,
                         const std::vector<Index>& rows, const Done& done, const std::stop_token& stop) {
  // What is under way goes with a stop, or with an exception.
  struct Cleared {
    OutsideWorkers& all;
    ~Cleared() {
      for (const auto& worker : all.workers_)
        if (worker && !worker->idle()) worker->kill();
    }
  };
  const Cleared cleared{*this};
  std::size_t next = 0;
  for (std::size_t n_done = 0; n_done < rows.size();) {
    if (stop.stop_requested()) return false;
    for (auto& worker : workers_) {
      if (next == rows.size() || (worker && !worker->idle())) continue;
      const Index row = rows[next++];
      if (!worker) worker = std::make_unique<Worker>(*this);
      worker->give(row, run_line(row, outside_seed(seed, row), parameters.row(row)));
    }
    wait();
    for (auto& worker : workers_) {
      if (!worker || worker->idle()) continue;
      if (const auto ended = worker->attend()) {
        ++n_done;
        done(ended->first, ended->second);
      }
    }
  }
  return true;
}

// Until a busy worker can be attended to, a run's time is over, or a stop should be noticed.
void OutsideWorkers::wait() const {
  std::vector<pollfd> polls;
  auto patience = std::chrono::duration_cast<Clock::duration>(std::chrono::milliseconds(look_ms));
  for (const auto& worker : workers_) {
    if (!worker || worker->idle()) continue;
    worker->add_polls(polls);
    patience = std::min(patience, worker->left());
  }
  const auto ms = std::chrono::ceil<std::chrono::milliseconds>(patience).count();
  ::poll(polls.data(), polls.size(), static_cast<int>(std::clamp<std::int64_t>(ms, 0, look_ms)));
}

}  // namespace tremplin::outside
