// Sanctions for means that were not declared: law of 26 May 2002, art. 30 par. 1.
#include <gtest/gtest.h>

#include <map>

#include "engine/law/entitlement.hpp"
#include "tests/engine/first_office.hpp"

namespace tremplin {
namespace {

// Reviews every month, each of which finds means that were not declared, and nobody leaves.
struct Watched {
  Rules rules = test::rules_of_2002();
  Parameters parameters = test::small_parameters();
  World world = test::small_world(1, 60);

  Watched() {
    world.offices[0].first_line_fte = world.offices[0].second_line_fte = 1000;
    rules.review_interval_months = 1;
    rules.undeclared_severity = 1;
    parameters.non_declaration = 1;
    parameters.undeclared_fraud = 0;
    parameters.breach = parameters.partial_month = 0;
  }

  // Calls see(last sanction before, person, month) at each sanction; how many there were.
  int each_sanction(const std::function<void(MonthIndex, const Person&, Month)>& see) const {
    std::map<LocalId, MonthIndex> last;
    int n = 0;
    test::live_first_office(world, parameters, test::table_of(rules), Month(2006, 1),
                            [&](const OfficeState& state, Month month) {
                              for (const Person& person : state.people) {
                                if (person.last_undeclared_in == no_month) continue;
                                const bool now = person.last_undeclared_in == month.index;
                                const auto before = last.try_emplace(person.id, no_month).first;
                                if (now && person.suspended_from != 0) {
                                  see(before->second, person, month);
                                  ++n;
                                }
                                before->second = person.last_undeclared_in;
                              }
                            });
    return n;
  }
};

int whole_months(const Person& person, Month from) {
  for (int months = 1; months <= 48; ++months)
    if (first_day_of(from + months) == static_cast<std::int32_t>(person.suspended_until)) return months;
  return -1;
}

TEST(Undeclared, CostsAMonthUnlessCpasAreSevere) {
  Watched watched;
  watched.rules.undeclared_severity = 0;
  const int n = watched.each_sanction([](MonthIndex, const Person& person, Month month) {
    EXPECT_EQ(person.suspended_from, first_day_of(month + 1));
    EXPECT_EQ(whole_months(person, month + 1), 1);
    EXPECT_FALSE(person.suspension_partial);
  });
  EXPECT_GT(n, 100);
}

TEST(Undeclared, LastsAtMostSixMonthsAndTwelveWhenRepeatedWithinThreeYears) {
  int n_repeated = 0;
  const int n = Watched().each_sanction([&](MonthIndex before, const Person& person, Month month) {
    const bool repeated = before != no_month && month.index - before <= 36;
    EXPECT_EQ(whole_months(person, month + 1), repeated ? 12 : 6);
    n_repeated += repeated;
  });
  EXPECT_GT(n_repeated, 30);
  EXPECT_GT(n - n_repeated, 30);
}

TEST(Undeclared, LastsTwiceAsLongWithIntentToDefraud) {
  Watched watched;
  watched.parameters.undeclared_fraud = 1;
  const int n = watched.each_sanction([](MonthIndex before, const Person& person, Month month) {
    const bool repeated = before != no_month && month.index - before <= 36;
    EXPECT_EQ(whole_months(person, month + 1), repeated ? 24 : 12);
  });
  EXPECT_GT(n, 30);
}

TEST(Undeclared, StartsOnTheDayAfterTheDecisionWithoutADelay) {
  Watched watched;
  watched.rules.undeclared_severity = 0;
  watched.rules.undeclared_start_delay_months = 0;
  watched.each_sanction([](MonthIndex, const Person& person, Month month) {
    EXPECT_GT(person.suspended_from, first_day_of(month));
    EXPECT_LE(person.suspended_from, first_day_of(month + 1));
    EXPECT_EQ(person.suspended_until, person.suspended_from + 30);
  });
}

TEST(Undeclared, IsNotSanctionedWhereTheLawAllowsNoMonth) {
  Watched watched;
  watched.rules.undeclared_max_months = 0;
  EXPECT_EQ(watched.each_sanction([](MonthIndex, const Person&, Month) {}), 0);
}

// 1 + severity x (longest - 1), to the nearest month: of six months 1, 2.25, 3.5, 6.
TEST(Undeclared, SeverityGoesFromOneMonthToTheLongest) {
  Rules rules = test::rules_of_2002();
  const auto usual = [&](double severity, int longest) {
    rules.undeclared_severity = severity;
    return usual_for_undeclared(rules, longest);
  };
  EXPECT_EQ(usual(0, 6), 1);
  EXPECT_EQ(usual(0.25, 6), 2);
  EXPECT_EQ(usual(0.5, 6), 4);
  EXPECT_EQ(usual(1, 6), 6);
  EXPECT_EQ(usual(1, 1), 1);
  EXPECT_EQ(usual(1, 0), 0);
  EXPECT_EQ(longest_for_undeclared(rules, false, false), 6);
  EXPECT_EQ(longest_for_undeclared(rules, true, false), 12);
  EXPECT_EQ(longest_for_undeclared(rules, false, true), 12);
  EXPECT_EQ(longest_for_undeclared(rules, true, true), 24);
}

}  // namespace
}  // namespace tremplin
