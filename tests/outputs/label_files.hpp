// The label files of the tree, as tests read them.
#pragma once

#include "outputs/labels.hpp"

namespace tremplin::test {

// The texts of outputs/labels/*.yaml, by name.
std::vector<SourceText> label_files();
// All of them, loaded.
const Labels& labels();

}  // namespace tremplin::test
