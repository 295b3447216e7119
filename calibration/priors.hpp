// Parameters and what is not known of them: calibration/parameters.yaml, one entry for each line of
// engine/parameters.def, with value, class, prior and source (facts/effects.md, facts/workload.md).
// A replicate draws all of them from (seed, replicate, name): the same values in every scenario.
#pragma once

#include <cmath>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "calibration/prior_form.hpp"
#include "engine/base/draw.hpp"
#include "engine/base/stable_hash.hpp"
#include "engine/parameters.hpp"
#include "scenarios/landscape/figures.hpp"
#include "scenarios/source_text.hpp"

namespace tremplin {

// The behavioural effect that a parameter is part of, and its value where that effect is switched off.
struct PartOfEffect {
  std::size_t number = 0;  // in effect_names()
  double without = 0;
};

// The normal score of a member, of the common one and its own.
inline double joint_score(double correlation, double common, double own) {
  return std::sqrt(correlation) * common + std::sqrt(1 - correlation) * own;
}

// What several parameters have in common: their errors go together, each with the same correlation to every
// other, as if all held one error of its own (a hierarchy of one level, on the scale of normal scores).
struct CommonError {
  std::string name;
  double correlation = 0;  // between the normal scores of any two members, in (0, 1)
  Evidence evidence{};
  std::string source;
  std::vector<std::size_t> members;  // places in the table, in the order of the registry
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

// All parameters, in the order of the registry, and what some of them have in common. A *place* is the number
// of a parameter or, from size() on, of a common error.
class PriorTable {
 public:
  PriorTable() = default;
  explicit PriorTable(std::size_t n_parameters) : parameters_(n_parameters) {}

  [[nodiscard]] std::size_t size() const { return parameters_.size(); }
  [[nodiscard]] auto begin() const { return parameters_.begin(); }
  [[nodiscard]] auto end() const { return parameters_.end(); }
  auto begin() { return parameters_.begin(); }
  auto end() { return parameters_.end(); }
  const Prior& operator[](std::size_t parameter) const { return parameters_[parameter]; }
  Prior& operator[](std::size_t parameter) { return parameters_[parameter]; }
  [[nodiscard]] const Prior& at(std::size_t parameter) const { return parameters_.at(parameter); }

  std::vector<CommonError> common;

  [[nodiscard]] std::size_t n_places() const { return size() + common.size(); }
  // The place of the common error of which that parameter is a member.
  [[nodiscard]] std::optional<std::size_t> common_of(std::size_t parameter) const;
  [[nodiscard]] std::string_view name_of(std::size_t place) const;
  [[nodiscard]] std::optional<std::size_t> find(std::string_view name) const;
  // The name that is most like it.
  [[nodiscard]] std::string nearest(std::string_view name) const;

 private:
  std::vector<Prior> parameters_;
};

// Throws InputError with all faults: parameters unknown, missing or twice, values outside the registry's
// bounds, priors of no known form, common errors unknown or missing, or of parameters whose prior is neither
// normal nor lognormal, has a spike, or is in another common error.
PriorTable load_priors(const SourceText& file);

// Names of the effects that can be switched off (effects.def).
std::span<const std::string_view> effect_names();

// Names of the errors that parameters may have in common (common_errors.def).
std::span<const std::string_view> common_error_names();

// The effects of a list "sanction,contract"; "all" names every effect. Throws InputError{bad_option} with all
// names that are no effects. In the order of the registry, each once; none for an empty list.
std::vector<std::string> effects_in(std::string_view list);

// From now on the parameters of these effects have their values without it, in every draw.
void switch_off(PriorTable& priors, std::span<const std::string> effects);

// The values without uncertainty.
Parameters central(const PriorTable& priors);

// What is known beforehand of a draw: values at some places, a parameter's in its unit, a common error's as a
// normal score.
struct Given {
  std::span<const std::size_t> places;
  std::span<const double> values;
};

// One draw of all parameters, each independent of the others, but for common errors, and of which others
// exist; those given have their value, and members of a common error that is given are drawn with it. Draws
// outside the registry's bounds are set to the bound. The same bits on any x86-64.
Parameters draw_parameters(const PriorTable& priors, const Luck& luck, const Given& given = {});

}  // namespace tremplin
