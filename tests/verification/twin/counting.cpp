// The stocks of the month, person by person (engine/tally/tallies.def says what each counts).
#include <cmath>

#include "tests/verification/twin/twin.hpp"

namespace tremplin::twin {

namespace {

void count_contract(Twin& o, const Contract& contract) {
  count(o, contract.formal ? Tally::contract_formal : Tally::contract_personalised);
  switch (contract.type) {
    case ContractType::general:
      return count(o, Tally::contract_general);
    case ContractType::employment:
      return count(o, Tally::contract_employment);
    case ContractType::training:
      return count(o, Tally::contract_training);
    case ContractType::studies:
      return count(o, Tally::contract_studies);
    case ContractType::social_activation:
      return count(o, Tally::contract_social_activation);
    case ContractType::housing:
      return count(o, Tally::contract_housing);
  }
}

}  // namespace

void count_who_is_paid(Twin& o, const Person& person) {
  const bool first_in_year = !person.last_paid_in || person.last_paid_in->year() < o.month.year();
  const bool young = under(o, person, 25);
  const auto category = [&](Tally cohabitant, Tally single, Tally family) {
    if (person.category == Category::cohabitant) count(o, cohabitant);
    if (person.category == Category::single) count(o, single);
    if (person.category == Category::family) count(o, family);
  };
  if (person.equivalent) {
    count(o, Tally::paid_equivalent);
    category(Tally::paid_equivalent_cohabitant, Tally::paid_equivalent_single, Tally::paid_equivalent_family);
    if (person.woman) count(o, Tally::paid_equivalent_women);
    if (young) count(o, Tally::paid_equivalent_under_25);
    if (first_in_year) count(o, Tally::paid_equivalent_first_in_year);
    return;
  }
  count(o, Tally::paid);
  category(Tally::paid_cohabitant, Tally::paid_single, Tally::paid_family);
  const bool before_65 = under(o, person, 65);
  count(o, young ? Tally::paid_under_25 : before_65 ? Tally::paid_25_to_64 : Tally::paid_65_plus);
  if (person.woman) count(o, Tally::paid_women);
  if (person.student) count(o, Tally::paid_students);
  if (first_in_year) count(o, Tally::paid_first_in_year);
  if (first_in_year && young) count(o, Tally::paid_under_25_first_in_year);
  if (person.benefit_ended) {
    count(o, Tally::paid_benefit_ended);
    const double monthly = rules_of(o, person).staff_subsidy_ended / 12;
    count(o, Tally::euro_state_staff, static_cast<long>(std::floor(monthly * 100 + 0.5)));
  }
  if (day_number(o.month) - *person.first_paid_day < 730) count(o, Tally::paid_newcomers);
  if (person.activity == Activity::part_time) {
    count(o, Tally::paid_working);
    if (person.earnings_exempt_from) count(o, Tally::paid_working_exempted);
  }
  count(o, Tally::months_on_benefit, o.month - *person.granted_in);
}

void count_activity(Twin& o, Activity activity) {
  switch (activity) {
    case Activity::none:
    case Activity::part_time:  // counted among the people paid
      return;
    case Activity::orientation:
      return count(o, Tally::in_orientation);
    case Activity::guidance:
      return count(o, Tally::in_guidance);
    case Activity::social_activation:
      return count(o, Tally::in_social_activation);
    case Activity::volunteering:
      return count(o, Tally::in_volunteering);
    case Activity::community_service:
      return count(o, Tally::in_community_service);
    case Activity::training:
      return count(o, Tally::in_training);
    case Activity::studies:
      return count(o, Tally::in_studies);
    case Activity::article_60:
      return count(o, Tally::in_article_60);
    case Activity::article_61:
      return count(o, Tally::in_article_61);
  }
}

void count_who_stays(Twin& o, const Person& person) {
  count(o, person.equivalent ? Tally::on_equivalent_income : Tally::on_integration_income);
  const bool exempted = person.disposition != Disposition::required;
  if (!exempted) count(o, Tally::required);
  if (person.disposition == Disposition::exempted_health) count(o, Tally::exempted_health);
  if (person.disposition == Disposition::exempted_equity) count(o, Tally::exempted_equity);
  if (exempted && o.month - *person.seen_in >= 6) count(o, Tally::exempted_unseen);
  if (exempted && *person.exemption_review_in <= o.month) count(o, Tally::exemption_reviews_overdue);
  if (*person.review_in <= o.month) count(o, Tally::reviews_overdue);
  const auto& [first, second] = person.contracts;
  const bool covered = is_in_force(first);
  if (covered) {
    count(o, Tally::contract_covered);
    count_contract(o, first);
    if (first.registered && !person.equivalent) count(o, Tally::contract_registered);
  }
  if (is_in_force(second)) {
    count(o, Tally::contract_second_line);
    count_contract(o, second);
  }
  if (person.obliged) {
    count(o, Tally::contract_obliged);
    if (covered) count(o, Tally::contract_obliged_covered);
    const bool waited_for = !covered && first.stage != ContractStage::ended;  // not refused by the person
    if (waited_for && first.due_by < o.month) count(o, Tally::contract_overdue);
  }
  count_activity(o, person.activity);
  count(o, Tally::trust_lost, person.trust_lost);
  count(o, Tally::readiness, std::lround(static_cast<double>(person.readiness) * 1000));
}

void count_without_income(Twin& o, const Person& person) {
  count(o, Tally::without_income);
  count(o, Tally::children_without_income, person.n_children);
}

}  // namespace tremplin::twin
