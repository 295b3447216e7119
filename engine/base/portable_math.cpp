#include "engine/base/portable_math.hpp"

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

double power_of_two(int exponent) {  // exponent in [-1022, 1023]
  return std::bit_cast<double>(static_cast<std::uint64_t>(exponent + 1023) << 52);
}
}  // namespace

double exp(double x) {
  if (!(x > -745.2)) return x != x ? x : 0.0;
  if (x > 709.782712893384) return std::numeric_limits<double>::infinity();
  // x = k ln 2 + r with |r| <= ln 2 / 2, then the Taylor series of exp(r) by Horner's rule.
  const double scaled = x * 1.44269504088896340736;
  const int k = static_cast<int>(scaled + (scaled >= 0 ? 0.5 : -0.5));
  const double r = (x - k * ln2_high) - k * ln2_low;
  double sum = inverse_factorial[14];
  for (std::size_t n = 14; n-- > 0;) sum = inverse_factorial[n] + sum * r;
  if (k < -1021) return sum * power_of_two(k + 100) * power_of_two(-100);
  if (k > 1022) return sum * power_of_two(k - 1) * 2;
  return sum * power_of_two(k);
}

double log(double x) {
  if (x == 0) return -std::numeric_limits<double>::infinity();
  if (!(x < std::numeric_limits<double>::infinity())) return x;
  int exponent = 0;
  if (x < std::numeric_limits<double>::min()) {
    x *= power_of_two(54);
    exponent -= 54;
  }
  const auto bits = std::bit_cast<std::uint64_t>(x);
  exponent += static_cast<int>(bits >> 52) - 1023;
  double m = std::bit_cast<double>((bits & 0x000fffffffffffffULL) | 0x3ff0000000000000ULL);
  if (m > 1.41421356237309504880) {
    m *= 0.5;
    ++exponent;
  }
  // log m = 2 artanh(s), s = (m - 1) / (m + 1), |s| <= 0.172: 12 terms reach the last bit.
  const double s = (m - 1) / (m + 1);
  const double s2 = s * s;
  double sum = 0;
  for (int n = 23; n >= 3; n -= 2) sum = (sum + 1.0 / n) * s2;
  return exponent * ln2_high + (2 * s + (2 * s * sum + exponent * ln2_low));
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
