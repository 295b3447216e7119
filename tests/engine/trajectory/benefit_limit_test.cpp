// The limit in time of unemployment benefits: who comes, who comes back, who pays, whose relatives count.
#include <gtest/gtest.h>

#include <cmath>
#include <functional>

#include "tests/engine/first_office.hpp"

namespace tremplin {
namespace {

using test::rules_of_2002;
using test::small_parameters;
using test::small_plan;
using test::small_world;
using test::table_of;
using test::total;

// One office with all the hours that it needs.
World quiet_world(double caseload) {
  World world = small_world(1, caseload);
  world.offices[0].first_line_fte = world.offices[0].second_line_fte = 1000;
  return world;
}
Parameters nobody_else() {
  Parameters parameters = small_parameters();
  parameters.entry_rate = parameters.entry_rate_equivalent = 0;
  return parameters;
}

RunResult result_of(const World& world, const Parameters& parameters, const RulesTable& table) {
  return test::run(world, parameters, {&table}, small_plan()).at(0);
}

// Every person whom the first office has ever seen, as they are after each month until 2006.
void each_month(const World& world, const Parameters& parameters, const RulesTable& table,
                const std::function<void(const Person&, Month)>& see) {
  test::live_first_office(world, parameters, table, Month(2006, 1),
                          [&](const OfficeState& state, Month month) {
                            for (const Person& person : state.people) see(person, month);
                          });
}

TEST(BenefitLimit, BringsAsManyPeopleAsLoseTheirBenefitAndAsk) {
  Rules rules = rules_of_2002();
  rules.benefits_ended = 500;  // for each thousand people paid
  const RunResult result = result_of(quiet_world(1000), nobody_else(), table_of(rules));
  // 48 months, Poisson: four standard deviations on either side.
  const double mean = 48.0 * 500;
  EXPECT_NEAR(static_cast<double>(total(result, Tally::potential_applicants)), mean, 4 * std::sqrt(mean));
  // First requests are a share of them; who was refused or left may ask again.
  EXPECT_GT(static_cast<double>(total(result, Tally::requests_benefit_ended)),
            mean * nobody_else().benefit_ended_asks * 0.95);
  EXPECT_EQ(total(result, Tally::requests_benefit_ended), total(result, Tally::requests));
  EXPECT_EQ(total(result, Tally::paid_benefit_ended), total(result, Tally::paid));
}

// 518 euros a year are 43.17 a month for each of them who is paid.
TEST(BenefitLimit, BringsAStaffSubsidyForEachOfThem) {
  Rules rules = rules_of_2002();
  rules.benefits_ended = 100;
  rules.staff_subsidy = 0;
  rules.staff_subsidy_ended = 518;
  const RunResult result = result_of(quiet_world(300), small_parameters(), table_of(rules));
  EXPECT_EQ(total(result, Tally::euro_state_staff), 4317 * total(result, Tally::paid_benefit_ended));
  EXPECT_GT(total(result, Tally::paid_benefit_ended), 1000);
}

TEST(BenefitLimit, BringsPeopleFrom25To64WhoWereInsured) {
  Rules rules = rules_of_2002();
  rules.benefits_ended = 100;
  int n = 0;
  each_month(quiet_world(1000), nobody_else(), table_of(rules), [&](const Person& person, Month month) {
    if (appeared_in(person.id) != month) return;
    EXPECT_FALSE(person.is_under(25, month));
    EXPECT_FALSE(person.student);
    EXPECT_FALSE(person.age_in_years(month) >= 65);
    EXPECT_TRUE(person.insured_before && person.benefit_ended);
    if (person.last_left_in == no_month) {  // else by the last exit
      EXPECT_TRUE(person.insured_leaver);
    }
    ++n;
  });
  EXPECT_GT(n, 500);  // 72 months of some 30 who ask
}

TEST(BenefitLimit, BringsBackWhoLeftForInsuranceInTheUpperHalfOfItsMonths) {
  Parameters parameters = small_parameters();
  parameters.return_hazard = parameters.return_floor = 0;  // nobody comes back otherwise
  parameters.exit_transfer = 0;
  parameters.benefit_ended_asks = 1;
  Rules rules = rules_of_2002();
  rules.benefit_limit_months = 12;
  int n = 0;
  each_month(quiet_world(300), parameters, table_of(rules), [&](const Person& person, Month month) {
    if (person.last_left_in == no_month || person.requested_in != month.index) return;
    if (person.last_left_in == month.index) return;  // left in the month of the request
    EXPECT_TRUE(person.benefit_ended);
    const int away = month.index - person.last_left_in;
    EXPECT_GE(away, 6);
    EXPECT_LE(away, 12);
    ++n;
  });
  EXPECT_GT(n, 50);
}

TEST(BenefitLimit, IsNeitherFeltByWhoLeftForAJobNorWithoutALimit) {
  Parameters parameters = small_parameters();
  parameters.return_hazard = parameters.return_floor = 0;
  parameters.exit_transfer = 0;
  parameters.exit_insurance = parameters.article60_to_insurance = 0;
  parameters.benefit_ended_asks = 1;
  Rules limited = rules_of_2002();
  limited.benefit_limit_months = 12;
  const World world = quiet_world(100);
  EXPECT_EQ(result_of(world, parameters, table_of(limited)),
            result_of(world, parameters, table_of(rules_of_2002())));
}

TEST(BenefitLimit, IsPaidByTheStateAsTheCompensationSays) {
  Rules rules = rules_of_2002();
  rules.subsidy_students = rules.subsidy_training_floor = 0;
  rules.benefits_ended = 100;
  const World world = quiet_world(400);  // below the threshold of the middle rate
  const auto share = [&](int kind, double guaranteed, double added) {
    rules.reimbursement_ended_kind = kind;
    rules.reimbursement_ended_share = guaranteed;
    rules.reimbursement_ended_added = added;
    const RunResult result = result_of(world, nobody_else(), table_of(rules));
    const auto euro = [&](Tally tally) { return static_cast<double>(total(result, tally)); };
    EXPECT_NEAR(euro(Tally::euro_state_benefit_ended),
                euro(Tally::euro_state_income) - 0.5 * euro(Tally::euro_integration_income),
                static_cast<double>(total(result, Tally::paid)));  // a cent a payment
    return euro(Tally::euro_state_income) / euro(Tally::euro_integration_income);
  };
  // Shares of amounts rounded to the cent: 1e-4 of some 500 euro.
  EXPECT_NEAR(share(0, 1, 1), 0.5, 1e-4);
  EXPECT_NEAR(share(1, 0.9, 1), 0.9, 1e-4);
  EXPECT_NEAR(share(1, 0.2, 1), 0.5, 1e-4);  // guaranteed, not lowered
  EXPECT_NEAR(share(2, 1, 0.15), 0.65, 1e-4);
  EXPECT_NEAR(share(2, 1, 0.8), 1, 1e-4);
}

TEST(BenefitLimit, RelativesWithMeansKeepCohabitantsAndNobodyElse) {
  Parameters parameters = small_parameters();
  parameters.relatives_keep = 1;
  Rules rules = rules_of_2002();
  rules.relatives_means = 1;
  const RunResult result = result_of(quiet_world(100), parameters, table_of(rules));
  EXPECT_EQ(total(result, Tally::paid_cohabitant), 0);
  EXPECT_GT(total(result, Tally::paid_single), 0);
}

TEST(BenefitLimit, RelativesWithMeansEndARunningRightAtItsReview) {
  Parameters parameters = small_parameters();
  parameters.relatives_keep = 1;
  RulesTable table = table_of(rules_of_2002());
  test::change_rules_from(table, Month(2003, 1), 0, [](Rules& rules) { rules.relatives_means = 1; });
  int before = 0;
  each_month(quiet_world(100), parameters, table, [&](const Person& person, Month month) {
    if (person.category != Category::cohabitant || !on_benefit(person.entitlement)) return;
    before += month == Month(2002, 12) ? 1 : 0;
    EXPECT_LT(month, Month(2004, 2));  // reviews come every twelve months
  });
  EXPECT_GT(before, 10);
}

}  // namespace
}  // namespace tremplin
