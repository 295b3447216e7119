#include "calibration/targets.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace tremplin {

namespace {

constexpr double nothing = std::numeric_limits<double>::quiet_NaN();

// As stratum_of(): region, size class, income group.
bool selects(const Selection& selection, int stratum) {
  const int income_group = stratum % n_income_groups;
  const int region = stratum / (n_size_classes * n_income_groups);
  return (!selection.region || static_cast<int>(*selection.region) == region) &&
         (!selection.income_group || *selection.income_group == income_group);
}

struct Run {
  const RunResult& result;
  std::span<const double> weights;
  int first = 0;  // months of the target within the run
  int last = 0;   // exclusive

  [[nodiscard]] double sum(const Selection& selection) const {
    double all = 0;
    for (int stratum = 0; stratum < n_strata; ++stratum) {
      if (!selects(selection, stratum)) continue;
      std::int64_t count = 0;
      for (int month = first; month < last; ++month) {
        for (const Tally tally : selection.tallies) count += result.tally(month, stratum, tally);
        for (const Task task : selection.tasks) count += result.work(month, stratum, task, selection.work);
      }
      all += weights[static_cast<std::size_t>(stratum)] * static_cast<double>(count);
    }
    return all;
  }
};

// People by days paid, 0 to cohort_window_days, all strata.
std::vector<double> people_by_days(const Run& run) {
  std::vector<double> people(cohort_window_days + 1, 0.0);
  for (int stratum = 0; stratum < n_strata; ++stratum) {
    const double weight = run.weights[static_cast<std::size_t>(stratum)];
    for (int days = 0; days <= cohort_window_days; ++days) {
      const auto count = static_cast<double>(run.result.people_by_paid_days(stratum, days));
      people[static_cast<std::size_t>(days)] += weight * count;
    }
  }
  return people;
}

double measure(const MeanOverMonths& mean, const Run& run) {
  return run.sum(mean.of) / (run.last - run.first);
}

double measure(const SumOverMonths& sum, const Run& run) { return run.sum(sum.of); }

double measure(const RatioOfSums& ratio, const Run& run) {
  const double under = run.sum(ratio.under);
  return under == 0 ? nothing : run.sum(ratio.over) / under;
}

double measure(const PaidDays& paid, const Run& run) {
  const std::vector<double> people = people_by_days(run);
  double all = 0;
  double up_to = 0;
  double days = 0;
  for (std::size_t d = 0; d < people.size(); ++d) {
    all += people[d];
    days += people[d] * static_cast<double>(d);
    if (static_cast<int>(d) <= paid.days) up_to += people[d];
  }
  if (paid.figure == PaidDays::Figure::people) return all;
  if (all == 0) return nothing;
  switch (paid.figure) {
    case PaidDays::Figure::share_up_to:
      return up_to / all;
    case PaidDays::Figure::share_above:
      return (all - up_to) / all;
    case PaidDays::Figure::mean:
      return days / all;
    default:
      break;
  }
  // The smallest number of days that half of the people do not exceed.
  double below = 0;
  std::size_t median = 0;
  while ((below += people[median]) < all / 2) ++median;
  return static_cast<double>(median);
}

}  // namespace

std::string period_text(const Target& target) {
  const Month last = target.until - 1;
  if (target.from == last) return to_string(target.from);
  const bool whole_years = target.from.of_year() == 1 && last.of_year() == 12;
  if (!whole_years) return to_string(target.from) + "/" + to_string(last);
  const std::string first_year = std::to_string(target.from.year());
  return target.from.year() == last.year() ? first_year : first_year + "-" + std::to_string(last.year());
}

bool covers(const RunResult& result, const Target& target) {
  const bool cohort = std::holds_alternative<PaidDays>(target.measure);
  const Month until = target.until + (cohort ? 24 : 0);
  return result.from <= target.from && until <= result.from + result.n_months &&
         (!cohort || !result.paid_days.empty());
}

double evaluate(const Target& target, const RunResult& result, std::span<const double> stratum_weights) {
  if (!covers(result, target)) return nothing;
  const Run run{result, stratum_weights, target.from - result.from, target.until - result.from};
  return target.scale * std::visit([&](const auto& figure) { return measure(figure, run); }, target.measure);
}

std::vector<TargetFit> fit(std::span<const Target> targets, std::span<const RunResult> replicates,
                           std::span<const double> stratum_weights) {
  std::vector<TargetFit> fits;
  const auto n = static_cast<double>(replicates.size());
  for (const Target& target : targets) {
    TargetFit& line = fits.emplace_back();
    line.target = &target;
    std::vector<double> values;
    for (const RunResult& result : replicates) values.push_back(evaluate(target, result, stratum_weights));
    line.covered = !values.empty() && std::ranges::none_of(values, [](double v) { return std::isnan(v); });
    if (!line.covered) continue;
    for (const double value : values) line.simulated += value / n;
    double squares = 0;
    for (const double value : values) squares += (value - line.simulated) * (value - line.simulated);
    line.spread = values.size() < 2 ? 0 : std::sqrt(squares / (n - 1));
    const double misfit = line.simulated - target.value;
    line.misfit_percent = 100 * misfit / target.value;
    line.misfit_errors = misfit / target.se;
  }
  return fits;
}

}  // namespace tremplin
