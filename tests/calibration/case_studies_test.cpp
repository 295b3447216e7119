// The five presets against what document 003 publishes of the CPAS they are made after: each is completed
// from the landscape at the published size, simulated under the law of its year with the central parameters,
// and held to the figures of its case study. Oracle: 003:1102-1690. Where the case study gives words, the
// test asks for the sign.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "calibration/align_office.hpp"
#include "calibration/priors.hpp"
#include "scenarios/compose.hpp"
#include "scenarios/library.hpp"
#include "tests/calibration/files.hpp"
#include "tests/engine/small_world.hpp"
#include "tests/scenarios/landscape/files.hpp"

namespace tremplin {
namespace {

constexpr Month burn_in{2003, 1};
constexpr Month horizon{2015, 1};
constexpr std::uint32_t n_replicates = 8;

// Means and spread over replicates of one year.
struct Year {
  std::array<double, n_tallies> sum{};
  std::array<double, n_tallies> squares{};

  [[nodiscard]] double flow(Tally tally) const { return sum[static_cast<std::size_t>(tally)] / n_replicates; }
  [[nodiscard]] double stock(Tally tally) const { return flow(tally) / 12; }
  [[nodiscard]] double spread(Tally tally) const {  // standard deviation of the flow of one year
    const double mean = flow(tally);
    const double variance = squares[static_cast<std::size_t>(tally)] / n_replicates - mean * mean;
    return std::sqrt(std::max(0.0, variance) * n_replicates / (n_replicates - 1));
  }
};

const RulesTable& law_of_2014() {
  static const RulesTable table =
      rules_table(load_law_from(TREMPLIN_SOURCE_DIR).law,
                  load_scenario_named(TREMPLIN_SOURCE_DIR, "law-2015").scenario, {}, burn_in, horizon);
  return table;
}

Year year_2014_of(const std::string& file) {
  const OwnOffice own = load_own_office({"case.yaml", file}, test::shipped_presets());
  const Parameters parameters = central(load_priors(test::shipped("calibration/parameters.yaml")));
  const Landscape& landscape = test::shipped_landscape();
  const World country = draw_world(landscape, 1, burn_in, horizon);
  Year year;
  for (std::uint32_t replicate = 0; replicate < n_replicates; ++replicate) {
    Plan plan;
    plan.burn_in_from = burn_in;
    plan.report_from = Month(2014, 1);
    plan.report_until = horizon;
    plan.luck = {1, replicate};
    const double elasticity = parameters.staff_elasticity;
    const std::vector<Office> donors = draw_offices(landscape, plan.luck);
    World world{{complete(own, most_alike(own, donors, plan.luck), landscape, elasticity)},
                country.margins,
                country.environment,
                country.country};
    world.environment.staff = staff_path(landscape, elasticity, burn_in, horizon);
    const Alignment alignment =
        align_inflow(world, own.stock, own.reference, parameters, law_of_2014(), plan, {});
    test::Silent silent;
    const auto results = simulate(aligned(world, alignment), parameters, {&law_of_2014()}, plan, silent, {});
    for (std::size_t t = 0; t < n_tallies; ++t) {
      const auto value = static_cast<double>(results[0].offices[t]);
      year.sum[t] += value;
      year.squares[t] += value * value;
    }
  }
  return year;
}

double suspensions(const Year& year) {
  return year.flow(Tally::sanctions_partial) + year.flow(Tally::sanctions_full);
}

double concluded(const Year& year) {
  return year.flow(Tally::contracts_on_time) + year.flow(Tally::contracts_late) +
         year.flow(Tally::contracts_optional);
}

constexpr const char* each_and_all =
    "region: wallonia\npopulation: 30000\nreference: 2014\npeople: {paid: 300}\n"
    "practice: {preset: each-and-all}\n";
constexpr const char* protective =
    "region: wallonia\npopulation: 9000\nreference: 2014\npeople: {paid: 127}\n"
    "practice: {preset: protective}\n";
constexpr const char* multi_use =
    "region: flanders\npopulation: 200000\nreference: 2014\npeople: {paid: 1000}\n"
    "practice: {preset: multi-use}\n";
constexpr const char* coercive =
    "region: brussels\npopulation: 25000\nreference: 2014\npeople: {paid: 190, equivalent: 40}\n"
    "staff: {first_line: 5, second_line: 2}\npractice: {preset: coercive}\n";
constexpr const char* two_speed =
    "region: brussels\npopulation: 150000\nreference: 2014\npeople: {paid: 1000}\n"
    "staff: {first_line: 24}\npractice: {preset: two-speed";

// 003:1108-1109, 1137-1142, 1173-1174: 324 contracts in 2014, more than half of them general; two or three
// sanctions a year. Its number of people is not told: 300 paid, so that as many contracts are concluded. A
// count of two or three must lie within two standard deviations of what single years give.
TEST(CaseStudies, EachAndAllContractsWithNearlyAllAndRarelySanctions) {
  const Year year = year_2014_of(each_and_all);
  EXPECT_NEAR(concluded(year), 324, 32);  // a tenth: its size is chosen here
  const double contracts = year.stock(Tally::contract_covered) + year.stock(Tally::contract_second_line);
  EXPECT_GT(year.stock(Tally::contract_general), contracts / 2);
  EXPECT_GT(year.stock(Tally::contract_covered),
            0.7 * (year.stock(Tally::paid) + year.stock(Tally::paid_equivalent)));
  const double spread = std::hypot(year.spread(Tally::sanctions_partial), year.spread(Tally::sanctions_full));
  EXPECT_LE(suspensions(year), 3);
  EXPECT_GE(suspensions(year) + 2 * spread, 2);
}

// 003:1213-1250, 1323: 127 people on integration income; the service that guides them follows just over a
// hundred, students not among them, 54 with a contract; a notice usually suffices.
TEST(CaseStudies, ProtectiveContractsWithEverySecondPersonFollowed) {
  const Year year = year_2014_of(protective);
  EXPECT_NEAR(year.stock(Tally::paid), 127, 3);
  const double followed = year.stock(Tally::contract_covered) - year.stock(Tally::contract_studies);
  EXPECT_NEAR(followed, 54, 2 * std::sqrt(104 * 0.52 * 0.48));  // 54 of 104: a count of one day
  EXPECT_LT(suspensions(year), 1);
}

// 003:1368-1372, 1397-1401, 1447-1460: contracts with homeless people and in social activation too; each
// proposed sanction is checked, and some are not pronounced: more than without the check.
TEST(CaseStudies, MultiUseContractsWithManyGroupsAndChecksItsSanctions) {
  const Year year = year_2014_of(multi_use);
  EXPECT_GT(year.stock(Tally::contract_housing), 0);
  EXPECT_GT(year.stock(Tally::contract_social_activation), 0);
  EXPECT_GT(year.stock(Tally::contract_employment), 0);
  EXPECT_GT(year.stock(Tally::in_volunteering), 0);
  std::string unchecked = multi_use;
  unchecked.replace(unchecked.find("multi-use}"), 10, "multi-use, guarded_sanctions: false}");
  EXPECT_LT(suspensions(year), suspensions(year_2014_of(unchecked)));
}

// 003:1468-1480, 1508-1512, 1562-1568: 230 files; hardly any offer of social participation; sanctions, and a
// month suspended for students in summer.
TEST(CaseStudies, CoerciveHasNoSocialActivationAndSanctions) {
  const Year year = year_2014_of(coercive);
  EXPECT_NEAR(year.stock(Tally::paid) + year.stock(Tally::paid_equivalent), 230, 5);
  EXPECT_EQ(year.stock(Tally::in_social_activation), 0);
  EXPECT_EQ(year.stock(Tally::contract_social_activation), 0);
  EXPECT_GT(year.flow(Tally::suspended_otherwise), 0);
  // Of a hundred people under contract, more are suspended than where everybody has a contract of their own.
  const Year mild = year_2014_of(each_and_all);
  EXPECT_GT(suspensions(year) / year.stock(Tally::contract_covered),
            suspensions(mild) / mild.stock(Tally::contract_covered));
}

// 003:1580, 1655-1671: about 1,000 people paid; the general contract is a formality, that of the second line
// a real tool; sanctions in 0.01 % of cases, one in ten years.
TEST(CaseStudies, TwoSpeedIsFormalInTheFirstLineAndPersonalInTheSecond) {
  const Year year = year_2014_of(two_speed + std::string("}\n"));
  const Year one_speed = year_2014_of(two_speed + std::string(", second_line_guidance: 0}\n"));
  EXPECT_GT(year.stock(Tally::contract_second_line), 0);
  EXPECT_GT(year.stock(Tally::contract_formal), year.stock(Tally::contract_personalised));
  EXPECT_GT(year.stock(Tally::contract_personalised), one_speed.stock(Tally::contract_personalised));
  EXPECT_LE(suspensions(year), 0.5);
}

}  // namespace
}  // namespace tremplin
