// Practice over the 589 CPAS against the surveys.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>

#include "tests/scenarios/landscape/files.hpp"

namespace tremplin {
namespace {

// Assignment by rank meets a share to within one office of 589.
constexpr double one_office = 1.0 / 589 + 1e-12;

double share(const World& world, auto condition) {
  return static_cast<double>(std::ranges::count_if(world.offices, condition)) /
         static_cast<double>(world.offices.size());
}

double correlation(const World& world, auto x, auto y) {
  double sx = 0, sy = 0, sxx = 0, syy = 0, sxy = 0;
  for (const Office& office : world.offices) {
    const double a = x(office.practice);
    const double b = y(office.practice);
    sx += a, sy += b, sxx += a * a, syy += b * b, sxy += a * b;
  }
  const auto n = static_cast<double>(world.offices.size());
  return (sxy - sx * sy / n) / std::sqrt((sxx - sx * sx / n) * (syy - sy * sy / n));
}

TEST(Practice, OneCpasInFiveNeverSanctions) {
  const World world = test::world_of(1);
  const auto habit = [&](SanctionHabit wanted) {
    return share(world, [&](const Office& o) { return o.practice.sanctions == wanted; });
  };
  EXPECT_NEAR(habit(SanctionHabit::never), 0.20, one_office);  // 003:847-855
  EXPECT_NEAR(habit(SanctionHabit::rarely), 0.21, one_office);
  EXPECT_NEAR(habit(SanctionHabit::often), 0.59, one_office);
}

TEST(Practice, KindsOfSanctionSumToOneAndMeetTheNeverShares) {
  const World world = test::world_of(1);
  for (const Office& office : world.offices) {
    const auto& kinds = office.practice.sanction_kinds;
    EXPECT_NEAR(kinds[0] + kinds[1] + kinds[2] + kinds[3], 1, 1e-12);
  }
  const auto never = [&](std::size_t kind) {
    return share(world, [&](const Office& o) {
      return o.practice.sanctions == SanctionHabit::never || o.practice.sanction_kinds[kind] == 0;
    });
  };
  EXPECT_NEAR(never(0), 0.39, one_office);    // partial, 003:846
  EXPECT_NEAR(never(2), 0.49, one_office);    // three months, 003:849
  EXPECT_NEAR(never(3), 0.4325, one_office);  // other: half of 86.5 %
}

TEST(Practice, HalfTheCpasAlwaysEvaluate) {
  const World world = test::world_of(1);
  EXPECT_NEAR(share(world, [](const Office& o) { return o.practice.evaluation_regularity == 1; }), 0.50,
              one_office);  // 003:744
  EXPECT_NEAR(share(world, [](const Office& o) { return o.practice.evaluation_regularity == 0.75; }), 0.39,
              one_office);
}

TEST(Practice, FewCpasExemptMoreThanAFifthOfTheYoung) {
  const World world = test::world_of(1);
  EXPECT_NEAR(share(world, [](const Office& o) { return o.practice.p_young_exempted < 0.2; }), 469.0 / 486,
              one_office);  // 003:689
  EXPECT_NEAR(share(world, [](const Office& o) { return o.practice.p_young_exempted > 0.6; }), 3.0 / 486,
              2 * one_office);  // two classes
}

TEST(Practice, ConditionalityHasThePublishedRegionalContrast) {
  const World world = test::world_of(1);
  const auto conditional = [&](Region region) {
    int all = 0;
    int yes = 0;
    for (const Office& office : world.offices) {
      if (office.region != region) continue;
      ++all;
      yes += office.practice.conditional_activation ? 1 : 0;
    }
    return static_cast<double>(yes) / all;
  };
  EXPECT_NEAR(conditional(Region::flanders), 0.57, 1.0 / 308);  // 000:894
  EXPECT_NEAR(conditional(Region::wallonia), 0.185, 1.0 / 262);
  EXPECT_NEAR(conditional(Region::brussels), 0.375, 1.0 / 19);
}

TEST(Practice, AttitudesHaveTheirCorrelationsWithinSamplingError) {
  // Standard error of a correlation r over n = 589 x 4 draws: (1 - r^2) / sqrt(n) < 0.021; four of them.
  double formalism_guidance = 0;
  double contract_strictness = 0;
  for (std::uint64_t seed = 1; seed <= 4; ++seed) {
    const World world = test::world_of(seed);
    formalism_guidance += correlation(
                              world, [](const Practice& p) { return p.formalism; },
                              [](const Practice& p) { return p.guidance; }) /
                          4;
    contract_strictness += correlation(
                               world, [](const Practice& p) { return p.contractual; },
                               [](const Practice& p) { return p.strictness; }) /
                           4;
  }
  EXPECT_NEAR(formalism_guidance, -0.4, 0.083);
  EXPECT_NEAR(contract_strictness, 0.4, 0.083);
}

TEST(Practice, StricterCouncilsExemptLessAndSanctionMore) {
  const World world = test::world_of(1);
  const auto strictness = [](const Practice& p) { return p.strictness; };
  // Loadings -0.4 and 0.5 and more through correlated attitudes; sampling error 1 / sqrt(589) = 0.041.
  EXPECT_LT(correlation(world, strictness, [](const Practice& p) { return p.p_exempt_health; }), -0.2);
  EXPECT_GT(
      correlation(world, strictness, [](const Practice& p) { return static_cast<double>(p.sanctions); }),
      0.3);
}

TEST(Practice, MedianAcceptanceOfAGroundIsTheOneOfTheFile) {
  // Shares above and below the median: half, to four standard errors 4 x 0.5 / sqrt(589) = 0.083.
  const World world = test::world_of(1);
  EXPECT_NEAR(share(world, [](const Office& o) { return o.practice.p_exempt_health > 0.75; }), 0.5, 0.083);
  EXPECT_NEAR(share(world, [](const Office& o) { return o.practice.p_exempt_homeless > 0.30; }), 0.5, 0.083);
  EXPECT_NEAR(share(world, [](const Office& o) { return o.practice.trained_share > 0.40; }), 0.5, 0.083);
}

TEST(Practice, OfferIsBroaderInBigCpas) {
  const World world = test::world_of(1);
  const auto mean_offer = [&](auto condition) {
    double sum = 0;
    int n = 0;
    for (const Office& office : world.offices) {
      if (!condition(office)) continue;
      sum += static_cast<double>(office.practice.offer);
      ++n;
    }
    return sum / n;
  };
  EXPECT_GT(mean_offer([](const Office& o) { return o.population >= 40'000; }),
            mean_offer([](const Office& o) { return o.population < 10'000; }) + 0.2);
}

}  // namespace
}  // namespace tremplin
