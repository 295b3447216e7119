// Figures: the numbers of scenarios/landscape/*.yaml, each beside its class and its source.
// A figure is `name: {value, class, source, note}`; its value is a number, a list of numbers, or a map
// of names to either. Figures under `published/` are kept for comparison and need no reader. A figure that
// a survey counted also says `survey: {answers, of}`: how many of how many CPAS answered.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/source_text.hpp"
#include "scenarios/yaml/reader.hpp"

namespace tremplin {

enum class Evidence : std::uint8_t { law, data, calibrated, assumed };
inline constexpr std::array<std::string_view, 4> evidence_names = {"law", "data", "calibrated", "assumed"};

struct FigureRow {
  std::string name;  // empty where the value is a plain number or list
  std::vector<double> values;
};

// Answers that a survey's share rests on, of all CPAS that it could have asked; 1 <= answers <= of.
struct SurveySample {
  double answers = 0;
  double of = 0;

  // Drawn without replacement; infinite if all answered.
  [[nodiscard]] double effective() const;
  friend bool operator==(const SurveySample&, const SurveySample&) = default;
};

struct Figure {
  std::string name;
  Evidence evidence{};
  std::string source;  // document and line, or why there is none
  std::string note;    // may be empty
  std::vector<FigureRow> rows;
  // Of a survey's figure, for each row: one for all its values, which are then what one question's answers
  // divide into, or one for each value, which is then a share of its own. Empty for all other figures.
  std::vector<std::vector<SurveySample>> samples;
  std::string file;
  int line = 0;
};

// Reads the files; faults (unknown keys, missing sources, a figure twice) are added to `faults`.
std::vector<Figure> read_figures(std::span<const SourceText> files, Faults& faults);

// Takes figures by name and shape. What is missing, misshapen or outside its range becomes a fault and
// a harmless value (the range's minimum, or 0), so that all faults are told at once.
class FigureReader {
 public:
  FigureReader(std::span<const Figure> figures, Faults& faults)
      : figures_(figures), faults_(&faults), asked_(figures.size()) {}

  double number(std::string_view name, yaml::Range range = {});
  std::vector<double> list(std::string_view name, std::size_t n, yaml::Range range = {});
  // One list of n numbers for each of `rows`, in that order.
  std::vector<std::vector<double>> table(std::string_view name, std::span<const std::string_view> rows,
                                         std::size_t n, yaml::Range range = {});
  // One number for each of `rows`.
  std::vector<double> column(std::string_view name, std::span<const std::string_view> rows,
                             yaml::Range range = {});
  // A list of n shares that sum to 1 (to 1e-9).
  std::vector<double> shares(std::string_view name, std::size_t n);
  // All rows as they stand, for maps whose names are data (years).
  std::span<const FigureRow> rows(std::string_view name);

  // What a caller finds wrong with a figure it has read.
  void report(std::string_view name, std::string found, std::string expected);
  // Reports each figure that nothing asked for, except those under `published/`.
  void finish();

 private:
  const Figure* find(std::string_view name);
  const FigureRow* row(const Figure& figure, std::string_view name, std::size_t n, yaml::Range range);

  std::span<const Figure> figures_;
  Faults* faults_;
  std::vector<bool> asked_;
};

}  // namespace tremplin
