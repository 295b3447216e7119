#include "calibration/inference/cma_es.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <stdexcept>

#include "calibration/inference/bobyqa.hpp"
#include "calibration/inference/keyed.hpp"

namespace tremplin::inference {
namespace {

// Axes of very different lengths, turned: top 3 at (0.5, -0.25, 1, 0).
double turned_quadratic(const Row& x) {
  const Row top{{0.5, -0.25, 1, 0}};
  const Row away = x - top;
  const double a = away[0] + away[1];
  const double b = away[0] - away[1];
  return 3 - (a * a + 100 * b * b + 1e4 * away[2] * away[2] + 0.1 * away[3] * away[3]);
}

// Its valley is bent; top 0 at (1, 1, …).
double rosenbrock(const Row& x) {
  double sum = 0;
  for (Index i = 0; i + 1 < x.size(); ++i)
    sum += 100 * std::pow(x[i + 1] - x[i] * x[i], 2) + std::pow(1 - x[i], 2);
  return -sum;
}

Objective each(double (*of)(const Row&)) {
  return [of](const Matrix& points) {
    Vector values(points.rows());
    for (Index i = 0; i < points.rows(); ++i) values[i] = of(points.row(i));
    return values;
  };
}

// A sphere around 0.7, and normal noise of this spread, another in each evaluation.
class NoisySphere {
 public:
  explicit NoisySphere(double sd) : sd_(sd) {}
  Vector operator()(const Matrix& points) {
    Vector values(points.rows());
    for (Index i = 0; i < points.rows(); ++i)
      values[i] = -(points.row(i).array() - 0.7).square().sum() +
                  sd_ * Keyed(5, Purpose::made_up_data, n_++).normal();
    return values;
  }
  [[nodiscard]] Index n() const { return static_cast<Index>(n_); }

 private:
  double sd_;
  std::uint64_t n_ = 0;
};

TEST(CmaEs, FindsTheTopOfATurnedQuadratic) {
  const CmaEsResult found = cma_es(each(turned_quadratic), 4, {});
  EXPECT_TRUE(found.converged);
  EXPECT_NEAR(found.value, 3, 1e-8);
  EXPECT_LT((found.at - Row{{0.5, -0.25, 1, 0}}).norm(), 1e-3);
}

TEST(CmaEs, FollowsABentValley) {
  const CmaEsResult found = cma_es(each(rosenbrock), 4, {});
  EXPECT_TRUE(found.converged);
  EXPECT_LT((found.at.array() - 1).matrix().norm(), 1e-3);
}

TEST(CmaEs, WorksInOneDimension) {
  const auto parabola = [](const Row& x) { return -(x[0] - 0.3) * (x[0] - 0.3); };
  EXPECT_NEAR(cma_es(each(parabola), 1, {}).at[0], 0.3, 1e-4);
}

TEST(CmaEs, RestartsLeaveALowerTop) {
  // Two humps; the run that starts on the lower one ends there.
  const auto humps = [](const Row& x) {
    return std::exp(-(x.array() + 1).square().sum() * 4) +
           2 * std::exp(-(x.array() - 1.5).square().sum() * 2);
  };
  CmaEsOptions options;
  options.start = Row::Constant(2, -1);
  options.spread = 0.2;
  options.n_runs = 8;
  const CmaEsResult found = cma_es(each(humps), 2, options);
  EXPECT_GT(found.n_runs, 2);
  EXPECT_NEAR(found.value, 2, 1e-6);
  EXPECT_NEAR(found.at[0], 1.5, 1e-3);
}

TEST(CmaEs, AnswersWithinTheNoiseOfASphere) {
  NoisySphere sphere(0.5);
  CmaEsOptions options;
  options.noisy = true;
  options.budget = 4000;
  const CmaEsResult found = cma_es(std::ref(sphere), 3, options);
  EXPECT_TRUE(found.converged);
  EXPECT_LE(found.n_evaluations, 4000);
  EXPECT_EQ(found.n_evaluations, sphere.n());
  // The luckiest of 4000 points would show a value of about 3.5 * 0.5; the truth is that of the point.
  const double truth = -(found.at.array() - 0.7).square().sum();
  EXPECT_GT(truth, -0.05);
  EXPECT_NEAR(found.value, truth, 4 * found.error);
  EXPECT_NEAR(found.error, 0.5 / std::sqrt(24.0), 0.5 / std::sqrt(24.0) * 4 / std::sqrt(2 * 23.0));
}

TEST(CmaEs, PointsWithoutAValueDoNoHarm) {
  const auto half = [](const Row& x) {
    return x[0] < -0.2 ? std::numeric_limits<double>::quiet_NaN() : -x.squaredNorm();
  };
  CmaEsOptions options;
  options.start = Row::Constant(2, -0.2);
  EXPECT_LT(cma_es(each(half), 2, options).at.norm(), 1e-3);
}

TEST(CmaEs, StaysWithinItsBoundsAndItsBudget) {
  Index n = 0;
  double furthest = 0;
  const auto rising = [&](const Matrix& points) {
    n += points.rows();
    furthest = std::max(furthest, points.cwiseAbs().maxCoeff());
    return Vector(points.rowwise().sum());
  };
  CmaEsOptions options;
  options.furthest = 2;
  options.budget = 3000;
  const CmaEsResult found = cma_es(rising, 3, options);
  EXPECT_EQ(n, found.n_evaluations);
  EXPECT_LE(n, 3000);
  EXPECT_LE(furthest, 2);
  EXPECT_NEAR(found.value, 6, 1e-6);
}

TEST(CmaEs, TheSameSeedGivesTheSameBitsAndAnotherSeedOthers) {
  CmaEsOptions options;
  const CmaEsResult once = cma_es(each(rosenbrock), 3, options);
  EXPECT_EQ(cma_es(each(rosenbrock), 3, options).at, once.at);
  options.seed = 2;
  EXPECT_NE(cma_es(each(rosenbrock), 3, options).at, once.at);
}

TEST(CmaEs, RefusesWhatMakesNoSense) {
  EXPECT_THROW(cma_es(each(rosenbrock), 0, {}), std::invalid_argument);
  CmaEsOptions options;
  options.budget = 5;
  EXPECT_THROW(cma_es(each(rosenbrock), 2, options), std::invalid_argument);
  options = {};
  options.start = Row::Zero(3);
  EXPECT_THROW(cma_es(each(rosenbrock), 2, options), std::invalid_argument);
}

TEST(Bobyqa, FindsTopsAndSaysHowOftenItAsked) {
  int n = 0;
  const auto counted = [&n](const Row& x) {
    ++n;
    return turned_quadratic(x);
  };
  BobyqaOptions options;
  options.budget = 5000;
  const BobyqaResult found = bobyqa(counted, Row::Zero(4), options);
  EXPECT_TRUE(found.converged);
  EXPECT_EQ(found.n_evaluations, n);
  EXPECT_NEAR(found.value, 3, 1e-8);
  EXPECT_LT((bobyqa(rosenbrock, Row::Zero(2), options).at.array() - 1).matrix().norm(), 1e-4);
}

TEST(Bobyqa, OneDimensionAndABoundAreNoTrouble) {
  const auto parabola = [](const Row& x) { return -(x[0] - 0.3) * (x[0] - 0.3); };
  EXPECT_NEAR(bobyqa(parabola, Row::Zero(1)).at[0], 0.3, 1e-6);
  BobyqaOptions options;
  options.furthest = 2;
  EXPECT_NEAR(bobyqa([](const Row& x) { return x.sum(); }, Row::Zero(2), options).value, 4, 1e-9);
}

}  // namespace
}  // namespace tremplin::inference
