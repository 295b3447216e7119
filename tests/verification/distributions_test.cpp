// The distributions that the engine draws from keyed streams, against their exact laws. Oracles: Boost.Math's
// Poisson probabilities and normal distribution function, which share no code with Boost.Random's samplers.
#include <gtest/gtest.h>

#include <algorithm>
#include <boost/math/distributions/beta.hpp>
#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/poisson.hpp>
#include <boost/random/beta_distribution.hpp>
#include <boost/random/normal_distribution.hpp>
#include <boost/random/poisson_distribution.hpp>
#include <cmath>
#include <vector>

#include "engine/base/draw.hpp"
#include "engine/base/portable_real.hpp"
#include "tests/engine/small_world.hpp"
#include "tests/verification/bounds.hpp"

namespace tremplin {
namespace {

constexpr Luck luck{.seed = 1965, .replicate = 2};
constexpr int n_values = 100'000;

// Values drawn by as many offices or people, each from the stream of its decision.
template <class Distribution>
std::vector<double> draw(Decision decision, const Distribution& distribution) {
  std::vector<double> values;
  for (std::uint64_t who = 0; who < n_values; ++who) {
    Draws draws(luck, who, Month(2013, 1) + static_cast<int>(who % 12));
    auto stream = draws.stream(decision);
    Distribution fresh = distribution;  // keeps no value from one owner to the next
    values.push_back(static_cast<double>(fresh(stream)));
  }
  return values;
}

// Greatest distance between the empirical distribution function and `cdf`.
template <class Cdf>
double kolmogorov(std::vector<double> values, const Cdf& cdf) {
  std::ranges::sort(values);
  const auto n = static_cast<double>(values.size());
  double distance = 0;
  for (std::size_t i = 0; i < values.size(); ++i) {
    const double p = cdf(values[i]);
    distance = std::max({distance, p - static_cast<double>(i) / n, static_cast<double>(i + 1) / n - p});
  }
  return distance;
}

TEST(PoissonDraws, FollowTheProbabilityOfEveryCount) {
  // Boost.Random changes its algorithm at a mean of ten: both sides, and the means of small and large CPAS.
  const std::vector<double> means = {0.05, 0.7, 3.0, 9.99, 10.01, 41.0, 400.0};
  for (const double mean : means) {
    const boost::math::poisson law(mean);
    const auto values =
        draw(Decision::office_potential, boost::random::poisson_distribution<int, PortableReal>(mean));
    // Cells of single counts where at least twenty are expected; both tails are one cell each.
    int low = 0;
    while (cdf(law, low) * n_values < 20) ++low;
    int high = low + 1;
    while (cdf(complement(law, high)) * n_values > 20) ++high;
    const auto n_cells = static_cast<std::size_t>(high - low) + 1;
    std::vector<double> observed(n_cells);
    std::vector<double> expected(n_cells);
    for (const double value : values) {
      ++observed[static_cast<std::size_t>(std::clamp(static_cast<int>(value), low, high) - low)];
    }
    for (std::size_t i = 0; i < n_cells; ++i) {
      const int count = low + static_cast<int>(i);
      expected[i] = n_values * (i == 0             ? cdf(law, low)
                                : i + 1 == n_cells ? cdf(complement(law, high - 1))
                                                   : pdf(law, count));
    }
    EXPECT_LT(test::chi_square(observed, expected),
              test::chi_square_bound(static_cast<int>(n_cells) - 1, static_cast<int>(means.size())))
        << mean;
  }
}

TEST(NormalDraws, FollowTheNormalDistribution) {
  const auto values = draw(Decision::person_distance, boost::random::normal_distribution<PortableReal>{});
  const boost::math::normal law;
  EXPECT_LT(kolmogorov(values, [&](double x) { return cdf(law, x); }), test::kolmogorov_bound(n_values, 1));
  // The tails carry the long stays: the share beyond three standard deviations, against its probability.
  for (const double sign : {-1.0, 1.0}) {
    const auto beyond = std::ranges::count_if(values, [&](double x) { return sign * x > 3; });
    const double p = cdf(complement(law, 3));
    EXPECT_NEAR(static_cast<double>(beyond) / n_values, p,
                test::normal_bound(2) * std::sqrt(p * (1 - p) / n_values));
  }
}

TEST(BetaDraws, FollowTheBetaDistribution) {
  // Priors of shares (calibration/parameters.yaml) are beta; a and b on both sides of one.
  const std::vector<std::pair<double, double>> shapes = {{10, 10}, {2, 8}, {0.6, 0.9}, {1, 3}};
  for (const auto& [a, b] : shapes) {
    const auto values = draw(Decision::parameter, boost::random::beta_distribution<PortableReal>(a, b));
    const boost::math::beta_distribution<double> law(a, b);
    EXPECT_LT(kolmogorov(values, [&](double x) { return cdf(law, x); }),
              test::kolmogorov_bound(n_values, static_cast<int>(shapes.size())))
        << a << ", " << b;
  }
}

TEST(PotentialApplicants, OfAnOfficeArePoissonWithItsOwnMean) {
  // The engine's own count, through the seam: stock x rate, divided by the share of those who become eligible
  // that are granted. 600 offices x 24 months of mean 5, over Poisson's cells.
  World world = test::small_world(600, 1);
  Parameters parameters = test::small_parameters();
  parameters.exit_unknown = 1;  // people leave at once: only arrivals matter here
  parameters.later_claim = 0;
  for (Office& office : world.offices) {
    office.caseload_2013 = 100;
    office.equivalent_2013 = 0;
  }
  constexpr double mean = 5;
  parameters.entry_rate = mean / 100 * parameters.grant_share * parameters.take_up;
  const Constants constants = make_constants(world, parameters);
  const RulesTable table = test::table_of(test::rules_of_2002());
  std::vector<double> observed(13);
  std::vector<double> expected(13);
  OfficeScratch scratch;
  constexpr int months = 24;
  for (const Office& office : world.offices) {
    OfficeRun run(world, office, parameters, constants, table, test::small_plan());
    for (int month = 0; month < months; ++month) {
      const std::int64_t n = run.step(scratch)[Tally::potential_applicants];
      ++observed[static_cast<std::size_t>(std::min<std::int64_t>(n, 12))];
    }
  }
  const boost::math::poisson law(mean);
  for (int n = 0; n < 13; ++n) {
    expected[static_cast<std::size_t>(n)] = static_cast<double>(world.offices.size()) * months *
                                            (n < 12 ? pdf(law, n) : cdf(complement(law, 11)));
  }
  EXPECT_LT(test::chi_square(observed, expected), test::chi_square_bound(12, 1));
}

}  // namespace
}  // namespace tremplin
