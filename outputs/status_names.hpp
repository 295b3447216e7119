// The names of a person's statuses (engine/population/status.hpp), in the order of their enumerations, as
// files and labels have them.
#pragma once

#include <array>
#include <string_view>

namespace tremplin {

inline constexpr std::array<std::string_view, 12> entitlement_names = {
    "not_eligible",        "non_claimant", "applicant",   "integration_income",
    "equivalent_income",   "employed",     "refused",     "suspended_by_sanction",
    "suspended_otherwise", "withdrawn",    "transferred", "exited"};
inline constexpr std::array<std::string_view, 3> disposition_names = {"required", "exempted_health",
                                                                      "exempted_equity"};
inline constexpr std::array<std::string_view, 6> contract_stage_names = {
    "none", "due", "in_force", "in_evaluation", "notice_sent", "ended"};
inline constexpr std::array<std::string_view, 6> contract_type_names = {
    "general", "employment", "training", "studies", "social_activation", "housing"};
inline constexpr std::array<std::string_view, 11> activity_names = {
    "none",     "orientation", "guidance",   "social_activation", "volunteering", "community_service",
    "training", "studies",     "article_60", "article_61",        "part_time"};
inline constexpr std::array<std::string_view, 9> exit_names = {
    "none",    "job",     "insurance", "other_benefit", "studies_completed", "household_change",
    "pension", "unknown", "death"};
inline constexpr std::array<std::string_view, 3> category_names = {"cohabitant", "single", "family"};

}  // namespace tremplin
