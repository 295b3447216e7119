// Where the uncertainty of differences comes from, for people and for programs.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <string>

#include "outputs/labels.hpp"
#include "outputs/run.hpp"
#include "outputs/uncertainty_file.hpp"
#include "scenarios/language.hpp"

namespace tremplin::cli {

// Heading, key indicators, all others by topic, and what each part means; no line of words wider than
// text_table_width characters.
std::string uncertainty_lines(const Run& run, const ReformSpread& reform, const Labels& labels,
                              Language language);

nlohmann::ordered_json uncertainty_json(const Run& run, const ReformSpread& reform, const Labels& labels,
                                        Language language);

}  // namespace tremplin::cli
