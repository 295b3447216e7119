// SHA-256 as in FIPS 180-4: the fingerprint of inputs and of results. Plain and portable; the
// published test vectors are in its test.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace tremplin {

class Sha256 {
 public:
  void add(std::span<const unsigned char> bytes);
  void add(std::string_view text);
  // Integers count as eight bytes each, least significant first (numpy's "<i8").
  void add(std::span<const std::int64_t> integers);

  // 64 hexadecimal digits; nothing may be added afterwards.
  [[nodiscard]] std::string finish();

 private:
  void compress(const unsigned char* block);

  std::array<std::uint32_t, 8> state_ = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                         0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
  std::array<unsigned char, 64> block_{};
  std::uint64_t length_ = 0;  // bytes added so far
};

std::string sha256(std::string_view text);

}  // namespace tremplin
