#include "cli/again.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <map>
#include <string_view>

#include "engine/base/errors.hpp"
#include "outputs/atomic_file.hpp"
#include "scenarios/library.hpp"

namespace tremplin::cli {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const fs::path& file, FaultKind kind, std::string found, std::string expected) {
  throw InputError(Fault{
      .kind = kind, .source = file.string(), .found = std::move(found), .expected = std::move(expected)});
}

fs::path new_folder() {
  std::string name = (fs::temp_directory_path() / "tremplin-again-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) refuse(name, FaultKind::unwritable, std::strerror(errno), {});
  return name;
}

constexpr std::array<std::string_view, 3> commands = {"compare", "run", "cpas run"};

// A name that stays within the folder that it is put in.
bool stays_inside(const fs::path& name) {
  return name.is_relative() && std::ranges::none_of(name, [](const fs::path& part) { return part == ".."; });
}

// "a+my/b.yaml" with the files of the run in place of the names.
std::string relocated(const std::string& composition, const std::map<std::string, fs::path>& files) {
  std::string all;
  for (const std::string& name : split_names(composition)) {
    const bool by_path = name.find('/') != std::string::npos || name.ends_with(".yaml");
    const auto found = files.find(name);
    all += (all.empty() ? "" : "+") + (by_path && found != files.end() ? found->second.string() : name);
  }
  return all;
}

}  // namespace

Again::Folder::Folder() : path(new_folder()) {}

Again::Folder::~Folder() {
  std::error_code ignored;
  fs::remove_all(path, ignored);
}

Again::Again(const Run& run, const fs::path& file) {
  std::map<std::string, fs::path> files;
  for (const InputText& input : run.inputs) {
    if (input.confidential) refuse(file, FaultKind::inconsistent, input.name, "inputs/text");
    const fs::path name(input.name);
    const fs::path to = stays_inside(name)
                            ? home() / name
                            : home() / "given" / std::to_string(files.size()) / name.filename();
    fs::create_directories(to.parent_path());
    write_file(to, input.text);
    files[input.name] = to;
  }
  const std::vector<std::string> words = words_of(run.command);
  if (words.size() > 1) arguments_ = parse_arguments(std::span(words).subspan(1), Language::en).arguments;
  if (std::ranges::find(commands, arguments_.command) == commands.end())
    refuse(file, FaultKind::inconsistent, run.command, "tremplin compare | run | cpas run");
  arguments_.base = relocated(arguments_.base, files);
  for (std::string& reform : arguments_.reforms) reform = relocated(reform, files);
  if (const auto own = files.find(arguments_.file); own != files.end())
    arguments_.file = own->second.string();
}

}  // namespace tremplin::cli
