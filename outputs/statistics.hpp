// Means with their uncertainty: the one place where outputs turn replicates into intervals.
#pragma once

#include <limits>
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

// What a quantity can be. A count is never below nobody, a share never above everybody.
inline constexpr double unlimited = std::numeric_limits<double>::infinity();
inline constexpr Interval any_value{-unlimited, unlimited};
inline constexpr Interval no_less_than_none{0, unlimited};
inline constexpr Interval part_of_all{0, 1};

// A mean over replicates. No spread and no intervals with fewer than two replicates.
struct Estimate {
  double mean = 0;
  std::optional<double> deviation;   // standard deviation between replicates (n - 1)
  std::optional<Interval> interval;  // 95 % interval, of what was asked (Student's t unless by rank)
  std::optional<Interval> one_draw;  // 95 % prediction interval: where one further replicate would fall
};

// The order statistics of n values that one further value falls between with probability
// 1 - 2 k / (n + 1) >= 95 %; nothing of fewer than 39.
std::optional<Interval> between_ranks(std::span<const double> values);

// Values must be finite; at least one. Intervals end where `possible` ends (or at a value beyond it): as no
// value lies outside, they hold one further draw as often as they would unbounded.
Estimate estimate(std::span<const double> values, About about = About::mean,
                  const Interval& possible = any_value);

// The paired difference reform less base of a quantity within `possible`, given the estimate of its base.
// What cannot be less than none cannot fall by more than there is: the difference is no lower than the upper
// end of the base's own interval taken away (nor does a share rise by more than is missing to all).
Estimate estimate_difference(std::span<const double> differences, const Estimate& base, About about,
                             const Interval& possible);

// The 97.5 % quantile of Student's t with n - 1 degrees of freedom, n >= 2.
double t_quantile(int n);

// The two-sided p-value of the order of n >= 2 pairs under independence: Kendall's test, which assumes no
// shape. Exact up to 50 pairs without ties; ties count as neither order, which makes it cautious.
double p_value_of_order(std::span<const double> x, std::span<const double> y);

// Least squares of y on one x; nothing if x does not vary.
struct Line {
  double intercept = 0;
  double slope = 0;
  double correlation = 0;
  [[nodiscard]] double at(double x) const { return intercept + slope * x; }
};
std::optional<Line> fit_line(std::span<const double> x, std::span<const double> y);

}  // namespace tremplin
