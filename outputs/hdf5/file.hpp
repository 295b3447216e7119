// Groups and files. A file is built in memory and handed over as bytes: HDF5 never meets a full disk,
// which it handles badly, and writing safely is left to outputs/atomic_file. The bytes depend on the
// content alone (no time stamps).
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "outputs/hdf5/dataset.hpp"

namespace tremplin::hdf5 {

class Group : public Object {
 public:
  using Object::Object;

  [[nodiscard]] bool has(const std::string& name) const;
  [[nodiscard]] std::vector<std::string> groups() const;    // names of the groups inside, sorted
  [[nodiscard]] std::vector<std::string> datasets() const;  // names of the arrays inside, sorted

  Group create_group(const std::string& name);
  [[nodiscard]] Group group(const std::string& name) const;
  [[nodiscard]] Dataset dataset(const std::string& name) const;

  // An array of numbers of the width of T, its cells zero until written.
  template <typename T>
  Dataset create(const std::string& name, const Storage& storage) {
    return create_numbers(name, file_type<T>(), storage);
  }
  // A one-dimensional array of texts; a text with a NUL byte is refused.
  Dataset create_texts(const std::string& name, const std::vector<std::string>& texts);

 private:
  Dataset create_numbers(const std::string& name, hid_t type, const Storage& storage);
};

class File {
 public:
  static File in_memory();
  // Throws Error if the file is not HDF5 or is damaged. Reads only.
  static File open(const std::filesystem::path& path);

  [[nodiscard]] Group& root() { return root_; }
  [[nodiscard]] const Group& root() const { return root_; }
  [[nodiscard]] std::string bytes() const;  // the file's content
  [[nodiscard]] std::uint64_t end() const;  // bytes that HDF5 takes up; what follows is not its own

 private:
  explicit File(Handle handle);

  Handle handle_;
  Group root_;
};

}  // namespace tremplin::hdf5
