// Arrays of numbers and of texts, with named axes (HDF5 dimension scales, as xarray reads them).
// Arrays are in C order: the last axis varies fastest.
#pragma once

#include <string>
#include <vector>

#include "outputs/hdf5/object.hpp"

namespace tremplin::hdf5 {

using Shape = std::vector<std::size_t>;

// How an array of numbers is stored. Chunks are shuffled, deflated and carry a checksum, so that a
// damaged byte is found on reading.
struct Storage {
  Shape shape = {};
  Shape chunk = {};  // empty: one chunk; a longer side than the array's is cut to it
  int deflate = 1;   // zlib's level, 0 to 9; low because speed counts and counts are sparse
};

class Dataset : public Object {
 public:
  using Object::Object;

  [[nodiscard]] Shape shape() const;
  [[nodiscard]] std::size_t size() const;               // number of cells
  [[nodiscard]] std::size_t stored_bytes() const;       // in the file, compressed
  [[nodiscard]] std::string type_name() const;          // "int32", "float64", "text" …
  [[nodiscard]] std::vector<std::string> axes() const;  // "" for an axis without a scale

  // All cells. T as for attributes, or uint8, int16, uint16, uint32 or float; HDF5 converts between widths.
  // Throws Error if sizes differ or the array holds no numbers.
  template <typename T>
  void write(std::span<const T> values) {
    write_slab(values, {});
  }
  template <typename T>
  [[nodiscard]] std::vector<T> read() const {
    std::vector<T> values(size());
    read_slab(std::span<T>(values), {});
    return values;
  }
  [[nodiscard]] std::vector<std::string> read_texts() const;

  // The cells whose first indices are `at`: [at…, all, all].
  template <typename T>
  void write_slab(std::span<const T> values, const Shape& at);
  template <typename T>
  void read_slab(std::span<T> values, const Shape& at) const;

  // Makes this one-dimensional array the coordinate of an axis.
  void become_scale(const std::string& name);
  void attach_scale(unsigned axis, const Dataset& scale);

 private:
  // The cells at [at…, all, all], as HDF5 wants them: in the file, and as a block in memory of the same
  // number of axes, which it copies faster than a plain row.
  struct Slab {
    Handle in_file;
    Handle in_memory;
  };
  [[nodiscard]] Handle space() const;
  [[nodiscard]] Slab select(const Shape& at, std::size_t expected) const;
};

}  // namespace tremplin::hdf5
