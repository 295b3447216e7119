// A made-up file of answers whose weighted margins equal the published tables, for trying out and testing
// what reads such files: no microdata of these surveys are at hand. Every line says synthetic = yes. What is
// published is met: CPAS by region and by size, respondents, the unweighted counts of each table exactly, and
// its weighted per cents (each CPAS as one) to half a unit of the last digit printed, where the printed ones
// can be met at all (three of 64, 17 and 18 add up to 99). All else is chance without information: which CPAS
// and which respondent, answers on which nothing is published (drawn evenly), and every relation between
// questions.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "calibration/survey/codebook.hpp"
#include "scenarios/landscape/figures.hpp"

namespace tremplin::survey {

// The text of a CSV file: cpas, synthetic, groups, then all columns. region_by_size: the landscape's assumed
// table offices/region_by_size_seed, from which region and size are crossed. The same text for the same seed
// on any machine. Throws InputError{inconsistent} for a survey whose respondents are not published.
std::string synthesize(const SurveyBook& book, std::span<const Figure> figures, std::uint64_t seed);

}  // namespace tremplin::survey
