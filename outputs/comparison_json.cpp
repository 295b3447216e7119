#include "outputs/comparison_json.hpp"

#include <fmt/format.h>

#include <array>

#include "outputs/own_cpas.hpp"

namespace tremplin {

namespace {

using Json = nlohmann::ordered_json;

template <class Value>
Json or_null(const std::optional<Value>& value) {
  return value ? Json(*value) : Json(nullptr);
}

Json to_json(const std::optional<Interval>& interval) {
  return interval ? Json::array({interval->low, interval->high}) : Json(nullptr);
}

Json to_json(const Estimate& estimate) {
  return {{"mean", estimate.mean},
          {"interval", to_json(estimate.interval)},
          {"one_draw", to_json(estimate.one_draw)},
          {"deviation", or_null(estimate.deviation)}};
}

Json to_json(const Contrast& contrast, bool alone) {
  if (!contrast.defined) return nullptr;
  Json json = {{"base", to_json(contrast.base)}};
  if (alone) return json;
  json["reform"] = to_json(contrast.reform);
  json["difference"] = to_json(contrast.difference);
  json["relative"] = or_null(contrast.relative);
  json["ranked"] = contrast.ranked;
  json["n_same_sign"] = contrast.n_same_sign;
  json["only_sign_known"] = contrast.only_sign_known;
  json["variance_reduction"] = or_null(contrast.variance_reduction);
  return json;
}

Json indicators_json(const Comparison& comparison, const Labels& labels, Language language) {
  constexpr std::array rises = {"wanted", "unwanted", "neutral"};
  Json json = Json::array();
  for (std::size_t i = 0; i < n_indicators; ++i) {
    const IndicatorEntry& entry = all_indicators()[i];
    Json row = {{"name", entry.name},
                {"label", labels.of(static_cast<Indicator>(i))[language]},
                {"topic", topic_names()[static_cast<std::size_t>(entry.topic)]},
                {"unit", indicator_unit_names()[static_cast<std::size_t>(entry.unit)]},
                {"basis", basis_names[static_cast<std::size_t>(entry.basis)]},
                {"a_rise_is", rises[static_cast<std::size_t>(entry.rise)]},
                {"scope", entry.scope == TallyScope::rule ? "rule" : "behaviour"},
                {"formula", entry.formula}};
    row["values"] = to_json(comparison.indicators[i], comparison.alone());
    json.push_back(std::move(row));
  }
  return json;
}

Json groups_json(const std::vector<GroupContrasts>& groups, bool alone) {
  Json json = Json::array();
  for (const GroupContrasts& group : groups) {
    Json row;
    if (group.group.region)
      row["region"] = names_in(Section::regions)[static_cast<std::size_t>(*group.group.region)];
    if (group.group.size)
      row["size"] = names_in(Section::size_classes)[static_cast<std::size_t>(*group.group.size)];
    for (std::size_t i = 0; i < key_indicators().size(); ++i)
      row["values"][std::string(entry_of(key_indicators()[i]).name)] = to_json(group.contrasts[i], alone);
    json.push_back(std::move(row));
  }
  return json;
}

std::string iso(Month month) { return fmt::format("{:04}-{:02}", month.year(), month.of_year()); }

Json series_json(const std::vector<Series>& all, bool alone) {
  Json json = Json::array();
  for (const Series& series : all) {
    Json steps = Json::array();
    for (std::size_t s = 0; s < series.steps.size(); ++s)
      steps.push_back({{"from", iso(series.steps[s])}, {"values", to_json(series.contrasts[s], alone)}});
    json.push_back({{"indicator", entry_of(series.indicator).name},
                    {"months_per_step", series.months_per_step},
                    {"steps", std::move(steps)}});
  }
  return json;
}

Json drivers_json(const std::vector<Driver>& drivers) {
  Json json = Json::array();
  for (const Driver& driver : drivers)
    json.push_back({{"indicator", entry_of(driver.indicator).name},
                    {"parameter", all_parameters()[driver.parameter].name},
                    {"correlation", driver.correlation},
                    {"drawn", {driver.drawn.low, driver.drawn.high}},
                    {"difference_at", {driver.difference_at.low, driver.difference_at.high}},
                    {"reverses", driver.reverses}});
  return json;
}

}  // namespace

Json to_json(const Run& run, const Comparison& comparison, const Labels& labels, Language language) {
  const bool alone = comparison.alone();
  Json json = {{"base", run.scenarios[comparison.base].name}};
  json["reform"] = alone ? Json(nullptr) : Json(run.scenarios[comparison.reform].name);
  json["from"] = iso(comparison.period.from);
  json["until"] = iso(comparison.period.until);
  json["replicates"] = comparison.n_replicates;
  json["fixed_parameters"] = run.fixed_parameters;
  json["interrupted"] = run.interrupted;
  json["sample"] = run.sample;
  json["seed"] = run.seed;
  if (run.own) json["own_cpas"] = to_json(*run.own);
  json["program_version"] = run.program_version;
  json["indicators"] = indicators_json(comparison, labels, language);
  Json tasks = Json::array();
  for (std::size_t task = 0; task < n_tasks; ++task)
    tasks.push_back({{"task", all_tasks()[task].name},
                     {"asked", to_json(comparison.tasks[task].asked, alone)},
                     {"worked", to_json(comparison.tasks[task].worked, alone)}});
  json["hours_by_task"] = std::move(tasks);
  json["regions"] = groups_json(comparison.regions, alone);
  json["sizes"] = groups_json(comparison.sizes, alone);
  json["cells"] = groups_json(comparison.cells, alone);
  json["monthly"] = series_json(comparison.monthly, alone);
  json["yearly"] = series_json(comparison.yearly, alone);
  json["drivers"] = drivers_json(comparison.drivers);
  return json;
}

}  // namespace tremplin
