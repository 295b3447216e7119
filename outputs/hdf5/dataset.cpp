#include "outputs/hdf5/dataset.hpp"

#include <hdf5_hl.h>

#include <functional>
#include <numeric>

namespace tremplin::hdf5 {

namespace {
// More cells than any run can have: a foreign file must not make us ask for all memory.
constexpr std::size_t most_cells = std::size_t{1} << 33;

std::size_t cells_of(const Shape& shape) {
  std::size_t cells = 1;
  for (const std::size_t side : shape) {
    if (side != 0 && cells > most_cells / side) throw Error("an array with too many cells");
    cells *= side;
  }
  return cells;
}
}  // namespace

Handle Dataset::space() const { return {H5Dget_space(id()), H5Sclose, "reading the shape of an array"}; }

Shape Dataset::shape() const {
  const Handle extent = space();
  const int n_axes = check(H5Sget_simple_extent_ndims(extent.id()), "reading the shape of an array");
  std::vector<hsize_t> sides(static_cast<std::size_t>(n_axes));
  check(H5Sget_simple_extent_dims(extent.id(), sides.data(), nullptr), "reading the shape of an array");
  return {sides.begin(), sides.end()};
}

std::size_t Dataset::size() const { return cells_of(shape()); }

std::size_t Dataset::stored_bytes() const { return H5Dget_storage_size(id()); }

std::string Dataset::type_name() const {
  const Handle type(H5Dget_type(id()), H5Tclose, "reading the type of an array");
  const std::string bits = std::to_string(8 * H5Tget_size(type.id()));
  switch (H5Tget_class(type.id())) {
    case H5T_INTEGER:
      return (H5Tget_sign(type.id()) == H5T_SGN_NONE ? "uint" : "int") + bits;
    case H5T_FLOAT:
      return "float" + bits;
    case H5T_STRING:
      return "text";
    default:
      return "other";
  }
}

std::vector<std::string> Dataset::axes() const {
  std::vector<std::string> names(shape().size());
  const auto keep_name = [](hid_t, unsigned, hid_t scale, void* into) -> herr_t {
    const ssize_t length = H5DSget_scale_name(scale, nullptr, 0);
    if (length <= 0) return 0;
    std::string name(static_cast<std::size_t>(length) + 1, '\0');
    H5DSget_scale_name(scale, name.data(), name.size());
    name.resize(static_cast<std::size_t>(length));
    *static_cast<std::string*>(into) = name;
    return 1;
  };
  for (unsigned axis = 0; axis < names.size(); ++axis) {
    if (H5DSget_num_scales(id(), axis) <= 0) continue;
    check(H5DSiterate_scales(id(), axis, nullptr, keep_name, &names[axis]), "reading the axes of an array");
  }
  return names;
}

Dataset::Slab Dataset::select(const Shape& at, std::size_t expected) const {
  const Shape sides = shape();
  if (at.size() > sides.size()) throw Error("an array with too few axes");
  std::vector<hsize_t> start(sides.size(), 0);
  std::vector<hsize_t> count(sides.begin(), sides.end());
  for (std::size_t axis = 0; axis < at.size(); ++axis) {
    start[axis] = at[axis];
    count[axis] = 1;
  }
  if (cells_of({count.begin(), count.end()}) != expected) throw Error("an array of another shape");
  Handle extent = space();
  if (!sides.empty() && expected > 0) {
    check(H5Sselect_hyperslab(extent.id(), H5S_SELECT_SET, start.data(), nullptr, count.data(), nullptr),
          "selecting part of an array");
  }
  Handle block(H5Screate_simple(static_cast<int>(count.size()), count.data(), nullptr), H5Sclose,
               "selecting part of an array");
  return {std::move(extent), std::move(block)};
}

template <typename T>
void Dataset::write_slab(std::span<const T> values, const Shape& at) {
  const Slab slab = select(at, values.size());
  if (values.empty()) return;
  check(H5Dwrite(id(), memory_type<T>(), slab.in_memory.id(), slab.in_file.id(), H5P_DEFAULT, values.data()),
        "writing an array");
}

template <typename T>
void Dataset::read_slab(std::span<T> values, const Shape& at) const {
  const Handle type(H5Dget_type(id()), H5Tclose, "reading the type of an array");
  const H5T_class_t kind = H5Tget_class(type.id());
  if (kind != H5T_INTEGER && kind != H5T_FLOAT) throw Error("an array that holds no numbers");
  const Slab slab = select(at, values.size());
  if (values.empty()) return;
  check(H5Dread(id(), memory_type<T>(), slab.in_memory.id(), slab.in_file.id(), H5P_DEFAULT, values.data()),
        "reading an array");
}

std::vector<std::string> Dataset::read_texts() const {
  const Handle stored(H5Dget_type(id()), H5Tclose, "reading the type of an array");
  if (H5Tis_variable_str(stored.id()) <= 0) throw Error("an array that holds no texts");
  const Handle type = text_type();
  const Handle extent = space();
  std::vector<char*> starts(size(), nullptr);
  if (starts.empty()) return {};
  check(H5Dread(id(), type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, static_cast<void*>(starts.data())),
        "reading texts");
  std::vector<std::string> texts;
  texts.reserve(starts.size());
  for (const char* start : starts) texts.emplace_back(start == nullptr ? "" : start);
  H5Dvlen_reclaim(type.id(), extent.id(), H5P_DEFAULT, static_cast<void*>(starts.data()));
  return texts;
}

void Dataset::become_scale(const std::string& name) {
  check(H5DSset_scale(id(), name.c_str()), "making " + name + " a coordinate");
}

void Dataset::attach_scale(unsigned axis, const Dataset& scale) {
  check(H5DSattach_scale(id(), scale.id(), axis), "attaching a coordinate");
}

template void Dataset::write_slab(std::span<const std::int8_t>, const Shape&);
template void Dataset::write_slab(std::span<const std::int32_t>, const Shape&);
template void Dataset::write_slab(std::span<const std::int64_t>, const Shape&);
template void Dataset::write_slab(std::span<const double>, const Shape&);
template void Dataset::write_slab(std::span<const std::uint8_t>, const Shape&);
template void Dataset::write_slab(std::span<const std::int16_t>, const Shape&);
template void Dataset::write_slab(std::span<const std::uint16_t>, const Shape&);
template void Dataset::write_slab(std::span<const std::uint32_t>, const Shape&);
template void Dataset::write_slab(std::span<const float>, const Shape&);
template void Dataset::read_slab(std::span<std::int8_t>, const Shape&) const;
template void Dataset::read_slab(std::span<std::int32_t>, const Shape&) const;
template void Dataset::read_slab(std::span<std::int64_t>, const Shape&) const;
template void Dataset::read_slab(std::span<double>, const Shape&) const;
template void Dataset::read_slab(std::span<std::uint8_t>, const Shape&) const;
template void Dataset::read_slab(std::span<std::int16_t>, const Shape&) const;
template void Dataset::read_slab(std::span<std::uint16_t>, const Shape&) const;
template void Dataset::read_slab(std::span<std::uint32_t>, const Shape&) const;
template void Dataset::read_slab(std::span<float>, const Shape&) const;

}  // namespace tremplin::hdf5
