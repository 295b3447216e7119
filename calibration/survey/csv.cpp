#include "calibration/survey/csv.hpp"

#include <algorithm>
#include <string>

#include "scenarios/yaml/utf8.hpp"

namespace tremplin::survey {

namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

// The first separator of the header that no quotes enclose.
char separator_of(std::string_view text) {
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == ',' || c == ';') return c;
    if (c == '\n') break;
  }
  return ',';
}

std::string_view trimmed(std::string_view text) {
  const std::size_t first = text.find_first_not_of(" \t");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace

CsvReader::CsvReader(const SourceText& file, Faults& faults) : source_(file.name), faults_(&faults) {
  if (file.text.size() > max_csv_bytes) {
    faults.add({.kind = FaultKind::too_large,
                .source = source_,
                .found = std::to_string(file.text.size()),
                .expected = "<= " + std::to_string(max_csv_bytes) + " bytes"});
    return;
  }
  if (const auto foreign = yaml::first_not_utf8(file.text)) {
    faults.add({.kind = FaultKind::unreadable,
                .source = source_,
                .line = foreign->line,
                .column = foreign->column,
                .found = foreign->found,
                .expected = std::string(expects::utf8)});
    return;
  }
  text_ = file.text;
  if (text_.starts_with(byte_order_mark)) text_.remove_prefix(byte_order_mark.size());
  separator_ = separator_of(text_);
}

bool CsvReader::at_break() const { return at_end() || text_[at_] == '\n' || text_.substr(at_, 2) == "\r\n"; }

void CsvReader::advance() {
  if (text_[at_] == '\n') {
    ++line_;
    line_start_ = at_ + 1;
  }
  ++at_;
}

void CsvReader::pass_break() {
  if (!at_end() && text_[at_] == '\r') ++at_;
  if (!at_end()) advance();
}

void CsvReader::report(const Cell& cell, std::string_view found) {
  constexpr std::size_t shown = 40;
  faults_->add({.kind = FaultKind::wrong_type,
                .source = source_,
                .line = cell.line,
                .column = cell.column,
                .found = std::string(found.substr(0, found.find('\n')).substr(0, shown)),
                .expected = std::string(expects::plain_quotes)});
}

Cell CsvReader::quoted_cell(Cell cell) {
  const std::size_t start = at_;
  advance();
  while (!at_end() && (text_[at_] != '"' || text_.substr(at_, 2) == "\"\"")) {
    if (text_[at_] == '"') advance();  // the first of two stands for both
    cell.text += text_[at_];
    advance();
  }
  const bool closed = !at_end();
  if (closed) advance();
  const std::size_t after = at_;
  while (!at_break() && text_[at_] != separator_) advance();
  if (!closed || !trimmed(text_.substr(after, at_ - after)).empty())
    report(cell, text_.substr(start, at_ - start));
  cell.text = trimmed(cell.text);
  return cell;
}

Cell CsvReader::cell() {
  Cell cell{.text = {}, .line = line_, .column = static_cast<int>(at_ - line_start_) + 1};
  std::size_t first = at_;
  while (first < text_.size() && text_[first] == ' ') ++first;
  if (first < text_.size() && text_[first] == '"') {
    at_ = first;
    return quoted_cell(std::move(cell));
  }
  const std::size_t start = at_;
  while (!at_break() && text_[at_] != separator_) advance();
  cell.text = trimmed(text_.substr(start, at_ - start));
  if (cell.text.find('"') != std::string::npos) report(cell, cell.text);
  return cell;
}

bool CsvReader::next(std::vector<Cell>& row) {
  row.clear();
  while (!at_end() && at_break()) pass_break();
  if (at_end()) return false;
  row.push_back(cell());
  while (!at_end() && text_[at_] == separator_) {
    advance();
    row.push_back(cell());
  }
  pass_break();
  return true;
}

}  // namespace tremplin::survey
