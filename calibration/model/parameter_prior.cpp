#include "calibration/model/parameter_prior.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <utility>
#include <variant>

#include "calibration/prior_marginal.hpp"

namespace tremplin {

namespace {

using inference::Index;
using inference::Matrix;

// What a column of scores becomes.
struct Column {
  inference::Marginal marginal;
  double minimum = -std::numeric_limits<double>::infinity();
  double maximum = std::numeric_limits<double>::infinity();
  std::optional<Index> common;  // the column of its common error
  double correlation = 0;

  [[nodiscard]] double score(const Matrix& scores, Index row, Index column) const {
    const double own = scores(row, column);
    return common ? joint_score(correlation, scores(row, *common), own) : own;
  }
  [[nodiscard]] double at(const Matrix& scores, Index row, Index column) const {
    return std::clamp(from_score(marginal, score(scores, row, column)), minimum, maximum);
  }
};

Column column_of(const Prior& prior) {
  return {.marginal = marginal_of(std::string(prior.parameter->name), prior.distribution, prior.spike),
          .minimum = prior.parameter->minimum,
          .maximum = prior.parameter->maximum,
          .common = {}};
}

Column column_of(const PriorTable& priors, std::size_t place, std::span<const std::size_t> chosen) {
  if (place >= priors.size())
    return {.marginal = {.name = std::string(priors.name_of(place)), .distribution = inference::Normal{}},
            .common = {}};
  Column made = column_of(priors.at(place));
  if (const auto common = priors.common_of(place)) {
    const auto found = std::ranges::find(chosen, *common);
    if (found == chosen.end()) throw std::invalid_argument("a member is chosen without its common error");
    made.common = found - chosen.begin();
    made.correlation = priors.common[*common - priors.size()].correlation;
  }
  return made;
}

}  // namespace

std::vector<std::size_t> uncertain_places(const PriorTable& priors) {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < priors.size(); ++i)
    if (!std::holds_alternative<FixedPrior>(priors[i].distribution)) places.push_back(i);
  for (std::size_t i = priors.size(); i < priors.n_places(); ++i) places.push_back(i);
  return places;
}

std::vector<std::size_t> with_common_errors(const PriorTable& priors, std::vector<std::size_t> places) {
  std::set<std::size_t> all(places.begin(), places.end());
  for (const std::size_t place : places) {
    if (place >= priors.size()) continue;
    if (const auto common = priors.common_of(place)) all.insert(*common);
  }
  return {all.begin(), all.end()};
}

namespace {

std::vector<Column> columns_of(const PriorTable& priors, std::span<const std::size_t> chosen) {
  std::vector<Column> columns;
  for (const std::size_t place : chosen) columns.push_back(column_of(priors, place, chosen));
  return columns;
}

}  // namespace

inference::Prior prior_of(const PriorTable& priors, std::span<const std::size_t> chosen) {
  std::vector<Column> columns = columns_of(priors, chosen);
  std::vector<std::string> names;
  for (const Column& column : columns) names.push_back(column.marginal.name);
  const auto map = [columns = std::move(columns)](const Matrix& scores) {
    Matrix parameters(scores.rows(), scores.cols());
    for (Index j = 0; j < scores.cols(); ++j) {
      for (Index i = 0; i < scores.rows(); ++i)
        parameters(i, j) = columns[static_cast<std::size_t>(j)].at(scores, i, j);
    }
    return parameters;
  };
  const auto n = static_cast<Index>(names.size());
  return {std::move(names), n, map};
}

Matrix joint_scores(const PriorTable& priors, std::span<const std::size_t> chosen, const Matrix& scores) {
  const std::vector<Column> columns = columns_of(priors, chosen);
  Matrix joint(scores.rows(), scores.cols());
  for (Index j = 0; j < scores.cols(); ++j) {
    for (Index i = 0; i < scores.rows(); ++i)
      joint(i, j) = columns[static_cast<std::size_t>(j)].score(scores, i, j);
  }
  return joint;
}

}  // namespace tremplin
