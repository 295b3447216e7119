// What every month of every office must balance, whatever law, parameters and practice: people, places,
// minutes and cents (MODEL.md section 3). A ledger follows one office from its first month.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "engine/simulate/office_run.hpp"

namespace tremplin::test {

// What the law says in one month to one office: of the office itself, and on every page of its people.
struct LawOfMonth {
  const Rules& office;
  std::vector<const Rules*> pages;

  LawOfMonth(const RulesTable& table, Month month, const Office& of);
};

class Ledger {
 public:
  // The month lived last, the state it left and the law it was lived under. Returns what does not balance,
  // one sentence each.
  std::vector<std::string> enter(const OfficeState& state, const OfficeMonth& month, const LawOfMonth& law);

 private:
  std::int64_t in_care_ = 0;        // waiting, on benefit or employed
  std::int64_t non_claimants_ = 0;  // eligible, may ask later
  std::int64_t places_used_ = 0;    // at the end of the month before
  std::int64_t notices_ = 0;        // since the start
  std::int64_t hearings_ = 0;       // since the start
};

}  // namespace tremplin::test
