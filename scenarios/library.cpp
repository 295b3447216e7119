#include "scenarios/library.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <system_error>

#include "scenarios/indexation.hpp"
#include "scenarios/landscape/landscape.hpp"
#include "scenarios/landscape/named_offices.hpp"
#include "scenarios/yaml/document.hpp"

namespace tremplin {

namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 4> scenario_folders = {"bases", "reforms", "practices", "shocks"};

[[noreturn]] void refuse(FaultKind kind, std::string source, std::string found, std::string expected = {}) {
  Fault fault;
  fault.kind = kind;
  fault.source = std::move(source);
  fault.found = std::move(found);
  fault.expected = std::move(expected);
  throw InputError(std::move(fault));
}

bool is_yaml(const fs::path& file) { return file.extension() == ".yaml" || file.extension() == ".yml"; }

// The YAML files of root/scenarios/<folder> and of the folders in it, by path.
std::vector<fs::path> yaml_files(const fs::path& root, std::string_view folder) {
  const fs::path directory = root / "scenarios" / folder;
  std::error_code error;
  std::vector<fs::path> files;
  for (fs::recursive_directory_iterator entry(directory, error), end; !error && entry != end;
       entry.increment(error)) {
    if (is_yaml(entry->path())) files.push_back(entry->path());
  }
  if (error) refuse(FaultKind::unreadable, directory.string(), error.message());
  std::ranges::sort(files, {}, [](fs::path file) { return file.replace_extension().generic_string(); });
  return files;
}

// The same with forward slashes on any system and without the root.
std::string name_in(const fs::path& root, const fs::path& file) {
  return file.lexically_relative(root).generic_string();
}

}  // namespace

SourceText read_source(const fs::path& file, std::string name, std::size_t max_bytes) {
  std::error_code error;
  if (!fs::is_regular_file(file, error)) {
    const bool folder = !error && fs::is_directory(file, error);
    if (!error && !folder && fs::exists(file, error))  // a device, a pipe: it might never end
      refuse(FaultKind::unreadable, std::move(name), "not a regular file");
    const auto reason = error ? error
                              : std::make_error_code(folder ? std::errc::is_a_directory
                                                            : std::errc::no_such_file_or_directory);
    refuse(FaultKind::unreadable, std::move(name), reason.message());
  }
  const auto bytes = fs::file_size(file, error);
  if (!error && bytes > max_bytes) {
    refuse(FaultKind::too_large, std::move(name), std::to_string(bytes),
           "<= " + std::to_string(max_bytes) + " bytes");
  }
  std::ifstream stream(file, std::ios::binary);
  std::string text{std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>()};
  if (!stream) {
    const auto reason = std::make_error_code(std::errc::permission_denied);
    refuse(FaultKind::unreadable, std::move(name), reason.message());
  }
  return {std::move(name), std::move(text)};
}

LoadedLaw load_law_from(const fs::path& root) {
  LoadedLaw loaded;
  for (const fs::path& file : yaml_files(root, "law")) {
    loaded.texts.push_back(read_source(file, name_in(root, file)));
  }
  loaded.law = load_law(loaded.texts);
  loaded.texts.push_back(read_source(root / indexation_file, indexation_file));
  loaded.law.index = coefficients_of(load_indexation(loaded.texts.back()));
  return loaded;
}

std::vector<ScenarioSummary> list_scenarios(const fs::path& root) {
  std::vector<ScenarioSummary> summaries;
  for (const std::string_view folder : scenario_folders) {
    for (const fs::path& file : yaml_files(root, folder)) {
      const SourceText text = read_source(file, name_in(root, file));
      const Scenario scenario = load_scenario(text);
      summaries.push_back({scenario.name, scenario.kind, scenario.title, scenario.from, text.name});
    }
  }
  return summaries;
}

namespace {

// CPAS that a scenario names must be there.
LoadedScenario checked(const fs::path& root, Scenario scenario, SourceText text) {
  const bool names_some =
      std::ranges::any_of(scenario.changes, [](const Change& change) { return !change.cpas.empty(); });
  if (names_some) require_known_cpas(scenario, load_landscape(read_landscape(root)));
  return {std::move(scenario), std::move(text)};
}

}  // namespace

LoadedScenario load_scenario_named(const fs::path& root, std::string_view name) {
  const fs::path own(name);
  if (name.find('/') != std::string_view::npos || is_yaml(own)) {
    SourceText text = read_source(own, std::string(name));
    Scenario scenario = load_scenario(text, Origin::user);
    return checked(root, std::move(scenario), std::move(text));
  }
  std::vector<std::string> names;
  for (const std::string_view folder : scenario_folders) {
    for (const fs::path& file : yaml_files(root, folder)) {
      names.push_back(file.stem().string());
      if (names.back() != name) continue;
      SourceText text = read_source(file, name_in(root, file));
      Scenario scenario = load_scenario(text);
      return checked(root, std::move(scenario), std::move(text));
    }
  }
  Fault fault;
  fault.kind = FaultKind::unknown_name;
  fault.found = name;
  fault.nearest = nearest_name(name, std::span<const std::string>(names));
  throw InputError(std::move(fault));
}

std::vector<SourceText> read_landscape(const fs::path& root) {
  std::vector<SourceText> texts;
  for (const char* file : landscape_files) {
    const std::string name = std::string("scenarios/landscape/") + file;
    texts.push_back(read_source(root / name, name));
  }
  return texts;
}

std::vector<std::string> split_names(std::string_view names) {
  std::vector<std::string> result;
  for (std::size_t start = 0; start <= names.size();) {
    const std::size_t plus = std::min(names.find('+', start), names.size());
    result.emplace_back(names.substr(start, plus - start));
    start = plus + 1;
  }
  return result;
}

}  // namespace tremplin
