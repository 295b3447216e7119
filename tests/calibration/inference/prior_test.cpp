#include "calibration/inference/prior.hpp"

#include <gtest/gtest.h>

#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/gamma.hpp>
#include <boost/math/distributions/normal.hpp>
#include <cmath>

namespace tremplin::inference {
namespace {

const boost::math::normal standard;

TEST(Prior, MapsScoresToTheQuantilesOfEachMarginal) {
  const Prior prior = independent({{"n", Normal{2, 3}},
                                   {"l", Lognormal{0.4, 0.5}},
                                   {"u", Uniform{-1, 1}},
                                   {"b", Beta{2, 5}},
                                   {"g", Gamma{3, 0.5}}});
  Matrix scores(1, 5);
  scores << 1, -1, 0.5, -2, 1.5;
  const Row p = prior.parameters(scores).row(0);
  EXPECT_NEAR(p[0], 5, 1e-12);
  EXPECT_NEAR(p[1], 0.4 * std::exp(-0.5), 1e-12);
  EXPECT_NEAR(p[2], 2 * cdf(standard, 0.5) - 1, 1e-9);
  EXPECT_NEAR(p[3], quantile(boost::math::beta_distribution<>(2, 5), cdf(standard, -2.0)), 1e-8);
  EXPECT_NEAR(p[4], quantile(boost::math::gamma_distribution<>(3, 0.5), cdf(standard, 1.5)), 1e-8);
}

TEST(Prior, ASpikeIsAFlatPartOfTheMapWithItsProbability) {
  const Marginal marginal{"effect", Normal{1, 2}, Spike{0.3, 0}};
  // Below 0 lies 0.7 * Phi(-1/2) of the mass, then 0.3 at 0, then the rest.
  const double below = 0.7 * cdf(standard, -0.5);
  EXPECT_LT(from_score(marginal, quantile(standard, below - 1e-4)), 0);
  EXPECT_EQ(from_score(marginal, quantile(standard, below + 1e-4)), 0);
  EXPECT_EQ(from_score(marginal, quantile(standard, below + 0.3 - 1e-4)), 0);
  EXPECT_GT(from_score(marginal, quantile(standard, below + 0.3 + 1e-4)), 0);
  double last = -1e300;
  for (double z = -5; z < 5; z += 0.01) {
    const double x = from_score(marginal, z);
    EXPECT_GE(x, last);
    last = x;
  }
}

TEST(Prior, ACopulaGivesTheCorrelationOfScoresAndKeepsTheMarginals) {
  Matrix correlation(2, 2);
  correlation << 1, 0.8, 0.8, 1;
  const Prior prior = correlated({{"a", Normal{0, 1}}, {"b", Normal{10, 2}}}, correlation);
  constexpr Index n = 20'000;
  const Matrix p = prior.parameters(prior_scores(n, 2, 1));
  const Vector a = p.col(0);
  const Vector b = (p.col(1).array() - 10) / 2;
  // Four standard errors: of a variance sqrt(2/n), of a covariance sqrt((1 + 0.8^2) / n).
  EXPECT_NEAR(b.squaredNorm() / n, 1, 4 * std::sqrt(2.0 / n));
  EXPECT_NEAR(a.dot(b) / n, 0.8, 4 * std::sqrt(1.64 / n));
}

TEST(Prior, MembersOfAGroupSpreadAroundItsMean) {
  const Prior prior = hierarchical({"region", Link::log, {0, 1}, {0.5, 0.1}, {"brussels", "wallonia"}});
  EXPECT_EQ(prior.names(),
            (std::vector<std::string>{"region_mean", "region_spread", "brussels", "wallonia"}));
  Matrix scores(1, 4);
  scores << 1, 0, 2, 0;
  const Row p = prior.parameters(scores).row(0);
  EXPECT_NEAR(p[0], std::exp(1), 1e-12);
  EXPECT_NEAR(p[1], 0.5, 1e-12);
  EXPECT_NEAR(p[2], std::exp(1 + 0.5 * 2), 1e-12);
  EXPECT_NEAR(p[3], std::exp(1), 1e-12);
}

TEST(Prior, StandSideBySide) {
  const Prior prior = side_by_side({independent({{"a", Normal{1, 1}}}), independent({{"b", Normal{2, 1}}})});
  const Matrix p = prior.parameters(Matrix::Zero(1, 2));
  EXPECT_EQ(p(0, 0), 1);
  EXPECT_EQ(p(0, 1), 2);
}

TEST(Prior, RefusesWhatIsNoPrior) {
  EXPECT_THROW(independent({{"a", Normal{0, 0}}}), std::invalid_argument);
  EXPECT_THROW(independent({{"a", Normal{}}, {"a", Normal{}}}), std::invalid_argument);
  EXPECT_THROW(independent({{"a", Uniform{1, 1}}}), std::invalid_argument);
  Matrix impossible(2, 2);
  impossible << 1, 1.5, 1.5, 1;
  EXPECT_THROW(correlated({{"a", Normal{}}, {"b", Normal{}}}, impossible), std::invalid_argument);
}

}  // namespace
}  // namespace tremplin::inference
