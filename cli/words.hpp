// The words that commands take from the data: labels in three languages, published figures. Loaded before
// anything else, so that a mistake in these files is told before a simulation and not after it.
#pragma once

#include <filesystem>
#include <vector>

#include "calibration/targets.hpp"
#include "outputs/labels.hpp"

namespace tremplin::cli {

// The labels of outputs/labels/ in `home`. Throws InputError.
Labels read_labels(const std::filesystem::path& home);

// What presenting a run takes beside the run.
struct Words {
  Labels labels;
  std::vector<Target> targets;
};
// Throws InputError if the labels or the published figures in `home` cannot be read.
Words load_words(const std::filesystem::path& home);

}  // namespace tremplin::cli
