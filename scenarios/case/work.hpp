// Work in one household's case: what a job of article 60 leads to, and what want of disposition to work
// costs. Law of 26 May 2002, art. 3, 5°, art. 22 par. 2 and art. 36; law of 8 July 1976, art. 60 par. 7.
#pragma once

#include "scenarios/case/month_lines.hpp"
#include "scenarios/case/outcome.hpp"

namespace tremplin {

// Completed months of age on a day.
int age_in_months(const CaseFile& file, Date on);

// Of file.article_60, which there is.
Article60Outcome article_60_of(const CaseFile& file, const CaseLaw& law);

// Of file.work_refusal, which there is; `duty` is what it would be without.
WorkRefusalOutcome work_refusal_of(const CaseFile& file, const CaseLaw& law, const Limits& limits,
                                   const Right& right, const ContractDuty& duty);

}  // namespace tremplin
