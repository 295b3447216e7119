// Who keeps accounts of people: told, person by person, what a month added to the office's tallies. What one
// visit adds belongs to the person visited, so that sums over people are the tallies, to the cent.
// Not kept in ordinary runs; it looks on and moves nothing.
#pragma once

#include "engine/population/person.hpp"
#include "engine/tally/tally.hpp"

namespace tremplin {

class Ledger {
 public:
  virtual ~Ledger() = default;
  // A part of a person's month begins and ends. A month has one part, or three for who sought a scarce
  // place; what lies between the tallies of `begin` and `end` is the person's. After the last part the
  // record is as it stands at the end of the month.
  virtual void begin(const Person& person, const OfficeMonth& tally) = 0;
  // days_paid: in this part, arrears included, of integration income or equivalent income.
  virtual void end(const Person& person, Month month, const OfficeMonth& tally, int days_paid) = 0;
};

}  // namespace tremplin
