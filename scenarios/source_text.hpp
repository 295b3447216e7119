// A text and the name of where it came from. Loaders take these instead of files, so that the command
// line, the local page, Python and the tests all read the same way.
#pragma once

#include <string>

namespace tremplin {

struct SourceText {
  std::string name;  // path relative to the root of the tree, or what the user typed
  std::string text;  // UTF-8
};

}  // namespace tremplin
