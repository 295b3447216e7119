#include "engine/simulate/life_sums.hpp"

#include <algorithm>
#include <numeric>
#include <unordered_map>
#include <utility>

#include "engine/simulate/each_office.hpp"

namespace tremplin {

namespace {

// The tallies that make up each sum.
constexpr std::array summed = {Tally::paid,
                               Tally::paid_equivalent,
                               Tally::euro_integration_income,
                               Tally::euro_equivalent,
                               Tally::sanctions_partial,
                               Tally::sanctions_full,
                               Tally::suspended_days,
                               Tally::activity_starts,
                               Tally::activity_completed,
                               Tally::exits_job};
constexpr std::array<LifeSum, summed.size()> into = {LifeSum::months,
                                                     LifeSum::months,
                                                     LifeSum::cents,
                                                     LifeSum::cents,
                                                     LifeSum::sanctions,
                                                     LifeSum::sanctions,
                                                     LifeSum::suspended_days,
                                                     LifeSum::activities_started,
                                                     LifeSum::activities_completed,
                                                     LifeSum::jobs};

class SumLedger : public Ledger {
 public:
  explicit SumLedger(Month report_from) : report_from_(report_from) {}

  void begin(const Person& person, const OfficeMonth& tally) override {
    // Before the month's first payment: a person paid for the first time in it is a first comer.
    paid_before_ = person.first_paid_day != 0;
    for (std::size_t i = 0; i < summed.size(); ++i) before_[i] = tally[summed[i]];
  }
  void end(const Person& person, Month month, const OfficeMonth& tally, int) override {
    if (month < report_from_) return;
    if (month != month_) {
      month_ = month;
      std::swap(visits_, last_visits_);
      visits_.clear();
      next_ = 0;
    }
    const std::size_t row = row_of(person);
    visited_at_[row] = visits_.size();
    visits_.push_back({person.id, row});
    LifeSums& sums = sums_[row];
    for (std::size_t i = 0; i < summed.size(); ++i) {
      sums.of[static_cast<std::size_t>(into[i])] += tally[summed[i]] - before_[i];
    }
    if (!on_benefit(person.entitlement)) return;
    sums.obliged |= person.obliged;
    sums.exempted |= person.disposition != Disposition::required;
  }

  [[nodiscard]] OfficeLives lives() const {
    OfficeLives lives;
    for (const auto& [id, row] : rows_) lives.emplace(LocalId{id}, sums_[row]);
    return lives;
  }

 private:
  struct Visit {
    LocalId id;
    std::size_t row;
  };

  // People are visited in almost the order of the month before: most are found where they are expected.
  std::size_t row_of(const Person& person) {
    constexpr std::size_t ahead = 4;
    for (std::size_t i = next_; i < std::min(next_ + ahead, last_visits_.size()); ++i) {
      if (last_visits_[i].id != person.id) continue;
      next_ = i + 1;
      return last_visits_[i].row;
    }
    const auto [found, is_new] = rows_.try_emplace(static_cast<std::uint32_t>(person.id), sums_.size());
    if (is_new) {
      sums_.push_back({.born = person.born,
                       .category = person.category,
                       .equivalent = person.comes_for_equivalent,
                       .woman = person.woman,
                       .paid_before = paid_before_});
      visited_at_.push_back(0);
    }
    // Who comes next stood behind this person, if the person was there at all.
    const std::size_t row = found->second;
    const std::size_t at = visited_at_[row];
    if (at < last_visits_.size() && last_visits_[at].row == row) next_ = at + 1;
    return row;
  }

  Month report_from_;
  Month month_;
  bool paid_before_ = false;
  std::array<std::int64_t, summed.size()> before_{};
  std::unordered_map<std::uint32_t, std::size_t> rows_;
  std::vector<LifeSums> sums_;
  std::vector<Visit> visits_;            // of this month
  std::vector<Visit> last_visits_;       // of the month before
  std::vector<std::size_t> visited_at_;  // [row] where in the month's visits, last time
  std::size_t next_ = 0;                 // whom of them to expect
};

}  // namespace

std::vector<OfficeLives> lives_of_office(const World& world, const Office& office,
                                         const Parameters& parameters, const Constants& constants,
                                         const std::vector<const RulesTable*>& scenarios, const Plan& plan,
                                         OfficeScratch& scratch) {
  const auto run_to = [&](OfficeRun& run, SumLedger& ledger, Month until) {
    while (run.next_month() < until) {
      run.keep(run.next_month() >= plan.report_from ? &ledger : nullptr);
      run.step(scratch);
    }
  };
  // The first scenario is the trunk; each other leaves it in the month in which its rules part.
  std::vector<Month> parts;
  for (const RulesTable* scenario : scenarios) {
    const Month month =
        plan.share_the_past ? RulesTable::first_difference(*scenarios.front(), *scenario) : plan.burn_in_from;
    parts.push_back(std::clamp(month, plan.burn_in_from, plan.report_until));
  }
  std::vector<std::size_t> by_parting(scenarios.size() - 1);
  std::iota(by_parting.begin(), by_parting.end(), std::size_t{1});
  std::ranges::stable_sort(by_parting, {}, [&](std::size_t i) { return parts[i]; });

  std::vector<OfficeLives> lives(scenarios.size());
  OfficeRun trunk(world, office, parameters, constants, *scenarios.front(), plan);
  SumLedger trunk_ledger(plan.report_from);
  for (const std::size_t i : by_parting) {
    run_to(trunk, trunk_ledger, parts[i]);
    OfficeRun branch = trunk;
    SumLedger ledger = trunk_ledger;
    branch.continue_under(*scenarios[i]);
    run_to(branch, ledger, plan.report_until);
    lives[i] = ledger.lives();
  }
  run_to(trunk, trunk_ledger, plan.report_until);
  lives.front() = trunk_ledger.lives();
  return lives;
}

bool simulate_lives(const World& world, const Parameters& parameters,
                    const std::vector<const RulesTable*>& scenarios, const Plan& plan, Observer& observer,
                    const std::function<void(const Office&, const std::vector<OfficeLives>&)>& told,
                    std::stop_token stop) {
  const Constants constants = make_constants(world, parameters);
  return for_each_office(
      world, observer, std::move(stop),
      [&](std::size_t i, OfficeScratch& scratch) {
        return lives_of_office(world, world.offices[i], parameters, constants, scenarios, plan, scratch);
      },
      [&](std::size_t i, const std::vector<OfficeLives>& lives) { told(world.offices[i], lives); });
}

}  // namespace tremplin
