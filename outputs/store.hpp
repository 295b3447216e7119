// Result files: one run, one HDF5 file that explains itself (FORMAT.md describes it field by field).
// A file is there whole or not at all, and nothing in it depends on the moment of writing, so that
// the same run gives the same bytes.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "outputs/run.hpp"

namespace tremplin {

constexpr std::string_view format_name = "tremplin-run";
constexpr std::int32_t format_version = 1;  // of the layout; raised when a reader would misread it

// Writes the run, replacing a file of that name. Confidential inputs lose their text here at the latest.
// Throws InputError{unwritable} and leaves nothing behind, or an older file as it was;
// std::invalid_argument if the run's vectors do not fit one another or a hash is not its text's.
void write_run(const Run& run, const std::filesystem::path& path);

// Reads a run back, every value as it was. Throws InputError:
//   unreadable    no such file, a folder, no permission
//   not_a_result  not HDF5, truncated, damaged, or of another program
//   newer_format  a later format, or a registry name that this program does not know
//   inconsistent  an older file, without a tally, task or parameter that this program has
Run read_run(const std::filesystem::path& path);

}  // namespace tremplin
