#include "calibration/prior_form.hpp"

#include <string>
#include <string_view>
#include <utility>

namespace tremplin {

namespace {

constexpr yaml::Range positive{1e-9, 1e9};

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
    if (!(low < high)) {
      map.place_of("uniform").report(FaultKind::out_of_range, node, yaml::to_string(high),
                                     "> " + yaml::to_string(low));
    }
    return UniformPrior{low, high};
  }
  if (!map.has("fixed") || !map.truth("fixed")) {
    map.place().report(FaultKind::missing_key, node, {}, "normal | lognormal | beta | uniform | fixed: true");
  }
  return FixedPrior{};
}

}  // namespace

PriorForm read_prior_form(const yaml::Node& node, const yaml::Place& place, yaml::Range bounds) {
  yaml::MapReader map(node, place);
  PriorForm form;
  form.distribution = read_distribution(map, node);
  if (map.has("spike")) form.spike = Spike{map.number("spike", {0, 1}), map.number("no_effect", bounds)};
  map.finish();
  return form;
}

}  // namespace tremplin
