// ODD 7.4: who must sign, who may, what is drafted, on time or late, personalised or formal; evaluations.
#include <algorithm>
#include <cmath>

#include "engine/base/portable_math.hpp"
#include "tests/verification/twin/luck.hpp"
#include "tests/verification/twin/twin.hpp"

namespace tremplin::twin {

namespace {

ContractType type_for(const Person& person) {
  switch (person.activity) {
    case Activity::studies:
      return ContractType::studies;
    case Activity::training:
      return ContractType::training;
    case Activity::social_activation:
    case Activity::volunteering:
    case Activity::community_service:
      return ContractType::social_activation;
    case Activity::guidance:
    case Activity::part_time:
    case Activity::article_60:
    case Activity::article_61:
      return ContractType::employment;
    case Activity::none:
    case Activity::orientation:
      break;
  }
  if (person.student) return ContractType::studies;
  if (person.homeless) return ContractType::housing;
  return ContractType::general;
}

// Where a second contract holds the activity, the first is general.
ContractType type_of_line(const Person& person, std::size_t line) {
  const bool split = line == 0 && person.contracts[1].stage != ContractStage::none && !person.student;
  return split ? ContractType::general : type_for(person);
}

double p_personalised(const Twin& o, const Person& person, std::size_t line) {
  const Practice& practice = o.office.practice;
  const double attitude = line == 0 ? practice.guidance : practice.guidance + practice.second_line_guidance;
  const double trained =
      practice.trained_share + (1 - practice.trained_share) * rules_of(o, person).piis_worker_training;
  const double p = o.p.quality_base - o.p.quality_hours * (1 - o.guidance_share) +
                   o.p.quality_training *
                       (trained - mean_over_country(o, &Practice::trained_share, &PracticeMeans::trained)) +
                   o.p.quality_attitude * attitude;
  return std::clamp(p, 0.0, 1.0);
}

bool two_lines_sign(const Twin& o, const Person& person) {
  const int lines = rules_of(o, person).piis_lines;
  return lines == 2 || (lines == 0 && o.office.practice.parallel_contracts);
}

// Whose appointment drafts and evaluates: each line its own, or one contract by the line of the rules.
bool of_second_line(const Twin& o, const Person& person, std::size_t line) {
  if (line == 1) return true;
  return !two_lines_sign(o, person) && rules_of(o, person).piis_signed_by == 2;
}

Task drafting_of(ContractType type) {
  switch (type) {
    case ContractType::general:
      return Task::contract_general;
    case ContractType::employment:
      return Task::contract_employment;
    case ContractType::training:
      return Task::contract_training;
    case ContractType::studies:
      return Task::contract_studies;
    case ContractType::social_activation:
      return Task::contract_social_activation;
    case ContractType::housing:
      break;
  }
  return Task::contract_housing;
}

// Drafting takes the hours that the quality expected now will need.
void drafting_falls_due(Twin& o, std::size_t who, std::size_t line) {
  const Person& person = o.people[who];
  const Contract& contract = person.contracts[line];
  const Rules& office_rules = rules_of_new_files(o);
  const bool personal = happens(o, person, Decision::contract_quality, p_personalised(o, person, line));
  const bool annex = is_in_force(contract) && rules_of(o, person).piis_annex_allowed != 0;
  double hours = personal && !person.student ? o.p.hours_contract : o.p.hours_contract_template;
  if (person.non_eu) hours += office_rules.piis_language_hours;
  if (person.lone_parent && has_child_under(o, person, 3)) hours += office_rules.piis_childcare_hours;
  if (annex) hours = o.p.hours_annex;
  if (office_rules.piis_electronic_file != 0) hours *= 1 - o.p.electronic_saving;
  if (office_rules.piis_signature == 0) hours *= 1 - o.p.signature_share;
  Task task = annex ? Task::annex : drafting_of(type_for(person));
  const bool second_line = of_second_line(o, person, line);
  if (second_line) task = Task::contract_second_line;
  const bool couple = person.has_partner && person.category == Category::family;
  const Month since = contract.stage == ContractStage::due ? *contract.due_by : o.month;
  o.needs.push_back({who,
                     second_line ? Job::contract_second_line : Job::contract,
                     since.index,
                     {{task, minutes_of(o, hours)}},
                     couple && rules_of(o, person).piis_partners != 0 ? 2 : 1});
}

void evaluation_is_missed(Twin& o, const Person& person, Contract& contract) {
  count(o, Tally::evaluations_missed);
  contract.stage = ContractStage::in_force;
  contract.evaluation_missed = true;
  contract.next = o.month + evaluation_interval(rules_of(o, person));
}

void evaluation_falls_due(Twin& o, std::size_t who, std::size_t line) {
  Person& person = o.people[who];
  Contract& contract = person.contracts[line];
  const Rules& rules = rules_of(o, person);
  if (contract.stage == ContractStage::in_force) {
    const double regularity = after_inspection(o, o.office.practice.evaluation_regularity);
    if (!happens(o, person, Decision::evaluation_habit, regularity)) {
      evaluation_is_missed(o, person, contract);
      return;
    }
    contract.stage = ContractStage::in_evaluation;
  } else if (*contract.next + static_cast<int>(std::lround(o.p.evaluation_grace_months)) < o.month) {
    evaluation_is_missed(o, person, contract);
    return;
  }
  // Those face to face are spread over the year's round.
  const bool face_to_face =
      contract.evaluations_held * rules.evaluations_face_to_face % rules.evaluations_per_year <
      rules.evaluations_face_to_face;
  const double hours = face_to_face ? o.p.hours_evaluation : o.p.hours_evaluation_short;
  const long held = minutes_of(o, hours * (1 - o.p.unwritten_saving));
  const bool in_writing = rules_of_new_files(o).evaluations_written != 0;
  const long written = in_writing ? minutes_of(o, hours * o.p.unwritten_saving) : 0;
  const bool second_line = of_second_line(o, person, line);
  Need need{who, second_line ? Job::evaluation_second_line : Job::evaluation, contract.next->index, {}};
  if (second_line) {
    need.work = {{Task::evaluation_second_line, held + written}};
  } else {
    need.work = {{face_to_face ? Task::evaluation : Task::evaluation_distance, held}};
    if (in_writing) need.work.push_back({Task::evaluation_report, written});
  }
  o.needs.push_back(need);
}

void running_contract_falls_due(Twin& o, std::size_t who, std::size_t line) {
  Contract& contract = o.people[who].contracts[line];
  const int months = o.month - *contract.signed_in;
  if (months > 0 && months % static_cast<int>(o.p.contract_months) == 0) contract.amendment_wanted = true;
  if (contract.stage == ContractStage::notice_sent) return;
  if (*contract.next <= o.month && rules_of(o, o.people[who]).evaluations_per_year > 0)
    evaluation_falls_due(o, who, line);
  // In the second line one appointment serves one purpose, and the evaluation goes first.
  const bool busy = of_second_line(o, o.people[who], line) && contract.stage == ContractStage::in_evaluation;
  if (contract.amendment_wanted && !busy) drafting_falls_due(o, who, line);
}

void contract_of_line_falls_due(Twin& o, std::size_t who, std::size_t line) {
  const Contract& contract = o.people[who].contracts[line];
  if (contract.stage == ContractStage::due) {
    if (*contract.next <= o.month && !contract.waits_for_signature) drafting_falls_due(o, who, line);
  } else if (is_in_force(contract)) {
    running_contract_falls_due(o, who, line);
  }
}

// Signed by all, and from then on in force.
void begin(Twin& o, Person& person, std::size_t line) {
  Contract& contract = person.contracts[line];
  const bool own_will = contract.optional || line == 1;
  const bool late = *contract.due_by < o.month;
  count(o, own_will ? Tally::contracts_optional : late ? Tally::contracts_late : Tally::contracts_on_time);
  contract.type = type_of_line(person, line);
  contract.stage = ContractStage::in_force;
  contract.waits_for_signature = false;
  contract.signed_in = o.month;
  contract.evaluation_missed = false;
  contract.evaluations_held = 0;
  contract.next = o.month + evaluation_interval(rules_of(o, person));
  contract.registered = happens(o, person, Decision::contract_registered, o.p.contract_registered);
}

// The obligatory contract is offered and not signed: never concluded, or the right itself is lost.
void refuse(Twin& o, Person& person) {
  count(o, Tally::contracts_refused);
  person.contracts[0].stage = ContractStage::ended;
  const bool must_be_disposed = person.disposition == Disposition::required && !person.student;
  if (!must_be_disposed || rules_of(o, person).piis_coupled_to_disposition == 0) return;
  count(o, Tally::withdrawals_refusal);
  leave(o, person, Entitlement::withdrawn, Exit::none,
        1 + below(o, person, Decision::exit_day, n_days(o.month)));
}

void conclude(Twin& o, Person& person, std::size_t line) {
  Contract& contract = person.contracts[line];
  person.seen_in = o.month;
  const bool may_refuse = line == 0 && contract.stage == ContractStage::due && !contract.optional;
  if (may_refuse && happens(o, person, Decision::refuses_to_sign, o.p.refuses_to_sign)) {
    refuse(o, person);
    return;
  }
  contract.formal = !happens(o, person, Decision::contract_quality, p_personalised(o, person, line));
  if (is_in_force(contract)) {
    contract.type = type_of_line(person, line);
    contract.amendment_wanted = false;
    const bool annex = rules_of(o, person).piis_annex_allowed != 0;
    count(o, annex ? Tally::contracts_annexed : Tally::contracts_renewed);
    return;
  }
  // Where president and secretary sign too, so many days of thirty fall into the next month.
  contract.waits_for_signature = rules_of_new_files(o).piis_signature == 1 &&
                                 happens(o, person, Decision::signature, o.p.signature_days / 30);
  if (!contract.waits_for_signature) begin(o, person, line);
}

void evaluate(Twin& o, Person& person, Contract& contract) {
  count(o, contract.next == o.month ? Tally::evaluations_held : Tally::evaluations_late);
  const Rules& rules = rules_of(o, person);
  contract.stage = ContractStage::in_force;
  contract.evaluation_missed = false;
  ++contract.evaluations_held;
  if (contract.evaluations_held >= rules.evaluations_per_year) contract.evaluations_held = 0;
  contract.next = o.month + evaluation_interval(rules);
  person.seen_in = o.month;
}

}  // namespace

void contract_tasks_fall_due(Twin& o, std::size_t who) {
  Person& person = o.people[who];
  contract_of_line_falls_due(o, who, 0);
  if (!two_lines_sign(o, person)) {
    // A second contract from before has no room any longer; the first takes its plan over.
    if (person.contracts[1].stage == ContractStage::none) return;
    person.contracts[1] = {};
    Contract& only = person.contracts[0];
    if (is_in_force(only) && only.type != type_for(person)) only.amendment_wanted = true;
    return;
  }
  // The second contract goes with an activity.
  const bool over = person.activity == Activity::none || person.activity == Activity::part_time;
  Contract& second = person.contracts[1];
  if (over && is_in_force(second)) second.stage = ContractStage::ended;
  if (over && second.stage == ContractStage::due) second = {};
  contract_of_line_falls_due(o, who, 1);
}

void contract_follows_activity(Twin& o, Person& person) {
  if (!is_in_force(person.contracts[0])) {
    optional_contract(o, person);
    return;
  }
  const bool second_line = person.activity == Activity::guidance || person.activity == Activity::training ||
                           person.activity == Activity::social_activation;
  Contract& second = person.contracts[1];
  if (!second_line || !two_lines_sign(o, person)) {
    if (person.contracts[0].type != type_for(person)) person.contracts[0].amendment_wanted = true;
  } else if (is_in_force(second)) {
    second.amendment_wanted = true;
  } else {
    second = {};
    second.stage = ContractStage::due;
    second.next = o.month;
    second.due_by = o.month + rules_of(o, person).piis_delay_months;
  }
}

void contracts_are_signed(Twin& o) {
  for (Person& person : o.people) {
    for (const std::size_t line : {std::size_t{0}, std::size_t{1}})
      if (on_benefit(person) && person.contracts[line].waits_for_signature) begin(o, person, line);
  }
}

void contracts_are_concluded(Twin& o) {
  for (Person& person : o.people) {
    const auto wanted = [&](const Contract& contract) {
      const bool running = is_in_force(contract) && contract.amendment_wanted;
      const bool undrafted = contract.stage == ContractStage::due && !contract.waits_for_signature;
      return on_benefit(person) && (undrafted || running);
    };
    const bool first_line = person.done[static_cast<std::size_t>(Job::contract)];
    const bool second_line = person.done[static_cast<std::size_t>(Job::contract_second_line)];
    for (const std::size_t line : {std::size_t{0}, std::size_t{1}}) {
      const Contract& contract = person.contracts[line];
      const bool by_second = of_second_line(o, person, line);
      const bool free = !by_second || contract.stage != ContractStage::in_evaluation;
      if ((by_second ? second_line : first_line) && free && wanted(contract)) conclude(o, person, line);
    }
  }
}

void evaluations_are_held(Twin& o) {
  for (Person& person : o.people) {
    if (!on_benefit(person) && person.entitlement != Entitlement::employed) continue;
    for (const std::size_t line : {std::size_t{0}, std::size_t{1}}) {
      Contract& contract = person.contracts[line];
      const Job job = of_second_line(o, person, line) ? Job::evaluation_second_line : Job::evaluation;
      const bool held = person.done[static_cast<std::size_t>(job)];
      if (held && contract.stage == ContractStage::in_evaluation) evaluate(o, person, contract);
    }
  }
}

}  // namespace tremplin::twin
