#include "calibration/priors.hpp"

#include <algorithm>
#include <array>
#include <boost/random/beta_distribution.hpp>
#include <cmath>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "engine/base/portable_math.hpp"
#include "engine/base/portable_real.hpp"
#include "scenarios/yaml/expects_cells.hpp"
#include "scenarios/yaml/reader.hpp"

namespace tremplin {

namespace {

constexpr std::string_view common_errors_key = "common_errors";

constexpr std::array effects = {
#define EFFECT(name, meaning) std::string_view(#name),
#include "calibration/effects.def"
#undef EFFECT
};

constexpr std::array common_errors = {
#define COMMON_ERROR(name, meaning) std::string_view(#name),
#include "calibration/common_errors.def"
#undef COMMON_ERROR
};

void read_prior(yaml::MapReader& entry, Prior& prior) {
  const yaml::Node* node = entry.required("prior");
  if (node == nullptr) return;
  const yaml::Range bounds{prior.parameter->minimum, prior.parameter->maximum,
                           name_of(prior.parameter->unit)};
  PriorForm form = read_prior_form(*node, entry.place_of("prior"), bounds);
  prior.distribution = form.distribution;
  prior.spike = form.spike;
}

Prior read_entry(const yaml::Entry& entry, const ParameterEntry& parameter, const yaml::Place& place) {
  yaml::MapReader map(entry.value, place);
  Prior prior;
  prior.parameter = &parameter;
  prior.value = map.number("value", {parameter.minimum, parameter.maximum, name_of(parameter.unit)});
  prior.evidence = static_cast<Evidence>(map.one_of("class", evidence_names));
  read_prior(map, prior);
  if (const yaml::Node* effect = map.optional("effect")) {
    yaml::MapReader part(*effect, map.place_of("effect"));
    prior.effect = PartOfEffect{static_cast<std::size_t>(part.one_of("of", effects)),
                                part.number("without", {parameter.minimum, parameter.maximum})};
    part.finish();
    if (prior.spike && prior.spike->no_effect != prior.effect->without) {
      map.place_of("effect").report(FaultKind::out_of_range, *effect,
                                    fmt::format("{}", prior.effect->without),
                                    fmt::format("no_effect: {}", prior.spike->no_effect));
    }
  }
  prior.source = map.text("source");
  prior.note = map.text("note", "");
  map.finish();
  return prior;
}

std::string nearest_parameter(std::string_view found) {
  std::vector<std::string_view> names;
  for (const ParameterEntry& parameter : all_parameters()) names.push_back(parameter.name);
  return nearest_name(found, names);
}

double normal(Draws& draws) { return portable::normal_quantile(draws.uniform(Decision::parameter)); }

// Who draws `name`, once in a replicate.
Draws draws_of(std::string_view name, const Luck& luck) { return {luck, stable_hash(name), Month{1900, 1}}; }

// What a parameter shares with others: nothing, or the score of a common error.
struct Joined {
  double common = 0;
  double correlation = 0;
  [[nodiscard]] double score(double own) const { return joint_score(correlation, common, own); }
};

double draw(const Prior& prior, const Joined& joined, const Luck& luck) {
  Draws draws = draws_of(prior.parameter->name, luck);
  if (prior.spike && draws.happens(Decision::parameter_spike, prior.spike->probability)) {
    return prior.spike->no_effect;
  }
  struct Sampler {
    const Prior& prior;
    const Joined& joined;
    Draws& draws;
    double operator()(FixedPrior) const { return prior.value; }
    double operator()(NormalPrior p) const { return p.mean + p.sd * joined.score(normal(draws)); }
    double operator()(LognormalPrior p) const {
      return p.median * portable::exp(p.log_sd * joined.score(normal(draws)));
    }
    double operator()(UniformPrior p) const {
      return p.low + (p.high - p.low) * draws.uniform(Decision::parameter);
    }
    double operator()(BetaPrior p) const {
      auto stream = draws.stream(Decision::parameter);
      return static_cast<double>(boost::random::beta_distribution<PortableReal>(p.a, p.b)(stream));
    }
  };
  return std::visit(Sampler{prior, joined, draws}, prior.distribution);
}

// A member named in common_errors, or nothing after a fault.
std::optional<std::size_t> read_member(const PriorTable& priors, const std::string& name,
                                       const yaml::Node& node, const yaml::Place& place) {
  const ParameterEntry* parameter = find_parameter(name);
  if (parameter == nullptr) {
    place.report(FaultKind::unknown_name, node, name, {}, nearest_parameter(name));
    return {};
  }
  const auto at = static_cast<std::size_t>(parameter - all_parameters().data());
  const Prior& prior = priors[at];
  if (prior.parameter == nullptr) return {};  // told as missing
  const bool additive = std::holds_alternative<NormalPrior>(prior.distribution) ||
                        std::holds_alternative<LognormalPrior>(prior.distribution);
  if (!additive || prior.spike) {
    place.report(FaultKind::inconsistent, node, name, std::string(expects::normal_prior));
    return {};
  }
  if (const auto other = priors.common_of(at)) {
    place.report(FaultKind::inconsistent, node, name + ": " + std::string(priors.name_of(*other)),
                 std::string(expects::one_common_error));
    return {};
  }
  return at;
}

void read_common_error(std::string_view name, const yaml::Node& node, const yaml::Place& place,
                       PriorTable& priors) {
  yaml::MapReader map(node, place);
  CommonError common{.name = std::string(name), .evidence = {}, .source = {}, .members = {}};
  constexpr yaml::Range between{1e-6, 1 - 1e-6};
  common.correlation = map.number("correlation", between);
  common.evidence = static_cast<Evidence>(map.one_of("class", evidence_names));
  common.source = map.text("source");
  if (const yaml::Node* members = map.required("members")) {
    const yaml::Place of = map.place_of("members");
    const auto items = yaml::items(*members, of);
    for (std::size_t i = 0; i < items.size(); ++i) {
      const auto at = read_member(priors, yaml::text(items[i], of.at(i)), items[i], of.at(i));
      if (!at) continue;
      if (std::ranges::find(common.members, *at) != common.members.end()) {
        of.at(i).report(FaultKind::inconsistent, items[i], std::string(items[i].scalar),
                        std::string(expects::each_name_once));
        continue;
      }
      common.members.push_back(*at);
    }
    if (items.size() < 2) {
      of.report(FaultKind::wrong_type, *members, std::to_string(items.size()),
                std::string(expects::two_names));
    }
  }
  map.finish();
  std::ranges::sort(common.members);
  priors.common.push_back(std::move(common));
}

}  // namespace

PriorTable load_priors(const SourceText& file) {
  Faults faults;
  const auto parameters = all_parameters();
  PriorTable priors(parameters.size());
  if (const auto root = yaml::read_document(file, faults)) {
    const yaml::Place place{file.name, &faults, {}};
    const auto entries = yaml::entries(*root, place);
    const auto common = std::ranges::find(entries, common_errors_key, &yaml::Entry::key);
    for (const yaml::Entry& entry : entries) {
      if (entry.key == common_errors_key) continue;
      const ParameterEntry* parameter = find_parameter(entry.key);
      if (parameter == nullptr) {
        faults.add({FaultKind::unknown_key,
                    file.name,
                    entry.line,
                    entry.column,
                    entry.key,
                    entry.key,
                    {},
                    nearest_parameter(entry.key)});
        continue;
      }
      priors[static_cast<std::size_t>(parameter - parameters.data())] =
          read_entry(entry, *parameter, place.at(entry.key));
    }
    for (std::size_t i = 0; i < priors.size(); ++i) {
      if (priors[i].parameter != nullptr) continue;
      faults.add({FaultKind::missing_key, file.name, 0, 0, std::string(parameters[i].name), {}, {}, {}});
    }
    if (common != entries.end()) {
      const yaml::Place of = place.at(common_errors_key);
      yaml::MapReader map(common->value, of);
      for (const std::string_view name : common_errors)
        if (const yaml::Node* node = map.required(name))
          read_common_error(name, *node, map.place_of(name), priors);
      map.finish();
    }
  }
  faults.throw_if_any();
  return priors;
}

std::span<const std::string_view> effect_names() { return effects; }

std::span<const std::string_view> common_error_names() { return common_errors; }

std::vector<std::string> effects_in(std::string_view list) {
  std::set<std::string_view> wanted;
  Faults faults;
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(','), list.size());
    const std::string_view name = list.substr(0, end);
    list.remove_prefix(std::min(end + 1, list.size()));
    if (name == "all") {
      wanted.insert(effects.begin(), effects.end());
    } else if (std::ranges::find(effects, name) != effects.end()) {
      wanted.insert(name);
    } else {
      std::string known = "all";
      for (const std::string_view effect : effects) known += " | " + std::string(effect);
      faults.add({FaultKind::bad_option,
                  {},
                  0,
                  0,
                  "--without",
                  std::string(name),
                  std::move(known),
                  nearest_name(name, effects)});
    }
  }
  faults.throw_if_any();
  std::vector<std::string> chosen;
  for (const std::string_view effect : effects) {
    if (wanted.contains(effect)) chosen.emplace_back(effect);
  }
  return chosen;
}

void switch_off(PriorTable& priors, std::span<const std::string> effects_off) {
  for (Prior& prior : priors) {
    if (!prior.effect || std::ranges::find(effects_off, effects[prior.effect->number]) == effects_off.end())
      continue;
    prior.value = prior.effect->without;
    prior.distribution = FixedPrior{};
    prior.spike.reset();
  }
}

Parameters central(const PriorTable& priors) {
  Parameters parameters;
  for (const Prior& prior : priors) parameters.*prior.parameter->field = prior.value;
  return parameters;
}

Parameters draw_parameters(const PriorTable& priors, const Luck& luck, const Given& given) {
  std::vector<std::optional<double>> known(priors.n_places());
  for (std::size_t i = 0; i < given.places.size(); ++i) known.at(given.places[i]) = given.values[i];
  std::vector<Joined> joined(priors.size());
  for (std::size_t c = 0; c < priors.common.size(); ++c) {
    const CommonError& common = priors.common[c];
    Draws draws = draws_of(common.name, luck);
    const double score = known[priors.size() + c].value_or(normal(draws));
    for (const std::size_t member : common.members) joined[member] = {score, common.correlation};
  }
  Parameters parameters;
  for (std::size_t i = 0; i < priors.size(); ++i) {
    const ParameterEntry& parameter = *priors[i].parameter;
    const double value = known[i] ? *known[i] : draw(priors[i], joined[i], luck);
    parameters.*parameter.field = std::clamp(value, parameter.minimum, parameter.maximum);
  }
  return parameters;
}

std::optional<std::size_t> PriorTable::common_of(std::size_t parameter) const {
  const auto found = std::ranges::find_if(common, [&](const CommonError& one) {
    return std::ranges::find(one.members, parameter) != one.members.end();
  });
  if (found == common.end()) return {};
  return size() + static_cast<std::size_t>(found - common.begin());
}

std::string_view PriorTable::name_of(std::size_t place) const {
  return place < size() ? parameters_.at(place).parameter->name : common.at(place - size()).name;
}

std::optional<std::size_t> PriorTable::find(std::string_view name) const {
  for (std::size_t place = 0; place < n_places(); ++place)
    if (name_of(place) == name) return place;
  return {};
}

std::string PriorTable::nearest(std::string_view name) const {
  std::vector<std::string_view> names;
  for (std::size_t place = 0; place < n_places(); ++place) names.push_back(name_of(place));
  return nearest_name(name, names);
}

}  // namespace tremplin
