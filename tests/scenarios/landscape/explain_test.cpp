#include "scenarios/landscape/explain.hpp"

#include <gtest/gtest.h>

#include <numeric>

#include "tests/scenarios/landscape/files.hpp"
#include "tests/scenarios/support.hpp"

namespace tremplin {
namespace {

const Reason& reason_for(const Explanation& explanation, std::string_view column) {
  return *std::ranges::find(explanation.reasons, &office_column(column), &Reason::column);
}

TEST(Explanation, IsOfTheVeryOfficeThatTheWorldHolds) {
  const World world = test::world_of(4);
  for (const int id : {0, 300, 588})
    EXPECT_TRUE(explain_office(test::shipped_landscape(), 4, id).office ==
                world.offices[static_cast<std::size_t>(id)]);
}

TEST(Explanation, NamesAFigureWithItsSourceForEveryColumn) {
  const Explanation explanation = explain_office(test::shipped_landscape(), 1, 17);
  EXPECT_EQ(explanation.reasons.size(), office_columns().size() - 1);
  for (const Reason& reason : explanation.reasons) {
    // A figure that the registry names and the files lack would be missing here.
    EXPECT_EQ(reason.figures.size(), words_of(reason.column->figures).size()) << reason.column->name;
    ASSERT_FALSE(reason.figures.empty()) << reason.column->name;
    for (const Figure* figure : reason.figures) EXPECT_FALSE(figure->source.empty());
  }
}

TEST(Explanation, PartsOfATendencySumToIt) {
  const Explanation explanation = explain_office(test::shipped_landscape(), 1, 250);
  int n = 0;
  for (const Reason& reason : explanation.reasons) {
    if (!reason.latent) continue;
    ++n;
    const auto& parts = reason.latent->parts;
    // Sums of seven numbers of order one, in another order.
    EXPECT_NEAR(std::accumulate(parts.begin(), parts.end(), 0.0), reason.latent->value, 1e-12);
  }
  // Income group and 31 habits; attitudes are drawn as they are. Who never sanctions has no kinds of its own,
  // who keeps to the law no groups.
  const Practice& practice = explanation.office.practice;
  const int no_kinds = practice.sanctions == SanctionHabit::never ? 4 : 0;
  const int no_groups = practice.policy == ContractPolicy::law_only ? 5 : 0;
  EXPECT_EQ(n, 32 - no_kinds - no_groups);
}

TEST(Explanation, RanksAgreeWithTheHabitsThatFollowFromThem) {
  for (const int id : {3, 99, 312, 450, 580}) {
    const Explanation explanation = explain_office(test::shipped_landscape(), 2, id);
    const Practice& practice = explanation.office.practice;
    const LatentReason& sanctions = *reason_for(explanation, "sanctions").latent;
    // 20 % of 589 never sanction, 118 offices (003:847-855); the next 21 % rarely, 124.
    const SanctionHabit expected = sanctions.rank < 118         ? SanctionHabit::never
                                   : sanctions.rank < 118 + 124 ? SanctionHabit::rarely
                                                                : SanctionHabit::often;
    EXPECT_EQ(practice.sanctions, expected) << id;
    const LatentReason& conditional = *reason_for(explanation, "conditional_activation").latent;
    EXPECT_TRUE(conditional.within_region);
    EXPECT_LT(conditional.among, 589);
  }
}

TEST(Explanation, OfAnAttitudeThatLoadsShowsIt) {
  const Explanation explanation = explain_office(test::shipped_landscape(), 1, 42);
  const Practice& practice = explanation.office.practice;
  const LatentReason& sanctions = *reason_for(explanation, "sanctions").latent;
  // Loading of sanctions on council strictness: 0.5 (practice.yaml).
  EXPECT_DOUBLE_EQ(sanctions.parts[static_cast<std::size_t>(Part::strictness)], 0.5 * practice.strictness);
}

TEST(Explanation, OfAnOfficeThatDoesNotExistIsRefused) {
  const auto faults = test::faults_of([] { explain_office(test::shipped_landscape(), 1, 589); });
  ASSERT_EQ(faults.size(), 1U);
  EXPECT_EQ(faults[0].kind, FaultKind::unknown_name);
  EXPECT_EQ(faults[0].expected, "0 .. 588");
}

}  // namespace
}  // namespace tremplin
