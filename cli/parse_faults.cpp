#include "cli/parse_faults.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <string_view>
#include <vector>

#include "scenarios/yaml/faults.hpp"

namespace tremplin::cli {

namespace {

// "scenario show"; of the program itself, its name.
std::string full_name(const CLI::App& command) {
  const CLI::App* parent = command.get_parent();
  if (parent == nullptr || parent->get_parent() == nullptr) return command.get_name();
  return full_name(*parent) + " " + command.get_name();
}

}  // namespace

Fault unknown_word(const CLI::App& command, const std::string& word) {
  std::vector<std::string> known;
  if (word.starts_with("-")) {
    for (const CLI::Option* option : command.get_options()) {
      for (const std::string& name : option->get_lnames()) known.push_back("--" + name);
    }
  } else {
    for (const CLI::App* sub : command.get_subcommands({})) known.push_back(sub->get_name());
  }
  return {.kind = FaultKind::unknown_name,
          .source = full_name(command),
          .found = word,
          .nearest = nearest_name(word, known)};
}

// Messages of CLI11 are "NAME is required", "--seed: 1 required …" and "Could not convert: --quiet = maybe".
Fault parse_fault(const CLI::App& command, const CLI::ParseError& error) {
  std::string_view message = error.what();
  const bool conversion = dynamic_cast<const CLI::ConversionError*>(&error) != nullptr;
  if (conversion) message.remove_prefix(std::min(message.find(": ") + 2, message.size()));
  const std::size_t end = std::min({message.find(' '), message.find(':'), message.size()});
  Fault fault{.source = full_name(command), .key = std::string(message.substr(0, end))};
  const bool missing = dynamic_cast<const CLI::RequiredError*>(&error) != nullptr ||
                       dynamic_cast<const CLI::ArgumentMismatch*>(&error) != nullptr;
  fault.kind = missing ? FaultKind::missing_option : FaultKind::bad_option;
  // What may stand by its position is called by its place in the command.
  if (dynamic_cast<const CLI::RequiredError*>(&error) != nullptr)
    if (const CLI::Option* option = command.get_option_no_throw(fault.key);
        option && option->get_positional())
      fault.key = option->get_name(true);
  if (!missing) fault.found = message.substr(std::min(message.rfind(' ') + 1, message.size()));
  return fault;
}

}  // namespace tremplin::cli
