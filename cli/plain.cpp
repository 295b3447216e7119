#include "cli/plain.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "cli/texts.hpp"
#include "outputs/present.hpp"

namespace tremplin::cli {

std::string number_text(double value, Language language) {
  std::string text = fmt::format("{}", value);
  if (language != Language::en) std::replace(text.begin(), text.end(), '.', ',');
  return text;
}

std::string amount_text(double value, Unit unit, Language language) {
  const bool money = unit == Unit::euro_per_month || unit == Unit::euro_per_year;
  return money ? format_number(value, 2, language) : number_text(value, language);
}

std::string value_text(double value, Unit unit, const Labels& labels, Language language) {
  const Text& meaning = unit != Unit::yes_no ? labels.of(Section::units, name_of(unit))
                                             : labels.of(value == 0 ? Say::no : Say::yes);
  return fmt::format("{} ({})", amount_text(value, unit, language), meaning[language]);
}

std::string sizes_text(const std::array<bool, n_size_classes>& sizes, const Labels& labels,
                       Language language) {
  std::vector<std::string> texts;
  for (std::size_t s = 0; s < n_size_classes; ++s)
    if (sizes[s]) texts.push_back(labels.of(static_cast<SizeClass>(s))[language]);
  return say(language, Phrase::communes_of, fmt::format("{}", fmt::join(texts, "; ")));
}

nlohmann::ordered_json names_of(GroupSet groups) {
  nlohmann::ordered_json names = nlohmann::ordered_json::array();
  for (std::size_t g = 0; g < group_names.size(); ++g)
    if (groups.has(static_cast<TargetGroup>(g))) names.push_back(group_names[g]);
  return names;
}

nlohmann::ordered_json in_languages(const Text& text) {
  nlohmann::ordered_json json;
  for (std::size_t i = 0; i < n_languages; ++i) json[language_codes[i]] = text.in[i];
  return json;
}

int width_of(std::string_view text) {
  return static_cast<int>(std::count_if(text.begin(), text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
}

std::string widened(const std::string& text, int width) {
  return text + std::string(static_cast<std::size_t>(std::max(width - width_of(text), 0)), ' ');
}

std::string padded(const std::string& text, int width, bool number) {
  std::string kept = text;
  if (!number && width_of(text) > width) {
    while (width_of(kept) >= width) kept.pop_back();
    while (!kept.empty() && (static_cast<unsigned char>(kept.back()) & 0xC0U) == 0xC0U) kept.pop_back();
    kept += "…";
  }
  const std::string blanks(static_cast<std::size_t>(std::max(width - width_of(kept), 0)), ' ');
  return number ? blanks + kept : kept + blanks;
}

std::string wrapped(const std::string& text, int width, int indent) {
  const std::string margin(static_cast<std::size_t>(indent), ' ');
  std::string lines;
  std::string line;
  std::size_t start = 0;
  while (start < text.size()) {
    const std::size_t end = std::min(text.find(' ', start), text.size());
    const std::string word = text.substr(start, end - start);
    if (!line.empty() && width_of(line) + 1 + width_of(word) > width - indent) {
      lines += margin + line + "\n";
      line.clear();
    }
    line += (line.empty() ? "" : " ") + word;
    start = end + 1;
  }
  return lines + margin + line + "\n";
}

void print_json(std::ostream& out, const nlohmann::ordered_json& json) {
  out << json.dump(2, ' ', false, nlohmann::json::error_handler_t::replace) << '\n';
}

}  // namespace tremplin::cli
