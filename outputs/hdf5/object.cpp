#include "outputs/hdf5/object.hpp"

#include <memory>

namespace tremplin::hdf5 {

template <>
hid_t memory_type<std::int8_t>() {
  return H5T_NATIVE_INT8;
}
template <>
hid_t memory_type<std::int32_t>() {
  return H5T_NATIVE_INT32;
}
template <>
hid_t memory_type<std::int64_t>() {
  return H5T_NATIVE_INT64;
}
template <>
hid_t memory_type<std::uint64_t>() {
  return H5T_NATIVE_UINT64;
}
template <>
hid_t memory_type<double>() {
  return H5T_NATIVE_DOUBLE;
}
template <>
hid_t memory_type<std::uint8_t>() {
  return H5T_NATIVE_UINT8;
}
template <>
hid_t memory_type<std::int16_t>() {
  return H5T_NATIVE_INT16;
}
template <>
hid_t memory_type<std::uint16_t>() {
  return H5T_NATIVE_UINT16;
}
template <>
hid_t memory_type<std::uint32_t>() {
  return H5T_NATIVE_UINT32;
}
template <>
hid_t memory_type<float>() {
  return H5T_NATIVE_FLOAT;
}

template <>
hid_t file_type<std::int8_t>() {
  return H5T_STD_I8LE;
}
template <>
hid_t file_type<std::int32_t>() {
  return H5T_STD_I32LE;
}
template <>
hid_t file_type<std::int64_t>() {
  return H5T_STD_I64LE;
}
template <>
hid_t file_type<std::uint64_t>() {
  return H5T_STD_U64LE;
}
template <>
hid_t file_type<double>() {
  return H5T_IEEE_F64LE;
}
template <>
hid_t file_type<std::uint8_t>() {
  return H5T_STD_U8LE;
}
template <>
hid_t file_type<std::int16_t>() {
  return H5T_STD_I16LE;
}
template <>
hid_t file_type<std::uint16_t>() {
  return H5T_STD_U16LE;
}
template <>
hid_t file_type<std::uint32_t>() {
  return H5T_STD_U32LE;
}
template <>
hid_t file_type<float>() {
  return H5T_IEEE_F32LE;
}

Handle text_type() {
  Handle type(H5Tcopy(H5T_C_S1), H5Tclose, "making the text type");
  check(H5Tset_size(type.id(), H5T_VARIABLE), "making the text type");
  check(H5Tset_cset(type.id(), H5T_CSET_UTF8), "making the text type");
  return type;
}

void Object::set_text(const std::string& name, const std::string& text) {
  if (text.find('\0') != std::string::npos) throw Error("attribute " + name + ": a text with a NUL byte");
  const Handle type = text_type();
  const Handle space(H5Screate(H5S_SCALAR), H5Sclose, "making a scalar");
  const Handle attribute(H5Acreate2(id(), name.c_str(), type.id(), space.id(), H5P_DEFAULT, H5P_DEFAULT),
                         H5Aclose, "creating attribute " + name);
  const char* start = text.c_str();
  check(H5Awrite(attribute.id(), type.id(), &start), "writing attribute " + name);
}

template <typename T>
void Object::write_attribute(const std::string& name, std::span<const T> values, bool scalar) {
  const hsize_t length = values.size();
  const Handle space(scalar ? H5Screate(H5S_SCALAR) : H5Screate_simple(1, &length, nullptr), H5Sclose,
                     "making the space of attribute " + name);
  const Handle attribute(H5Acreate2(id(), name.c_str(), file_type<T>(), space.id(), H5P_DEFAULT, H5P_DEFAULT),
                         H5Aclose, "creating attribute " + name);
  check(H5Awrite(attribute.id(), memory_type<T>(), values.data()), "writing attribute " + name);
}

Handle Object::open_scalar(const std::string& name) const {
  if (!has_attribute(name)) throw Error("no attribute " + name);
  Handle attribute(H5Aopen(id(), name.c_str(), H5P_DEFAULT), H5Aclose, "opening attribute " + name);
  const Handle space(H5Aget_space(attribute.id()), H5Sclose, "reading attribute " + name);
  if (H5Sget_simple_extent_npoints(space.id()) != 1) throw Error("attribute " + name + " is not a scalar");
  return attribute;
}

std::string Object::text(const std::string& name) const {
  const Handle attribute = open_scalar(name);
  const Handle stored(H5Aget_type(attribute.id()), H5Tclose, "reading attribute " + name);
  if (H5Tis_variable_str(stored.id()) <= 0) throw Error("attribute " + name + " is not a text");
  const Handle type = text_type();
  char* start = nullptr;
  check(H5Aread(attribute.id(), type.id(), static_cast<void*>(&start)), "reading attribute " + name);
  const std::unique_ptr<char, herr_t (*)(void*)> owner(start, [](void* p) { return H5free_memory(p); });
  return start == nullptr ? std::string() : std::string(start);
}

template <typename T>
T Object::value(const std::string& name) const {
  const Handle attribute = open_scalar(name);
  const Handle stored(H5Aget_type(attribute.id()), H5Tclose, "reading attribute " + name);
  const H5T_class_t kind = H5Tget_class(stored.id());
  if (kind != H5T_INTEGER && kind != H5T_FLOAT) throw Error("attribute " + name + " is not a number");
  T value{};
  check(H5Aread(attribute.id(), memory_type<T>(), &value), "reading attribute " + name);
  return value;
}

bool Object::has_attribute(const std::string& name) const {
  return check(H5Aexists(id(), name.c_str()), "looking for attribute " + name) > 0;
}

std::vector<std::string> Object::attributes() const {
  std::vector<std::string> names;
  const auto add = [](hid_t, const char* name, const H5A_info_t*, void* list) -> herr_t {
    static_cast<std::vector<std::string>*>(list)->emplace_back(name);
    return 0;
  };
  check(H5Aiterate2(id(), H5_INDEX_NAME, H5_ITER_INC, nullptr, add, &names), "listing attributes");
  return names;
}

template void Object::write_attribute(const std::string&, std::span<const std::int8_t>, bool);
template void Object::write_attribute(const std::string&, std::span<const std::int32_t>, bool);
template void Object::write_attribute(const std::string&, std::span<const std::int64_t>, bool);
template void Object::write_attribute(const std::string&, std::span<const std::uint64_t>, bool);
template void Object::write_attribute(const std::string&, std::span<const double>, bool);
template std::int32_t Object::value(const std::string&) const;
template std::int64_t Object::value(const std::string&) const;
template std::uint64_t Object::value(const std::string&) const;
template double Object::value(const std::string&) const;

}  // namespace tremplin::hdf5
