// Reads the summaries of a problem file: what was observed and how it scatters.
#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>
#include <set>
#include <utility>

#include "calibration/inference/stated_error.hpp"
#include "calibration/outside/problem_parts.hpp"

namespace tremplin::outside {

namespace {

using inference::Index;
using inference::Term;
using inference::Vector;
using yaml::MapReader;
using yaml::Node;
using yaml::Place;

constexpr yaml::Range any{};
constexpr yaml::Range positive{1e-12};
constexpr yaml::Range not_negative{0};
constexpr yaml::Range share{0, 1};
constexpr yaml::Range trials_known{1};

enum class Form { normal, binomial, count, poisson, negative_binomial, simulated, multinomial, interval };
constexpr std::array<std::string_view, 6> plain_forms = {"normal",  "binomial",          "count",
                                                         "poisson", "negative_binomial", "simulated"};

// A member of a multinomial set: several summaries make one term.
struct Member {
  Index column;
  double share;
  double size;
  double discrepancy;
  double noise_share;
};

class Reader {
 public:
  void read(const yaml::Entry& entry, const Place& place) {
    check_name(entry.key, place, entry.value);
    MapReader map(entry.value, place);
    column_ = static_cast<Index>(found_.observed.size());
    summary_ = {.name = entry.key};
    constexpr std::array<std::string_view, 2> roles = {"fit", "validation"};
    summary_.is_fitted = map.one_of("role", roles, 0) == 0;
    map.text("source", "");
    map.text("note", "");
    if (const Node* node = map.required("likelihood")) {
      Term term{entry.key, {}, 0, 0};
      const bool alone = read_term(map, *node, term);
      if (alone && summary_.is_fitted) found_.observation.terms.push_back(std::move(term));
    }
    map.finish();
    found_.observed.push_back(summary_);
  }

  Summaries finish(const Place& place, const Node& node) {
    for (const auto& [set, members] : sets_) {
      if (members.size() < 2) {
        place.report(FaultKind::inconsistent, node, "multinomial: " + set, "2 ..");
        continue;
      }
      const bool none = std::ranges::all_of(members, [](const Member& m) { return m.share == 0; });
      if (none) {
        place.report(FaultKind::inconsistent, node, "multinomial: " + set + ": 0", "> 0");
      } else {
        add_set(set, members);
      }
    }
    if (found_.observation.terms.empty() && place.faults->empty())
      place.report(FaultKind::missing_key, node, {}, "role: fit");
    return std::move(found_);
  }

 private:
  // Whether the summary is a term of its own.
  bool read_term(MapReader& map, const Node& node, Term& term) {
    Form form = Form::normal;
    std::string set;
    if (node.kind != Node::Kind::map) {
      form = static_cast<Form>(map.one_of("likelihood", plain_forms));
    } else if (node.find("multinomial") != nullptr) {
      MapReader parts(node, map.place_of("likelihood"));
      set = parts.text("multinomial");
      parts.finish();
      form = Form::multinomial;
    } else {
      form = Form::interval;
    }
    const double part = form == Form::simulated ? 0 : map.number("discrepancy", {0, 1}, 0);
    term.noise_share = form == Form::simulated ? 1 : map.number("noise_share", share, 0);
    switch (form) {
      case Form::normal:
        normal(map, term);
        break;
      case Form::binomial:
        binomial(map, term);
        break;
      case Form::count:
        number(map, positive);
        error(map);
        term.likelihood = inference::count_with_error(column_, summary_.value, summary_.standard_error);
        break;
      case Form::poisson:
      case Form::negative_binomial:
        count(map, term, form == Form::negative_binomial);
        break;
      case Form::simulated:
        number(map, any);
        summary_.standard_error = std::numeric_limits<double>::quiet_NaN();
        term.likelihood = inference::SimulatorNoise{{column_}, Vector::Constant(1, summary_.value)};
        break;
      case Form::multinomial: {
        number(map, share);
        const double size = sample(map);
        if (summary_.is_fitted)
          sets_[set].push_back({column_, summary_.value, size,
                                inference::discrepancy_on_logit(part, std::min(summary_.value, 0.999)),
                                term.noise_share});
        return false;
      }
      case Form::interval:
        interval(map, node, term);
        break;
    }
    term.discrepancy = on_link(form, part);
    return true;
  }

  [[nodiscard]] double on_link(Form form, double part) const {
    switch (form) {
      case Form::binomial:
        return inference::discrepancy_on_logit(part, std::min(summary_.value, 0.999));
      case Form::count:
      case Form::poisson:
      case Form::negative_binomial:
        return part;
      default:
        return part * std::abs(summary_.value);
    }
  }

  void number(MapReader& map, yaml::Range range) { summary_.value = map.number("value", range); }

  // `se`, or `relative_se`, a part of the value.
  void error(MapReader& map) {
    summary_.standard_error = map.has("relative_se")
                                  ? map.number("relative_se", positive) * std::abs(summary_.value)
                                  : map.number("se", positive);
    if (summary_.standard_error > 0) return;
    if (const Node* node = map.optional("relative_se"); node != nullptr && map.place().faults->empty())
      map.place_of("relative_se").report(FaultKind::inconsistent, *node, "value: 0", "se");
    summary_.standard_error = 1;  // of a value that has a fault
  }

  // The sample behind a share: `trials`, or what its standard error stands for.
  double sample(MapReader& map) {
    const double p = summary_.value;
    if (map.has("trials")) {
      const double trials = map.number("trials", trials_known);
      summary_.standard_error = std::sqrt(p * (1 - p) / std::max(trials, 1.0));
      return std::max(trials, 1.0);
    }
    error(map);
    const Node* node = map.optional("value");
    if (node == nullptr) return 1;
    if (p <= 0 || p >= 1) {
      map.place_of("value").report(FaultKind::out_of_range, *node, yaml::to_string(p),
                                   "0 < value < 1 | trials");
      return 1;
    }
    return inference::effective_size(p, summary_.standard_error);
  }

  void normal(MapReader& map, Term& term) {
    number(map, any);
    error(map);
    term.likelihood = inference::NormalData{column_, summary_.value, summary_.standard_error};
  }

  void binomial(MapReader& map, Term& term) {
    number(map, share);
    const double trials = sample(map);
    const double correlation = map.number("correlation", {0, 0.999}, 0);
    term.likelihood = inference::BinomialData{column_, summary_.value * trials, trials, correlation};
  }

  // A count of `exposure` units; the summary is the mean of one.
  void count(MapReader& map, Term& term, bool has_size) {
    number(map, not_negative);
    inference::CountData data{.column = column_, .count = summary_.value};
    data.exposure = map.number("exposure", positive, 1);
    if (has_size) data.size = map.number("size", positive);
    const double mean = summary_.value;
    summary_.standard_error = std::sqrt(mean + (has_size && data.size > 0 ? mean * mean / data.size : 0)) /
                              std::max(data.exposure, 1e-300);
    summary_.value = mean / std::max(data.exposure, 1e-300);
    if (!(data.exposure > 0)) data.exposure = 1;
    if (!(data.size > 0)) data.size = 1;
    term.likelihood = data;
  }

  void interval(MapReader& map, const Node& node, Term& term) {
    MapReader parts(node, map.place_of("likelihood"));
    const double low = parts.number("low", any);
    const double high = parts.number("high", {low});
    const double edge = parts.number("edge", not_negative, 0);
    parts.finish();
    if (low == high && map.place().faults->empty())
      map.place_of("likelihood")
          .report(FaultKind::out_of_range, node, yaml::to_string(high), "> " + yaml::to_string(low));
    summary_.value = map.number("value", any, 0.5 * (low + high));
    summary_.standard_error = std::sqrt((high - low) * (high - low) / 12 + edge * edge);
    term.likelihood = inference::IntervalData{column_, low, high, edge};
  }

  void add_set(const std::string& set, const std::vector<Member>& members) {
    Term term{set, {}, 0, 1};
    std::vector<Index> columns;
    std::vector<double> sizes;
    Vector shares(static_cast<Index>(members.size()));
    for (const Member& member : members) {
      shares[static_cast<Index>(columns.size())] = member.share;
      columns.push_back(member.column);
      sizes.push_back(member.size);
      term.discrepancy = std::max(term.discrepancy, member.discrepancy);
      term.noise_share = std::min(term.noise_share, member.noise_share);
    }
    if (shares.sum() > 0) term.likelihood = inference::multinomial_of_size(std::move(columns), shares, sizes);
    found_.observation.terms.push_back(std::move(term));
  }

  Index column_ = 0;
  ObservedSummary summary_;
  Summaries found_;
  std::map<std::string, std::vector<Member>> sets_;
};

}  // namespace

Summaries read_summaries(MapReader& map) {
  const Node* node = map.required("summaries");
  if (node == nullptr) return {};
  const Place place = map.place_of("summaries");
  Reader reader;
  for (const yaml::Entry& entry : yaml::entries(*node, place)) reader.read(entry, place.at(entry.key));
  return reader.finish(place, *node);
}

}  // namespace tremplin::outside
