// A number for Boost.Random's distributions whose exp, log, pow and tan are the portable ones, so that
// a draw from a normal, gamma, beta, exponential or Poisson law is the same on any x86-64 processor.
#pragma once

#include <cmath>
#include <compare>
#include <concepts>
#include <limits>

#include "engine/base/portable_math.hpp"

namespace tremplin {

struct PortableReal {
  double value;

  PortableReal() = default;
  template <class Number>
  requires std::integral<Number> || std::floating_point<Number>
  // NOLINTNEXTLINE(google-explicit-constructor): Boost.Random mixes it with plain numbers.
  constexpr PortableReal(Number number) : value(static_cast<double>(number)) {}

  explicit constexpr operator double() const { return value; }
  explicit constexpr operator int() const { return static_cast<int>(value); }
  explicit constexpr operator long() const { return static_cast<long>(value); }

  constexpr PortableReal& operator+=(PortableReal b) { return *this = value + b.value; }
  constexpr PortableReal& operator-=(PortableReal b) { return *this = value - b.value; }
  constexpr PortableReal& operator*=(PortableReal b) { return *this = value * b.value; }
  constexpr PortableReal& operator/=(PortableReal b) { return *this = value / b.value; }
  friend constexpr PortableReal operator+(PortableReal a, PortableReal b) { return a.value + b.value; }
  friend constexpr PortableReal operator-(PortableReal a, PortableReal b) { return a.value - b.value; }
  friend constexpr PortableReal operator*(PortableReal a, PortableReal b) { return a.value * b.value; }
  friend constexpr PortableReal operator/(PortableReal a, PortableReal b) { return a.value / b.value; }
  friend constexpr PortableReal operator-(PortableReal a) { return -a.value; }
  friend constexpr auto operator<=>(PortableReal, PortableReal) = default;

  friend PortableReal exp(PortableReal x) { return portable::exp(x.value); }
  friend PortableReal log(PortableReal x) { return portable::log(x.value); }
  friend PortableReal pow(PortableReal x, PortableReal y) { return portable::pow(x.value, y.value); }
  friend PortableReal tan(PortableReal x) { return portable::tan(x.value); }
  friend PortableReal expm1(PortableReal x) { return portable::exp(x.value) - 1; }
  friend PortableReal log1p(PortableReal x) { return portable::log(1 + x.value); }
  friend PortableReal sqrt(PortableReal x) { return std::sqrt(x.value); }    // exact by IEEE 754
  friend PortableReal floor(PortableReal x) { return std::floor(x.value); }  // exact
  friend PortableReal abs(PortableReal x) { return std::abs(x.value); }      // exact
  friend PortableReal fabs(PortableReal x) { return std::abs(x.value); }     // exact
};

}  // namespace tremplin

template <>
struct std::numeric_limits<tremplin::PortableReal> : std::numeric_limits<double> {};
