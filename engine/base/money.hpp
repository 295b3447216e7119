// Money in integer cents: sums do not depend on their order.
#pragma once

#include <compare>
#include <cstdint>

namespace tremplin {

struct Cents {
  std::int64_t value = 0;

  friend constexpr auto operator<=>(Cents, Cents) = default;
  friend constexpr Cents operator+(Cents a, Cents b) { return {a.value + b.value}; }
  friend constexpr Cents operator-(Cents a, Cents b) { return {a.value - b.value}; }
  constexpr Cents& operator+=(Cents b) {
    value += b.value;
    return *this;
  }
};

// An amount in euro, not negative, to the nearest cent.
constexpr Cents cents_of(double euro) { return {static_cast<std::int64_t>(euro * 100 + 0.5)}; }

// The part `numerator / denominator` of an amount, halves rounded away from zero.
constexpr Cents part_of(Cents amount, std::int64_t numerator, std::int64_t denominator) {
  const std::int64_t product = amount.value * numerator;
  const std::int64_t half = (product >= 0 ? denominator : -denominator) / 2;
  return {(product + half) / denominator};
}

// The share (0 to 1, to a millionth) of an amount, halves rounded away from zero.
constexpr Cents share_of(Cents amount, double share) {
  return part_of(amount, static_cast<std::int64_t>(share * 1e6 + 0.5), 1'000'000);
}

}  // namespace tremplin
