// How a prior is written, wherever one is: {normal: [mean, sd]}, {lognormal: [median, sd of the log]},
// {beta: [a, b]}, {uniform: [a, b]} or {fixed: true}; beside it `spike`, the probability of exactly
// `no_effect`.
#pragma once

#include <optional>
#include <variant>

#include "scenarios/yaml/reader.hpp"

namespace tremplin {

struct FixedPrior {};
struct NormalPrior {
  double mean;
  double sd;
};
struct LognormalPrior {
  double median;
  double log_sd;
};
struct BetaPrior {
  double a;
  double b;
};
struct UniformPrior {
  double low;
  double high;
};
using Distribution = std::variant<FixedPrior, NormalPrior, LognormalPrior, BetaPrior, UniformPrior>;

// Exactly `no_effect` with this probability, else the distribution.
struct Spike {
  double probability = 0;
  double no_effect = 0;
};

struct PriorForm {
  Distribution distribution;
  std::optional<Spike> spike;
};

// The map under `prior`, faults noted. bounds: of what `no_effect` may be.
PriorForm read_prior_form(const yaml::Node& node, const yaml::Place& place, yaml::Range bounds);

}  // namespace tremplin
