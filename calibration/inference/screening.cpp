#include "calibration/inference/screening.hpp"

#include <set>

#include "calibration/inference/basis.hpp"

namespace tremplin::inference {

std::vector<Index> felt_scores(const Observation& observation, const Simulations& runs) {
  const std::vector<Index> rows = runs.succeeded();
  const Matrix scores = runs.scores(rows, Eigen::all);
  const Matrix summaries = runs.summaries(rows, Eigen::all);
  const Vector even = Vector::Ones(scores.rows());
  std::vector<Vector> columns;
  for (const Term& term : observation.terms) {
    const Matrix at = links(term, summaries);
    for (const auto& column : at.colwise())
      if (column.maxCoeff() > column.minCoeff()) columns.emplace_back(column);
  }
  std::set<Index> felt;
  for (const Vector& column : columns) {
    const Basis basis = select_terms(scores, column, even, false, static_cast<Index>(columns.size()));
    for (const BasisTerm& chosen : basis)
      for (const Index input : {chosen.a, chosen.b})
        if (input >= 0) felt.insert(input);
  }
  return {felt.begin(), felt.end()};
}

}  // namespace tremplin::inference
