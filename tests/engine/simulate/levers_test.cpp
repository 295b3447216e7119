// Every lever acts: on a small but full world each one of the registry, moved, moves the tally that its rule
// names, in the direction that the rule fixes. A lever that is added to rules.def without a line here does
// not compile.
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

// A breach of a general contract grounds no suspension.
constexpr std::array no_ground = {Setting{"sanction/grounds/general", 0}};
constexpr std::array some_ended = {Setting{"unemployment/benefits_ended", 300}};
// The longest suspensions, and some that are over within the time in which another is a repetition.
constexpr std::array severe = {Setting{"sanction/undeclared/severity", 1}};

// What a move must do to a tally: the rule itself fixes the sign, whatever people then do.
struct Effect {
  Tally tally{};
  int sign = 0;  // 0: the rule fixes no sign, but moves something
};
constexpr Effect more(Tally tally) { return {tally, 1}; }
constexpr Effect fewer(Tally tally) { return {tally, -1}; }
constexpr Effect either_way;

struct Move {
  std::string_view path;
  double value;  // other than the base's
  Effect effect;
  std::span<const Setting> given{};
};

constexpr std::array moves = {
    Move{"ris/amount/cohabitant", 510, more(Tally::euro_integration_income)},
    Move{"ris/amount/single", 760, more(Tally::euro_integration_income)},
    Move{"ris/amount/family", 1010, more(Tally::euro_integration_income)},
    Move{"ris/exempt_income/cohabitant", 1000, more(Tally::euro_integration_income)},
    Move{"ris/exempt_income/single", 1000, more(Tally::euro_integration_income)},
    Move{"ris/exempt_income/family", 1000, more(Tally::euro_integration_income)},
    Move{"decision/deadline_days", 10, more(Tally::decisions_late)},
    Move{"decision/review_interval_months", 6, more(Tally::reviews_done)},
    Move{"piis/scope/under_age", 30, more(Tally::contract_obliged)},
    Move{"piis/scope/novelty_months", 3, more(Tally::contract_obliged)},
    Move{"piis/scope/equivalent_income", 1, more(Tally::contract_obliged)},
    Move{"piis/scope/exempted_from_work", 1, more(Tally::contract_obliged)},
    Move{"piis/scope/partners", 1, either_way},
    Move{"piis/scope/cohabitant", 0, fewer(Tally::contract_obliged)},
    Move{"piis/scope/single", 0, fewer(Tally::contract_obliged)},
    Move{"piis/scope/family", 0, fewer(Tally::contract_obliged)},
    Move{"piis/scope/left_to_worker", 1, fewer(Tally::contract_obliged)},
    Move{"piis/delay/months", 6, fewer(Tally::contract_overdue)},
    Move{"piis/delay/from_grant", 1, fewer(Tally::contract_overdue)},
    Move{"piis/lines", 1, fewer(Tally::contract_second_line)},
    Move{"piis/signed_by", 2, either_way},
    Move{"piis/coupled_to_grant", 0, fewer(Tally::other_channel), no_ground},
    Move{"piis/signature", 0, fewer(Tally::minutes_asked)},
    Move{"piis/coupled_to_disposition", 0, fewer(Tally::withdrawals_refusal)},
    Move{"piis/inspection", 1, more(Tally::contract_obliged_covered)},
    Move{"piis/information_document", 1, more(Tally::minutes_asked)},
    Move{"piis/annex_allowed", 1, more(Tally::contracts_annexed)},
    Move{"piis/annual_report", 0, fewer(Tally::minutes_asked)},
    Move{"piis/content/language_hours", 5, more(Tally::minutes_asked)},
    Move{"piis/content/childcare_hours", 10, more(Tally::minutes_asked)},
    Move{"piis/electronic_file", 1, fewer(Tally::minutes_asked)},
    Move{"piis/evaluations/per_year", 6, more(Tally::evaluations_held)},
    Move{"piis/evaluations/face_to_face", 1, fewer(Tally::minutes_asked)},
    Move{"piis/evaluations/written", 0, fewer(Tally::minutes_asked)},
    Move{"piis/guidance_means_fte_per_1000", 5, more(Tally::staff_second_line)},
    Move{"piis/worker_training", 1, more(Tally::contract_personalised)},
    Move{"exemption/harmonisation", 1, either_way},
    Move{"exemption/breadth", 2, fewer(Tally::required)},
    Move{"exemption/review_months", 3, more(Tally::exemptions_reviewed)},
    Move{"exemption/grounds/health", 0, fewer(Tally::exempted_health)},
    Move{"exemption/grounds/age", 0, fewer(Tally::exempted_equity)},
    Move{"exemption/grounds/lone_parent", 0, fewer(Tally::exempted_equity)},
    Move{"exemption/grounds/homeless", 0, fewer(Tally::exempted_equity)},
    Move{"exemption/grounds/studies", 0, fewer(Tally::exempted_equity)},
    Move{"exemption/age_from", 40, more(Tally::exempted_equity)},
    Move{"exemption/child_under_years", 12, more(Tally::exempted_equity)},
    Move{"exemption/students_summer", 3, more(Tally::suspended_otherwise)},
    Move{"sanction/allowed", 0, fewer(Tally::suspended_days)},
    Move{"sanction/alternative_share", 0.5, more(Tally::sanctions_alternative)},
    Move{"sanction/max_months", 2, more(Tally::sanction_days)},
    Move{"sanction/max_months_repeated", 6, more(Tally::sanction_days)},
    Move{"sanction/repetition_window_months", 0, fewer(Tally::sanctions_repeated)},
    Move{"sanction/start_delay_months", 0, more(Tally::suspended_days)},
    Move{"sanction/partial_withheld", 1, more(Tally::euro_withheld)},
    Move{"sanction/sursis_allowed", 0, fewer(Tally::sanctions_sursis)},
    Move{"sanction/propensity", 3, more(Tally::sanction_days)},
    Move{"sanction/tolerated_absences", 1, more(Tally::breaches_tolerated)},
    Move{"sanction/procedural_guard", 1, fewer(Tally::sanctions_unjustified)},
    Move{"sanction/days", 7, fewer(Tally::sanction_days)},
    Move{"sanction/made_partial", 0.5, more(Tally::sanctions_partial)},
    Move{"sanction/grounds/general", 0, fewer(Tally::sanction_days)},
    Move{"sanction/grounds/employment", 0, fewer(Tally::sanction_days)},
    Move{"sanction/grounds/training", 0, fewer(Tally::sanction_days)},
    Move{"sanction/grounds/studies", 0, fewer(Tally::sanction_days)},
    Move{"sanction/grounds/social_activation", 0, fewer(Tally::sanction_days)},
    Move{"sanction/grounds/housing", 0, fewer(Tally::sanction_days)},
    Move{"sanction/insured_leavers", 2, more(Tally::sanctions_insured_leavers)},
    Move{"sanction/undeclared/max_months", 0, fewer(Tally::suspended_days)},
    Move{"sanction/undeclared/max_months_fraud", 0, fewer(Tally::suspended_days)},
    Move{"sanction/undeclared/max_months_repeated", 2, fewer(Tally::suspended_days), severe},
    Move{"sanction/undeclared/max_months_fraud_repeated", 2, fewer(Tally::suspended_days), severe},
    Move{"sanction/undeclared/repetition_window_months", 0, fewer(Tally::suspended_days), severe},
    Move{"sanction/undeclared/start_delay_months", 0, either_way},
    Move{"sanction/undeclared/severity", 1, more(Tally::suspended_days)},
    Move{"spi/amount", 300, more(Tally::euro_exempted)},
    Move{"spi/days", 60, fewer(Tally::euro_exempted)},
    Move{"spi/window_months", 3, fewer(Tally::euro_exempted)},
    Move{"spi/counting", 1, more(Tally::euro_exempted), few_days},
    Move{"spi/shortage/amount", 400, more(Tally::euro_exempted), shortage_months},
    Move{"spi/shortage/months", 3, more(Tally::euro_exempted), shortage_amount},
    Move{"article60/months", 10, more(Tally::activity_completed)},
    Move{"unemployment/admission_months/under_36", 6, more(Tally::exits_insurance)},
    Move{"unemployment/admission_months/from_36", 9, more(Tally::exits_insurance)},
    Move{"unemployment/admission_months/from_50", 12, either_way},
    Move{"article60/places", 0.5, fewer(Tally::places)},
    Move{"article60/wage", 2500, more(Tally::euro_cpas_article_60)},
    Move{"article60/user_contribution", 0, more(Tally::euro_cpas_article_60)},
    Move{"article60/exit_support", 1, more(Tally::exit_supports)},
    Move{"social_activation/places", 2, more(Tally::places)},
    Move{"social_activation/max_months", 3, more(Tally::activity_completed)},
    Move{"social_activation/incentive", 50, more(Tally::euro_cpas_incentives)},
    Move{"social_activation/funding", 2000, more(Tally::euro_state_social_activation)},
    Move{"community_service/rule", 1, more(Tally::in_community_service)},
    Move{"reimbursement/rate/small", 0.6, more(Tally::euro_state_income)},
    Move{"reimbursement/rate/medium", 0.7, more(Tally::euro_state_income), office_sizes},
    Move{"reimbursement/rate/large", 0.8, more(Tally::euro_state_income), office_sizes},
    Move{"reimbursement/threshold/medium", 20, more(Tally::euro_state_income)},
    Move{"reimbursement/threshold/large", 50, more(Tally::euro_state_income)},
    Move{"reimbursement/history/growth", 1, fewer(Tally::euro_state_income), office_sizes},
    Move{"reimbursement/history/loss", 0, more(Tally::euro_state_income), office_sizes},
    Move{"reimbursement/rate/equivalent", 0.5, fewer(Tally::euro_state_equivalent)},
    Move{"subsidy/piis/general", 0.1, more(Tally::euro_state_contracts), a_year},
    Move{"subsidy/piis/students", 0, fewer(Tally::euro_state_contracts)},
    Move{"subsidy/piis/training_floor", 1, more(Tally::euro_state_contracts)},
    Move{"subsidy/piis/training_months", 1, fewer(Tally::euro_state_contracts)},
    Move{"subsidy/piis/months", 24, more(Tally::euro_state_contracts), general_subsidy},
    Move{"subsidy/piis/from_grant", 1, either_way, general_subsidy},
    Move{"subsidy/piis/bands/from_2", 0.35, fewer(Tally::euro_state_contracts), band_rates},
    Move{"subsidy/piis/bands/from_3", 0.25, more(Tally::euro_state_contracts), band_rates},
    Move{"subsidy/piis/bands/from_4", 0.45, more(Tally::euro_state_contracts), high_coverage},
    Move{"subsidy/piis/bands/from_5", 0.8, fewer(Tally::euro_state_contracts), high_coverage},
    Move{"subsidy/piis/bands/added_1", 0.05, more(Tally::euro_state_contracts), general_subsidy},
    Move{"subsidy/piis/bands/added_2", 0.05, more(Tally::euro_state_contracts), general_subsidy},
    Move{"subsidy/piis/bands/added_3", 0.05, more(Tally::euro_state_contracts), general_subsidy},
    Move{"subsidy/piis/bands/added_4", 0.05, more(Tally::euro_state_contracts), high_coverage},
    Move{"subsidy/piis/bands/added_5", 0.1, more(Tally::euro_state_contracts), high_coverage},
    Move{"subsidy/staff", 500, more(Tally::euro_state_staff)},
    Move{"subsidy/staff_benefit_ended", 518, more(Tally::euro_state_staff), some_ended},
    Move{"staff/cost_per_fte", 60000, more(Tally::euro_cpas_staff)},
    Move{"staff/factor", 1.2, more(Tally::staff_first_line)},
    Move{"staff/files_per_worker_norm", 30, more(Tally::staff_first_line)},
    Move{"staff/second_line_share", 0.5, more(Tally::staff_second_line)},
    Move{"inflow/factor", 1.2, more(Tally::requests)},
    Move{"inflow/take_up", 1.2, more(Tally::requests)},
    Move{"inflow/under_25", 1.2, more(Tally::requests)},
    Move{"inflow/women", 1.2, more(Tally::requests)},
    Move{"inflow/family", 1.2, more(Tally::requests)},
    Move{"inflow/insured_leavers", 1.2, more(Tally::requests)},
    Move{"inflow/equivalent", 1.2, more(Tally::requests)},
    Move{"decision/relatives_means", 1, more(Tally::refusals)},
    Move{"reimbursement/benefit_ended/kind", 0, fewer(Tally::euro_state_benefit_ended), ended_guaranteed},
    Move{"reimbursement/benefit_ended/share", 0.9, more(Tally::euro_state_benefit_ended), ended_guaranteed},
    Move{"reimbursement/benefit_ended/added", 0.3, more(Tally::euro_state_benefit_ended),
         ended_with_addition},
    Move{"unemployment/benefits_ended", 300, more(Tally::requests_benefit_ended)},
    Move{"unemployment/limit_months", 12, more(Tally::requests_benefit_ended)},
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
  parameters.refuses_to_sign = 0.05;
  parameters.signature_days = 10;
  parameters.inquiry_days = 16;
  parameters.start_part_time = 0.05;
  parameters.effect_inspection = 0.5;
  parameters.staff_turnover = 0;
  return parameters;
}

bool acts(const std::vector<RunResult>& results, const Effect& effect) {
  const auto moved = [&](Tally tally) {
    return test::total(results[1], tally) - test::total(results[0], tally);
  };
  if (effect.sign != 0) return moved(effect.tally) * effect.sign > 0;
  return std::ranges::any_of(all_tallies(), [&](const TallyEntry& tally) {
    return moved(static_cast<Tally>(&tally - all_tallies().data())) != 0;
  });
}

TEST(Levers, EachMovesItsTallyOfASmallButFullWorld) {
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
    EXPECT_TRUE(acts(results, move.effect))
        << move.path << " = " << move.value << " moves "
        << (move.effect.sign == 0 ? "no tally"
                                  : all_tallies()[static_cast<std::size_t>(move.effect.tally)].name)
        << (move.effect.sign > 0   ? " not upwards"
            : move.effect.sign < 0 ? " not downwards"
                                   : "");
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
