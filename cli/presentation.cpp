#include "cli/presentation.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "engine/base/errors.hpp"
#include "outputs/atomic_file.hpp"
#include "outputs/report.hpp"
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

}  // namespace

Presentation::Presentation(const fs::path& home, const Run& run)
    : run_(run), labels_(load_labels(read_labels(home))), comparisons_(comparisons_of(run)) {}

std::string Presentation::table(Language language) const {
  std::string text;
  for (const Comparison& comparison : comparisons_) {
    if (!text.empty()) text += '\n';
    text += text_table(run_, comparison, labels_, language);
  }
  return text;
}

nlohmann::json Presentation::json(Language language) const {
  nlohmann::json comparisons = nlohmann::json::array();
  for (const Comparison& comparison : comparisons_) {
    comparisons.push_back(to_json(run_, comparison, labels_, language));
  }
  return {{"command", run_.command},
          {"program_version", run_.program_version},
          {"seed", run_.seed},
          {"replicates", run_.n_replicates()},
          {"interrupted", run_.interrupted},
          {"comparisons", std::move(comparisons)}};
}

std::string Presentation::report(Language language) const {
  return report_html(run_, comparisons_, labels_, language);
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
