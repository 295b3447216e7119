#include "calibration/model/fitted_posterior.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <utility>
#include <variant>

#include "calibration/survey/csv.hpp"
#include "engine/base/errors.hpp"
#include "scenarios/yaml/expects_cells.hpp"
#include "scenarios/yaml/faults.hpp"

namespace tremplin {

namespace {

using survey::Cell;
using Row = std::vector<Cell>;

class Reader {
 public:
  Reader(const SourceText& file, const PriorTable& priors)
      : file_(file), priors_(priors), csv_(file, faults_) {}

  FittedPosterior read() {
    FittedPosterior fitted;
    Row row;
    if (csv_.next(row)) {
      read_names(row);
      while (csv_.next(row)) read_draw(row, fitted);
    }
    if (fitted.rows.empty()) {
      faults_.add({.kind = FaultKind::wrong_type,
                   .source = file_.name,
                   .line = 1,
                   .expected = std::string(expects::draws)});
    }
    faults_.throw_if_any();
    for (const auto& place : places_) fitted.places.push_back(*place);
    return fitted;
  }

 private:
  void report(FaultKind kind, const Cell& cell, std::string_view expected, std::string nearest = {}) {
    faults_.add(
        {kind, file_.name, cell.line, cell.column, {}, cell.text, std::string(expected), std::move(nearest)});
  }

  void read_names(const Row& row) {
    for (const Cell& cell : row) {
      const auto place = priors_.find(cell.text);
      if (!place) {
        report(FaultKind::unknown_name, cell, {}, priors_.nearest(cell.text));
      } else if (std::ranges::find(places_, place) != places_.end()) {
        report(FaultKind::inconsistent, cell, expects::each_name_once);
      }
      places_.push_back(place);
    }
    for (std::size_t j = 0; j < row.size(); ++j) {
      if (!places_[j] || *places_[j] >= priors_.size()) continue;
      const auto common = priors_.common_of(*places_[j]);
      if (common && std::ranges::find(places_, common) == places_.end())
        report(FaultKind::inconsistent, row[j], expects::its_common_error,
               std::string(priors_.name_of(*common)));
    }
  }

  // Of a column that is no parameter, and of scores, any number will do.
  [[nodiscard]] std::pair<double, double> bounds_of(std::size_t column) const {
    constexpr double any = 1e300;
    const auto place = places_[column];
    if (!place || *place >= priors_.size()) return {-any, any};
    const ParameterEntry& entry = *priors_[*place].parameter;
    return {entry.minimum, entry.maximum};
  }

  void read_draw(const Row& row, FittedPosterior& fitted) {
    if (row.size() != places_.size()) {
      report(FaultKind::wrong_type, row.front(), expects::draws);
      return;
    }
    std::vector<double> draw;
    for (std::size_t j = 0; j < row.size(); ++j) {
      const std::string& text = row[j].text;
      double value = 0;
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
      const auto [low, high] = bounds_of(j);
      if (error != std::errc{} || end != text.data() + text.size()) {
        report(FaultKind::wrong_type, row[j], expects::number);
      } else if (!(value >= low && value <= high)) {
        report(FaultKind::out_of_range, row[j], fmt::format("{} .. {}", low, high));
      }
      draw.push_back(value);
    }
    fitted.rows.push_back(std::move(draw));
  }

  const SourceText& file_;
  const PriorTable& priors_;
  Faults faults_;
  survey::CsvReader csv_;
  std::vector<std::optional<std::size_t>> places_;  // of the columns
};

bool is_fixed(const PriorTable& priors, std::size_t place) {
  return place < priors.size() && std::holds_alternative<FixedPrior>(priors[place].distribution);
}

}  // namespace

FittedPosterior load_fitted(const SourceText& file, const PriorTable& priors) {
  return Reader(file, priors).read();
}

std::string fitted_text(const std::vector<std::string>& names, const std::vector<std::vector<double>>& rows) {
  std::string text = fmt::format("{}\n", fmt::join(names, ","));
  for (const std::vector<double>& row : rows) text += fmt::format("{:.9g}\n", fmt::join(row, ","));
  return text;
}

Parameters draw_fitted(const FittedPosterior& fitted, const PriorTable& priors, const Luck& luck) {
  if (fitted.empty()) return draw_parameters(priors, luck);
  Draws draws(luck, stable_hash("posterior"), Month{1900, 1});
  const auto n = static_cast<std::uint32_t>(fitted.rows.size());
  const std::vector<double>& row = fitted.rows[draws.below(Decision::parameter, n)];
  std::vector<std::size_t> places;
  std::vector<double> values;
  for (std::size_t j = 0; j < row.size(); ++j) {
    if (is_fixed(priors, fitted.places[j])) continue;
    places.push_back(fitted.places[j]);
    values.push_back(row[j]);
  }
  return draw_parameters(priors, luck, {places, values});
}

}  // namespace tremplin
