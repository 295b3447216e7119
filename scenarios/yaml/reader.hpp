// Typed reading of strict YAML. Each getter returns a plain value; where the file is wrong it notes the
// fault and returns a harmless value, so that a loader reads like a list of its keys and every fault of
// the file is told at once. Call Faults::throw_if_any() before using what was read.
//
//   Faults faults;
//   const auto root = yaml::read_document(source, faults);
//   if (root) {
//     yaml::MapReader map(*root, {source.name, &faults});
//     const std::string name = map.text("name");
//     const double share = map.number("share", {0, 1});
//     map.finish();                          // unknown keys
//   }
//   faults.throw_if_any();
#pragma once

#include <limits>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/date.hpp"
#include "scenarios/language.hpp"
#include "scenarios/yaml/document.hpp"

namespace tremplin::yaml {

// Strict scalars. Empty if the text is anything else.
// A number is plain decimal: `12`, `-0.5`; not `010`, `0x1f`, `1_000`, `.5`, `5.`, `+1`, `1e3`, `nan`.
std::optional<double> parse_number(std::string_view text);
// `true` or `false`; `yes`, `no`, `on`, `off` are texts.
std::optional<bool> parse_truth(std::string_view text);

struct Range {
  double minimum = -std::numeric_limits<double>::infinity();
  double maximum = std::numeric_limits<double>::infinity();
  std::string_view unit = {};  // for messages
};
// "0 .. 1", ">= 0", "<= 1", with the unit if there is one: "1 .. 60 months".
std::string to_string(Range range);
// A number as it would be typed: shortest decimal form without exponent.
std::string to_string(double number);

// Where a node stands and where its faults go.
struct Place {
  std::string source;
  Faults* faults = nullptr;
  std::string path;  // "changes[2]"; empty at the root

  [[nodiscard]] Place at(std::string_view key) const;  // "changes[2].value"
  [[nodiscard]] Place at(std::size_t index) const;     // "changes[2]"
  void report(FaultKind kind, const Node& node, std::string found, std::string expected,
              std::string nearest = {}) const;
};

// Scalars of a node that must be one; the value is harmless (0, "", false, 1900-01) after a fault.
double number(const Node& node, const Place& place, Range range = {});
int whole_number(const Node& node, const Place& place, Range range = {});
bool truth(const Node& node, const Place& place);
std::string text(const Node& node, const Place& place);  // any scalar but an empty one
Date date(const Node& node, const Place& place);
// One of `names`; its index, 0 after a fault.
std::size_t one_of(const Node& node, const Place& place, std::span<const std::string_view> names);
std::vector<std::string> texts(const Node& node, const Place& place);  // a list of texts
// Items of a list; empty after a fault.
std::span<const Node> items(const Node& node, const Place& place);
// Entries of a map; empty after a fault. For maps whose keys are data (paths, dates, names).
std::span<const Entry> entries(const Node& node, const Place& place);
// `{fr: …, nl: …, en: …}`: all three languages.
Text in_three_languages(const Node& node, const Place& place);
// The same with at least one of them; English, else French, else Dutch stands for those that are not given.
Text in_some_language(const Node& node, const Place& place);

// A map with known keys. Getters with a fallback are for optional keys, the others for required ones.
class MapReader {
 public:
  MapReader(const Node& node, Place place);

  [[nodiscard]] const Place& place() const { return place_; }
  [[nodiscard]] Place place_of(std::string_view key) const { return place_.at(key); }

  // The node under the key; nullptr if it is absent (a fault for `required`).
  const Node* required(std::string_view key);
  const Node* optional(std::string_view key);
  bool has(std::string_view key) { return optional(key) != nullptr; }

  double number(std::string_view key, Range range = {});
  double number(std::string_view key, Range range, double fallback);
  int whole_number(std::string_view key, Range range = {});
  int whole_number(std::string_view key, Range range, int fallback);
  bool truth(std::string_view key);
  bool truth(std::string_view key, bool fallback);
  std::string text(std::string_view key);
  std::string text(std::string_view key, std::string fallback);
  Date date(std::string_view key);
  std::optional<Date> optional_date(std::string_view key);
  std::size_t one_of(std::string_view key, std::span<const std::string_view> names);
  std::size_t one_of(std::string_view key, std::span<const std::string_view> names, std::size_t fallback);
  std::vector<std::string> texts(std::string_view key);           // required
  std::vector<std::string> optional_texts(std::string_view key);  // empty if absent
  Text in_three_languages(std::string_view key);
  Text in_some_language(std::string_view key);

  // Reports each key that no getter asked for, with the nearest one that was.
  void finish() const;

 private:
  const Node& node_;
  Place place_;
  std::vector<std::string> asked_;
};

}  // namespace tremplin::yaml
