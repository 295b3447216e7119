#include "outputs/winners.hpp"

namespace tremplin {

namespace {

LifeGroup at(LifeGroup first, std::size_t offset) {
  return static_cast<LifeGroup>(static_cast<std::size_t>(first) + offset);
}

// 0 in neither, 1 under the base, 2 under the reform, 3 under both.
std::size_t where(bool base, bool reform) { return (base ? 1U : 0U) + (reform ? 2U : 0U); }

}  // namespace

std::array<LifeGroup, life_dimensions.size()> groups_of(const Office& office, const LifeSums* base,
                                                        const LifeSums* reform, Month report_from) {
  const LifeSums& known = base != nullptr ? *base : *reform;
  const int months = report_from.index - known.born;
  const auto in = [&](bool LifeSums::*member) {
    return where(base != nullptr && base->*member, reform != nullptr && reform->*member);
  };
  return {LifeGroup::everyone,
          at(LifeGroup::flanders, static_cast<std::size_t>(office.region)),
          at(LifeGroup::cohabitant, static_cast<std::size_t>(known.category)),
          months < 25 * 12   ? LifeGroup::under_25
          : months < 50 * 12 ? LifeGroup::under_50
                             : LifeGroup::from_50,
          at(LifeGroup::never_obliged, in(&LifeSums::obliged)),
          at(LifeGroup::never_exempted, in(&LifeSums::exempted)),
          in(&LifeSums::paid_before) == 0 ? LifeGroup::first_comer : LifeGroup::paid_before};
}

void Winners::add(const Office& office, const OfficeLives& base, const OfficeLives& reform) {
  const auto one = [&](const LifeSums* b, const LifeSums* r) {
    for (const LifeGroup group : groups_of(office, b, r, from_)) {
      Cell& cell = cells_[static_cast<std::size_t>(stratum_of(office)) * n_life_groups +
                          static_cast<std::size_t>(group)];
      ++cell.people;
      for (std::size_t i = 0; i < n_life_sums; ++i) {
        const std::int64_t difference = (r != nullptr ? r->of[i] : 0) - (b != nullptr ? b->of[i] : 0);
        cell.sums[i].more += difference > 0;
        cell.sums[i].fewer += difference < 0;
        cell.sums[i].difference += difference;
      }
    }
  };
  // Both are ordered by identity.
  auto b = base.begin();
  auto r = reform.begin();
  while (b != base.end() || r != reform.end()) {
    const bool in_base = b != base.end() && (r == reform.end() || b->first <= r->first);
    const bool in_reform = r != reform.end() && (b == base.end() || r->first <= b->first);
    one(in_base ? &b->second : nullptr, in_reform ? &r->second : nullptr);
    if (in_base) ++b;
    if (in_reform) ++r;
  }
}

double Winners::people(LifeGroup group, std::span<const double> weights) const {
  double sum = 0;
  for (std::size_t stratum = 0; stratum < weights.size(); ++stratum) {
    sum += weights[stratum] *
           static_cast<double>(cells_[stratum * n_life_groups + static_cast<std::size_t>(group)].people);
  }
  return sum;
}

double Winners::count(LifeGroup group, LifeSum sum, std::int64_t WinnersCount::*member,
                      std::span<const double> weights) const {
  double total = 0;
  for (std::size_t stratum = 0; stratum < weights.size(); ++stratum) {
    const Cell& cell = cells_[stratum * n_life_groups + static_cast<std::size_t>(group)];
    total += weights[stratum] * static_cast<double>(cell.sums[static_cast<std::size_t>(sum)].*member);
  }
  return total;
}

}  // namespace tremplin
