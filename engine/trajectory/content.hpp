// What a contract must hold at least, and whom that concerns: learning the language, searching childcare (two
// contents that CPAS name: 003:1496, 003:1522). Both follow the rules of files opened now.
#pragma once

#include "engine/law/rules.hpp"
#include "engine/population/person.hpp"

namespace tremplin {

// No source tells who does not speak the language of the region: nationality stands for it.
inline bool may_need_the_language(const Person& person) { return person.non_eu; }

// Until nursery school takes the child.
inline bool is_lone_parent_of_young_child(const Person& person, MonthIndex now) {
  return person.lone_parent && now - person.youngest_child_born < 36;
}

constexpr std::size_t n_contents = 4;  // with or without either

inline bool must_learn_language(const Rules& rules, const Person& person) {
  return rules.piis_language_hours > 0 && may_need_the_language(person);
}
inline bool must_search_childcare(const Rules& rules, const Person& person, MonthIndex now) {
  return rules.piis_childcare_hours > 0 && is_lone_parent_of_young_child(person, now);
}

// Below n_contents: 1 for the language, 2 for childcare.
inline std::size_t content_for(const Rules& rules, const Person& person, MonthIndex now) {
  return (must_learn_language(rules, person) ? 1U : 0U) |
         (must_search_childcare(rules, person, now) ? 2U : 0U);
}

inline double hours_of_content(const Rules& rules, std::size_t content) {
  return ((content & 1U) != 0 ? rules.piis_language_hours : 0) +
         ((content & 2U) != 0 ? rules.piis_childcare_hours : 0);
}

}  // namespace tremplin
