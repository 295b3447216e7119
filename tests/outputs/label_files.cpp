#include "tests/outputs/label_files.hpp"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>

namespace tremplin::test {

std::vector<SourceText> label_files() {
  std::vector<SourceText> files;
  for (const auto& entry : std::filesystem::directory_iterator(TREMPLIN_SOURCE_DIR "/outputs/labels")) {
    std::ifstream in(entry.path());
    files.push_back({"outputs/labels/" + entry.path().filename().string(),
                     {std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>()}});
  }
  std::ranges::sort(files, {}, &SourceText::name);
  return files;
}

const Labels& labels() {
  static const Labels loaded = load_labels(label_files());
  return loaded;
}

}  // namespace tremplin::test
