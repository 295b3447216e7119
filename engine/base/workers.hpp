// The one place where the engine starts parallel work.
#pragma once

#include <functional>

namespace tremplin {

// Runs `work` once for each thread of the caller's oneTBB arena, side by side, and returns when all are
// done. `work` takes its portions from a shared counter; it may run fewer times at once than asked.
void on_every_thread(const std::function<void()>& work);

}  // namespace tremplin
