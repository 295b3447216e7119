#include "calibration/survey/weigh.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "calibration/survey/estimates.hpp"

namespace tremplin::survey {

namespace {

std::vector<int> cpas_by_code(const Group& group, const std::vector<int>& codes) {
  std::vector<int> counts(group.codes.size(), 0);
  for (const int code : codes) ++counts[static_cast<std::size_t>(code)];
  return counts;
}

// Each code with a total needs two CPAS: one to stand for it, another for the jackknife to leave out.
void check_codes(const SurveyBook& book, const Microdata& data, std::span<const SurveyMargin> margins,
                 Faults& faults) {
  for (const SurveyMargin& margin : margins) {
    const Group& group = book.groups[margin.group];
    const std::vector<int> counts = cpas_by_code(group, data.groups[margin.group]);
    for (std::size_t code = 0; code < counts.size(); ++code) {
      const bool needed = margin.totals[code] > 0;
      if (needed ? counts[code] >= 2 : counts[code] == 0) continue;
      faults.add({.kind = FaultKind::inconsistent,
                  .source = data.source,
                  .key = group.column + " = " + group.codes[code].name,
                  .found = std::to_string(counts[code]),
                  .expected = needed ? ">= 2 CPAS" : "0 CPAS"});
    }
  }
}

void check_size(const Microdata& data, double population, Faults& faults) {
  if (static_cast<double>(data.cpas.size()) <= population) return;
  faults.add({.kind = FaultKind::inconsistent,
              .source = data.source,
              .key = "cpas",
              .found = std::to_string(data.cpas.size()),
              .expected = "<= " + yaml::to_string(population) + " CPAS"});
}

Strata strata_of(const SurveyBook& book, const Microdata& data, std::span<const SurveyMargin> margins,
                 const std::string& by, double population) {
  const auto margin = std::ranges::find_if(
      margins, [&](const SurveyMargin& each) { return book.groups[each.group].column == by; });
  if (margin == margins.end()) return {std::vector<int>(data.cpas.size(), 0), {population}};
  return {data.groups[margin->group], margin->totals};
}

// One column for each code of each margin.
Eigen::MatrixXd indicators(const Microdata& data, std::span<const SurveyMargin> margins) {
  std::size_t columns = 0;
  for (const SurveyMargin& margin : margins) columns += margin.totals.size();
  Eigen::MatrixXd x =
      Eigen::MatrixXd::Zero(static_cast<Eigen::Index>(data.cpas.size()), static_cast<Eigen::Index>(columns));
  Eigen::Index first = 0;
  for (const SurveyMargin& margin : margins) {
    for (Eigen::Index i = 0; i < x.rows(); ++i)
      x(i, first + data.groups[margin.group][static_cast<std::size_t>(i)]) = 1;
    first += static_cast<Eigen::Index>(margin.totals.size());
  }
  return x;
}

Eigen::VectorXd totals_of(std::span<const SurveyMargin> margins) {
  std::vector<double> totals;
  for (const SurveyMargin& margin : margins)
    totals.insert(totals.end(), margin.totals.begin(), margin.totals.end());
  return Eigen::Map<const Eigen::VectorXd>(totals.data(), static_cast<Eigen::Index>(totals.size()));
}

[[noreturn]] void refuse_bounds(const Microdata& data, Bounds bounds, std::string found) {
  throw InputError(
      Fault{.kind = FaultKind::inconsistent,
            .source = data.source,
            .key = "--bounds",
            .found = std::move(found),
            .expected = "< " + yaml::to_string(bounds.lower) + " .. > " + yaml::to_string(bounds.upper)});
}

}  // namespace

Weighed weigh(const SurveyBook& book, const Microdata& data, std::vector<SurveyMargin> margins,
              const WeighOptions& options) {
  const std::vector<double>& first = margins.front().totals;
  const double population = std::accumulate(first.begin(), first.end(), 0.0);
  Faults faults;
  check_codes(book, data, margins, faults);
  check_size(data, population, faults);
  faults.throw_if_any();

  const CpasSample sample(strata_of(book, data, margins, options.strata, population),
                          indicators(data, margins), totals_of(margins), options.distance, options.bounds);
  if (!sample.met()) refuse_bounds(data, options.bounds, {});
  if (const int unmet = sample.first_unmet_replicate(); unmet >= 0)
    refuse_bounds(data, options.bounds, "JK − " + data.cpas[static_cast<std::size_t>(unmet)]);

  Weighed weighed{.synthetic = data.synthetic,
                  .n_cpas = static_cast<int>(data.cpas.size()),
                  .population = population,
                  .replicate_type = options.strata.empty() ? "JK1" : "JKn",
                  .margins = std::move(margins)};
  const std::vector<int> respondents = data.respondents();
  for (const int cpas : data.cpas_of) {
    const double share = 1.0 / respondents[static_cast<std::size_t>(cpas)];
    weighed.study.push_back(share);
    weighed.design.push_back(share * sample.design()[cpas]);
    weighed.weights.push_back(share * sample.weights()[cpas]);
  }
  weighed.estimates = estimate_all(book, data, sample, population);
  return weighed;
}

}  // namespace tremplin::survey
