// Where the program finds its data (law, scenarios, landscape, labels).
#pragma once

#include <filesystem>
#include <optional>
#include <string_view>

namespace tremplin::cli {

// The folder that holds scenarios/law: `given` (TREMPLIN_HOME) if set, else the first above `program`.
// Throws InputError{unreadable} naming the folder given, or the program if nothing is above it.
std::filesystem::path find_home(const std::optional<std::string_view>& given,
                                const std::filesystem::path& program);

// find_home for this process.
std::filesystem::path home();

}  // namespace tremplin::cli
