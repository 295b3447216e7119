// What a result file holds to be made again: its inputs, laid out in a folder of their own as a home of the
// program, and its command. The folder goes with the object.
#pragma once

#include <filesystem>

#include "cli/options.hpp"
#include "outputs/run.hpp"

namespace tremplin::cli {

class Again {
 public:
  // file: what the run was read from, for messages. Throws InputError{inconsistent} if an input was
  // confidential (its text is not in the file), or the command is none of this program.
  Again(const Run& run, const std::filesystem::path& file);
  Again(const Again&) = delete;
  Again& operator=(const Again&) = delete;
  ~Again();

  [[nodiscard]] const std::filesystem::path& home() const { return home_; }
  // Files that the command named by path are those of the folder.
  [[nodiscard]] const Arguments& arguments() const { return arguments_; }

 private:
  std::filesystem::path home_;
  Arguments arguments_;
};

}  // namespace tremplin::cli
