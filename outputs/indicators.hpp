// Indicators: what a reader sees, derived from the tallies (MODEL: outputs state their unit).
// The enumerators, units and formulas stand in indicators.def; here is what a formula is made of.
#pragma once

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "engine/base/month.hpp"
#include "engine/simulate/run_result.hpp"
#include "outputs/statistics.hpp"

namespace tremplin {

// clang-format off
#define TREMPLIN_TOPICS(TOPIC)                                                              \
  TOPIC(caseload) TOPIC(entries_exits) TOPIC(contracts) TOPIC(exemptions) TOPIC(sanctions)  \
  TOPIC(activities) TOPIC(workload) TOPIC(accounts) TOPIC(unwanted_effects)
#define TREMPLIN_INDICATOR_UNITS(UNIT)                                                      \
  UNIT(person) UNIT(child) UNIT(file) UNIT(contract) UNIT(decision) UNIT(sanction)          \
  UNIT(trajectory) UNIT(day) UNIT(month) UNIT(hour) UNIT(fte) UNIT(euro) UNIT(share) UNIT(index)
// clang-format on

enum class Topic : std::uint8_t {
#define TOPIC(name) name,
  TREMPLIN_TOPICS(TOPIC)
#undef TOPIC
};
enum class IndicatorUnit : std::uint8_t {
#define UNIT(name) name,
  TREMPLIN_INDICATOR_UNITS(UNIT)
#undef UNIT
};
std::span<const std::string_view> topic_names();           // indexed by Topic
std::span<const std::string_view> indicator_unit_names();  // indexed by IndicatorUnit

enum class Basis : std::uint8_t { monthly_mean, per_year, ratio };
constexpr std::array<std::string_view, 3> basis_names = {"monthly_mean", "per_year", "ratio"};
enum class Rise : std::uint8_t { wanted, unwanted, neutral };

enum class Indicator : std::uint16_t {
#define INDICATOR(name, topic, unit, basis, rise, scope, ...) name,
#include "outputs/indicators.def"
#undef INDICATOR
};
constexpr std::size_t n_indicators = 0
#define INDICATOR(name, topic, unit, basis, rise, scope, ...) +1
#include "outputs/indicators.def"
#undef INDICATOR
    ;

// A part of the country: all of it, a region, a size class, or both.
struct Group {
  std::optional<Region> region;
  std::optional<SizeClass> size;

  [[nodiscard]] bool has(int stratum) const;  // stratum as numbered by stratum_of()
  friend bool operator==(const Group&, const Group&) = default;
};

// Months [from, until).
struct Period {
  Month from;
  Month until;

  [[nodiscard]] int n_months() const { return until - from; }
  friend bool operator==(const Period&, const Period&) = default;
};

// Sums of tallies and of work over the months and strata of interest, weighted; the words of formulas.
// Ratios whose denominator is 0 are not a number.
class Totals {
 public:
  explicit Totals(int n_months) : n_months_(n_months) {}

  // Adds one month of one stratum. Without sampling the weight is 1 and sums are exact, whatever their order.
  void add(const RunResult& result, int month, int stratum, double weight);
  // Adds totals over the same months.
  void add(const Totals& other, double weight);

  [[nodiscard]] double sum(std::initializer_list<Tally> tallies) const;
  // Mean over the months.
  [[nodiscard]] double mean(std::initializer_list<Tally> tallies) const;
  // Sum brought to twelve months.
  [[nodiscard]] double yearly(std::initializer_list<Tally> tallies) const;
  [[nodiscard]] double yearly_euros(std::initializer_list<Tally> tallies) const;  // of tallies in cents
  [[nodiscard]] double ratio(std::initializer_list<Tally> of, std::initializer_list<Tally> to) const;
  [[nodiscard]] double yearly_hours(Task task, Workload what) const;
  // Hours a year of the tasks of a line (1 or 2).
  [[nodiscard]] double yearly_hours(int line, Workload what) const;
  [[nodiscard]] double minutes_worked(std::span<const Task> tasks) const;
  // Tasks done over tallies.
  [[nodiscard]] double ratio_of_tasks(std::initializer_list<Task> of, std::initializer_list<Tally> to) const;

 private:
  int n_months_;
  std::array<double, n_tallies> tallies_{};
  std::array<std::array<double, n_workload>, n_tasks> workload_{};
};

struct IndicatorEntry {
  std::string_view name;
  Topic topic;
  IndicatorUnit unit;
  Basis basis;
  Rise rise;
  TallyScope scope;
  std::string_view formula;  // as written in the registry
  double (*value)(const Totals&);
};
std::span<const IndicatorEntry> all_indicators();  // indexed by Indicator
const IndicatorEntry& entry_of(Indicator indicator);
// What values it can have: shares 0 to 1, the balance of contracts and indices any, all others none or more.
Interval possible_values(Indicator indicator);
const IndicatorEntry* find_indicator(std::string_view name);  // nullptr if there is none

// Totals of one result over a period, stratum by stratum, unweighted. Months outside the result are left out.
std::vector<Totals> totals_by_stratum(const RunResult& result, Period period);
// Totals of a group; weights: [stratum].
Totals totals_of(std::span<const Totals> by_stratum, std::span<const double> weights, const Group& group,
                 int n_months);

// Every indicator of the whole country over a period, in the order of the registry; not a number where a
// ratio has nothing to divide by.
std::vector<double> indicator_values(const RunResult& result, std::span<const double> weights, Period period);

}  // namespace tremplin
