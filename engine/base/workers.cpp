#include "engine/base/workers.hpp"

#include <tbb/parallel_for.h>
#include <tbb/task_arena.h>

#include <thread>
#include <vector>

namespace tremplin {

void on_every_thread(const std::function<void()>& work) {
  const int n = tbb::this_task_arena::max_concurrency();
#ifdef __SANITIZE_THREAD__
  // Debian's oneTBB is built without the thread sanitizer, which cannot see its joins and takes what happens
  // after them for races. The same work on threads whose joins it sees; our own locks are still checked.
  std::vector<std::jthread> threads;
  for (int i = 0; i < n; ++i) threads.emplace_back(work);
#else
  tbb::parallel_for(0, n, [&](int) { work(); });
#endif
}

}  // namespace tremplin
