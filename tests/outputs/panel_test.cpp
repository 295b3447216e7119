#include "outputs/panel.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <utility>

#include "outputs/hdf5/file.hpp"
#include "tests/engine/small_world.hpp"
#include "tests/outputs/stored_run.hpp"

namespace tremplin {
namespace {

// Thirty offices in all regions, the smaller strata standing for three times as many.
struct Panel : testing::Test {
  World world = test::small_world(30, 10);
  tremplin::Run run;
  std::vector<OfficePanel> panels;
  test::Folder folder;

  Panel() {
    run.plan = test::small_plan();
    run.plan.report_until = run.plan.report_from + 3;
    run.scenarios = {{"law-2015", {}, run.plan.report_until}};
    run.offices = world.offices;
    run.stratum_weights.assign(n_strata, 1);
    run.stratum_weights[static_cast<std::size_t>(stratum_of(world.offices[0]))] = 3;
    test::Silent silent;
    panels = simulate_panel(world, test::small_parameters(), test::table_of(test::rules_of_2002()), run.plan,
                            silent, {});
  }
  [[nodiscard]] std::size_t n_people() const {
    std::size_t n = 0;
    for (const OfficePanel& panel : panels) n += panel.people.size();
    return n;
  }
  hdf5::Group written(std::size_t most_people) {
    EXPECT_EQ(write_panel(run, panels, most_people, folder / "lives.h5"), std::min(most_people, n_people()));
    return hdf5::File::open(folder / "lives.h5").root().group("lives");
  }
};

template <typename T>
std::vector<T> read(const hdf5::Group& lives, const char* name) {
  return lives.dataset(name).read<T>();
}

// Whose row it is.
std::vector<std::array<std::int32_t, 4>> identities(const hdf5::Group& lives) {
  const auto office = read<std::int32_t>(lives, "office");
  const auto appeared = read<std::int32_t>(lives, "appeared");
  const auto serial = read<std::int32_t>(lives, "serial");
  const auto equivalent = read<std::int8_t>(lives, "equivalent");
  std::vector<std::array<std::int32_t, 4>> list;
  for (std::size_t i = 0; i < office.size(); ++i)
    list.push_back({office[i], appeared[i], serial[i], equivalent[i]});
  return list;
}

TEST_F(Panel, OfEverybodyGivesEachTheStratumAndWeightOfTheirCpas) {
  const hdf5::Group lives = written(SIZE_MAX);
  const auto office = read<std::int32_t>(lives, "office");
  const auto region = read<std::int8_t>(lives, "region");
  const auto size = read<std::int8_t>(lives, "size_class");
  const auto income = read<std::int8_t>(lives, "income_group");
  const auto weight = read<double>(lives, "weight");
  ASSERT_EQ(office.size(), n_people());
  for (std::size_t i = 0; i < office.size(); ++i) {
    const Office& of = world.offices[static_cast<std::size_t>(office[i] - 1)];  // numbered from 1
    EXPECT_EQ(region[i], static_cast<int>(of.region));
    EXPECT_EQ(size[i], static_cast<int>(of.size()));
    EXPECT_EQ(income[i], of.income_group);
    EXPECT_EQ(weight[i], stratum_of(of) == stratum_of(world.offices[0]) ? 3 : 1);
  }
}

TEST_F(Panel, OfSomeIsDrawnByLotOverAllOffices) {
  constexpr std::size_t n = 200;
  const hdf5::Group lives = written(n);
  const auto office = read<std::int32_t>(lives, "office");
  ASSERT_EQ(office.size(), n);
  EXPECT_TRUE(std::ranges::is_sorted(office));
  // By region as many as their share of all, within five standard deviations of a draw without replacement
  // (less than those of the binomial law).
  const auto region = read<std::int8_t>(lives, "region");
  for (int r = 0; r < n_regions; ++r) {
    double there = 0;
    for (std::size_t i = 0; i < panels.size(); ++i) {
      if (static_cast<int>(world.offices[i].region) == r)
        there += static_cast<double>(panels[i].people.size());
    }
    const double share = there / static_cast<double>(n_people());
    EXPECT_NEAR(static_cast<double>(std::ranges::count(region, r)), n * share,
                5 * std::sqrt(n * share * (1 - share)));
  }
  // One in so many was drawn.
  const auto weight = read<double>(lives, "weight");
  const double each = static_cast<double>(n_people()) / n;
  for (const double w : weight) EXPECT_TRUE(w == each || w == 3 * each) << w;
}

TEST_F(Panel, OfSomeHoldsTheLivesOfThoseDrawnAndKeepsThemInALargerSample) {
  const hdf5::Group all = written(SIZE_MAX);
  const auto everybody = identities(all);
  const auto days = read<std::int8_t>(all, "paid_days");
  const auto hundred = identities(written(100));
  const hdf5::Group larger = written(200);
  const auto two_hundred = identities(larger);
  const auto days_of_some = read<std::int8_t>(larger, "paid_days");
  const std::set<std::array<std::int32_t, 4>> kept(two_hundred.begin(), two_hundred.end());
  ASSERT_EQ(kept.size(), 200U);
  for (const auto& person : hundred) EXPECT_TRUE(kept.contains(person));
  for (std::size_t i = 0; i < two_hundred.size(); ++i) {
    const auto at =
        static_cast<std::size_t>(std::ranges::find(everybody, two_hundred[i]) - everybody.begin());
    ASSERT_LT(at, everybody.size());
    for (std::size_t month = 0; month < 3; ++month)
      EXPECT_EQ(days_of_some[3 * i + month], days[3 * at + month]) << i;
  }
}

TEST_F(Panel, OfTwoSeedsIsOfDifferentPeople) {
  const auto one = identities(written(100));
  ++run.seed;
  EXPECT_NE(one, identities(written(100)));
}

}  // namespace
}  // namespace tremplin
