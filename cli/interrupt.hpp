// Ctrl-C as a stop token: the first one asks to finish what is complete, the second ends at once.
#pragma once

#include <atomic>
#include <functional>
#include <stop_token>
#include <thread>

namespace tremplin::cli {

constexpr int exit_interrupted = 130;  // 128 + SIGINT, as shells say it

// Keeps those signals from every thread that is started from now on: for a process whose threads begin before
// its Interrupt.
void leave_signals_to_interrupt();

// While it lives, SIGINT and SIGTERM are answered by a thread of its own. Make it before any other
// thread starts: threads inherit the blocked signals.
class Interrupt {
 public:
  // `announce` is called once, from the answering thread, at the first signal.
  explicit Interrupt(std::function<void()> announce);
  Interrupt(const Interrupt&) = delete;
  Interrupt& operator=(const Interrupt&) = delete;
  ~Interrupt();

  [[nodiscard]] std::stop_token token() const { return stop_.get_token(); }

 private:
  void answer();

  std::stop_source stop_;
  std::function<void()> announce_;
  std::atomic<bool> over_ = false;
  std::thread thread_;
};

}  // namespace tremplin::cli
