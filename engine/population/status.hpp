// A person's status is five parallel dimensions, not one chain (001:1360: "on n'est donc plus dans un
// parcours linéaire"). Which values go together is one table, checked by the tests after every month.
#pragma once

#include <cstdint>

namespace tremplin {

enum class Entitlement : std::uint8_t {
  not_eligible,
  non_claimant,        // eligible, does not ask
  applicant,           // social inquiry under way
  integration_income,  // RIS / leefloon
  equivalent_income,   // law of 2 April 1965; contract and sanction rules by individual decision only
  employed,            // right to integration by employment (article 60 or 61)
  refused,
  suspended_by_sanction,
  suspended_otherwise,
  withdrawn,
  transferred,  // to another CPAS
  exited
};

enum class Disposition : std::uint8_t { required, exempted_health, exempted_equity };

enum class ContractType : std::uint8_t { general, employment, training, studies, social_activation, housing };
constexpr int n_contract_types = 6;
enum class ContractStage : std::uint8_t { none, due, in_force, in_evaluation, notice_sent, ended };

enum class Activity : std::uint8_t {
  none,
  orientation,
  guidance,  // socio-professional guidance (ISP)
  social_activation,
  volunteering,
  community_service,
  training,  // or language
  studies,
  article_60,
  article_61,
  part_time  // with or without the exemption of earnings (SPI)
};

enum class Exit : std::uint8_t {
  none,
  job,
  insurance,  // unemployment insurance
  other_benefit,
  studies_completed,
  household_change,
  pension,
  unknown,  // disengaged
  death
};

struct Status {
  Entitlement entitlement = Entitlement::not_eligible;
  Disposition disposition = Disposition::required;
  ContractStage contract = ContractStage::none;         // first line
  ContractStage second_contract = ContractStage::none;  // second line
  Activity activity = Activity::none;
  Exit exit = Exit::none;
};

// On benefit: paid, or suspended while the right goes on.
constexpr bool on_benefit(Entitlement e) {
  return e == Entitlement::integration_income || e == Entitlement::equivalent_income ||
         e == Entitlement::suspended_by_sanction || e == Entitlement::suspended_otherwise;
}
// Visited every month: waiting, on benefit or employed by the CPAS.
constexpr bool is_active(Entitlement e) {
  return on_benefit(e) || e == Entitlement::applicant || e == Entitlement::employed;
}
constexpr bool in_force(ContractStage s) {
  return s == ContractStage::in_force || s == ContractStage::in_evaluation || s == ContractStage::notice_sent;
}

// The table of allowed combinations.
constexpr bool is_allowed(const Status& s) {
  const bool open_contract = s.contract == ContractStage::due || in_force(s.contract);
  const bool open_second = in_force(s.second_contract);
  if ((s.entitlement == Entitlement::exited) != (s.exit != Exit::none)) return false;
  const bool subsidised_work = s.activity == Activity::article_60 || s.activity == Activity::article_61;
  if ((s.entitlement == Entitlement::employed) != subsidised_work) return false;
  if (on_benefit(s.entitlement)) return true;
  // Nobody else has an activity of the trajectory, or an exemption that could matter.
  if (!subsidised_work && s.activity != Activity::none) return false;
  if (s.entitlement == Entitlement::employed) return true;
  return !open_contract && !open_second;
}

}  // namespace tremplin
