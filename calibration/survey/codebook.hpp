// The codebook of the surveys of CPAS (calibration/codebook.yaml): the questionnaire of 2015 on the
// integration contract, document 003, annex 1, and the survey on social activation of document 000. For each
// question the column of the microdata, what an answer may be, whom it is asked, and the published figures it
// reproduces.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/language.hpp"
#include "scenarios/source_text.hpp"
#include "scenarios/yaml/reader.hpp"

namespace tremplin::survey {

enum class QuestionKind : std::uint8_t { choice, multiple, scale, count, share, number };
inline constexpr std::array<std::string_view, 6> question_kind_names = {"choice", "multiple", "scale",
                                                                        "count",  "share",    "number"};

struct Code {
  std::string name;
  Text label;
};

// A figure by the codes of a group: NaN where none is published.
struct ByGroup {
  std::string group;
  std::vector<double> percent;  // [code of the group]
};

struct PublishedFigure {
  std::vector<std::size_t> answers;  // codes it counts together
  double percent = 0;                // as printed; NaN if only groups are published
  std::optional<int> count;          // respondents, unweighted
  std::optional<ByGroup> by_group;
};

struct Published {
  std::string source;
  std::string note;      // may be empty
  bool weighted = true;  // each CPAS counts as one
  int decimals = 0;      // of the per cents printed
  std::optional<int> answers;
  std::optional<double> mean;
  std::vector<PublishedFigure> figures;  // no code in two of them
};

// How a made-up file is filled where nothing is published.
struct MadeUp {
  std::vector<std::pair<double, double>> between;  // one range, or one for each code of the group `size`
  std::string share_of;                            // of this count; empty: the range holds values
};

struct Question {
  std::string column;
  Text label;
  QuestionKind kind{};
  std::vector<Code> codes;  // of choice, multiple and scale
  yaml::Range range;        // of count, share and number
  std::string asked_of;
  std::string asked_if;               // a column; empty: everyone
  std::vector<std::size_t> asked_is;  // codes of that column
  std::string source;
  std::optional<Published> published;
  std::optional<MadeUp> made_up;
};

// What is known of every CPAS of the country.
struct Group {
  std::string column;
  Text label;
  std::string margin;      // the figure of scenarios/landscape that counts CPAS
  std::string names_from;  // the figure whose rows name the values of `margin`; empty if it has names itself
  bool optional = false;   // a file may lack the column
  std::vector<Code> codes;
  std::vector<std::vector<std::string>>
      parts;                  // [code] names in the margin; empty: in the order of the codes
  std::vector<int> answered;  // [code] CPAS that answered; empty if not published
};

struct Ratio {
  std::string name;
  Text label;
  std::string over;  // columns
  std::string under;
};

// How many people answered for the CPAS.
struct Respondents {
  int number = 0;
  int only_one = 0;        // CPAS with one respondent
  int more_than_four = 0;  // CPAS with five or more
};

// A column of the microdata.
struct Column {
  std::string name;
  std::size_t question = 0;
  std::size_t item = 0;  // of a multiple choice
};

struct SurveyBook {
  std::string name;
  Text title;
  int frame = 0;  // CPAS in the country
  std::vector<std::string> missing;
  std::optional<Respondents> respondents;
  std::vector<Group> groups;
  std::vector<Question> questions;
  std::vector<Ratio> ratios;

  // All columns that hold answers, in the order of the questions.
  [[nodiscard]] std::vector<Column> columns() const;
};

// Throws InputError with all faults of the file.
std::vector<SurveyBook> load_codebook(const SourceText& file);

// The survey of that name. Throws InputError{unknown_name} with the nearest one; `option` is what named it.
const SurveyBook& survey_named(std::span<const SurveyBook> books, std::string_view name, std::string option);

}  // namespace tremplin::survey
