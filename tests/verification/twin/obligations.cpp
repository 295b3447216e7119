// ODD 7.4: who must have a contract and who may, and from when it is due.
#include <algorithm>
#include <vector>

#include "engine/base/portable_math.hpp"
#include "tests/verification/twin/twin.hpp"

namespace tremplin::twin {

// What inspection leaves of a duty's chance to be done.
double after_inspection(const Twin& o, double p) {
  return p + (1 - p) * (rules_of_new_files(o).piis_inspection * o.p.effect_inspection);
}

namespace {

// The groups of the survey that a person is of.
std::vector<ContractUse> groups_of(const Person& person) {
  std::vector<ContractUse> groups;
  const auto is_in = [&](std::initializer_list<Activity> activities) {
    return std::ranges::find(activities, person.activity) != activities.end();
  };
  if (is_in({Activity::studies, Activity::training, Activity::guidance, Activity::part_time,
             Activity::article_60, Activity::article_61}))
    groups.push_back(ContractUse::employment);
  if (is_in({Activity::social_activation, Activity::volunteering, Activity::community_service}))
    groups.push_back(ContractUse::social_activation);
  const bool far = person.exit_factor < 1;
  if (is_in({Activity::orientation}) || (far && is_in({Activity::guidance})))
    groups.push_back(ContractUse::reinforced_guidance);
  if (person.homeless) groups.push_back(ContractUse::homeless);
  if (person.equivalent) groups.push_back(ContractUse::equivalent);
  return groups;
}

double p_optional(const Twin& o, const Person& person) {
  const Practice& practice = o.office.practice;
  const Rules& rules = rules_of(o, person);
  const bool law_only = practice.policy == ContractPolicy::law_only;
  if (person.equivalent && rules.piis_equivalent == 0 && !practice.contracts_for(ContractUse::equivalent))
    return 0;
  double p = practice.p_case_by_case;
  if (rules.piis_left_to_worker == 0) {
    if (law_only) return 0;
    const std::vector<ContractUse> groups = groups_of(person);
    const bool named =
        std::ranges::any_of(groups, [&](ContractUse use) { return practice.contracts_for(use); });
    if (practice.policy == ContractPolicy::categories && !named) p = 0;
    if (practice.policy == ContractPolicy::case_by_case && !groups.empty() && !named) p = 0;
    const bool of_age_and_required = under(o, person, 50) && person.disposition == Disposition::required;
    if (practice.policy == ContractPolicy::everyone && of_age_and_required) p = 1;
  }
  if (const double pull = pull_of_next_band(o); pull != 1) p = with_odds_times(p, pull);
  const double subsidy = (person.student ? rules.subsidy_students : rules.subsidy_general) +
                         added_by_band(rules, o.coverage_last_year);
  return with_odds_times(p, portable::exp(o.p.coverage_elasticity * subsidy));
}

// From when the office takes a contract up, until when the rules want it.
void contract_becomes_due(Twin& o, Person& person, Month from, bool optional) {
  const int months = rules_of(o, person).piis_delay_months;
  Contract& contract = person.contracts[0];
  contract = {};
  contract.stage = ContractStage::due;
  contract.optional = optional;
  contract.due_by = from + months;
  contract.next = o.month + below(o, person, Decision::contract_when, months);
}

bool young_and_exempted(const Twin& o, const Person& person) {
  if (!under(o, person, 25)) return false;
  // Drawn in the month of the grant: the same answer throughout the spell.
  return uniform_in(o, person, *person.granted_in, Decision::contract_young_exempt) <
         o.office.practice.p_young_exempted;
}

}  // namespace

bool would_be_obliged(const Twin& o, const Rules& rules, const Person& person, Month requested_in) {
  if (rules.piis_left_to_worker != 0) return false;
  if (person.equivalent && rules.piis_equivalent == 0) return false;
  const bool exempted = person.disposition != Disposition::required;
  if (exempted && !person.student && rules.piis_exempted == 0) return false;
  const bool is_new = !person.left_in || requested_in - *person.left_in >= rules.piis_novelty_months;
  const std::array in_scope = {rules.piis_cohabitant, rules.piis_single, rules.piis_family};
  if (in_scope[static_cast<std::size_t>(person.category)] == 0) return false;
  return under(o, person, rules.piis_under_age) || (rules.piis_novelty_months != 0 && is_new);
}

void obligation_moves(Twin& o, Person& person) {
  const Rules& rules = rules_of(o, person);
  const bool must = would_be_obliged(o, rules, person, *person.requested_in);
  Contract& contract = person.contracts[0];
  if (!must && person.obliged) {
    person.obliged = false;
    if (contract.stage == ContractStage::due && !contract.optional) contract = {};
  }
  if (!must || person.obliged || young_and_exempted(o, person)) return;
  person.obliged = true;
  if (contract.stage != ContractStage::none && contract.stage != ContractStage::ended) return;
  double compliance = after_inspection(
      o, with_odds_times(o.p.contract_compliance, portable::exp(o.office.practice.contract_compliance)));
  if (const double pull = pull_of_next_band(o); pull != 1) compliance = with_odds_times(compliance, pull);
  person.undertaken = happens(o, person, Decision::contract_wanted, compliance);
  Month from = o.month;  // a duty that is born later runs from now
  if (person.granted_now) from = rules.piis_delay_from_grant != 0 ? *person.granted_in : *person.requested_in;
  contract_becomes_due(o, person, from, false);
  if (!person.undertaken) contract.stage = ContractStage::none;  // overdue one day, and never concluded
}

void optional_contract(Twin& o, Person& person) {
  const ContractStage stage = person.contracts[0].stage;
  if (person.obliged || (stage != ContractStage::none && stage != ContractStage::ended)) return;
  if (happens(o, person, Decision::contract_wanted, p_optional(o, person)))
    contract_becomes_due(o, person, o.month, true);
}

}  // namespace tremplin::twin
