// What habits decide, one by one: oracles are the sentences of docs/ODD.md 7.4 to 7.7.
#include "engine/trajectory/habits.hpp"

#include <gtest/gtest.h>

#include <functional>

#include "tests/engine/first_office.hpp"

namespace tremplin {
namespace {

using test::rules_of_2002;
using test::small_parameters;
using test::small_world;
using test::total;

Practice naming(std::initializer_list<ContractUse> uses) {
  Practice practice;
  practice.contract_uses.fill(false);
  for (const ContractUse use : uses) practice.contract_uses[static_cast<std::size_t>(use)] = true;
  return practice;
}

Person person_in(Activity activity, float exit_factor = 2) {
  Person person;
  person.activity = activity;
  person.exit_factor = exit_factor;
  return person;
}

RunResult result_of(const World& world, const Rules& rules = rules_of_2002()) {
  const RulesTable table = test::table_of(rules);
  return test::run(world, small_parameters(), {&table}, test::small_plan()).at(0);
}

World with(const std::function<void(Practice&)>& change) {
  World world = small_world();
  for (Office& office : world.offices) change(office.practice);
  return world;
}

TEST(Belonging, OfAnActivityIsToTheGroupThatTheSurveyNames) {
  using enum Activity;
  const auto one = [](ContractUse use, Activity activity, float exit_factor = 2) {
    return belonging_of(naming({use}), person_in(activity, exit_factor)) == Belonging::to_one;
  };
  for (const Activity activity : {studies, training, guidance, part_time, article_60, article_61}) {
    EXPECT_TRUE(one(ContractUse::employment, activity));
    EXPECT_FALSE(one(ContractUse::social_activation, activity));
  }
  for (const Activity activity : {social_activation, volunteering, community_service}) {
    EXPECT_TRUE(one(ContractUse::social_activation, activity));
    EXPECT_FALSE(one(ContractUse::employment, activity));
  }
  EXPECT_TRUE(one(ContractUse::reinforced_guidance, orientation));
  EXPECT_TRUE(one(ContractUse::reinforced_guidance, guidance, 0.5F));  // far from work
  EXPECT_FALSE(one(ContractUse::reinforced_guidance, guidance));
}

TEST(Belonging, TellsNoGroupFromAGroupThatIsNotNamed) {
  Person person = person_in(Activity::none);
  EXPECT_EQ(belonging_of(naming({ContractUse::homeless}), person), Belonging::to_none);
  person.homeless = true;
  EXPECT_EQ(belonging_of(naming({ContractUse::homeless}), person), Belonging::to_one);
  EXPECT_EQ(belonging_of(naming({ContractUse::employment}), person), Belonging::to_others);
  person.comes_for_equivalent = true;  // one named group of two is enough
  EXPECT_EQ(belonging_of(naming({ContractUse::equivalent}), person), Belonging::to_one);
}

TEST(Offer, DecidesWhoIsProposedSocialActivation) {
  Person far = person_in(Activity::none, 0.5F);
  Person near = person_in(Activity::none);
  Person exempted = near;
  exempted.disposition = Disposition::exempted_health;
  const auto asked = [](Offer offer, const Person& person, bool organised = true) {
    Practice practice;
    practice.offer = offer;
    practice.activation_offer = organised;
    return asked_for_activation(practice, person);
  };
  for (const Offer offer : {Offer::basic, Offer::pathway, Offer::all_round}) {
    EXPECT_TRUE(asked(offer, far));
    EXPECT_FALSE(asked(offer, near));
    EXPECT_EQ(asked(offer, exempted), offer == Offer::all_round);
    EXPECT_FALSE(asked(offer, far, false));
    EXPECT_FALSE(asked(offer, exempted, false));
  }
}

TEST(Offer, DecidesWhomTheSecondLineFollows) {
  EXPECT_FALSE(second_line_follows(Activity::social_activation, Offer::basic));
  EXPECT_TRUE(second_line_follows(Activity::social_activation, Offer::pathway));
  EXPECT_FALSE(second_line_follows(Activity::volunteering, Offer::pathway));
  EXPECT_TRUE(second_line_follows(Activity::volunteering, Offer::all_round));
  EXPECT_TRUE(second_line_follows(Activity::training, Offer::basic));
  EXPECT_FALSE(second_line_follows(Activity::none, Offer::all_round));
}

TEST(Offer, IsFeltInSocialActivation) {
  const auto people = [](Offer offer) {
    return total(result_of(with([&](Practice& p) { p.offer = offer; })), Tally::in_social_activation);
  };
  const std::int64_t basic = people(Offer::basic);
  EXPECT_LT(basic, people(Offer::pathway));
  EXPECT_LT(basic, people(Offer::all_round));
}

TEST(Offer, WithoutSocialActivationNobodyIsInIt) {
  EXPECT_EQ(
      total(result_of(with([](Practice& p) { p.activation_offer = false; })), Tally::in_social_activation),
      0);
}

TEST(Habits, WithoutVolunteeringThatOutcomeIsAutonomy) {
  const RunResult with_it = result_of(small_world());
  const RunResult without = result_of(with([](Practice& p) { p.volunteering = false; }));
  EXPECT_GT(total(with_it, Tally::outcome_volunteering), 0);
  EXPECT_EQ(total(without, Tally::outcome_volunteering), 0);
  EXPECT_GT(total(without, Tally::outcome_autonomy), total(with_it, Tally::outcome_autonomy));
}

TEST(Habits, ACpasThatNamesNobodyHasNoContractsOfCategories) {
  const auto optional = [](bool named) {
    return total(result_of(with([&](Practice& p) {
                   p.policy = ContractPolicy::categories;
                   p.parallel_contracts = false;  // a second contract counts as optional
                   p.contract_uses.fill(named);
                 })),
                 Tally::contracts_optional);
  };
  EXPECT_EQ(optional(false), 0);
  EXPECT_GT(optional(true), 0);
}

TEST(Habits, AReportThatNobodyWritesAsksWhatNoRuleAsks) {
  Rules no_report = rules_of_2002();
  no_report.piis_annual_report = 0;
  EXPECT_EQ(result_of(with([](Practice& p) { p.annual_report = 0; })), result_of(small_world(), no_report));
}

TEST(Habits, SanctionsThatTheCpasHasCheckedAreThoseOfAGuard) {
  Rules guard = rules_of_2002();
  guard.sanction_guard = 1;
  EXPECT_EQ(result_of(with([](Practice& p) { p.guarded_sanctions = true; })),
            result_of(small_world(), guard));
}

TEST(Habits, TheSecondLinesAttitudeIsFeltWhereTwoContractsRun) {
  const auto changed = [](bool parallel) {
    const auto run = [&](double difference) {
      return result_of(with([&](Practice& p) {
        p.parallel_contracts = parallel;
        p.second_line_guidance = difference;
      }));
    };
    return total(run(4), Tally::contract_personalised) - total(run(-4), Tally::contract_personalised);
  };
  EXPECT_EQ(changed(false), 0);
  EXPECT_GT(changed(true), 0);
}

}  // namespace
}  // namespace tremplin
