// Snapshots as files: the common past of scenarios, simulated once, one HDF5 file for all replicates
// (FORMAT.md, "The snapshot file"). A file is there whole or not at all. It says what its past depends on,
// and a run that has another past is refused with what differs.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "engine/simulate/snapshot.hpp"
#include "outputs/run.hpp"

namespace tremplin {

namespace hdf5 {
class File;
}

// What the past depends on but for the parameters, which differ by replicate.
struct SnapshotOrigin {
  std::string program;  // version, and SHA-256 of the registries
  std::string base;     // name of the base scenario: tells, but does not bind
  Month month;
  Plan plan;  // the luck's replicate and share_the_past are not looked at
  double sample = 1;
  bool fixed_parameters = false;
  std::string fitted;     // SHA-256 of the calibrated model's draws; empty: parameters are not from it
  std::string law;        // SHA-256 of the rules of the months before `month`
  std::string landscape;  // SHA-256 of offices, margins and the environment of those months
};

// run: with plan, sample and base; results are not looked at. world: as drawn, before replicates move it.
SnapshotOrigin origin_of(const Run& run, const World& world, const RulesTable& base, Month month);

class SnapshotWriter {
 public:
  // run: command and inputs are kept for readers.
  SnapshotWriter(const SnapshotOrigin& origin, const Run& run);
  ~SnapshotWriter();
  // The next replicate.
  void add(const Snapshot& snapshot, const Parameters& parameters);
  [[nodiscard]] std::size_t n_replicates() const { return n_replicates_; }
  // Writes the file. Throws InputError{unwritable} and leaves nothing behind.
  void write(const std::filesystem::path& path);

 private:
  std::unique_ptr<hdf5::File> file_;
  SnapshotOrigin origin_;
  std::size_t n_replicates_ = 0;
};

class SnapshotFile {
 public:
  // Throws InputError{unreadable | not_a_result | newer_format}.
  explicit SnapshotFile(const std::filesystem::path& path);
  ~SnapshotFile();

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] Month month() const { return origin_.month; }
  [[nodiscard]] std::size_t n_replicates() const { return n_replicates_; }
  // Throws InputError{other_past} with everything that differs from `wanted`.
  void check(const SnapshotOrigin& wanted) const;
  // A replicate of a run that was checked. Throws InputError{other_past} if its parameters are others,
  // InputError{not_a_result} if there is no such replicate or it does not hold together.
  [[nodiscard]] Snapshot read(std::size_t replicate, const Parameters& parameters, const World& world,
                              const Plan& plan) const;

 private:
  std::filesystem::path path_;
  std::unique_ptr<hdf5::File> file_;
  SnapshotOrigin origin_;
  std::size_t n_replicates_ = 0;
};

}  // namespace tremplin
