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
  // confidential (its text is not in the file), or the command is none that makes a result.
  Again(const Run& run, const std::filesystem::path& file);

  [[nodiscard]] const std::filesystem::path& home() const { return folder_.path; }
  // Files that the command named by path are those of the folder.
  [[nodiscard]] const Arguments& arguments() const { return arguments_; }

 private:
  // Goes too if what is put into it is refused: inputs may be a CPAS's own.
  struct Folder {
    Folder();
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;
    ~Folder();
    std::filesystem::path path;
  };
  Folder folder_;
  Arguments arguments_;
};

}  // namespace tremplin::cli
