#include "engine/simulate/life.hpp"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/simulate/life_panel.hpp"
#include "engine/simulate/life_sums.hpp"
#include "tests/engine/small_world.hpp"

namespace tremplin {
namespace {

class Lives : public testing::Test {
 protected:
  World world_ = test::small_world(1);
  Parameters parameters_ = test::small_parameters();
  Constants constants_ = make_constants(world_, parameters_);
  RulesTable table_ = test::table_of(test::rules_of_2002());
  Plan plan_ = test::small_plan();

  [[nodiscard]] const Office& office() const { return world_.offices.front(); }
  [[nodiscard]] Life life(LocalId who) const {
    return live(world_, office(), parameters_, constants_, table_, plan_, who);
  }
  // People in the office's memory two years after the burn-in began.
  std::vector<LocalId> some_people(std::size_t n) {
    OfficeRun run(world_, office(), parameters_, constants_, table_, plan_);
    OfficeScratch scratch;
    for (int month = 0; month < 24; ++month) run.step(scratch);
    std::vector<LocalId> people;
    for (const std::uint32_t slot : run.state().active) people.push_back(run.state().people[slot].id);
    people.resize(std::min(people.size(), n));
    return people;
  }
};

TEST_F(Lives, FollowedLifeIsTheLifeUnfollowed) {
  const auto people = some_people(5);
  ASSERT_FALSE(people.empty());
  for (const LocalId who : people) {
    const Life told = life(who);
    OfficeRun run(world_, office(), parameters_, constants_, table_, plan_);
    OfficeScratch scratch;
    std::size_t compared = 0;
    while (run.next_month() < plan_.report_until) {
      const Month month = run.next_month();
      run.step(scratch);
      const auto found = std::ranges::find(told.months, month, &LifeMonth::month);
      if (found == told.months.end()) continue;
      const auto person = std::ranges::find(run.state().people, who, &Person::id);
      ASSERT_NE(person, run.state().people.end());
      EXPECT_EQ(*person, found->person);
      ++compared;
    }
    EXPECT_EQ(compared, told.months.size());
  }
}

TEST_F(Lives, WholeOfficeIsTheSameWhenALifeIsFollowedAndAccountsAreKept) {
  const LocalId who = some_people(1).front();
  class Ear : public Witness, public Ledger {
   public:
    void decided(Decision, double, double, bool) override { ++n; }
    void chose(Decision, double) override { ++n; }
    void begin(const Person&, const OfficeMonth&) override {}
    void end(const Person&, Month, const OfficeMonth&, int) override { ++n; }
    int n = 0;
  } ear;
  OfficeRun plain(world_, office(), parameters_, constants_, table_, plan_);
  OfficeRun followed = plain;
  followed.follow(who, &ear);
  followed.keep(&ear);
  OfficeScratch scratch;
  while (plain.next_month() < plan_.report_until) {
    const OfficeMonth one = plain.step(scratch);
    const OfficeMonth other = followed.step(scratch);
    ASSERT_EQ(one.tallies, other.tallies);
  }
  EXPECT_EQ(plain.state(), followed.state());
  EXPECT_GT(ear.n, 0);
}

TEST_F(Lives, ToldDrawsAreTheWordsOfTheirKeys) {
  for (const LocalId who : some_people(5)) {
    for (const LifeMonth& month : life(who).months) {
      for (const ToldDraw& draw : month.draws) {
        // Asked anew through the spell with the word of the month of the grant.
        const Month key =
            draw.decision == Decision::contract_young_exempt ? Month(month.person.granted_in) : month.month;
        Draws draws(plan_.luck, person_id(office().id, who), key);
        EXPECT_EQ(draw.u, uniform_of(draws.word(draw.decision)));
        EXPECT_EQ(draw.happened, !draw.yes_or_no || draw.u < draw.p);
      }
    }
  }
}

TEST_F(Lives, NobodyBeyondTheLastSerial) {
  Month appeared(2001, 1);  // some months nobody appears
  while (life(local_id(appeared, 0)).n_alike == 0 && appeared < plan_.report_until) ++appeared;
  const Life first = life(local_id(appeared, 0));
  ASSERT_GT(first.n_alike, 0U);
  EXPECT_FALSE(life(local_id(appeared, first.n_alike - 1)).months.empty());
  EXPECT_TRUE(life(local_id(appeared, first.n_alike)).months.empty());
}

TEST_F(Lives, SumsOverPeopleAreTheTallies) {
  OfficeScratch scratch;
  Rules strict = test::rules_of_2002();
  strict.sanction_propensity = 3;
  strict.piis_under_age = 120;
  const RulesTable other = test::table_of(strict);
  const auto lives =
      lives_of_office(world_, office(), parameters_, constants_, {&table_, &other}, plan_, scratch);
  const auto results = test::run(world_, parameters_, {&table_, &other}, plan_);
  ASSERT_EQ(lives.size(), 2U);
  for (std::size_t s = 0; s < 2; ++s) {
    const auto sum = [&](LifeSum what) {
      std::int64_t total = 0;
      for (const auto& [id, sums] : lives[s]) total += sums[what];
      return total;
    };
    const auto total = [&](Tally tally) { return test::total(results[s], tally); };
    EXPECT_GT(sum(LifeSum::months), 0);
    EXPECT_EQ(sum(LifeSum::months), total(Tally::paid) + total(Tally::paid_equivalent));
    EXPECT_EQ(sum(LifeSum::cents), total(Tally::euro_integration_income) + total(Tally::euro_equivalent));
    EXPECT_EQ(sum(LifeSum::sanctions), total(Tally::sanctions_partial) + total(Tally::sanctions_full));
    EXPECT_EQ(sum(LifeSum::suspended_days), total(Tally::suspended_days));
    EXPECT_EQ(sum(LifeSum::activities_started), total(Tally::activity_starts));
    EXPECT_EQ(sum(LifeSum::activities_completed), total(Tally::activity_completed));
    EXPECT_EQ(sum(LifeSum::jobs), total(Tally::exits_job));
  }
}

TEST_F(Lives, SharingThePastMovesNoSum) {
  OfficeScratch scratch;
  RulesTable other = table_;
  test::change_rules_from(other, Month(2005, 3), 0, [](Rules& rules) { rules.piis_under_age = 120; });
  Plan apart = plan_;
  apart.share_the_past = false;
  EXPECT_EQ(lives_of_office(world_, office(), parameters_, constants_, {&table_, &other}, plan_, scratch),
            lives_of_office(world_, office(), parameters_, constants_, {&table_, &other}, apart, scratch));
}

TEST_F(Lives, PanelIsWhatTheOfficeSays) {
  OfficeScratch scratch;
  const OfficePanel panel =
      panel_of_office(world_, office(), parameters_, constants_, table_, plan_, scratch);
  ASSERT_FALSE(panel.people.empty());
  EXPECT_TRUE(std::ranges::is_sorted(panel.people, {}, &Person::id));
  const auto n_months = static_cast<std::size_t>(plan_.report_until - plan_.report_from);
  const auto cell = [&](PanelColumn column, std::size_t row, std::size_t month) {
    return static_cast<int>(panel.cells[static_cast<std::size_t>(column)][row * n_months + month]);
  };
  OfficeRun run(world_, office(), parameters_, constants_, table_, plan_);
  std::int64_t n_compared = 0;
  while (run.next_month() < plan_.report_until) {
    const Month month = run.next_month();
    const OfficeMonth tally = run.step(scratch);
    if (month < plan_.report_from) continue;
    const auto m = static_cast<std::size_t>(month - plan_.report_from);
    for (const std::uint32_t slot : run.state().active) {
      const Person& person = run.state().people[slot];
      const auto found = std::ranges::lower_bound(panel.people, person.id, {}, &Person::id);
      ASSERT_NE(found, panel.people.end());
      const auto row = static_cast<std::size_t>(found - panel.people.begin());
      EXPECT_EQ(cell(PanelColumn::entitlement, row, m), static_cast<int>(person.entitlement));
      EXPECT_EQ(cell(PanelColumn::disposition, row, m), static_cast<int>(person.disposition));
      EXPECT_EQ(cell(PanelColumn::contract, row, m), static_cast<int>(person.contracts[0].stage));
      EXPECT_EQ(cell(PanelColumn::activity, row, m), static_cast<int>(person.activity));
      EXPECT_EQ(cell(PanelColumn::exit, row, m), static_cast<int>(person.exit));
      ++n_compared;
    }
    std::int64_t paid = 0;
    for (std::size_t row = 0; row < panel.people.size(); ++row)
      paid += cell(PanelColumn::paid_days, row, m) > 0;
    EXPECT_EQ(paid, tally[Tally::paid] + tally[Tally::paid_equivalent]);
  }
  EXPECT_GT(n_compared, 0);
}

}  // namespace
}  // namespace tremplin
