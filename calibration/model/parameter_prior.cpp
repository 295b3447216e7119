#include "calibration/model/parameter_prior.hpp"

#include <algorithm>
#include <string>
#include <utility>
#include <variant>

namespace tremplin {

namespace {

using inference::Index;
using inference::Matrix;

// Of a fixed prior there is none: it is never chosen.
struct ToInference {
  inference::Distribution operator()(FixedPrior) const { return inference::Normal{}; }
  inference::Distribution operator()(NormalPrior p) const { return inference::Normal{p.mean, p.sd}; }
  inference::Distribution operator()(LognormalPrior p) const {
    return inference::Lognormal{p.median, p.log_sd};
  }
  inference::Distribution operator()(UniformPrior p) const { return inference::Uniform{p.low, p.high}; }
  inference::Distribution operator()(BetaPrior p) const { return inference::Beta{p.a, p.b}; }
};

struct Bounded {
  inference::Marginal marginal;
  double minimum;
  double maximum;
};

Bounded bounded(const Prior& prior) {
  Bounded made{{.name = std::string(prior.parameter->name),
                .distribution = std::visit(ToInference{}, prior.distribution)},
               prior.parameter->minimum,
               prior.parameter->maximum};
  if (prior.spike) made.marginal.spike = inference::Spike{prior.spike->probability, prior.spike->no_effect};
  return made;
}

}  // namespace

std::vector<std::size_t> uncertain_parameters(const PriorTable& priors) {
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < priors.size(); ++i)
    if (!std::holds_alternative<FixedPrior>(priors[i].distribution)) places.push_back(i);
  return places;
}

inference::Prior prior_of(const PriorTable& priors, std::span<const std::size_t> chosen) {
  std::vector<Bounded> marginals;
  std::vector<std::string> names;
  for (const std::size_t place : chosen) {
    marginals.push_back(bounded(priors.at(place)));
    names.push_back(marginals.back().marginal.name);
  }
  const auto map = [marginals = std::move(marginals)](const Matrix& scores) {
    Matrix parameters(scores.rows(), scores.cols());
    for (Index j = 0; j < scores.cols(); ++j) {
      const Bounded& of = marginals[static_cast<std::size_t>(j)];
      for (Index i = 0; i < scores.rows(); ++i)
        parameters(i, j) = std::clamp(from_score(of.marginal, scores(i, j)), of.minimum, of.maximum);
    }
    return parameters;
  };
  const auto n = static_cast<Index>(names.size());
  return {std::move(names), n, map};
}

void set_parameters(Parameters& parameters, const PriorTable& priors, std::span<const std::size_t> chosen,
                    std::span<const double> row) {
  for (std::size_t j = 0; j < chosen.size(); ++j) parameters.*priors.at(chosen[j]).parameter->field = row[j];
}

}  // namespace tremplin
