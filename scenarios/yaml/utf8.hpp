// Whether a text is UTF-8, and if not, where it stops to be and what it seems to be instead. Every text that
// users hand in (scenarios, microdata) passes here first.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tremplin::yaml {

// Where the first byte stands that is not UTF-8 (a NUL counts as one), and what it would be in the encoding
// that the file seems to have: UTF-16 if it holds NULs, else Latin-1 or its Windows cousin, as old editors
// write it.
struct Foreign {
  int line = 1;
  int column = 1;     // in characters
  std::string found;  // "0xE9 (é, Latin-1)"
};
std::optional<Foreign> first_not_utf8(std::string_view text);

}  // namespace tremplin::yaml
