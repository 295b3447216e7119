// A reason not to trust a posterior: doubts.def lists them, with their words in three languages.
#pragma once

#include <string>

namespace tremplin::inference {

enum class DoubtKind {
#define DOUBT(kind, fr, nl, en) kind,
#include "calibration/inference/doubts.def"
#undef DOUBT
};

struct Doubt {
  DoubtKind kind{};
  std::string names = {};  // of the summaries that it concerns, if any

  [[nodiscard]] std::string text() const;  // in English
};

}  // namespace tremplin::inference
