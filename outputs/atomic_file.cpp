#include "outputs/atomic_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <string>
#include <system_error>
#include <utility>

#include "engine/base/errors.hpp"

namespace tremplin {

namespace {

[[noreturn]] void refuse(const std::filesystem::path& target, int error) {
  throw InputError(Fault{.kind = FaultKind::unwritable,
                         .source = target.string(),
                         .found = std::generic_category().message(error)});
}

// The temporary file: removed unless it was renamed to its target.
class PartFile {
 public:
  // The process number keeps two programs that write the same target apart.
  explicit PartFile(const std::filesystem::path& target)
      : target_(target), part_(target.string() + "." + std::to_string(::getpid()) + ".part") {
    std::error_code none;
    if (std::filesystem::is_directory(target, none)) refuse(target_, EISDIR);
    file_ = ::open(part_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0666);
    if (file_ < 0) refuse(target_, errno);
  }
  ~PartFile() {
    if (file_ >= 0) ::close(file_);
    if (!part_.empty()) ::unlink(part_.c_str());
  }
  PartFile(const PartFile&) = delete;
  PartFile& operator=(const PartFile&) = delete;

  void write(std::string_view content) {
    while (!content.empty()) {
      const ssize_t n = ::write(file_, content.data(), content.size());
      if (n < 0 && errno == EINTR) continue;
      if (n < 0) refuse(target_, errno);
      content.remove_prefix(static_cast<std::size_t>(n));
    }
  }

  void become_target() {
    if (::fsync(file_) != 0) refuse(target_, errno);
    // Some file systems tell of a full disk only here.
    if (::close(std::exchange(file_, -1)) != 0) refuse(target_, errno);
    if (::rename(part_.c_str(), target_.c_str()) != 0) refuse(target_, errno);
    part_.clear();
    sync_folder();
  }

 private:
  // Brings the new name to the disk; a file system that cannot do it for folders has still renamed.
  void sync_folder() {
    const std::filesystem::path folder = target_.has_parent_path() ? target_.parent_path() : ".";
    const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (descriptor < 0) return;
    ::fsync(descriptor);
    ::close(descriptor);
  }

  std::filesystem::path target_;
  std::string part_;
  int file_ = -1;
};

}  // namespace

void write_file(const std::filesystem::path& target, std::string_view content) {
  PartFile part(target);
  part.write(content);
  part.become_target();
}

void check_writable(const std::filesystem::path& target) { const PartFile part(target); }

}  // namespace tremplin
