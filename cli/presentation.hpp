// A run as its readers meet it: the table on the screen, the same as JSON, the report.
#pragma once

#include <filesystem>
#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <vector>

#include "calibration/targets.hpp"
#include "outputs/compare.hpp"
#include "outputs/labels.hpp"
#include "outputs/report.hpp"
#include "outputs/run.hpp"
#include "scenarios/language.hpp"

namespace tremplin::cli {

struct Screen;

// What presenting takes beside the run: loaded before it, so that a mistake in these files is told before
// the simulation and not after it.
struct Words {
  Labels labels;
  std::vector<Target> targets;
};
// Throws InputError if the labels or the published figures in `home` cannot be read.
Words load_words(const std::filesystem::path& home);

class Presentation {
 public:
  // Compares each reform of the run with the base, or describes the base alone. Both must outlive it.
  Presentation(const Words& words, const Run& run);

  [[nodiscard]] std::string table(Language language) const;
  [[nodiscard]] nlohmann::ordered_json json(Language language) const;
  // One HTML file for each comparison.
  [[nodiscard]] std::vector<std::string> reports(Language language) const;

 private:
  const Words& words_;
  const Run& run_;
  ReportContext context_;
  std::vector<Comparison> comparisons_;
};

// "report.html"; with several reforms one for each, "report-generalisation.html".
std::vector<std::filesystem::path> report_files(const Run& run, const std::filesystem::path& folder);

// Writes them, one file for each comparison, and says so.
void write_reports(const Presentation& presentation, std::span<const std::filesystem::path> files,
                   const Screen& screen);

// Makes the folder and asks whether the files can be written in it, before anything is simulated.
// Throws InputError{unwritable}.
void prepare_output(const std::filesystem::path& folder, std::span<const std::filesystem::path> files);

}  // namespace tremplin::cli
