// One CPAS: what it is (region, population, income), what it has (workers, places) and how it works
// (its practice). Values; drawn by scenarios/landscape, or written by hand in tests.
#pragma once

#include <array>
#include <cstdint>
#include <span>

#include "engine/base/ids.hpp"
#include "engine/law/entitlement.hpp"
#include "engine/law/rules.hpp"

namespace tremplin {

// Income groups GR1 (poorest) to GR4 of document 004 (004:3847-3859).
constexpr int n_income_groups = 4;

constexpr SizeClass size_class_of(double population) {
  if (population < 10'000) return SizeClass::under_10k;
  if (population < 20'000) return SizeClass::from_10k;
  if (population < 40'000) return SizeClass::from_20k;
  return population < 140'000 ? SizeClass::from_40k : SizeClass::over_140k;
}

// Pools of places (MODEL.md section 2).
enum class Pool : std::uint8_t { article_60, training, social_activation, guidance };
constexpr int n_pools = 4;

enum class Offer : std::uint8_t { basic, pathway, all_round };  // 003:2179-2203
enum class ContractPolicy : std::uint8_t { law_only, categories, case_by_case, everyone };
// For whom a CPAS uses the contract beyond the law (003:691-695, 003:766-767).
enum class ContractUse : std::uint8_t {
  employment,
  social_activation,
  reinforced_guidance,
  homeless,
  equivalent
};
constexpr int n_contract_uses = 5;
enum class SanctionHabit : std::uint8_t { never, rarely, often };
enum class QueueOrder : std::uint8_t { decisions_first, contracts_first, reviews_first };

struct Practice {
  // Attitudes (003:908-910), standard normal across CPAS; strictness of the council likewise.
  double formalism = 0;
  double contractual = 0;
  double guidance = 0;
  double strictness = 0;

  Offer offer = Offer::pathway;
  ContractPolicy policy = ContractPolicy::law_only;  // beyond the law
  double p_case_by_case = 0;                         // contract where the worker may choose
  std::array<bool, n_contract_uses> contract_uses = {true, true, true, true, true};  // see contracts_for()
  double contract_compliance = 0;  // log-odds shift of due contracts undertaken
  double p_young_exempted = 0;     // young exempted from the contract for equity

  double p_exempt_health = 0;       // a health limitation is accepted as a ground
  double p_exempt_over_50 = 0;      // being 50 or older counts as an equity ground
  double p_exempt_lone_parent = 0;  // a lone parent of a child under 3 is exempted
  double p_exempt_homeless = 0;
  double p_exempt_student = 1;  // studies as an equity ground

  SanctionHabit sanctions = SanctionHabit::rarely;
  std::array<double, 4> sanction_kinds{};  // partial, one month, three months, other (alternative); sums to 1
  double evaluation_regularity = 1;        // share of evaluations that the CPAS sets out to hold
  bool parallel_contracts = false;         // a second contract in the second line
  double second_line_guidance =
      0;                           // standard deviations by which the second line's guidance attitude differs
  bool guarded_sanctions = false;  // a third person checks each sanction, as lever sanction/procedural_guard
  double annual_report = 1;        // part of the yearly report on contracts that is written
  bool conditional_activation = false;  // social activation is a condition of the income
  bool activation_offer = true;         // organises social activation
  bool volunteering = true;             // and volunteering as a part of it
  int students_summer = 0;              // as lever exemption/students_summer, 1 to 3
  double hours_factor = 1;              // administrative integration: hours per task
  double trained_share = 0.5;           // workers trained in contract guidance
  QueueOrder order = QueueOrder::decisions_first;

  [[nodiscard]] constexpr bool contracts_for(ContractUse use) const {
    return contract_uses[static_cast<std::size_t>(use)];
  }
  friend bool operator==(const Practice&, const Practice&) = default;
};

// By the rules, or because the CPAS has its sanctions checked anyway (003:1345-1461).
inline Guard guard_at(const Rules& rules, const Practice& practice) {
  const Guard guard = guard_of(rules);
  return guard == Guard::none && practice.guarded_sanctions ? Guard::third_party : guard;
}

struct Office {
  CpasId id{};
  Region region{};
  std::uint8_t income_group = 0;  // 0 to 3 for GR1 to GR4
  double population = 0;
  double caseload_2013 = 0;    // expected people paid integration income a month in 2013
  double equivalent_2013 = 0;  // the same for equivalent income
  double first_line_fte = 0;   // in 2013
  double second_line_fte = 0;
  std::array<double, n_pools> places{};  // in 2013
  double childcare_tightness = 0;        // standard normal
  Practice practice;

  [[nodiscard]] constexpr SizeClass size() const { return size_class_of(population); }
  [[nodiscard]] constexpr Jurisdiction jurisdiction() const { return {region, size(), id}; }
  friend bool operator==(const Office&, const Office&) = default;
};

// Means of practice over offices, each counting once: what a rule that harmonises moves towards.
struct PracticeMeans {
  double exempt_health = 0;
  double exempt_over_50 = 0;
  double exempt_lone_parent = 0;
  double exempt_homeless = 0;
  double exempt_student = 0;
  double trained = 0;
  friend bool operator==(const PracticeMeans&, const PracticeMeans&) = default;
};
// At least one office.
PracticeMeans means_of(std::span<const Office> offices);

// Strata of the tallies: region x size class x income group.
constexpr int n_strata = n_regions * n_size_classes * n_income_groups;
constexpr int stratum_of(const Office& office) {
  return (static_cast<int>(office.region) * n_size_classes + static_cast<int>(office.size())) *
             n_income_groups +
         office.income_group;
}

}  // namespace tremplin
