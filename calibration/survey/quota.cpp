#include "calibration/survey/quota.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace tremplin::survey {

namespace {

constexpr int max_swaps = 10'000;

class Assignment {
 public:
  Assignment(const std::vector<double>& weights, const std::vector<Quota>& quotas)
      : weights_(weights), owed_(quotas.size()), given_(weights.size(), 0) {
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    for (std::size_t q = 0; q < quotas.size(); ++q) owed_[q] = quotas[q].share * sum;
  }

  void give(std::size_t respondent, std::size_t quota) {
    given_[respondent] = quota;
    owed_[quota] -= weights_[respondent];
  }

  [[nodiscard]] std::size_t owed_most() const {
    return static_cast<std::size_t>(std::ranges::max_element(owed_) - owed_.begin());
  }

  // Lets two respondents change places so that the quota with too much weight and the one with too little
  // come as near to theirs as two respondents can bring them. False if none can.
  bool swap() {
    const auto over = static_cast<std::size_t>(std::ranges::min_element(owed_) - owed_.begin());
    const std::size_t under = owed_most();
    double best = gap(over, under, 0);
    std::pair<std::size_t, std::size_t> chosen;
    for (std::size_t i = 0; i < given_.size(); ++i) {
      if (given_[i] != over) continue;
      for (std::size_t j = 0; j < given_.size(); ++j) {
        if (given_[j] != under) continue;
        const double left = gap(over, under, weights_[i] - weights_[j]);
        if (left >= best - 1e-12) continue;
        best = left;
        chosen = {i, j};
      }
    }
    if (chosen.first == chosen.second) return false;
    const auto [i, j] = chosen;
    owed_[over] += weights_[i] - weights_[j];
    owed_[under] -= weights_[i] - weights_[j];
    std::swap(given_[i], given_[j]);
    return true;
  }

  [[nodiscard]] const std::vector<std::size_t>& given() const { return given_; }

 private:
  [[nodiscard]] double gap(std::size_t over, std::size_t under, double moved) const {
    return std::abs(owed_[over] + moved) + std::abs(owed_[under] - moved);
  }

  const std::vector<double>& weights_;
  std::vector<double> owed_;  // [quota] weight still to come
  std::vector<std::size_t> given_;
};

std::vector<std::size_t> by_lot(const std::vector<double>& lots) {
  std::vector<std::size_t> order(lots.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return lots[i]; });
  return order;
}

}  // namespace

std::vector<std::size_t> assign(const std::vector<double>& weights, const std::vector<double>& lots,
                                const std::vector<Quota>& quotas) {
  std::vector<std::size_t> order = by_lot(lots);
  Assignment assignment(weights, quotas);
  if (!quotas.front().count) {
    // The heavy ones first: the light ones then even out what is left.
    std::ranges::stable_sort(order, std::greater<>{}, [&](std::size_t i) { return weights[i]; });
    for (const std::size_t respondent : order) assignment.give(respondent, assignment.owed_most());
    return assignment.given();
  }
  auto next = order.begin();
  for (std::size_t q = 0; q < quotas.size(); ++q)
    for (int i = 0; i < *quotas[q].count; ++i) assignment.give(*next++, q);
  for (int swaps = 0; swaps < max_swaps && assignment.swap();) ++swaps;
  return assignment.given();
}

}  // namespace tremplin::survey
