// Step 11: the stocks. People who are alike in everything that a stock tells apart are counted together, in
// one cell, and told apart once a month: a person costs three additions instead of thirty.
#pragma once

#include <array>
#include <cstdint>

#include "engine/population/person.hpp"
#include "engine/tally/tally.hpp"

namespace tremplin {

class Stocks {
 public:
  // Paid for a day or more. age: in months.
  void paid(const Person& person, int age) {
    const auto age_class = static_cast<unsigned>(age >= 25 * 12) + static_cast<unsigned>(age >= 65 * 12);
    ++paid_[static_cast<unsigned>(person.comes_for_equivalent) << 6 |
            static_cast<unsigned>(person.category) << 4 | age_class << 2 |
            static_cast<unsigned>(person.woman) << 1 | static_cast<unsigned>(person.student)];
  }
  // A contract in force, of the first line or the second.
  void contract(const Contract& contract, bool equivalent, bool second_line) {
    ++contracts_[static_cast<unsigned>(equivalent) << 6 | static_cast<unsigned>(second_line) << 5 |
                 static_cast<unsigned>(contract.type) << 2 | static_cast<unsigned>(contract.formal) << 1 |
                 static_cast<unsigned>(contract.registered)];
  }
  void on_benefit(const Person& person) {
    ++situations_[static_cast<unsigned>(person.comes_for_equivalent) << 6 |
                  static_cast<unsigned>(person.disposition) << 4 | static_cast<unsigned>(person.activity)];
  }
  void employed(Activity activity) { ++situations_[employed_row << 4 | static_cast<unsigned>(activity)]; }

  // Adds all that was counted to the tallies, and begins anew.
  void tell(OfficeMonth& tally);

 private:
  static constexpr unsigned employed_row = 3;  // beside the three dispositions
  std::array<std::uint32_t, 128> paid_{};
  std::array<std::uint32_t, 128> contracts_{};
  std::array<std::uint32_t, 128> situations_{};
};

}  // namespace tremplin
