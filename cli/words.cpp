#include "cli/words.hpp"

#include <algorithm>

#include "cli/commands.hpp"
#include "engine/base/errors.hpp"
#include "scenarios/library.hpp"

namespace tremplin::cli {
namespace {

namespace fs = std::filesystem;

// All label files of the tree, in the order of their names.
std::vector<SourceText> label_files(const fs::path& home) {
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

}  // namespace

Labels read_labels(const fs::path& home) { return load_labels(label_files(home)); }

Words load_words(const fs::path& home) {
  return {read_labels(home), load_targets(read_source(home / targets_file, targets_file))};
}

}  // namespace tremplin::cli
