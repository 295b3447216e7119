#include "engine/trajectory/habits.hpp"

namespace tremplin {

Belonging belonging_of(const Practice& practice, const Person& person) {
  std::array<bool, n_contract_uses> of{};
  const auto belongs = [&of](ContractUse use) { of[static_cast<std::size_t>(use)] = true; };
  switch (person.activity) {
    case Activity::guidance:
      belongs(ContractUse::employment);
      if (is_far_from_work(person)) belongs(ContractUse::reinforced_guidance);
      break;
    case Activity::orientation:
      belongs(ContractUse::reinforced_guidance);
      break;
    case Activity::studies:
    case Activity::training:
    case Activity::part_time:
    case Activity::article_60:
    case Activity::article_61:
      belongs(ContractUse::employment);
      break;
    case Activity::social_activation:
    case Activity::volunteering:
    case Activity::community_service:
      belongs(ContractUse::social_activation);
      break;
    case Activity::none:
      break;
  }
  if (person.homeless) belongs(ContractUse::homeless);
  if (person.comes_for_equivalent) belongs(ContractUse::equivalent);
  Belonging belonging = Belonging::to_none;
  for (std::size_t use = 0; use < of.size(); ++use) {
    if (of[use] && practice.contract_uses[use]) return Belonging::to_one;
    if (of[use]) belonging = Belonging::to_others;
  }
  return belonging;
}

bool proposes_social_activation(const Practice& practice) {
  return practice.activation_offer && practice.offer != Offer::basic;
}

bool asked_for_activation(const Practice& practice, const Person& person) {
  if (!practice.activation_offer) return false;
  const bool required = person.disposition == Disposition::required;
  return practice.offer == Offer::all_round ? !required || is_far_from_work(person)
                                            : required && is_far_from_work(person);
}

bool second_line_follows(Activity activity, Offer offer) {
  switch (activity) {
    case Activity::orientation:
    case Activity::guidance:
    case Activity::training:
    case Activity::article_60:
    case Activity::article_61:
      return true;
    case Activity::social_activation:
      return offer != Offer::basic;
    case Activity::volunteering:
    case Activity::community_service:
      return offer == Offer::all_round;
    default:
      return false;
  }
}

}  // namespace tremplin
