#include "outputs/indicators.hpp"

#include <algorithm>
#include <limits>
#include <numeric>

namespace tremplin {

namespace {

constexpr std::array topics = {
#define TOPIC(name) std::string_view(#name),
    TREMPLIN_TOPICS(TOPIC)
#undef TOPIC
};
constexpr std::array units = {
#define UNIT(name) std::string_view(#name),
    TREMPLIN_INDICATOR_UNITS(UNIT)
#undef UNIT
};

// One function for each formula, in which tallies go by their names.
namespace formulas {
using enum Tally;
// Time that contracts take, in both lines.
constexpr std::array contract_tasks = {Task::contract_general,
                                       Task::contract_employment,
                                       Task::contract_training,
                                       Task::contract_studies,
                                       Task::contract_social_activation,
                                       Task::contract_housing,
                                       Task::annex,
                                       Task::evaluation,
                                       Task::evaluation_distance,
                                       Task::evaluation_report,
                                       Task::contract_second_line,
                                       Task::evaluation_second_line};
#define INDICATOR(name, topic, unit, basis, rise, scope, ...) \
  double value_of_##name(const Totals& of) { return __VA_ARGS__; }
#include "outputs/indicators.def"
#undef INDICATOR
}  // namespace formulas

constexpr std::array indicators = {
#define INDICATOR(name, topic, unit, basis, rise, scope, ...)                      \
  IndicatorEntry{#name,      Topic::topic,      IndicatorUnit::unit, Basis::basis, \
                 Rise::rise, TallyScope::scope, #__VA_ARGS__,        &formulas::value_of_##name},
#include "outputs/indicators.def"
#undef INDICATOR
};

}  // namespace

std::span<const std::string_view> topic_names() { return topics; }
std::span<const std::string_view> indicator_unit_names() { return units; }
std::span<const IndicatorEntry> all_indicators() { return indicators; }
const IndicatorEntry& entry_of(Indicator indicator) {
  return indicators[static_cast<std::size_t>(indicator)];
}

Interval possible_values(Indicator indicator) {
  const IndicatorUnit unit = entry_of(indicator).unit;
  if (indicator == Indicator::contract_balance || unit == IndicatorUnit::index) return any_value;
  return unit == IndicatorUnit::share ? part_of_all : no_less_than_none;
}

const IndicatorEntry* find_indicator(std::string_view name) {
  const auto* found = std::ranges::find(indicators, name, &IndicatorEntry::name);
  return found == indicators.end() ? nullptr : found;
}

bool Group::has(int stratum) const {
  const int size_and_region = stratum / n_income_groups;
  return (!size || static_cast<int>(*size) == size_and_region % n_size_classes) &&
         (!region || static_cast<int>(*region) == size_and_region / n_size_classes);
}

void Totals::add(const RunResult& result, int month, int stratum, double weight) {
  const std::size_t row = static_cast<std::size_t>(month) * n_strata + static_cast<std::size_t>(stratum);
  for (std::size_t tally = 0; tally < n_tallies; ++tally)
    tallies_[tally] += weight * static_cast<double>(result.tallies[row * n_tallies + tally]);
  for (std::size_t task = 0; task < n_tasks; ++task)
    for (std::size_t what = 0; what < n_workload; ++what)
      workload_[task][what] +=
          weight * static_cast<double>(result.workload[(row * n_tasks + task) * n_workload + what]);
}

void Totals::add(const Totals& other, double weight) {
  for (std::size_t tally = 0; tally < n_tallies; ++tally) tallies_[tally] += weight * other.tallies_[tally];
  for (std::size_t task = 0; task < n_tasks; ++task)
    for (std::size_t what = 0; what < n_workload; ++what)
      workload_[task][what] += weight * other.workload_[task][what];
}

double Totals::sum(std::initializer_list<Tally> tallies) const {
  return std::accumulate(tallies.begin(), tallies.end(), 0.0, [&](double sum, Tally tally) {
    return sum + tallies_[static_cast<std::size_t>(tally)];
  });
}

double Totals::mean(std::initializer_list<Tally> tallies) const { return sum(tallies) / n_months_; }

double Totals::yearly(std::initializer_list<Tally> tallies) const { return sum(tallies) / n_months_ * 12; }

double Totals::yearly_euros(std::initializer_list<Tally> tallies) const { return yearly(tallies) / 100; }

double Totals::ratio(std::initializer_list<Tally> of, std::initializer_list<Tally> to) const {
  const double denominator = sum(to);
  return denominator == 0 ? std::numeric_limits<double>::quiet_NaN() : sum(of) / denominator;
}

double Totals::yearly_hours(Task task, Workload what) const {
  return workload_[static_cast<std::size_t>(task)][static_cast<std::size_t>(what)] / n_months_ * 12 / 60;
}

double Totals::yearly_hours(int line, Workload what) const {
  double hours = 0;
  for (std::size_t task = 0; task < n_tasks; ++task)
    if (all_tasks()[task].line == line) hours += yearly_hours(static_cast<Task>(task), what);
  return hours;
}

double Totals::minutes_worked(std::span<const Task> tasks) const {
  return std::accumulate(tasks.begin(), tasks.end(), 0.0, [&](double sum, Task task) {
    return sum +
           workload_[static_cast<std::size_t>(task)][static_cast<std::size_t>(Workload::worked_minutes)];
  });
}

double Totals::ratio_of_tasks(std::initializer_list<Task> of, std::initializer_list<Tally> to) const {
  double done = 0;
  for (const Task task : of)
    done += workload_[static_cast<std::size_t>(task)][static_cast<std::size_t>(Workload::done_tasks)];
  const double denominator = sum(to);
  return denominator == 0 ? std::numeric_limits<double>::quiet_NaN() : done / denominator;
}

std::vector<Totals> totals_by_stratum(const RunResult& result, Period period) {
  std::vector<Totals> totals(n_strata, Totals(period.n_months()));
  const int first = std::max(period.from - result.from, 0);
  const int end = std::min(period.until - result.from, result.n_months);
  for (int month = first; month < end; ++month)
    for (int stratum = 0; stratum < n_strata; ++stratum)
      totals[static_cast<std::size_t>(stratum)].add(result, month, stratum, 1);
  return totals;
}

Totals totals_of(std::span<const Totals> by_stratum, std::span<const double> weights, const Group& group,
                 int n_months) {
  Totals totals(n_months);
  for (int stratum = 0; stratum < n_strata; ++stratum)
    if (group.has(stratum)) {
      const auto s = static_cast<std::size_t>(stratum);
      totals.add(by_stratum[s], weights[s]);
    }
  return totals;
}

std::vector<double> indicator_values(const RunResult& result, std::span<const double> weights,
                                     Period period) {
  const Totals totals = totals_of(totals_by_stratum(result, period), weights, {}, period.n_months());
  std::vector<double> values;
  for (const IndicatorEntry& entry : indicators) values.push_back(entry.value(totals));
  return values;
}

}  // namespace tremplin
