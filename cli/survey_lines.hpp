// A weighed survey as lines for a terminal of 100 columns, and as JSON.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "calibration/survey/weigh.hpp"
#include "scenarios/language.hpp"

namespace tremplin::cli {

// Each question with its answers: published, with the study's weights, calibrated, standard errors, interval,
// respondents. Made-up files are called that first.
std::string survey_lines(const survey::SurveyBook& book, const survey::Weighed& weighed,
                         const survey::WeighOptions& options, Language language);

nlohmann::ordered_json survey_json(const survey::SurveyBook& book, const survey::Weighed& weighed,
                                   const survey::WeighOptions& options);

}  // namespace tremplin::cli
