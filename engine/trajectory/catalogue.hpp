// The appointments of one office this month: which tasks each takes, and their minutes at rule-compliant
// times (facts/workload.md section 3; hours per task are parameters, the office's administrative integration
// and the law's simplifications move them).
#pragma once

#include <array>

#include "engine/cpas/agenda.hpp"
#include "engine/population/status.hpp"
#include "engine/trajectory/content.hpp"

namespace tremplin {

struct Parameters;
struct Practice;

// Drafting of contracts of one content.
struct ContractRecipes {
  std::array<RecipeId, n_contract_types> personal{}, by_template{};
  RecipeId second{}, second_by_template{};  // in the second line, whatever the type
};

struct Catalogue {
  RecipeId inquiry{}, review{}, exemption_review{}, minor_decision{}, contact{};
  std::array<ContractRecipes, n_contents> contracts{};  // by content_for
  RecipeId annex{}, evaluation{}, evaluation_distance{};
  RecipeId notice{}, hearing{}, appeal{}, interview{}, information{}, closing{};
  RecipeId missed_appointment{}, inspected_file{};
  RecipeId second_annex{};
  RecipeId second_evaluation{}, second_evaluation_distance{};
  RecipeId activity{}, activity_and_exit{};
};

Catalogue catalogue_of(Agenda& agenda, const Parameters& p, const Rules& rules, const Practice& practice);

// Whole minutes of so many hours.
std::int32_t whole_minutes(double hours);

}  // namespace tremplin
