#include "outputs/result_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <fstream>
#include <string>
#include <system_error>
#include <vector>

#include "engine/base/errors.hpp"
#include "outputs/atomic_file.hpp"
#include "outputs/sha256.hpp"
#include "outputs/store.hpp"
#include "scenarios/yaml/faults.hpp"

namespace tremplin {

namespace {

[[noreturn]] void refuse(FaultKind kind, const std::filesystem::path& path, std::string found,
                         std::string expected = {}) {
  throw InputError(Fault{
      .kind = kind, .source = path.string(), .found = std::move(found), .expected = std::move(expected)});
}

// Asks the system itself: HDF5's own messages about files are long and vary.
void check_readable(const std::filesystem::path& path) {
  const auto reason = [](int error) { return std::generic_category().message(error); };
  // Without waiting, should it be a pipe.
  const int file = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (file < 0) refuse(FaultKind::unreadable, path, reason(errno));
  struct stat status {};
  const bool known = ::fstat(file, &status) == 0;
  ::close(file);
  if (known && S_ISDIR(status.st_mode)) refuse(FaultKind::unreadable, path, reason(EISDIR));
  if (!known || !S_ISREG(status.st_mode)) refuse(FaultKind::unreadable, path, "not a regular file");
}

constexpr std::string_view seal_head = "\ntremplin sha256 ";
std::string seal_with(const std::string& digits) { return std::string(seal_head) + digits + "\n"; }
constexpr std::size_t seal_size = seal_head.size() + 64 + 1;

// Compares the last line of the file, if it is a seal, with the bytes before it. Returns whether it is one.
bool check_seal(const std::filesystem::path& path) {
  std::uintmax_t left = std::filesystem::file_size(path);
  if (left < seal_size) return false;
  left -= seal_size;
  std::ifstream file(path, std::ios::binary);
  Sha256 hash;
  std::vector<char> block(std::size_t{1} << 20);
  while (left > 0) {
    const auto n = static_cast<std::size_t>(std::min<std::uintmax_t>(left, block.size()));
    if (!file.read(block.data(), static_cast<std::streamsize>(n))) {
      refuse(FaultKind::unreadable, path, "reading failed");
    }
    hash.add(std::string_view(block.data(), n));
    left -= n;
  }
  std::string seal(seal_size, '\0');
  if (!file.read(seal.data(), seal_size)) refuse(FaultKind::unreadable, path, "reading failed");
  if (!seal.starts_with(seal_head)) return false;
  if (seal != seal_with(hash.finish())) refuse(FaultKind::not_a_result, path, "damaged: the seal is broken");
  return true;
}

// What a format of this program is called in messages; empty for a foreign one.
std::string_view kind_of(std::string_view format) {
  if (format == format_name) return expects::result_file;
  if (format == snapshot_format.name) return expects::snapshot_file;
  if (format == lives_format.name) return expects::lives_file;
  if (format == posterior_format.name) return expects::posterior_file;
  if (format == uncertainty_format.name) return expects::uncertainty_file;
  return {};
}

std::string format_in(const hdf5::Group& root) {
  return root.has_attribute("format") ? root.text("format") : std::string();
}

void check_format(const std::filesystem::path& path, const hdf5::Group& root, const FileFormat& format) {
  const std::string name = format_in(root);
  if (name != format.name) {
    const std::string_view kind = kind_of(name);
    if (kind.empty()) refuse(FaultKind::not_a_result, path, "an HDF5 file of another program");
    refuse(FaultKind::other_file, path, std::string(kind), std::string(kind_of(format.name)));
  }
  const auto version = root.value<std::int64_t>("format_version");
  if (version > format.version) {
    refuse(FaultKind::newer_format, path, std::to_string(version), std::to_string(format.version));
  }
}

}  // namespace

std::string seal_of(std::string_view bytes) { return seal_with(sha256(bytes)); }

FileFormat format_of(const std::filesystem::path& path) {
  check_readable(path);
  const hdf5::SilencedErrors silenced;
  try {
    const std::string name = format_in(hdf5::File::open(path).root());
    for (const FileFormat& format : {FileFormat{format_name, format_version}, snapshot_format, lives_format,
                                     posterior_format, uncertainty_format})
      if (format.name == name) return format;
  } catch (const hdf5::Error& error) {
    refuse(FaultKind::not_a_result, path, error.what());
  }
  refuse(FaultKind::not_a_result, path, "an HDF5 file of another program");
}

hdf5::File open_sealed(const std::filesystem::path& path, const FileFormat& format) {
  check_readable(path);
  const bool sealed = check_seal(path);
  const hdf5::SilencedErrors silenced;
  try {
    hdf5::File file = hdf5::File::open(path);
    if (!sealed && file.end() != std::filesystem::file_size(path)) {
      throw hdf5::Error("the file does not end where it should");
    }
    check_format(path, file.root(), format);
    return file;
  } catch (const hdf5::Error& error) {
    refuse(FaultKind::not_a_result, path, error.what());
  }
}

void read_from(const std::filesystem::path& path, const hdf5::File& file,
               const std::function<void(const hdf5::Group&)>& read) {
  const hdf5::SilencedErrors silenced;
  try {
    read(file.root());
  } catch (const hdf5::Error& error) {
    refuse(FaultKind::not_a_result, path, error.what());
  }
}

void read_result_file(const std::filesystem::path& path,
                      const std::function<void(const hdf5::Group&)>& read) {
  read_from(path, open_sealed(path, {format_name, format_version}), read);
}

void write_sealed(const std::filesystem::path& path, const std::function<std::string()>& make_bytes) {
  check_writable(path);
  const hdf5::SilencedErrors silenced;
  std::string bytes;
  try {
    bytes = make_bytes();
    bytes += seal_of(bytes);
  } catch (const hdf5::Error& error) {
    refuse(FaultKind::unwritable, path, error.what());
  }
  write_file(path, bytes);
}

}  // namespace tremplin
