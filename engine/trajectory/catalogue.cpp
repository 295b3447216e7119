#include "engine/trajectory/catalogue.hpp"

#include <cmath>

#include "engine/cpas/office.hpp"
#include "engine/law/entitlement.hpp"
#include "engine/law/rules.hpp"
#include "engine/parameters.hpp"

namespace tremplin {

namespace {

// What a contract takes: the same for every type but studies, since no source tells them apart; hours are
// booked by type all the same.
ContractRecipes contracts(Agenda& agenda, std::int32_t personal, std::int32_t by_template) {
  static constexpr std::array tasks = {Task::contract_general,           Task::contract_employment,
                                       Task::contract_training,          Task::contract_studies,
                                       Task::contract_social_activation, Task::contract_housing};
  static_assert(tasks.size() == n_contract_types);
  ContractRecipes made;
  for (std::size_t type = 0; type < tasks.size(); ++type) {
    made.personal[type] = agenda.recipe(Job::contract, {{tasks[type], personal}});
    made.by_template[type] = agenda.recipe(Job::contract, {{tasks[type], by_template}});
  }
  made.second = agenda.recipe(Job::contract_second_line, {{Task::contract_second_line, personal}});
  made.second_by_template =
      agenda.recipe(Job::contract_second_line, {{Task::contract_second_line, by_template}});
  return made;
}

// With what goes before a sanction: a third party or an inspector, or mediation.
RecipeId hearing(Agenda& agenda, const Parameters& p, Guard guard, double hours_factor) {
  const auto minutes = [hours_factor](double hours) { return whole_minutes(hours_factor * hours); };
  const Part heard{Task::hearing, minutes(p.hours_hearing)};
  const Part file{Task::sanction_file, minutes(p.hours_sanction)};
  switch (guard) {
    case Guard::none:
      break;
    case Guard::third_party:
    case Guard::inspection:
      return agenda.recipe(Job::sanction, {heard, file, {Task::guard, minutes(p.hours_guard)}});
    case Guard::mediation:
      return agenda.recipe(Job::sanction, {heard, file, {Task::mediation, minutes(p.hours_mediation)}});
  }
  return agenda.recipe(Job::sanction, {heard, file});
}

}  // namespace

std::int32_t whole_minutes(double hours) { return static_cast<std::int32_t>(std::lround(hours * 60)); }

Catalogue catalogue_of(Agenda& agenda, const Parameters& p, const Rules& rules, const Practice& practice) {
  const double f = practice.hours_factor;
  const auto minutes = [f](double hours) { return whole_minutes(f * hours); };
  const double drafting = (rules.piis_electronic_file != 0 ? 1 - p.electronic_saving : 1) *
                          (rules.piis_signature == 0 ? 1 - p.signature_share : 1);
  const std::int32_t annex = minutes(drafting * p.hours_annex);
  // The part of an evaluation that is its writing up falls away where the law does not ask for it.
  const auto held = [&](double hours) { return minutes(hours * (1 - p.unwritten_saving)); };
  const auto written = [&](double hours) { return minutes(hours * p.unwritten_saving); };
  const bool in_writing = rules.evaluations_written != 0;
  const auto evaluation = [&](Task task, double hours) {
    return in_writing ? agenda.recipe(Job::evaluation,
                                      {{task, held(hours)}, {Task::evaluation_report, written(hours)}})
                      : agenda.recipe(Job::evaluation, {{task, held(hours)}});
  };
  const auto second_evaluation = [&](double hours) {
    return agenda.recipe(Job::evaluation_second_line,
                         {{Task::evaluation_second_line, held(hours) + (in_writing ? written(hours) : 0)}});
  };
  const std::int32_t visit = minutes(p.hours_home_visit);

  Catalogue made;
  made.inquiry = agenda.recipe(Job::inquiry, {{Task::inquiry, minutes(p.hours_inquiry)},
                                              {Task::home_visit, visit},
                                              {Task::decision, minutes(p.hours_decision)}});
  made.review =
      agenda.recipe(Job::review, {{Task::review, minutes(p.hours_review)}, {Task::home_visit, visit}});
  made.exemption_review =
      agenda.recipe(Job::exemption_review, {{Task::exemption_review, minutes(p.hours_exemption_review)}});
  made.minor_decision =
      agenda.recipe(Job::minor_decision, {{Task::minor_decision, minutes(p.hours_minor_decision)}});
  made.contact = agenda.recipe(Job::contact, {{Task::contact, minutes(p.hours_contact)}});
  for (std::size_t content = 0; content < n_contents; ++content) {
    const double added = hours_of_content(rules, content);
    made.contracts[content] = added == 0 && content != 0
                                  ? made.contracts[0]
                                  : contracts(agenda, minutes(drafting * (p.hours_contract + added)),
                                              minutes(drafting * (p.hours_contract_template + added)));
  }
  made.annex = agenda.recipe(Job::contract, {{Task::annex, annex}});
  made.evaluation = evaluation(Task::evaluation, p.hours_evaluation);
  made.evaluation_distance = evaluation(Task::evaluation_distance, p.hours_evaluation_short);
  made.notice = agenda.recipe(Job::sanction, {{Task::notice, minutes(p.hours_notice)}});
  made.hearing = hearing(agenda, p, guard_at(rules, practice), f);
  made.appeal = agenda.recipe(Job::appeal, {{Task::appeal, minutes(p.hours_appeal)}});
  made.missed_appointment = agenda.recipe(Job::missed_appointment,
                                          {{Task::missed_appointment, minutes(p.hours_missed_appointment)}});
  made.inspected_file =
      agenda.recipe(Job::inspected_file, {{Task::inspected_file, minutes(p.hours_inspected_file)}});
  made.interview = agenda.recipe(Job::interview, {{Task::interview, minutes(p.hours_interview)}});
  made.information = agenda.recipe(Job::information, {{Task::information, minutes(p.hours_information)}});
  made.closing = agenda.recipe(Job::closing, {{Task::closing, minutes(p.hours_closing)}});
  made.second_annex = agenda.recipe(Job::contract_second_line, {{Task::contract_second_line, annex}});
  made.second_evaluation = second_evaluation(p.hours_evaluation);
  made.second_evaluation_distance = second_evaluation(p.hours_evaluation_short);
  const Part activity{Task::activity, minutes(p.hours_activity)};
  made.activity = agenda.recipe(Job::activity, {activity});
  made.activity_and_exit =
      agenda.recipe(Job::activity, {activity, {Task::exit_support, minutes(p.hours_exit_support)}});
  return made;
}

}  // namespace tremplin
