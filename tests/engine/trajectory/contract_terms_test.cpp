// What a contract must hold, who signs it, and what refusing it leads to.
#include <gtest/gtest.h>

#include "tests/engine/small_world.hpp"

namespace tremplin {
namespace {

using test::total;

struct Setting {
  World world = test::small_world(3, 80);
  Parameters parameters = test::small_parameters();
  Rules rules = test::rules_of_2002();

  Setting() {
    for (Office& office : world.offices) {
      office.first_line_fte *= 100;
      office.second_line_fte *= 100;
      office.practice.p_young_exempted = 0;
    }
    parameters.contract_compliance = 1;
  }
  [[nodiscard]] RunResult run() const {
    const RulesTable table = test::table_of(rules);
    return test::run(world, parameters, {&table}, test::small_plan())[0];
  }
};

// Offices with time for everything: what is later is so by the signature alone.
TEST(Signature, OfPresidentAndSecretaryMakesContractsLateByTheTimeItTakes) {
  Setting setting;
  setting.parameters.inquiry_days = 15;  // the delay runs from the request
  std::int64_t before = -1;
  for (const double days : {0, 15, 30}) {
    setting.parameters.signature_days = days;
    const std::int64_t late = total(setting.run(), Tally::contracts_late);
    EXPECT_GT(late, before) << days;
    before = late;
  }
}

TEST(Signature, OfTheWorkerAloneIsGivenWithTheDraft) {
  Setting setting;
  setting.rules.piis_signature = 0;
  const RunResult at_once = setting.run();
  setting.parameters.signature_days = 30;
  EXPECT_EQ(setting.run(), at_once);
}

TEST(Signature, TakesItsShareOfDraftingTimeAndOfNothingElse) {
  Setting setting;
  const RunResult council = setting.run();
  setting.rules.piis_signature = 0;
  const RunResult worker = setting.run();
  const auto asked = [](const RunResult& result, Task task) {
    return total(result, task, Workload::asked_minutes);
  };
  // A template takes 1.25 h: 75 minutes, of which 12 % are the signatures', 66 without.
  EXPECT_GT(asked(council, Task::contract_studies), 0);
  EXPECT_EQ(asked(worker, Task::contract_studies) * 75, asked(council, Task::contract_studies) * 66);
  EXPECT_EQ(asked(worker, Task::evaluation), asked(council, Task::evaluation));
  EXPECT_LT(total(worker, Tally::minutes_asked), total(council, Tally::minutes_asked));
  setting.parameters.signature_share = 0;
  EXPECT_EQ(setting.run(), [&] {
    setting.rules.piis_signature = 1;
    return setting.run();
  }());
}

TEST(Refusal, LeavesNoObligatoryContractAndIsNoFailureOfTheCpas) {
  Setting setting;
  setting.rules.piis_coupled_to_disposition = 0;
  setting.parameters.refuses_to_sign = 1;
  const RunResult result = setting.run();
  EXPECT_GT(total(result, Tally::contracts_refused), 0);
  EXPECT_GT(total(result, Tally::contract_obliged), 0);
  for (const Tally tally : {Tally::contracts_on_time, Tally::contracts_late, Tally::contracts_never,
                            Tally::contract_overdue, Tally::withdrawals_refusal})
    EXPECT_EQ(total(result, tally), 0) << all_tallies()[static_cast<std::size_t>(tally)].name;
}

TEST(Refusal, EndsTheRightWhereItIsWantOfWorkDisposition) {
  Setting setting;
  setting.parameters.refuses_to_sign = 0.5;
  const RunResult coupled = setting.run();
  EXPECT_GT(total(coupled, Tally::withdrawals_refusal), 0);
  EXPECT_LE(total(coupled, Tally::withdrawals_refusal), total(coupled, Tally::withdrawals));
  // Students refuse too, and lose nothing.
  EXPECT_LT(total(coupled, Tally::withdrawals_refusal), total(coupled, Tally::contracts_refused));
  setting.rules.piis_coupled_to_disposition = 0;
  EXPECT_EQ(total(setting.run(), Tally::withdrawals_refusal), 0);
}

TEST(Refusal, EndsNobodysRightWhoIsExemptedOrStudies) {
  Setting setting;
  setting.parameters.refuses_to_sign = 1;
  setting.rules.piis_exempted = 1;
  setting.rules.exemption_age_from = 18;
  setting.parameters.council_overrules = 0;
  for (Office& office : setting.world.offices) office.practice.p_exempt_over_50 = 1;
  const RunResult exempted = setting.run();
  EXPECT_GT(total(exempted, Tally::contracts_refused), 0);
  EXPECT_EQ(total(exempted, Tally::withdrawals_refusal), 0);
}

TEST(Content, TakesHoursOfTheContractsThatItConcernsAndOfNoOthers) {
  Setting nobody;
  nobody.world.margins.non_eu = 0;
  nobody.world.margins.lone_parent = 0;
  const RunResult without = nobody.run();
  nobody.rules.piis_language_hours = 2;
  nobody.rules.piis_childcare_hours = 3;
  EXPECT_EQ(nobody.run(), without);

  Setting everybody;
  everybody.world.margins.non_eu = 1;
  const RunResult plain = everybody.run();
  everybody.rules.piis_language_hours = 1;
  const RunResult longer = everybody.run();
  const auto drafting = [](const RunResult& result, Workload what) {
    std::int64_t sum = 0;
    for (const Task task :
         {Task::contract_general, Task::contract_employment, Task::contract_training, Task::contract_studies,
          Task::contract_social_activation, Task::contract_housing, Task::contract_second_line})
      sum += total(result, task, what);
    return sum;
  };
  // Offices have time for all: the same contracts, each an hour longer.
  EXPECT_EQ(drafting(longer, Workload::done_tasks), drafting(plain, Workload::done_tasks));
  EXPECT_GT(drafting(plain, Workload::done_tasks), 0);
  EXPECT_GT(drafting(longer, Workload::asked_minutes), drafting(plain, Workload::asked_minutes));
}

TEST(Content, OfLanguageLeadsToCoursesWhereItIsFollowed) {
  Setting setting;
  setting.world.margins.non_eu = 1;
  setting.rules.piis_under_age = 120;
  setting.rules.piis_language_hours = 1;
  const RunResult unfollowed = setting.run();
  setting.parameters.language_course = 1;
  const RunResult followed = setting.run();
  EXPECT_GT(total(followed, Tally::in_training), total(unfollowed, Tally::in_training));
  setting.rules.piis_language_hours = 0;
  const RunResult no_content = setting.run();
  setting.parameters.language_course = 0;
  EXPECT_EQ(setting.run(), no_content);
}

TEST(Content, OfChildcareMakesUpForWhatIsScarceOnly) {
  Setting setting;
  setting.world.margins.lone_parent = 1;
  setting.world.margins.child_under_3 = 1;
  setting.parameters.effect_childcare_job = 0.3;
  setting.rules.piis_under_age = 120;
  setting.rules.piis_exempted = 1;
  setting.rules.piis_childcare_hours = 1;
  const auto jobs = [&](double tightness, double search) {
    for (Office& office : setting.world.offices) office.childcare_tightness = tightness;
    setting.parameters.childcare_search = search;
    return total(setting.run(), Tally::exits_job);
  };
  EXPECT_GT(jobs(1.2, 1), jobs(1.2, 0));
  EXPECT_EQ(jobs(-1, 1), jobs(-1, 0));
  setting.rules.piis_childcare_hours = 0;
  EXPECT_EQ(jobs(1.2, 1), jobs(1.2, 0));
}

}  // namespace
}  // namespace tremplin
