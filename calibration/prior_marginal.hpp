// A prior as it is written (prior_form.hpp) as one of the inference core.
#pragma once

#include <string>
#include <utility>

#include "calibration/inference/prior.hpp"
#include "calibration/prior_form.hpp"

namespace tremplin {

// Of a fixed prior there is no distribution (a standard normal stands for it): it is never inferred.
inline inference::Marginal marginal_of(std::string name, const Distribution& distribution,
                                       const std::optional<Spike>& spike) {
  struct ToInference {
    inference::Distribution operator()(FixedPrior) const { return inference::Normal{}; }
    inference::Distribution operator()(NormalPrior p) const { return inference::Normal{p.mean, p.sd}; }
    inference::Distribution operator()(LognormalPrior p) const {
      return inference::Lognormal{p.median, p.log_sd};
    }
    inference::Distribution operator()(UniformPrior p) const { return inference::Uniform{p.low, p.high}; }
    inference::Distribution operator()(BetaPrior p) const { return inference::Beta{p.a, p.b}; }
  };
  inference::Marginal marginal{std::move(name), std::visit(ToInference{}, distribution)};
  if (spike) marginal.spike = inference::Spike{spike->probability, spike->no_effect};
  return marginal;
}

}  // namespace tremplin
