// A run as its readers meet it: the table on the screen, the same as JSON, the report.
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>
#include <string>
#include <vector>

#include "cli/words.hpp"
#include "outputs/compare.hpp"
#include "outputs/report.hpp"
#include "outputs/run.hpp"
#include "scenarios/language.hpp"

namespace tremplin::cli {

struct Screen;

class Presentation {
 public:
  // Compares each reform of the run with the base, or describes the base alone. Both must outlive it.
  Presentation(const Words& words, const Run& run);

  [[nodiscard]] std::string table(Language language) const;
  [[nodiscard]] nlohmann::ordered_json json(Language language) const;
  // One HTML file for each comparison.
  [[nodiscard]] std::vector<std::string> reports(Language language) const;
  // One HTML file that leads to the reports; files: their names, in the same order.
  [[nodiscard]] std::string contents(std::span<const std::string> files, Language language) const;

 private:
  const Words& words_;
  const Run& run_;
  ReportContext context_;
  std::vector<Comparison> comparisons_;
};

// Names each reform that does nothing in the months reported, before anything is simulated, and says whether
// it would in later ones or never. Whether any reform does something, or the run has none.
bool any_reform_reaches(const Run& run, const Screen& screen);

}  // namespace tremplin::cli
