#include "outputs/digest.hpp"

#include <fmt/format.h>

#include "outputs/result_file.hpp"
#include "outputs/tables.hpp"

namespace tremplin {

void RunDigest::add(std::string_view path, const std::vector<std::size_t>& shape,
                    std::string_view table_hash) {
  hash_.add(fmt::format("{} {} {}\n", path, fmt::join(shape, "x"), table_hash));
}

std::string digest(const Run& run) {
  RunDigest digest;
  for (const ResultTable& table : result_tables(axes_of(run))) {
    Sha256 hash;
    std::vector<std::int64_t> slab(table.slab_size());
    for (const std::vector<RunResult>& replicates : run.results) {
      for (const RunResult& result : replicates) {
        table.gather(result, slab);
        hash.add(std::span<const std::int64_t>(slab));
      }
    }
    digest.add(table.path(), table.shape(run.scenarios.size(), run.n_replicates()), hash.finish());
  }
  return digest.finish();
}

namespace {
// The hash of a stored table, read slab by slab.
std::string table_hash(const hdf5::Dataset& dataset) {
  const hdf5::Shape shape = dataset.shape();
  if (shape.size() < 2) throw hdf5::Error("a result table without scenarios and replicates");
  std::size_t slab_size = 1;
  for (std::size_t axis = 2; axis < shape.size(); ++axis) slab_size *= shape[axis];
  std::vector<std::int64_t> slab(slab_size);
  Sha256 hash;
  for (std::size_t s = 0; s < shape[0]; ++s) {
    for (std::size_t r = 0; r < shape[1]; ++r) {
      dataset.read_slab(std::span<std::int64_t>(slab), {s, r});
      hash.add(std::span<const std::int64_t>(slab));
    }
  }
  return hash.finish();
}
}  // namespace

std::string digest(const std::filesystem::path& path) {
  RunDigest digest;
  read_result_file(path, [&](const hdf5::Group& root) {
    // Only the names of the tables are taken from here: the file says how large they are.
    for (const ResultTable& table : result_tables(registry_axes())) {
      const hdf5::Dataset dataset = root.group(std::string(table.group)).dataset(std::string(table.name));
      digest.add(table.path(), dataset.shape(), table_hash(dataset));
    }
  });
  return digest.finish();
}

}  // namespace tremplin
