// A weighed survey as plain CSV (UTF-8, commas, LF, numbers that read back exactly): the weights of the
// respondents, and the estimates with all that is needed to make each again in other software.
#pragma once

#include <string>

#include "calibration/survey/weigh.hpp"

namespace tremplin::survey {

// line,cpas,synthetic,study_weight,design_weight,weight,factor: one line for each respondent, in the order of
// the file.
std::string weights_csv(const Microdata& data, const Weighed& weighed);

// column,statistic,answers,group,code,synthetic,published,study,estimate,se,se_jackknife,replicates,low,high,
// df,deff,respondents,cpas. answers: codes of the column counted together, "a|b"; of a multiple question the
// column of the item and "1". column of a ratio: "over/under". Empty cells are not known. Shares lie in 0
// to 1.
std::string estimates_csv(const SurveyBook& book, const Weighed& weighed);

// The column of the microdata that an estimate is about, and its answers, as in the CSV.
std::string column_of(const SurveyBook& book, const SurveyEstimate& estimate);
std::string answers_of(const SurveyBook& book, const SurveyEstimate& estimate);

}  // namespace tremplin::survey
