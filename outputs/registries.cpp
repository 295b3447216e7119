#include "outputs/registries.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <stdexcept>
#include <type_traits>

#include "engine/base/decision.hpp"
#include "engine/parameters.hpp"
#include "engine/tally/tally.hpp"
#include "outputs/collect.hpp"

namespace tremplin {

namespace {

template <typename Entries, typename Get>
RegistryColumn texts(std::string name, const Entries& entries, Get get) {
  return {std::move(name), texts_of(entries, get)};
}

template <typename Entries, typename Get>
RegistryColumn numbers(std::string name, const Entries& entries, Get get) {
  return {std::move(name), values_of<double>(entries, get)};
}

Registry levers() {
  const auto all = all_levers();
  return {
      "levers",
      {texts("lever", all, &Lever::path), texts("unit", all, [](const auto& e) { return name_of(e.unit); }),
       numbers("minimum", all, &Lever::minimum), numbers("maximum", all, &Lever::maximum),
       texts("meaning", all, &Lever::meaning)}};
}

Registry parameters() {
  const auto all = all_parameters();
  return {
      "parameters",
      {texts("parameter", all, &ParameterEntry::name),
       texts("unit", all, [](const auto& e) { return name_of(e.unit); }),
       numbers("minimum", all, &ParameterEntry::minimum), numbers("maximum", all, &ParameterEntry::maximum),
       texts("meaning", all, &ParameterEntry::meaning)}};
}

Registry tallies() {
  const auto all = all_tallies();
  return {
      "tallies",
      {texts("tally", all, &TallyEntry::name),
       texts("kind", all, [](const auto& e) { return e.kind == TallyKind::stock ? "stock" : "flow"; }),
       texts("unit", all, [](const auto& e) { return name_of(e.unit); }),
       texts("scope", all, [](const auto& e) { return e.scope == TallyScope::rule ? "rule" : "behaviour"; }),
       texts("meaning", all, &TallyEntry::meaning)}};
}

Registry tasks() {
  const auto all = all_tasks();
  return {"tasks",
          {texts("task", all, &TaskEntry::name), numbers("line", all, &TaskEntry::line),
           texts("meaning", all, &TaskEntry::meaning)}};
}

Registry decisions() {
  const auto all = all_decisions();
  return {"decisions",
          {texts("decision", all, &DecisionEntry::name), numbers("number", all, &DecisionEntry::number),
           texts("status", all, [](const auto& e) { return e.retired ? "retired" : "asked"; }),
           texts("meaning", all, &DecisionEntry::meaning)}};
}

Registry offices() {
  const auto columns = office_columns();
  return {
      "office_columns",
      {texts("column", columns, &OfficeColumn::name), texts("unit", columns, &OfficeColumn::unit),
       texts("choices", columns, &OfficeColumn::choices), texts("meaning", columns, &OfficeColumn::meaning)}};
}

constexpr std::string_view generated_from = "<!-- From here on generated from the registries -->\n";

// A cell of a Markdown table: numbers as short as they can be, and no bar that would end the cell.
std::string cell_text(const RegistryColumn& column, std::size_t row) {
  if (const auto* cells = std::get_if<std::vector<double>>(&column.cells)) {
    return fmt::format("{}", (*cells)[row]);
  }
  std::string text;
  for (const char c : std::get<std::vector<std::string>>(column.cells)[row]) {
    if (c == '|') text += '\\';
    text += c;
  }
  return text;
}

}  // namespace

std::string markdown_table(const Registry& registry) {
  std::string heads = "|";
  std::string rules = "|";
  for (const RegistryColumn& column : registry.columns) {
    heads += fmt::format(" `{}` |", column.name);
    rules += "---|";
  }
  std::string table = fmt::format("\n### `{}`\n\n{}\n{}\n", registry.name, heads, rules);
  const std::size_t n_rows = std::get<std::vector<std::string>>(registry.columns.front().cells).size();
  for (std::size_t row = 0; row < n_rows; ++row) {
    table += "|";
    for (std::size_t i = 0; i < registry.columns.size(); ++i) {
      const std::string text = cell_text(registry.columns[i], row);
      table += fmt::format(" {} |", i == 0 ? "`" + text + "`" : text);
    }
    table += "\n";
  }
  return table;
}

std::vector<Registry> registries() {
  return {levers(), parameters(), tallies(), tasks(), decisions(), offices()};
}

std::string format_tables() {
  std::string document;
  for (const Registry& registry : registries()) document += markdown_table(registry);
  return document;
}

std::string format_document(std::string_view present) {
  const std::size_t opens = present.find(generated_from);
  if (opens == std::string_view::npos) {
    throw std::invalid_argument("the document lacks the line that opens its generated part");
  }
  return std::string(present.substr(0, opens + generated_from.size())) + format_tables();
}

}  // namespace tremplin
