// CSV as survey software and spreadsheets write it (RFC 4180): one row after another, cells with the line and
// the column where they begin. UTF-8 with or without a byte-order mark; lines end with LF or CRLF. Separated
// by commas, or by semicolons as Belgian spreadsheets do, whichever stands first in the header outside
// quotes; only where semicolons separate is a comma a decimal mark (Microdata reads it so). Lines with
// nothing on them are passed over.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/source_text.hpp"
#include "scenarios/yaml/expects_cells.hpp"
#include "scenarios/yaml/faults.hpp"

namespace tremplin::survey {

inline constexpr std::size_t max_csv_bytes = 100'000'000;

struct Cell {
  std::string text;  // without quotes and without blanks around it
  int line = 0;      // from 1
  int column = 0;    // from 1, in bytes
};

class CsvReader {
 public:
  // A text that is too large or not UTF-8 (a NUL counts as that) has no rows and one fault. Both must outlive
  // the reader.
  CsvReader(const SourceText& file, Faults& faults);

  [[nodiscard]] char separator() const { return separator_; }
  // The next row; false at the end. Cells that are quoted wrongly are faults and come as they stand.
  bool next(std::vector<Cell>& row);

 private:
  Cell cell();
  Cell quoted_cell(Cell cell);
  void report(const Cell& cell, std::string_view found);
  [[nodiscard]] bool at_end() const { return at_ >= text_.size(); }
  [[nodiscard]] bool at_break() const;  // at the end of a row
  void pass_break();
  void advance();

  const std::string& source_;
  Faults* faults_;
  std::string_view text_;
  char separator_ = ',';
  std::size_t at_ = 0;
  std::size_t line_start_ = 0;
  int line_ = 1;
};

}  // namespace tremplin::survey
