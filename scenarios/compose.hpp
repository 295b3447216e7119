// From law, base and reforms to the plain numbers of the engine.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "engine/law/rules.hpp"
#include "scenarios/law.hpp"
#include "scenarios/scenario.hpp"

namespace tremplin {

// Rules for every month of [from, until), every jurisdiction, generation of files and group: the law as the
// base follows it, then the changes of the base, then those of the reforms. The order of `reforms`
// does not matter: changes that would depend on it are refused, and the others are applied in an order
// of their own. Whole levers that a factor makes fractional are rounded to nearest.
//
// Throws InputError if a base stands among the reforms (or a reform as base), if changes overlap, if a
// composed value leaves its lever's range, or if levers contradict each other (more evaluations face
// to face than evaluations).
RulesTable rules_table(const Law& law, const Scenario& base, std::span<const Scenario> reforms, Month from,
                       Month until);

// For which files, where and when a value is asked.
struct Question {
  Month month;
  Jurisdiction where{};
  Month request = start_of_time;  // of the file
  GroupSet groups{};              // of the person; empty: of the office itself
};

// What a composed value rests on: the reference of the law, and that of each change that acts on it; of the
// last one alone where it sets the value. The scenarios must compose (rules_table() does not throw).
std::vector<std::string> references_of(const Law& law, const Scenario& base,
                                       std::span<const Scenario> reforms, const Lever& lever,
                                       const Question& question);

}  // namespace tremplin
