#include "scenarios/yaml/utf8.hpp"

#include <fmt/format.h>

namespace tremplin::yaml {

namespace {

// Length of the UTF-8 sequence at the front of `rest`, 0 if it is not valid (overlong forms,
// surrogates and NUL included: none belongs in a text file).
std::size_t utf8_length(std::string_view rest) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(rest[i]); };
  const unsigned char lead = byte(0);
  if (lead == 0) return 0;
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;
  if (lead < 0xc2 || lead > 0xf4 || rest.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return 0;
  }
  const unsigned char second = byte(1);
  const bool bad = (lead == 0xe0 && second < 0xa0) || (lead == 0xed && second > 0x9f) ||
                   (lead == 0xf0 && second < 0x90) || (lead == 0xf4 && second > 0x8f);
  return bad ? 0 : length;
}

}  // namespace

std::optional<Foreign> first_not_utf8(std::string_view text) {
  Foreign foreign;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = utf8_length(text.substr(i));
    if (length == 0) {
      const unsigned byte = static_cast<unsigned char>(text[i]);
      const bool utf16 = text.find('\0') != std::string_view::npos;
      const std::string letter{static_cast<char>(0xC0U | (byte >> 6U)),
                               static_cast<char>(0x80U | (byte & 0x3FU))};
      foreign.found = fmt::format("0x{:02X}", byte);
      if (utf16) foreign.found += " (UTF-16)";
      if (!utf16) foreign.found += byte >= 0xA0 ? " (" + letter + ", Latin-1)" : " (Windows-1252)";
      return foreign;
    }
    ++foreign.column;
    if (text[i] == '\n') {
      ++foreign.line;
      foreign.column = 1;
    }
    i += length;
  }
  return std::nullopt;
}

}  // namespace tremplin::yaml
