#include "scenarios/landscape/explain.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "scenarios/landscape/draw_offices.hpp"

namespace tremplin {

namespace {

const Figure* find_figure(const Landscape& landscape, std::string_view name) {
  const auto found = std::ranges::find(landscape.figures, name, &Figure::name);
  return found == landscape.figures.end() ? nullptr : &*found;
}

const std::vector<double>& row_of(const Landscape& landscape, std::string_view figure, std::string_view row) {
  return std::ranges::find(find_figure(landscape, figure)->rows, row, &FigureRow::name)->values;
}

// Weights w of the attitudes in the best linear guess of a variable that correlates with them as given:
// A w = correlations, A the (positive definite) correlations of the attitudes. Gauss, without pivoting.
Loading regression(std::array<Loading, n_attitudes> a, Loading correlations) {
  for (std::size_t i = 0; i < n_attitudes; ++i) {
    for (std::size_t j = i + 1; j < n_attitudes; ++j) {
      const double factor = a[j][i] / a[i][i];
      for (std::size_t k = i; k < n_attitudes; ++k) a[j][k] -= factor * a[i][k];
      correlations[j] -= factor * correlations[i];
    }
  }
  Loading weights{};
  for (std::size_t i = n_attitudes; i-- > 0;) {
    double rest = correlations[i];
    for (std::size_t k = i + 1; k < n_attitudes; ++k) rest -= a[i][k] * weights[k];
    weights[i] = rest / a[i][i];
  }
  return weights;
}

// What one standard deviation of each attitude adds to the column's latent.
Loading weights_of(const Landscape& landscape, const OfficeColumn& column) {
  Loading weights{};
  if (column.loading.empty()) return weights;
  const bool correlated = column.loading == "policy" || column.loading == "offer";
  const auto& row =
      row_of(landscape, correlated ? "practice/correlations" : "practice/loadings", column.loading);
  std::copy_n(row.begin(), n_attitudes, weights.begin());
  return correlated ? regression(landscape.habits.attitudes, weights) : weights;
}

LatentReason reason_of(const Landscape& landscape, const OfficeColumn& column,
                       std::span<const Office> offices, std::size_t index, std::span<const double> latents) {
  const Office& office = offices[index];
  LatentReason reason;
  reason.value = latents[index];
  const auto part = [&](Part which) -> double& { return reason.parts[static_cast<std::size_t>(which)]; };
  const Loading weights = weights_of(landscape, column);
  const Practice& p = office.practice;
  const Loading attitudes = {p.formalism, p.contractual, p.guidance, p.strictness};
  for (std::size_t i = 0; i < n_attitudes; ++i) reason.parts[i] = weights[i] * attitudes[i];
  if (column.figures.find("practice/size_shift") != std::string_view::npos)
    part(Part::size) = landscape.habits.size_shift[static_cast<std::size_t>(office.size())];
  if (column.name == "income_group") {
    part(Part::region) = landscape.frame.income_by_region[static_cast<std::size_t>(office.region)];
    part(Part::size) = landscape.frame.income_by_size[fine_size_of(landscape.frame, office.population)];
  }
  double known = 0;
  for (const double value : reason.parts) known += value;
  part(Part::luck) = reason.value - known;
  // The habits whose margins are regional (000:393, 000:894).
  reason.within_region = column.name == "conditional_activation" || column.name == "volunteering";
  for (std::size_t i = 0; i < offices.size(); ++i) {
    if (reason.within_region && offices[i].region != office.region) continue;
    ++reason.among;
    reason.rank += latents[i] < reason.value ? 1 : 0;
  }
  return reason;
}

// A CPAS that never sanctions has the mean kinds of the others, one that does nothing beyond the law names
// nobody: tendencies of their own decide nothing.
bool is_idle(const Practice& practice, const OfficeColumn& column) {
  if (column.name.starts_with("sanction_")) return practice.sanctions == SanctionHabit::never;
  return column.loading.ends_with("_uses") && practice.policy == ContractPolicy::law_only;
}

}  // namespace

Explanation explain_office(const Landscape& landscape, std::uint64_t seed, int id) {
  LatentsByColumn trace;
  const std::vector<Office> offices = draw_offices(landscape, {seed, 0}, &trace);
  if (id < 0 || static_cast<std::size_t>(id) >= offices.size()) {
    throw InputError(Fault{.kind = FaultKind::unknown_name,
                           .found = std::to_string(id),
                           .expected = fmt::format("0 .. {}", offices.size() - 1)});
  }
  const auto index = static_cast<std::size_t>(id);  // offices are numbered in their order
  Explanation explanation{offices[index], {}};
  for (const OfficeColumn& column : office_columns().subspan(1)) {
    Reason reason{.column = &column, .latent = {}, .figures = {}};
    if (const auto latents = trace.find(column.name);
        latents != trace.end() && !is_idle(explanation.office.practice, column))
      reason.latent = reason_of(landscape, column, offices, index, latents->second);
    for (const std::string_view name : words_of(column.figures))
      if (const Figure* figure = find_figure(landscape, name)) reason.figures.push_back(figure);
    explanation.reasons.push_back(std::move(reason));
  }
  return explanation;
}

}  // namespace tremplin
