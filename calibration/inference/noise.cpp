#include "calibration/inference/noise.hpp"

#include <algorithm>
#include <array>
#include <boost/math/tools/minima.hpp>
#include <cmath>
#include <utility>

#include "calibration/inference/special.hpp"
#include "engine/base/portable_math.hpp"

namespace tremplin::inference {

namespace {
constexpr double largest_log_mean = 50;

double log_of_cell(double a, double b) {  // of a standard normal between a < b
  if (a > 0) std::tie(a, b) = std::pair{-b, -a};
  const double log_b = log_normal_cdf(b);
  const double inside = 1 - portable::exp(log_normal_cdf(a) - log_b);
  return log_b + portable::log(std::max(inside, 1e-300));
}

double mean_of_count(double log_mean, double excess) {
  const double mean = portable::exp(std::min(log_mean, largest_log_mean));
  return excess < 0 ? std::min(mean, -(1 - 1e-6) / excess) : mean;
}
}  // namespace

double NoiseScale::transformed(double x) const {
  switch (family) {
    case NoiseFamily::root_normal:
      return std::sqrt(std::max(x + shift, 0.0));
    case NoiseFamily::log_normal:
      return portable::log(std::max(x + shift, 1e-300));
    case NoiseFamily::count:
      return portable::log(x + 0.5);
    case NoiseFamily::normal:
      break;
  }
  return x;
}

double log_count_density(double count, double mean, double excess) {
  if (std::abs(excess) * std::max({count, mean, 1.0}) < 1e-7)
    return count * portable::log(mean) - mean - log_gamma(count + 1);
  if (excess > 0) {
    const double size = 1 / excess;
    return log_gamma(count + size) - log_gamma(size) - log_gamma(count + 1) -
           size * portable::log(1 + excess * mean) + count * portable::log(mean / (size + mean));
  }
  const double trials = -1 / excess;
  if (count > trials) return -1e10;
  const double share = mean / trials;
  return log_choose(trials, count) + count * portable::log(share) +
         (trials - count) * portable::log(1 - share);
}

double log_density(const NoiseScale& scale, double x, double mean, double emulator_variance, double noise) {
  if (scale.family == NoiseFamily::count) {
    const auto at = [&](double log_mean) {
      return log_count_density(x, mean_of_count(log_mean, scale.excess), scale.excess);
    };
    if (emulator_variance < 1e-12) return at(mean);
    std::array<double, 15> parts{};
    std::size_t n = 0;
    const double sd = std::sqrt(emulator_variance);
    for (const auto& node : normal_nodes()) parts[n++] = node.log_weight + at(mean + sd * node.at);
    return log_sum_exp(parts);
  }
  const double sd = std::sqrt(emulator_variance + noise);
  if (scale.whole_numbers) {
    const double above = (scale.transformed(x + 0.5) - mean) / sd;
    const bool lowest = scale.family != NoiseFamily::normal && x <= 0;
    return lowest ? log_normal_cdf(above) : log_of_cell((scale.transformed(x - 0.5) - mean) / sd, above);
  }
  const double y = scale.transformed(x);
  double jacobian = 0;
  if (scale.family == NoiseFamily::root_normal) jacobian = -portable::log(2 * std::max(y, 1e-150));
  if (scale.family == NoiseFamily::log_normal) jacobian = -y;
  return normal_log_density((y - mean) / sd) - portable::log(sd) + jacobian;
}

double noise_variance(const NoiseScale& scale, double mean, double noise) {
  if (scale.family != NoiseFamily::count) return noise;
  const double count = mean_of_count(mean, scale.excess);
  return (1 + scale.excess * count) / count;
}

double standardised(const NoiseScale& scale, double x, double mean, double emulator_variance, double noise) {
  if (scale.family != NoiseFamily::count)
    return (scale.transformed(x) - mean) / std::sqrt(emulator_variance + noise);
  const double count = mean_of_count(mean, scale.excess);
  return (x - count) / std::sqrt(count * (1 + scale.excess * count) + count * count * emulator_variance);
}

double fit_excess(const Vector& counts, const Vector& means) {
  const auto minus_log_likelihood = [&](double excess) {
    double total = 0;
    for (Index i = 0; i < counts.size(); ++i) {
      const double mean = excess < 0 ? std::min(means[i], -(1 - 1e-6) / excess) : means[i];
      total -= log_count_density(counts[i], mean, excess);
    }
    return total;
  };
  // Binomial: at least as many trials as the largest count. Negative binomial: on a log scale up to 100.
  const double lowest = -1 / std::max(counts.maxCoeff() + 1, 2.0);
  const auto binomial = boost::math::tools::brent_find_minima(minus_log_likelihood, lowest, 0.0, 20);
  const auto overdispersed = boost::math::tools::brent_find_minima(
      [&](double log_excess) { return minus_log_likelihood(portable::exp(log_excess)); }, -14.0, 4.6, 20);
  const double poisson = minus_log_likelihood(0);
  // Half a unit of log likelihood is no reason to leave Poisson.
  if (poisson <= std::min(binomial.second, overdispersed.second) + 0.5) return 0;
  return binomial.second < overdispersed.second ? binomial.first : portable::exp(overdispersed.first);
}

}  // namespace tremplin::inference
