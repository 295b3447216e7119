// Means with their uncertainty: the one place where outputs turn replicates into intervals.
#pragma once

#include <optional>
#include <span>
#include <vector>

namespace tremplin {

struct Interval {
  double low = 0;
  double high = 0;

  [[nodiscard]] bool contains(double value) const { return low <= value && value <= high; }
};

// What a 95 % interval is about.
enum class About {
  mean,      // the mean of all replicates: it narrows as replicates are added (chance alone)
  one_draw,  // one further replicate: its spread stays, as what is not known of the parameters does
  // The same without assuming a shape, by the order of the values: of n replicates, one more lies outside
  // the k lowest and k highest with probability 2 k / (n + 1). Counts of one small CPAS are skewed and shares
  // are bounded; a Student interval would reach below nobody and above everybody. Takes 39 replicates at
  // least (their whole range is then the interval); with fewer, the Student interval stands in.
  one_draw_by_rank,
};

// A mean over replicates. No spread and no intervals with fewer than two replicates.
struct Estimate {
  double mean = 0;
  std::optional<double> deviation;   // standard deviation between replicates (n - 1)
  std::optional<Interval> interval;  // 95 % interval, of what was asked (Student's t unless by rank)
  std::optional<Interval> one_draw;  // 95 % prediction interval: where one further replicate would fall
};

// Values must be finite; at least one.
Estimate estimate(std::span<const double> values, About about = About::mean);

// The 97.5 % quantile of Student's t with n - 1 degrees of freedom, n >= 2.
double t_quantile(int n);

// The two-sided p-value of a correlation r of n >= 3 pairs under independence (t test).
double p_value_of_correlation(double r, int n);

// Least squares of y on one x; nothing if x does not vary.
struct Line {
  double intercept = 0;
  double slope = 0;
  double correlation = 0;
  [[nodiscard]] double at(double x) const { return intercept + slope * x; }
};
std::optional<Line> fit_line(std::span<const double> x, std::span<const double> y);

}  // namespace tremplin
