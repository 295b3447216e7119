#include "outputs/statistics.hpp"

#include <algorithm>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <numeric>

namespace tremplin {

namespace {
double mean_of(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

// The order statistics that one further value falls between with probability 1 - 2 k / (n + 1) >= 95 %.
std::optional<Interval> between_ranks(std::span<const double> values) {
  const std::size_t k = (values.size() + 1) / 40;  // 2.5 % of n + 1, whole
  if (k == 0) return std::nullopt;
  std::vector<double> sorted(values.begin(), values.end());
  std::ranges::sort(sorted);
  return Interval{sorted[k - 1], sorted[sorted.size() - k]};
}
}  // namespace

double t_quantile(int n) { return boost::math::quantile(boost::math::students_t(n - 1), 0.975); }

Estimate estimate(std::span<const double> values, About about) {
  Estimate result;
  // Values that are all the same have that mean and no spread, to the last bit.
  const bool constant = std::ranges::all_of(values, [&](double value) { return value == values.front(); });
  result.mean = constant ? values.front() : mean_of(values);
  if (values.size() < 2) return result;
  const auto n = static_cast<double>(values.size());
  double squares = 0;
  for (const double value : values) squares += (value - result.mean) * (value - result.mean);
  result.deviation = std::sqrt(squares / (n - 1));
  const double reach = t_quantile(static_cast<int>(values.size())) * *result.deviation;
  const double of_mean = reach / std::sqrt(n);
  const double of_one = reach * std::sqrt(1 + 1 / n);
  result.interval = Interval{result.mean - of_mean, result.mean + of_mean};
  result.one_draw = Interval{result.mean - of_one, result.mean + of_one};
  if (about == About::one_draw_by_rank) result.one_draw = between_ranks(values).value_or(*result.one_draw);
  if (about != About::mean) result.interval = result.one_draw;
  return result;
}

double p_value_of_correlation(double r, int n) {
  if (std::abs(r) >= 1) return 0;
  const double t = std::abs(r) * std::sqrt((n - 2) / (1 - r * r));
  return 2 * boost::math::cdf(boost::math::complement(boost::math::students_t(n - 2), t));
}

std::optional<Line> fit_line(std::span<const double> x, std::span<const double> y) {
  const double x_mean = mean_of(x);
  const double y_mean = mean_of(y);
  double xx = 0;
  double xy = 0;
  double yy = 0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    xx += (x[i] - x_mean) * (x[i] - x_mean);
    xy += (x[i] - x_mean) * (y[i] - y_mean);
    yy += (y[i] - y_mean) * (y[i] - y_mean);
  }
  if (xx <= 0) return std::nullopt;
  Line line;
  line.slope = xy / xx;
  line.intercept = y_mean - line.slope * x_mean;
  line.correlation = yy > 0 ? std::clamp(xy / std::sqrt(xx * yy), -1.0, 1.0) : 0;
  return line;
}

}  // namespace tremplin
