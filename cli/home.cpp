#include "cli/home.hpp"

#include <cstdlib>

#include "engine/base/errors.hpp"

namespace tremplin::cli {
namespace {

namespace fs = std::filesystem;

bool holds_data(const fs::path& folder) {
  std::error_code ignored;
  return fs::is_directory(folder / "scenarios" / "law", ignored);
}

InputError no_data(const fs::path& where, std::string key) {
  return InputError(Fault{.kind = FaultKind::unreadable,
                          .source = where.string(),
                          .key = std::move(key),
                          .found = "no folder scenarios/law"});
}

}  // namespace

fs::path find_home(const std::optional<std::string_view>& given, const fs::path& program) {
  if (given && !given->empty()) {
    fs::path folder(*given);
    if (!holds_data(folder)) throw no_data(folder, "TREMPLIN_HOME");
    return folder;
  }
  for (fs::path folder = program.parent_path();; folder = folder.parent_path()) {
    if (holds_data(folder)) return folder;
    if (folder == folder.parent_path()) throw no_data(program, "TREMPLIN_HOME");
  }
}

fs::path home() {
  const char* given = std::getenv("TREMPLIN_HOME");
  std::error_code ignored;
  return find_home(given == nullptr ? std::nullopt : std::optional<std::string_view>(given),
                   fs::read_symlink("/proc/self/exe", ignored));
}

}  // namespace tremplin::cli
