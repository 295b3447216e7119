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

// A share (0 to 1) as whole millionths.
constexpr std::int64_t whole_share = 1'000'000;
constexpr std::int64_t millionths_of(double share) { return static_cast<std::int64_t>(share * 1e6 + 0.5); }

// The share, in millionths, of an amount, halves rounded away from zero.
constexpr Cents share_of(Cents amount, std::int64_t millionths) {
  return part_of(amount, millionths, whole_share);
}

}  // namespace tremplin
