// Directions that the mechanism states, as paired differences over replicates: both runs of a replicate share
// the luck of every person. A relation holds when the mean difference lies beyond Student's bound; the effect
// sizes that the model leaves open (MODEL.md section 4) are set by each test, never taken for granted.
// Oracles: the direction of each mechanism, named by its test; for doubled people, the Poisson law.
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

#include "tests/verification/bounds.hpp"
#include "tests/verification/worlds.hpp"

namespace tremplin {
namespace {

using test::rules_of_2002;
using test::small_parameters;
using test::small_plan;
using test::small_world;
using test::table_of;
using test::total;

constexpr int n_relations = 40;  // comparisons of this file, for the family-wise error

struct Setting {
  int n_replicates = 14;
  World world = small_world(6, 100);
  Parameters parameters = small_parameters();
  Rules rules = rules_of_2002();
};

// The runs of each replicate under both settings.
struct Pair {
  RunResult a;
  RunResult b;
};
std::vector<Pair> pairs_of(const Setting& a, const Setting& b) {
  std::vector<Pair> list;
  Plan plan = small_plan();
  plan.report_until = Month(2006, 1);
  const RulesTable table_a = table_of(a.rules);
  const RulesTable table_b = table_of(b.rules);
  for (int r = 0; r < a.n_replicates; ++r) {
    plan.luck.replicate = static_cast<std::uint32_t>(r);
    list.push_back({test::run(a.world, a.parameters, {&table_a}, plan)[0],
                    test::run(b.world, b.parameters, {&table_b}, plan)[0]});
  }
  return list;
}

// Of each replicate, the tally under `b` less that under `a`.
std::vector<double> differences(const std::vector<Pair>& pairs, Tally tally) {
  std::vector<double> list;
  for (const Pair& pair : pairs)
    list.push_back(static_cast<double>(total(pair.b, tally) - total(pair.a, tally)));
  return list;
}

void expect_positive(const std::vector<double>& list, Tally tally) {
  const test::Mean mean = test::mean_of(list);
  EXPECT_GT(mean.value, test::student_bound(static_cast<int>(list.size()) - 1, n_relations) * mean.error)
      << all_tallies()[static_cast<std::size_t>(tally)].name;
}

void expect_more(const Setting& less, const Setting& more, Tally tally) {
  expect_positive(differences(pairs_of(less, more), tally), tally);
}

// Every office sanctions, and breaches are many.
Setting severe() {
  Setting s;
  for (Office& office : s.world.offices) {
    office.practice.sanctions = SanctionHabit::often;
    office.practice.sanction_kinds = {0, 0.3, 0.7, 0};
    office.practice.evaluation_regularity = 1;
    office.first_line_fte *= 10;
  }
  s.parameters.breach = 0.15;
  s.parameters.non_declaration = 0;
  s.rules.piis_under_age = 120;
  return s;
}

TEST(Paired, ALongerLongestSuspensionSuspendsMoreDays) {
  const Setting one = severe();
  Setting three = one;
  three.rules.sanction_max_months = 3;
  expect_more(one, three, Tally::suspended_days);
  expect_more(one, three, Tally::euro_withheld);
  expect_more(three, one, Tally::paid_days);
}

TEST(Paired, AnEarlierStartOfTheSanctionSuspendsMoreDays) {
  // Fewer people leave between the decision and the first day; and the next breach comes sooner.
  const Setting second_month = severe();
  Setting next_month = second_month;
  next_month.rules.sanction_start_delay_months = 1;
  expect_more(second_month, next_month, Tally::suspended_days);
}

TEST(Paired, ToleratedAbsencesAndAGuardSuspendFewerDays) {
  const Setting strict = severe();
  Setting tolerant = strict;
  tolerant.rules.sanction_tolerated_absences = 2;
  expect_more(tolerant, strict, Tally::notices);
  expect_more(tolerant, strict, Tally::suspended_days);
  Setting guarded = strict;
  guarded.rules.sanction_guard = 1;
  expect_more(guarded, strict, Tally::suspended_days);
}

TEST(Paired, MissedEvaluationsProtectFromSanctions) {
  // The breach of the CPAS itself bars the sanction.
  const Setting regular = severe();
  Setting irregular = regular;
  for (Office& office : irregular.world.offices) office.practice.evaluation_regularity = 0.3;
  expect_more(regular, irregular, Tally::sanctions_barred);
  expect_more(irregular, regular, Tally::suspended_days);
}

TEST(Paired, EachFurtherHourPersonalisesMoreContracts) {
  Setting before;
  before.rules.piis_under_age = 120;
  before.rules.staff_factor = 0.5;
  for (const double staff : {0.8, 1.3}) {
    Setting after = before;
    after.rules.staff_factor = staff;
    expect_more(before, after, Tally::contract_personalised);
    before = after;
  }
}

// What a personalised contract does beside jobs: each of its three effects, set by the test, one at a time.
TEST(Paired, APersonalisedContractCanRaiseReadinessRegainTrustAndHoldPeopleInActivities) {
  Setting none;
  none.rules.piis_under_age = 120;
  none.parameters.effect_guidance_readiness = 0.05;
  none.parameters.sanction_rate = 0.9;
  none.parameters.trust_regained = 0.1;
  none.parameters.trust_loss_late = 0.4;  // so that many have trust to regain
  none.parameters.breach = 0.1;
  // Readiness and trust move nobody's exits here: lives are the same, so the relation holds in each
  // replicate.
  Setting readier = none;
  readier.parameters.effect_quality_readiness = 3;
  Setting trusting = none;
  trusting.parameters.effect_quality_trust = 5;
  const auto in_each = [&](const Setting& other, Tally tally, int sign) {
    for (const double difference : differences(pairs_of(none, other), tally))
      EXPECT_GT(sign * difference, 0) << all_tallies()[static_cast<std::size_t>(tally)].name;
  };
  in_each(readier, Tally::readiness, 1);
  in_each(trusting, Tally::trust_lost, -1);
  Setting steadier = none;
  steadier.parameters.effect_quality_drop_out = 0.3;
  expect_more(steadier, none, Tally::activity_dropped);
}

TEST(Paired, AThreatOrASanctionThatIsFeltMovesBreachesByItsSign) {
  const Setting none = severe();
  Setting heeded = none;
  heeded.parameters.effect_threat_breach = heeded.parameters.effect_sanction_breach = 0.3;
  heeded.parameters.sanction_felt_months = heeded.parameters.threat_months = 6;
  expect_more(heeded, none, Tally::breaches);
  Setting resented = heeded;
  resented.parameters.effect_threat_breach = resented.parameters.effect_sanction_breach = 2;
  expect_more(none, resented, Tally::breaches);
}

TEST(Paired, ShorterWorkUnderArticle60ThanInsuranceAsksOpensNone) {
  const Setting long_enough;
  Setting too_short = long_enough;
  too_short.rules.article60_months = 3;
  too_short.parameters.article60_extra_months = 0;
  too_short.parameters.exit_insurance = 0;
  Setting as_long = too_short;
  as_long.rules.article60_months = 0;
  expect_more(too_short, as_long, Tally::exits_insurance);
  for (const Pair& pair : pairs_of(too_short, too_short)) EXPECT_EQ(total(pair.a, Tally::exits_insurance), 0);
}

TEST(Paired, AContractForAllTakesTimeFromTheOtherTasks) {
  // Scarce hours, reviews last in the order: more contracts, more reviews overdue.
  Setting young;
  for (Office& office : young.world.offices) {
    office.practice.order = QueueOrder::contracts_first;
    office.first_line_fte *= 0.6;
  }
  Setting everybody = young;
  everybody.rules.piis_under_age = 120;
  expect_more(young, everybody, Tally::contract_covered);
  expect_more(young, everybody, Tally::reviews_overdue);
}

TEST(Paired, AnEffectOnJobsMovesTheCaseloadItsOwnWay) {
  Setting none;
  none.rules.piis_under_age = 120;
  Setting helps = none;
  helps.parameters.effect_personalised_job = helps.parameters.effect_formal_job = 1.6;
  Setting locks = none;
  locks.parameters.effect_personalised_job = locks.parameters.effect_formal_job = 0.6;
  expect_more(helps, none, Tally::paid);
  expect_more(none, locks, Tally::paid);
}

TEST(Paired, ADeterrentObligationKeepsPeopleAway) {
  Setting neutral;
  neutral.rules.piis_under_age = 120;
  Setting deters = neutral;
  deters.parameters.deterrence_obligation = 0.7;
  expect_more(deters, neutral, Tally::requests);
  expect_more(neutral, deters, Tally::non_claimants);
}

TEST(Paired, BroaderExemptionsExemptMore) {
  const Setting plain;
  Setting broad;
  broad.rules.exemption_breadth = 2;
  expect_more(plain, broad, Tally::exempted_equity);
  expect_more(plain, broad, Tally::exempted_health);
  expect_more(broad, plain, Tally::required);
}

TEST(Paired, MorePlacesAreTakenByMorePeople) {
  Setting few;
  for (Office& office : few.world.offices) {
    for (double& places : office.places) places /= 4;
  }
  Setting more = few;
  more.rules.article60_places = 2;
  expect_more(few, more, Tally::in_article_60);
  expect_more(more, few, Tally::places_refused);
}

// Scarcity acts on lives by three ways (docs/ODD.md, 7.5 and 7.6): fewer follow-up interviews (readiness,
// trust regained), late decisions (trust lost) and a second line without time (people drop out). What it does
// to exits is the part of an effect that scarcity takes away: hours also move who is there to leave.
Setting followed_up() {
  Setting s;
  s.n_replicates = 40;
  s.world = small_world(6, 20);
  for (Office& office : s.world.offices) office.practice.order = QueueOrder::decisions_first;
  s.parameters.effect_guidance_readiness = 0.03;
  s.parameters.trust_loss_late = 0.5;
  s.parameters.trust_regained = 0.2;
  s.parameters.drop_out_unguided = 4;
  s.rules.staff_factor = 5;
  return s;
}

Setting short_of_hours(Setting s) {
  s.rules.staff_factor = 0.3;
  return s;
}

Setting short_of_second_line(Setting s) {
  for (Office& office : s.world.offices) office.second_line_fte /= 50;
  return s;
}

// What an effect adds to a tally, in each replicate.
std::vector<double> added_by(const Setting& without, double Parameters::*effect, double size, Tally tally) {
  Setting with = without;
  with.parameters.*effect = size;
  return differences(pairs_of(without, with), tally);
}

std::vector<double> difference(const std::vector<double>& a, const std::vector<double>& b) {
  std::vector<double> list;
  for (std::size_t i = 0; i < a.size(); ++i) list.push_back(a[i] - b[i]);
  return list;
}

TEST(Scarcity, HoldsBackReadinessAndLosesTrust) {
  const std::vector<Pair> pairs = pairs_of(short_of_hours(followed_up()), followed_up());
  expect_positive(differences(pairs, Tally::readiness), Tally::readiness);
  std::vector<double> regained = differences(pairs, Tally::trust_lost);
  for (double& less : regained) less = -less;
  expect_positive(regained, Tally::trust_lost);
}

TEST(Scarcity, OfTheSecondLineAloneMakesPeopleDropOut) {
  expect_more(followed_up(), short_of_second_line(followed_up()), Tally::activity_dropped);
}

TEST(Scarcity, TakesAwayTheJobsThatGuidanceBrings) {
  const auto of = [](const Setting& setting) {
    return added_by(setting, &Parameters::effect_readiness_job, 1, Tally::exits_job);
  };
  expect_positive(difference(of(followed_up()), of(short_of_hours(followed_up()))), Tally::exits_job);
}

TEST(Scarcity, AddsTheDisappearancesOfLostTrust) {
  const auto of = [](const Setting& setting) {
    return added_by(setting, &Parameters::effect_trust_unknown, 3, Tally::exits_unknown);
  };
  expect_positive(difference(of(short_of_hours(followed_up())), of(followed_up())), Tally::exits_unknown);
}

TEST(Scarcity, MovesNoOutcomeWhereTheEffectsAreNone) {
  // Control: what the tests above see is the effects, and not the hours by themselves.
  Setting ample = followed_up();
  ample.n_replicates = 3;
  ample.parameters.effect_guidance_readiness = 0;
  ample.parameters.trust_loss_late = ample.parameters.trust_loss_sanction = 0;
  ample.parameters.drop_out_unguided = 1;
  const std::vector<Pair> pairs = pairs_of(ample, short_of_second_line(ample));
  for (const Tally tally : {Tally::readiness, Tally::trust_lost, Tally::activity_dropped, Tally::exits_job})
    for (const double moved : differences(pairs, tally)) EXPECT_EQ(moved, 0);
  for (const double moved : differences(pairs, Tally::minutes_worked)) EXPECT_LT(moved, 0);
}

// People paid in one month, a year after the first came, of each replicate. Without scarcity lives are
// independent and potential applicants are Poisson, so that the number of people in whatever state in one
// month is Poisson.
std::vector<double> people_paid(const World& world, int n, std::uint64_t seed) {
  Plan plan = small_plan();
  plan.report_until = plan.burn_in_from + 12;
  const RulesTable table = table_of(rules_of_2002());
  const Parameters parameters = small_parameters();
  const Constants constants = make_constants(world, parameters);
  OfficeScratch scratch;
  std::vector<double> list;
  for (int r = 0; r < n; ++r) {
    plan.luck = {.seed = seed, .replicate = static_cast<std::uint32_t>(r)};
    std::int64_t paid = 0;
    for (const Office& office : world.offices) {
      OfficeRun run(world, office, parameters, constants, table, plan);
      OfficeMonth last;
      while (run.next_month() < plan.report_until) last = run.step(scratch);
      paid += last[Tally::paid];
    }
    list.push_back(static_cast<double>(paid));
  }
  return list;
}

// The sum of squared relative deviations, over the variance expected of each: chi-square with n - 1 degrees
// of freedom if that variance is the true one.
double squares_over(const std::vector<double>& list, double relative_variance) {
  const test::Mean mean = test::mean_of(list);
  const double n = static_cast<double>(list.size());
  const double variance = mean.error * mean.error * n;
  return (n - 1) * variance / (mean.value * mean.value) / relative_variance;
}

TEST(TwiceThePeople, HalveTheRelativeVariance) {
  // The same offices and practices, twice the people in each. Poisson: relative variance 1 / mean of the
  // single world, half of that in the doubled one. The band for 479 degrees of freedom is 0.71 to 1.35 times
  // the expected: a variance that is not halved (2 times) or quartered (0.5 times) lies far outside.
  constexpr int n = 480;
  const World once = test::without_scarcity(small_world(6, 20));
  World twice = once;
  for (Office& office : twice.offices) {
    office.caseload_2013 *= 2;
    office.equivalent_2013 *= 2;
  }
  const std::vector<double> single = people_paid(once, n, 11);
  const std::vector<double> doubled = people_paid(twice, n, 12);  // other lives than those of `once`
  const test::Mean a = test::mean_of(single);
  const test::Mean b = test::mean_of(doubled);
  EXPECT_NEAR(2 * a.value, b.value, test::normal_bound(3) * std::hypot(2 * a.error, b.error));
  // The mean is known to 1 / sqrt(480 x 50), less than a per cent: nothing beside the band's 29.
  ASSERT_GT(a.value, 50);
  const test::Band band = test::chi_square_band(n - 1, 3);
  EXPECT_GT(squares_over(single, 1 / a.value), band.low);
  EXPECT_LT(squares_over(single, 1 / a.value), band.high);
  EXPECT_GT(squares_over(doubled, 1 / a.value / 2), band.low);
  EXPECT_LT(squares_over(doubled, 1 / a.value / 2), band.high);
  // Controls. Not halved: the lives of the single world, each lived twice.
  EXPECT_GT(squares_over(single, 1 / a.value / 2), band.high);
  // Quartered: the doubled worlds two by two, four times the people.
  std::vector<double> fourfold;
  for (std::size_t r = 0; r < n; r += 2) fourfold.push_back(doubled[r] + doubled[r + 1]);
  EXPECT_LT(squares_over(fourfold, 1 / a.value / 2), test::chi_square_band(n / 2 - 1, 3).low);
}

}  // namespace
}  // namespace tremplin
