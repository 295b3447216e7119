// Random cases for properties: a small world, law, reform and parameters, each a list of changes to
// tests/engine/small_world. RapidCheck shrinks the lists, so that a counterexample is the shortest list of
// changes that still breaks the property, printed by the registries' own names.
#pragma once

#include <rapidcheck.h>

#include <iosfwd>
#include <string>
#include <vector>

#include "tests/verification/worlds.hpp"

namespace tremplin::test {

// Something set to a place between its least (0) and its greatest value (100).
struct Change {
  int what = 0;
  int place = 0;
};

struct Case {
  int n_offices = 1;              // 1 to 6
  std::vector<Change> offices{};  // what: an office's knob
  std::vector<Change> law{};      // what: a lever
  std::vector<Change> reform{};
  std::vector<Change> parameters{};
  int reform_after = 0;  // months from the start, 0 to 35
  bool new_files_only = false;
  int for_whom = 0;  // everybody, or one of the groups from 1 on
  int seed = 0;
  std::vector<Change> surroundings{};  // what: a margin of who comes, or what moves for everyone

  [[nodiscard]] World world() const;
  [[nodiscard]] Parameters behaviour() const;
  [[nodiscard]] Rules rules_before() const;
  [[nodiscard]] GroupSet groups() const;    // whom the reform is for; empty: everybody
  [[nodiscard]] RulesTable before() const;  // the law, for ever
  [[nodiscard]] RulesTable after() const;   // the law, then the reform
  [[nodiscard]] Plan plan() const;          // 36 months, all of them reported
};

// How RapidCheck prints a case.
void showValue(const Case& c, std::ostream& out);

// How many cases, from which seed: `n` from a fixed one, or what the environment says in RapidCheck's own
// variable, for a longer search: RC_PARAMS="seed=7 max_success=10000".
rc::detail::TestParams search(int n);

// `n` cases from the fixed seed, for what is said of many worlds together.
std::vector<Case> some_cases(int n);

// Fails the running test with the shrunk counterexample, if there is one.
void report(const rc::detail::TestResult& result);

// Checks a property: a function of a Case that uses RC_ASSERT or RC_FAIL.
template <class Property>
void for_all(int n, const Property& property) {
  report(rc::detail::checkTestable(property, rc::detail::TestMetadata{}, search(n)));
}

}  // namespace tremplin::test

namespace rc {
template <>
struct Arbitrary<tremplin::test::Case> {
  static Gen<tremplin::test::Case> arbitrary();
};
}  // namespace rc
