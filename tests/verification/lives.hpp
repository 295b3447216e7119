// Lives seen person by person, so that two runs can be compared by who and not only by how many.
#pragma once

#include <functional>
#include <map>
#include <vector>

#include "tests/verification/worlds.hpp"

namespace tremplin::test {

// Every person's record after each month in which it changed.
using Lives = std::map<PersonId, std::vector<Person>>;

// Lives all offices; keeps the people whom `keep` accepts in the month in which they appear. Where a person
// stood when the run forgot them is not compared: only what they were while they were held.
Lives lives_of(const World& world, const Parameters& parameters, const RulesTable& table, const Plan& plan,
               const std::function<bool(const Person&, Month appeared)>& keep);

}  // namespace tremplin::test
