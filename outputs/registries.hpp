// The registries as columns of text and numbers, in one place for three uses: the group /registries of a
// result file (a file explains itself), the tables at the end of FORMAT.md, and the columns of offices.
#pragma once

#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "scenarios/landscape/office_columns.hpp"

namespace tremplin {

struct RegistryColumn {
  std::string name;
  std::variant<std::vector<std::string>, std::vector<double>> cells;
};

// A registry: its first column, of texts, names the entries.
struct Registry {
  std::string name;  // "levers"
  std::vector<RegistryColumn> columns;
};

// Levers, parameters, tallies, tasks, decisions and office columns.
std::vector<Registry> registries();

// The registry as a Markdown table under a heading.
std::string markdown_table(const Registry& registry);

// The part of FORMAT.md that comes from the registries, as Markdown: one table for each.
std::string format_tables();

// FORMAT.md as it should be: the text up to and with the line that opens its generated part, which is
// kept, and format_tables(). Throws std::invalid_argument if that line is missing.
std::string format_document(std::string_view present);

}  // namespace tremplin
