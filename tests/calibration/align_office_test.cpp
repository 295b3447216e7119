#include "calibration/align_office.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "calibration/priors.hpp"
#include "scenarios/compose.hpp"
#include "scenarios/library.hpp"
#include "scenarios/yaml/reader.hpp"
#include "tests/calibration/files.hpp"
#include "tests/engine/small_world.hpp"
#include "tests/scenarios/landscape/files.hpp"

namespace tremplin {
namespace {

constexpr Month burn_in{1993, 1};
constexpr Month horizon{2017, 1};

Plan plan() {
  Plan plan;
  plan.report_from = Month(2010, 1);
  plan.report_until = horizon;
  plan.luck = {1, 3};
  return plan;
}

RulesTable rules(std::initializer_list<const char*> reforms) {
  const Law law = load_law_from(TREMPLIN_SOURCE_DIR).law;
  const Scenario base = load_scenario_named(TREMPLIN_SOURCE_DIR, "law-2015").scenario;
  std::vector<Scenario> loaded;
  for (const char* reform : reforms)
    loaded.push_back(load_scenario_named(TREMPLIN_SOURCE_DIR, reform).scenario);
  return rules_table(law, base, loaded, burn_in, horizon);
}

Parameters parameters() {
  return draw_parameters(load_priors(test::shipped("calibration/parameters.yaml")), {1, 3});
}

World country() {
  World world = draw_world(test::shipped_landscape(), 1, burn_in, horizon);
  world.environment.staff = staff_path(test::shipped_landscape(), 0.7, burn_in, horizon);
  return world;
}

// An office of the landscape as a CPAS would write itself down, in full.
std::string file_of(const Office& office) {
  const auto number = [](double value) { return yaml::to_string(value); };
  std::string text =
      "region: " +
      std::string(words_of(office_column("region").choices)[static_cast<std::size_t>(office.region)]) +
      "\npopulation: " + number(office.population) + "\nincome_group: GR" +
      std::to_string(office.income_group + 1) +
      "\nreference: 2013\nalign: false\npeople: {paid: " + number(office.caseload_2013) +
      ", equivalent: " + number(office.equivalent_2013) +
      "}\nstaff: {first_line: " + number(office.first_line_fte) +
      ", second_line: " + number(office.second_line_fte) +
      "}\nplaces: {article_60: " + number(office.places[0]) + ", training: " + number(office.places[1]) +
      ", social_activation: " + number(office.places[2]) + ", guidance: " + number(office.places[3]) +
      "}\nchildcare_tightness: " + number(office.childcare_tightness) + "\npractice:\n";
  for (const OfficeColumn& column : office_columns()) {
    if (!column.practice) continue;
    const double value = column.get(office);
    const std::string word = column.truth() ? (value == 1 ? "true" : "false")
                             : column.n_choices() > 0
                                 ? std::string(words_of(column.choices)[static_cast<std::size_t>(value)])
                                 : number(value);
    text += "  " + std::string(column.name) + ": " + word + "\n";
  }
  return text;
}

// The strong test: an office of the landscape, written down in full and read back, simulated alone, gives the
// bits that it gives among others, in the base and under a reform that harmonises exemptions (and therefore
// looks at the country's means). All luck hangs on the office's number, so the number must be the same.
TEST(OwnOffice, WrittenDownInFullGivesTheBitsOfTheSameOfficeInTheLandscape) {
  World among = country();
  const Office wanted = *std::ranges::find_if(among.offices, [](const Office& office) {
    return office.region == Region::wallonia && office.caseload_2013 > 60 && office.caseload_2013 < 90;
  });
  std::erase_if(among.offices, [&](const Office& office) {  // enough neighbours to be among others
    return office.id != wanted.id && static_cast<int>(office.id) % 60 != 0;
  });
  ASSERT_GT(among.offices.size(), 5U);

  const OwnOffice own = load_own_office({"mine.yaml", file_of(wanted)}, test::shipped_presets());
  EXPECT_TRUE(left_out(own).empty());
  Office office = complete(own, among.offices.front(), test::shipped_landscape(), 0.7);
  EXPECT_EQ(office.id, own_cpas_id);
  office.id = wanted.id;
  EXPECT_TRUE(office == wanted);  // every column, to the last bit
  World alone{{office}, among.margins, among.environment, among.country};

  const RulesTable base = rules({});
  const RulesTable reform = rules({"generalisation", "harmonised-exemptions"});
  test::Silent silent;
  const auto own_results = simulate(alone, parameters(), {&base, &reform}, plan(), silent, {});
  const auto results = simulate(among, parameters(), {&base, &reform}, plan(), silent, {});
  const auto place = std::ranges::find(among.offices, wanted.id, &Office::id) - among.offices.begin();
  for (std::size_t scenario = 0; scenario < 2; ++scenario) {
    const auto row = results[scenario].offices.begin() + place * static_cast<std::ptrdiff_t>(n_tallies);
    EXPECT_TRUE(std::equal(own_results[scenario].offices.begin(), own_results[scenario].offices.end(), row,
                           row + static_cast<std::ptrdiff_t>(n_tallies)))
        << scenario;
  }
  EXPECT_NE(own_results[0].offices, own_results[1].offices);  // the reform is felt
}

World own_world(const std::string& people) {
  World world = country();
  const OwnOffice own = load_own_office(
      {"mine.yaml", "region: wallonia\npopulation: 20000\nreference: 2013\npeople: {" + people + "}\n"},
      test::shipped_presets());
  const Office office = complete(own, most_alike(own, world.offices, {1, 3}), test::shipped_landscape(), 0.7);
  world.offices = {office};
  return world;
}

TEST(Alignment, MeetsThePeoplePaidInTheReferenceOnTheBaseline) {
  const RulesTable base = rules({});
  for (const double paid : {40.0, 150.0, 600.0}) {
    const World world = own_world("paid: " + yaml::to_string(paid));
    const StatedStock stated{paid, {}, {}};
    const Alignment alignment = align_inflow(world, stated, {2013, 0}, parameters(), base, plan(), {});
    EXPECT_NEAR(alignment.paid, paid, std::max(0.5, 0.005 * paid));  // what counts as met
    EXPECT_GT(alignment.n_simulations, 1);
    EXPECT_EQ(alignment.inflow_equivalent, 1);  // nobody stated it
    // The report of the aligned world says the same: its year 2013 is the reference.
    Plan year = plan();
    year.report_from = Month(2013, 1);
    year.report_until = Month(2014, 1);
    test::Silent silent;
    const auto results = simulate(aligned(world, alignment), parameters(), {&base}, year, silent, {});
    EXPECT_EQ(static_cast<double>(results[0].offices[static_cast<std::size_t>(Tally::paid)]) / 12,
              alignment.paid);
  }
}

TEST(Alignment, MeetsAMonthAndCategoriesAndEquivalentIncomeTogether) {
  const RulesTable base = rules({});
  const World world = own_world("paid: 300, equivalent: 40");
  const StatedStock stated{300, std::array{60.0, 150.0, 90.0}, 40};
  const Alignment alignment = align_inflow(world, stated, {2015, 6}, parameters(), base, plan(), {});
  // One month of one office: within 2 % of the whole, two people of so few as 40 (what the alignment counts
  // as met), and 3 % of the whole for each category.
  EXPECT_NEAR(alignment.paid, 300, 6);
  EXPECT_NEAR(alignment.paid_equivalent, 40, 2);
  for (std::size_t c = 0; c < 3; ++c)
    EXPECT_NEAR(alignment.paid_by_category[c], (*stated.by_category)[c], 9) << c;
  EXPECT_NE(alignment.category[0], 1);
}

TEST(Alignment, ToNothingLeavesTheWorldAsItIs) {
  const World world = own_world("paid: 100");
  const Alignment none = align_inflow(world, {}, {2013, 0}, parameters(), rules({}), plan(), {});
  EXPECT_EQ(none.n_simulations, 1);
  EXPECT_GT(none.paid, 0);
  const World same = aligned(world, none);
  EXPECT_EQ(same.environment.inflow, world.environment.inflow);
  EXPECT_EQ(same.margins.category, world.margins.category);
}

TEST(Alignment, KeepsSharesOfCategoriesThatSumToOne) {
  const World world = own_world("paid: 100");
  Alignment alignment;
  alignment.category = {2, 1, 0.5};
  for (const auto& shares : aligned(world, alignment).margins.category)
    EXPECT_NEAR(shares[0] + shares[1] + shares[2], 1, 1e-15);
}

}  // namespace
}  // namespace tremplin
