#include <gtest/gtest.h>

#include "tests/engine/small_world.hpp"

namespace tremplin {
namespace {

struct Ample {
  World world = test::small_world(4, 200);
  Parameters parameters = test::small_parameters();
  Rules rules = test::rules_of_2002();

  Ample() {
    for (Office& office : world.offices) {
      office.first_line_fte *= 100;
      office.second_line_fte *= 100;
      office.practice.p_young_exempted = 0;
      office.practice.policy = ContractPolicy::law_only;
    }
    parameters.contract_compliance = 1;
  }
  [[nodiscard]] RunResult run() const {
    const RulesTable table = test::table_of(rules);
    return test::run(world, parameters, {&table}, test::small_plan())[0];
  }
};

TEST(Contract, UnderTheLawOf2002IsDueForTheYoungOnly) {
  Ample ample;
  ample.parameters.exit_studies = 0;
  const RunResult result = ample.run();
  EXPECT_GT(test::total(result, Tally::contract_obliged), 0);
  EXPECT_LE(test::total(result, Tally::contract_obliged), test::total(result, Tally::paid_under_25));
}

TEST(Contract, WithHoursForAllIsNeverLate) {
  const RunResult result = Ample().run();
  EXPECT_GT(test::total(result, Tally::contracts_on_time), 100);
  EXPECT_EQ(test::total(result, Tally::contracts_late), 0);
  EXPECT_EQ(test::total(result, Tally::contract_overdue), 0);
}

TEST(Contract, WithoutHoursIsLateOrNever) {
  Ample scarce;
  for (Office& office : scarce.world.offices) office.first_line_fte /= 400;
  const RunResult result = scarce.run();
  EXPECT_GT(test::total(result, Tally::contracts_late) + test::total(result, Tally::contracts_never), 0);
  EXPECT_GT(test::total(result, Tally::contract_overdue), 0);
}

TEST(Contract, ADutyFromTheThirdYearWithoutIncomeReachesNewcomersOfEveryAge) {
  Ample ample;
  ample.rules.piis_under_age = 0;
  ample.rules.piis_novelty_months = 36;
  const RunResult result = ample.run();
  EXPECT_GT(test::total(result, Tally::contract_obliged), test::total(result, Tally::paid_under_25));
}

TEST(Contract, LeftToTheWorkerIsNoDuty) {
  Ample ample;
  ample.rules.piis_left_to_worker = 1;
  const RunResult result = ample.run();
  EXPECT_EQ(test::total(result, Tally::contract_obliged), 0);
  EXPECT_GT(test::total(result, Tally::contracts_optional), 0);
}

TEST(Contract, MoneyBringsOptionalContractsOnlyWhereCpasRespondToIt) {
  Ample ample;
  ample.rules.piis_left_to_worker = 1;
  const std::int64_t none = test::total(ample.run(), Tally::contracts_optional);
  ample.rules.subsidy_general = 0.1;
  ample.rules.subsidy_months = 12;
  EXPECT_EQ(test::total(ample.run(), Tally::contracts_optional), none);
  ample.parameters.coverage_elasticity = 10;
  EXPECT_GT(test::total(ample.run(), Tally::contracts_optional), none);
}

TEST(Contract, IsPersonalisedMoreOftenWhereThereAreHours) {
  Ample ample;
  Ample scarce;
  for (Office& office : scarce.world.offices) office.first_line_fte /= 200;
  const auto share = [](const RunResult& r) {
    const auto personal = static_cast<double>(test::total(r, Tally::contract_personalised));
    return personal / (personal + static_cast<double>(test::total(r, Tally::contract_formal)));
  };
  EXPECT_GT(share(ample.run()), share(scarce.run()));
}

}  // namespace
}  // namespace tremplin
