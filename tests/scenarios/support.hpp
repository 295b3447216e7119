// What the tests of scenarios/ share: the tree's own law, small scenario files, the faults of a call.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "engine/base/errors.hpp"
#include "scenarios/library.hpp"
#include "tests/faults.hpp"

namespace tremplin::test {

inline const std::filesystem::path root = TREMPLIN_SOURCE_DIR;

inline const Law& law() {
  static const Law loaded = load_law_from(root).law;
  return loaded;
}

inline std::string three(const std::string& key) { return key + ": {fr: a, nl: b, en: c}\n"; }

// A reform from 2016-11 with these changes (YAML list items); "changes:" stands on line 9.
inline std::string reform_text(const std::string& name, const std::string& changes) {
  return "kind: reform\nname: " + name + "\n" + three("title") + three("summary") + three("must_believe") +
         "authors: [me]\nreferences: [r]\nfrom: 2016-11\nchanges:\n" + changes;
}

inline std::string base_text(const std::string& name, const std::string& more) {
  return "kind: base\nname: " + name + "\n" + three("title") + three("summary") +
         "authors: [me]\nreferences: [r]\n" + more;
}

inline Scenario reform(const std::string& name, const std::string& changes) {
  return load_scenario({name + ".yaml", reform_text(name, changes)});
}

inline Scenario base(const std::string& more = {}) {
  return load_scenario({"plain.yaml", base_text("plain", more)});
}

// One item of `changes:` on one line.
inline std::string change(const std::string& path, const std::string& op, const std::string& value,
                          const std::string& more = {}) {
  return "  - {path: " + path + ", op: " + op + ", value: " + value + more + ", reference: r}\n";
}

}  // namespace tremplin::test
