#include <gtest/gtest.h>

#include "tests/engine/small_world.hpp"

namespace tremplin {
namespace {

// A closed office of single people, all there for whole months, without contracts.
struct Plain {
  World world = test::small_world(1, 300);
  Parameters parameters = test::small_parameters();
  Rules rules = test::rules_of_2002();

  Plain() {
    world.margins.category = {{{0, 1, 0}, {0, 1, 0}}};
    world.offices[0].first_line_fte *= 100;
    world.offices[0].equivalent_2013 = 0;
    world.offices[0].practice.students_summer = 1;
    world.offices[0].practice.policy = ContractPolicy::law_only;
    for (std::size_t m = world.environment.index(Month(2002, 1)); m < world.environment.inflow.size(); ++m) {
      world.environment.inflow[m] = 0;
    }
    Parameters& p = parameters;
    p.later_claim = p.means_share = 0;
    p.exit_job = p.exit_insurance = p.exit_other_benefit = p.exit_household = p.exit_unknown = 0;
    p.exit_studies = p.exit_transfer = p.exit_pension = p.death_at_50 = p.partial_month = 0;
    p.no_disposition = p.non_declaration = p.breach = 0;
    p.start_orientation = p.start_social_activation = p.start_part_time = 0;
    p.return_hazard = p.return_floor = 0;
    rules.piis_under_age = 0;
  }
  [[nodiscard]] RunResult run() const {
    const RulesTable table = test::table_of(rules);
    return test::run(world, parameters, {&table}, test::small_plan())[0];
  }
};

TEST(Accounts, AFullMonthPaysTheCategoryAmount) {
  const RunResult r = Plain().run();
  const std::int64_t paid = test::total(r, Tally::paid);
  ASSERT_GT(paid, 1000);
  EXPECT_EQ(test::total(r, Tally::euro_integration_income), paid * 75000);  // 750 euro
  EXPECT_EQ(test::total(r, Tally::euro_state_income), paid * 37500);        // 50 %
  EXPECT_EQ(test::total(r, Tally::euro_cpas_income), paid * 37500);
}

TEST(Accounts, TheStatesRateFollowsTheNumberOfBeneficiaries) {
  Plain plain;
  plain.rules.reimbursement_medium_from = 10;
  plain.rules.reimbursement_large_from = 100000;
  const RunResult r = plain.run();
  EXPECT_EQ(test::total(r, Tally::euro_state_income), test::total(r, Tally::paid) * 45000);  // 60 % of 750
}

TEST(Accounts, MeansAboveTheExemptionAreDeducted) {
  Plain plain;
  plain.parameters.means_share = 1;
  plain.parameters.means_fraction = 0.2;
  const RunResult r = plain.run();
  // Means are uniform on 0 to 2 * 0.2 * 817.36 = 326.94 euro a month, of which 250 / 12 = 20.83 are exempted:
  // the mean deduction is (326.94 - 20.83)^2 / (2 * 326.94) = 143.31 euro.
  const double mean = static_cast<double>(test::total(r, Tally::euro_integration_income)) / 100 /
                      static_cast<double>(test::total(r, Tally::paid));
  // About 80 people, each paid the same every month: 4.5 * 94 / sqrt(80) euro.
  EXPECT_NEAR(mean, 750 - 143.31, 4.5 * 94 / 8.9);
}

TEST(Accounts, EarningsAreExemptedWithinTheDaysAndTheWindow) {
  Plain plain;
  plain.parameters.start_part_time = 1;
  plain.parameters.end_part_time = 0;
  plain.parameters.spi_asked = 1;
  plain.parameters.part_time_earnings = 400;  // 200 to 600 euro
  const RunResult within = plain.run();
  EXPECT_GT(test::total(within, Tally::euro_exempted), 0);
  plain.rules.spi_days = 0;
  const RunResult none = plain.run();
  EXPECT_EQ(test::total(none, Tally::euro_exempted), 0);
  EXPECT_LT(test::total(none, Tally::euro_integration_income),
            test::total(within, Tally::euro_integration_income));
}

TEST(Accounts, AStudiesContractAddsItsSubsidyToTheStatesShare) {
  Plain plain;
  plain.rules.piis_under_age = 25;
  plain.parameters.contract_compliance = 1;
  plain.world.environment.student_share.assign(plain.world.environment.student_share.size(), 1);
  plain.rules.subsidy_students = 0.1;
  const RunResult r = plain.run();
  // 10 % of 750 euro for each paid person with a studies contract.
  EXPECT_EQ(test::total(r, Tally::euro_state_contracts), test::total(r, Tally::contract_studies) * 7500);
  EXPECT_GT(test::total(r, Tally::contract_studies), 0);
}

}  // namespace
}  // namespace tremplin
