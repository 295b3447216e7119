// Files that are there whole or not at all: written under a temporary name (".part") beside the target,
// brought to the disk, then renamed. Whatever goes wrong, an older file of that name is left as it was.
#pragma once

#include <filesystem>
#include <string_view>

namespace tremplin {

// Throws InputError{unwritable} with the system's reason (no such folder, no space left …) and leaves
// nothing behind.
void write_file(const std::filesystem::path& target, std::string_view content);

// Throws the same error if a file of this name could not be written now; for asking before hours of
// simulation. Writes nothing that stays.
void check_writable(const std::filesystem::path& target);

}  // namespace tremplin
