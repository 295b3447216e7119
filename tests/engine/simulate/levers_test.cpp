// Every lever acts: on a small but full world each one of the registry, moved, moves at least one tally. A
// lever that is added to rules.def without a line here does not compile.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <span>
#include <string_view>
#include <vector>

#include "tests/engine/small_world.hpp"

namespace tremplin {
namespace {

struct Setting {
  std::string_view path;
  double value;
};

// Where a lever needs others to have something to act on, the base has these too.
constexpr std::array office_sizes = {Setting{"reimbursement/threshold/medium", 20},
                                     Setting{"reimbursement/threshold/large", 50}};
constexpr std::array a_year = {Setting{"subsidy/piis/months", 12}};
constexpr std::array general_subsidy = {Setting{"subsidy/piis/general", 0.1},
                                        Setting{"subsidy/piis/months", 12}};
constexpr std::array few_days = {Setting{"spi/days", 60}};
constexpr std::array shortage_months = {Setting{"spi/shortage/months", 3}};
constexpr std::array shortage_amount = {Setting{"spi/shortage/amount", 400}};
// A rate of its own for each band.
constexpr std::array band_rates = {
    Setting{"subsidy/piis/general", 0.1},         Setting{"subsidy/piis/months", 12},
    Setting{"subsidy/piis/bands/added_1", -0.05}, Setting{"subsidy/piis/bands/added_2", -0.025},
    Setting{"subsidy/piis/bands/added_4", 0.025}, Setting{"subsidy/piis/bands/added_5", 0.05}};
// Everybody is to have a contract, so that offices reach the high bands.
constexpr std::array high_coverage = {
    Setting{"subsidy/piis/general", 0.1},         Setting{"subsidy/piis/months", 12},
    Setting{"piis/scope/under_age", 120},         Setting{"piis/scope/equivalent_income", 1},
    Setting{"piis/scope/exempted_from_work", 1},  Setting{"subsidy/piis/bands/from_5", 0.7},
    Setting{"subsidy/piis/bands/added_4", 0.025}, Setting{"subsidy/piis/bands/added_5", 0.05}};

// Somebody's unemployment benefit ends, and the State pays more for them, by a share or by an addition.
constexpr std::array ended_guaranteed = {Setting{"unemployment/benefits_ended", 300},
                                         Setting{"reimbursement/benefit_ended/kind", 1},
                                         Setting{"reimbursement/benefit_ended/share", 0.8}};
constexpr std::array ended_with_addition = {Setting{"unemployment/benefits_ended", 300},
                                            Setting{"reimbursement/benefit_ended/kind", 2}};

constexpr std::array some_ended = {Setting{"unemployment/benefits_ended", 300}};
// The longest suspensions, and some that are over within the time in which another is a repetition.
constexpr std::array severe = {Setting{"sanction/undeclared/severity", 1}};

struct Move {
  std::string_view path;
  double value;  // other than the base's
  std::span<const Setting> given{};
};

constexpr std::array moves = {
    Move{"ris/amount/cohabitant", 510},
    Move{"ris/amount/single", 760},
    Move{"ris/amount/family", 1010},
    Move{"ris/exempt_income/cohabitant", 1000},
    Move{"ris/exempt_income/single", 1000},
    Move{"ris/exempt_income/family", 1000},
    Move{"decision/deadline_days", 10},
    Move{"decision/review_interval_months", 6},
    Move{"piis/scope/under_age", 30},
    Move{"piis/scope/novelty_months", 3},
    Move{"piis/scope/equivalent_income", 1},
    Move{"piis/scope/exempted_from_work", 1},
    Move{"piis/scope/partners", 1},
    Move{"piis/scope/cohabitant", 0},
    Move{"piis/scope/single", 0},
    Move{"piis/scope/family", 0},
    Move{"piis/scope/left_to_worker", 1},
    Move{"piis/delay/months", 6},
    Move{"piis/delay/from_grant", 1},
    Move{"piis/lines", 1},
    Move{"piis/signed_by", 2},
    Move{"piis/coupled_to_grant", 0},
    Move{"piis/inspection", 1},
    Move{"piis/information_document", 1},
    Move{"piis/annex_allowed", 1},
    Move{"piis/annual_report", 0},
    Move{"piis/minimum_content_hours", 1},
    Move{"piis/electronic_file", 1},
    Move{"piis/evaluations/per_year", 6},
    Move{"piis/evaluations/face_to_face", 1},
    Move{"piis/evaluations/written", 0},
    Move{"piis/guidance_means_fte_per_1000", 5},
    Move{"piis/worker_training", 1},
    Move{"exemption/harmonisation", 1},
    Move{"exemption/breadth", 2},
    Move{"exemption/review_months", 3},
    Move{"exemption/grounds/health", 0},
    Move{"exemption/grounds/age", 0},
    Move{"exemption/grounds/lone_parent", 0},
    Move{"exemption/grounds/homeless", 0},
    Move{"exemption/grounds/studies", 0},
    Move{"exemption/age_from", 40},
    Move{"exemption/child_under_years", 12},
    Move{"exemption/students_summer", 3},
    Move{"sanction/allowed", 0},
    Move{"sanction/alternative_share", 0.5},
    Move{"sanction/max_months", 2},
    Move{"sanction/max_months_repeated", 6},
    Move{"sanction/repetition_window_months", 0},
    Move{"sanction/start_delay_months", 0},
    Move{"sanction/partial_withheld", 1},
    Move{"sanction/sursis_allowed", 0},
    Move{"sanction/propensity", 3},
    Move{"sanction/tolerated_absences", 1},
    Move{"sanction/procedural_guard", 1},
    Move{"sanction/grounds/general", 0},
    Move{"sanction/grounds/employment", 0},
    Move{"sanction/grounds/training", 0},
    Move{"sanction/grounds/studies", 0},
    Move{"sanction/grounds/social_activation", 0},
    Move{"sanction/grounds/housing", 0},
    Move{"sanction/insured_leavers", 2},
    Move{"sanction/undeclared/max_months", 0},
    Move{"sanction/undeclared/max_months_fraud", 0},
    Move{"sanction/undeclared/max_months_repeated", 2, severe},
    Move{"sanction/undeclared/max_months_fraud_repeated", 2, severe},
    Move{"sanction/undeclared/repetition_window_months", 0, severe},
    Move{"sanction/undeclared/start_delay_months", 0},
    Move{"sanction/undeclared/severity", 1},
    Move{"spi/amount", 300},
    Move{"spi/days", 60},
    Move{"spi/window_months", 3},
    Move{"spi/counting", 1, few_days},
    Move{"spi/shortage/amount", 400, shortage_months},
    Move{"spi/shortage/months", 3, shortage_amount},
    Move{"article60/months", 10},
    Move{"article60/places", 0.5},
    Move{"article60/wage", 2500},
    Move{"article60/user_contribution", 0},
    Move{"article60/exit_support", 1},
    Move{"social_activation/places", 2},
    Move{"social_activation/max_months", 3},
    Move{"social_activation/incentive", 50},
    Move{"social_activation/funding", 2000},
    Move{"community_service/rule", 1},
    Move{"reimbursement/rate/small", 0.6},
    Move{"reimbursement/rate/medium", 0.7, office_sizes},
    Move{"reimbursement/rate/large", 0.8, office_sizes},
    Move{"reimbursement/threshold/medium", 20},
    Move{"reimbursement/threshold/large", 50},
    Move{"reimbursement/rate/equivalent", 0.5},
    Move{"subsidy/piis/general", 0.1, a_year},
    Move{"subsidy/piis/students", 0},
    Move{"subsidy/piis/training_floor", 1},
    Move{"subsidy/piis/training_months", 1},
    Move{"subsidy/piis/months", 24, general_subsidy},
    Move{"subsidy/piis/from_grant", 1, general_subsidy},
    Move{"subsidy/piis/bands/from_2", 0.35, band_rates},
    Move{"subsidy/piis/bands/from_3", 0.25, band_rates},
    Move{"subsidy/piis/bands/from_4", 0.45, high_coverage},
    Move{"subsidy/piis/bands/from_5", 0.8, high_coverage},
    Move{"subsidy/piis/bands/added_1", 0.05, general_subsidy},
    Move{"subsidy/piis/bands/added_2", 0.05, general_subsidy},
    Move{"subsidy/piis/bands/added_3", 0.05, general_subsidy},
    Move{"subsidy/piis/bands/added_4", 0.05, high_coverage},
    Move{"subsidy/piis/bands/added_5", 0.1, high_coverage},
    Move{"subsidy/staff", 500},
    Move{"subsidy/staff_benefit_ended", 518, some_ended},
    Move{"staff/cost_per_fte", 60000},
    Move{"staff/factor", 1.2},
    Move{"staff/files_per_worker_norm", 30},
    Move{"staff/second_line_share", 0.5},
    Move{"inflow/factor", 1.2},
    Move{"inflow/take_up", 1.2},
    Move{"inflow/under_25", 1.2},
    Move{"inflow/women", 1.2},
    Move{"inflow/family", 1.2},
    Move{"inflow/insured_leavers", 1.2},
    Move{"inflow/equivalent", 1.2},
    Move{"decision/relatives_means", 1},
    Move{"reimbursement/benefit_ended/kind", 0, ended_guaranteed},
    Move{"reimbursement/benefit_ended/share", 0.9, ended_guaranteed},
    Move{"reimbursement/benefit_ended/added", 0.3, ended_with_addition},
    Move{"unemployment/benefits_ended", 300},
    Move{"unemployment/limit_months", 12},
};

constexpr std::array paths = {
#define LEVER(field, type, path, unit, minimum, maximum, reach, meaning) std::string_view(path),
#include "engine/law/rules.def"
#undef LEVER
};

constexpr bool every_lever_is_moved() {
  return std::ranges::all_of(
      paths, [](std::string_view path) { return std::ranges::count(moves, path, &Move::path) == 1; });
}
static_assert(every_lever_is_moved(),
              "a lever of rules.def has no line, or two, among the moves of this test");

void set(Rules& rules, std::string_view path, double value) {
  const Lever* lever = find_lever(path);
  ASSERT_NE(lever, nullptr) << path;
  ASSERT_TRUE(value >= lever->minimum && value <= lever->maximum) << path;
  lever->set(rules, value);
}

// All that a month can hold happens to somebody: hours run out, breaches are frequent, decisions take time.
World full_world() {
  World world = test::small_world(12, 40);
  for (std::size_t i = 0; i < world.offices.size(); ++i) {
    Office& office = world.offices[i];
    office.first_line_fte *= 0.4 + 0.12 * static_cast<double>(i);
    office.practice.p_exempt_health = i % 3 == 0 ? 0.5 : 0.9;
    office.practice.sanction_kinds = {0.2, 0.3, 0.4, 0.1};
  }
  world.margins.homeless = 0.2;
  return world;
}

Parameters full_parameters() {
  Parameters parameters = test::small_parameters();
  parameters.breach = 0.2;
  parameters.sanction_rate = 0.9;
  parameters.non_declaration = 0.03;
  parameters.contract_compliance = 0.95;
  parameters.inquiry_days = 16;
  parameters.start_part_time = 0.05;
  parameters.effect_inspection = 0.5;
  parameters.staff_turnover = 0;
  return parameters;
}

TEST(Levers, EachMovesATallyOfASmallButFullWorld) {
  const World world = full_world();
  const Parameters parameters = full_parameters();
  for (const Move& move : moves) {
    Rules base = test::rules_of_2002();
    for (const Setting& setting : move.given) set(base, setting.path, setting.value);
    Rules moved = base;
    set(moved, move.path, move.value);
    ASSERT_NE(moved, base) << move.path << " does not move";
    const RulesTable before = test::table_of(base);
    const RulesTable after = test::table_of(moved);
    const auto results = test::run(world, parameters, {&before, &after}, test::small_plan());
    const bool acts = std::ranges::any_of(all_tallies(), [&](const TallyEntry& tally) {
      const auto which = static_cast<Tally>(&tally - all_tallies().data());
      return test::total(results[0], which) != test::total(results[1], which);
    });
    EXPECT_TRUE(acts) << move.path << " = " << move.value << " moves no tally";
  }
}

// What `groups` may restrict: nothing but a person's own page decides on a rule of files, and something else
// does on one of the CPAS.
TEST(Levers, ARuleOfFilesIsReadFromThePageOfThePerson) {
  const World world = full_world();
  Parameters parameters = full_parameters();
  parameters.band_response = 15;      // bands move the office's habits too
  parameters.partner_withdrawal = 0;  // partners ask what the CPAS does, not to whom
  for (const Move& move : moves) {
    const Lever& lever = *find_lever(move.path);
    Rules base = test::rules_of_2002();
    for (const Setting& setting : move.given) set(base, setting.path, setting.value);
    Rules moved = base;
    set(moved, move.path, move.value);
    const RulesTable everybody = test::table_of(moved);
    constexpr GroupSet all = {TargetGroup::under_25, TargetGroup::from_25};
    RulesTable by_group(everybody.from(), everybody.until(), {.audiences = {all}}, base);
    for (Month month = by_group.from(); month < by_group.until(); ++month)
      for (const Jurisdiction& where : all_jurisdictions)
        by_group.set(month, where, by_group.page_of(month, all), moved);
    const auto results = test::run(world, parameters, {&everybody, &by_group}, test::small_plan());
    // The State pays for an article 60 worker what it would for a family, whoever that worker is.
    if (move.path == "ris/amount/family") {
      EXPECT_EQ(test::total(results[0], Tally::euro_integration_income),
                test::total(results[1], Tally::euro_integration_income));
      continue;
    }
    const bool same = results[0].tallies == results[1].tallies && results[0].workload == results[1].workload;
    // More in the first band draws no office towards the second.
    if (move.path == "subsidy/piis/bands/added_1") continue;
    EXPECT_EQ(same, lever.reach == Reach::file) << move.path;
  }
}

}  // namespace
}  // namespace tremplin
