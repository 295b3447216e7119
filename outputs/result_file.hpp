// The door of result files: what every reader does before and after it reads. A path that cannot be
// read, a foreign or damaged file and a later format become InputErrors that name the file.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "outputs/hdf5/file.hpp"

namespace tremplin {

// The seal that ends a result file: a line with the SHA-256 of all bytes before it. HDF5 takes no notice of
// what follows its own end, and does not survive every damaged byte: texts lie in a heap without checksum.
std::string seal_of(std::string_view bytes);

// Opens the file, checks its seal, format and version, and calls `read` with its root.
// A file without a seal is read if it ends where HDF5 does: another program rewrote it (h5repack).
// Throws InputError{unreadable | not_a_result | newer_format}; an hdf5::Error of `read` becomes
// InputError{not_a_result}, other exceptions pass.
void read_result_file(const std::filesystem::path& path, const std::function<void(const hdf5::Group&)>& read);

}  // namespace tremplin
