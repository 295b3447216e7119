// A file of the tree as the loaders take it.
#pragma once

#include <fstream>
#include <sstream>
#include <string>

#include "scenarios/source_text.hpp"

namespace tremplin::test {

inline SourceText shipped(const std::string& path) {
  std::ifstream file(std::string(TREMPLIN_SOURCE_DIR) + "/" + path);
  std::ostringstream text;
  text << file.rdbuf();
  return {path, text.str()};
}

}  // namespace tremplin::test
