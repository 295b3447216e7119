// The generated part of docs/ODD.md: what the model's description (ODD protocol, Grimm et al. 2020) says in
// tables. Every parameter with class, unit, value, prior and source, every numbered decision, every tally and
// every lever, from the registries and calibration/parameters.yaml.
#pragma once

#include <string>
#include <string_view>

#include "calibration/priors.hpp"

namespace tremplin {

// As Markdown, one table for each.
std::string odd_tables(const PriorTable& priors);

// docs/ODD.md as it should be: the text before and after the two lines that enclose the generated part is
// kept. Throws std::invalid_argument if either line is missing.
std::string odd_document(std::string_view present, const PriorTable& priors);

}  // namespace tremplin
