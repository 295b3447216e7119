// Steps 5 and 7: the integration contract (PIIS / GPMI). Is one due (law, scenario, the CPAS's policy and its
// response to money); is it concluded on time, late or never; of which type and quality; are its evaluations
// held (law of 26 May 2002, art. 11 and 13; royal decree of 11 July 2002, art. 15).
#include <algorithm>

#include "engine/base/portable_math.hpp"
#include "engine/trajectory/habits.hpp"
#include "engine/trajectory/step.hpp"

namespace tremplin {

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
  return person.homeless ? ContractType::housing : ContractType::general;
}

// Where a second contract holds the activity, the first is general.
ContractType type_of(const Person& person, std::size_t line) {
  const bool split = line == 0 && person.contracts[1].stage != ContractStage::none && !person.student;
  return split ? ContractType::general : type_for(person);
}

// Share of contracts made personal: hours per file, trained workers, attitude (003:3461, the four
// conditions).
double p_personalised(const Step& s, const Rules& rules, std::size_t line) {
  const Practice& practice = s.office.practice;
  // Where two contracts run, each line has an attitude of its own (003:1650-1665).
  const double attitude = practice.guidance + (line == 1 ? practice.second_line_guidance : 0);
  const double trained = practice.trained_share + (1 - practice.trained_share) * rules.piis_worker_training;
  return std::clamp(s.p.quality_base - s.p.quality_hours * (1 - s.state.guidance_share) +
                        s.p.quality_training * (trained - s.constants.mean_trained) +
                        s.p.quality_attitude * attitude,
                    0.0, 1.0);
}

// A contract is waited for: from when the office takes it up, until when the law wants it.
void fall_due(Step& s, std::size_t k, int from, int months, bool optional) {
  Contract& contract = s.person(k).contracts[0];
  contract = Contract{};
  contract.stage = ContractStage::due;
  contract.optional = optional;
  contract.due_by = static_cast<MonthIndex>(from + months);
  contract.wake_in =
      static_cast<MonthIndex>(s.now() + static_cast<int>(s.draws(k).below(
                                            Decision::contract_when, static_cast<std::uint32_t>(months))));
}

bool young_person_exempted(const Step& s, const Person& person) {
  if (!person.is_under(25, s.month)) return false;
  Draws draws = s.draws_of(person, person.granted_in);  // the same answer throughout the spell
  return draws.happens(Decision::contract_young_exempt, s.office.practice.p_young_exempted);
}

bool second_contract_allowed(const Step& s, const Rules& rules) {
  constexpr int habit = 0;
  return rules.piis_lines == habit ? s.office.practice.parallel_contracts : rules.piis_lines == 2;
}

// Whose workers conclude and evaluate a contract. Where two run in parallel each line has its own
// (003:2242-2244).
bool is_of_second_line(const Step& s, const Rules& rules, std::size_t line) {
  return line == 1 || (rules.piis_signed_by == 2 && !second_contract_allowed(s, rules));
}

// A probability that inspection brings nearer to certainty.
double inspected(const Step& s, double p) { return p + (1 - p) * s.made_good; }

void ask_for_contract(Step& s, std::size_t k, std::size_t line) {
  const Person& person = s.person(k);
  const Contract& contract = person.contracts[line];
  const Rules& rules = s.rules_of(person);
  Draws& draws = s.draws(k);
  const bool personal = draws.happens(Decision::contract_quality, p_personalised(s, rules, line));
  const bool annexed = in_force(contract.stage) && rules.piis_annex_allowed != 0;
  const bool by_template = !personal || person.student;
  const auto type = static_cast<std::size_t>(type_for(person));
  RecipeId recipe = s.catalogue.annex;
  const bool second_line = is_of_second_line(s, rules, line);
  const ContractRecipes& of = s.catalogue.contracts[content_for(*s.rules, person, s.now())];
  if (!second_line && !annexed) {
    recipe = by_template ? of.by_template[type] : of.personal[type];
  } else if (second_line) {
    recipe = annexed ? s.catalogue.second_annex : by_template ? of.second_by_template : of.second;
  }
  const bool couple = person.has_partner && person.category == Category::family;
  s.agenda.ask(recipe, static_cast<std::uint32_t>(k),
               contract.stage == ContractStage::due ? contract.due_by : s.now(),
               couple && rules.piis_partners != 0 ? 2 : 1);  // with the partner's contract
}

void evaluation_falls_due(Step& s, std::size_t k, std::size_t line) {
  Person& person = s.person(k);
  Contract& contract = person.contracts[line];
  const Rules& rules = s.rules_of(person);
  const int interval = s.amounts_of(person).evaluation_interval;
  const auto missed = [&] {
    ++s.tally[Tally::evaluations_missed];
    contract.evaluation_missed = true;
    contract.stage = ContractStage::in_force;
    contract.wake_in = static_cast<MonthIndex>(s.now() + interval);
  };
  if (contract.stage == ContractStage::in_force) {
    if (!s.draws(k).happens(Decision::evaluation_habit,
                            inspected(s, s.office.practice.evaluation_regularity))) {
      missed();
      return;
    }
    contract.stage = ContractStage::in_evaluation;
  } else if (s.now() - contract.wake_in > whole_months(s.p.evaluation_grace_months)) {  // not held any more
    missed();
    return;
  }
  const int n = rules.evaluations_per_year;
  // Face-to-face evaluations are spread over the year's evaluations.
  const bool face_to_face =
      (contract.evaluations_held * rules.evaluations_face_to_face) % n < rules.evaluations_face_to_face;
  const Catalogue& of = s.catalogue;
  const RecipeId recipe = !is_of_second_line(s, rules, line)
                              ? (face_to_face ? of.evaluation : of.evaluation_distance)
                              : (face_to_face ? of.second_evaluation : of.second_evaluation_distance);
  s.agenda.ask(recipe, static_cast<std::uint32_t>(k), contract.wake_in);
}

void one_contract_falls_due(Step& s, std::size_t k, std::size_t line) {
  Contract& contract = s.person(k).contracts[line];
  if (contract.stage == ContractStage::due) {
    if (contract.wake_in <= s.now() && !contract.drafted) ask_for_contract(s, k, line);
    return;
  }
  if (!in_force(contract.stage)) return;
  const auto renewal = static_cast<int>(s.p.contract_months);
  const int months = s.now() - contract.signed_in;
  if (months > 0 && months % renewal == 0) contract.amendment = true;
  if (contract.stage == ContractStage::notice_sent) return;  // work on the contract rests
  const Rules& rules = s.rules_of(s.person(k));
  if (contract.wake_in <= s.now() && rules.evaluations_per_year > 0) {
    evaluation_falls_due(s, k, line);
  }
  // One appointment of the second line serves one purpose.
  if (contract.amendment && (!is_of_second_line(s, rules, line) || contract.stage == ContractStage::in_force))
    ask_for_contract(s, k, line);
}

void come_into_force(Step& s, std::size_t k, std::size_t line) {
  Person& person = s.person(k);
  Contract& contract = person.contracts[line];
  contract.type = type_of(person, line);
  if (contract.optional || line == 1) {
    ++s.tally[Tally::contracts_optional];
  } else {
    ++s.tally[s.now() <= contract.due_by ? Tally::contracts_on_time : Tally::contracts_late];
  }
  contract.stage = ContractStage::in_force;
  contract.drafted = false;
  contract.signed_in = s.now();
  contract.evaluation_missed = false;
  contract.evaluations_held = 0;
  contract.wake_in = static_cast<MonthIndex>(s.now() + s.amounts_of(person).evaluation_interval);
  contract.registered = s.draws(k).happens(Decision::contract_registered, s.p.contract_registered);
}

// Drafts are spread over the month: so many of the days before the signature fall into the next.
bool signature_waits(Step& s, std::size_t k) {
  constexpr double days_of_a_month = 30;
  return s.rules->piis_signature != 0 &&
         s.draws(k).happens(Decision::signature, s.p.signature_days / days_of_a_month);
}

// Law of 26 May 2002, art. 3, 5° and art. 11: the contract says what being disposed to work means. Whoever is
// exempted, a student among them, owes no such disposition.
void refuse_to_sign(Step& s, std::size_t k, Contract& contract) {
  const Person& person = s.person(k);
  ++s.tally[Tally::contracts_refused];
  contract.stage = ContractStage::ended;
  if (person.disposition != Disposition::required || person.student) return;
  if (s.rules_of(person).piis_coupled_to_disposition == 0) return;
  ++s.tally[Tally::withdrawals_refusal];
  leave(s, k, Entitlement::withdrawn, Exit::none,
        1 + static_cast<int>(s.below(k, Decision::exit_day, static_cast<std::uint32_t>(s.n_days))));
}

void conclude(Step& s, std::size_t k, std::size_t line) {
  Person& person = s.person(k);
  Contract& contract = person.contracts[line];
  const Rules& rules = s.rules_of(person);
  const bool obligatory = contract.stage == ContractStage::due && !contract.optional && line == 0;
  if (obligatory && s.draws(k).happens(Decision::refuses_to_sign, s.p.refuses_to_sign)) {
    person.seen_in = s.now();
    refuse_to_sign(s, k, contract);
    return;
  }
  contract.formal = !s.draws(k).happens(Decision::contract_quality, p_personalised(s, rules, line));
  person.seen_in = s.now();
  if (contract.stage != ContractStage::due) {
    contract.type = type_of(person, line);
    contract.amendment = false;
    ++s.tally[rules.piis_annex_allowed != 0 ? Tally::contracts_annexed : Tally::contracts_renewed];
  } else if (signature_waits(s, k)) {
    contract.drafted = true;
  } else {
    come_into_force(s, k, line);
  }
}

void hold_evaluation(Step& s, std::size_t k, std::size_t line) {
  Person& person = s.person(k);
  Contract& contract = person.contracts[line];
  ++s.tally[contract.wake_in == s.now() ? Tally::evaluations_held : Tally::evaluations_late];
  contract.evaluation_missed = false;
  const int round = s.rules_of(person).evaluations_per_year;
  const int held = contract.evaluations_held + 1;
  contract.evaluations_held = static_cast<std::uint8_t>(held < round ? held : 0) & 0xfU;
  contract.stage = ContractStage::in_force;
  contract.wake_in = static_cast<MonthIndex>(s.now() + s.amounts_of(person).evaluation_interval);
  person.seen_in = s.now();
}

double optional_contract_probability(const Step& s, const Person& person) {
  const Practice& practice = s.office.practice;
  const Rules& rules = s.rules_of(person);
  if (person.comes_for_equivalent && rules.piis_equivalent == 0 &&
      !practice.contracts_for(ContractUse::equivalent))
    return 0;
  double p = 0;
  if (rules.piis_left_to_worker != 0) {
    p = practice.p_case_by_case;
  } else {
    switch (practice.policy) {
      case ContractPolicy::law_only:
        return 0;
      case ContractPolicy::categories:
        p = belonging_of(practice, person) == Belonging::to_one ? practice.p_case_by_case : 0;
        break;
      case ContractPolicy::case_by_case:
        p = belonging_of(practice, person) == Belonging::to_others ? 0 : practice.p_case_by_case;
        break;
      case ContractPolicy::everyone:
        p = person.is_under(50, s.month) && person.disposition == Disposition::required
                ? 1
                : practice.p_case_by_case;
        break;
    }
  }
  // Response to money: log odds rise with the subsidy that one more contract brings, and towards the next
  // band of it.
  if (s.band_pull != 1) p = scale_odds(p, s.band_pull);
  const double subsidy =
      (person.student ? rules.subsidy_students : rules.subsidy_general) + s.amounts_of(person).subsidy_added;
  return subsidy == 0 || s.p.coverage_elasticity == 0
             ? p
             : scale_odds(p, portable::exp(s.p.coverage_elasticity * subsidy));
}

}  // namespace

void contract_obligation_moves(Step& s, std::size_t k) {
  Person& person = s.person(k);
  if (person.obliged) {  // no longer
    person.obliged = false;
    if (person.contracts[0].stage == ContractStage::due && !person.contracts[0].optional)
      person.contracts[0] = Contract{};
    return;
  }
  if (young_person_exempted(s, person)) return;
  person.obliged = true;
  if (person.contracts[0].stage != ContractStage::none && person.contracts[0].stage != ContractStage::ended)
    return;
  const Rules& rules = s.rules_of(person);
  // The delay runs from the request or the grant; for a duty that is born later, from now.
  const int from = !s.active[k].granted_now()         ? s.now()
                   : rules.piis_delay_from_grant != 0 ? person.granted_in
                                                      : person.requested_in;
  double compliance =
      inspected(s, scale_odds(s.p.contract_compliance, portable::exp(s.office.practice.contract_compliance)));
  if (s.band_pull != 1) compliance = scale_odds(compliance, s.band_pull);
  person.contract_undertaken = s.draws(k).happens(Decision::contract_wanted, compliance);
  fall_due(s, k, from, rules.piis_delay_months, false);
  if (!person.contract_undertaken) person.contracts[0].stage = ContractStage::none;  // due_by is kept
}

void optional_contract(Step& s, std::size_t k) {
  Person& person = s.person(k);
  const ContractStage stage = person.contracts[0].stage;
  if (person.obliged || (stage != ContractStage::none && stage != ContractStage::ended)) return;
  if (s.draws(k).happens(Decision::contract_wanted, optional_contract_probability(s, person))) {
    fall_due(s, k, s.now(), s.rules_of(person).piis_delay_months, true);
  }
}

// A new activity changes the plan: a second contract where lines run in parallel, else an amendment.
void contract_follows_activity(Step& s, std::size_t k) {
  Person& person = s.person(k);
  const bool first_in_force = in_force(person.contracts[0].stage);
  const bool second_line = person.activity == Activity::guidance || person.activity == Activity::training ||
                           person.activity == Activity::social_activation;
  if (second_line && first_in_force && second_contract_allowed(s, s.rules_of(person))) {
    Contract& second = person.contracts[1];
    if (in_force(second.stage)) {
      second.amendment = true;
    } else {
      second = Contract{};
      second.stage = ContractStage::due;
      second.wake_in = s.now();
      second.due_by = static_cast<MonthIndex>(s.now() + s.rules_of(person).piis_delay_months);
    }
  } else if (first_in_force) {
    if (person.contracts[0].type != type_for(person)) person.contracts[0].amendment = true;
  } else {
    optional_contract(s, k);
  }
}

void contracts_fall_due(Step& s, std::size_t k) {
  Person& person = s.person(k);
  if (person.contracts[0].stage != ContractStage::none) one_contract_falls_due(s, k, 0);
  if (person.contracts[1].stage == ContractStage::none) return;
  if (!second_contract_allowed(s, s.rules_of(person))) {  // any longer: its plan goes on in the first one
    person.contracts[1] = Contract{};
    Contract& first = person.contracts[0];
    if (in_force(first.stage) && first.type != type_for(person)) first.amendment = true;
    return;
  }
  const bool activity_over = person.activity == Activity::none || person.activity == Activity::part_time;
  if (in_force(person.contracts[1].stage) && activity_over) person.contracts[1].stage = ContractStage::ended;
  if (person.contracts[1].stage == ContractStage::due && activity_over) person.contracts[1] = Contract{};
  one_contract_falls_due(s, k, 1);
}

void sign_contracts(Step& s, std::size_t k) {
  if (!on_benefit(s.person(k).entitlement)) return;
  for (const std::size_t line : {std::size_t{0}, std::size_t{1}})
    if (s.person(k).contracts[line].drafted) come_into_force(s, k, line);
}

void conclude_contracts(Step& s, std::size_t k) {
  const auto wanted = [&](const Contract& contract) {
    return on_benefit(s.person(k).entitlement) &&
           ((contract.stage == ContractStage::due && !contract.drafted) ||
            (contract.amendment && in_force(contract.stage)));
  };
  for (const std::size_t line : {std::size_t{0}, std::size_t{1}}) {
    const Contract& contract = s.person(k).contracts[line];
    if (!is_of_second_line(s, s.rules_of(s.person(k)), line)) {
      if (s.active[k].got(Job::contract) && wanted(contract)) conclude(s, k, line);
    } else if (s.active[k].got(Job::contract_second_line) && contract.stage != ContractStage::in_evaluation &&
               wanted(contract)) {
      conclude(s, k, line);
    }
  }
}

void hold_evaluations(Step& s, std::size_t k) {
  if (s.active[k].leaves_on != 0) return;
  for (const std::size_t line : {std::size_t{0}, std::size_t{1}}) {
    if (s.person(k).contracts[line].stage != ContractStage::in_evaluation) continue;
    const bool second_line = is_of_second_line(s, s.rules_of(s.person(k)), line);
    if (s.active[k].got(second_line ? Job::evaluation_second_line : Job::evaluation)) {
      hold_evaluation(s, k, line);
    }
  }
}

}  // namespace tremplin
