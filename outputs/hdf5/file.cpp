#include "outputs/hdf5/file.hpp"

#include <algorithm>

namespace tremplin::hdf5 {

namespace {
// netCDF-4 expects links and attributes to be kept in the order of their creation.
constexpr unsigned in_order = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
constexpr std::size_t growth = std::size_t{16} << 20;  // bytes by which a file in memory grows

std::vector<std::string> names_of(hid_t group, H5O_type_t wanted) {
  H5G_info_t info{};
  check(H5Gget_info(group, &info), "listing a group");
  std::vector<std::string> names;
  for (hsize_t n = 0; n < info.nlinks; ++n) {
    const auto name_at = [&](char* into, std::size_t size) {
      return check(H5Lget_name_by_idx(group, ".", H5_INDEX_NAME, H5_ITER_INC, n, into, size, H5P_DEFAULT),
                   "listing a group");
    };
    const auto length = static_cast<std::size_t>(name_at(nullptr, 0));
    std::string name(length + 1, '\0');
    name_at(name.data(), name.size());
    name.resize(length);
    H5O_info_t object{};
    check(H5Oget_info_by_name2(group, name.c_str(), &object, H5O_INFO_BASIC, H5P_DEFAULT), "reading " + name);
    if (object.type == wanted) names.push_back(std::move(name));
  }
  return names;
}
}  // namespace

bool Group::has(const std::string& name) const {
  return check(H5Lexists(id(), name.c_str(), H5P_DEFAULT), "looking for " + name) > 0;
}

std::vector<std::string> Group::groups() const { return names_of(id(), H5O_TYPE_GROUP); }
std::vector<std::string> Group::datasets() const { return names_of(id(), H5O_TYPE_DATASET); }

Group Group::create_group(const std::string& name) {
  const Handle properties(H5Pcreate(H5P_GROUP_CREATE), H5Pclose, "creating group " + name);
  check(H5Pset_link_creation_order(properties.id(), in_order), "creating group " + name);
  check(H5Pset_attr_creation_order(properties.id(), in_order), "creating group " + name);
  check(H5Pset_obj_track_times(properties.id(), false), "creating group " + name);
  return Group(Handle(H5Gcreate2(id(), name.c_str(), H5P_DEFAULT, properties.id(), H5P_DEFAULT), H5Gclose,
                      "creating group " + name));
}

Group Group::group(const std::string& name) const {
  if (!has(name)) throw Error("no group " + name);
  return Group(Handle(H5Gopen2(id(), name.c_str(), H5P_DEFAULT), H5Gclose, "opening group " + name));
}

Dataset Group::dataset(const std::string& name) const {
  if (!has(name)) throw Error("no array " + name);
  return Dataset(Handle(H5Dopen2(id(), name.c_str(), H5P_DEFAULT), H5Dclose, "opening array " + name));
}

Dataset Group::create_numbers(const std::string& name, hid_t type, const Storage& storage) {
  const std::string doing = "creating array " + name;
  const std::vector<hsize_t> sides(storage.shape.begin(), storage.shape.end());
  const int n_axes = static_cast<int>(sides.size());
  const Handle space(H5Screate_simple(n_axes, sides.data(), nullptr), H5Sclose, doing);
  const Handle properties(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, doing);
  check(H5Pset_attr_creation_order(properties.id(), in_order), doing);
  check(H5Pset_obj_track_times(properties.id(), false), doing);
  if (std::ranges::find(sides, hsize_t{0}) == sides.end()) {  // an empty array has no chunks
    std::vector<hsize_t> chunk(sides);
    for (std::size_t axis = 0; axis < storage.chunk.size(); ++axis) {
      chunk[axis] = std::min<hsize_t>(sides[axis], storage.chunk[axis]);
    }
    check(H5Pset_chunk(properties.id(), n_axes, chunk.data()), doing);
    check(H5Pset_shuffle(properties.id()), doing);
    if (storage.deflate > 0)
      check(H5Pset_deflate(properties.id(), static_cast<unsigned>(storage.deflate)), doing);
    check(H5Pset_fletcher32(properties.id()), doing);
  }
  return Dataset(
      Handle(H5Dcreate2(id(), name.c_str(), type, space.id(), H5P_DEFAULT, properties.id(), H5P_DEFAULT),
             H5Dclose, doing));
}

Dataset Group::create_texts(const std::string& name, const std::vector<std::string>& texts) {
  const std::string doing = "writing texts " + name;
  std::vector<const char*> starts;
  starts.reserve(texts.size());
  for (const std::string& text : texts) {
    if (text.find('\0') != std::string::npos) throw Error(doing + ": a text with a NUL byte");
    starts.push_back(text.c_str());
  }
  const Handle type = text_type();
  const hsize_t length = texts.size();
  const Handle space(H5Screate_simple(1, &length, nullptr), H5Sclose, doing);
  const Handle properties(H5Pcreate(H5P_DATASET_CREATE), H5Pclose, doing);
  check(H5Pset_attr_creation_order(properties.id(), in_order), doing);
  check(H5Pset_obj_track_times(properties.id(), false), doing);
  Dataset dataset(
      Handle(H5Dcreate2(id(), name.c_str(), type.id(), space.id(), H5P_DEFAULT, properties.id(), H5P_DEFAULT),
             H5Dclose, doing));
  if (!texts.empty()) {
    check(H5Dwrite(dataset.id(), type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, starts.data()), doing);
  }
  return dataset;
}

File::File(Handle handle)
    : handle_(std::move(handle)),
      root_(Handle(H5Gopen2(handle_.id(), "/", H5P_DEFAULT), H5Gclose, "opening the root")) {}

File File::in_memory() {
  const Handle access(H5Pcreate(H5P_FILE_ACCESS), H5Pclose, "creating a file in memory");
  check(H5Pset_fapl_core(access.id(), growth, false), "creating a file in memory");
  // The earliest superblock: H5Fget_file_image spoils the checksum of later ones. What is kept in order
  // of creation has checksummed headers all the same.
  const Handle creation(H5Pcreate(H5P_FILE_CREATE), H5Pclose, "creating a file in memory");
  check(H5Pset_link_creation_order(creation.id(), in_order), "creating a file in memory");
  check(H5Pset_attr_creation_order(creation.id(), in_order), "creating a file in memory");
  check(H5Pset_obj_track_times(creation.id(), false), "creating a file in memory");
  // The name is not used: nothing reaches the disk.
  return File(Handle(H5Fcreate("tremplin", H5F_ACC_TRUNC, creation.id(), access.id()), H5Fclose,
                     "creating a file in memory"));
}

File File::open(const std::filesystem::path& path) {
  if (H5Fis_hdf5(path.c_str()) <= 0) {
    H5Eclear2(H5E_DEFAULT);
    throw Error("not an HDF5 file");
  }
  return File(Handle(H5Fopen(path.c_str(), H5F_ACC_RDONLY, H5P_DEFAULT), H5Fclose, "opening the file"));
}

std::uint64_t File::end() const {
  haddr_t end = 0;
  check(H5Fget_eoa(handle_.id(), &end), "looking for the end of the file");
  return end;
}

std::string File::bytes() const {
  check(H5Fflush(handle_.id(), H5F_SCOPE_LOCAL), "closing a file in memory");
  const ssize_t size = check(H5Fget_file_image(handle_.id(), nullptr, 0), "closing a file in memory");
  std::string bytes(static_cast<std::size_t>(size), '\0');
  check(H5Fget_file_image(handle_.id(), bytes.data(), bytes.size()), "closing a file in memory");
  return bytes;
}

}  // namespace tremplin::hdf5
