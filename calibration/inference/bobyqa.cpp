#include "calibration/inference/bobyqa.hpp"

#include <algorithm>
#include <cmath>
#include <limits>
#include <nlopt.hpp>
#include <vector>

namespace tremplin::inference {

namespace {
// NLopt forgets its best point when rounding ends the search; this does not.
struct Search {
  const std::function<double(const Row&)>& value;
  BobyqaResult best;
};

double asked(unsigned n, const double* at, double* /*gradient*/, void* data) {
  auto& search = *static_cast<Search*>(data);
  const Row point = Eigen::Map<const Row>(at, static_cast<Index>(n));
  const double value = search.value(point);
  ++search.best.n_evaluations;
  if (search.best.at.size() == 0 || value > search.best.value) {
    search.best.value = value;
    search.best.at = point;
  }
  return std::isfinite(value) ? value : -1e300;
}
}  // namespace

BobyqaResult bobyqa(const std::function<double(const Row&)>& value, const Row& start,
                    const BobyqaOptions& options) {
  const auto d = static_cast<unsigned>(start.size());
  nlopt::opt search(d == 1 ? nlopt::LN_SBPLX : nlopt::LN_BOBYQA, d);
  search.set_lower_bounds(-options.furthest);
  search.set_upper_bounds(options.furthest);
  search.set_initial_step(options.radius);
  search.set_xtol_abs(options.tolerance);
  search.set_maxeval(static_cast<int>(options.budget));
  Search of{value, {}};
  search.set_max_objective(asked, &of);
  std::vector<double> x(start.begin(), start.end());
  for (double& coordinate : x) coordinate = std::clamp(coordinate, -options.furthest, options.furthest);
  try {
    double reached = 0;
    const nlopt::result end = search.optimize(x, reached);
    of.best.converged = end == nlopt::XTOL_REACHED || end == nlopt::FTOL_REACHED || end == nlopt::SUCCESS;
  } catch (const nlopt::roundoff_limited&) {
    of.best.converged = true;  // as near as numbers of this precision come
  }
  return of.best;
}

}  // namespace tremplin::inference
