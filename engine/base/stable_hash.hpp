// A number for things that have a name and none of their own, such as who draws a parameter.
#pragma once

#include <cstdint>
#include <string_view>

namespace tremplin {

// FNV-1a, 64 bits.
constexpr std::uint64_t stable_hash(std::string_view name) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return hash;
}

}  // namespace tremplin
