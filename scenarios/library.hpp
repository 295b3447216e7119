// The folder of law and scenarios on disk: finds, lists and reads, and hands back every text that it
// read, so that a result file can carry its inputs.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/law.hpp"
#include "scenarios/scenario.hpp"
#include "scenarios/yaml/document.hpp"

namespace tremplin {

struct LoadedLaw {
  Law law;  // with the index of the acts
  std::vector<SourceText> texts;
};

struct LoadedScenario {
  Scenario scenario;
  SourceText text;
};

struct ScenarioSummary {
  std::string name;
  ScenarioKind kind{};
  Text title;
  Month from = start_of_time;
  std::string source;
};

// A text file of at most max_bytes. `name` is what messages and results call it. Throws
// InputError (unreadable, too_large).
SourceText read_source(const std::filesystem::path& file, std::string name,
                       std::size_t max_bytes = yaml::max_bytes);

// root: the folder that holds scenarios/law, scenarios/bases, reforms, practices and shocks. All may throw
// InputError.
LoadedLaw load_law_from(const std::filesystem::path& root);

// All scenarios of the folder: bases, then reforms, each by name. A file with faults stops the list.
std::vector<ScenarioSummary> list_scenarios(const std::filesystem::path& root);

// The scenario of that name; a path to a file of the user's own (it has a / or ends on .yaml or .yml)
// is accepted in its place. An unknown name is told with the nearest one, and so is a CPAS that a change
// names and the landscape does not have.
LoadedScenario load_scenario_named(const std::filesystem::path& root, std::string_view name);

// The landscape's files.
std::vector<SourceText> read_landscape(const std::filesystem::path& root);

// The names in "A+B". Empty names are kept, so that loading them tells the fault.
std::vector<std::string> split_names(std::string_view names);

}  // namespace tremplin
