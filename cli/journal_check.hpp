// A journal of runs that is there already is never overwritten.
#pragma once

#include <filesystem>
#include <string>

namespace tremplin::cli {

// Throws InputError if the file exists and the command was not asked to go on from it.
void check_journal(const std::string& command, const std::filesystem::path& journal, bool resume);

}  // namespace tremplin::cli
