#include "engine/base/portable_math.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstdint>
#include <limits>

namespace tremplin::portable {

namespace {
constexpr double ln2_high = 6.93147180369123816490e-01;  // the top 33 bits of ln 2
constexpr double ln2_low = 1.90821492927058770002e-10;   // the rest

// 1 / n!, each rounded once: the quotients of integers that a double holds exactly.
constexpr std::array<double, 15> inverse_factorial = [] {
  std::array<double, 15> inverse{};
  std::int64_t factorial = 1;
  for (std::size_t n = 0; n < inverse.size(); ++n) {
    if (n > 0) factorial *= static_cast<std::int64_t>(n);
    inverse[n] = 1 / static_cast<double>(factorial);
  }
  return inverse;
}();

// 1 / 3, 1 / 5, … 1 / 23.
constexpr std::array<double, 11> inverse_odd = [] {
  std::array<double, 11> inverse{};
  for (std::size_t i = 0; i < inverse.size(); ++i) inverse[i] = 1.0 / static_cast<double>(2 * i + 3);
  return inverse;
}();

double power_of_two(int exponent) {  // exponent in [-1022, 1023]
  return std::bit_cast<double>(static_cast<std::uint64_t>(exponent + 1023) << 52);
}

// The steps of exp and log on n numbers side by side: each step waits for the one before it, so that four
// numbers take hardly longer than one.
template <std::size_t n>
using Numbers = std::array<double, n>;

// Of normal, finite numbers above 0, times 2^away.
template <std::size_t n>
Numbers<n> log_of(Numbers<n> x, int away = 0) {
  Numbers<n> exponent;
  Numbers<n> s;
  for (std::size_t i = 0; i < n; ++i) {
    const auto bits = std::bit_cast<std::uint64_t>(x[i]);
    const double m = std::bit_cast<double>((bits & 0x000fffffffffffffULL) | 0x3ff0000000000000ULL);
    const bool high = m > 1.41421356237309504880;
    exponent[i] = static_cast<int>(bits >> 52) - 1023 + static_cast<int>(high) + away;
    s[i] = m * (1 - 0.5 * static_cast<int>(high));  // exact
  }
  // log m = 2 artanh(s), s = (m - 1) / (m + 1), |s| <= 0.172: 12 terms reach the last bit.
  Numbers<n> s2;
  Numbers<n> sum{};
  for (std::size_t i = 0; i < n; ++i) {
    s[i] = (s[i] - 1) / (s[i] + 1);
    s2[i] = s[i] * s[i];
  }
  for (std::size_t term = inverse_odd.size(); term-- > 0;) {
    for (std::size_t i = 0; i < n; ++i) sum[i] = (sum[i] + inverse_odd[term]) * s2[i];
  }
  for (std::size_t i = 0; i < n; ++i)
    x[i] = exponent[i] * ln2_high + (2 * s[i] + (2 * s[i] * sum[i] + exponent[i] * ln2_low));
  return x;
}

bool is_plain_for_log(double x) {
  return x >= std::numeric_limits<double>::min() && x < std::numeric_limits<double>::infinity();
}

// Of numbers whose exponential is neither tiny nor huge; where it is, 2^away is set apart.
template <std::size_t n>
Numbers<n> exp_of(Numbers<n> x, int away = 0) {
  // x = k ln 2 + r with |r| <= ln 2 / 2, then the Taylor series of exp(r) by Horner's rule.
  std::array<int, n> k;
  Numbers<n> r;
  Numbers<n> sum;
  for (std::size_t i = 0; i < n; ++i) {
    const double scaled = x[i] * 1.44269504088896340736;
    k[i] = static_cast<int>(scaled + std::copysign(0.5, scaled));  // no branch that nobody foresees
    r[i] = (x[i] - k[i] * ln2_high) - k[i] * ln2_low;
    sum[i] = inverse_factorial[14];
  }
  for (std::size_t term = 14; term-- > 0;) {
    for (std::size_t i = 0; i < n; ++i) sum[i] = inverse_factorial[term] + sum[i] * r[i];
  }
  for (std::size_t i = 0; i < n; ++i) x[i] = sum[i] * power_of_two(k[i] - away) * power_of_two(away);
  return x;
}

bool is_plain_for_exp(double x) { return x > -700 && x < 700; }

// Calls four(x) on groups of four numbers that are plain, one(x) on the others.
template <typename Plain, typename Four, typename One>
void each(std::span<double> x, Plain plain, Four four, One one) {
  std::size_t i = 0;
  for (; i + 4 <= x.size(); i += 4) {
    Numbers<4> group{x[i], x[i + 1], x[i + 2], x[i + 3]};
    if (!std::ranges::all_of(group, plain)) {
      for (double& number : group) number = one(number);
    } else {
      group = four(group);
    }
    std::ranges::copy(group, x.begin() + static_cast<std::ptrdiff_t>(i));
  }
  for (; i < x.size(); ++i) x[i] = one(x[i]);
}
}  // namespace

double exp(double x) {
  if (is_plain_for_exp(x)) return exp_of<1>({x})[0];
  if (!(x > -745.2)) return x != x ? x : 0.0;
  if (x > 709.782712893384) return std::numeric_limits<double>::infinity();
  return exp_of<1>({x}, x < 0 ? -100 : 1)[0];
}

double log(double x) {
  if (is_plain_for_log(x)) return log_of<1>({x})[0];
  if (x == 0) return -std::numeric_limits<double>::infinity();
  if (!(x < std::numeric_limits<double>::infinity())) return x;
  return log_of<1>({x * power_of_two(54)}, -54)[0];  // too small to be normal
}

void log_of_each(std::span<double> x) {
  each(
      x, is_plain_for_log, [](const Numbers<4>& group) { return log_of(group); },
      [](double number) { return log(number); });
}

void pow_of_each(std::span<double> x, double y) {
  log_of_each(x);
  for (double& number : x) number *= y;
  each(
      x, is_plain_for_exp, [](const Numbers<4>& group) { return exp_of(group); },
      [](double number) { return exp(number); });
}

double pow(double x, double y) { return exp(y * log(x)); }

double tan(double x) {
  constexpr double pi = 3.14159265358979323846;
  if (x > pi / 2) return tan(x - pi);
  if (x < -pi / 2) return tan(x + pi);
  if (x > pi / 4) return 1 / tan(pi / 2 - x);
  if (x < -pi / 4) return -1 / tan(pi / 2 + x);
  double sine = 1;
  double cosine = 1;
  const double x2 = x * x;
  for (int n = 21; n >= 3; n -= 2) sine = 1 - sine * x2 / (n * (n - 1));
  for (int n = 20; n >= 2; n -= 2) cosine = 1 - cosine * x2 / (n * (n - 1));
  return x * sine / cosine;
}

// P. J. Acklam, "An algorithm for computing the inverse normal cumulative distribution function".
double normal_quantile(double p) {
  constexpr double a[] = {-3.969683028665376e+01, 2.209460984245205e+02,  -2.759285104469687e+02,
                          1.383577518672690e+02,  -3.066479806614716e+01, 2.506628277459239e+00};
  constexpr double b[] = {-5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02,
                          6.680131188771972e+01, -1.328068155288572e+01};
  constexpr double c[] = {-7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00,
                          -2.549732539343734e+00, 4.374664141464968e+00,  2.938163982698783e+00};
  constexpr double d[] = {7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00,
                          3.754408661907416e+00};
  constexpr double tail = 0.02425;
  const auto in_tail = [&](double q) {
    return (((((c[0] * q + c[1]) * q + c[2]) * q + c[3]) * q + c[4]) * q + c[5]) /
           ((((d[0] * q + d[1]) * q + d[2]) * q + d[3]) * q + 1);
  };
  if (p < tail) return in_tail(std::sqrt(-2 * log(p)));
  if (p > 1 - tail) return -in_tail(std::sqrt(-2 * log(1 - p)));
  const double q = p - 0.5;
  const double r = q * q;
  return (((((a[0] * r + a[1]) * r + a[2]) * r + a[3]) * r + a[4]) * r + a[5]) * q /
         (((((b[0] * r + b[1]) * r + b[2]) * r + b[3]) * r + b[4]) * r + 1);
}

}  // namespace tremplin::portable
