// Small things that commands print alike: numbers, JSON.
#pragma once

#include <nlohmann/json.hpp>
#include <ostream>
#include <string>

#include "scenarios/language.hpp"

namespace tremplin::cli {

// The shortest text that reads back as the number, with the language's decimal mark.
std::string number_text(double value, Language language);

// The text in a column: filled with blanks to the left or right, words cut with an ellipsis, numbers never.
std::string padded(const std::string& text, int width, bool number);

// A sentence in lines of at most `width` characters, each indented and ended.
std::string wrapped(const std::string& text, int width, int indent);

// Indented by two, UTF-8, ended by a line break.
void print_json(std::ostream& out, const nlohmann::ordered_json& json);

}  // namespace tremplin::cli
