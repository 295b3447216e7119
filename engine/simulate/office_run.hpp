// One office through its months: the order of MODEL.md section 3. A value that can be copied to fork
// history, stepped month by month in tests, and run to the end by simulate().
#pragma once

#include <vector>

#include "engine/simulate/simulate.hpp"
#include "engine/trajectory/step.hpp"

namespace tremplin {

class OfficeRun {
 public:
  OfficeRun(const World& world, const Office& office, const Parameters& parameters,
            const Constants& constants, const RulesTable& table, const Plan& plan);
  // Goes on from `month` with a state that this office had then; counts of the months before are not known.
  // Throws std::invalid_argument if the state's calendar is not the plan's.
  OfficeRun(const World& world, const Office& office, const Parameters& parameters,
            const Constants& constants, const RulesTable& table, const Plan& plan, Month month,
            OfficeState state);

  // Simulates the next month and returns its tallies.
  OfficeMonth step(OfficeScratch& scratch);
  // From now on under another table; files are given their page of it.
  void continue_under(const RulesTable& table);
  // Tells `witness` of every draw of one person from now on; nullptr: of nobody.
  void follow(LocalId who, Witness* witness) { following_ = {who, witness}; }
  // Tells `ledger` what each month brings to each person from now on; nullptr: nobody is told. Copies of
  // the run tell the same ledger until they are given their own.
  void keep(Ledger* ledger) { ledger_ = ledger; }
  // Counts the windows that ended by the end of the run of people still held.
  void finish();

  [[nodiscard]] Month next_month() const { return month_; }
  [[nodiscard]] const OfficeState& state() const { return state_; }
  [[nodiscard]] const Cohort& cohort() const { return cohort_; }
  [[nodiscard]] std::int64_t active_person_months() const { return active_person_months_; }
  [[nodiscard]] std::int64_t held_person_months() const { return held_person_months_; }

 private:
  const World* world_;
  const Office* office_;
  const Parameters* parameters_;
  const Constants* constants_;
  const RulesTable* table_;
  Plan plan_;
  Month month_;
  OfficeState state_;
  Cohort cohort_;
  Following following_;
  Ledger* ledger_ = nullptr;
  std::int64_t active_person_months_ = 0;
  std::int64_t held_person_months_ = 0;
};

}  // namespace tremplin
