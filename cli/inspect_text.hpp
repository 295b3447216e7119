// What `tremplin inspect` prints: the facts of a result file under headings in the user's language.
#pragma once

#include <string>

#include "outputs/inspect.hpp"
#include "scenarios/language.hpp"

namespace tremplin::cli {

// Lines ended by "\n"; ends with the tables, their shapes and sizes.
std::string to_text(const FileSummary& summary, Language language);

}  // namespace tremplin::cli
