// The engine's month against its slow twin (tests/verification/twin), which was written from the model's
// description and shares no step with it: after every month every person, tally and sum is the same, bit for
// bit. Oracle: the twin, written from docs/ODD.md.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "scenarios/compose.hpp"
#include "scenarios/library.hpp"
#include "tests/verification/cases.hpp"
#include "tests/verification/twin/compare.hpp"

namespace tremplin {
namespace {

using test::rules_of_2002;
using test::small_parameters;
using test::small_plan;
using test::small_world;
using test::table_of;

// All offices; returns the sum of their tallies.
OfficeMonth expect_same(const World& world, const Parameters& parameters, const RulesTable& table,
                        const Plan& plan) {
  OfficeMonth sum;
  for (const Office& office : world.offices) {
    const twin::Comparison comparison = twin::compare(world, office, parameters, table, plan);
    EXPECT_TRUE(comparison.difference.empty()) << comparison.difference;
    for (std::size_t i = 0; i < n_tallies; ++i) sum.tallies[i] += comparison.sum.tallies[i];
  }
  return sum;
}

// Effects that are none in the small world, at work; inquiries take their time.
Parameters lively_parameters() {
  Parameters p = small_parameters();
  p.inquiry_days = 20;
  p.deterrence_obligation = 0.9;
  p.deterrence_waiting = 0.8;
  p.information_take_up = 1.2;
  p.effect_personalised_job = 1.3;
  p.effect_formal_job = 0.9;
  p.effect_guidance_readiness = 0.03;
  p.effect_activation_readiness = 0.05;
  p.effect_readiness_job = 0.6;
  p.effect_trust_unknown = 0.8;
  p.effect_threat_job = 1.2;
  p.effect_sanction_job = 1.4;
  p.effect_sanction_unknown = 1.6;
  p.effect_training_after = 1.5;
  p.effect_lock_in = 0.7;
  p.effect_disregard_part_time = 1.5;
  p.effect_childcare_job = 0.8;
  p.effect_quality_readiness = 1.3;
  p.effect_quality_trust = 1.5;
  p.effect_quality_drop_out = 0.8;
  p.effect_threat_breach = 0.7;
  p.effect_sanction_breach = 1.6;
  p.effect_sanction_later_job = 0.9;
  p.effect_exempted_job = 1.1;
  p.effect_disregard_exit = 0.9;
  p.effect_article_60_job = 1.2;
  p.threat_months = 2.6;
  p.sanction_felt_months = 4.3;
  p.training_felt_months = 20.4;
  p.childcare_search = 0.4;
  p.language_course = 0.3;
  p.coverage_elasticity = 5;
  p.effect_incentive_start = 1.5;
  p.effect_incentive_drop_out = 0.7;
  p.effect_exit_support = 1.4;
  p.effect_inspection = 0.4;
  p.band_response = 15;
  p.refuses_to_sign = 0.05;
  p.signature_days = 12;
  p.non_declaration = 0.01;
  p.no_disposition = 0.004;
  p.start_part_time = 0.05;
  return p;
}

// Everything about the environment moves, and no two offices are in the same place.
World lively_world(int n_offices, double caseload) {
  World world = small_world(n_offices, caseload);
  Environment& environment = world.environment;
  for (std::size_t t = 0; t < environment.inflow.size(); ++t) {
    const auto month = static_cast<double>(t % 12);
    environment.inflow[t] = 0.7 + 0.05 * month;
    environment.inflow_equivalent[t] = 1.3 - 0.05 * month;
    environment.staff[t] = 0.8 + 0.002 * static_cast<double>(t);
    for (std::size_t group = 0; group < n_income_groups; ++group)
      environment.places[group][t] = 1.2 - 0.0005 * static_cast<double>((group + 1) * t);
    environment.part_time[t] = 0.6 + 0.001 * static_cast<double>(t);
    environment.student_share[t] = 0.1 + 0.02 * month;
    for (std::size_t region = 0; region < n_regions; ++region)
      environment.tightness[region][t] = 0.8 + 0.03 * month + 0.1 * static_cast<double>(region);
  }
  for (std::size_t i = 0; i < world.offices.size(); ++i) {
    world.offices[i].childcare_tightness = static_cast<double>(i) - 1.5;
    Practice& practice = world.offices[i].practice;
    practice.offer = static_cast<Offer>((i + 1) % 3);
    practice.volunteering = i % 3 != 2;
    practice.guarded_sanctions = i % 4 == 3;
    practice.second_line_guidance = static_cast<double>(i % 3) - 1;
    practice.annual_report = 0.5 * static_cast<double>(i % 3);
    for (std::size_t use = 0; use < n_contract_uses; ++use) practice.contract_uses[use] = (i + use) % 3 != 0;
  }
  return world;
}

// Rules under which everything that is counted can happen.
Rules lively_rules() {
  Rules rules = rules_of_2002();
  rules.piis_novelty_months = 12;
  rules.piis_under_age = 30;
  rules.piis_information_document = 1;
  rules.piis_language_hours = 0.5;
  rules.piis_childcare_hours = 0.75;
  rules.piis_partners = 1;
  rules.community_service = 1;
  rules.sanction_tolerated_absences = 1;
  rules.sanction_alternative_share = 0.2;
  rules.sanction_guard = 3;
  rules.sanction_days = 7;
  rules.sanction_made_partial = 0.3;
  rules.subsidy_general = 0.1;
  rules.subsidy_months = 12;
  rules.reimbursement_medium_from = 20;
  rules.reimbursement_large_from = 40;
  rules.piis_guidance_means = 5;
  rules.piis_inspection = 0.5;
  rules.sanction_grounds_housing = 0;
  rules.sanction_insured_leavers = 1;
  rules.spi_counting = 1;
  rules.spi_shortage_amount = 350;
  rules.spi_shortage_months = 3;
  rules.article60_exit_support = 1;
  rules.social_activation_incentive = 60;
  rules.social_activation_funding = 1500;
  rules.subsidy_band_added_1 = -0.05;
  rules.subsidy_band_added_3 = 0.02;
  rules.subsidy_band_added_5 = 0.05;
  rules.inflow_women = 1.1;
  rules.inflow_insured_leavers = 1.3;
  rules.benefits_ended = 60;
  rules.benefit_limit_months = 6;
  rules.reimbursement_ended_kind = 2;
  rules.reimbursement_ended_added = 0.15;
  rules.relatives_means = 1;
  rules.undeclared_severity = 0.5;
  rules.staff_subsidy_ended = 518;
  return rules;
}

TEST(Twin, LivesTheSameMonthsInTheSmallWorld) {
  expect_same(small_world(4, 40), small_parameters(), table_of(rules_of_2002()), small_plan());
}

TEST(Twin, LivesTheSameMonthsOfManyYearsAndMeetsAllThatIsCounted) {
  World world = lively_world(6, 60);
  world.country = means_of(world.offices);
  world.country->exempt_health = 0.5;
  world.country->trained = 0.3;
  Rules rules = lively_rules();
  rules.exemption_harmonisation = 0.5;
  rules.sanction_propensity = 4;  // so that some are sanctioned again within the window
  rules.sanction_repetition_months = 36;
  Rules later = rules;
  later.piis_annex_allowed = 1;
  later.sanction_allowed = 0;
  later.piis_exempted = 1;
  later.piis_lines = 1;
  later.piis_signed_by = 2;
  later.piis_signature = 0;
  later.piis_coupled_to_grant = 0;
  later.piis_single = 0;
  later.staff_second_line_share = 0.4;
  Plan plan = small_plan();
  plan.burn_in_from = Month(1993, 1);
  plan.report_until = Month(2009, 9);
  plan.luck = {.seed = 0x123456789abcdef0U, .replicate = 3};
  Parameters p = lively_parameters();
  p.breach = 0.5;
  p.notice_suffices = 0.1;
  const OfficeMonth sum = expect_same(world, p, test::reformed(rules, later, Month(2006, 5), true), plan);
  for (const TallyEntry& tally : all_tallies())
    EXPECT_NE(sum.tallies[static_cast<std::size_t>(&tally - all_tallies().data())], 0) << tally.name;
}

TEST(Twin, LivesTheSameMonthsWhereHoursAreScarce) {
  World world = lively_world(3, 30);
  for (Office& office : world.offices) {
    office.first_line_fte *= 0.35;
    office.second_line_fte *= 0.3;
  }
  Parameters p = lively_parameters();
  p.shortest_task = 0.7;
  expect_same(world, p, table_of(rules_of_2002()), small_plan());
}

TEST(Twin, LivesTheSameMonthsWherePlacesAreScarce) {
  World world = lively_world(3, 30);
  for (Office& office : world.offices) office.places = {1.5, 0.4, 0.8, 1.2};
  Parameters p = lively_parameters();
  p.start_orientation = 0.3;
  p.start_social_activation = 0.2;
  expect_same(world, p, table_of(rules_of_2002()), small_plan());
}

TEST(Twin, LivesTheSameMonthsWhereSanctionsAreStrict) {
  World world = lively_world(3, 30);
  for (Office& office : world.offices) {
    office.practice.sanctions = SanctionHabit::often;
    office.practice.sanction_kinds = {0.4, 0.2, 0.4, 0};
  }
  Parameters p = lively_parameters();
  p.breach = 0.3;
  p.non_declaration = 0.05;  // so that some are silent again within the three years
  for (const int delay : {0, 1, 2}) {
    Rules rules = rules_of_2002();
    rules.piis_under_age = 120;
    rules.sanction_start_delay_months = delay;
    rules.sanction_propensity = 5;
    rules.sanction_max_months = 2;
    rules.sanction_tolerated_absences = delay;
    rules.undeclared_start_delay_months = delay;
    rules.undeclared_severity = 0.5 * delay;
    expect_same(world, p, table_of(rules), small_plan());
  }
}

TEST(Twin, LivesTheSameMonthsUnderEachReform) {
  const std::filesystem::path root = TREMPLIN_SOURCE_DIR;
  const Law law = load_law_from(root).law;
  const Scenario base = load_scenario_named(root, "law-2015").scenario;
  Plan plan = small_plan();
  plan.burn_in_from = plan.cohort_from = Month(2014, 6);
  plan.report_from = Month(2015, 1);
  plan.report_until = plan.cohort_until = Month(2020, 1);
  int n_reforms = 0;
  for (const ScenarioSummary& summary : list_scenarios(root)) {
    if (summary.kind == ScenarioKind::base) continue;
    SCOPED_TRACE(summary.name);
    const std::array reforms = {load_scenario_named(root, summary.name).scenario};
    const RulesTable table = rules_table(law, base, reforms, plan.burn_in_from, plan.report_until);
    World world = lively_world(2, 30);
    world.offices[0].practice.policy = static_cast<ContractPolicy>(n_reforms % 4);
    expect_same(world, lively_parameters(), table, plan);
    ++n_reforms;
  }
  EXPECT_GE(n_reforms, 24);
}

TEST(Twin, LivesTheSameMonthsWhileUnemploymentBenefitsEnd) {
  const std::filesystem::path root = TREMPLIN_SOURCE_DIR;
  Plan plan = small_plan();
  plan.burn_in_from = plan.cohort_from = Month(2023, 1);
  plan.report_from = Month(2025, 1);
  plan.report_until = plan.cohort_until = Month(2030, 1);
  World world = lively_world(3, 60);
  world.environment.from = plan.burn_in_from;
  const std::array limit = {load_scenario_named(root, "unemployment-limit-2026").scenario};
  const RulesTable table =
      rules_table(load_law_from(root).law, load_scenario_named(root, "law-current").scenario, limit,
                  plan.burn_in_from, plan.report_until);
  const OfficeMonth sum = expect_same(world, lively_parameters(), table, plan);
  EXPECT_GT(sum[Tally::requests_benefit_ended], 20);
  EXPECT_GT(sum[Tally::euro_state_benefit_ended], 0);
}

TEST(Twin, LivesTheSameMonthsUnderRulesForGroups) {
  Rules rules = lively_rules();
  Rules later = rules;
  later.ris_single = 900;
  later.piis_under_age = 120;
  later.sanction_max_months = 2;
  later.spi_amount = 400;
  later.exemption_breadth = 0.5;
  const World world = lively_world(3, 40);
  for (const GroupSet groups :
       {GroupSet{TargetGroup::student}, GroupSet{TargetGroup::under_25, TargetGroup::lone_parent},
        GroupSet{TargetGroup::first_time}, GroupSet{TargetGroup::insured}, GroupSet{TargetGroup::family}}) {
    expect_same(world, lively_parameters(), test::reformed(rules, later, Month(2003, 5), false, groups),
                small_plan());
  }
}

TEST(Twin, LivesTheSameMonthsOfAnyCase) {
  test::for_all(400, [](const test::Case& c) {
    const World world = c.world();
    Plan plan = c.plan();
    plan.report_until = plan.burn_in_from + 60;
    for (const Office& office : world.offices) {
      const std::string difference = twin::compare(world, office, c.behaviour(), c.after(), plan).difference;
      if (!difference.empty()) RC_FAIL(difference);
    }
  });
}

}  // namespace
}  // namespace tremplin
