// The answers of a survey, checked cell by cell against its codebook. One line of the file is one respondent;
// `cpas` names the CPAS (any name that is not its own: a number, a pseudonym), the groups of the codebook
// (region, size, income group) are the same on all lines of a CPAS. A file may leave out questions.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "calibration/survey/codebook.hpp"
#include "scenarios/source_text.hpp"

namespace tremplin::survey {

struct Microdata {
  std::string source;
  bool synthetic = false;         // the file has a column `synthetic` (made up: survey synthetic)
  std::vector<std::string> cpas;  // in order of first appearance
  std::vector<int> line;          // [respondent] in the file
  std::vector<int> cpas_of;       // [respondent]
  // [group of the book][CPAS] its code; empty for an optional group that the file lacks.
  std::vector<std::vector<int>> groups;
  // [column of the book][respondent] code (choice), 0 or 1 (multiple), the number itself (scale: from 1;
  // count, share, number); NaN without an answer. Empty for columns that the file lacks.
  std::vector<std::vector<double>> answers;

  [[nodiscard]] std::size_t n_respondents() const { return cpas_of.size(); }
  // [CPAS]
  [[nodiscard]] std::vector<int> respondents() const;
};

// Throws InputError with every fault of the file: columns unknown (with the nearest), twice or missing, lines
// with too few or too many cells, each cell that is no answer (what was found, what was expected, the nearest
// code), answers to questions that were not asked, a CPAS in two regions.
Microdata read_microdata(const SourceText& file, const SurveyBook& book);

}  // namespace tremplin::survey
