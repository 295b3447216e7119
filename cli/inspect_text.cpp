#include "cli/inspect_text.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <cmath>

#include "cli/plain.hpp"
#include "cli/texts.hpp"

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

std::string facts(const FileSummary& summary, Language language) {
  std::string text;
  const auto line = [&](Phrase head, const std::string& content) {
    text += widened(say(language, head), 20) + content + "\n";
  };
  line(Phrase::inspect_file, fmt::format("{} ({})", summary.file, size_text(summary.bytes, language)));
  line(Phrase::inspect_program,
       say(language, Phrase::program_and_format, summary.program_version, summary.format_version));
  line(Phrase::inspect_command, summary.command);
  line(Phrase::inspect_period,
       say(language, Phrase::period_reported, summary.report_from, summary.report_until));
  line(Phrase::inspect_replicates, std::to_string(summary.n_replicates));
  line(Phrase::inspect_seed, std::to_string(summary.seed));
  line(Phrase::inspect_offices,
       fmt::format("{} ({})", summary.n_offices,
                   say(language, Phrase::share_of_offices,
                       number_text(std::round(summary.sample * 1e6) / 1e4, language))));
  line(Phrase::inspect_parameters,
       say(language, summary.fixed_parameters ? Phrase::parameters_fixed : Phrase::parameters_drawn));
  line(Phrase::inspect_digest, summary.digest);
  if (summary.interrupted) text += say(language, Phrase::inspect_interrupted) + "\n";
  return text;
}

}  // namespace

std::string to_text(const FileSummary& summary, Language language) {
  std::string text = facts(summary, language);
  text += "\n" + say(language, Phrase::inspect_scenarios) + "\n";
  for (const FileSummary::Scenario& scenario : summary.scenarios) {
    text += fmt::format("  {}  {}\n", widened(scenario.name, 28), scenario.title[language]);
  }
  text += "\n" + say(language, Phrase::inspect_inputs) + "\n";
  for (const FileSummary::Input& input : summary.inputs) {
    const std::string mark = input.confidential ? " (" + say(language, Phrase::confidential) + ")" : "";
    text += fmt::format("  {}  {}{}\n", input.sha256, input.name, mark);
  }
  text += "\n" + say(language, Phrase::inspect_tables) + "\n";
  for (const FileSummary::Table& table : summary.tables) {
    text += fmt::format("  {:<28} {:<8} {:>10}  {} [{}]\n", table.path, table.type,
                        size_text(table.stored_bytes, language), fmt::join(table.shape, " x "),
                        fmt::join(table.axes, ", "));
  }
  return text;
}

}  // namespace tremplin::cli
