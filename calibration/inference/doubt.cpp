#include "calibration/inference/doubt.hpp"

#include <array>
#include <string_view>

namespace tremplin::inference {

std::string Doubt::text() const {
  static constexpr std::array english = {
#define DOUBT(kind, fr, nl, en) std::string_view(en),
#include "calibration/inference/doubts.def"
#undef DOUBT
  };
  std::string words(english.at(static_cast<std::size_t>(kind)));
  if (const std::size_t open = words.find("{}"); open != std::string::npos) words.replace(open, 2, names);
  return words;
}

}  // namespace tremplin::inference
