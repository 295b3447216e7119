#include "cli/scenario_skeleton.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "cli/plain.hpp"
#include "cli/texts.hpp"
#include "outputs/present.hpp"
#include "scenarios/date.hpp"
#include "scenarios/yaml/reader.hpp"

namespace tremplin::cli {
namespace {

constexpr int line_width = 110;

// Lines of a comment in YAML.
std::string comment(const std::string& text, int indent) {
  const std::string margin(static_cast<std::size_t>(indent), ' ');
  const std::string lines = wrapped(text, line_width - indent - 2, 0);
  std::string result;
  for (std::size_t start = 0; start < lines.size();) {
    const std::size_t end = lines.find('\n', start);
    result += margin + "# " + lines.substr(start, end - start) + "\n";
    start = end + 1;
  }
  return result;
}

std::string quoted(const std::string& text) { return '"' + text + '"'; }

// "PIIS obligatoire en dessous de cet âge : de 0 à 120 ans"
std::string about(const Lever& lever, const Labels& labels, Language language) {
  const std::string& unit = labels.of(Section::units, name_of(lever.unit))[language];
  return labels.of(Section::levers, lever.path)[language] + colon(language) +
         say(language, Phrase::reform_range, unit, number_text(lever.minimum, language),
             number_text(lever.maximum, language));
}

std::string change_line(const Lever& lever, const RulesTable& base, Month month, Language language) {
  const std::uint8_t newest = base.page_of(month);
  const auto value_of = [&](std::uint8_t page) { return lever.get(base.at(month, {}, page)); };
  bool older_differ = false;
  for (std::uint8_t page = 0; page < newest; ++page) older_differ |= value_of(page) != value_of(newest);
  return fmt::format("{}{}, op: set, value: {}, unit: {}, {}reference: {}}}\n", commented_change, lever.path,
                     yaml::to_string(value_of(newest)), name_of(lever.unit),
                     older_differ ? "applies_to: new_files, " : "",
                     quoted(say(language, Phrase::reform_to_fill_in)));
}

// A change with all that may limit it, a year after the reform's date.
std::string example_line(Month from, Language language) {
  return fmt::format(
      "{}ris/amount/single, op: scale, value: 1.05, from: {}, until: {}, over_months: 12, applies_to: "
      "new_files, "
      "regions: [wallonia, brussels], sizes: [under_10k, from_10k], cpas: [412, 585], groups: [under_25, "
      "student], reference: {}}}\n",
      commented_change, to_string(from + 12), to_string(from + 36),
      quoted(say(language, Phrase::reform_to_fill_in)));
}

std::string head(const Skeleton& skeleton, Language language) {
  const auto what = [&](Phrase phrase) { return say(language, phrase); };
  const auto in_language = [&](Phrase phrase) {
    return fmt::format("{{{}: {}}}\n", language_codes[static_cast<std::size_t>(language)],
                       quoted(what(phrase)));
  };
  std::string text;
  if (!skeleton.schema.empty()) text += fmt::format("# yaml-language-server: $schema={}\n", skeleton.schema);
  text += comment(say(language, Phrase::reform_intro, skeleton.name, skeleton.base), 0) + "\n";
  text += "kind: reform\nname: " + quoted(skeleton.name) + "\n";
  text += "title: " + in_language(Phrase::reform_title);
  text += "summary: " + in_language(Phrase::reform_summary);
  text += comment(what(Phrase::reform_about_believe), 0);
  text += "must_believe: " + in_language(Phrase::reform_to_fill_in);
  text += fmt::format("authors: [{}]\n", quoted(what(Phrase::reform_to_fill_in)));
  text += fmt::format("references: [{}]\n\n", quoted(what(Phrase::reform_to_fill_in)));
  text += comment(what(Phrase::reform_about_from), 0);
  text += "from: " + to_string(skeleton.from) + "\n\n";
  text += comment(say(language, Phrase::reform_about_changes, skeleton.base, to_string(skeleton.from)), 0);
  text += comment(what(Phrase::reform_about_keys), 0);
  return text + "changes:\n" + example_line(skeleton.from, language);
}

}  // namespace

std::string skeleton_text(const Skeleton& skeleton, const RulesTable& base, const Labels& labels,
                          Language language) {
  std::string text = head(skeleton, language);
  std::string_view chapter;
  for (const Lever& lever : all_levers()) {
    if (chapter_of(lever) != chapter) {
      chapter = chapter_of(lever);
      text += fmt::format("\n  # == {} ==\n", labels.of(Section::chapters, chapter)[language]);
    }
    text += comment(about(lever, labels, language), 2);
    text += change_line(lever, base, skeleton.from, language);
  }
  return text;
}

Month first_month_of_reform(const Scenario& base, Month next) {
  if (base.freezes.empty()) return std::clamp(next, first_reform_month, last_reform_month);
  const auto last = std::ranges::max_element(base.freezes, {}, &Freeze::last);
  return std::clamp(last->last + 1, first_reform_month, last_reform_month);
}

}  // namespace tremplin::cli
