// The three languages of users' texts.
#pragma once

#include <array>
#include <cstdint>
#include <string>

namespace tremplin {

enum class Language : std::uint8_t { fr, nl, en };
constexpr int n_languages = 3;
constexpr std::array<const char*, n_languages> language_codes = {"fr", "nl", "en"};

// One text in the three languages, indexed by Language.
struct Text {
  std::array<std::string, n_languages> in;
  [[nodiscard]] const std::string& operator[](Language language) const {
    return in[static_cast<std::size_t>(language)];
  }
  friend bool operator==(const Text&, const Text&) = default;
};

}  // namespace tremplin
