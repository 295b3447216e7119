// The comparison for other programs: every number unrounded, under the names of the registries.
#pragma once

#include <nlohmann/json.hpp>

#include "outputs/compare.hpp"
#include "outputs/labels.hpp"

namespace tremplin {

// Numbers that do not exist (no interval, ratio without denominator) are null. Money in euros, shares 0 to 1.
nlohmann::ordered_json to_json(const Run& run, const Comparison& comparison, const Labels& labels,
                               Language language);

}  // namespace tremplin
