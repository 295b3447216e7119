// Small things that commands print alike: numbers and their units, texts in three languages, JSON.
#pragma once

#include <nlohmann/json.hpp>
#include <ostream>
#include <string>
#include <string_view>

#include "engine/law/units.hpp"
#include "outputs/labels.hpp"
#include "scenarios/language.hpp"

namespace tremplin::cli {

// The shortest text that reads back as the number, with the language's decimal mark.
std::string number_text(double value, Language language);

// The same in the unit of a lever: amounts in euros with two decimals and separators, "1 156,53".
std::string amount_text(double value, Unit unit, Language language);

// "817,36 (euros par mois)"; where the unit is yes or no, "1 (oui)".
std::string value_text(double value, Unit unit, const Labels& labels, Language language);

// "communes: under 10,000 inhabitants; over 140,000"
std::string sizes_text(const std::array<bool, n_size_classes>& sizes, const Labels& labels,
                       Language language);

// ["under_25", "student"]
nlohmann::ordered_json names_of(GroupSet groups);

// {"fr": …, "nl": …, "en": …}
nlohmann::ordered_json in_languages(const Text& text);

// Characters, not bytes.
int width_of(std::string_view text);
// The text with blanks after it until it is `width` characters wide; never cut.
std::string widened(const std::string& text, int width);

// The text in a column: filled with blanks to the left or right, words cut with an ellipsis, numbers never.
std::string padded(const std::string& text, int width, bool number);

// A sentence in lines of at most `width` characters, each indented and ended.
std::string wrapped(const std::string& text, int width, int indent);

// Indented by two, UTF-8, ended by a line break.
void print_json(std::ostream& out, const nlohmann::ordered_json& json);

}  // namespace tremplin::cli
