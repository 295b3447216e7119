#include "engine/population/newcomer.hpp"

#include <gtest/gtest.h>

#include <cmath>

#include "tests/engine/small_world.hpp"

namespace tremplin {
namespace {

struct Shares {
  double under_25 = 0, women = 0, single = 0, family = 0, homeless = 0, health = 0, means = 0, factor_log = 0;
};

TEST(Newcomer, FollowsTheMargins) {
  const World world = test::small_world();
  const Parameters parameters = test::small_parameters();
  constexpr int n = 40'000;
  Shares shares;
  for (std::uint32_t i = 0; i < n; ++i) {
    const LocalId id = local_id(Month(2010, 1), i);
    Draws draws({}, person_id(CpasId{1}, id), Month(2010, 1));
    const Person person =
        make_newcomer(world.margins, parameters, id, Coming::integration_income, 0.2, Month(2010, 1), draws);
    ASSERT_GE(person.age_in_years(Month(2010, 1)), 18);
    ASSERT_LE(person.age_in_years(Month(2010, 1)), 95);
    ASSERT_FALSE(person.lone_parent && person.category != Category::family);
    ASSERT_FALSE(person.student && person.age_in_years(Month(2010, 1)) >= 25);
    shares.under_25 += person.age_in_years(Month(2010, 1)) < 25;
    shares.women += person.woman;
    shares.single += person.category == Category::single;
    shares.family += person.category == Category::family;
    shares.homeless += person.homeless;
    shares.health += person.health_limited;
    shares.means += person.means > 0;
    shares.factor_log += std::log(static_cast<double>(person.exit_factor));
  }
  // 4.5 binomial standard errors of a share p among n.
  const auto expect_share = [&](double count, double p, const char* what) {
    EXPECT_NEAR(count / n, p, 4.5 * std::sqrt(p * (1 - p) / n)) << what;
  };
  expect_share(shares.under_25, 0.3, "under 25");
  expect_share(shares.women, 0.3 * 0.5 + 0.7 * 0.55, "women");
  expect_share(shares.single, 0.3 * 0.35 + 0.7 * 0.45, "single");
  expect_share(shares.family, 0.3 * 0.15 + 0.7 * 0.3, "family");
  expect_share(shares.homeless, 0.05, "homeless");
  expect_share(shares.health, 0.2, "health");
  expect_share(shares.means, 0.2, "means");
  // log exit factor ~ Normal(0, frailty_sd^2).
  EXPECT_NEAR(shares.factor_log / n, 0, 4.5 * parameters.frailty_sd / std::sqrt(static_cast<double>(n)));
}

}  // namespace
}  // namespace tremplin
