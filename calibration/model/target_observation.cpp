#include "calibration/model/target_observation.hpp"

#include <algorithm>
#include <cmath>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "calibration/inference/stated_error.hpp"

namespace tremplin {

namespace {

using inference::Index;
using inference::Term;
using inference::Vector;

// A run is a sample of the CPAS with a landscape of its own; what was published is of the whole country,
// whose own chance is small beside the discrepancy.
constexpr double no_noise = 0;

struct OneTerm {
  const Target& target;
  Index column;
  double se;

  [[nodiscard]] Term named(inference::Likelihood likelihood, double discrepancy) const {
    return {target.id, std::move(likelihood), discrepancy, no_noise};
  }
  Term operator()(NormalFigure) const {
    return named(inference::NormalData{column, target.value, se}, target.discrepancy * target.value);
  }
  Term operator()(BinomialFigure) const {
    return named(inference::binomial_with_error(column, target.value, se),
                 inference::discrepancy_on_logit(target.discrepancy, target.value));
  }
  Term operator()(CountFigure) const {
    return named(inference::count_with_error(column, target.value, se), target.discrepancy);
  }
  Term operator()(IntervalFigure figure) const {
    return named(inference::IntervalData{column, figure.low, figure.high, figure.edge},
                 target.discrepancy * target.value);
  }
  Term operator()(const MultinomialFigure&) const { return {}; }  // together with its set
};

Term multinomial(const std::string& set, std::span<const Target> targets, std::span<const Index> members) {
  Term term{set, {}, 0, no_noise};
  Vector shares(static_cast<Index>(members.size()));
  std::vector<double> sizes;
  for (Index j = 0; j < shares.size(); ++j) {
    const Target& target = targets[static_cast<std::size_t>(members[static_cast<std::size_t>(j)])];
    shares[j] = target.value;
    sizes.push_back(inference::effective_size(target.value, target.se));
    term.discrepancy = std::max(term.discrepancy, target.discrepancy);
  }
  term.likelihood = inference::multinomial_of_size({members.begin(), members.end()}, shares, sizes);
  return term;
}

// The entry of "stock/2013" is "stock".
std::string entry_of(const Target& target) { return target.id.substr(0, target.id.find('/')); }

}  // namespace

inference::Observation observation_of(std::span<const Target> targets) {
  std::map<std::string, double> years;
  for (const Target& target : targets)
    if (target.role == TargetRole::fit) ++years[entry_of(target)];
  inference::Observation observation;
  std::map<std::string, std::vector<Index>> sets;
  for (std::size_t i = 0; i < targets.size(); ++i) {
    const Target& target = targets[i];
    if (target.role != TargetRole::fit) continue;
    const auto column = static_cast<Index>(i);
    if (const auto* member = std::get_if<MultinomialFigure>(&target.likelihood)) {
      sets[member->set].push_back(column);
      continue;
    }
    const double se = target.error_shared ? target.se * std::sqrt(years[entry_of(target)]) : target.se;
    observation.terms.push_back(std::visit(OneTerm{target, column, se}, target.likelihood));
  }
  for (const auto& [set, members] : sets) observation.terms.push_back(multinomial(set, targets, members));
  return observation;
}

}  // namespace tremplin
