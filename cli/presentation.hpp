// A run as its readers meet it: the table on the screen, the same as JSON, the report.
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <vector>

#include "outputs/compare.hpp"
#include "outputs/labels.hpp"
#include "outputs/run.hpp"
#include "scenarios/language.hpp"

namespace tremplin::cli {

class Presentation {
 public:
  // Compares each reform of the run with the base, or describes the base alone. The run must outlive it.
  // Throws InputError if the labels in `home` cannot be read.
  Presentation(const std::filesystem::path& home, const Run& run);

  [[nodiscard]] std::string table(Language language) const;
  [[nodiscard]] nlohmann::json json(Language language) const;
  [[nodiscard]] std::string report(Language language) const;  // HTML

 private:
  const Run& run_;
  Labels labels_;
  std::vector<Comparison> comparisons_;
};

// Makes the folder and asks whether the files can be written in it, before anything is simulated.
// Throws InputError{unwritable}.
void prepare_output(const std::filesystem::path& folder, std::span<const std::filesystem::path> files);

}  // namespace tremplin::cli
