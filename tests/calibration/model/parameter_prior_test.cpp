#include "calibration/model/parameter_prior.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <stdexcept>
#include <variant>

#include "calibration/inference/special.hpp"
#include "tests/calibration/files.hpp"

namespace tremplin {
namespace {

using inference::Index;
using inference::Matrix;

const PriorTable& shipped() {
  static const PriorTable priors = load_priors(test::shipped("calibration/parameters.yaml"));
  return priors;
}

std::size_t place_of(std::string_view name) { return shipped().find(name).value(); }

TEST(ParameterPrior, FixedParametersAreNeverChosen) {
  const auto chosen = uncertain_places(shipped());
  std::size_t n_fixed = 0;
  for (const Prior& prior : shipped()) n_fixed += std::holds_alternative<FixedPrior>(prior.distribution);
  EXPECT_EQ(chosen.size() + n_fixed, shipped().n_places());
  for (const std::size_t place : chosen) {
    if (place < shipped().size()) {
      EXPECT_FALSE(std::holds_alternative<FixedPrior>(shipped()[place].distribution));
    }
  }
}

// Medians and quantiles by hand: LN(1.26, .05), uniform on 0 to .5, N(.8, .3).
TEST(ParameterPrior, MapsScoresToTheQuantilesOfEachPrior) {
  const std::vector<std::size_t> chosen = {place_of("frailty_sd"), place_of("later_claim"),
                                           place_of("tightness_elasticity")};
  const inference::Prior prior = prior_of(shipped(), chosen);
  EXPECT_EQ(prior.names(), (std::vector<std::string>{"frailty_sd", "later_claim", "tightness_elasticity"}));
  Matrix scores(2, 3);
  scores << 0, 0, 0, 1, 1, -3;
  const Matrix values = prior.parameters(scores);
  EXPECT_NEAR(values(0, 0), 1.26, 1e-12);
  EXPECT_NEAR(values(0, 1), 0.25, 1e-12);
  EXPECT_NEAR(values(0, 2), 0.8, 1e-12);
  EXPECT_NEAR(values(1, 0), 1.26 * std::exp(0.05), 1e-12);
  EXPECT_NEAR(values(1, 1), 0.5 * inference::normal_cdf(1), 1e-12);
  EXPECT_EQ(values(1, 2), 0) << "0.8 - 0.9 lies below the registry's bound";
}

TEST(ParameterPrior, ASpikeIsHitAsOftenAsItSays) {
  const std::vector<std::size_t> chosen = {place_of("effect_personalised_job")};
  const inference::Prior prior = prior_of(shipped(), chosen);
  constexpr Index n = 4000;
  const Matrix values = prior.parameters(inference::prior_scores(n, 1, 3));
  const double share = (values.array() == 1.0).cast<double>().mean();
  // Half of the prior: four binomial standard errors of 0.0079.
  EXPECT_NEAR(share, 0.5, 4 * std::sqrt(0.25 / n));
}

// The same prior as draw_parameters() draws from: means of 2,000 draws within five joint standard errors.
TEST(ParameterPrior, AgreesWithTheDrawsOfARun) {
  const auto chosen = uncertain_places(shipped());
  const inference::Prior prior = prior_of(shipped(), chosen);
  constexpr Index n = 2000;
  const Matrix here = prior.parameters(inference::prior_scores(n, prior.n_scores(), 8));
  std::vector<std::size_t> parameters;
  std::ranges::copy_if(chosen, std::back_inserter(parameters),
                       [](std::size_t place) { return place < shipped().size(); });
  const auto n_parameters = static_cast<Index>(parameters.size());
  Matrix there(n, n_parameters);
  for (Index i = 0; i < n; ++i) {
    const Parameters drawn = draw_parameters(shipped(), {77, static_cast<std::uint32_t>(i)});
    for (std::size_t j = 0; j < parameters.size(); ++j)
      there(i, static_cast<Index>(j)) = drawn.*shipped()[parameters[j]].parameter->field;
  }
  for (Index j = 0; j < n_parameters; ++j) {
    const auto variance = [&](const Matrix& m) {
      return (m.col(j).array() - m.col(j).mean()).square().mean();
    };
    const double se = std::sqrt((variance(here) + variance(there)) / n);
    EXPECT_NEAR(here.col(j).mean(), there.col(j).mean(), 5 * se)
        << prior.names()[static_cast<std::size_t>(j)];
  }
}

TEST(ParameterPrior, AMemberComesWithItsCommonError) {
  const std::size_t member = place_of("hours_review");
  const std::size_t error = place_of("working_times");
  EXPECT_EQ(with_common_errors(shipped(), {member, place_of("take_up")}),
            (std::vector<std::size_t>{place_of("take_up"), member, error}));
  EXPECT_THROW(prior_of(shipped(), std::vector{member}), std::invalid_argument);
  const inference::Prior prior = prior_of(shipped(), std::vector{member, error});
  Matrix scores(3, 2);
  scores << 0, 0, 0, 1, 1, 0;
  const Matrix values = prior.parameters(scores);
  // LN(2, .32), correlation 0.5: own and common score count sqrt(0.5) each; of the error itself the score.
  EXPECT_NEAR(values(0, 0), 2, 1e-12);
  EXPECT_NEAR(values(1, 0), 2 * std::exp(0.32 * std::sqrt(0.5)), 1e-12);
  EXPECT_NEAR(values(2, 0), 2 * std::exp(0.32 * std::sqrt(0.5)), 1e-12);
  EXPECT_EQ(values(1, 1), 1);
  const Matrix joint = joint_scores(shipped(), std::vector{member, error}, scores);
  EXPECT_NEAR(joint(1, 0), std::sqrt(0.5), 1e-12);
  EXPECT_EQ(joint(1, 1), 1);
}

}  // namespace
}  // namespace tremplin
