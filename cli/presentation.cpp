#include "cli/presentation.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <ostream>

#include "calibration/priors.hpp"
#include "cli/commands.hpp"
#include "cli/texts.hpp"
#include "engine/base/errors.hpp"
#include "outputs/atomic_file.hpp"
#include "outputs/comparison_json.hpp"
#include "outputs/report_context.hpp"
#include "outputs/text_table.hpp"
#include "scenarios/library.hpp"

namespace tremplin::cli {
namespace {

namespace fs = std::filesystem;

// All label files of the tree, in the order of their names.
std::vector<SourceText> read_labels(const fs::path& home) {
  const fs::path folder = fs::path("outputs") / "labels";
  std::vector<std::string> names;
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(home / folder, error)) {
    if (entry.path().extension() == ".yaml") names.push_back((folder / entry.path().filename()).string());
  }
  if (error) {
    throw InputError(
        Fault{.kind = FaultKind::unreadable, .source = folder.string(), .found = error.message()});
  }
  std::sort(names.begin(), names.end());
  std::vector<SourceText> texts;
  for (const std::string& name : names) texts.push_back(read_source(home / name, name));
  return texts;
}

std::vector<Comparison> comparisons_of(const Run& run) {
  std::vector<Comparison> comparisons;
  if (run.scenarios.size() == 1) comparisons.push_back(compare(run, 0, 0));
  for (std::size_t reform = 1; reform < run.scenarios.size(); ++reform) {
    comparisons.push_back(compare(run, 0, reform));
  }
  return comparisons;
}

// The priors that the run was made with, from its own input. None if the file is of an earlier version of the
// program, whose parameters were others.
PriorTable priors_of(const Run& run) {
  for (const InputText& input : run.inputs) {
    if (input.name != parameters_file || input.text.empty()) continue;
    try {
      return load_priors({input.name, input.text});
    } catch (const InputError&) {
      return {};
    }
  }
  return {};
}

}  // namespace

Words load_words(const fs::path& home) {
  return {load_labels(read_labels(home)), load_targets(read_source(home / targets_file, targets_file))};
}

Presentation::Presentation(const Words& words, const Run& run)
    : words_(words),
      run_(run),
      context_(report_context(words.targets, priors_of(run))),
      comparisons_(comparisons_of(run)) {
  // Published figures are the country's: beside the curves of one CPAS they would mislead.
  if (run.own) context_.published.clear();
}

std::string Presentation::table(Language language) const {
  std::string text;
  for (const Comparison& comparison : comparisons_) {
    if (!text.empty()) text += '\n';
    text += text_table(run_, comparison, words_.labels, language);
  }
  return text;
}

nlohmann::ordered_json Presentation::json(Language language) const {
  nlohmann::ordered_json comparisons = nlohmann::ordered_json::array();
  for (const Comparison& comparison : comparisons_) {
    comparisons.push_back(to_json(run_, comparison, words_.labels, language));
  }
  return {{"command", run_.command},
          {"program_version", run_.program_version},
          {"seed", run_.seed},
          {"replicates", run_.n_replicates()},
          {"interrupted", run_.interrupted},
          {"comparisons", std::move(comparisons)}};
}

std::vector<std::string> Presentation::reports(Language language) const {
  std::vector<std::string> reports;
  for (const Comparison& comparison : comparisons_) {
    reports.push_back(report_html(run_, comparison, context_, words_.labels, language));
  }
  return reports;
}

std::vector<fs::path> report_files(const Run& run, const fs::path& folder) {
  if (run.scenarios.size() <= 2) return {folder / "report.html"};
  std::vector<fs::path> files;
  const std::size_t base = run.scenarios.front().name.size() + 1;  // "law-2015+"
  for (std::size_t s = 1; s < run.scenarios.size(); ++s) {
    files.push_back(folder / ("report-" + run.scenarios[s].name.substr(base) + ".html"));
  }
  return files;
}

void write_reports(const Presentation& presentation, std::span<const fs::path> files, const Screen& screen) {
  const std::vector<std::string> reports = presentation.reports(screen.language);
  for (std::size_t i = 0; i < files.size(); ++i) {
    write_file(files[i], reports[i]);
    screen.err << say(screen.language, Phrase::report_written, files[i].string()) << '\n';
  }
}

void prepare_output(const fs::path& folder, std::span<const fs::path> files) {
  std::error_code error;
  fs::create_directories(folder, error);
  if (error) {
    throw InputError(
        Fault{.kind = FaultKind::unwritable, .source = folder.string(), .found = error.message()});
  }
  for (const fs::path& file : files) check_writable(file);
}

}  // namespace tremplin::cli
