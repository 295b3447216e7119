// Strict YAML: the text of one document becomes a tree of maps, lists and untyped scalars, each with
// its line and column. yaml-cpp only splits the text; what it would accept and an analyst would not
// mean (duplicate keys, anchors, tags, several documents) is refused here, and what a scalar is worth
// (a number, a date, yes or no) is decided in reader.hpp alone.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "scenarios/source_text.hpp"
#include "scenarios/yaml/faults.hpp"

namespace tremplin::yaml {

inline constexpr std::size_t max_bytes = 1'000'000;
inline constexpr std::size_t max_depth = 32;

struct Entry;

struct Node {
  enum class Kind { null, scalar, list, map };

  Kind kind = Kind::null;
  bool quoted = false;         // the scalar stood in quotes or in a block: it is a text, never a number
  std::string scalar;          // UTF-8
  std::vector<Node> items;     // of a list, in order
  std::vector<Entry> entries;  // of a map, in the order of the file; keys are distinct scalars
  int line = 0;                // from 1
  int column = 0;              // from 1, in bytes

  // The value under `key`, or nullptr.
  [[nodiscard]] const Node* find(std::string_view key) const;
};

struct Entry {
  std::string key;
  int line = 0;  // of the key
  int column = 0;
  Node value;
};

// Reads the text. Empty (with the reason in `faults`) if it is too large, too deep, not UTF-8 or not
// YAML; duplicate keys, anchors, aliases and tags are faults too, but the tree is returned, so that the
// caller can go on and find more.
std::optional<Node> read_document(const SourceText& source, Faults& faults);

}  // namespace tremplin::yaml
