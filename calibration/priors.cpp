#include "calibration/priors.hpp"

#include <algorithm>
#include <array>
#include <boost/random/beta_distribution.hpp>
#include <set>

#include <fmt/format.h>

#include "engine/base/portable_math.hpp"
#include "engine/base/portable_real.hpp"
#include "scenarios/yaml/reader.hpp"

namespace tremplin {

namespace {

constexpr yaml::Range positive{1e-9, 1e9};

constexpr std::array effects = {
#define EFFECT(name, meaning) std::string_view(#name),
#include "calibration/effects.def"
#undef EFFECT
};

// The two numbers of `{normal: [mean, sd]}` and the like.
std::pair<double, double> read_pair(yaml::MapReader& map, std::string_view form, yaml::Range first,
                                    yaml::Range second) {
  const yaml::Node* node = map.required(form);
  const yaml::Place place = map.place_of(form);
  const auto items = yaml::items(*node, place);
  if (items.size() != 2) {
    place.report(FaultKind::wrong_type, *node, std::to_string(items.size()) + " numbers", "2 numbers");
    return {positive.minimum, 1};
  }
  return {yaml::number(items[0], place.at(0), first), yaml::number(items[1], place.at(1), second)};
}

Distribution read_distribution(yaml::MapReader& map, const yaml::Node& node) {
  if (map.has("normal")) {
    const auto [mean, sd] = read_pair(map, "normal", {}, positive);
    return NormalPrior{mean, sd};
  }
  if (map.has("lognormal")) {
    const auto [median, log_sd] = read_pair(map, "lognormal", positive, positive);
    return LognormalPrior{median, log_sd};
  }
  if (map.has("beta")) {
    const auto [a, b] = read_pair(map, "beta", positive, positive);
    return BetaPrior{a, b};
  }
  if (map.has("uniform")) {
    const auto [low, high] = read_pair(map, "uniform", {}, {});
    return UniformPrior{low, high};
  }
  if (!map.has("fixed") || !map.truth("fixed")) {
    map.place().report(FaultKind::missing_key, node, {}, "normal | lognormal | beta | uniform | fixed: true");
  }
  return FixedPrior{};
}

void read_prior(yaml::MapReader& entry, Prior& prior) {
  const yaml::Node* node = entry.required("prior");
  if (node == nullptr) return;
  yaml::MapReader map(*node, entry.place_of("prior"));
  prior.distribution = read_distribution(map, *node);
  if (map.has("spike")) {
    const yaml::Range bounds{prior.parameter->minimum, prior.parameter->maximum,
                             name_of(prior.parameter->unit)};
    prior.spike = Spike{map.number("spike", {0, 1}), map.number("no_effect", bounds)};
  }
  map.finish();
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

double draw(const Prior& prior, const Luck& luck) {
  Draws draws(luck, stable_hash(prior.parameter->name), Month{1900, 1});
  if (prior.spike && draws.happens(Decision::parameter_spike, prior.spike->probability)) {
    return prior.spike->no_effect;
  }
  struct Sampler {
    const Prior& prior;
    Draws& draws;
    double operator()(FixedPrior) const { return prior.value; }
    double operator()(NormalPrior p) const { return p.mean + p.sd * normal(draws); }
    double operator()(LognormalPrior p) const { return p.median * portable::exp(p.log_sd * normal(draws)); }
    double operator()(UniformPrior p) const {
      return p.low + (p.high - p.low) * draws.uniform(Decision::parameter);
    }
    double operator()(BetaPrior p) const {
      auto stream = draws.stream(Decision::parameter);
      return static_cast<double>(boost::random::beta_distribution<PortableReal>(p.a, p.b)(stream));
    }
  };
  return std::visit(Sampler{prior, draws}, prior.distribution);
}

}  // namespace

PriorTable load_priors(const SourceText& file) {
  Faults faults;
  const auto parameters = all_parameters();
  PriorTable priors(parameters.size());
  if (const auto root = yaml::read_document(file, faults)) {
    const yaml::Place place{file.name, &faults, {}};
    for (const yaml::Entry& entry : yaml::entries(*root, place)) {
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
  }
  faults.throw_if_any();
  return priors;
}

std::span<const std::string_view> effect_names() { return effects; }

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

Parameters draw_parameters(const PriorTable& priors, const Luck& luck) {
  Parameters parameters;
  for (const Prior& prior : priors) {
    const ParameterEntry& parameter = *prior.parameter;
    parameters.*parameter.field = std::clamp(draw(prior, luck), parameter.minimum, parameter.maximum);
  }
  return parameters;
}

}  // namespace tremplin
