// Runs for the tests of storage: every field holds a value of its own, so that a field lost or swapped
// on the way to the file and back is seen.
#pragma once

#include <filesystem>
#include <string>

#include "outputs/run.hpp"

namespace tremplin::test {

// Two scenarios, three replicates, five months, seven offices in five strata; small counts, a few large.
Run stored_run();

// The size of a default run of the whole country: n_replicates of two scenarios, 216 months, 589 offices
// in 45 strata; most counts 0 or small, as in the simulation.
// The same run as one of one's own CPAS, every field of OwnCpas with a value of its own.
Run own_run();

Run country_run(std::size_t n_replicates);

// A folder of its own, removed with everything in it.
class Folder {
 public:
  Folder();
  ~Folder();
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  [[nodiscard]] const std::filesystem::path& path() const { return path_; }
  [[nodiscard]] std::size_t n_files() const;

 private:
  std::filesystem::path path_;
};

std::string content_of(const std::filesystem::path& path);
void put(const std::filesystem::path& path, const std::string& content);

}  // namespace tremplin::test
