// One's own CPAS in words: what a federation asks first (hours, workers, deadlines, the balance of
// contracts), and what was stated, left open and aligned. For the terminal, the report and JSON alike.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <vector>

#include "outputs/labels.hpp"
#include "outputs/run.hpp"

namespace tremplin {

// The indicators that lead the report of one CPAS, in this order.
std::span<const Indicator> own_indicators();

// Sentences on the stock and the factors on inflow; a warning last if some replicates stay far from the
// stock.
std::vector<std::string> alignment_in_words(const OwnCpas& own, const Labels& labels, Language language);

// What a replicate drew of a column: "1,2 – 3,4", or choices with their share of the replicates.
std::string drawn_in_words(const OwnCpas& own, const OfficeColumn& column, const Labels& labels,
                           Language language);

// "June 2019", "2019".
std::string reference_in_words(Reference reference, Language language);

nlohmann::ordered_json to_json(const OwnCpas& own);

}  // namespace tremplin
