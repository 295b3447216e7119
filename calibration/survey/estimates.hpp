// The estimates of a calibrated survey, question by question: shares of answers, means, totals, ratios, and
// the shares by region or size that the study published.
#pragma once

#include <vector>

#include "calibration/survey/weigh.hpp"

namespace tremplin::survey {

// In the order of the codebook; questions that the file lacks are left out. population: CPAS in the country.
std::vector<SurveyEstimate> estimate_all(const SurveyBook& book, const Microdata& data,
                                         const CpasSample& sample, double population);

}  // namespace tremplin::survey
