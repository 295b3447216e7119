// Where the time of a month goes: what a clock says of its parts, for whoever measures (`tremplin bench`). An
// ordinary run reads no clock.
#pragma once

#include <array>
#include <chrono>
#include <cstdint>

namespace tremplin {

// In their order: rules and responses of the month; who asks; tasks that fall due; hours; the words that most
// months need; everybody's month; accounts of the office.
enum class MonthPart : std::uint8_t { rules, asking, tasks, hours, words, lives, accounts };
constexpr std::size_t n_month_parts = 7;

struct MonthTimes {
  bool wanted = false;
  std::array<std::int64_t, n_month_parts> nanoseconds{};
};

// Books the time since it was made, or since the last part ended, on the part that ends.
class Stopwatch {
 public:
  explicit Stopwatch(MonthTimes& times) : times_(times) {
    if (times_.wanted) since_ = Clock::now();
  }
  void ends(MonthPart part) {
    if (!times_.wanted) return;
    const Clock::time_point now = Clock::now();
    times_.nanoseconds[static_cast<std::size_t>(part)] +=
        std::chrono::duration_cast<std::chrono::nanoseconds>(now - since_).count();
    since_ = now;
  }

 private:
  using Clock = std::chrono::steady_clock;
  MonthTimes& times_;
  Clock::time_point since_{};
};

}  // namespace tremplin
