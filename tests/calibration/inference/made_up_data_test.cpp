#include "calibration/inference/made_up_data.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <stdexcept>

namespace tremplin::inference {
namespace {

Observation all_kinds() {
  return {{{"as_it_is", SimulatorNoise{{0, 2}, Vector::Zero(2)}},
           {"normal", NormalData{0, 0, 0.5}},
           {"binomial", BinomialData{1, 0, 40}},
           {"shares", MultinomialData{{1, 3, 4}, Vector{{10.0, 10.0, 10.0}}}},
           {"count", CountData{2, 0, 3}},
           {"between", IntervalData{0, -1, 1, 0.1}}}};
}

template <class Kind>
const Kind& data_of(const Observation& observation, std::size_t term) {
  return std::get<Kind>(observation.terms[term].likelihood);
}

TEST(MadeUpData, ScattersAsEachLikelihoodSays) {
  Row summaries(5);
  summaries << 2, 0.3, 4, 0.5, 0.2;
  constexpr int n = 4000;
  double normal = 0;
  double binomial = 0;
  double category = 0;
  double count = 0;
  double middle = 0;
  for (int seed = 0; seed < n; ++seed) {
    const Observation made = made_up_observation(all_kinds(), summaries, static_cast<std::uint64_t>(seed));
    EXPECT_EQ(data_of<SimulatorNoise>(made, 0).observed, (Vector{{2.0, 4.0}}));
    normal += data_of<NormalData>(made, 1).observed / n;
    const double successes = data_of<BinomialData>(made, 2).successes;
    EXPECT_EQ(successes, std::round(successes));
    binomial += successes / n;
    const Vector& counts = data_of<MultinomialData>(made, 3).counts;
    EXPECT_EQ(counts.sum(), 30);
    EXPECT_EQ(counts, counts.array().round().matrix());
    category += counts[1] / n;
    const double events = data_of<CountData>(made, 4).count;
    EXPECT_EQ(events, std::round(events));
    count += events / n;
    const auto& between = data_of<IntervalData>(made, 5);
    EXPECT_NEAR(between.high - between.low, 2, 1e-12);
    middle += 0.5 * (between.low + between.high) / n;
  }
  // Four standard errors of 4,000 draws.
  const double errors = 4 / std::sqrt(n);
  EXPECT_NEAR(normal, 2, 0.5 * errors);
  EXPECT_NEAR(binomial, 12, std::sqrt(40 * 0.3 * 0.7) * errors);
  EXPECT_NEAR(category, 15, std::sqrt(30 * 0.5 * 0.5) * errors);
  EXPECT_NEAR(count, 12, std::sqrt(12) * errors);
  EXPECT_NEAR(middle, 2, std::sqrt(1.0 / 3 + 0.01) * errors);
}

TEST(MadeUpData, DependsOnTheSeedAndRefusesARunThatFailed) {
  Row summaries = Row::Constant(5, 0.5);
  const auto at = [&](std::uint64_t seed) {
    return data_of<NormalData>(made_up_observation(all_kinds(), summaries, seed), 1).observed;
  };
  EXPECT_EQ(at(1), at(1));
  EXPECT_NE(at(1), at(2));
  summaries[3] = std::numeric_limits<double>::quiet_NaN();
  EXPECT_THROW(at(1), std::invalid_argument);
}

}  // namespace
}  // namespace tremplin::inference
