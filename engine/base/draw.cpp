#include "engine/base/draw.hpp"

#include <algorithm>

namespace tremplin {

namespace {

// Philox 4x32-10 on several counters at once, written so that the compiler uses vector instructions:
// the serial form waits for one multiplication after another.
template <std::size_t width>
struct Counters {
  using Lane = std::array<std::uint32_t, width>;
  Lane x0{};
  Lane x1{};
  Lane x2{};
  Lane x3{};

  void encrypt(std::uint64_t seed) {
    auto key_0 = static_cast<std::uint32_t>(seed);
    auto key_1 = static_cast<std::uint32_t>(seed >> 32);
    for (int round = 0; round < 10; ++round) {
      one_round(key_0, key_1);
      key_0 += 0x9E3779B9U;
      key_1 += 0xBB67AE85U;
    }
  }

 private:
  void one_round(std::uint32_t key_0, std::uint32_t key_1) {
    for (std::size_t i = 0; i < width; ++i) {
      const std::uint64_t product_0 = std::uint64_t{0xD2511F53U} * x0[i];
      const std::uint64_t product_1 = std::uint64_t{0xCD9E8D57U} * x2[i];
      x0[i] = static_cast<std::uint32_t>(product_1 >> 32) ^ x1[i] ^ key_0;
      x2[i] = static_cast<std::uint32_t>(product_0 >> 32) ^ x3[i] ^ key_1;
      x1[i] = static_cast<std::uint32_t>(product_1);
      x3[i] = static_cast<std::uint32_t>(product_0);
    }
  }
};

}  // namespace

void Draws::expect_sixteen_from(Decision first) {
  Counters<4> counters;
  first_ = static_cast<std::uint32_t>(first) / 4;
  n_ = 4;
  for (std::uint32_t i = 0; i < 4; ++i) {
    counters.x0[i] = counter_[0];
    counters.x1[i] = counter_[1];
    counters.x2[i] = counter_[2];
    counters.x3[i] = counter_[3] | (first_ + i);
  }
  counters.encrypt(static_cast<std::uint64_t>(key_[1]) << 32 | key_[0]);
  for (std::size_t i = 0; i < 4; ++i) {
    words_[i] = {counters.x0[i], counters.x1[i], counters.x2[i], counters.x3[i]};
  }
}

void first_blocks(const Luck& luck, CpasId cpas, Month month, std::span<const LocalId> people,
                  std::span<DrawBlock> blocks) {
  constexpr std::size_t width = 8;
  for (std::size_t start = 0; start < people.size(); start += width) {
    const std::size_t n = std::min(width, people.size() - start);
    Counters<width> counters;
    for (std::size_t i = 0; i < n; ++i) {
      const auto who = static_cast<std::uint64_t>(person_id(cpas, people[start + i]));
      counters.x0[i] = static_cast<std::uint32_t>(who);
      counters.x1[i] = static_cast<std::uint32_t>(who >> 32);
      counters.x2[i] = luck.replicate;
      counters.x3[i] = static_cast<std::uint32_t>(month.index) << 16;
    }
    counters.encrypt(luck.seed);
    for (std::size_t i = 0; i < n; ++i) {
      blocks[start + i] = {counters.x0[i], counters.x1[i], counters.x2[i], counters.x3[i]};
    }
  }
}

}  // namespace tremplin
