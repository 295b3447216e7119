// The door of result files: what every reader does before and after it reads. A path that cannot be
// read, a foreign or damaged file and a later format become InputErrors that name the file.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

#include "outputs/hdf5/file.hpp"

namespace tremplin {

// The seal that ends a result file: a line with the SHA-256 of all bytes before it. HDF5 takes no notice of
// what follows its own end, and does not survive every damaged byte: texts lie in a heap without checksum.
std::string seal_of(std::string_view bytes);

// What a file says of its layout in the attributes `format` and `format_version`.
struct FileFormat {
  std::string_view name;
  std::int32_t version;
};

// The formats of this program besides that of results (outputs/store.hpp).
inline constexpr FileFormat snapshot_format{"tremplin-snapshot", 1};
inline constexpr FileFormat lives_format{"tremplin-panel", 1};
inline constexpr FileFormat posterior_format{"tremplin-posterior", 1};
inline constexpr FileFormat uncertainty_format{"tremplin-uncertainty", 1};

// The format that the file says it has: one of the five. Throws as open_sealed does.
FileFormat format_of(const std::filesystem::path& path);

// Opens a file of this format, or an earlier version of it, after checking its seal. A file without a seal is
// taken if it ends where HDF5 does: another program rewrote it (h5repack).
// Throws InputError{unreadable | not_a_result | other_file | newer_format}.
hdf5::File open_sealed(const std::filesystem::path& path, const FileFormat& format);

// Calls `read` with the root; an hdf5::Error becomes InputError{not_a_result}, other exceptions pass.
void read_from(const std::filesystem::path& path, const hdf5::File& file,
               const std::function<void(const hdf5::Group&)>& read);

// Both for a result file.
void read_result_file(const std::filesystem::path& path, const std::function<void(const hdf5::Group&)>& read);

// Writes what `make_bytes` returns and its seal, whole or not at all. Throws InputError{unwritable}, for an
// hdf5::Error too.
void write_sealed(const std::filesystem::path& path, const std::function<std::string()>& make_bytes);

}  // namespace tremplin
