// What the grammar of the command line did not take, as faults in our own words.
#pragma once

#include <string>

#include "engine/base/errors.hpp"

namespace CLI {
class App;
class ParseError;
}  // namespace CLI

namespace tremplin::cli {

// A word that the command does not know: an option, a command or an argument too many.
Fault unknown_word(const CLI::App& command, const std::string& word);

// What CLI11 found wrong: an argument that is missing, an option without its value, a flag with one.
Fault parse_fault(const CLI::App& command, const CLI::ParseError& error);

}  // namespace tremplin::cli
