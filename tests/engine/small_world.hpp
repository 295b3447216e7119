// A small hand-made world for the engine's tests: a few offices, simple margins, rules of the 2002 law.
// Values are round numbers chosen for the tests; none of them is a statistic.
#pragma once

#include <optional>

#include "engine/simulate/office_run.hpp"

namespace tremplin::test {

World small_world(int n_offices = 3, double caseload = 60);
Parameters small_parameters();
Rules rules_of_2002();
RulesTable table_of(const Rules& rules);
// Changes the rules of one month in one place, or of all months from one on, everywhere or in one region.
template <class Change>
void change_rules(RulesTable& table, Month month, Jurisdiction where, std::uint8_t generation,
                  Change change) {
  Rules rules = table.at(month, where, generation);
  change(rules);
  table.set(month, where, generation, rules);
}
template <class Change>
void change_rules_from(RulesTable& table, Month from, std::uint8_t generation, Change change,
                       std::optional<Region> only = {}) {
  for (Month month = from; month < table.until(); ++month)
    for (const Jurisdiction& where : all_jurisdictions)
      if (!only || where.region == *only) change_rules(table, month, where, generation, change);
}
Plan small_plan();  // burn-in 2000-01, reported 2003-01 to 2006-12

class Silent : public Observer {
 public:
  void office_done(const Office&) override {}
};

std::vector<RunResult> run(const World& world, const Parameters& parameters,
                           const std::vector<const RulesTable*>& scenarios, const Plan& plan);

// Sum of a tally over months and strata.
std::int64_t total(const RunResult& result, Tally tally);
std::int64_t total(const RunResult& result, Task task, Workload what);

}  // namespace tremplin::test
