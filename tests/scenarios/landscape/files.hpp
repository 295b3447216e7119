// The shipped landscape, read once for the tests of this folder.
#pragma once

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "scenarios/landscape/draw_offices.hpp"
#include "scenarios/landscape/landscape.hpp"
#include "scenarios/landscape/presets.hpp"

namespace tremplin::test {

inline SourceText shipped_file(const std::string& name) {
  const std::string path = "scenarios/landscape/" + name;
  std::ifstream file(std::string(TREMPLIN_SOURCE_DIR) + "/" + path);
  std::ostringstream text;
  text << file.rdbuf();
  return {path, text.str()};
}

inline std::vector<SourceText> shipped_files() {
  std::vector<SourceText> files;
  for (const char* name : landscape_files) files.push_back(shipped_file(name));
  return files;
}

inline std::vector<Preset> shipped_presets() { return load_presets(shipped_file("presets.yaml")); }

inline const Landscape& shipped_landscape() {
  static const Landscape landscape = load_landscape(shipped_files());
  return landscape;
}

inline World world_of(std::uint64_t seed) {
  return draw_world(shipped_landscape(), seed, Month{1993, 1}, Month{2031, 1});
}

}  // namespace tremplin::test
