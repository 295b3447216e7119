// One run in memory: everything that a result file holds, before it is written or after it is read.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "calibration/align_office.hpp"
#include "engine/parameters.hpp"
#include "engine/simulate/simulate.hpp"
#include "scenarios/language.hpp"

namespace tremplin {

// The CPAS of Belgium, one for each commune of the studies' years (the landscape draws as many).
inline constexpr int n_offices_of_country = 589;

// The calibrated model: where this is among the inputs, replicates drew their parameters from it.
inline constexpr const char* fitted_file = "calibration/fitted/draws.csv";

// A file that went into the run. Confidential inputs keep an empty text: hash and name only.
struct InputText {
  std::string name;  // path relative to the root of the tree, with forward slashes
  std::string text;
  std::string sha256;  // of the whole input, 64 hexadecimal digits
  bool confidential = false;
  friend bool operator==(const InputText&, const InputText&) = default;
};

struct ScenarioInfo {
  std::string name;  // "law-2015", "law-2015+generalisation"
  Text title;
  Month first_change;  // first month in which it departs from the base (the end for the base itself)
  friend bool operator==(const ScenarioInfo&, const ScenarioInfo&) = default;
};

// A column of office_columns.def as a file states it.
struct StatedValue {
  std::string column;
  double value = 0;
  friend bool operator==(const StatedValue&, const StatedValue&) = default;
};

// What a run of one's own CPAS is about. What its file leaves out differs from replicate to replicate.
struct OwnCpas {
  std::string name;  // as its file gives it, may be empty
  Reference reference;
  bool align = true;
  StatedStock stated;
  std::string preset;                 // its name, may be empty
  std::vector<StatedValue> settled;   // by the file or its preset; staff and places as of the reference
  std::vector<std::string> left_out;  // columns that come from the landscape
  std::vector<Office> offices;        // [replicate]
  std::vector<Alignment> alignments;  // [replicate], the same for every scenario
  friend bool operator==(const OwnCpas&, const OwnCpas&) = default;
};

struct Run {
  std::string program_version;
  std::string command;  // what reproduces it
  std::uint64_t seed = 1;
  bool fixed_parameters = false;
  std::vector<std::string> without;  // behavioural effects switched off
  double sample = 1;                 // share of CPAS simulated; 1: all
  bool interrupted = false;          // stopped before the replicates asked for were done
  Plan plan;
  std::vector<InputText> inputs;
  std::vector<ScenarioInfo> scenarios;          // the base first
  std::vector<Office> offices;                  // the offices simulated, in the order of RunResult::offices
  std::vector<double> stratum_weights;          // [stratum]: what a count stands for; 1 without sampling
  std::vector<Parameters> parameters;           // [replicate]
  std::vector<std::vector<RunResult>> results;  // [scenario][replicate]
  // Of a run of one's own CPAS: `offices` then holds that one office, as in the first replicate.
  std::optional<OwnCpas> own;

  [[nodiscard]] std::size_t n_replicates() const { return parameters.size(); }
  // The draws of the calibrated model, if parameters came from it; else nullptr.
  [[nodiscard]] const InputText* fitted() const {
    const auto found = std::ranges::find(inputs, fitted_file, &InputText::name);
    return found == inputs.end() ? nullptr : &*found;
  }
  friend bool operator==(const Run&, const Run&) = default;
};

}  // namespace tremplin
