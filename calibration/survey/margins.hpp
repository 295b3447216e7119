// How many CPAS the country has by region, size and income group: what the weights of a survey must add up
// to. Taken from the landscape (scenarios/landscape/offices.yaml: 003:5060, 003:5080, 004:3847), or from a
// file of the analyst's own:
//
//   region:
//     totals: {flanders: 308, wallonia: 262, brussels: 19}
//     source: "003:5060"
#pragma once

#include <span>
#include <string>
#include <vector>

#include "calibration/survey/microdata.hpp"
#include "scenarios/landscape/figures.hpp"

namespace tremplin::survey {

struct SurveyMargin {
  std::size_t group = 0;       // of the book
  std::vector<double> totals;  // [code] CPAS in the country
  std::string source;
};

// One margin for each group that the microdata have. Throws InputError if the landscape lacks a figure.
std::vector<SurveyMargin> landscape_margins(const SurveyBook& book, std::span<const Figure> figures,
                                            const Microdata& data);

// Throws InputError with all faults: groups or codes unknown or missing, totals below 0, no source, a group
// that the microdata lack, sums that differ.
std::vector<SurveyMargin> load_margins(const SourceText& file, const SurveyBook& book, const Microdata& data);

}  // namespace tremplin::survey
