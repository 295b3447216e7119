#include "outputs/statistics.hpp"

#include <algorithm>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cmath>
#include <numeric>
#include <vector>

namespace tremplin {

namespace {
double mean_of(std::span<const double> values) {
  return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
}

void end_at(const Interval& possible, std::optional<Interval>& interval) {
  if (!interval) return;
  interval->low = std::max(interval->low, possible.low);
  interval->high = std::min(interval->high, possible.high);
}

int sign(double x) { return (x > 0) - (x < 0); }

// [k]: the probability of k inversions in a random order of n things. Adding the m-th thing makes 0 to m - 1
// inversions, each as likely.
std::vector<double> inversions(std::size_t n) {
  std::vector<double> chance = {1};
  for (std::size_t m = 2; m <= n; ++m) {
    std::vector<double> next(chance.size() + m - 1, 0.0);
    for (std::size_t k = 0; k < chance.size(); ++k)
      for (std::size_t more = 0; more < m; ++more) next[k + more] += chance[k] / static_cast<double>(m);
    chance = std::move(next);
  }
  return chance;
}
}  // namespace

std::optional<Interval> between_ranks(std::span<const double> values) {
  const std::size_t k = (values.size() + 1) / 40;  // 2.5 % of n + 1, whole
  if (k == 0) return std::nullopt;
  std::vector<double> sorted(values.begin(), values.end());
  std::ranges::sort(sorted);
  return Interval{sorted[k - 1], sorted[sorted.size() - k]};
}

double t_quantile(int n) { return boost::math::quantile(boost::math::students_t(n - 1), 0.975); }

Estimate estimate(std::span<const double> values, About about, const Interval& possible) {
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
  const auto [least, most] = std::ranges::minmax(values);
  const Interval bounds{std::min(possible.low, least), std::max(possible.high, most)};
  end_at(bounds, result.interval);
  end_at(bounds, result.one_draw);
  return result;
}

Estimate estimate_difference(std::span<const double> differences, const Estimate& base, About about,
                             const Interval& possible) {
  Estimate result = estimate(differences, about);
  const auto bound = [&](const std::optional<Interval>& level, std::optional<Interval>& difference) {
    if (level) end_at({possible.low - level->high, possible.high - level->low}, difference);
  };
  bound(base.interval, result.interval);
  bound(base.one_draw, result.one_draw);
  return result;
}

double p_value_of_order(std::span<const double> x, std::span<const double> y) {
  constexpr std::size_t most_exact = 50;
  const std::size_t n = x.size();
  int balance = 0;  // pairs in the same order less pairs in the opposite one
  for (std::size_t i = 0; i < n; ++i)
    for (std::size_t j = 0; j < i; ++j) balance += sign(x[i] - x[j]) * sign(y[i] - y[j]);
  const std::size_t pairs = n * (n - 1) / 2;
  const auto size = static_cast<std::size_t>(std::abs(balance));
  if (n > most_exact) {
    const auto count = static_cast<double>(n);
    const double deviation = std::sqrt(count * (count - 1) * (2 * count + 5) / 18);
    // 1 off for continuity: the balance moves in steps of 2.
    const double z = std::max(static_cast<double>(size) - 1, 0.0) / deviation;
    return 2 * boost::math::cdf(boost::math::complement(boost::math::normal(), z));
  }
  const std::vector<double> chance = inversions(n);
  const std::size_t most = (pairs - size) / 2;
  return std::min(1.0, 2 * std::accumulate(chance.begin(), chance.begin() + most + 1, 0.0));
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
