// cpas new: a file in which a CPAS enters itself, ready to run and to be changed, with comments in the
// language asked. Habits are listed from the registry of office columns, so that none is forgotten.
#include <ostream>

#include "cli/commands.hpp"
#include "cli/plain.hpp"
#include "cli/presentation.hpp"
#include "cli/texts.hpp"
#include "outputs/present.hpp"
#include "scenarios/landscape/presets.hpp"
#include "scenarios/library.hpp"
#include "scenarios/yaml/reader.hpp"

namespace tremplin::cli {
namespace {

std::string commented(const std::string& text) {
  std::string lines = wrapped(text, 98, 0);
  std::string result;
  std::size_t start = 0;
  for (std::size_t end = lines.find('\n'); end != std::string::npos; end = lines.find('\n', start)) {
    result += "# " + lines.substr(start, end - start) + "\n";
    start = end + 1;
  }
  return result;
}

std::string entry(const std::string& key_and_value, const std::string& comment) {
  return comment.empty() ? key_and_value + "\n" : fmt::format("{:<32}  # {}\n", key_and_value, comment);
}

// What may stand there: choices, or the range.
std::string allowed(const OfficeColumn& column) {
  if (column.truth()) return "true | false";
  if (column.n_choices() == 0) return yaml::to_string(yaml::Range{column.minimum, column.maximum});
  std::string choices;
  for (const std::string_view choice : words_of(column.choices))
    choices += (choices.empty() ? "" : " | ") + std::string(choice);
  return choices;
}

// A value that is valid, so that a line need only lose its mark of a comment.
std::string example(const OfficeColumn& column) {
  const Office middle;
  if (column.truth()) return "false";
  if (column.n_choices() > 0) return std::string(words_of(column.choices)[1]);
  if (column.name.starts_with("sanction_")) return "0.25";  // the four sum to 1
  return yaml::to_string(std::clamp(column.get(middle), column.minimum, column.maximum));
}

}  // namespace

int cpas_new_command(const Task& task) {
  const Language language = task.screen.language;
  const auto what = [&](Phrase phrase) { return say(language, phrase); };
  const Words words = load_words(task.home);
  std::string presets;
  for (const Preset& preset : load_presets(read_source(task.home / presets_file, presets_file)))
    presets += (presets.empty() ? "" : " | ") + preset.name;

  std::string text = commented(what(Phrase::new_intro)) + "\n";
  text += entry("name: " + what(Phrase::new_example_name), what(Phrase::new_name));
  text += entry("region: wallonia", "flanders | wallonia | brussels");
  text += entry("population: 15000", what(Phrase::new_population));
  text += entry("# income_group: GR2", what(Phrase::new_income_group));
  text += "\n" + commented(what(Phrase::new_reference)) + entry("reference: 2013", what(Phrase::new_year));
  text += "people:\n";
  text += entry("  paid: 150", what(Phrase::new_paid));
  text += entry("  # by_category: {cohabitant: 50, single: 60, family: 40}", what(Phrase::new_by_category));
  text += entry("  # equivalent: 20", what(Phrase::new_equivalent));
  text += entry("# align: false", what(Phrase::new_align));
  text += "\n" + commented(what(Phrase::new_optional));
  text += entry("# staff: {first_line: 2.0, second_line: 0.5}", what(Phrase::new_staff));
  text += entry("# places: {article_60: 8, training: 6, social_activation: 10, guidance: 30}",
                what(Phrase::new_places));
  text += entry("# childcare_tightness: 0", what(Phrase::new_childcare));
  text += "\n" + commented(what(Phrase::new_practice)) + entry("# practice:", "");
  text += entry("#   preset: protective", presets);
  for (const OfficeColumn& column : office_columns()) {
    if (!column.practice) continue;
    text += entry(fmt::format("#   {}: {}", column.name, example(column)),
                  words.labels.of(column)[language] + colon(language) + allowed(column));
  }
  task.screen.out << text;
  return 0;
}

}  // namespace tremplin::cli
