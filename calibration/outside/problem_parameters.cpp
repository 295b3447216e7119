// Reads the parameters of a problem file.
#include <Eigen/Cholesky>
#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <utility>

#include "calibration/outside/problem_parts.hpp"
#include "calibration/prior_marginal.hpp"

namespace tremplin::outside {

namespace {

using inference::Index;
using inference::Marginal;
using inference::Matrix;
using yaml::MapReader;
using yaml::Node;
using yaml::Place;

// Of the file's parameters, each once.
class Names {
 public:
  void add(const std::string& name, const Place& place, const Node& node) {
    check_name(name, place, node);
    if (!names_.insert(name).second) place.report(FaultKind::duplicate_key, node, name, {});
  }

 private:
  std::set<std::string> names_;
};

Marginal read_parameter(const yaml::Entry& entry, const Place& place) {
  MapReader map(entry.value, place);
  Marginal marginal{entry.key, inference::Normal{}};
  if (const Node* node = map.required("prior")) {
    const PriorForm form = read_prior_form(*node, map.place_of("prior"), {});
    if (std::holds_alternative<FixedPrior>(form.distribution) && node->find("fixed") != nullptr)
      map.place_of("prior").report(FaultKind::wrong_type, *node, "fixed",
                                   "normal | lognormal | beta | uniform");
    marginal = marginal_of(entry.key, form.distribution, form.spike);
  }
  map.text("source", "");
  map.text("note", "");
  map.finish();
  return marginal;
}

// The one form that a part of a group may have.
template <class Form>
Form read_form(MapReader& group, std::string_view key, std::string_view form, Form fallback) {
  const Node* node = group.required(key);
  if (node == nullptr) return fallback;
  const PriorForm read = read_prior_form(*node, group.place_of(key), {});
  if (const auto* wanted = std::get_if<Form>(&read.distribution); wanted != nullptr && !read.spike)
    return *wanted;
  if (!std::holds_alternative<FixedPrior>(read.distribution) || node->find("fixed") != nullptr)
    group.place_of(key).report(FaultKind::wrong_type, *node, {}, std::string(form));
  return fallback;
}

inference::Group read_group(const yaml::Entry& entry, const Place& place, Names& names) {
  constexpr std::array<std::string_view, 3> links = {"identity", "log", "logit"};
  MapReader map(entry.value, place);
  inference::Group group;
  group.name = entry.key;
  group.link = static_cast<inference::Link>(map.one_of("link", links, 0));
  const auto mean = read_form(map, "mean", "normal", NormalPrior{0, 1});
  const auto spread = read_form(map, "spread", "lognormal", LognormalPrior{1, 1});
  group.mean = {mean.mean, mean.sd};
  group.spread = {spread.median, spread.log_sd};
  names.add(entry.key + "_mean", place, entry.value);
  names.add(entry.key + "_spread", place, entry.value);
  if (const Node* members = map.required("members")) {
    const Place at = map.place_of("members");
    group.members = yaml::texts(*members, at);
    if (group.members.empty())
      at.report(FaultKind::wrong_type, *members, {}, std::string(expects::not_empty));
    for (const std::string& member : group.members) names.add(member, at, *members);
  }
  map.text("source", "");
  map.text("note", "");
  map.finish();
  return group;
}

// Two of the parameters; -1 for one that is unknown.
std::array<Index, 2> read_between(MapReader& map, const std::vector<std::string>& names) {
  std::array<Index, 2> pair{-1, -1};
  const Node* node = map.required("between");
  if (node == nullptr) return pair;
  const Place place = map.place_of("between");
  const std::vector<std::string> words = yaml::texts(*node, place);
  if (words.size() != 2 || words.front() == words.back()) {
    place.report(FaultKind::wrong_type, *node, std::to_string(words.size()), "[A, B]");
    return pair;
  }
  for (std::size_t i = 0; i < 2; ++i) {
    const auto found = std::ranges::find(names, words[i]);
    if (found == names.end()) {
      place.report(FaultKind::unknown_name, *node, words[i], {}, nearest_name(words[i], names));
    } else {
      pair.at(i) = found - names.begin();
    }
  }
  return pair;
}

// Of the scores of these parameters; none if the file gives none, or not a correlation.
std::optional<Matrix> read_correlation(MapReader& map, const std::vector<std::string>& names) {
  const Node* node = map.optional("correlations");
  if (node == nullptr) return std::nullopt;
  const Place place = map.place_of("correlations");
  const auto n = static_cast<Index>(names.size());
  Matrix correlation = Matrix::Identity(n, n);
  const auto items = yaml::items(*node, place);
  for (std::size_t i = 0; i < items.size(); ++i) {
    MapReader one(items[i], place.at(i));
    const auto [a, b] = read_between(one, names);
    const double value = one.number("value", {-1, 1});
    one.finish();
    if (a < 0 || b < 0) continue;
    if (correlation(a, b) != 0)
      place.at(i).report(FaultKind::duplicate_key, items[i], names[static_cast<std::size_t>(a)], {});
    correlation(a, b) = correlation(b, a) = value;
  }
  if (Eigen::LLT<Matrix>(correlation).info() == Eigen::Success) return correlation;
  place.report(FaultKind::inconsistent, *node, "correlations", "positive definite");
  return std::nullopt;
}

}  // namespace

std::optional<inference::Prior> read_prior(MapReader& map) {
  const std::size_t n_faults = map.place().faults->size();
  Names names;
  std::vector<Marginal> marginals;
  std::vector<std::string> own;  // those outside groups
  if (const Node* node = map.optional("parameters")) {
    const Place place = map.place_of("parameters");
    for (const yaml::Entry& entry : yaml::entries(*node, place)) {
      names.add(entry.key, place.at(entry.key), entry.value);
      marginals.push_back(read_parameter(entry, place.at(entry.key)));
      own.push_back(entry.key);
    }
  }
  std::vector<inference::Group> groups;
  if (const Node* node = map.optional("groups")) {
    const Place place = map.place_of("groups");
    for (const yaml::Entry& entry : yaml::entries(*node, place))
      groups.push_back(read_group(entry, place.at(entry.key), names));
  }
  if (marginals.empty() && groups.empty()) map.required("parameters");
  const std::optional<Matrix> correlation = read_correlation(map, own);
  if (map.place().faults->size() > n_faults || (marginals.empty() && groups.empty())) return std::nullopt;
  std::vector<inference::Prior> parts;
  if (!marginals.empty())
    parts.push_back(correlation ? correlated(std::move(marginals), *correlation)
                                : independent(std::move(marginals)));
  for (inference::Group& group : groups) parts.push_back(hierarchical(std::move(group)));
  return side_by_side(std::move(parts));
}

}  // namespace tremplin::outside
