#include "outputs/tables.hpp"

#include <algorithm>
#include <stdexcept>

namespace tremplin {

namespace {

// Calls visit(place in the slab, place in the result) for each cell, in C order.
template <typename Visit>
void for_each_cell(const std::vector<TableAxis>& axes, Visit visit) {
  for (const TableAxis& axis : axes) {
    if (axis.offsets.empty()) return;
  }
  const std::vector<std::size_t>& last = axes.back().offsets;
  std::vector<std::size_t> at(axes.size() - 1, 0);
  for (std::size_t cell = 0;; cell += last.size()) {
    std::size_t start = 0;
    for (std::size_t axis = 0; axis < at.size(); ++axis) start += axes[axis].offsets[at[axis]];
    for (std::size_t i = 0; i < last.size(); ++i) visit(cell + i, start + last[i]);
    // The next row: like an odometer, from the last of the outer axes.
    std::size_t axis = at.size();
    while (axis > 0 && ++at[axis - 1] == axes[axis - 1].offsets.size()) at[--axis] = 0;
    if (axis == 0) return;
  }
}

// Places 0, 1, 2 … a stride apart.
std::vector<std::size_t> strided(std::size_t n, std::size_t stride) {
  std::vector<std::size_t> offsets(n);
  for (std::size_t i = 0; i < n; ++i) offsets[i] = i * stride;
  return offsets;
}

std::vector<std::size_t> strided(const std::vector<std::size_t>& places, std::size_t stride) {
  std::vector<std::size_t> offsets;
  offsets.reserve(places.size());
  for (const std::size_t place : places) offsets.push_back(place * stride);
  return offsets;
}

void check_shapes(const Run& run) {
  const auto require = [](bool holds, const char* what) {
    if (!holds) throw std::invalid_argument(std::string("a run that does not fit: ") + what);
  };
  const int n_months = run.plan.report_until - run.plan.report_from;
  require(n_months > 0, "months reported");
  require(run.stratum_weights.size() == n_strata, "one weight for each stratum");
  require(run.results.size() == run.scenarios.size(), "one row of results for each scenario");
  const auto months = static_cast<std::size_t>(n_months);
  for (const std::vector<RunResult>& replicates : run.results) {
    require(replicates.size() == run.n_replicates(), "one result for each replicate");
    for (const RunResult& r : replicates) {
      require(r.from == run.plan.report_from && r.n_months == n_months, "the months of a result");
      require(r.tallies.size() == months * n_strata * n_tallies, "tallies");
      require(r.workload.size() == months * n_strata * n_tasks * n_workload, "workload");
      require(r.offices.size() == run.offices.size() * n_tallies, "offices");
      require(r.paid_days.size() == std::size_t{n_strata} * (cohort_window_days + 1), "paid days");
    }
  }
}

// Marks the strata in which anything was counted.
void mark_counted(const RunResult& result, std::array<bool, n_strata>& keep) {
  const auto mark = [&](const std::vector<std::int64_t>& values, std::size_t stratum_size) {
    for (std::size_t start = 0; start < values.size(); start += stratum_size) {
      bool& kept = keep[start / stratum_size % n_strata];
      const auto first = values.begin() + static_cast<std::ptrdiff_t>(start);
      kept = kept || std::any_of(first, first + static_cast<std::ptrdiff_t>(stratum_size),
                                 [](std::int64_t value) { return value != 0; });
    }
  };
  mark(result.tallies, n_tallies);
  mark(result.workload, n_tasks * n_workload);
  mark(result.paid_days, cohort_window_days + 1);
}

}  // namespace

std::vector<std::size_t> ResultTable::shape(std::size_t n_scenarios, std::size_t n_replicates) const {
  std::vector<std::size_t> sides = {n_scenarios, n_replicates};
  for (const TableAxis& axis : axes) sides.push_back(axis.offsets.size());
  return sides;
}

std::size_t ResultTable::slab_size() const {
  std::size_t cells = 1;
  for (const TableAxis& axis : axes) cells *= axis.offsets.size();
  return cells;
}

void ResultTable::gather(const RunResult& result, std::span<std::int64_t> slab) const {
  const std::vector<std::int64_t>& from = result.*values;
  for_each_cell(axes, [&](std::size_t cell, std::size_t place) { slab[cell] = from[place]; });
}

void ResultTable::scatter(std::span<const std::int64_t> slab, RunResult& result) const {
  std::vector<std::int64_t>& into = result.*values;
  for_each_cell(axes, [&](std::size_t cell, std::size_t place) { into[place] = slab[cell]; });
}

ResultAxes registry_axes() {
  ResultAxes axes;
  const auto tallies = all_tallies();
  for (std::size_t i = 0; i < tallies.size(); ++i) {
    (tallies[i].unit == Unit::cent ? axes.accounts : axes.tallies).push_back(i);
  }
  axes.tasks = strided(n_tasks, 1);
  return axes;
}

ResultAxes axes_of(const Run& run) {
  check_shapes(run);
  ResultAxes axes = registry_axes();
  axes.n_months = run.plan.report_until - run.plan.report_from;
  axes.n_offices = run.offices.size();
  std::array<bool, n_strata> keep{};
  for (const Office& office : run.offices) keep[static_cast<std::size_t>(stratum_of(office))] = true;
  for (std::size_t s = 0; s < keep.size(); ++s) keep[s] = keep[s] || run.stratum_weights[s] != 1;
  for (const std::vector<RunResult>& replicates : run.results) {
    for (const RunResult& result : replicates) mark_counted(result, keep);
  }
  for (std::size_t s = 0; s < keep.size(); ++s) {
    if (keep[s]) axes.strata.push_back(s);
  }
  return axes;
}

std::vector<ResultTable> result_tables(const ResultAxes& a) {
  const auto n_months = static_cast<std::size_t>(a.n_months);
  // Chunks of three years and sixteen tallies: a time series and a cross-section of one month both read
  // a small part of the file.
  constexpr std::size_t months = 36;
  constexpr std::size_t tallies = 16;
  const auto monthly = [&](std::size_t month_size, std::size_t stratum_size) {
    return std::vector<TableAxis>{{"month", strided(n_months, month_size), months},
                                  {"stratum", strided(a.strata, stratum_size)}};
  };
  std::vector<TableAxis> by_tally = monthly(n_strata * n_tallies, n_tallies);
  std::vector<TableAxis> by_account = by_tally;
  by_tally.push_back({"tally", strided(a.tallies, 1), tallies});
  by_account.push_back({"account", strided(a.accounts, 1), tallies});
  std::vector<TableAxis> by_task = monthly(n_strata * n_tasks * n_workload, n_tasks * n_workload);
  by_task.push_back({"task", strided(a.tasks, n_workload)});
  by_task.push_back({"measure", strided(n_workload, 1)});
  const TableAxis office{"office", strided(a.n_offices, n_tallies)};

  return {{"tallies", "values", "", "counts of each month", &RunResult::tallies, std::move(by_tally)},
          {"accounts", "values", "cent", "money of each month", &RunResult::tallies, std::move(by_account)},
          {"workload", "values", "", "social workers' tasks of each month", &RunResult::workload,
           std::move(by_task)},
          {"cohort",
           "paid_days",
           "person",
           "people by days paid in the 730 days from their first paid day",
           &RunResult::paid_days,
           {{"stratum", strided(a.strata, cohort_window_days + 1)},
            {"days", strided(cohort_window_days + 1, 1)}}},
          {"offices",
           "values",
           "",
           "counts of each office, summed over the months reported",
           &RunResult::offices,
           {office, {"tally", strided(a.tallies, 1), tallies}}},
          {"offices",
           "accounts",
           "cent",
           "money of each office, summed over the months reported",
           &RunResult::offices,
           {office, {"account", strided(a.accounts, 1), tallies}}}};
}

std::string stratum_name(std::size_t stratum) {
  const auto [region, size_class, income_group] = stratum_at(stratum);
  std::string name(region_names[static_cast<std::size_t>(region)]);
  name.append("/").append(size_class_names[static_cast<std::size_t>(size_class)]);
  return name.append("/").append(income_group_names[static_cast<std::size_t>(income_group)]);
}

}  // namespace tremplin
