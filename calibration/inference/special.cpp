#include "calibration/inference/special.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

#include "engine/base/portable_math.hpp"

namespace tremplin::inference {

namespace {
constexpr double half_log_two_pi = 0.91893853320467274178;

// Roots of the Hermite polynomial of degree 15 (probabilists' form) with the logs of their weights.
constexpr std::array<NormalNode, 15> nodes{{{-6.3639478888298386, -20.875292951511394},
                                            {-5.1900935913047812, -14.330441330013041},
                                            {-4.1962077112690155, -9.7826609035620802},
                                            {-3.2890824243987664, -6.4583641964156584},
                                            {-2.4324368270097581, -4.0532539930241267},
                                            {-1.6067100690287297, -2.4144355629216911},
                                            {-0.799129068324548, -1.4590272451296604},
                                            {0, -1.144888133870829},
                                            {0.799129068324548, -1.4590272451296604},
                                            {1.6067100690287297, -2.4144355629216911},
                                            {2.4324368270097581, -4.0532539930241267},
                                            {3.2890824243987664, -6.4583641964156584},
                                            {4.1962077112690155, -9.7826609035620802},
                                            {5.1900935913047812, -14.330441330013041},
                                            {6.3639478888298386, -20.875292951511394}}};

// 1 / Mills' ratio of the upper tail, x >= 2.5: x + 1/(x + 2/(x + 3/(x + ...))).
double tail_fraction(double x) {
  double f = x;
  for (int n = 60; n > 0; --n) f = x + n / f;
  return f;
}

// Integral of the normal density from 0 to x over the density at x, |x| < 2.5: x + x^3/3 + x^5/(3*5) + ...
double centre_series(double x) {
  double term = x;
  double sum = x;
  for (int n = 1; n < 45; ++n) {
    term *= x * x / (2 * n + 1);
    sum += term;
  }
  return sum;
}
}  // namespace

double normal_log_density(double x) { return -0.5 * x * x - half_log_two_pi; }

double normal_cdf(double x) {
  if (std::isnan(x)) return x;
  const double density = portable::exp(normal_log_density(x));
  if (std::abs(x) < 2.5) return 0.5 + density * centre_series(x);
  const double tail = density / tail_fraction(std::abs(x));
  return x < 0 ? tail : 1 - tail;
}

double log_normal_cdf(double x) {
  if (x > -2.5) return portable::log(normal_cdf(x));
  return normal_log_density(x) - portable::log(tail_fraction(-x));
}

double log_gamma(double x) {
  // Stirling's series from 10 on, whose first term left out is below 1e-17 there; smaller x by recurrence.
  double shift = 1;
  while (x < 10) {
    shift *= x;
    x += 1;
  }
  const double inverse = 1 / x;
  const double square = inverse * inverse;
  const double series =
      inverse *
      (1.0 / 12 -
       square * (1.0 / 360 -
                 square * (1.0 / 1260 -
                           square * (1.0 / 1680 -
                                     square * (1.0 / 1188 - square * (691.0 / 360360 - square / 156))))));
  return (x - 0.5) * portable::log(x) - x + half_log_two_pi + series - portable::log(shift);
}

double log_choose(double n, double k) { return log_gamma(n + 1) - log_gamma(k + 1) - log_gamma(n - k + 1); }

double log_sum_exp(std::span<const double> x) {
  if (x.empty()) return -std::numeric_limits<double>::infinity();
  const double largest = *std::max_element(x.begin(), x.end());
  if (!std::isfinite(largest)) return largest;
  double sum = 0;
  for (const double value : x) sum += portable::exp(value - largest);
  return largest + portable::log(sum);
}

double inverse_logit(double x) {
  if (x >= 0) return 1 / (1 + portable::exp(-x));
  const double e = portable::exp(x);
  return e / (1 + e);
}

double logit(double p) { return portable::log(p / (1 - p)); }

std::span<const NormalNode> normal_nodes() { return nodes; }

}  // namespace tremplin::inference
