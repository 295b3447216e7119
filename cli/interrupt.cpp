#include "cli/interrupt.hpp"

#include <unistd.h>

#include <csignal>
#include <utility>

namespace tremplin::cli {
namespace {

sigset_t answered_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGINT);
  sigaddset(&signals, SIGTERM);
  return signals;
}

}  // namespace

void leave_signals_to_interrupt() {
  const sigset_t signals = answered_signals();
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
}

Interrupt::Interrupt(std::function<void()> announce) : announce_(std::move(announce)) {
  leave_signals_to_interrupt();
  thread_ = std::thread([this] { answer(); });
}

Interrupt::~Interrupt() {
  over_ = true;
  thread_.join();
}

void Interrupt::answer() {
  const sigset_t signals = answered_signals();
  const timespec patience{0, 50'000'000};  // the longest that the program's end waits for this thread
  while (!over_) {
    if (sigtimedwait(&signals, nullptr, &patience) < 0) continue;
    // The second one: no destructors, no files; a result under way keeps its temporary name.
    if (stop_.stop_requested()) _exit(exit_interrupted);
    announce_();
    stop_.request_stop();
  }
}

}  // namespace tremplin::cli
