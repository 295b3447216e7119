// The words of faults that are facts elsewhere: what the loaders expect (yaml/faults.hpp), units in ranges,
// and the reasons that the system, the YAML reader and the HDF5 files give in English.
#pragma once

#include <string>

#include "scenarios/language.hpp"

namespace tremplin {

// The same words in the three languages, for tables that are known when the program is built.
struct Words {
  const char* fr;
  const char* nl;
  const char* en;

  [[nodiscard]] const char* operator[](Language language) const {
    return language == Language::fr ? fr : language == Language::nl ? nl : en;
  }
};

// An expectation of expects::, or a range with the unit of a lever ("0 .. 120 years"), in the language; any
// other text as it stands.
std::string expectation_in(Language language, const std::string& fact);

// A reason that the system or a library gives, in the language; any other text as it stands.
std::string reason_in(Language language, const std::string& reason);

}  // namespace tremplin
