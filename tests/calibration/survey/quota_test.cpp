#include "calibration/survey/quota.hpp"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>
#include <numeric>

namespace tremplin::survey {
namespace {

TEST(Quota, CountsAreExactAndWeightsAsNearAsTheyCanBe) {
  // Four respondents of one CPAS and two of their own; two answers of three respondents each, half of the
  // weight each: one of their own and two of the four, 1 + 2 / 4.
  const std::vector<double> weights = {0.25, 0.25, 0.25, 0.25, 1, 1};
  const auto given = assign(weights, {0.1, 0.2, 0.3, 0.4, 0.5, 0.6},
                            {{.share = 0.5, .count = 3}, {.share = 0.5, .count = 3}});
  double weight = 0;
  for (std::size_t i = 0; i < given.size(); ++i) weight += given[i] == 0 ? weights[i] : 0;
  EXPECT_EQ(std::ranges::count(given, 0U), 3);
  EXPECT_EQ(weight, 1.5);
}

TEST(Quota, LotsDecideWhoGetsWhat) {
  const std::vector<double> weights(4, 1);
  const std::vector<Quota> quotas = {{.share = 0.25, .count = 1}, {.share = 0.75, .count = 3}};
  EXPECT_EQ(assign(weights, {0.9, 0.1, 0.5, 0.4}, quotas), (std::vector<std::size_t>{1, 0, 1, 1}));
  EXPECT_EQ(assign(weights, {0.2, 0.3, 0.1, 0.4}, quotas), (std::vector<std::size_t>{1, 1, 0, 1}));
}

RC_GTEST_PROP(Quota, WithoutCountsNoShareIsOffByMoreThanTheHeaviestRespondent, ()) {
  const auto n = *rc::gen::inRange<std::size_t>(1, 80);
  std::vector<double> weights;
  std::vector<double> lots;
  for (std::size_t i = 0; i < n; ++i) {
    weights.push_back(1.0 / *rc::gen::inRange(1, 5));
    lots.push_back(*rc::gen::inRange(0, 1000));
  }
  const std::vector<Quota> quotas = {
      {.share = 0.5, .count = {}}, {.share = 0.3, .count = {}}, {.share = 0.2, .count = {}}};
  const auto given = assign(weights, lots, quotas);
  const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
  for (std::size_t q = 0; q < quotas.size(); ++q) {
    double weight = 0;
    for (std::size_t i = 0; i < n; ++i) weight += given[i] == q ? weights[i] : 0;
    RC_ASSERT(std::abs(weight - quotas[q].share * sum) <= 1 + 1e-9);
  }
}

}  // namespace
}  // namespace tremplin::survey
