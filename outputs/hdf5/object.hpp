// What groups and datasets share: attributes. Texts are scalar variable-length UTF-8 strings; numbers
// are scalars; flags are small arrays of int8 (the CF conventions' flag_values).
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "outputs/hdf5/handle.hpp"

namespace tremplin::hdf5 {

// The memory type of a C++ number, and the little-endian type by which it is stored.
template <typename T>
hid_t memory_type();
template <typename T>
hid_t file_type();

// The type of all texts: variable-length UTF-8.
Handle text_type();

class Object {
 public:
  explicit Object(Handle handle) : handle_(std::move(handle)) {}

  // Attributes, written once each. T: int8, int32, int64, uint64 or double. A text with a NUL byte is
  // refused: HDF5 would cut it there.
  void set_text(const std::string& name, const std::string& text);
  template <typename T>
  void set_value(const std::string& name, T value) {
    write_attribute(name, std::span<const T>(&value, 1), true);
  }
  template <typename T>
  void set_values(const std::string& name, std::span<const T> values) {
    write_attribute(name, values, false);
  }

  // Each throws Error if the attribute is missing or of another kind.
  [[nodiscard]] std::string text(const std::string& name) const;
  template <typename T>
  [[nodiscard]] T value(const std::string& name) const;

  [[nodiscard]] bool has_attribute(const std::string& name) const;
  [[nodiscard]] std::vector<std::string> attributes() const;
  [[nodiscard]] hid_t id() const { return handle_.id(); }

 private:
  template <typename T>
  void write_attribute(const std::string& name, std::span<const T> values, bool scalar);
  [[nodiscard]] Handle open_scalar(const std::string& name) const;

  Handle handle_;
};

}  // namespace tremplin::hdf5
