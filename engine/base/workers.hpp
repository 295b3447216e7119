// The one place where parallel work starts.
#pragma once

#include <atomic>
#include <cstddef>
#include <functional>

namespace tremplin {

// Runs `work` once for each thread of the caller's oneTBB arena, side by side, and returns when all are
// done. `work` takes its portions from a shared counter; it may run fewer times at once than asked.
void on_every_thread(const std::function<void()>& work);

// work(i) for each i below n, each by one of these threads. Returns when all are done.
template <typename Work>
void for_each_below(std::size_t n, Work work) {
  std::atomic<std::size_t> next = 0;
  on_every_thread([&] {
    for (std::size_t i = next++; i < n; i = next++) work(i);
  });
}

}  // namespace tremplin
