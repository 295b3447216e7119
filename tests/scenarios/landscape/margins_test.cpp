// The joint practice profile against the surveys, with the sampling error of each published share beside it:
// a share p of n respondents among N = 589 CPAS has the standard error sqrt(p (1 - p) / n x (N - n) / (N -
// 1)). The world meets the shares to one office; that the surveys themselves could be this far off is what
// the standard errors say.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "tests/scenarios/landscape/files.hpp"

namespace tremplin {
namespace {

double standard_error(double share, double n, double population) {
  return std::sqrt(share * (1 - share) / n * (population - n) / (population - 1));
}

struct Published {
  const char* what;
  double share;
  double error;  // expected standard error, to three decimals: the arithmetic is part of the test
  std::function<bool(const Practice&)> has;
};

bool sanctions_at_all(const Practice& p) { return p.sanctions != SanctionHabit::never; }

// The test of a margin: 589 offices against a share with its sampling error.
bool holds(const std::vector<Office>& offices, const Published& published) {
  const auto n =
      std::ranges::count_if(offices, [&](const Office& office) { return published.has(office.practice); });
  return std::abs(static_cast<double>(n) / static_cast<double>(offices.size()) - published.share) <=
         published.error;
}

auto contracts_for(ContractUse use) {
  return [use](const Practice& p) { return p.contracts_for(use); };
}

// Document 003: 234 CPAS answered, of 589. Of the kinds of sanction: CPAS that never pronounce it.
TEST(Margins, NationalOnesOfDocument003HoldWithinTheirSamplingError) {
  const std::vector<Published> all = {
      {"never sanctions, 003:847", 0.20, 0.020, [](const Practice& p) { return !sanctions_at_all(p); }},
      {"one month often or always, 003:848", 0.59, 0.025,
       [](const Practice& p) { return p.sanctions == SanctionHabit::often; }},
      {"never partial, 003:846", 0.39, 0.025,
       [](const Practice& p) { return !sanctions_at_all(p) || p.sanction_kinds[0] == 0; }},
      {"never three months, 003:849", 0.49, 0.025,
       [](const Practice& p) { return !sanctions_at_all(p) || p.sanction_kinds[2] == 0; }},
      {"always evaluates, 003:744", 0.50, 0.025,
       [](const Practice& p) { return p.evaluation_regularity == 1; }},
      {"often evaluates, 003:745", 0.39, 0.025,
       [](const Practice& p) { return p.evaluation_regularity == 0.75; }},
      {"exempts under a fifth of the young, 003:689", 469.0 / 486, 0.009,
       [](const Practice& p) { return p.p_young_exempted < 0.2; }},
      {"contracts for employment, 003:692", 0.49, 0.025, contracts_for(ContractUse::employment)},
      {"contracts for reinforced guidance, 003:693", 0.48, 0.025,
       contracts_for(ContractUse::reinforced_guidance)},
      {"contracts with homeless people, 003:694", 0.45, 0.025, contracts_for(ContractUse::homeless)},
      {"contracts with equivalent income, 003:694", 0.36, 0.024, contracts_for(ContractUse::equivalent)},
      {"never writes the annual report, 003:751", 0.19, 0.020,
       [](const Practice& p) { return p.annual_report == 0; }},
      {"rarely writes it, 003:751", 0.19, 0.020,
       [](const Practice& p) { return p.annual_report > 0 && p.annual_report < 1; }},
  };
  for (const std::uint64_t seed : {1U, 2U, 3U}) {
    const World world = test::world_of(seed);
    for (const Published& published : all) {
      const double error = standard_error(published.share, 234, 589);
      EXPECT_NEAR(error, published.error, 0.0005) << published.what;
      EXPECT_TRUE(holds(world.offices, published)) << published.what << ", seed " << seed;
    }
  }
}

// Control: 20 offices more than published, 3.4 points, are seen.
TEST(Margins, ABrokenOneIsNoticed) {
  const Published published{"contracts with homeless people, 003:694", 0.45, 0.025,
                            contracts_for(ContractUse::homeless)};
  World world = test::world_of(1);
  ASSERT_TRUE(holds(world.offices, published));
  int changed = 0;
  for (Office& office : world.offices) {
    bool& yes = office.practice.contract_uses[static_cast<std::size_t>(ContractUse::homeless)];
    if (yes || changed == 20) continue;
    yes = true;
    ++changed;
  }
  EXPECT_FALSE(holds(world.offices, published));
}

// Of the CPAS that do nothing beyond the law none names a group; who contracts with everyone names all but
// equivalent income, which is another right.
TEST(Margins, AnswersAgreeWithThePolicy) {
  for (const Office& office : test::world_of(1).offices) {
    const Practice& p = office.practice;
    const auto named = std::ranges::count(p.contract_uses, true);
    if (p.policy == ContractPolicy::law_only) {
      EXPECT_EQ(named, 0);
    }
    if (p.policy == ContractPolicy::everyone) {
      EXPECT_GE(named, 4);
    }
  }
}

// Document 000: 224 of 589 CPAS answered; the very small ones organise nothing (000:309-312).
TEST(Margins, SocialActivationIsOrganisedByAsManyAsPublished) {
  const World world = test::world_of(1);
  const double error = standard_error(0.95, 224, 589);
  EXPECT_NEAR(error, 0.011, 0.0005);
  int none = 0;
  int very_small = 0;
  double places = 0;
  for (const Office& office : world.offices) {
    places += office.places[static_cast<std::size_t>(Pool::social_activation)];
    if (office.practice.activation_offer) continue;
    ++none;
    very_small += office.population < 10'000 ? 1 : 0;
    EXPECT_EQ(office.places[static_cast<std::size_t>(Pool::social_activation)], 0);
  }
  EXPECT_NEAR(1 - none / 589.0, 0.95, error);
  EXPECT_GT(very_small, none / 2);
  // Places move between offices, their sum stays: 0.10 a person paid of 98,650 in 2013 (004:293).
  const Landscape& landscape = test::shipped_landscape();
  const double expected = landscape.resources.social_activation * landscape.frame.caseload;
  EXPECT_NEAR(places, expected, 1e-9 * expected);
}

// Document 000: 45.5 % of 308 Flemish, 32.8 % of 262 Walloon and 8 of 19 Brussels CPAS answered (000:1144).
TEST(Margins, RegionalOnesOfDocument000HoldWithinTheirSamplingError) {
  struct Regional {
    Region region;
    double share;
    double n;
    double population;
    double error;
    bool Practice::*habit;
  };
  constexpr auto condition = &Practice::conditional_activation;  // 000:894
  constexpr auto volunteering = &Practice::volunteering;         // 000:393
  constexpr std::array all = {Regional{Region::flanders, 0.57, 135, 308, 0.032, condition},
                              Regional{Region::wallonia, 0.185, 81, 262, 0.036, condition},
                              Regional{Region::brussels, 0.375, 8, 19, 0.134, condition},
                              Regional{Region::flanders, 0.629, 135, 308, 0.031, volunteering},
                              Regional{Region::wallonia, 0.209, 81, 262, 0.038, volunteering},
                              Regional{Region::brussels, 0.125, 8, 19, 0.091, volunteering}};
  const World world = test::world_of(1);
  for (const Regional& published : all) {
    const double error = standard_error(published.share, published.n, published.population);
    EXPECT_NEAR(error, published.error, 0.0005);
    const auto yes = std::ranges::count_if(world.offices, [&](const Office& office) {
      return office.region == published.region && office.practice.*published.habit;
    });
    EXPECT_NEAR(static_cast<double>(yes) / published.population, published.share, error);
  }
}

// The margin by size that is used is the share with an orientation instrument (000:591). No habit of the
// model is that instrument; its latent shifts breadth of offer and parallel contracts. The test asks what the
// draw claims: that a breadth above the national middle is as frequent, by size, as the published instrument.
// Worlds differ by chance too: five worlds of n offices add p (1 - p) / (5 n) to the variance; three errors.
TEST(Margins, BreadthOfOfferVariesWithSizeAsPublishedInstrumentsDo) {
  constexpr std::array<double, 5> published = {0.163, 0.247, 0.489, 0.421, 0.80};
  constexpr std::array<double, 5> respondents = {68, 85, 47, 19, 5};  // 000:571-589
  constexpr int n_worlds = 5;
  std::array<double, 5> above{};
  std::array<double, 5> offices{};
  for (std::uint64_t seed = 1; seed <= n_worlds; ++seed) {
    LatentsByColumn trace;
    const std::vector<Office> drawn = draw_offices(test::shipped_landscape(), {seed, 0}, &trace);
    for (std::size_t i = 0; i < drawn.size(); ++i) {
      const auto size = static_cast<std::size_t>(drawn[i].size());
      offices[size] += 1;
      above[size] += trace.at("offer")[i] > 0 ? 1 : 0;
    }
  }
  for (std::size_t size = 0; size < published.size(); ++size) {
    const double p = published[size];
    const double survey = standard_error(p, respondents[size], std::max(offices[size] / n_worlds, 6.0));
    const double worlds = std::sqrt(p * (1 - p) / offices[size]);
    EXPECT_NEAR(above[size] / offices[size], p, 3 * std::hypot(survey, worlds)) << size;
  }
}

double correlation_of(const std::vector<Office>& offices, ContractUse one, ContractUse other) {
  double n_one = 0;
  double n_other = 0;
  double n_both = 0;
  for (const Office& office : offices) {
    const bool a = office.practice.contracts_for(one);
    const bool b = office.practice.contracts_for(other);
    n_one += a ? 1 : 0;
    n_other += b ? 1 : 0;
    n_both += a && b ? 1 : 0;
  }
  const auto n = static_cast<double>(offices.size());
  const double p = n_one / n;
  const double q = n_other / n;
  return (n_both / n - p * q) / std::sqrt(p * (1 - p) * q * (1 - q));
}

// 003:763-768: the closest link of two answers is that of contracts for employment and for social activation,
// 0.77, "a strong correlation" (the note calls 1 perfect coherence). It holds here between the two answers of
// yes and no themselves, for which Pearson's coefficient, phi and Cramér's V are one number. Reinforced
// guidance and social activation go together strongly too.
TEST(Margins, ContractsForEmploymentAndForSocialActivationGoTogetherAsPublished) {
  using enum ContractUse;
  constexpr int n_worlds = 12;
  double published = 0;
  double strong = 0;
  std::array<double, 3> others{};
  for (std::uint64_t seed = 1; seed <= n_worlds; ++seed) {
    const std::vector<Office> offices = draw_offices(test::shipped_landscape(), {seed, 0});
    published += correlation_of(offices, employment, social_activation) / n_worlds;
    strong += correlation_of(offices, reinforced_guidance, social_activation) / n_worlds;
    others[0] += correlation_of(offices, employment, reinforced_guidance) / n_worlds;
    others[1] += correlation_of(offices, employment, homeless) / n_worlds;
    others[2] += correlation_of(offices, social_activation, equivalent) / n_worlds;
  }
  // A correlation of 234 of 589 CPAS has the standard error (1 - 0.77^2) / sqrt(234) x sqrt(355 / 588) =
  // 0.021, that of one world of 589 (1 - 0.77^2) / sqrt(589) = 0.017, of the mean of twelve 0.005.
  EXPECT_NEAR(published, 0.77, 0.021);
  EXPECT_GT(strong, 0.5);
  for (const double other : others) EXPECT_LT(other, published);
}

}  // namespace
}  // namespace tremplin
