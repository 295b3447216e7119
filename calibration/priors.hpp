// Parameters and what is not known of them: calibration/parameters.yaml, one entry for each line of
// engine/parameters.def, with value, class, prior and source (facts/effects.md, facts/workload.md).
// A replicate draws all of them from (seed, replicate, name): the same values in every scenario.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "engine/base/draw.hpp"
#include "engine/parameters.hpp"
#include "scenarios/landscape/figures.hpp"
#include "scenarios/source_text.hpp"

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

// The behavioural effect that a parameter is part of, and its value where that effect is switched off.
struct PartOfEffect {
  std::size_t number = 0;  // in effect_names()
  double without = 0;
};

struct Prior {
  const ParameterEntry* parameter = nullptr;
  double value = 0;  // without uncertainty
  Evidence evidence{};
  Distribution distribution;
  std::optional<Spike> spike;
  std::optional<PartOfEffect> effect;
  std::string source;
  std::string note;  // may be empty
};

// All parameters, in the order of the registry.
using PriorTable = std::vector<Prior>;

// Throws InputError with all faults: parameters unknown, missing or twice, values outside the registry's
// bounds, priors of no known form.
PriorTable load_priors(const SourceText& file);

// Names of the effects that can be switched off (effects.def).
std::span<const std::string_view> effect_names();

// The effects of a list "sanction,contract"; "all" names every effect. Throws InputError{bad_option} with all
// names that are no effects. In the order of the registry, each once; none for an empty list.
std::vector<std::string> effects_in(std::string_view list);

// From now on the parameters of these effects have their values without it, in every draw.
void switch_off(PriorTable& priors, std::span<const std::string> effects);

// The values without uncertainty.
Parameters central(const PriorTable& priors);

// One draw of all parameters, each independent of the others and of which others exist; draws outside
// the registry's bounds are set to the bound. The same bits on any x86-64.
Parameters draw_parameters(const PriorTable& priors, const Luck& luck);

// FNV-1a, 64 bits: who draws, for things that have a name and no number.
constexpr std::uint64_t stable_hash(std::string_view name) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return hash;
}

}  // namespace tremplin
