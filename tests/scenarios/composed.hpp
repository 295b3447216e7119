// What the tests of composition share: tables over the months of all reforms, their rules, their equality.
#pragma once

#include "scenarios/compose.hpp"
#include "tests/scenarios/support.hpp"

namespace tremplin::test {

inline constexpr Month composed_from(2003, 1);
inline constexpr Month composed_until(2029, 1);  // after the last date of a reform

inline RulesTable table_of(const Scenario& base_scenario, const std::vector<Scenario>& reforms = {}) {
  return rules_table(law(), base_scenario, reforms, composed_from, composed_until);
}

inline Scenario named(std::string_view name) { return load_scenario_named(root, name).scenario; }

// Of a file requested in a month, in a CPAS that no rule names.
inline const Rules& at(const RulesTable& table, Month month, Month request, Region region = Region::wallonia,
                       SizeClass size = SizeClass::from_20k) {
  return table.at(month, {region, size}, table.page_of(request));
}

// The same rules for every file, month and region, whatever the pages of the two tables.
inline void expect_same(const RulesTable& a, const RulesTable& b) {
  const Month differ = RulesTable::first_difference(a, b);
  EXPECT_EQ(differ, composed_until) << to_string(differ);
}

}  // namespace tremplin::test
