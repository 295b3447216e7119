#include "outputs/compare.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "engine/base/errors.hpp"
#include "outputs/drivers.hpp"

namespace tremplin {

namespace {

constexpr std::array keys = {
    Indicator::people_paid,
    Indicator::coverage,
    Indicator::share_formal,
    Indicator::to_job,
    Indicator::gone_unknown,
    Indicator::full_suspensions,
    Indicator::activation_ratio,
    Indicator::share_of_time_given,
    Indicator::workers_needed,
    Indicator::cost_state,
    Indicator::cost_cpas,
    Indicator::contract_balance,
    Indicator::people_without_income,
};
constexpr std::array series = {
    Indicator::people_paid,      Indicator::coverage,   Indicator::coverage_registered,
    Indicator::activation_ratio, Indicator::cost_state, Indicator::share_of_time_given,
};

using StratumTotals = std::vector<Totals>;  // [stratum]

// Totals of one replicate under both scenarios.
struct Pair {
  StratumTotals base;
  StratumTotals reform;
};

std::vector<Pair> pairs_of(const Run& run, const Comparison& comparison, Period period) {
  std::vector<Pair> pairs;
  for (std::size_t r = 0; r < static_cast<std::size_t>(comparison.n_replicates); ++r)
    pairs.push_back({totals_by_stratum(run.results[comparison.base][r], period),
                     totals_by_stratum(run.results[comparison.reform][r], period)});
  return pairs;
}

bool all_finite(std::span<const double> values) {
  return std::ranges::all_of(values, [](double value) { return std::isfinite(value); });
}

double square(double x) { return x * x; }

Contrast contrast_of(std::span<const double> base, std::span<const double> reform, About about,
                     const Interval& possible) {
  Contrast contrast;
  contrast.defined = all_finite(base) && all_finite(reform);
  if (!contrast.defined) return contrast;
  std::vector<double> differences(base.size());
  std::ranges::transform(reform, base, differences.begin(), std::minus<>());
  contrast.base = estimate(base, about, possible);
  contrast.reform = estimate(reform, about, possible);
  contrast.difference = estimate_difference(differences, contrast.base, about, possible);
  const double mean = contrast.difference.mean;
  if (contrast.base.mean != 0) contrast.relative = mean / std::abs(contrast.base.mean);
  contrast.ranked = contrast.difference.interval && !contrast.difference.interval->contains(0);
  contrast.n_same_sign = static_cast<int>(
      std::ranges::count_if(differences, [&](double d) { return d != 0 && (d > 0) == (mean > 0); }));
  contrast.only_sign_known = !contrast.ranked && differences.size() >= min_replicates_for_sign &&
                             contrast.n_same_sign == static_cast<int>(differences.size());
  if (contrast.difference.deviation) {
    const double unpaired = square(*contrast.base.deviation) + square(*contrast.reform.deviation);
    if (unpaired > 0) contrast.variance_reduction = 1 - square(*contrast.difference.deviation) / unpaired;
  }
  return contrast;
}

// Values of some functions of the totals: [function][replicate], for base and reform.
struct Values {
  std::vector<std::vector<double>> base;
  std::vector<std::vector<double>> reform;
  std::vector<Interval> possible;  // [function]

  [[nodiscard]] std::vector<Contrast> contrasts(About about) const {
    std::vector<Contrast> found;
    for (std::size_t i = 0; i < base.size(); ++i)
      found.push_back(contrast_of(base[i], reform[i], about, possible[i]));
    return found;
  }
};

// value(i, totals): the i-th of n functions; none is below 0 unless the caller says otherwise.
template <class Function>
Values values_of(const std::vector<Pair>& pairs, std::span<const double> weights, const Group& group,
                 int n_months, std::size_t n, Function value) {
  Values values{std::vector<std::vector<double>>(n), std::vector<std::vector<double>>(n),
                std::vector<Interval>(n, no_less_than_none)};
  for (const Pair& pair : pairs) {
    const Totals base = totals_of(pair.base, weights, group, n_months);
    const Totals reform = totals_of(pair.reform, weights, group, n_months);
    for (std::size_t i = 0; i < n; ++i) {
      values.base[i].push_back(value(i, base));
      values.reform[i].push_back(value(i, reform));
    }
  }
  return values;
}

Values values_of(std::span<const Indicator> indicators, const std::vector<Pair>& pairs,
                 std::span<const double> weights, const Group& group, int n_months) {
  Values values =
      values_of(pairs, weights, group, n_months, indicators.size(),
                [&](std::size_t i, const Totals& totals) { return entry_of(indicators[i]).value(totals); });
  std::ranges::transform(indicators, values.possible.begin(), possible_values);
  return values;
}

// What is not known of drawn parameters stays however many replicates there are; so does the chance that one
// CPAS will meet, and what its file left out.
About about_of(const Run& run) {
  if (run.own) return About::one_draw_by_rank;
  return run.fixed_parameters ? About::mean : About::one_draw;
}

std::vector<TaskContrasts> task_contrasts(const Run& run, const std::vector<Pair>& pairs, int n_months) {
  const auto hours = [&](Workload what) {
    return values_of(pairs, run.stratum_weights, {}, n_months, n_tasks,
                     [&](std::size_t task, const Totals& totals) {
                       return totals.yearly_hours(static_cast<Task>(task), what);
                     })
        .contrasts(about_of(run));
  };
  const std::vector<Contrast> asked = hours(Workload::asked_minutes);
  const std::vector<Contrast> worked = hours(Workload::worked_minutes);
  std::vector<TaskContrasts> tasks;
  for (std::size_t task = 0; task < n_tasks; ++task) tasks.push_back({asked[task], worked[task]});
  return tasks;
}

std::vector<Indicator> every_indicator() {
  std::vector<Indicator> indicators;
  for (std::size_t i = 0; i < n_indicators; ++i) indicators.push_back(static_cast<Indicator>(i));
  return indicators;
}

// [indicator] of key_series(), in steps of 1 or 12 months.
std::vector<Series> series_of(const Run& run, const Comparison& comparison, Period whole, int step) {
  std::vector<Series> result;
  for (const Indicator indicator : key_series()) result.push_back({indicator, step, {}, {}});
  Month first = whole.from;
  if (step == 12 && first.of_year() != 1) first = Month(first.year() + 1, 1);
  for (Month month = first; month + step <= whole.until; month = month + step) {
    const std::vector<Pair> pairs = pairs_of(run, comparison, {month, month + step});
    const Values values = values_of(key_series(), pairs, run.stratum_weights, {}, step);
    const std::vector<Contrast> contrasts = values.contrasts(about_of(run));
    for (std::size_t i = 0; i < result.size(); ++i) {
      result[i].steps.push_back(month);
      result[i].contrasts.push_back(contrasts[i]);
    }
  }
  return result;
}

void refuse(std::string found, std::string expected) {
  Fault fault;
  fault.kind = FaultKind::inconsistent;
  fault.source = "run";
  fault.found = std::move(found);
  fault.expected = std::move(expected);
  throw InputError(std::move(fault));
}

void check(const Run& run, std::size_t base, std::size_t reform) {
  if (base >= run.results.size() || reform >= run.results.size() ||
      run.results.size() != run.scenarios.size())
    refuse(fmt::format("scenarios {} and {}", base, reform),
           fmt::format("two of {} scenarios", run.results.size()));
  if (run.results[base].empty() || run.results[base].size() != run.results[reform].size())
    refuse(fmt::format("{} and {} replicates", run.results[base].size(), run.results[reform].size()),
           "the same number of replicates, at least 1");
  if (run.stratum_weights.size() != n_strata)
    refuse(fmt::format("{} stratum weights", run.stratum_weights.size()), fmt::format("{}", n_strata));
}

}  // namespace

std::span<const Indicator> key_indicators() { return keys; }
std::span<const Indicator> key_series() { return series; }

Period compared_period(const Run& run, std::size_t base, std::size_t reform, Period whole) {
  if (base == reform) return whole;
  const Month change = std::min(run.scenarios[base].first_change, run.scenarios[reform].first_change);
  return change >= whole.until ? whole : Period{std::max(change, whole.from), whole.until};
}

Comparison compare(const Run& run, std::size_t base, std::size_t reform) {
  check(run, base, reform);
  const RunResult& result = run.results[base].front();
  const Period whole{result.from, result.from + result.n_months};

  Comparison comparison;
  comparison.base = base;
  comparison.reform = reform;
  comparison.period = compared_period(run, base, reform, whole);
  comparison.n_replicates = static_cast<int>(run.results[base].size());

  const std::vector<Pair> pairs = pairs_of(run, comparison, comparison.period);
  const auto values_in = [&](std::span<const Indicator> indicators, const Group& group) {
    return values_of(indicators, pairs, run.stratum_weights, group, comparison.period.n_months());
  };
  const std::vector<Indicator> all = every_indicator();
  comparison.indicators = values_in(all, {}).contrasts(about_of(run));

  comparison.tasks = task_contrasts(run, pairs, comparison.period.n_months());

  const auto group_contrasts = [&](const Group& group) {
    return GroupContrasts{group, values_in(key_indicators(), group).contrasts(about_of(run))};
  };
  for (int size = 0; size < n_size_classes; ++size)
    comparison.sizes.push_back(group_contrasts({{}, static_cast<SizeClass>(size)}));
  for (int region = 0; region < n_regions; ++region) {
    comparison.regions.push_back(group_contrasts({static_cast<Region>(region), {}}));
    for (int size = 0; size < n_size_classes; ++size)
      comparison.cells.push_back(
          group_contrasts({static_cast<Region>(region), static_cast<SizeClass>(size)}));
  }

  comparison.monthly = series_of(run, comparison, whole, 1);
  comparison.yearly = series_of(run, comparison, whole, 12);
  if (!comparison.alone() && !run.fixed_parameters) {
    const Values values = values_in(key_indicators(), {});
    for (std::size_t i = 0; i < key_indicators().size(); ++i)
      append_drivers(comparison.drivers, run.parameters, keys[i], values.base[i], values.reform[i]);
  }
  return comparison;
}

}  // namespace tremplin
