// Small things that commands print alike: numbers, JSON.
#pragma once

#include <nlohmann/json.hpp>
#include <ostream>
#include <string>

#include "scenarios/language.hpp"

namespace tremplin::cli {

// The shortest text that reads back as the number, with the language's decimal mark.
std::string number_text(double value, Language language);

// Indented by two, UTF-8, ended by a line break.
void print_json(std::ostream& out, const nlohmann::ordered_json& json);

}  // namespace tremplin::cli
