#include "scenarios/landscape/own_office.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "tests/scenarios/landscape/files.hpp"
#include "tests/scenarios/support.hpp"

namespace tremplin {
namespace {

OwnOffice load(const std::string& text) {
  return load_own_office({"mine.yaml", text}, test::shipped_presets());
}

const std::string small = "region: wallonia\npopulation: 15000\nreference: 2013\npeople: {paid: 150}\n";

TEST(OwnOffice, NeedsOnlyRegionPopulationReferenceAndPeople) {
  const OwnOffice own = load(small);
  EXPECT_EQ(own.region, Region::wallonia);
  EXPECT_EQ(own.stock.paid, 150);
  EXPECT_EQ(own.reference, (Reference{2013, 0}));
  EXPECT_TRUE(own.align);
  // Income group, equivalent income, two lines, four pools, childcare and 26 columns of practice.
  const auto n_practice = std::ranges::count_if(office_columns(), &OfficeColumn::practice);
  EXPECT_EQ(left_out(own).size(), 9U + static_cast<std::size_t>(n_practice));
}

TEST(OwnOffice, TellsEveryFaultAtOnceWithTheNearestName) {
  const auto faults = test::faults_of([] {
    load(
        "region: wallonie\npopulation: 15000\nreference: 2013-13\npeople: {paid: many}\nstaf: {first_line: "
        "2}\n"
        "practice: {preset: protectiv, sanctions: mostly, trained_share: 40}\n");
  });
  ASSERT_EQ(faults.size(), 7U);
  const auto at = [&](int line, FaultKind kind) {
    return std::ranges::find_if(faults,
                                [&](const Fault& fault) { return fault.line == line && fault.kind == kind; });
  };
  ASSERT_NE(at(1, FaultKind::unknown_name), faults.end());
  EXPECT_EQ(at(1, FaultKind::unknown_name)->nearest, "wallonia");
  EXPECT_NE(at(3, FaultKind::bad_date), faults.end());
  EXPECT_NE(at(4, FaultKind::wrong_type), faults.end());
  ASSERT_NE(at(5, FaultKind::unknown_key), faults.end());
  EXPECT_EQ(at(5, FaultKind::unknown_key)->nearest, "staff");
  EXPECT_EQ(at(6, FaultKind::unknown_name)->nearest, "protective");
  EXPECT_EQ(at(6, FaultKind::out_of_range)->expected, "0 .. 1 share");
}

TEST(OwnOffice, RefusesCategoriesThatDoNotSumToThePeoplePaid) {
  const auto faults = test::faults_of([] {
    load(
        "region: brussels\npopulation: 30000\nreference: 2015-06\n"
        "people: {paid: 400, by_category: {cohabitant: 100, single: 150, family: 100}}\n");
  });
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].kind, FaultKind::inconsistent);
  EXPECT_EQ(faults[0].found, "sum 350");
}

TEST(OwnOffice, RefusesSomeKindsOfSanctionWithoutTheOthers) {
  const auto faults =
      test::faults_of([] { load(small + "practice: {sanction_partial: 0.5, sanction_other: 0.5}\n"); });
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].kind, FaultKind::inconsistent);
}

TEST(OwnOffice, RefusesAReferenceBeforeThePeriod) {
  const auto faults = test::faults_of(
      [] { load("region: brussels\npopulation: 30000\nreference: 1999\npeople: {paid: 400}\n"); });
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].kind, FaultKind::out_of_range);
}

TEST(OwnOffice, EveryPresetIsReachedByNameAndItsOwnHabitsPrevail) {
  for (const char* name : {"each-and-all", "protective", "multi-use", "coercive", "two-speed"}) {
    const OwnOffice own = load(small + "practice: {preset: " + name + ", sanctions: never}\n");
    EXPECT_EQ(own.preset, name);
    Practice practice;
    tremplin::apply(own.practice, practice);
    EXPECT_EQ(practice.sanctions, SanctionHabit::never) << name;  // no preset says so
    EXPECT_EQ(std::ranges::count(own.practice, &office_column("sanctions"), &PracticeSetting::column), 1);
    EXPECT_FALSE(std::ranges::count(left_out(own), &office_column("formalism"))) << name;
  }
}

TEST(OwnOffice, StatedWorkersAndPlacesHoldInTheReferenceWhateverTheElasticity) {
  const Landscape& landscape = test::shipped_landscape();
  const World world = test::world_of(1);
  const OwnOffice own = load(
      "region: flanders\npopulation: 30000\nreference: 2019-06\npeople: {paid: 200}\n"
      "staff: {first_line: 4.5, second_line: 1.5}\nplaces: {article_60: 12}\n");
  for (const double elasticity : {0.0, 0.5, 1.2}) {
    const Office office = complete(own, world.offices.front(), landscape, elasticity);
    const auto path = staff_path(landscape, elasticity, Month(2019, 6), Month(2019, 7));
    EXPECT_NEAR(office.first_line_fte * path.front(), 4.5, 1e-12);  // one division, one product
    EXPECT_NEAR(office.second_line_fte * path.front(), 1.5, 1e-12);
    EXPECT_NEAR(office.places[0] *
                    world.environment.places[office.income_group][world.environment.index(Month(2019, 6))],
                12, 1e-12);
    // At the national level of 2013: 200 x stock of 2013 / stock of June 2019.
    EXPECT_NEAR(office.caseload_2013 * stock_level(landscape, {2019, 6}), 200, 1e-10);
  }
}

TEST(OwnOffice, WhatIsLeftOutComesFromOfficesOfTheRegionThatShareTheStatedHabits) {
  const OwnOffice own = load(
      "region: brussels\npopulation: 30000\nreference: 2013\npeople: {paid: 500}\n"
      "practice: {sanctions: never}\n");
  std::set<int> donors;
  for (std::uint32_t replicate = 0; replicate < 20; ++replicate) {
    const Luck luck{1, replicate};
    const std::vector<Office> offices = draw_offices(test::shipped_landscape(), luck);
    const Office& donor = most_alike(own, offices, luck);
    EXPECT_EQ(donor.region, Region::brussels);
    // Of 19 Brussels offices about four never sanction and nine have the size: nearly always one is both.
    EXPECT_EQ(donor.practice.sanctions, SanctionHabit::never) << replicate;
    donors.insert(static_cast<int>(donor.id));
  }
  EXPECT_GT(donors.size(), 3U);  // and it is not always the same one
}

TEST(OwnOffice, HasANumberThatNoOfficeOfALandscapeHas) {
  EXPECT_GT(static_cast<std::size_t>(own_cpas_id), test::world_of(1).offices.size());
}

}  // namespace
}  // namespace tremplin
