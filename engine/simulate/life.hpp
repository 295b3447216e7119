// One life, told month by month: every draw with its probability, what the month added to the tallies, and
// the record as it stood. Following changes nothing: the life is the same, bit for bit, unfollowed (tested).
#pragma once

#include <array>
#include <cstdint>
#include <vector>

#include "engine/simulate/office_run.hpp"

namespace tremplin {

struct ToldDraw {
  Decision decision{};
  bool yes_or_no = false;  // a decision with probability p; else a number that chooses among possibilities
  bool happened = false;
  double p = 0;
  double u = 0;  // uniform on (0, 1); a decision happens when u < p
  friend bool operator==(const ToldDraw&, const ToldDraw&) = default;
};

struct LifeMonth {
  Month month;
  std::vector<ToldDraw> draws;  // in the order in which they were asked
  Person person;                // at the end of the month
  GroupSet groups;              // to which the person belonged on its first, or at the request in it
  std::array<std::int64_t, n_tallies> tallies{};  // the person's own part of the office's
  int days_paid = 0;                              // arrears included

  [[nodiscard]] std::int64_t operator[](Tally tally) const {
    return tallies[static_cast<std::size_t>(tally)];
  }
};

struct Life {
  std::vector<LifeMonth> months;  // from the month of appearance; months of absence included, until forgotten
  std::uint32_t n_alike = 0;      // people who appeared in the same month and kind: serials 0 to n - 1
};

// Lives `who` in the office under one table. No months if nobody of that identity appears there.
Life live(const World& world, const Office& office, const Parameters& parameters, const Constants& constants,
          const RulesTable& table, const Plan& plan, LocalId who);

}  // namespace tremplin
