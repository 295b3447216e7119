#include "cli/inspect_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <array>
#include <cmath>

#include "cli/plain.hpp"
#include "cli/texts.hpp"
#include "outputs/run.hpp"

namespace tremplin::cli {
namespace {

std::string with_one_decimal(double value, Language language) {
  return number_text(std::round(value * 10) / 10, language);
}

std::string size_text(std::uint64_t bytes, Language language) {
  const auto size = static_cast<double>(bytes);
  if (size >= 1e9) return say(language, Phrase::gigabytes, with_one_decimal(size / 1e9, language));
  if (size >= 1e6) return say(language, Phrase::megabytes, with_one_decimal(size / 1e6, language));
  return say(language, Phrase::kilobytes, with_one_decimal(size / 1e3, language));
}

constexpr int screen_width = 100;
constexpr int facts_margin = 20;

// A head, and beside it a text that goes on below itself. What holds no blank (a digest, a path) is not
// broken.
std::string beside(const std::string& head, const std::string& content) {
  return widened(head, facts_margin) + wrapped(content, screen_width, facts_margin).substr(facts_margin);
}

// Each broken line ends as a shell wants it, so that the command can still be pasted.
std::string command_text(const std::string& command) {
  std::string text = wrapped(command, screen_width - 2, facts_margin);
  for (std::size_t end = text.find('\n'); end + 1 < text.size(); end = text.find('\n', end + 3))
    text.insert(end, " \\");
  return text.substr(facts_margin);
}

std::string offices_text(const FileSummary& summary, Language language) {
  if (summary.sample >= 1) return std::to_string(summary.n_offices);
  return say(language, Phrase::sample_of_offices, summary.n_offices, n_offices_of_country,
             number_text(std::round(summary.sample * 1e6) / 1e4, language));
}

std::string facts(const FileSummary& summary, Language language) {
  std::string text;
  const auto line = [&](Phrase head, const std::string& content) {
    text += beside(say(language, head), content);
  };
  line(Phrase::inspect_file, fmt::format("{} ({})", summary.file, size_text(summary.bytes, language)));
  constexpr std::array contents = {Phrase::content_result, Phrase::content_snapshot, Phrase::content_lives};
  line(Phrase::inspect_content, say(language, contents[static_cast<std::size_t>(summary.content)]));
  line(Phrase::inspect_program,
       say(language, Phrase::program_and_format, summary.program_version, summary.format_version));
  text += widened(say(language, Phrase::inspect_command), facts_margin) + command_text(summary.command);
  if (!summary.report_from.empty()) {
    line(Phrase::inspect_period,
         say(language, Phrase::period_reported, summary.report_from, summary.report_until));
  }
  if (summary.content == FileContent::snapshot) line(Phrase::inspect_until, summary.month);
  if (summary.content == FileContent::lives)
    line(Phrase::inspect_people, std::to_string(summary.n_people));
  else
    line(Phrase::inspect_replicates, std::to_string(summary.n_replicates));
  line(Phrase::inspect_seed, std::to_string(summary.seed));
  if (summary.content == FileContent::result) line(Phrase::inspect_offices, offices_text(summary, language));
  line(Phrase::inspect_parameters, say(language, summary.fixed_parameters ? Phrase::parameters_fixed
                                                 : summary.calibrated()   ? Phrase::parameters_calibrated
                                                                          : Phrase::parameters_drawn));
  if (summary.content == FileContent::result) line(Phrase::inspect_digest, summary.digest);
  if (summary.interrupted) text += say(language, Phrase::inspect_interrupted) + "\n";
  return text;
}

// A name in a column of its own, its text beside it, or below where the name fills the column.
std::string scenario_line(const FileSummary::Scenario& scenario, Language language) {
  constexpr int margin = 32;
  const std::string head = "  " + scenario.name + "  ";
  if (scenario.title[language].empty()) return "  " + scenario.name + "\n";
  const std::string title = wrapped(scenario.title[language], screen_width, margin);
  if (width_of(head) > margin) return head.substr(0, head.size() - 2) + "\n" + title;
  return widened(head, margin) + title.substr(margin);
}

// Hashes are cut to what tells two files apart at sight; --json gives them whole.
std::string input_line(const FileSummary::Input& input, Language language) {
  constexpr std::size_t shown = 16;
  const std::string mark = input.confidential ? " (" + say(language, Phrase::confidential) + ")" : "";
  return fmt::format("  {}…  {}{}\n", input.sha256.substr(0, shown), input.name, mark);
}

std::string table_line(const FileSummary::Table& table, Language language) {
  constexpr int margin = 52;
  const std::string head =
      fmt::format("  {:<28} {:<8} {:>10}", table.path, table.type, size_text(table.stored_bytes, language));
  const std::string shape =
      fmt::format("{} [{}]", fmt::join(table.shape, " x "), fmt::join(table.axes, ", "));
  return widened(head, margin) + wrapped(shape, screen_width, margin).substr(margin);
}

}  // namespace

std::string to_text(const FileSummary& summary, Language language) {
  std::string text = facts(summary, language);
  text += "\n" + say(language, Phrase::inspect_scenarios) + "\n";
  for (const FileSummary::Scenario& scenario : summary.scenarios) text += scenario_line(scenario, language);
  text += "\n" + say(language, Phrase::inspect_inputs) + "\n";
  for (const FileSummary::Input& input : summary.inputs) text += input_line(input, language);
  text += "\n" + say(language, Phrase::inspect_tables) + "\n";
  for (const FileSummary::Table& table : summary.tables) text += table_line(table, language);
  return text;
}

}  // namespace tremplin::cli
