#include "calibration/inference/rank_band.hpp"

#include <algorithm>
#include <stdexcept>

#include "calibration/inference/special.hpp"
#include "engine/base/portable_math.hpp"

namespace tremplin::inference {

namespace {
struct Tails {
  Vector at_most;   // P(X <= i), i = 0 .. n
  Vector at_least;  // P(X >= i)
};

// Logs of the binomial coefficients of n over 0 .. n.
Vector log_choices(Index n) {
  Vector result(n + 1);
  for (Index i = 0; i <= n; ++i) result[i] = log_choose(static_cast<double>(n), static_cast<double>(i));
  return result;
}

Tails binomial_tails(const Vector& choices, double share) {
  const Index n = choices.size() - 1;
  const double log_success = portable::log(share);
  const double log_failure = portable::log(1 - share);
  Tails tails{Vector(n + 1), Vector(n + 1)};
  Vector p(n + 1);
  for (Index i = 0; i <= n; ++i)
    p[i] = portable::exp(choices[i] + static_cast<double>(i) * log_success +
                         static_cast<double>(n - i) * log_failure);
  double sum = 0;
  for (Index i = 0; i <= n; ++i) tails.at_most[i] = sum += p[i];
  sum = 0;
  for (Index i = n; i >= 0; --i) tails.at_least[i] = sum += p[i];
  return tails;
}

// What is left when up to `tail` is cut on either side; never empty for a tail of at most one half.
CountRange without_tails(const Eigen::Ref<const Vector>& at_most, const Eigen::Ref<const Vector>& at_least,
                         double tail) {
  const auto low = std::upper_bound(at_most.begin(), at_most.end(), tail) - at_most.begin();
  const auto high =
      std::partition_point(at_least.begin(), at_least.end(), [&](double p) { return p > tail; }) -
      at_least.begin() - 1;
  return {std::min<Index>(low, at_most.size() - 1), std::max<Index>(high, 0)};
}

// Of 0 .. n.
Vector poisson(Index n, double mean) {
  Vector p(n + 1);
  for (Index i = 0; i <= n; ++i) {
    const auto k = static_cast<double>(i);
    p[i] = portable::exp(k * portable::log(mean) - mean - log_gamma(k + 1));
  }
  return p;
}
}  // namespace

CountRange binomial_range(Index n, double share, double confidence) {
  const Tails tails = binomial_tails(log_choices(n), share);
  return without_tails(tails.at_most, tails.at_least, 0.5 * (1 - confidence));
}

std::vector<Index> ranks_below(std::span<const Index> ranks, Index n_draws) {
  std::vector<Index> below(static_cast<std::size_t>(n_draws), 0);
  for (const Index rank : ranks) {
    if (rank < 0 || rank > n_draws) throw std::invalid_argument("a rank lies outside 0 .. number of draws");
    if (rank < n_draws) ++below[static_cast<std::size_t>(rank)];
  }
  for (std::size_t k = 1; k < below.size(); ++k) below[k] += below[k - 1];
  return below;
}

UniformRanks::UniformRanks(Index n_ranks, Index n_draws) : n_(n_ranks), n_draws_(n_draws) {
  if (n_ < 1 || n_draws_ < 1) throw std::invalid_argument("at least one rank and one draw are needed");
  at_most_.resize(n_ + 1, n_draws_);
  at_least_.resize(n_ + 1, n_draws_);
  const Vector choices = log_choices(n_);
  for (Index k = 0; k < n_draws_; ++k) {
    const Tails tails =
        binomial_tails(choices, static_cast<double>(k + 1) / static_cast<double>(n_draws_ + 1));
    at_most_.col(k) = tails.at_most;
    at_least_.col(k) = tails.at_least;
  }
}

std::vector<CountRange> UniformRanks::pointwise(double tail) const {
  std::vector<CountRange> ranges;
  for (Index k = 0; k < n_draws_; ++k)
    ranges.push_back(without_tails(at_most_.col(k), at_least_.col(k), tail));
  return ranges;
}

// Numbers of ranks in the n_draws + 1 cells are multinomial: independent Poisson numbers, given their sum. So
// one table of steps serves every k.
double UniformRanks::inside(std::span<const CountRange> ranges) const {
  const double mean = static_cast<double>(n_) / static_cast<double>(n_draws_ + 1);
  const Vector step = poisson(n_, mean);
  CountRange before{0, 0};
  Vector p = Vector::Ones(1);  // of the numbers in `before`, no range left so far
  for (const CountRange& range : ranges) {
    Vector now = Vector::Zero(range.high - range.low + 1);
    for (Index to = range.low; to <= range.high; ++to)
      for (Index from = before.low; from <= std::min(before.high, to); ++from)
        now[to - range.low] += p[from - before.low] * step[to - from];
    p = std::move(now);
    before = range;
  }
  double total = 0;
  for (Index from = before.low; from <= before.high; ++from) total += p[from - before.low] * step[n_ - from];
  return total / poisson(n_, static_cast<double>(n_))[n_];
}

std::vector<CountRange> UniformRanks::band(double confidence) const {
  if (!(confidence > 0 && confidence < 1)) throw std::invalid_argument("a confidence lies in (0, 1)");
  double holds = 0;  // a tail at which the ranges hold together often enough
  double fails = 0.5;
  for (int i = 0; i < 50; ++i) {
    const double middle = 0.5 * (holds + fails);
    (inside(pointwise(middle)) >= confidence ? holds : fails) = middle;
  }
  return pointwise(holds);
}

double UniformRanks::p_value(std::span<const Index> ranks) const {
  if (static_cast<Index>(ranks.size()) != n_) throw std::invalid_argument("another number of ranks");
  const std::vector<Index> below = ranks_below(ranks, n_draws_);
  double tail = 1;
  for (Index k = 0; k < n_draws_; ++k) {
    const Index seen = below[static_cast<std::size_t>(k)];
    tail = std::min({tail, at_most_(seen, k), at_least_(seen, k)});
  }
  if (tail > 0.5) return 1;  // no set of ranks is nearer to even
  // Ranges without all that is as unlikely as the worst point, but for rounding.
  return std::clamp(1 - inside(pointwise(tail * (1 + 1e-9))), 0.0, 1.0);
}

}  // namespace tremplin::inference
