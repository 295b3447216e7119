// The generated part of docs/ODD.md: what the model's description (ODD protocol, Grimm et al. 2020) says in
// tables. Every parameter with class, unit, value, prior and source, every numbered decision, every tally and
// every lever, from the registries and calibration/parameters.yaml; every figure of the landscape of CPAS,
// from scenarios/landscape/*.yaml.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "calibration/priors.hpp"
#include "scenarios/landscape/figures.hpp"

namespace tremplin {

// As Markdown, one table for each.
std::string odd_tables(const PriorTable& priors, std::span<const Figure> figures);

// docs/ODD.md as it should be: the text before and after the two lines that enclose the generated part is
// kept. Throws std::invalid_argument if either line is missing.
std::string odd_document(std::string_view present, const PriorTable& priors, std::span<const Figure> figures);

}  // namespace tremplin
