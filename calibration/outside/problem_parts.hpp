// The parts of a problem file, each read with all its faults noted.
#pragma once

#include <optional>
#include <vector>

#include "calibration/outside/problem_file.hpp"
#include "scenarios/yaml/reader.hpp"

namespace tremplin::outside {

// A name that a column, a word of a line and a dataset can have; faults are noted.
void check_name(const std::string& name, const yaml::Place& place, const yaml::Node& node);

// `parameters`, `groups` and `correlations`; none if there are faults in them.
std::optional<inference::Prior> read_prior(yaml::MapReader& map);

// `summaries`.
struct Summaries {
  std::vector<ObservedSummary> observed;
  inference::Observation observation;
};
Summaries read_summaries(yaml::MapReader& map);

}  // namespace tremplin::outside
