#include "outputs/recheck.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "outputs/tables.hpp"

namespace tremplin {

namespace {

constexpr std::size_t most_told = 10;

class Comparison {
 public:
  Comparison(const Run& run, std::size_t scenario, std::size_t replicate, const RunResult& again,
             Recheck& recheck)
      : run_(run),
        stored_(run.results[scenario][replicate]),
        again_(again),
        where_(fmt::format("{}, replicate {}", run.scenarios[scenario].name, replicate)),
        recheck_(recheck) {}

  void stratum(std::size_t stratum) {
    const std::string name = stratum_name(stratum);
    for (int month = 0; month < stored_.n_months; ++month) {
      const std::size_t row = static_cast<std::size_t>(month) * n_strata + stratum;
      const auto at = [&] { return fmt::format("{}, {}", name, to_string(run_.plan.report_from + month)); };
      numbers("tallies", &RunResult::tallies, row * n_tallies, row * n_tallies, n_tallies, at);
      numbers("workload", &RunResult::workload, row * n_tasks * n_workload, row * n_tasks * n_workload,
              n_tasks * n_workload, at);
    }
    constexpr std::size_t n_days = cohort_window_days + 1;
    numbers("cohort", &RunResult::paid_days, stratum * n_days, stratum * n_days, n_days,
            [&] { return name; });
  }

  void office(std::size_t in_run, std::size_t in_part) {
    numbers("offices", &RunResult::offices, in_run * n_tallies, in_part * n_tallies, n_tallies,
            [&] { return fmt::format("CPAS {}", static_cast<std::uint64_t>(run_.offices[in_run].id)); });
  }

 private:
  template <typename Place>
  void numbers(std::string_view table, std::vector<std::int64_t> RunResult::*values, std::size_t stored_from,
               std::size_t again_from, std::size_t n, Place place) {
    const auto& stored = stored_.*values;
    const auto& again = again_.*values;
    if (stored.empty() && again.empty()) return;
    for (std::size_t i = 0; i < n; ++i) {
      ++recheck_.n_numbers;
      const std::int64_t had = stored.at(stored_from + i);
      const std::int64_t has = again.at(again_from + i);
      if (had == has) continue;
      ++recheck_.n_different;
      if (recheck_.different.size() < most_told)
        recheck_.different.push_back(
            fmt::format("{}: {}, {}, {}: {} <> {}", table, where_, place(), i, had, has));
    }
  }

  const Run& run_;
  const RunResult& stored_;
  const RunResult& again_;
  std::string where_;
  Recheck& recheck_;
};

}  // namespace

std::vector<std::size_t> whole_strata(const Run& run, std::span<const std::size_t> offices) {
  std::set<int> strata;
  for (const std::size_t i : offices) strata.insert(stratum_of(run.offices.at(i)));
  std::vector<std::size_t> all;
  for (std::size_t i = 0; i < run.offices.size(); ++i)
    if (strata.contains(stratum_of(run.offices[i]))) all.push_back(i);
  return all;
}

void compare_part(const Run& run, std::size_t replicate, std::span<const std::size_t> offices,
                  const std::vector<RunResult>& again, Recheck& recheck) {
  std::set<int> strata;
  for (const std::size_t i : offices) strata.insert(stratum_of(run.offices.at(i)));
  for (std::size_t s = 0; s < again.size(); ++s) {
    Comparison comparison(run, s, replicate, again[s], recheck);
    for (const int stratum : strata) comparison.stratum(static_cast<std::size_t>(stratum));
    for (std::size_t part = 0; part < offices.size(); ++part) comparison.office(offices[part], part);
  }
}

}  // namespace tremplin
