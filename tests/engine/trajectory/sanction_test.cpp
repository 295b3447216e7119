#include <gtest/gtest.h>

#include <map>

#include "engine/law/entitlement.hpp"
#include "tests/engine/small_world.hpp"

namespace tremplin {
namespace {

// Everyone has a contract and breaks it; every step of the procedure goes to its end.
struct Severe {
  World world = test::small_world(1, 200);
  Parameters parameters = test::small_parameters();
  Rules rules = test::rules_of_2002();

  Severe() {
    Office& office = world.offices[0];
    office.first_line_fte *= 100;
    office.practice.sanctions = SanctionHabit::often;
    office.practice.sanction_kinds = {0, 1, 0, 0};
    office.practice.evaluation_regularity = 1;
    office.practice.p_young_exempted = 0;
    parameters.contract_compliance = 1;
    parameters.breach = 0.3;
    parameters.breach_excused = 0;
    parameters.notice_suffices = 0;
    parameters.sanction_rate = 1;
    parameters.non_declaration = 0;
    parameters.partial_month = 0;
    rules.piis_under_age = 120;
    rules.piis_exempted = 1;
    rules.sanction_sursis_allowed = 0;
  }

  // Calls `see(before, after, month)` for every person who is sanctioned in a month.
  template <class See>
  int each_sanction(const See& see) const {
    const RulesTable table = test::table_of(rules);
    const Constants constants = make_constants(world, parameters);
    OfficeRun run(world, world.offices[0], parameters, constants, table, test::small_plan());
    OfficeScratch scratch;
    int n = 0;
    while (run.next_month() < Month(2004, 1)) {
      std::map<LocalId, Person> before;
      for (const Person& person : run.state().people) before[person.id] = person;
      const Month month = run.next_month();
      run.step(scratch);
      for (const std::uint32_t slot : run.state().active) {
        const Person& after = run.state().people[slot];
        if (after.last_sanction_in != month.index) continue;
        see(before[after.id], after, month);
        ++n;
      }
    }
    return n;
  }
};

TEST(Sanction, StartsOnTheFirstOfTheSecondMonthAndLastsOne) {
  const Severe severe;
  const int n = severe.each_sanction([](const Person&, const Person& after, Month month) {
    if (after.suspension_partial) return;
    EXPECT_EQ(after.suspended_from, first_day_of(month + 2));  // 003:204-205
    EXPECT_EQ(after.suspended_until, first_day_of(month + 3));
  });
  EXPECT_GT(n, 50);
}

TEST(Sanction, ThreeMonthsNeedARepetitionWithinTheYear) {
  Severe severe;
  severe.world.offices[0].practice.sanction_kinds = {0, 0, 1, 0};
  int repeated = 0;
  severe.each_sanction([&](const Person& before, const Person& after, Month month) {
    const bool again = before.last_sanction_in != no_month && month.index - before.last_sanction_in <= 12;
    const int months = again ? 3 : 1;  // 003:201-204
    repeated += again ? 1 : 0;
    if (before.suspended_from == 0) {
      EXPECT_EQ(after.suspended_until, first_day_of(month + 2 + months));
    }
  });
  EXPECT_GT(repeated, 10);
}

TEST(Sanction, CanStartOnTheNextDay) {
  Severe severe;
  severe.rules.sanction_start_delay_months = 0;
  const int n = severe.each_sanction([](const Person& before, const Person& after, Month month) {
    if (before.suspended_from != 0 || after.suspended_from == 0) return;
    EXPECT_GT(after.suspended_from, first_day_of(month));
    EXPECT_LE(after.suspended_from, first_day_of(month + 1));
    EXPECT_EQ(after.suspended_until - after.suspended_from, 30);
  });
  EXPECT_GT(n, 50);
}

TEST(Sanction, AnOfficeThatNeverSanctionsDoesNot) {
  Severe severe;
  severe.world.offices[0].practice.sanctions = SanctionHabit::never;
  EXPECT_EQ(severe.each_sanction([](const Person&, const Person&, Month) {}), 0);
}

TEST(Sanction, IsBarredByTheOfficesOwnBreach) {
  Severe severe;
  severe.world.offices[0].practice.evaluation_regularity = 0;  // no evaluation is ever held
  const RulesTable table = test::table_of(severe.rules);
  const auto result = test::run(severe.world, severe.parameters, {&table}, test::small_plan());
  EXPECT_GT(test::total(result[0], Tally::sanctions_barred), 0);
  EXPECT_EQ(test::total(result[0], Tally::evaluations_held), 0);
}

TEST(Sanction, IsBarredForWhomTheOfficeHasNoPlace) {
  Severe severe;
  severe.parameters.start_social_activation =
      1;  // whoever is far from work asks for a place, and goes on asking
  severe.parameters.start_orientation = 0;
  const auto barred = [&](double places) {
    severe.world.offices[0].places = {places, places, places, places};
    const RulesTable table = test::table_of(severe.rules);
    return test::total(test::run(severe.world, severe.parameters, {&table}, test::small_plan())[0],
                       Tally::sanctions_barred);
  };
  const std::int64_t with_places = barred(1e4);
  EXPECT_GT(barred(0), 10 * with_places);
}

// The CPAS's own breach ends the matter: it does not open the other channel.
TEST(Sanction, BarredByTheOfficeNeverBecomesAWithdrawal) {
  Severe severe;
  severe.world.offices[0].practice.evaluation_regularity = 0;
  severe.parameters.other_channel = 1;
  severe.parameters.no_disposition = 0;
  const RulesTable table = test::table_of(severe.rules);
  const auto result = test::run(severe.world, severe.parameters, {&table}, test::small_plan());
  EXPECT_GT(test::total(result[0], Tally::sanctions_barred), 0);
  EXPECT_EQ(test::total(result[0], Tally::other_channel), 0);
  EXPECT_EQ(test::total(result[0], Tally::withdrawals), 0);
}

TEST(Sanction, AFirstOneCanLastDaysAndARepeatedOneDoesNot) {
  for (const int delay : {0, 2}) {
    Severe severe;
    severe.rules.sanction_days = 7;
    severe.rules.sanction_start_delay_months = delay;
    int short_ones = 0;
    severe.each_sanction([&](const Person& before, const Person& after, Month month) {
      if (before.suspended_from != 0 || after.suspended_from == 0) return;
      const bool again = before.last_sanction_in != no_month && month.index - before.last_sanction_in <= 12;
      const int days = after.suspended_until - after.suspended_from;
      if (again) {
        EXPECT_GE(days, 28);
        return;
      }
      EXPECT_EQ(days, 7);
      ++short_ones;
    });
    EXPECT_GT(short_ones, 20);
  }
}

TEST(Sanction, FullOnesAreMadePartialAsOftenAsTheRuleSays) {
  Severe severe;
  severe.rules.sanction_made_partial = 1;
  EXPECT_GT(severe.each_sanction([](const Person&, const Person& after, Month) {
    if (after.suspended_from != 0) {
      EXPECT_TRUE(after.suspension_partial);
    }
  }),
            50);
}

// A guard that sees every unjustified sanction leaves none; mediation that settles everything leaves no
// suspension at all; each asks for hours of its own.
TEST(Sanction, GuardsHaltWhatTheyAreThereFor) {
  Severe severe;
  severe.parameters.unjustified_share = 0.5;
  severe.parameters.guard_halts = 1;
  severe.parameters.mediation_settles = 1;
  severe.parameters.appeals_justified = 0;
  const auto with = [&](Guard guard) {
    severe.rules.sanction_guard = static_cast<int>(guard);
    const RulesTable table = test::table_of(severe.rules);
    return test::run(severe.world, severe.parameters, {&table}, test::small_plan())[0];
  };
  const auto suspensions = [](const RunResult& r) {
    return test::total(r, Tally::sanctions_partial) + test::total(r, Tally::sanctions_full);
  };
  const RunResult none = with(Guard::none);
  EXPECT_GT(test::total(none, Tally::sanctions_unjustified), 50);
  EXPECT_GT(test::total(none, Tally::appeals), 0);
  for (const Guard guard : {Guard::third_party, Guard::inspection}) {
    const RunResult guarded = with(guard);
    EXPECT_EQ(test::total(guarded, Tally::sanctions_unjustified), 0);
    EXPECT_EQ(test::total(guarded, Tally::appeals), 0);
    EXPECT_GT(suspensions(guarded), 50);
  }
  EXPECT_EQ(suspensions(with(Guard::mediation)), 0);
  EXPECT_GT(test::total(with(Guard::mediation), Tally::sanctions_alternative), 50);
}

TEST(Sanction, ACompleteSuspensionTakesEveryDayOfItsMonth) {
  // With nobody leaving and every month full, suspended days are whole months.
  Severe severe;
  for (double* hazard :
       {&severe.parameters.exit_job, &severe.parameters.exit_insurance, &severe.parameters.exit_other_benefit,
        &severe.parameters.exit_household, &severe.parameters.exit_unknown, &severe.parameters.exit_studies,
        &severe.parameters.exit_transfer, &severe.parameters.exit_pension, &severe.parameters.death_at_50,
        &severe.parameters.no_disposition, &severe.parameters.start_orientation,
        &severe.parameters.start_social_activation}) {
    *hazard = 0;
  }
  severe.world.offices[0].practice.students_summer = 1;
  const RulesTable table = test::table_of(severe.rules);
  const auto result = test::run(severe.world, severe.parameters, {&table}, test::small_plan());
  std::int64_t expected = 0;
  std::int64_t days = 0;
  for (int m = 0; m < result[0].n_months; ++m) {
    for (int stratum = 0; stratum < n_strata; ++stratum) {
      expected += result[0].tally(m, stratum, Tally::suspended) * days_in(result[0].from + m);
      days += result[0].tally(m, stratum, Tally::suspended_days);
    }
  }
  EXPECT_EQ(days, expected);
  EXPECT_GT(days, 0);
}

}  // namespace
}  // namespace tremplin
