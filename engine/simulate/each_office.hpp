// The loop over offices that every kind of simulation shares: threads, order, progress, interruption.
#pragma once

#include <algorithm>
#include <atomic>
#include <functional>
#include <mutex>
#include <numeric>
#include <stop_token>
#include <utility>
#include <vector>

#include "engine/base/workers.hpp"
#include "engine/simulate/simulate.hpp"
#include "engine/trajectory/step.hpp"

namespace tremplin {

// Lives every office on the threads of the caller's arena: live(office's index, scratch) on any of them,
// keep(index, what it returned) on one at a time. False if stop was requested.
// NOLINTBEGIN(performance-unnecessary-value-param): a token is a handle, handed on by value throughout
template <typename Live, typename Keep>
bool for_each_office(const World& world, Observer& observer, std::stop_token stop, Live live, Keep keep) {
  // The largest offices first, so that no thread is left with one at the end.
  std::vector<std::size_t> order(world.offices.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, std::greater{},
                           [&](std::size_t i) { return world.offices[i].caseload_2013; });

  std::atomic<std::size_t> next = 0;
  std::mutex keeping;
  on_every_thread([&] {
    OfficeScratch scratch;
    scratch.times.wanted = observer.wants_times();
    for (std::size_t i = next++; i < order.size() && !stop.stop_requested(); i = next++) {
      auto lived = live(order[i], scratch);
      const std::scoped_lock lock(keeping);  // integers: the order of addition does not matter
      keep(order[i], std::move(lived));
      observer.office_done(world.offices[order[i]]);
    }
    const std::scoped_lock lock(keeping);
    if (scratch.times.wanted) observer.months_took(scratch.times);
  });
  return !stop.stop_requested();
}
// NOLINTEND(performance-unnecessary-value-param)

}  // namespace tremplin
