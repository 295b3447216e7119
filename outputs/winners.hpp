// Who gets more and who gets less under a reform, by group: people are the same in both scenarios and are
// compared one by one. Integers per replicate; a weight for each stratum where offices are a sample.
#pragma once

#include <array>
#include <span>
#include <vector>

#include "engine/simulate/life_sums.hpp"

namespace tremplin {

// The groups, one dimension after the other; each dimension divides everybody. Obligation and exemption are
// those of both lives, since the reform may move them.
enum class LifeGroup : std::uint8_t {
  everyone,
  flanders,
  wallonia,
  brussels,
  cohabitant,
  single,
  family,
  under_25,  // in the first month reported
  under_50,
  from_50,
  never_obliged,
  obliged_under_base,
  obliged_under_reform,
  obliged_under_both,
  never_exempted,
  exempted_under_base,
  exempted_under_reform,
  exempted_under_both,
  first_comer,  // not paid before the months reported
  paid_before
};
constexpr std::size_t n_life_groups = 20;
// LifeGroup at which each dimension begins.
constexpr std::array life_dimensions = {
    LifeGroup::everyone,      LifeGroup::flanders,       LifeGroup::cohabitant, LifeGroup::under_25,
    LifeGroup::never_obliged, LifeGroup::never_exempted, LifeGroup::first_comer};

struct WinnersCount {
  std::int64_t more = 0;        // people who have more under the reform
  std::int64_t fewer = 0;       // and fewer
  std::int64_t difference = 0;  // the reform's sum less the base's
};

// One replicate. People who live in either scenario count; who is absent from one has zeros there.
class Winners {
 public:
  explicit Winners(Month report_from) : from_(report_from) {}

  void add(const Office& office, const OfficeLives& base, const OfficeLives& reform);

  // Weighted by stratum, n_strata weights.
  [[nodiscard]] double people(LifeGroup group, std::span<const double> weights) const;
  [[nodiscard]] double count(LifeGroup group, LifeSum sum, std::int64_t WinnersCount::*member,
                             std::span<const double> weights) const;

 private:
  struct Cell {
    std::int64_t people = 0;
    std::array<WinnersCount, n_life_sums> sums{};
  };
  Month from_;
  std::vector<Cell> cells_ = std::vector<Cell>(n_strata * n_life_groups);  // [stratum][group]
};

// The groups that a person belongs to, one of each dimension. base or reform: nullptr if absent there.
std::array<LifeGroup, life_dimensions.size()> groups_of(const Office& office, const LifeSums* base,
                                                        const LifeSums* reform, Month report_from);

}  // namespace tremplin
