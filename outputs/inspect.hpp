// What is in a file of this program, without reading its tables: for `tremplin inspect`. A result, the past
// of a run (snapshot) or lives. Works for files of earlier versions, whatever their registries hold.
#pragma once

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

#include "outputs/run.hpp"
#include "scenarios/language.hpp"

namespace tremplin {

enum class FileContent : std::uint8_t { result, snapshot, lives };

struct FileSummary {
  struct Scenario {
    std::string name;
    Text title;
  };
  struct Input {
    std::string name;
    std::string sha256;
    bool confidential = false;
  };
  struct Table {
    std::string path;               // "tallies/values"
    std::vector<std::string> axes;  // named as their coordinates
    std::vector<std::size_t> shape;
    std::string type;                // "int32", "float64", "text" …
    std::uint64_t stored_bytes = 0;  // in the file, compressed
  };

  FileContent content{};
  std::string file;
  std::uint64_t bytes = 0;
  std::int64_t format_version = 0;
  std::string program_version;
  std::string command;
  std::uint64_t seed = 0;
  double sample = 1;
  bool fixed_parameters = false;
  bool interrupted = false;
  std::string report_from;   // "2003-01"
  std::string report_until;  // exclusive
  std::size_t n_replicates = 0;
  std::size_t n_offices = 0;  // of a result
  std::size_t n_people = 0;   // of lives
  std::string month;          // of a snapshot: the first month that is not simulated
  std::string digest;         // of a result, as recorded on writing; digest(path) computes it anew
  std::vector<Scenario> scenarios;
  std::vector<Input> inputs;
  [[nodiscard]] bool calibrated() const {
    return std::ranges::find(inputs, fitted_file, &Input::name) != inputs.end();
  }
  std::vector<Table> tables;  // those with two axes or more, in the order of their paths
};

// Throws InputError{unreadable | not_a_result | newer_format}.
FileSummary inspect(const std::filesystem::path& path);

nlohmann::json to_json(const FileSummary& summary);

}  // namespace tremplin
