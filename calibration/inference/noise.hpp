// How one summary scatters around what the simulator expects, learnt from simulations: normal on a scale
// chosen from the data (as it is, its root, its log), or a count whose variance is mean + excess * mean^2:
// binomial (excess below 0), Poisson (0) or negative binomial (above 0), the family of Panjer (1981).
#pragma once

#include "calibration/inference/types.hpp"

namespace tremplin::inference {

enum class NoiseFamily { normal, root_normal, log_normal, count };

struct NoiseScale {
  NoiseFamily family = NoiseFamily::normal;
  bool whole_numbers = false;  // the probability of a number is that of its cell
  double shift = 0;            // before root or log
  double excess = 0;           // of a count

  // On the scale on which means are emulated: of a count the log of its mean.
  [[nodiscard]] double transformed(double x) const;
};

// log p(x), with mean ~ N(mean, emulator variance) on the scale and, unless it is a count, normal noise.
double log_density(const NoiseScale& scale, double x, double mean, double emulator_variance, double noise);
// The variance of x given the mean, on the scale: `noise`, or that of a count, to first order.
double noise_variance(const NoiseScale& scale, double mean, double noise);
// How far x lies from its mean, in standard deviations of noise and emulator: near a standard normal if the
// model holds.
double standardised(const NoiseScale& scale, double x, double mean, double emulator_variance, double noise);

// log p(count | mean), mean > 0.
double log_count_density(double count, double mean, double excess);
// The excess that makes the counts likeliest, given their means.
double fit_excess(const Vector& counts, const Vector& means);

}  // namespace tremplin::inference
