#include "calibration/survey/microdata.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <unordered_map>

#include "calibration/survey/csv.hpp"

namespace tremplin::survey {

namespace {

constexpr double no_answer = std::numeric_limits<double>::quiet_NaN();

std::vector<std::string_view> names_of(const std::vector<Code>& codes) {
  std::vector<std::string_view> names;
  for (const Code& code : codes) names.push_back(code.name);
  return names;
}

// What a column of the file is.
struct Meaning {
  enum class Kind : std::uint8_t { cpas, synthetic, group, answer, unknown };
  Kind kind = Kind::unknown;
  std::size_t index = 0;  // of the group or the column
};

class Checker {
 public:
  Checker(const SourceText& file, const SurveyBook& book)
      : book_(book), columns_(book.columns()), reader_(file, faults_) {
    data_.source = file.name;
    data_.groups.resize(book.groups.size());
    data_.answers.resize(columns_.size());
  }

  Microdata read() {
    std::vector<Cell> row;
    if (reader_.next(row)) {
      read_header(row);
      const std::size_t width = row.size();
      while (reader_.next(row)) read_row(row, width);
    }
    if (data_.cpas_of.empty() && faults_.empty())
      faults_.add({.kind = FaultKind::wrong_type,
                   .source = data_.source,
                   .expected = std::string(expects::not_empty)});
    faults_.throw_if_any();
    return std::move(data_);
  }

 private:
  void report(FaultKind kind, const Cell& cell, std::string key, std::string expected,
              std::string nearest = {}) {
    faults_.add({.kind = kind,
                 .source = data_.source,
                 .line = cell.line,
                 .column = cell.column,
                 .key = std::move(key),
                 .found = cell.text,
                 .expected = std::move(expected),
                 .nearest = std::move(nearest)});
  }

  Meaning meaning_of(const std::string& name) const {
    if (name == "cpas") return {Meaning::Kind::cpas, 0};
    if (name == "synthetic") return {Meaning::Kind::synthetic, 0};
    const auto group = std::ranges::find(book_.groups, name, &Group::column);
    if (group != book_.groups.end())
      return {Meaning::Kind::group, static_cast<std::size_t>(group - book_.groups.begin())};
    const auto column = std::ranges::find(columns_, name, &Column::name);
    if (column != columns_.end())
      return {Meaning::Kind::answer, static_cast<std::size_t>(column - columns_.begin())};
    return {};
  }

  std::vector<std::string> known_names() const {
    std::vector<std::string> names = {"cpas", "synthetic"};
    for (const Group& group : book_.groups) names.push_back(group.column);
    for (const Column& column : columns_) names.push_back(column.name);
    return names;
  }

  void read_header(const std::vector<Cell>& row) {
    for (std::size_t i = 0; i < row.size(); ++i) {
      meanings_.push_back(meaning_of(row[i].text));
      if (meanings_[i].kind == Meaning::Kind::unknown)
        report(FaultKind::unknown_name, row[i], {}, {}, nearest_name(row[i].text, known_names()));
      const auto first = std::ranges::find(row.begin(), row.begin() + static_cast<std::ptrdiff_t>(i),
                                           row[i].text, &Cell::text);
      if (first != row.begin() + static_cast<std::ptrdiff_t>(i))
        report(FaultKind::duplicate_key, row[i], row[i].text, {});
    }
    const auto has = [&](std::string_view name) {
      return std::ranges::find(row, name, &Cell::text) != row.end();
    };
    const auto demand = [&](std::string name) {
      if (has(name)) return;
      faults_.add(
          {.kind = FaultKind::missing_key, .source = data_.source, .line = 1, .key = std::move(name)});
    };
    demand("cpas");
    for (const Group& group : book_.groups)
      if (!group.optional) demand(group.column);
    data_.synthetic = has("synthetic");
  }

  void read_row(const std::vector<Cell>& row, std::size_t width) {
    if (row.size() != width) {
      Cell place = row.front();
      place.text = std::to_string(row.size());
      report(FaultKind::wrong_type, place, {}, std::to_string(width) + " cells");
      return;
    }
    const std::size_t respondent = data_.n_respondents();
    data_.cpas_of.push_back(-1);
    data_.line.push_back(row.front().line);
    for (std::size_t i = 0; i < width; ++i)
      if (meanings_[i].kind == Meaning::Kind::cpas) read_cpas(row[i], respondent);
    for (std::size_t i = 0; i < width; ++i) {
      if (meanings_[i].kind == Meaning::Kind::group) read_group(row[i], meanings_[i].index, respondent);
      if (meanings_[i].kind != Meaning::Kind::answer) continue;
      std::vector<double>& answers = data_.answers[meanings_[i].index];
      answers.resize(respondent, no_answer);
      answers.push_back(answer_in(row[i], columns_[meanings_[i].index]));
    }
    for (std::size_t i = 0; i < width; ++i) {
      if (meanings_[i].kind != Meaning::Kind::answer) continue;
      check_asked(row[i], meanings_[i].index, respondent);
      check_none(row[i], meanings_[i].index, respondent);
    }
  }

  void read_cpas(const Cell& cell, std::size_t respondent) {
    if (cell.text.empty()) {
      report(FaultKind::wrong_type, cell, "cpas", std::string(expects::text));
      return;
    }
    const auto [known, added] = numbers_.try_emplace(cell.text, static_cast<int>(data_.cpas.size()));
    if (added) data_.cpas.push_back(cell.text);
    data_.cpas_of[respondent] = known->second;
  }

  void read_group(const Cell& cell, std::size_t index, std::size_t respondent) {
    const Group& group = book_.groups[index];
    const auto code = static_cast<int>(code_in(cell, group.column, group.codes));
    const int cpas = data_.cpas_of[respondent];
    if (cpas < 0 || code < 0) return;
    std::vector<int>& codes = data_.groups[index];
    if (codes.size() < data_.cpas.size()) codes.resize(data_.cpas.size(), -1);
    int& known = codes[static_cast<std::size_t>(cpas)];
    if (known >= 0 && known != code)
      report(FaultKind::inconsistent, cell, group.column, group.codes[static_cast<std::size_t>(known)].name);
    if (known < 0) known = code;
  }

  // The number of the code in the cell; -1 (and a fault) if it is none.
  double code_in(const Cell& cell, const std::string& key, const std::vector<Code>& codes) {
    const auto code = std::ranges::find(codes, cell.text, &Code::name);
    if (code != codes.end()) return static_cast<double>(code - codes.begin());
    const std::vector<std::string_view> names = names_of(codes);
    report(FaultKind::wrong_type, cell, key, fmt::format("{}", fmt::join(names, " | ")),
           nearest_name(cell.text, names));
    return -1;
  }

  double number_in(const Cell& cell, const Question& question, const std::string& key) {
    std::string text = cell.text;
    if (reader_.separator() == ';') std::ranges::replace(text, ',', '.');
    const auto number = yaml::parse_number(text);
    const bool whole = question.kind == QuestionKind::count;
    if (!number || (whole && *number != std::floor(*number))) {
      report(FaultKind::wrong_type, cell, key, std::string(whole ? expects::whole_number : expects::number));
      return no_answer;
    }
    if (*number < question.range.minimum || *number > question.range.maximum) {
      report(FaultKind::out_of_range, cell, key, yaml::to_string(question.range));
      return no_answer;
    }
    return *number;
  }

  double answer_in(const Cell& cell, const Column& column) {
    const bool missing =
        cell.text.empty() || std::ranges::find(book_.missing, cell.text) != book_.missing.end();
    if (missing) return no_answer;
    const Question& question = book_.questions[column.question];
    switch (question.kind) {
      case QuestionKind::choice:
      case QuestionKind::scale: {
        const double code = code_in(cell, column.name, question.codes);
        if (code < 0) return no_answer;
        return question.kind == QuestionKind::scale ? code + 1 : code;
      }
      case QuestionKind::multiple:
        if (cell.text == "0" || cell.text == "1") return cell.text == "1" ? 1 : 0;
        report(FaultKind::wrong_type, cell, column.name, "0 | 1");
        return no_answer;
      case QuestionKind::count:
      case QuestionKind::share:
      case QuestionKind::number:
        return number_in(cell, question, column.name);
    }
    return no_answer;
  }

  // An answer where the question hangs on another answer that the respondent did not give.
  void check_asked(const Cell& cell, std::size_t column, std::size_t respondent) {
    const Question& question = book_.questions[columns_[column].question];
    if (question.asked_if.empty() || std::isnan(data_.answers[column][respondent])) return;
    const auto on = std::ranges::find(columns_, question.asked_if, &Column::name);
    const std::vector<double>& answers = data_.answers[static_cast<std::size_t>(on - columns_.begin())];
    if (answers.size() <= respondent) return;  // the file lacks that question
    const double given = answers[respondent];
    const bool asked = std::ranges::any_of(
        question.asked_is, [&](std::size_t code) { return given == static_cast<double>(code); });
    if (!asked) report(FaultKind::inconsistent, cell, columns_[column].name, std::string(expects::not_asked));
  }

  // "None" beside another tick of the same question.
  void check_none(const Cell& cell, std::size_t column, std::size_t respondent) {
    const Question& question = book_.questions[columns_[column].question];
    if (question.kind != QuestionKind::multiple || question.codes[columns_[column].item].name != "none")
      return;
    if (data_.answers[column][respondent] != 1) return;
    for (std::size_t other = 0; other < columns_.size(); ++other) {
      const bool same = columns_[other].question == columns_[column].question && other != column;
      if (same && data_.answers[other].size() > respondent && data_.answers[other][respondent] == 1) {
        report(FaultKind::inconsistent, cell, columns_[column].name, columns_[other].name + " = 0");
        return;
      }
    }
  }

  const SurveyBook& book_;
  std::vector<Column> columns_;
  Faults faults_;
  CsvReader reader_;
  std::vector<Meaning> meanings_;
  std::unordered_map<std::string, int> numbers_;
  Microdata data_;
};

}  // namespace

std::vector<int> Microdata::respondents() const {
  std::vector<int> counts(cpas.size(), 0);
  for (const int office : cpas_of) ++counts[static_cast<std::size_t>(office)];
  return counts;
}

Microdata read_microdata(const SourceText& file, const SurveyBook& book) {
  return Checker(file, book).read();
}

}  // namespace tremplin::survey
