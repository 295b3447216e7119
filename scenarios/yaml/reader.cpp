#include "scenarios/yaml/reader.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace tremplin::yaml {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// What a wrong node looks like in a message: its own text, cut, or the sign of its kind.
std::string shown(const Node& node) {
  constexpr std::size_t longest = 60;
  switch (node.kind) {
    case Node::Kind::null:
      return "";
    case Node::Kind::list:
      return "[…]";
    case Node::Kind::map:
      return "{…}";
    case Node::Kind::scalar:
      break;
  }
  std::string text = node.scalar;
  if (text.size() > longest) {
    std::size_t end = longest;
    while ((static_cast<unsigned char>(text[end]) & 0xc0) == 0x80) --end;  // whole UTF-8 characters
    text = text.substr(0, end) + "…";
  }
  return node.quoted ? '"' + text + '"' : text;
}

bool plain(const Node& node) { return node.kind == Node::Kind::scalar && !node.quoted; }

std::string names_of(std::span<const std::string_view> names) {
  return fmt::format("{}", fmt::join(names.begin(), names.end(), " | "));
}

}  // namespace

std::optional<double> parse_number(std::string_view text) {
  std::string_view rest = text;
  if (rest.starts_with('-')) rest.remove_prefix(1);
  const std::size_t point = std::min(rest.find('.'), rest.size());
  const std::string_view whole = rest.substr(0, point);
  if (whole.empty() || !std::ranges::all_of(whole, is_digit)) return std::nullopt;
  if (whole.size() > 1 && whole[0] == '0') return std::nullopt;
  if (point < rest.size()) {
    const std::string_view decimals = rest.substr(point + 1);
    if (decimals.empty() || !std::ranges::all_of(decimals, is_digit)) return std::nullopt;
  }
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<bool> parse_truth(std::string_view text) {
  if (text == "true") return true;
  if (text == "false") return false;
  return std::nullopt;
}

std::string to_string(double number) {
  if (number == 0) return "0";
  char buffer[400];
  const auto [end, error] =
      std::to_chars(std::begin(buffer), std::end(buffer), number, std::chars_format::fixed);
  return error == std::errc{} ? std::string(std::begin(buffer), end) : std::to_string(number);
}

std::string to_string(Range range) {
  const bool below = std::isfinite(range.minimum);
  const bool above = std::isfinite(range.maximum);
  if (!below && !above) return std::string(expects::number);
  const std::string unit = range.unit.empty() ? std::string() : fmt::format(" {}", range.unit);
  if (below && above) return to_string(range.minimum) + " .. " + to_string(range.maximum) + unit;
  return (below ? ">= " + to_string(range.minimum) : "<= " + to_string(range.maximum)) + unit;
}

Place Place::at(std::string_view key) const {
  return {source, faults, path.empty() ? std::string(key) : fmt::format("{}.{}", path, key)};
}

Place Place::at(std::size_t index) const { return {source, faults, fmt::format("{}[{}]", path, index)}; }

void Place::report(FaultKind kind, const Node& node, std::string found, std::string expected,
                   std::string nearest) const {
  faults->add({.kind = kind,
               .source = source,
               .line = node.line,
               .column = node.column,
               .key = path,
               .found = std::move(found),
               .expected = std::move(expected),
               .nearest = std::move(nearest)});
}

double number(const Node& node, const Place& place, Range range) {
  const auto value = plain(node) ? parse_number(node.scalar) : std::nullopt;
  if (!value) {
    place.report(FaultKind::wrong_type, node, shown(node), std::string(expects::number));
    return 0;
  }
  if (*value < range.minimum || *value > range.maximum) {
    place.report(FaultKind::out_of_range, node, shown(node), to_string(range));
  }
  return *value;
}

int whole_number(const Node& node, const Place& place, Range range) {
  constexpr double most = 1e9;  // any int the model knows, and safe to convert
  range = {std::max(range.minimum, -most), std::min(range.maximum, most), range.unit};
  const double value = number(node, place, range);
  if (value < -most || value > most) return 0;
  if (value != std::floor(value)) {
    place.report(FaultKind::wrong_type, node, shown(node), std::string(expects::whole_number));
  }
  return static_cast<int>(value);
}

bool truth(const Node& node, const Place& place) {
  const auto value = plain(node) ? parse_truth(node.scalar) : std::nullopt;
  if (!value) place.report(FaultKind::wrong_type, node, shown(node), std::string(expects::truth));
  return value.value_or(false);
}

std::string text(const Node& node, const Place& place) {
  if (node.kind == Node::Kind::scalar && node.scalar.find_first_not_of(" \t\n") != std::string::npos) {
    return node.scalar;
  }
  place.report(FaultKind::wrong_type, node, shown(node), std::string(expects::text));
  return {};
}

Date date(const Node& node, const Place& place) {
  const auto value = node.kind == Node::Kind::scalar ? parse_date(node.scalar) : std::nullopt;
  if (!value) place.report(FaultKind::bad_date, node, shown(node), std::string(expects::date));
  return value.value_or(Date{});
}

std::size_t one_of(const Node& node, const Place& place, std::span<const std::string_view> names) {
  const auto found = node.kind == Node::Kind::scalar ? std::ranges::find(names, node.scalar) : names.end();
  if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
  place.report(FaultKind::unknown_name, node, shown(node), names_of(names), nearest_name(node.scalar, names));
  return 0;
}

std::vector<std::string> texts(const Node& node, const Place& place) {
  std::vector<std::string> result;
  const auto all = items(node, place);
  for (std::size_t i = 0; i < all.size(); ++i) result.push_back(text(all[i], place.at(i)));
  return result;
}

std::span<const Node> items(const Node& node, const Place& place) {
  if (node.kind == Node::Kind::list) return node.items;
  place.report(FaultKind::wrong_type, node, shown(node), std::string(expects::list));
  return {};
}

std::span<const Entry> entries(const Node& node, const Place& place) {
  if (node.kind == Node::Kind::map) return node.entries;
  place.report(FaultKind::wrong_type, node, shown(node), std::string(expects::map));
  return {};
}

Text in_three_languages(const Node& node, const Place& place) {
  Text result;
  MapReader map(node, place);
  for (std::size_t i = 0; i < language_codes.size(); ++i) result.in[i] = map.text(language_codes[i]);
  map.finish();
  return result;
}

Text in_some_language(const Node& node, const Place& place) {
  Text result;
  MapReader map(node, place);
  std::string given;
  for (std::size_t i = 0; i < language_codes.size(); ++i) {
    result.in[i] = map.has(language_codes[i]) ? map.text(language_codes[i]) : std::string();
    // The last language is English.
    if (!result.in[i].empty() && (given.empty() || i + 1 == language_codes.size())) given = result.in[i];
  }
  map.finish();
  if (node.kind == Node::Kind::map && node.entries.empty())
    place.report(FaultKind::wrong_type, node, "{}", std::string(expects::a_language));
  for (std::string& text : result.in)
    if (text.empty()) text = given;
  return result;
}

MapReader::MapReader(const Node& node, Place place) : node_(node), place_(std::move(place)) {
  entries(node_, place_);  // reports a node that is no map
}

const Node* MapReader::optional(std::string_view key) {
  if (std::ranges::find(asked_, key) == asked_.end()) asked_.emplace_back(key);
  return node_.find(key);
}

const Node* MapReader::required(std::string_view key) {
  const Node* value = optional(key);
  if (value == nullptr && node_.kind == Node::Kind::map) {
    place_.at(key).report(FaultKind::missing_key, node_, {}, {});
  }
  return value;
}

double MapReader::number(std::string_view key, Range range) {
  const Node* value = required(key);
  return value != nullptr ? yaml::number(*value, place_of(key), range) : 0;
}
double MapReader::number(std::string_view key, Range range, double fallback) {
  return has(key) ? number(key, range) : fallback;
}
int MapReader::whole_number(std::string_view key, Range range) {
  const Node* value = required(key);
  return value != nullptr ? yaml::whole_number(*value, place_of(key), range) : 0;
}
int MapReader::whole_number(std::string_view key, Range range, int fallback) {
  return has(key) ? whole_number(key, range) : fallback;
}
bool MapReader::truth(std::string_view key) {
  const Node* value = required(key);
  return value != nullptr && yaml::truth(*value, place_of(key));
}
bool MapReader::truth(std::string_view key, bool fallback) { return has(key) ? truth(key) : fallback; }

std::string MapReader::text(std::string_view key) {
  const Node* value = required(key);
  return value != nullptr ? yaml::text(*value, place_of(key)) : std::string();
}
std::string MapReader::text(std::string_view key, std::string fallback) {
  return has(key) ? text(key) : std::move(fallback);
}
Date MapReader::date(std::string_view key) {
  const Node* value = required(key);
  return value != nullptr ? yaml::date(*value, place_of(key)) : Date{};
}
std::optional<Date> MapReader::optional_date(std::string_view key) {
  return has(key) ? std::optional(date(key)) : std::nullopt;
}
std::size_t MapReader::one_of(std::string_view key, std::span<const std::string_view> names) {
  const Node* value = required(key);
  return value != nullptr ? yaml::one_of(*value, place_of(key), names) : 0;
}
std::size_t MapReader::one_of(std::string_view key, std::span<const std::string_view> names,
                              std::size_t fallback) {
  return has(key) ? one_of(key, names) : fallback;
}
std::vector<std::string> MapReader::texts(std::string_view key) {
  const Node* value = required(key);
  return value != nullptr ? yaml::texts(*value, place_of(key)) : std::vector<std::string>{};
}
std::vector<std::string> MapReader::optional_texts(std::string_view key) {
  return has(key) ? texts(key) : std::vector<std::string>{};
}
Text MapReader::in_three_languages(std::string_view key) {
  const Node* value = required(key);
  return value != nullptr ? yaml::in_three_languages(*value, place_of(key)) : Text{};
}

Text MapReader::in_some_language(std::string_view key) {
  const Node* value = required(key);
  return value != nullptr ? yaml::in_some_language(*value, place_of(key)) : Text{};
}

void MapReader::finish() const {
  for (const Entry& entry : node_.entries) {
    if (std::ranges::find(asked_, entry.key) != asked_.end()) continue;
    Node at;
    at.line = entry.line;
    at.column = entry.column;
    place_.at(entry.key).report(FaultKind::unknown_key, at, entry.key, {},
                                nearest_name(entry.key, std::span<const std::string>(asked_)));
  }
}

}  // namespace tremplin::yaml
