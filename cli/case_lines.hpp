// What the law gives one household, in sentences: each with the numbers of the law that it rests on, so that
// two laws can be set side by side where their sentences differ.
#pragma once

#include <string>
#include <vector>

#include "outputs/labels.hpp"
#include "scenarios/case/outcome.hpp"

namespace tremplin::cli {

// A number of the law, or one of limits.yaml.
struct Source {
  Citation citation;  // without a lever: a limit
  const Limit* limit = nullptr;
  Month month;  // in which it was looked up
};

struct CaseLine {
  std::string text;
  std::vector<Source> sources;
};

// The months of a case from which a table is made: consecutive ones that read alike are told once.
struct MonthText {
  Month month;
  std::vector<CaseLine> lines;
};

struct CaseTelling {
  std::vector<CaseLine> procedure;
  std::vector<CaseLine> contract;
  std::vector<MonthText> months;
  std::vector<CaseLine> work;
  std::vector<CaseLine> breaches;
  std::vector<CaseLine> transitions;
};

CaseTelling tell(const CaseFile& file, const CaseLaw& law, const CaseOutcome& outcome, const Limits& limits,
                 const Labels& labels, Language language);

// "10 mars 2015", "1er mars 2015", "10 maart 2015", "10 March 2015".
std::string date_text(Date date, Language language);
// Millionths as per cent: "65 %".
std::string rate_text(std::int64_t millionths, Language language);
const char* category_lever(Category category);  // "ris/amount/single"

}  // namespace tremplin::cli
