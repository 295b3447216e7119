// The comparison as a table for a terminal of 100 columns: paired differences with their 95 % intervals,
// by topic, in the reader's language. Rows whose interval excludes zero are marked.
#pragma once

#include <string>
#include <vector>

#include "outputs/compare.hpp"
#include "outputs/labels.hpp"

namespace tremplin {

constexpr int text_table_width = 100;

// A row of a table before it is known how wide its columns are; of a topic's heading, the label alone.
struct TableRow {
  std::string sign;
  std::string label;
  std::vector<std::string> cells;  // the unit, then numbers
};

// Columns as wide as their widest cell, the first row being their heads; where they do not fit side by side,
// labels are cut.
std::string laid_out(const std::vector<TableRow>& rows);

// Ends with a line feed; no line is wider than text_table_width characters.
std::string text_table(const Run& run, const Comparison& comparison, const Labels& labels, Language language);

// The title of a scenario in the language, or its name if it has none.
std::string title_of(const Run& run, std::size_t scenario, Language language);

}  // namespace tremplin
