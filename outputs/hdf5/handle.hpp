// The ground of the HDF5 layer: one owner for each of the C library's identifiers, and its errors as
// exceptions. HDF5 prints its error stack by default; a library never prints, so the stack is silenced
// while a SilencedErrors lives and its innermost message travels in the exception instead.
// HDF5 is used from one thread at a time.
#pragma once

#include <hdf5.h>

#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace tremplin::hdf5 {

// A call of the HDF5 library failed, or the file does not hold what was asked of it. The store turns
// it into an InputError that names the file.
class Error : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

// Throws an Error that says what was being done and HDF5's innermost reason.
[[noreturn]] void fail(std::string_view doing);

// Returns what an HDF5 call returned, or throws if that is negative (HDF5's mark of failure).
template <typename Result>
Result check(Result result, std::string_view doing) {
  if (result < 0) fail(doing);
  return result;
}

// Silences HDF5's printing while it lives.
class SilencedErrors {
 public:
  SilencedErrors();
  ~SilencedErrors();
  SilencedErrors(const SilencedErrors&) = delete;
  SilencedErrors& operator=(const SilencedErrors&) = delete;

 private:
  H5E_auto2_t printer_ = nullptr;
  void* printer_data_ = nullptr;
};

// Owns one identifier and closes it.
class Handle {
 public:
  using Close = herr_t (*)(hid_t);

  Handle() = default;
  Handle(hid_t id, Close close, std::string_view doing) : id_(check(id, doing)), close_(close) {}
  ~Handle() { reset(); }
  Handle(Handle&& other) noexcept : id_(std::exchange(other.id_, -1)), close_(other.close_) {}
  Handle& operator=(Handle&& other) noexcept {
    if (this != &other) {
      reset();
      id_ = std::exchange(other.id_, -1);
      close_ = other.close_;
    }
    return *this;
  }

  [[nodiscard]] hid_t id() const { return id_; }

 private:
  void reset() noexcept {
    if (id_ >= 0) close_(id_);
    id_ = -1;
  }

  hid_t id_ = -1;
  Close close_ = nullptr;
};

}  // namespace tremplin::hdf5
