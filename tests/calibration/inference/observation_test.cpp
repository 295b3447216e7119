#include "calibration/inference/observation.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/binomial.hpp>
#include <boost/math/distributions/negative_binomial.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <boost/math/special_functions/beta.hpp>
#include <cmath>
#include <functional>

#include "calibration/inference/special.hpp"

namespace tremplin::inference {
namespace {

Vector one(double x) { return Vector::Constant(1, x); }

// The likelihood by brute force: the link's uncertainty as a sum over a fine grid of 16 standard deviations.
double by_sum(double mean, double variance, const std::function<double(double)>& likelihood) {
  constexpr int n = 20'000;
  double total = 0;
  for (int i = 0; i < n; ++i) {
    const double z = -8 + 16 * (i + 0.5) / n;
    total += likelihood(mean + std::sqrt(variance) * z) * std::exp(normal_log_density(z)) * 16 / n;
  }
  return std::log(total);
}

TEST(Observation, NormalErrorsEmulatorVarianceAndDiscrepancyAdd) {
  const Term term{"x", NormalData{0, 3, 0.3}, 0.4};
  const double sd = std::sqrt(0.09 + 0.16 + 0.25);
  EXPECT_NEAR(log_likelihood(term, one(2.5), one(0.25)), std::log(pdf(boost::math::normal(2.5, sd), 3.0)),
              1e-10);
}

TEST(Observation, ABinomialIsIntegratedOverItsLogit) {
  const Term term{"x", BinomialData{0, 40, 200}};
  const auto likelihood = [](double link) {
    return pdf(boost::math::binomial(200, inverse_logit(link)), 40);
  };
  EXPECT_NEAR(log_likelihood(term, one(-1.2), one(0)), std::log(likelihood(-1.2)), 1e-10);
  // Fifteen nodes against the grid: the error of the quadrature at this width is a few 1e-4.
  EXPECT_NEAR(log_likelihood(term, one(-1.2), one(0.09)), by_sum(-1.2, 0.09, likelihood), 1e-3);
}

TEST(Observation, ABetaBinomialHasTheDensityOfItsName) {
  const Term term{"x", BinomialData{0, 4, 20, 0.1}};
  const double a = 0.3 * 9;
  const double b = 0.7 * 9;
  EXPECT_NEAR(log_likelihood(term, one(logit(0.3)), one(0)),
              log_choose(20, 4) + std::log(boost::math::beta(4 + a, 16 + b) / boost::math::beta(a, b)), 1e-9);
}

TEST(Observation, AMultinomialIsAProductOfBinomials) {
  Vector counts(3);
  counts << 5, 3, 2;
  const Term term{"x", MultinomialData{{0, 1, 2}, counts}};
  Matrix shares(1, 3);
  shares << 0.5, 0.2, 0.3;
  // 10! / (5! 3! 2!) = 2520.
  const double expected = std::log(2520 * std::pow(0.5, 5) * std::pow(0.2, 3) * std::pow(0.3, 2));
  EXPECT_NEAR(log_likelihood(Observation{{term}}, shares)[0], expected, 1e-10);
  // Anything proportional to the shares says the same.
  EXPECT_NEAR(log_likelihood(Observation{{term}}, 40 * shares)[0], expected, 1e-10);
}

TEST(Observation, ADirichletMultinomialIsAProductOfBetaBinomials) {
  Vector counts(3);
  counts << 5, 3, 2;
  const Term term{"x", MultinomialData{{0, 1, 2}, counts, 0.2}};
  Matrix shares(1, 3);
  shares << 0.5, 0.2, 0.3;
  double expected = std::log(2520) + std::lgamma(4) - std::lgamma(14);  // sum of alphas: 1 / 0.2 - 1 = 4
  for (Index j = 0; j < 3; ++j)
    expected += std::lgamma(counts[j] + 4 * shares(0, j)) - std::lgamma(4 * shares(0, j));
  EXPECT_NEAR(log_likelihood(Observation{{term}}, shares)[0], expected, 1e-10);
}

TEST(Observation, CountsArePoissonOrNegativeBinomial) {
  const Term poisson{"x", CountData{0, 7, 2}};
  EXPECT_NEAR(log_likelihood(poisson, one(std::log(3)), one(0)), std::log(pdf(boost::math::poisson(6), 7)),
              1e-10);
  const Term overdispersed{"x", CountData{0, 7, 1, 4}};
  EXPECT_NEAR(log_likelihood(overdispersed, one(std::log(6)), one(0)),
              std::log(pdf(boost::math::negative_binomial(4, 4.0 / 10), 7)), 1e-10);
}

TEST(Observation, AnIntervalCountsWhatFallsInside) {
  const Term term{"x", IntervalData{0, 1, 2, 0.5}};
  const boost::math::normal data(1.8, std::sqrt(0.25 + 0.04));
  EXPECT_NEAR(log_likelihood(term, one(1.8), one(0.04)), std::log(cdf(data, 2) - cdf(data, 1)), 1e-9);
  const Term sharp{"x", IntervalData{0, 1, 2}};
  EXPECT_EQ(log_likelihood(sharp, one(1.5), one(0)), 0);
  EXPECT_EQ(log_likelihood(sharp, one(2.5), one(0)), -std::numeric_limits<double>::infinity());
}

TEST(Observation, SharesOfZeroMoveOffTheEdgeByHalfTheSmallest) {
  const Term term{"x", BinomialData{0, 1, 10}};
  Matrix shares(3, 1);
  shares << 0, 0.02, 0.5;
  EXPECT_NEAR(links(term, shares)(0, 0), logit(0.01), 1e-12);
}

TEST(Observation, SaysWhatTheDataSayAndWhereThereAreNone) {
  const Observation observation{{{"a", BinomialData{0, 3, 12}}, {"b", IntervalData{2, 1, 3}}}};
  const Vector observed = observed_summaries(observation, 3);
  EXPECT_EQ(observed[0], 0.25);
  EXPECT_TRUE(std::isnan(observed[1]));
  EXPECT_EQ(observed[2], 2);
}

TEST(Observation, NamesEveryFaultAtOnce) {
  const Observation observation{{{"share", BinomialData{0, 13, 12}}, {"count", CountData{4, 1}}}};
  try {
    check(observation, 3);
    FAIL();
  } catch (const std::invalid_argument& error) {
    const std::string text = error.what();
    EXPECT_NE(text.find("share"), std::string::npos);
    EXPECT_NE(text.find("count"), std::string::npos);
  }
}

}  // namespace
}  // namespace tremplin::inference
