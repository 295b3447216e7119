#include "engine/trajectory/stocks.hpp"

#include <gtest/gtest.h>

namespace tremplin {
namespace {

TEST(Stocks, TellPeopleWhoWereCountedTogetherApart) {
  Stocks stocks;
  Person woman;
  woman.woman = true;
  woman.category = Category::family;
  Person student;
  student.student = true;
  student.category = Category::cohabitant;
  Person equivalent = woman;
  equivalent.comes_for_equivalent = true;
  for (int i = 0; i < 3; ++i) stocks.paid(woman, 25 * 12);
  stocks.paid(woman, 65 * 12);
  for (int i = 0; i < 2; ++i) stocks.paid(student, 25 * 12 - 1);
  stocks.paid(equivalent, 20 * 12);

  OfficeMonth tally;
  stocks.tell(tally);
  EXPECT_EQ(tally[Tally::paid], 6);
  EXPECT_EQ(tally[Tally::paid_family], 4);
  EXPECT_EQ(tally[Tally::paid_cohabitant], 2);
  EXPECT_EQ(tally[Tally::paid_single], 0);
  EXPECT_EQ(tally[Tally::paid_under_25], 2);
  EXPECT_EQ(tally[Tally::paid_25_to_64], 3);
  EXPECT_EQ(tally[Tally::paid_65_plus], 1);
  EXPECT_EQ(tally[Tally::paid_women], 4);
  EXPECT_EQ(tally[Tally::paid_students], 2);
  EXPECT_EQ(tally[Tally::paid_equivalent], 1);
  EXPECT_EQ(tally[Tally::paid_equivalent_family], 1);
  EXPECT_EQ(tally[Tally::paid_equivalent_women], 1);
  EXPECT_EQ(tally[Tally::paid_equivalent_under_25], 1);

  // Told once: the next month begins from nothing.
  stocks.tell(tally);
  EXPECT_EQ(tally[Tally::paid], 6);
}

TEST(Stocks, TellEveryTypeOfContractAndEveryActivity) {
  for (int type = 0; type < n_contract_types; ++type) {
    Stocks stocks;
    Contract contract;
    contract.type = static_cast<ContractType>(type);
    contract.registered = true;
    stocks.contract(contract, false, false);
    stocks.contract(contract, true, false);  // the register shows contracts of integration income
    contract.formal = true;
    stocks.contract(contract, false, true);
    OfficeMonth tally;
    stocks.tell(tally);
    EXPECT_EQ(
        tally.tallies[static_cast<std::size_t>(Tally::contract_general) + static_cast<std::size_t>(type)], 3);
    EXPECT_EQ(tally[Tally::contract_personalised], 2);
    EXPECT_EQ(tally[Tally::contract_formal], 1);
    EXPECT_EQ(tally[Tally::contract_second_line], 1);
    EXPECT_EQ(tally[Tally::contract_covered], 2);
    EXPECT_EQ(tally[Tally::contract_registered], 1);
  }
  Stocks stocks;
  const auto count = [&](Disposition disposition, Activity activity, bool equivalent) {
    Person person;
    person.disposition = disposition;
    person.activity = activity;
    person.comes_for_equivalent = equivalent;
    stocks.on_benefit(person);
  };
  count(Disposition::exempted_equity, Activity::studies, false);
  count(Disposition::required, Activity::none, true);
  count(Disposition::exempted_health, Activity::part_time, false);
  stocks.employed(Activity::article_61);
  OfficeMonth tally;
  stocks.tell(tally);
  EXPECT_EQ(tally[Tally::in_studies], 1);
  EXPECT_EQ(tally[Tally::in_article_61], 1);
  EXPECT_EQ(tally[Tally::required], 1);
  EXPECT_EQ(tally[Tally::exempted_health], 1);
  EXPECT_EQ(tally[Tally::exempted_equity], 1);
  EXPECT_EQ(tally[Tally::on_integration_income], 2);
  EXPECT_EQ(tally[Tally::on_equivalent_income], 1);
}

}  // namespace
}  // namespace tremplin
