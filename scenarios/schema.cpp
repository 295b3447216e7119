#include "scenarios/schema.hpp"

#include <fmt/format.h>

#include <cmath>
#include <map>
#include <nlohmann/json.hpp>
#include <tuple>

#include "scenarios/scenario.hpp"
#include "scenarios/spheres.hpp"
#include "scenarios/yaml/reader.hpp"

namespace tremplin {

namespace {

using Json = nlohmann::ordered_json;

template <class Names>
Json list_of(const Names& names) {
  Json list = Json::array();
  for (const auto& name : names) list.push_back(std::string_view(name));
  return list;
}

Json text(const char* description) {
  return {{"type", "string"}, {"pattern", "\\S"}, {"description", description}};
}

// A user's own file may speak one language.
Json text_in_languages(const char* description) {
  Json properties = Json::object();
  for (const char* code : language_codes) properties[code] = {{"type", "string"}, {"pattern", "\\S"}};
  return {{"type", "object"},
          {"description", description},
          {"properties", std::move(properties)},
          {"additionalProperties", false},
          {"minProperties", 1}};
}

Json date(const char* description) {
  return {{"type", "string"},
          {"description", description},
          {"pattern", "^(19[0-9]{2}|20[0-9]{2}|2100)-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?$"}};
}

Json texts(const char* description) {
  return {
      {"type", "array"}, {"description", description}, {"items", {{"type", "string"}, {"pattern", "\\S"}}}};
}

// Numbers as they are typed: 120, not 120.0.
Json number(double value) {
  if (value == std::floor(value)) return static_cast<std::int64_t>(value);
  return value;
}

// Every lever with its meaning, unit and range, as an editor shows them.
Json lever_paths() {
  Json levers = Json::array();
  for (const Lever& lever : all_levers()) {
    const yaml::Range range{lever.minimum, lever.maximum, name_of(lever.unit)};
    levers.push_back({{"const", lever.path},
                      {"description", fmt::format("{} ({})", lever.meaning, yaml::to_string(range))}});
  }
  return {{"type", "string"}, {"description", "the lever that changes"}, {"oneOf", std::move(levers)}};
}

// What `set` may set: one rule for all levers of one range.
Json ranges_of_values() {
  using Kind = std::tuple<bool, double, double>;
  std::map<Kind, Json> paths;
  for (const Lever& lever : all_levers()) {
    Json& list =
        paths.try_emplace({lever.whole(), lever.minimum, lever.maximum}, Json::array()).first->second;
    list.push_back(lever.path);
  }
  Json rules = Json::array();
  for (auto& [kind, list] : paths) {
    const auto& [whole, minimum, maximum] = kind;
    rules.push_back({{"if",
                      {{"properties", {{"op", {{"const", "set"}}}, {"path", {{"enum", std::move(list)}}}}},
                       {"required", {"op", "path"}}}},
                     {"then",
                      {{"properties",
                        {{"value",
                          {{"type", whole ? "integer" : "number"},
                           {"minimum", number(minimum)},
                           {"maximum", number(maximum)}}}}}}}});
  }
  std::map<std::string_view, Json> of_unit;
  for (const Lever& lever : all_levers())
    of_unit.try_emplace(name_of(lever.unit), Json::array()).first->second.push_back(lever.path);
  for (auto& [unit, list] : of_unit)
    rules.push_back(
        {{"if",
          {{"properties", {{"op", {{"enum", {"set", "shift"}}}}, {"path", {{"enum", std::move(list)}}}}},
           {"required", {"op", "path"}}}},
         {"then", {{"properties", {{"unit", {{"const", unit}}}}}}}});
  Json whole = Json::array();
  for (const Lever& lever : all_levers())
    if (lever.whole()) whole.push_back(lever.path);
  rules.push_back({{"if", {{"properties", {{"path", {{"enum", std::move(whole)}}}}}, {"required", {"path"}}}},
                   {"then", {{"properties", {{"over_months", false}}}}}});
  Json of_office = Json::array();
  Json no_money = Json::array();
  for (const Lever& lever : all_levers()) {
    if (lever.reach == Reach::office) of_office.push_back(lever.path);
    if (lever.unit != Unit::euro_per_month && lever.unit != Unit::euro_per_year)
      no_money.push_back(lever.path);
  }
  rules.push_back(
      {{"if", {{"properties", {{"path", {{"enum", std::move(of_office)}}}}}, {"required", {"path"}}}},
       {"then", {{"properties", {{"groups", false}}}}}});
  rules.push_back(
      {{"if", {{"properties", {{"path", {{"enum", std::move(no_money)}}}}}, {"required", {"path"}}}},
       {"then", {{"properties", {{"indexed", {{"const", false}}}}}}}});
  rules.push_back({{"if", {{"properties", {{"op", {{"const", "scale"}}}}}, {"required", {"op"}}}},
                   {"then",
                    {{"properties",
                      {{"unit", {{"const", "factor"}}},
                       {"value", {{"minimum", 0}, {"maximum", 1000}}},
                       {"indexed", {{"const", false}}}}}}}});
  return rules;
}

Json change() {
  Json properties = {
      {"path", lever_paths()},
      {"op",
       {{"enum", list_of(operation_names)},
        {"description", "set the value, scale it by a factor, or shift it by an amount"}}},
      {"value", {{"type", "number"}, {"description", "in the lever's unit; a factor where it scales"}}},
      {"unit",
       {{"type", "string"}, {"description", "the lever's, or factor where it scales: checked if stated"}}},
      {"from", date("first month; the reform's date if left out")},
      {"until", date("first month in which it no longer holds; never if left out")},
      {"over_months",
       {{"type", "integer"},
        {"minimum", 2},
        {"maximum", max_over_months},
        {"description", "reached in so many equal monthly steps; at once if left out"}}},
      {"applies_to",
       {{"enum", list_of(file_scope_names)},
        {"description", "all files (the default), or those requested from then on"}}},
      {"regions",
       {{"type", "array"},
        {"minItems", 1},
        {"items", {{"enum", list_of(region_names)}}},
        {"description", "all three if left out"}}},
      {"sizes",
       {{"type", "array"},
        {"minItems", 1},
        {"items", {{"enum", list_of(size_class_names)}}},
        {"description", "inhabitants of the commune; all if left out"}}},
      {"cpas",
       {{"type", "array"},
        {"minItems", 1},
        {"maxItems", max_named_cpas},
        {"items", {{"type", "integer"}, {"minimum", 0}, {"maximum", static_cast<int>(no_cpas) - 1}}},
        {"description", "numbers of `tremplin cpas list`; all CPAS if left out"}}},
      {"groups",
       {{"type", "array"},
        {"minItems", 1},
        {"items", {{"enum", list_of(group_names)}}},
        {"description", "people of any of these groups; everybody if left out"}}},
      {"indexed",
       {{"type", "boolean"},
        {"description", "an amount in euros, set or shifted, follows the index from then on"}}},
      {"reference", text("why this value: a text, a page, an assumption")}};
  return {{"type", "object"},
          {"properties", std::move(properties)},
          {"required", {"path", "op", "value", "reference"}},
          {"additionalProperties", false},
          {"allOf", ranges_of_values()}};
}

Json freeze() {
  return {{"type", "object"},
          {"properties",
           {{"path", text("a lever, or the beginning of several: piis")},
            {"last", date("the law is followed up to this month")},
            {"reason", text("why")}}},
          {"required", {"path", "last", "reason"}},
          {"additionalProperties", false}};
}

// A difference of this kind changes levers of one sphere alone.
Json only_in(Sphere sphere, const char* name) {
  Json paths = Json::array();
  for (const Lever& lever : all_levers())
    if (sphere_of(lever.path) == sphere) paths.push_back(lever.path);
  const Json change = {{"properties", {{"path", {{"enum", std::move(paths)}}}}}};
  return {{"if", {{"properties", {{"kind", {{"const", name}}}}}, {"required", {"kind"}}}},
          {"then", {{"properties", {{"changes", {{"items", change}}}}}}}};
}

// The keys of all kinds, then those of this one.
Json kind(const Json& names, Json own_keys, Json required) {
  Json properties = {{"kind", {{"enum", names}}},
                     {"name", text("the file's name, without its ending")},
                     {"title", text_in_languages("one line")},
                     {"summary", text_in_languages("what changes, in a few sentences")},
                     {"authors", texts("who proposes it")},
                     {"references", texts("where the idea stands")}};
  for (auto& [key, value] : own_keys.items()) properties[key] = std::move(value);
  Json all = {"kind", "name", "title", "summary", "authors", "references"};
  for (Json& key : required) all.push_back(std::move(key));
  return {
      {"properties", std::move(properties)}, {"required", std::move(all)}, {"additionalProperties", false}};
}

}  // namespace

Json scenario_schema() {
  const Json changes = {{"type", {"array", "null"}},
                        {"maxItems", max_changes},
                        {"items", {{"$ref", "#/$defs/change"}}},
                        {"description", "the difference, lever by lever"}};
  Json reform = kind({"reform", "practice", "shock"},
                     {{"from", date("nothing changes before")},
                      {"must_believe", text_in_languages("what one has to believe for it to work")},
                      {"changes", changes}},
                     {"from", "must_believe", "changes"});
  Json base =
      kind(Json::array({"base"}),
           {{"freeze", {{"type", "array"}, {"items", {{"$ref", "#/$defs/freeze"}}}}}, {"changes", changes}},
           Json::array());
  return {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
          {"title", "Tremplin scenario"},
          {"description", "A base, a reform, a practice or a shock: see scenarios/README.md"},
          {"type", "object"},
          {"required", {"kind"}},
          {"properties", {{"kind", {{"enum", list_of(scenario_kind_names)}}}}},
          {"if", {{"properties", {{"kind", {{"const", "base"}}}}}, {"required", {"kind"}}}},
          {"then", {{"$ref", "#/$defs/base"}}},
          {"else", {{"$ref", "#/$defs/reform"}}},
          {"allOf", {only_in(Sphere::practice, "practice"), only_in(Sphere::environment, "shock")}},
          {"$defs",
           {{"base", std::move(base)},
            {"reform", std::move(reform)},
            {"change", change()},
            {"freeze", freeze()}}}};
}

}  // namespace tremplin
