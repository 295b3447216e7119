// The keyed draw, asked one word at a time: decision n of somebody's month is word n mod 4 of block n / 4 of
// Philox 4x32-10 (Salmon et al. 2011), keyed by the seed, at the counter (who, replicate, month and block).
#pragma once

#include <Random123/philox.h>

#include <cstdint>
#include <limits>

#include "engine/base/draw.hpp"

namespace tremplin::twin {

inline r123::Philox4x32::ctr_type block(const Luck& luck, std::uint64_t who, Month month,
                                        std::uint32_t number) {
  const r123::Philox4x32::key_type key{
      {static_cast<std::uint32_t>(luck.seed), static_cast<std::uint32_t>(luck.seed >> 32)}};
  const r123::Philox4x32::ctr_type counter{{static_cast<std::uint32_t>(who),
                                            static_cast<std::uint32_t>(who >> 32), luck.replicate,
                                            static_cast<std::uint32_t>(month.index) * 0x10000U + number}};
  return r123::Philox4x32{}(counter, key);
}

inline std::uint32_t word(const Luck& luck, std::uint64_t who, Month month, Decision decision) {
  const auto n = static_cast<std::uint32_t>(decision);
  return block(luck, who, month, n / 4)[n % 4];
}

// The middle of the word's cell: on (0, 1), never 0 or 1.
inline double uniform_from(std::uint32_t word) { return (word + 0.5) / 4294967296.0; }

// For laws that need more than one word: the decision's own, then those of blocks 0x8000 + 128 n and up.
class Words {
 public:
  using result_type = std::uint32_t;
  static constexpr result_type min() { return 0; }
  static constexpr result_type max() { return std::numeric_limits<std::uint32_t>::max(); }

  Words(const Luck& luck, std::uint64_t who, Month month, Decision decision)
      : luck_(luck), who_(who), month_(month), decision_(decision) {}
  result_type operator()() {
    const std::uint32_t n = asked_++;
    if (n == 0) return word(luck_, who_, month_, decision_);
    const std::uint32_t own_blocks = 0x8000U + 128 * static_cast<std::uint32_t>(decision_);
    return block(luck_, who_, month_, own_blocks + (n - 1) / 4)[(n - 1) % 4];
  }

 private:
  Luck luck_;
  std::uint64_t who_;
  Month month_;
  Decision decision_;
  std::uint32_t asked_ = 0;
};

}  // namespace tremplin::twin
