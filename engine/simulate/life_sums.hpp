// What whole lives add up to in the months reported, person by person, under several scenarios at once: who
// gets more and who gets less. People are paired by identity; one office is held at a time.
#pragma once

#include <array>
#include <functional>
#include <map>
#include <vector>

#include "engine/simulate/office_run.hpp"
#include "engine/simulate/simulate.hpp"

namespace tremplin {

// What is summed over the months reported.
enum class LifeSum : std::uint8_t {
  months,          // paid for a day or more
  cents,           // integration income or equivalent income
  sanctions,       // suspensions decided, partial or full
  suspended_days,  // without income by a sanction
  activities_started,
  activities_completed,
  jobs  // exits to a job
};
constexpr std::size_t n_life_sums = 7;

struct LifeSums {
  std::array<std::int64_t, n_life_sums> of{};
  MonthIndex born = 0;
  Category category{};
  bool equivalent = false;
  bool woman = false;
  bool paid_before = false;  // before the months reported
  bool obliged = false;      // a contract was obligatory in one of these months or more
  bool exempted = false;     // from the disposition to work, likewise

  [[nodiscard]] std::int64_t operator[](LifeSum sum) const { return of[static_cast<std::size_t>(sum)]; }
  friend bool operator==(const LifeSums&, const LifeSums&) = default;
};

// People who asked at least once in the months reported, or were in care.
using OfficeLives = std::map<LocalId, LifeSums>;

// The lives of one office under each table, in order. Scenarios share the past as simulate() has it.
std::vector<OfficeLives> lives_of_office(const World& world, const Office& office,
                                         const Parameters& parameters, const Constants& constants,
                                         const std::vector<const RulesTable*>& scenarios, const Plan& plan,
                                         OfficeScratch& scratch);

// Every office, by the threads of the caller's arena; `told` hears of one office at a time, in any order,
// then the observer that it is done. False if stop was requested.
bool simulate_lives(const World& world, const Parameters& parameters,
                    const std::vector<const RulesTable*>& scenarios, const Plan& plan, Observer& observer,
                    const std::function<void(const Office&, const std::vector<OfficeLives>&)>& told,
                    std::stop_token stop);

}  // namespace tremplin
